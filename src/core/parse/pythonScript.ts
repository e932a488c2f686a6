import { splitLines } from '../text/lines.ts';
import { commentLinesAbove } from './blankComments.ts';
import { emptyFacts } from './emptyFacts.ts';
import type { IncludeFact, PartFact, SourceFacts } from './facts.ts';

/** Reads a Python script by its indentation: classes and functions with their decorators, methods within classes, imports. */
export function parsePython(text: string): SourceFacts {
  const lines = splitLines(text);
  const isText = linesInStrings(lines);
  const parts: PartFact[] = [];
  const open: { readonly depth: number; readonly name: string }[] = [];
  lines.forEach((line, index) => {
    const [, indent, word, name] = isText[index] === true ? [] : /^(\s*)(?:async\s+)?(def|class)\s+(\w+)/.exec(line) ?? [];
    if (indent === undefined || word === undefined || name === undefined) return;
    const depth = indent.length;
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop();
    // A function within a function belongs to it.
    if (depth === 0 || open.length > 0) parts.push(describe({ lines, isText, index, depth }, word, [...open.map(outer => outer.name), name]));
    if (word === 'class') open.push({ depth, name });
  });
  return { ...emptyFacts('python'), parts, includes: lines.flatMap((line, index) => (isText[index] === true ? [] : readImport(line, index + 1))) };
}

interface Place {
  readonly lines: readonly string[];
  readonly isText: readonly boolean[];
  readonly index: number;
  readonly depth: number;
}

function describe({ lines, isText, index, depth }: Place, word: string, path: readonly string[]): PartFact {
  let start = index + 1;
  while (/^\s*@/.test(lines[start - 2] ?? '')) start -= 1;
  start = commentLinesAbove(lines, start);
  let end = index;
  for (let next = index + 1; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    if (line.trim() === '') continue;
    const width = line.length - line.trimStart().length;
    if (isText[next] !== true && width <= depth && !/^\s*[)\]}#]/.test(line)) break;
    if (isText[next] === true || width > depth || /^\s*[)\]}]/.test(line)) end = next;
  }
  return { kind: word === 'class' ? 'class' : 'function', name: path.at(-1) ?? '', startLine: start, endLine: end + 1, line: index + 1, title: `${word} ${path.join('.')}` };
}

/** Lines that begin inside a string of three quotes. */
function linesInStrings(lines: readonly string[]): boolean[] {
  let quote = '';
  return lines.map(line => {
    const isInside = quote !== '';
    for (const [mark] of line.replace(/(?<!["'])#(?![^"']*["']).*$/, '').matchAll(/"""|'''/g)) {
      if (quote === '') quote = mark;
      else if (quote === mark) quote = '';
    }
    return isInside;
  });
}

function readImport(line: string, number: number): IncludeFact[] {
  const path = /^\s*(?:from\s+([\w.]+)\s+import|import\s+([\w.]+))/.exec(line);
  return path === null ? [] : [{ path: path[1] ?? path[2] ?? '', line: number }];
}
