/** A heading of a document; `index` is its first line, counted from 0. */
export interface Heading {
  readonly index: number;
  /** 1 for the title. */
  readonly depth: number;
  readonly title: string;
  /** Lines that the heading itself takes. */
  readonly lines: number;
}

/** `#` headings and underlined ones, outside fenced code. */
export function markdownHeadings(lines: readonly string[]): Heading[] {
  const found: Heading[] = [];
  let fence = '';
  lines.forEach((line, index) => {
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1];
    if (mark !== undefined && (fence === '' || fence === mark)) fence = fence === '' ? mark : '';
    if (fence !== '') return;
    const [, hashes, title] = /^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$/.exec(line) ?? [];
    if (hashes !== undefined && title !== undefined) found.push({ index, depth: hashes.length, title, lines: 1 });
    const underline = /^ {0,3}(=+|-{3,})\s*$/.exec(lines[index + 1] ?? '')?.[1];
    if (hashes === undefined && underline !== undefined && /^\S/.test(line) && !/^[-=|>*]/.test(line)) {
      found.push({ index, depth: underline.startsWith('=') ? 1 : 2, title: line.trim(), lines: 2 });
    }
  });
  return found;
}

/** Titles with a line of punctuation below, or below and above; the order in which the adornments first appear gives their depth. */
export function rstHeadings(lines: readonly string[]): Heading[] {
  const found: Heading[] = [];
  const depths = new Map<string, number>();
  for (let index = 0; index < lines.length; index += 1) {
    const title = lines[index] ?? '';
    const below = lines[index + 1] ?? '';
    if (title.trim() === '' || isAdornment(title) || !isAdornment(below) || below.trimEnd().length < Math.min(title.trim().length, 4)) continue;
    const above = lines[index - 1] ?? '';
    const isFramed = isAdornment(above) && above.charAt(0) === below.charAt(0);
    // A line of dashes below indented text is a table's or a quote's.
    if (/^\s/.test(title) && !isFramed) continue;
    if (!isFramed && above.trim() !== '' && !/^\.\. /.test(above)) continue;
    const adornment = `${below.charAt(0)}${isFramed ? 'framed' : ''}`;
    const depth = depths.get(adornment) ?? depths.size + 1;
    depths.set(adornment, depth);
    found.push({ index: isFramed ? index - 1 : index, depth, title: title.trim(), lines: isFramed ? 3 : 2 });
    index += 1;
  }
  return found;
}

function isAdornment(line: string): boolean {
  return /^([=\-~^"'`#*+.:_])\1{2,}\s*$/.test(line);
}

/** `= Title`, `== Section`, outside of listings. */
export function asciidocHeadings(lines: readonly string[]): Heading[] {
  const found: Heading[] = [];
  let fence = '';
  lines.forEach((line, index) => {
    if (/^(-{4,}|\.{4,}|\/{4,})\s*$/.test(line)) fence = fence === '' ? line.trim() : fence === line.trim() ? '' : fence;
    const [, marks = '', title] = fence === '' ? /^(={1,6})\s+(.+?)\s*$/.exec(line) ?? [] : [];
    if (title !== undefined) found.push({ index, depth: marks.length, title, lines: 1 });
  });
  return found;
}
