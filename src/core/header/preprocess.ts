import { evaluateExpression } from '../graph/evaluate.ts';
import { cTokens, type MacroValue } from '../graph/macroTokens.ts';

/** A `#define` that is in force after the last line, where it stands, and its comment. */
export interface HeaderDefine extends MacroValue {
  readonly name: string;
  readonly file: number;
  readonly line: number;
  readonly comment?: string;
  /** The comment stands on the lines above, where it may be about all that follows. */
  readonly isCommentAbove?: true;
}

/** A header with its includes, seen as the compiler sees it. */
export interface PreprocessedHeader {
  readonly files: readonly string[];
  /** In the order of their lines. */
  readonly defines: ReadonlyMap<string, HeaderDefine>;
  /** Each file's text with the directives and what they leave out blanked, line by line. */
  readonly code: readonly string[];
  /** Included files that were not found, or not read because there were too many. */
  readonly missing: readonly string[];
}

export interface HeaderText {
  readonly file: string;
  readonly text: string;
}

export interface PreprocessOptions {
  /** `STM32F407xx` to `1`; values as after `-D`. */
  readonly defines: ReadonlyMap<string, string>;
  /** Whether a name that nobody defines is nevertheless meant: the part's own macro when the build does not say. */
  readonly isMeant?: (name: string) => boolean;
  /** An included file's text, or undefined when it is not part of what is wanted. */
  readonly include: (path: string, from: string) => Promise<HeaderText | undefined>;
}

/** Files, and nesting of includes: a whole SDK's tree is not wanted. */
const mostFiles = 400;
const deepestInclude = 40;
/** Lines joined by backslashes into one directive. */
const mostJoined = 200;

/** Reads headers one after the other, with what they include, following their conditions. */
export async function preprocessHeader(roots: readonly HeaderText[], options: PreprocessOptions): Promise<PreprocessedHeader> {
  const state: State = { options, files: [], code: [], defines: new Map(), seen: new Set(), missing: new Set() };
  for (const [name, body] of options.defines) state.defines.set(name, { name, body, file: -1, line: 0 });
  for (const root of roots) await readFile(state, root, 0);
  return { files: state.files, code: state.code, missing: [...state.missing], defines: new Map([...state.defines].filter(([, { file }]) => file >= 0)) };
}

interface State {
  readonly options: PreprocessOptions;
  readonly files: string[];
  readonly code: string[];
  readonly defines: Map<string, HeaderDefine>;
  readonly seen: Set<string>;
  readonly missing: Set<string>;
}

/** One `#if … #endif` around the current line. */
interface Branch {
  active: boolean;
  /** A branch of it has been taken, or it lies in one that was not. */
  done: boolean;
}

async function readFile(state: State, { file, text }: HeaderText, depth: number): Promise<void> {
  if (state.seen.has(file)) return;
  state.seen.add(file);
  const index = state.files.push(file) - 1;
  state.code.push('');
  const lines = text.split('\n');
  const code: string[] = [];
  const branches: Branch[] = [];
  let inComment = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const isActive = branches.every(branch => branch.active);
    if (inComment || !/^[ \t]*#/.test(line)) {
      code.push(isActive ? line : '');
      inComment = endsInComment(line, inComment);
      continue;
    }
    let whole = line;
    let last = at;
    while ((/\\\s*$/.test(whole) || endsInComment(whole, false)) && last < lines.length - 1 && last - at < mostJoined) { last += 1; whole = `${whole.replace(/\\\s*$/, '')} ${lines[last] ?? ''}`; }
    for (let blank = at; blank <= last; blank += 1) code.push('');
    const directive = readDirective(whole);
    if (/^(if|ifdef|ifndef|elif|else|endif)$/.test(directive.word)) branch(state, branches, { ...directive, isGuard: directive.word === 'ifndef' && guards(directive.rest, lines[last + 1] ?? '') });
    else if (isActive && directive.word === 'define') define(state, { index, line: at + 1, rest: directive.rest, above: commentAbove(lines, at) });
    else if (isActive && directive.word === 'undef') state.defines.delete(directive.rest.trim().split(/\W/)[0] ?? '');
    else if (isActive && directive.word === 'include') await include(state, directive.rest, file, depth);
    at = last;
  }
  state.code[index] = code.join('\n');
}

