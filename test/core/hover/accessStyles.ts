// The fixtures of test/fixtures/accessStyles: C that compiles, with what a hover must find written below each line.
import fs from 'node:fs';
import path from 'node:path';

export const stylesFolder = path.join(import.meta.dirname, '../../fixtures/accessStyles');

/** One caret of a fixture. */
export interface StyleCase {
  readonly file: string;
  /** 1-based; of the line above the caret. */
  readonly line: number;
  readonly column: number;
  readonly code: string;
  /** `USART2.CR1 UE TE = 0x2008`, `USART2`, `interrupt USART2`, `none`. */
  readonly expected: string;
}

/** One chip's folder. */
export interface StyleFixture {
  readonly name: string;
  /** The description that the first line of main.c names: a shared file, or the folder's own. */
  readonly svd: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly cases: readonly StyleCase[];
}

export function styleFixtures(): StyleFixture[] {
  return fs.readdirSync(stylesFolder, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => readFixture(name));
}

function readFixture(name: string): StyleFixture {
  const folder = path.join(stylesFolder, name);
  const texts = Object.fromEntries(fs.readdirSync(folder).filter(file => /\.(c|h|overlay|dts)$/.test(file)).sort().map(file => [file, fs.readFileSync(path.join(folder, file), 'utf8')]));
  const svd = /svd: (\S+)/.exec(texts['main.c'] ?? '')?.[1] ?? '';
  return { name, svd, texts, cases: Object.entries(texts).flatMap(([file, text]) => casesOf(file, text)) };
}

function casesOf(file: string, text: string): StyleCase[] {
  const lines = text.split('\n');
  let code = 0;
  return lines.flatMap((line, index) => {
    const caret = /^\s*\/\/\s*\^ (.+)$/.exec(line);
    if (caret === null) {
      code = index;
      return [];
    }
    return [{ file, line: code + 1, column: line.indexOf('^') + 1, code: (lines[code] ?? '').trim(), expected: caret[1] ?? '' }];
  });
}
