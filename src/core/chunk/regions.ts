import type { SourceFacts } from '../parse/facts.ts';
import { asmRegions } from './asmRegions.ts';
import type { ChunkKind } from './chunk.ts';
import { fitsOneChunk } from './cut.ts';
import { prototypeRegions } from './prototypeRegions.ts';
import { registerTables } from './registerTables.ts';

/** Lines of a source file that belong together. */
export interface Region {
  readonly kind: ChunkKind;
  readonly symbol?: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly header?: string;
  readonly title?: string;
  readonly heading?: string;
  /** Stands for the lines, where the region is undivided; `lineNumbers` says which line each of its own belongs to. */
  readonly replacement?: { readonly lines: readonly string[]; readonly lineNumbers: readonly number[] };
}

/**
 * What the facts say about which lines belong together, outer before inner. A function inside a class is its own
 * region only where the class is too large for one passage.
 */
export function regionsOf(lines: readonly string[], facts: SourceFacts): Region[] {
  if (facts.language === 'asm') return [...asmRegions(lines, facts), ...macroRegions(lines, facts), ...vectorRegions(lines, facts)];
  const types = facts.types.filter(({ kind, startLine, endLine }) => kind !== 'typedef' || endLine > startLine).map(type => typeRegion(lines, type));
  const whole = types.filter(type => fitsOneChunk(linesOf(lines, type)));
  const functions = facts.functions.map(functionRegion).filter(region => !whole.some(type => encloses(type, region)));
  return [...vectorRegions(lines, facts), ...types, ...variableRegions(lines, facts), ...functions, ...prototypeRegions(lines, facts.prototypes ?? []), ...macroRegions(lines, facts), ...registerTables(lines, facts.macros)];
}

function functionRegion({ name, docStartLine, startLine, endLine, signature }: SourceFacts['functions'][number]): Region {
  return { kind: 'function', symbol: name, startLine: Math.min(docStartLine, startLine), endLine, header: oneLine(signature) };
}

function typeRegion(lines: readonly string[], { kind, name, startLine, endLine }: SourceFacts['types'][number]): Region {
  return { kind: 'type', symbol: name, startLine: describedFrom(lines, startLine), endLine, header: `${kind} ${name}` };
}

/** The vector table with what stands around its slots, from its label or declaration to its end. */
function vectorRegions(lines: readonly string[], facts: SourceFacts): Region[] {
  const slots = facts.vectors.map(({ line }) => line);
  if (slots.length === 0) return [];
  const first = Math.max(1, Math.min(...slots) - 3);
  const last = Math.min(lines.length, Math.max(...slots) + 1);
  return [{ kind: 'vectors', symbol: 'vector table', startLine: first, endLine: last, header: 'vector table' }];
}

function variableRegions(lines: readonly string[], facts: SourceFacts): Region[] {
  const globals = facts.variables.filter(({ function: inside }) => inside === undefined)
    .map(({ name, line }) => ({ name, startLine: commentStart(lines, line), endLine: statementEnd(lines, line) }));
  return group(lines, globals).map(({ names, startLine, endLine }) => {
    const [only] = names;
    const region = { kind: 'variables' as const, startLine, endLine };
    return names.length === 1 && only !== undefined ? { ...region, symbol: only, header: oneLine(lines[startLine - 1] ?? only) } : region;
  });
}

function macroRegions(lines: readonly string[], facts: SourceFacts): Region[] {
  const macros = facts.macros.filter(macro => !isGuard(macro)).map(({ name, line }) => ({ name, startLine: commentStart(lines, line), endLine: continuationEnd(lines, line) }));
  return group(lines, macros).map(({ names, startLine, endLine }) => {
    const symbol = names.length === 1 ? names[0] : sharedPrefix(names);
    const region = { kind: 'macros' as const, startLine, endLine };
    return symbol === undefined || symbol === '' ? region : { ...region, symbol };
  });
}

function isGuard({ name, body }: SourceFacts['macros'][number]): boolean {
  return body === '' && /_H(PP|XX)?_*$/.test(name);
}

interface Named {
  readonly name: string;
  readonly startLine: number;
  readonly endLine: number;
}

interface Group {
  readonly names: string[];
  readonly startLine: number;
  endLine: number;
}

/** Neighbours with at most one blank line between them are one group. */
function group(lines: readonly string[], items: readonly Named[]): Group[] {
  const groups: Group[] = [];
  for (const item of [...items].sort((one, other) => one.startLine - other.startLine)) {
    const last = groups.at(-1);
    const between = last === undefined ? [] : lines.slice(last.endLine, item.startLine - 1);
    if (last !== undefined && between.length <= 1 && between.every(line => line.trim() === '')) {
      last.names.push(item.name);
      last.endLine = Math.max(last.endLine, item.endLine);
    } else {
      groups.push({ names: [item.name], startLine: item.startLine, endLine: item.endLine });
    }
  }
  return groups;
}

/** ST's headers leave a line free between a struct and what it is. */
function describedFrom(lines: readonly string[], line: number): number {
  const own = commentStart(lines, line);
  if (own < line || lines[line - 2]?.trim() !== '') return own;
  const above = commentStart(lines, line - 1);
  const comment = lines.slice(above - 1, line - 2).join('\n');
  return above < line - 1 && line - above <= 10 && comment.startsWith('/**') && !/[@\\][{}]|[@\\](file|defgroup|addtogroup)/.test(comment) ? above : own;
}

/** First line of the comment that ends right above the line, else the line. */
function commentStart(lines: readonly string[], line: number): number {
  let above = line - 1;
  if (/^\s*\/\//.test(lines[above - 1] ?? '')) {
    while (/^\s*\/\//.test(lines[above - 2] ?? '')) above -= 1;
    return above;
  }
  if (!/\*\/\s*$/.test(lines[above - 1] ?? '') || !/^\s*(\/?\*)/.test(lines[above - 1] ?? '')) return line;
  const lowest = Math.max(1, above - 60);
  while (above >= lowest && !(lines[above - 1] ?? '').includes('/*')) above -= 1;
  return above >= lowest ? above : line;
}

/** Last line of the declaration that starts on the line: where its brackets are closed and a `;` follows. */
function statementEnd(lines: readonly string[], line: number): number {
  let depth = 0;
  for (let index = line; index <= Math.min(lines.length, line + 2000); index += 1) {
    for (const character of lines[index - 1] ?? '') {
      if (character === '{' || character === '(' || character === '[') depth += 1;
      if (character === '}' || character === ')' || character === ']') depth -= 1;
      if (character === ';' && depth <= 0) return index;
    }
  }
  return line;
}

function continuationEnd(lines: readonly string[], line: number): number {
  let end = line;
  while (end < lines.length && /\\\s*$/.test(lines[end - 1] ?? '')) end += 1;
  return end;
}

/** The words all names start with: `USART_CR1` of `USART_CR1_UE` and `USART_CR1_RE`. */
function sharedPrefix(names: readonly string[]): string {
  const [first, ...others] = names.map(name => name.split('_'));
  if (first === undefined) return '';
  let shared = 0;
  while (shared < first.length && others.every(other => other[shared] === first[shared])) shared += 1;
  return first.slice(0, shared).join('_');
}

function encloses(outer: Region, inner: Region): boolean {
  return outer.startLine <= inner.startLine && inner.endLine <= outer.endLine;
}

function linesOf(lines: readonly string[], { startLine, endLine }: Region): readonly string[] {
  return lines.slice(startLine - 1, endLine);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}
