import type { Segment } from './cut.ts';

/** Sections of a Markdown document, each starting with the path of its headings (`Guide > Clocks > PLL`). */
export function markdownSegments(lines: readonly string[]): Segment[] {
  const headings: string[] = [];
  const segments: Segment[] = [];
  let start = 0;
  const close = (end: number) => {
    if (end > start) segments.push(section(headings.filter(heading => heading !== ''), start, lines.slice(start, end)));
    start = end;
  };
  for (const { index, depth, title } of headingsOf(lines)) {
    close(index);
    headings.length = Math.min(headings.length, depth - 1);
    while (headings.length < depth - 1) headings.push('');
    headings.push(title);
  }
  close(lines.length);
  return segments;
}

function section(path: readonly string[], start: number, lines: readonly string[]): Segment {
  const symbol = path.join(' > ');
  const place = { kind: 'section' as const, startLine: start + 1 };
  if (symbol === '') return { ...place, lines };
  if (path.length === 1) return { ...place, symbol, lines, header: symbol };
  return { ...place, symbol, lines: [symbol, ...lines.slice(1)], header: symbol };
}

/** `#` headings and underlined ones, outside fenced code. */
function headingsOf(lines: readonly string[]): { readonly index: number; readonly depth: number; readonly title: string }[] {
  const found: { index: number; depth: number; title: string }[] = [];
  let fence = '';
  lines.forEach((line, index) => {
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1];
    if (mark !== undefined && (fence === '' || fence === mark)) fence = fence === '' ? mark : '';
    if (fence !== '') return;
    const [, hashes, title] = /^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$/.exec(line) ?? [];
    if (hashes !== undefined && title !== undefined) found.push({ index, depth: hashes.length, title });
    const underline = /^ {0,3}(=+|-{3,})\s*$/.exec(lines[index + 1] ?? '')?.[1];
    if (hashes === undefined && underline !== undefined && /^\S/.test(line) && !/^[-=|>*]/.test(line)) {
      found.push({ index, depth: underline.startsWith('=') ? 1 : 2, title: line.trim() });
    }
  });
  return found;
}
