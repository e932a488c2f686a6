import { findJsonStrings } from '../parse/jsonStrings.ts';
import { parseIni } from '../parse/ini.ts';
import { matchClues, partClue, withoutVariables, type ClueReader } from './clues.ts';
import type { Clue } from './evidence.ts';
import { findParts } from './partNames.ts';

/** What debuggers and programmers are told about the chip. */
export const debuggerReaders: readonly ClueReader[] = [
  // probe-rs
  { files: /(^|\/)\.?embed(\.local)?\.toml$/i, most: 2, read: readEmbed },
  { files: /(^|\/)\.cargo\/config(\.toml)?$/i, most: 2, read: text => matchClues(text, /--chip(?:=|[ \t]+|",\s*")([\w-]+)/g, match => ({ part: findParts(match[1] ?? '')[0], weight: 80 })) },
  { files: /\.cfg$/i, most: 6, read: readOpenocd },
  { files: /\.jlink$/i, most: 4, read: text => matchClues(text, /^[ \t]*(?:device|exec[ \t]+device[ \t]*=?)[ \t]+"?([\w-]+)/gim, match => ({ part: findParts(match[1] ?? '')[0], weight: 70 })) },
  // Ozone
  { files: /\.jdebug$/i, most: 4, read: readOzone },
  // Tasks that call a programmer
  { files: /(^|\/)tasks\.json$/i, most: 2, read: readTasks },
];

function readEmbed(text: string): Clue[] {
  return parseIni(text).flatMap(entry => (entry.key === 'chip' ? partClue(entry, `chip = ${entry.value}`, { part: findParts(entry.value)[0], weight: 82 }) : []));
}

/** OpenOCD's own files are for a family; few set the very chip. */
function readOpenocd(text: string): Clue[] {
  const targets = matchClues(text, /^[^#\n]*\btarget\/([\w.-]+)\.cfg/gm, match => ({ part: openocdPart(match[1] ?? ''), weight: 55 }));
  const names = matchClues(text, /^[ \t]*set[ \t]+_?CHIPNAME[ \t]+([\w-]+)/gim, match => ({ part: findParts(match[1] ?? '')[0], weight: 60 }));
  const boards = matchClues(text, /^[^#\n]*\bboard\/([\w.-]+)\.cfg/gm, match => ({ part: findParts(match[1] ?? '')[0], weight: 60 }));
  return [...targets, ...names, ...boards];
}

/** `stm32f4x` is a family, `rp2040` a chip, `nrf52` too many. */
function openocdPart(target: string): string | undefined {
  return findParts(target.replace(/^(stm32\w+?)x$/i, '$1'))[0];
}

function readOzone(text: string): Clue[] {
  const devices = matchClues(text, /^[^/\n]*\bProject\.SetDevice\s*\(\s*"([^"\n]+)"/gm, match => ({ part: findParts(match[1] ?? '')[0], weight: 82 }));
  const svds = matchClues(text, /^[^/\n]*\bProject\.AddSvdFile\s*\(\s*"([^"\n]+\.svd)"/gim, match => ({ part: undefined, weight: 0, svd: withoutVariables((match[1] ?? '').replace(/^\$\(\w+\)\//, '')) }));
  return [...devices, ...svds];
}

function readTasks(text: string): Clue[] {
  return findJsonStrings(text).flatMap(entry => {
    const chip = /(?:--chip|-device|--device)[ =]+([\w-]+)/i.exec(entry.value)?.[1];
    return chip === undefined ? [] : partClue(entry, entry.value, { part: findParts(chip)[0], weight: 60 });
  });
}
