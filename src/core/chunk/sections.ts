import type { Segment } from './cut.ts';
import type { Heading } from './headings.ts';

/** Sections of a document, each starting with the path of its headings (`Guide > Clocks > PLL`). */
export function sectionSegments(lines: readonly string[], headings: readonly Heading[]): Segment[] {
  const path: string[] = [];
  const segments: Segment[] = [];
  let start = 0;
  let own = 0;
  const close = (end: number) => {
    if (end > start) segments.push(section(path.filter(heading => heading !== ''), { start, own, lines: lines.slice(start, end) }));
    start = end;
  };
  for (const { index, depth, title, lines: headingLines } of headings) {
    close(index);
    own = headingLines;
    path.length = Math.min(path.length, depth - 1);
    while (path.length < depth - 1) path.push('');
    path.push(title);
  }
  close(lines.length);
  return segments;
}

interface SectionLines {
  /** 0-based. */
  readonly start: number;
  /** Lines of the heading. */
  readonly own: number;
  readonly lines: readonly string[];
}

/** The path replaces the heading below the first level. */
function section(path: readonly string[], { start, own, lines }: SectionLines): Segment {
  const symbol = path.join(' > ');
  const place = { kind: 'section' as const, startLine: start + 1 };
  if (symbol === '') return { ...place, lines };
  const named = { ...place, symbol, heading: symbol, header: symbol };
  if (path.length === 1) return { ...named, lines };
  // As many lines as in the file, so that the others keep their numbers.
  return { ...named, lines: [symbol, ...Array.from({ length: own - 1 }, () => ''), ...lines.slice(own)] };
}
