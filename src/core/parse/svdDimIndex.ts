import { parseSvdCount } from './svdNumbers.ts';

/** The texts that a `dimIndex` gives an array's elements. */
export interface DimIndex {
  /** How many elements it names. */
  readonly length: number;
  /** Beyond `length`: the number itself. */
  readonly text: (index: number) => string;
}

/** Reads `0-7`, `7-0`, `A-D` or a list; without a `dimIndex` elements are named by their numbers. */
export function indexTextOf(dimIndex: string | undefined): DimIndex {
  if (dimIndex === undefined) return { length: 0, text: String };
  const range = /^\s*(\w+)\s*-\s*(\w+)\s*$/.exec(dimIndex);
  const ranged = range === null ? undefined : rangeTexts(range[1] ?? '', range[2] ?? '');
  if (ranged !== undefined) return { length: ranged.length, text: index => index < ranged.length ? ranged.text(index) : String(index) };
  const list = dimIndex.split(',').map(text => text.trim());
  return { length: list.length, text: index => list[index] ?? String(index) };
}

/** Undefined when the ends are neither two numbers nor two letters. */
function rangeTexts(first: string, last: string): DimIndex | undefined {
  const letters = /^[A-Za-z]$/.test(first) && /^[A-Za-z]$/.test(last);
  const [start, end] = letters ? [first.charCodeAt(0), last.charCodeAt(0)] : [parseSvdCount(first), parseSvdCount(last)];
  if (start === undefined || end === undefined) return undefined;
  const step = end < start ? -1 : 1;
  return { length: Math.abs(end - start) + 1, text: index => letters ? String.fromCharCode(start + step * index) : String(start + step * index) };
}
