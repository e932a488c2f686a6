import type { CompilerFlag } from '../parse/compilerFlags.ts';
import { lineAt, lineStarts } from '../text/lines.ts';
import { coreName } from './cores.ts';
import type { Clue } from './evidence.ts';
import { findParts } from './partNames.ts';

/** A kind of project file: how its files are known, and what one says. */
export interface ClueReader {
  readonly files: RegExp;
  /** Files of the kind that are read, the shallowest first. */
  readonly most: number;
  readonly read: (text: string) => Clue[];
  /** Source code, which is saved all the time: a change of it does not start detection anew. */
  readonly isCode?: boolean;
}

/** What a line says, cut to a length that can be shown. */
export function clue(entry: { readonly line: number }, evidence: string, rest: Partial<Clue>): Clue {
  return { line: entry.line, evidence: evidence.trim().slice(0, 160), ...rest };
}

/** A line that names a part; nothing when it does not. */
export function partClue(entry: { readonly line: number }, evidence: string, weighed: { readonly part: string | undefined; readonly weight: number }): Clue[] {
  return weighed.part === undefined ? [] : [clue(entry, evidence, { part: weighed.part, weight: weighed.weight })];
}

/** A path in an editor's settings, without the variable for the workspace. */
export function withoutVariables(file: string): string {
  return file.replaceAll('\\', '/').replace(/^\$\{workspace(Folder|Root)(:[^}]*)?\}\/?/, '').replace(/^\.\//, '');
}

/** A clue for every match of a pattern. */
export function matchClues(text: string, pattern: RegExp, weigh: (match: RegExpExecArray) => { readonly part: string | undefined; readonly weight: number; readonly svd?: string }): Clue[] {
  const starts = lineStarts(text);
  return [...text.matchAll(pattern)].flatMap(match => {
    const { part, weight, svd } = weigh(match);
    const place = { line: lineAt(starts, match.index + match[0].search(/\S/)) };
    return svd === undefined ? partClue(place, match[0], { part, weight }) : [clue(place, match[0], { svd })];
  });
}

/** What compiler options say. */
export function flagClues(flags: readonly CompilerFlag[], weight: number): Clue[] {
  const hasFpu = flags.some(({ kind, value }) => kind === 'fpu' && /^(fpv|vfpv|auto)/i.test(value));
  return flags.flatMap(flag => {
    if (flag.kind === 'cpu') return [clue(flag, flag.text, { core: coreName(flag.value, hasFpu) })];
    if (flag.kind === 'fpu') return [];
    if (flag.kind === 'mcu') return partClue(flag, flag.text, { part: findParts(flag.value)[0], weight: 80 });
    if (flag.kind === 'arch') return /^rv(32|64)/.test(flag.value) ? [clue(flag, flag.text, { core: 'RISC-V' })] : [];
    return partClue(flag, flag.text, { part: findParts(flag.value)[0], weight: flag.kind === 'define' ? weight : 45 });
  });
}
