import type { SourceFacts } from './facts.ts';

/** Files up to this size are read whole at once. */
const mostWholeCharacters = 60_000;

/** Whether a file takes so long to read that a hover had better read only what stands around the cursor. */
export function isLong(text: string): boolean {
  return text.length > mostWholeCharacters;
}

/**
 * The text around a line from the end of the definition before it to the end of its own, everything before it replaced
 * by empty lines, so that lines and columns stay; undefined where no such piece can be told, or it is long itself.
 */
export function windowAround(text: string, line: number): string | undefined {
  const at = startOfLine(text, line);
  if (at === undefined) return undefined;
  // A closing brace at the margin ends a definition.
  const before = text.lastIndexOf('\n}', at - 1);
  const start = before === -1 ? 0 : text.indexOf('\n', before + 1) + 1;
  const behind = text.indexOf('\n}', Math.max(at - 1, 0));
  const lineEnd = behind === -1 ? -1 : text.indexOf('\n', behind + 1);
  const end = lineEnd === -1 ? text.length : lineEnd;
  if (start > at || end - start > mostWholeCharacters || text.lastIndexOf('/*', start) > text.lastIndexOf('*/', start)) return undefined;
  return '\n'.repeat(linesIn(text, start)) + text.slice(start, end);
}

/** The facts of a file of which one piece was read now, and the rest is known from before. */
export function withWindow(known: SourceFacts, piece: SourceFacts): SourceFacts {
  const functions = new Set(piece.functions.map(({ name }) => name));
  const variables = new Set(piece.variables.filter(fact => fact.function === undefined).map(({ name }) => name));
  const macros = new Set(piece.macros.map(({ name }) => name));
  return {
    ...known, accesses: piece.accesses, bareReads: piece.bareReads ?? [],
    functions: [...piece.functions, ...known.functions.filter(({ name }) => !functions.has(name))],
    variables: [...piece.variables, ...known.variables.filter(fact => fact.function === undefined ? !variables.has(fact.name) : !functions.has(fact.function))],
    macros: [...piece.macros, ...known.macros.filter(({ name }) => !macros.has(name))],
  };
}

function startOfLine(text: string, line: number): number | undefined {
  let at = 0;
  for (let count = 1; count < line; count += 1) {
    at = text.indexOf('\n', at) + 1;
    if (at === 0) return undefined;
  }
  return at;
}

function linesIn(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