function endsInComment(line: string, inComment: boolean): boolean {
  if (!inComment && !line.includes('/*')) return false;
  const open = line.lastIndexOf('/*');
  const close = line.lastIndexOf('*/');
  if (open === -1) return close === -1 ? inComment : false;
  return close < open + 2 && !/^[^"]*\/\/.*\/\*/.test(line);
}

function readDirective(text: string): { readonly word: string; readonly rest: string } {
  const match = /^[ \t]*#[ \t]*([a-z]+)/.exec(text);
  return { word: match?.[1] ?? '', rest: text.slice(match?.[0].length ?? text.length) };
}

function commentAbove(lines: readonly string[], at: number): string | undefined {
  const line = (lines[at - 1] ?? '').trim();
  if (/^\/[/*]/.test(line)) return line;
  if (!line.endsWith('*/')) return undefined;
  for (let start = at - 2; start >= 0 && at - start < 40; start -= 1) {
    const text = (lines[start] ?? '').trim();
    if (text.startsWith('/*')) return lines.slice(start, at).join('\n');
    if (text.startsWith('#') || text.endsWith('*/')) return undefined;
  }
  return undefined;
}

/** `#ifndef X` before `#define X`: the part's own macro is no reason to leave its header out. */
function guards(name: string, next: string): boolean {
  return /^[ \t]*#[ \t]*define[ \t]+(\w+)/.exec(next)?.[1] === /^\s*(\w+)/.exec(name)?.[1];
}

function branch(state: State, branches: Branch[], { word, rest, isGuard }: { readonly word: string; readonly rest: string; readonly isGuard: boolean }): void {
  const top = branches.at(-1);
  if (word === 'endif') branches.pop();
  else if (word === 'else' || word === 'elif') {
    if (top === undefined) return;
    top.active = !top.done && (word === 'else' || holds(state, rest));
    top.done ||= top.active;
  } else {
    const outer = branches.every(({ active }) => active);
    const name = /^\s*(\w+)/.exec(rest)?.[1] ?? '';
    const active = outer && (word === 'if' ? holds(state, rest) : (isGuard ? state.defines.has(name) : isDefined(state, name)) === (word === 'ifdef'));
    branches.push({ active, done: active || !outer });
  }
}

function isDefined({ defines, options }: State, name: string): boolean {
  return defines.has(name) || options.isMeant?.(name) === true;
}

function holds(state: State, condition: string): boolean {
  const text = plain(condition).replace(/\bdefined\s*(?:\(\s*(\w+)\s*\)|(\w+))/g, (_, inner: string | undefined, bare: string | undefined) => isDefined(state, inner ?? bare ?? '') ? '1' : '0');
  const lookup = (name: string) => state.defines.get(name);
  // What is no macro counts as 0, also behind macros: hence a second look with every unknown name replaced.
  const value = evaluateExpression(text, lookup) ?? evaluateExpression(cTokens(text).map(token => /^[A-Za-z_]/.test(token) && !state.defines.has(token) ? '0' : token).join(' '), name => lookup(name) ?? 0n);
  return value !== undefined && value !== 0n;
}

function plain(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, ' ');
}

function define(state: State, { index, line, rest, above }: { readonly index: number; readonly line: number; readonly rest: string; readonly above: string | undefined }): void {
  const match = /^\s*([A-Za-z_]\w*)(\(([^)]*)\))?/.exec(rest);
  const name = match?.[1];
  if (match === null || name === undefined) return;
  const after = rest.slice(match[0].length);
  const cut = /\/[/*]/.exec(after)?.index ?? after.length;
  const body = (after.startsWith('/') || cut === after.length ? plain(after) : after.slice(0, cut) + plain(after.slice(cut))).trim();
  const comment = cut < after.length ? commentWords(after.slice(cut)) : above === undefined ? undefined : commentWords(above);
  state.defines.delete(name);
  state.defines.set(name, { name, body, file: index, line, ...(match[3] !== undefined && { parameters: match[3].split(',').map(parameter => parameter.trim()) }), ...(comment !== undefined && { comment }), ...(comment !== undefined && cut >= after.length && { isCommentAbove: true }) });
}

/** A comment's words on one line; undefined for banners. */
export function commentWords(comment: string): string | undefined {
  if (/[*=\-/#]{6,}|[@\\](name\b|\{|\}|addtogroup\b|defgroup\b)/.test(comment)) return undefined;
  const words = comment.replace(/\/\*+[!<]*|\*+\/|\/\/+[!<]*/g, ' ').replace(/^\s*\*+/gm, ' ').replace(/[@\\](brief|details|note|name|\{|\})/g, ' ').replace(/\s+/g, ' ').trim();
  return words === '' ? undefined : words.slice(0, /\b0b[01]+\.\./.test(words) ? 2000 : 400);
}

async function include(state: State, rest: string, from: string, depth: number): Promise<void> {
  const path = /^\s*[<"]([^>"]+)[>"]/.exec(rest)?.[1];
  if (path === undefined) return;
  const found = state.files.length >= mostFiles || depth >= deepestInclude ? undefined : await state.options.include(path, from);
  if (found === undefined) state.missing.add(path);
  else await readFile(state, found, depth + 1);
}
