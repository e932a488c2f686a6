import * as path from 'node:path/posix';
import { conditionHolds } from '../chunk/conditionHolds.ts';
import { blankComments } from '../parse/blankComments.ts';
import { entryOptions, type BuildEntry } from '../parse/compileCommands.ts';
import { splitLines } from '../text/lines.ts';
import type { EngineParts } from './parts.ts';
import { readSource } from './readSource.ts';

/** What the preprocessor makes of a line: it is in, it is out, or that cannot be told. */
export type LineState = boolean | undefined;

/** A file's lines, and whether a header of the project's own is missing: then what is not known stays so, whatever other files say. */
export interface UnitLines {
  readonly states: readonly LineState[];
  readonly lacksOwn: boolean;
}

/** Bounds of one file's walk through its headers: beyond them nothing is claimed. */
const mostFiles = 400;
const mostLookUps = 3000;
const mostBytes = 8_000_000;
const deepest = 40;

/** Headers of the language, which a toolchain has and which define nothing of a project's. */
const standard = /^(assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|math|setjmp|signal|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|tgmath|threads|time|uchar|wchar|wctype)\.h$|^(algorithm|array|atomic|bit|bitset|chrono|cmath|concepts|cstd\w+|cstring|cctype|cassert|functional|initializer_list|iterator|limits|map|memory|mutex|new|numeric|optional|span|string|string_view|tuple|type_traits|utility|variant|vector)$/;

/**
 * The state of every line of a file that one command compiles, 0 for the first: as the preprocessor has it with the
 * command's defines and the headers it includes. Undefined where the walk goes beyond its bounds.
 */
export async function unitLineStates(entry: BuildEntry, lines: readonly string[], parts: EngineParts): Promise<UnitLines | undefined> {
  const { defines, undefined: gone, includeFolders, included } = entryOptions(entry);
  const walk: Walk = { parts, folders: includeFolders, table: new Map(defines), isIncomplete: false, lacksOwn: false, seen: new Set(), files: 0, lookUps: 0, isBeyond: false };
  for (const name of gone) walk.table.set(name, false);
  for (const file of included) if (!await include(walk, file, { folder: '', outer: true, depth: 0 })) lackOwn(walk);
  const states: LineState[] = [];
  await readLines(walk, lines, { folder: path.dirname(entry.file), outer: true, depth: 0, states });
  return walk.isBeyond ? undefined : { states, lacksOwn: walk.lacksOwn };
}

function lackOwn(walk: Walk): void {
  walk.isIncomplete = true;
  walk.lacksOwn = true;
}

interface Walk {
  readonly parts: EngineParts;
  readonly folders: readonly string[];
  /** Bodies; `false`: surely not defined; undefined: may be defined or not. */
  readonly table: Map<string, string | false | undefined>;
  /** A header was not found that may define anything. */
  isIncomplete: boolean;
  lacksOwn: boolean;
  readonly seen: Set<string>;
  files: number;
  lookUps: number;
  isBeyond: boolean;
}

interface Place {
  readonly folder: string;
  /** The state of the line that includes this. */
  readonly outer: LineState;
  readonly depth: number;
  /** Filled line by line, for the file that is asked about. */
  readonly states?: LineState[];
}

interface Branch {
  state: LineState;
  /** Whether one of its alternatives was taken. */
  taken: LineState;
}

async function readLines(walk: Walk, lines: readonly string[], place: Place): Promise<void> {
  const branches: Branch[] = [];
  const now = (): LineState => [place.outer, ...branches.map(({ state }) => state)].reduce<LineState>((one, other) => (one === false || other === false ? false : one === undefined || other === undefined ? undefined : true), true);
  for (let at = 0; at < lines.length && !walk.isBeyond; at += 1) {
    const [, word = '', first = ''] = /^[ \t]*#[ \t]*([a-z]+)\b(.*)$/.exec(lines[at] ?? '') ?? [];
    place.states?.push(now());
    if (word === '') continue;
    let rest = first;
    for (; /\\\s*$/.test(rest) && at + 1 < lines.length; at += 1) {
      rest = `${rest.replace(/\\\s*$/, '')} ${lines[at + 1] ?? ''}`;
      place.states?.push(now());
    }
    if (/^(if|ifdef|ifndef|elif|else|endif)$/.test(word)) turn(walk, branches, { word, rest: rest.trim(), isGuard: isGuard(lines, at, rest) });
    else if (now() !== false) await obey(walk, { word, rest: rest.trim() }, { ...place, outer: now() });
  }
}

