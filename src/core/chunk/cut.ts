import { hashText } from '../text/hash.ts';
import type { Chunk, ChunkKind } from './chunk.ts';
import { statementBorders } from './statementBorders.ts';

/** A run of lines about one thing, before it is cut to size. */
export interface Segment {
  readonly kind: ChunkKind;
  readonly symbol?: string;
  /** 1-based line of `lines[0]`. */
  readonly startLine: number;
  readonly lines: readonly string[];
  /** Repeated at the top of every further piece: a signature, a heading path. */
  readonly header?: string;
  /** Put before the first piece: what the lines themselves do not say. */
  readonly title?: string;
  /** Put before every piece: the `#if` around it. */
  readonly condition?: string;
  /** What it is found by beside its symbol; the title where absent. */
  readonly heading?: string;
  /** Last line in the file, where `lines` is not a plain copy of the file's lines. */
  readonly endLine?: number;
  /** The file's line that each of `lines` belongs to, where they are no plain copy and may be cut. */
  readonly lineNumbers?: readonly number[];
}

/** Cutting rules; changes with every change that alters a chunk's text. */
export const chunkProducer = 'chunk-2';

/** Size of a passage: about what an embedding window holds and a prompt can afford to quote. */
const maxCharacters = 1800;
/** A line longer than this is data, not text. */
const maxLineCharacters = 1000;

/** Lines with the overlong ones shortened and marked, and what was taken away. */
export function cutLongLines(lines: readonly string[]): { readonly lines: readonly string[]; readonly cuts: readonly { readonly line: number; readonly characters: number }[] } {
  const cuts: { line: number; characters: number }[] = [];
  const shortened = lines.map((line, index) => {
    if (line.length <= maxLineCharacters) return line;
    const characters = line.length - maxLineCharacters;
    cuts.push({ line: index + 1, characters });
    return `${line.slice(0, maxLineCharacters)} … [${characters} more characters]`;
  });
  return { lines: shortened, cuts };
}

/** True when the lines fit in one chunk. */
export function fitsOneChunk(lines: readonly string[]): boolean {
  return sizeOf(lines) <= maxCharacters;
}

/** One segment as one chunk, or as several cut at line borders, each with the header repeated. */
export function cutSegment(file: string, segment: Segment): Chunk[] {
  const trimmed = withoutBlankEnds(segment);
  if (trimmed.lines.length === 0) return [];
  const pieces = cutPieces(trimmed);
  return pieces.map((piece, index) => {
    const { title, header = title, condition } = trimmed;
    const top = index === 0 ? title : header === undefined ? undefined : `${header} … (part ${index + 1} of ${pieces.length})`;
    const lines = [...top === undefined ? [] : [top], ...condition === undefined ? [] : [`condition: ${condition}`], ...piece.lines];
    return chunkOf(file, trimmed, { startLine: piece.startLine, endLine: piece.endLine, text: lines.join('\n') });
  });
}

interface Piece {
  readonly startLine: number;
  readonly endLine: number;
  readonly lines: readonly string[];
}

function cutPieces(segment: Segment): Piece[] {
  const lastLine = segment.endLine ?? segment.startLine + segment.lines.length - 1;
  if (fitsOneChunk(segment.lines)) return [{ startLine: segment.startLine, endLine: lastLine, lines: segment.lines }];
  const pieces: Piece[] = [];
  const borders = codeKinds.has(segment.kind) && segment.lineNumbers === undefined ? statementBorders(segment.lines) : undefined;
  let start = 0;
  while (start < segment.lines.length) {
    const end = pieceEnd(segment.lines, start, borders);
    const fileLine = (index: number) => Math.min(segment.lineNumbers === undefined ? segment.startLine + index : segment.lineNumbers[index] ?? lastLine + 1, lastLine + 1);
    pieces.push({ startLine: Math.min(start === 0 ? segment.startLine : fileLine(start), lastLine), endLine: Math.min(Math.max(fileLine(end) - 1, 1), lastLine), lines: segment.lines.slice(start, end) });
    start = end;
  }
  return pieces;
}

const codeKinds: ReadonlySet<ChunkKind> = new Set(['function', 'type', 'variables', 'vectors', 'macros', 'node', 'linker']);

/** Where the piece from `start` ends: as much as fits, back to the best border in its second half. */
function pieceEnd(lines: readonly string[], start: number, borders: Int16Array | undefined): number {
  let size = 0;
  let end = start;
  while (end < lines.length && (end === start || size + (lines[end]?.length ?? 0) + 1 <= maxCharacters)) {
    size += (lines[end]?.length ?? 0) + 1;
    end += 1;
  }
  if (end === lines.length) return end;
  const earliest = start + Math.ceil((end - start) / 2);
  return (borders === undefined ? undefined : statementEnd(lines, borders, { earliest, end })) ?? lineEnd(lines, earliest, end);
}

/** The end of a statement that is in the fewest blocks, before a blank line where there is one; the last of them. */
function statementEnd(lines: readonly string[], borders: Int16Array, { earliest, end }: { readonly earliest: number; readonly end: number }): number | undefined {
  let best: { readonly index: number; readonly cost: number } | undefined;
  for (let index = end; index > earliest; index -= 1) {
    const depth = borders[index - 1] ?? -1;
    if (depth < 0) continue;
    // A comment belongs to what follows it.
    const isBehindComment = /^\s*(\/\/|\*\/|\/\*.*\*\/\s*$)/.test(lines[index - 1] ?? '') || /\*\/\s*$/.test(lines[index - 1] ?? '') && !/[;{}]/.test(lines[index - 1] ?? '');
    const cost = depth * 2 + (lines[index - 1]?.trim() === '' ? 0 : 1) + (isBehindComment ? 3 : 0);
    if (best === undefined || cost < best.cost) best = { index, cost };
  }
  return best?.index;
}

/** After a blank line, else before a line that is hardly indented. */
function lineEnd(lines: readonly string[], earliest: number, end: number): number {
  for (let index = end; index > earliest; index -= 1) if (lines[index - 1]?.trim() === '') return index;
  for (let index = end; index > earliest; index -= 1) if (/^( {0,4}|\t)[}#\w]/.test(lines[index] ?? '')) return index;
  return end;
}

function withoutBlankEnds(segment: Segment): Segment {
  const first = segment.lines.findIndex(line => line.trim() !== '');
  if (first === -1) return { ...segment, lines: [] };
  if (segment.lineNumbers !== undefined) return segment;
  const last = segment.lines.findLastIndex(line => line.trim() !== '');
  const lines = segment.lines.slice(first, last + 1);
  return segment.endLine === undefined ? { ...segment, startLine: segment.startLine + first, lines } : { ...segment, lines };
}

function chunkOf(file: string, segment: Segment, piece: { readonly startLine: number; readonly endLine: number; readonly text: string }): Chunk {
  // An anonymous type has no symbol, and a C++ name may be written over several lines.
  const symbol = segment.symbol?.replace(/\s+/g, ' ').trim() ?? '';
  const id = hashText([chunkProducer, segment.kind, symbol, piece.text].join('\n'));
  const heading = segment.heading ?? segment.title;
  return { id, file, kind: segment.kind, ...piece, ...(symbol !== '' && { symbol }), ...(heading !== undefined && heading !== '' && { heading }) };
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((size, line) => size + line.length + 1, 0);
}
