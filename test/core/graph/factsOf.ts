import fs from 'node:fs';
import path from 'node:path';
import type { FactSource } from '../../../src/core/graph/factSource.ts';
import { memoryFactSource } from './memoryFactSource.ts';
import { parseAsm } from '../../../src/core/parse/asm.ts';
import type { SourceFacts } from '../../../src/core/parse/facts.ts';
import { openTestParser } from '../parse/grammars.ts';

const fixtures = path.join(import.meta.dirname, '../../fixtures');

/** The facts of texts given by file name, parsed for real. */
export async function factsOf(texts: Readonly<Record<string, string>>): Promise<Map<string, SourceFacts>> {
  await using parser = await openTestParser();
  return new Map(Object.entries(texts).map(([file, text]) => [file, /\.s$/i.test(file) ? parseAsm(text, file).facts : parser.parse(text, file).facts]));
}

/** A fact source over texts given by file name. */
export async function sourceOf(texts: Readonly<Record<string, string>>): Promise<FactSource> {
  return memoryFactSource(await factsOf(texts));
}

/** The C, header and assembly files of a fixture project, by file name. */
export function fixtureTexts(project: string): Record<string, string> {
  const folder = path.join(fixtures, project);
  return Object.fromEntries(fs.readdirSync(folder).filter(name => /\.[chsS]$/.test(name)).sort().map(name => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
}

/** The text of one fixture file. */
export function fixtureText(project: string, name: string): string {
  return fs.readFileSync(path.join(fixtures, project, name), 'utf8');
}
