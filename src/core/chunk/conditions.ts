/** The `#if` conditions around lines of a file that is preprocessed. */
export interface Conditions {
  /** What must hold for both lines, 1-based, outermost first; undefined where nothing must. */
  around(startLine: number, endLine: number): string | undefined;
}

/** One `#if … #endif` around a line. */
interface Branch {
  /** Conditions of the branches before it, which do not hold. */
  readonly before: readonly string[];
  /** Empty for `#else` and for guards. */
  readonly own: string;
}

const none: readonly Branch[] = [];
const longest = 240;
/** Most branches before one that are named: tables of chips are long. */
const mostBefore = 4;

/** Whether lines hold a condition of any kind. */
export function holdsCondition(lines: readonly string[]): boolean {
  return lines.some(line => /^\s*#\s*if/.test(line));
}

/** Reads the conditions of a file by its directives alone; include guards and tests for C++ are no conditions. */
export function readConditions(lines: readonly string[]): Conditions {
  const stacks: (readonly Branch[])[] = [];
  let stack = none;
  for (const [index, line] of lines.entries()) {
    const [, word = '', first = ''] = line.includes('#') ? /^[ \t]*#[ \t]*(if|ifdef|ifndef|elif|else|endif)\b(.*)$/.exec(line) ?? [] : [];
    // A directive's own line belongs to what is around it.
    const outer = word === '' || word.startsWith('if') ? stack : stack.slice(0, -1);
    stacks.push(outer);
    if (word === '') continue;
    const rest = word === 'else' || word === 'endif' ? '' : continued(lines, index, first);
    if (word.startsWith('if')) stack = [...stack, opening(lines, index, { word, rest })];
    else if (word === 'endif') stack = outer;
    else stack = [...outer, alternative(stack.at(-1), rest)];
  }
  return { around: (startLine, endLine) => joined(stacks[startLine - 1] ?? none, stacks[endLine - 1] ?? none) };
}

function continued(lines: readonly string[], index: number, first: string): string {
  let text = first;
  for (let next = index + 1; /\\\s*$/.test(text) && next < lines.length; next += 1) text = `${text.replace(/\\\s*$/, '')} ${lines[next] ?? ''}`;
  return text.replace(/\/\*[^]*?(\*\/|$)|\/\/.*$/g, ' ').replace(/\s+/g, ' ').trim();
}

function opening(lines: readonly string[], index: number, { word, rest }: { readonly word: string; readonly rest: string }): Branch {
  if (/\b__cplusplus\b/.test(rest) || isGuard(lines, index, word === 'ifndef' ? rest : /^!\s*defined\s*\(?\s*(\w+)\s*\)?$/.exec(rest)?.[1])) return { before: [], own: '' };
  if (word === 'if') return { before: [], own: rest };
  return { before: [], own: `${word === 'ifndef' ? '!' : ''}defined(${rest.split(/\s/, 1)[0] ?? ''})` };
}

function isGuard(lines: readonly string[], index: number, name: string | undefined): boolean {
  if (name === undefined) return false;
  return [1, 2].some(below => /^\s*#\s*define\s+(\w+)\s*$/.exec(lines[index + below] ?? '')?.[1] === name);
}

function alternative(former: Branch | undefined, own: string): Branch {
  if (former === undefined) return { before: [], own };
  return { before: former.own === '' ? former.before : [...former.before, former.own], own };
}

/** The conditions that are around both lines. */
function joined(start: readonly Branch[], end: readonly Branch[]): string | undefined {
  const shared: string[] = [];
  for (let depth = 0; depth < start.length && start[depth] === end[depth]; depth += 1) shared.push(...partsOf(start[depth]));
  if (shared.length === 0) return undefined;
  const text = shared.length === 1 ? shared[0] ?? '' : shared.map(part => (part.includes('||') && !/^!?\([^()]*(\([^()]*\)[^()]*)*\)$/.test(part) ? `(${part})` : part)).join(' && ');
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function partsOf(branch: Branch | undefined): string[] {
  if (branch === undefined) return [];
  const parts = branch.before.slice(-mostBefore).map(negated);
  return branch.own === '' ? parts : [...parts, branch.own];
}

function negated(condition: string): string {
  const plain = /^!\s*(defined\s*\(\s*\w+\s*\)|\w+)$/.exec(condition)?.[1];
  if (plain !== undefined) return plain;
  return /^(defined\s*\(\s*\w+\s*\)|\w+)$/.test(condition) ? `!${condition}` : `!(${condition})`;
}
