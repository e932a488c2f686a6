import type { Dim } from '../device/device.ts';
import { indexTextOf } from './svdDimIndex.ts';
import { resolveEnumeration } from './svdEnumerations.ts';
import { parseSvdCount, parseSvdInteger } from './svdNumbers.ts';
import { quoted, type SvdProblemLog } from './svdProblems.ts';
import type { RawDimension } from './svdRaw.ts';

type Dimensioned = RawDimension & { readonly kind: string; readonly line: number; readonly name: string | undefined };

/** Bits of an index, for values of `dimArrayIndex` with don't-care digits. */
const widestIndex = 32;

/** The array an element declares with dim, dimIncrement and dimIndex, still folded; undefined when it is none. */
export function readDim(raw: Dimensioned, problems: SvdProblemLog): Dim | undefined {
  if (raw.dim === undefined) {
    if (raw.name?.includes('%s') === true) problems.add('arrays without dim', raw.line, `${raw.kind} ${quoted(raw.name)} is named as an array but has no dim; it is read as a single element.`);
    return undefined;
  }
  const count = parseSvdCount(raw.dim);
  if (count === undefined || count === 0) {
    problems.add('unreadable dim', raw.line, `${raw.kind} ${quoted(raw.name)}: dim ${quoted(raw.dim)} is not a count above 0; it is read as a single element.`);
    return undefined;
  }
  const increment = raw.dimIncrement === undefined ? undefined : parseSvdInteger(raw.dimIncrement);
  if (increment === undefined && count > 1) problems.add('unreadable dimIncrement', raw.line, `${raw.kind} ${quoted(raw.name)}: dimIncrement ${quoted(raw.dimIncrement)} is not a number; all elements are read at one place.`);
  return {
    count, increment: increment ?? 0n, indexText: indexTexts(raw, count, problems), ...(raw.dimIndex !== undefined && { dimIndex: raw.dimIndex }),
    ...(raw.dimName !== undefined && { dimName: raw.dimName }),
    ...(raw.dimArrayIndex !== undefined && { indexNames: resolveEnumeration(raw.dimArrayIndex, widestIndex, problems) }),
  };
}

/** An array's name always holds `%s`, so that its elements differ. */
export function arrayName(name: string, dim: Dim | undefined): string {
  return dim === undefined || name.includes('%s') ? name : `${name}[%s]`;
}

/** The name of one element. */
export function elementName(name: string, dim: Dim, index: number): string {
  return name.replace('%s', () => dim.indexText(index));
}

/** How many elements of a field or peripheral array are unfolded; what only a folded array can hold is reported. */
export function unfoldedCount(raw: Dimensioned, dim: Dim, limit: { readonly most: number; readonly problems: SvdProblemLog }): number {
  if (dim.indexNames !== undefined) limit.problems.add('names of indices left out', raw.line, `${raw.kind} ${quoted(raw.name)}: the names that dimArrayIndex gives its elements are left out.`);
  if (dim.count <= limit.most) return dim.count;
  limit.problems.add('arrays cut', raw.line, `${raw.kind} ${quoted(raw.name)} has ${dim.count} elements; only the first ${limit.most} are read.`);
  return limit.most;
}

function indexTexts(raw: Dimensioned, count: number, problems: SvdProblemLog): Dim['indexText'] {
  const { length, text } = indexTextOf(raw.dimIndex);
  if (raw.dimIndex !== undefined && length !== count) problems.add('dimIndex that does not fit dim', raw.line, `${raw.kind} ${quoted(raw.name)}: dimIndex ${quoted(raw.dimIndex)} names ${length} elements, dim says ${count}; dim counts.`);
  return text;
}