function turn(walk: Walk, branches: Branch[], { word, rest, isGuard: guards }: { readonly word: string; readonly rest: string; readonly isGuard: boolean }): void {
  const top = branches.at(-1);
  if (word === 'endif') branches.pop();
  else if (word === 'else' || word === 'elif') {
    if (top === undefined) return;
    const own = word === 'else' ? true : holds(walk, rest);
    top.state = top.taken === true || own === false ? false : top.taken === undefined ? undefined : own;
    top.taken = top.taken === true || top.state === true ? true : top.state === undefined ? undefined : top.taken;
  } else {
    const name = /^\w+/.exec(rest)?.[0] ?? '';
    const own = word === 'if' ? holds(walk, rest) : holds(walk, `${word === 'ifndef' ? '!' : ''}defined(${name})`);
    // A file is read once: its guard is open.
    const state = guards && word === 'ifndef' ? true : own;
    branches.push({ state, taken: state });
  }
}

function isGuard(lines: readonly string[], at: number, rest: string): boolean {
  const name = /^\s*(\w+)/.exec(rest)?.[1];
  return name !== undefined && lines.slice(at + 1, at + 3).some(line => /^\s*#\s*define\s+(\w+)\s*$/.exec(line)?.[1] === name);
}

async function obey(walk: Walk, { word, rest }: { readonly word: string; readonly rest: string }, place: Place): Promise<void> {
  const certain = place.outer === true;
  if (word === 'define') {
    const [, name = '', parameters, body = ''] = /^(\w+)(\([^)]*\))?\s*(.*)$/s.exec(rest) ?? [];
    // A macro with parameters has no value of its own.
    walk.table.set(name, certain ? parameters === undefined ? body.trim() : `${parameters} ${body}` : undefined);
  } else if (word === 'undef') walk.table.set(/^\w+/.exec(rest)?.[0] ?? '', certain ? false : undefined);
  else if (word === 'include' || word === 'include_next' || word === 'import') await follow(walk, rest, place);
}

async function follow(walk: Walk, rest: string, place: Place): Promise<void> {
  const [, mark, name] = /^(["<])([^">]+)[">]/.exec(rest) ?? /^(["<])([^">]+)[">]/.exec(walk.table.get(rest) || '') ?? [];
  if (name === undefined) { walk.isIncomplete = true; return; }
  for (const folder of [...mark === '"' ? [place.folder] : [], ...walk.folders]) {
    if (await include(walk, path.join(folder, name), place)) return;
    if (walk.isBeyond) return;
  }
  if (mark === '"') lackOwn(walk);
  else if (!standard.test(name)) walk.isIncomplete = true;
}

/** Whether there is such a file. */
async function include(walk: Walk, file: string, place: Place): Promise<boolean> {
  const key = `${file} ${place.outer === true ? '' : '?'}`;
  if (walk.seen.has(key) || walk.seen.has(`${file} `)) return true;
  walk.lookUps += 1;
  if (walk.lookUps > mostLookUps) walk.isBeyond = true;
  if (walk.isBeyond || await walk.parts.host.stat(file).catch(() => undefined) === undefined) return false;
  walk.seen.add(key);
  walk.files += 1;
  if (walk.files > mostFiles || place.depth >= deepest) { walk.isBeyond = true; return true; }
  const source = await readSource(walk.parts.host, file, mostBytes);
  if ('problem' in source) walk.isIncomplete = true;
  else await readLines(walk, codeLines(source.text), { folder: path.dirname(file), outer: place.outer, depth: place.depth + 1 });
  return true;
}

/** A file's lines without comments, in which a directive is none. */
export function codeLines(text: string): string[] {
  return splitLines(blankBlockComments(text));
}

/** Names of headers stand in what looks like strings, which must stay: only comments are blanked. */
function blankBlockComments(text: string): string {
  if (!text.includes('/*') && !text.includes('//')) return text;
  const blanked = splitLines(blankComments(text, { block: true, slash: true }));
  const written = splitLines(text);
  return blanked.map((line, index) => (/^\s*#\s*(include|import)/.test(line) ? (written[index] ?? '') : line)).join('\n');
}

function holds(walk: Walk, condition: string): LineState {
  return conditionHolds(condition, name => {
    if (walk.table.has(name)) return walk.table.get(name);
    return walk.isIncomplete || name.startsWith('__') ? undefined : false;
  });
}
