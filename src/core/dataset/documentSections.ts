/** One section of a document under its headings. */
export interface DocumentSection {
  /** From the document's title down. */
  readonly headings: readonly string[];
  /** 1-based line of the heading. */
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
}

/** Sections of a text in Markdown, reStructuredText or AsciiDoc, each up to the next heading of any depth. */
export function documentSections(text: string): DocumentSection[] {
  const lines = text.split('\n');
  const sections: DocumentSection[] = [];
  const path: { readonly depth: number; readonly title: string }[] = [];
  let begun: { readonly line: number; readonly from: number } | undefined;
  const close = (end: number): void => {
    if (begun === undefined) return;
    const body = lines.slice(begun.from, end).join('\n').trim();
    if (body !== '') sections.push({ headings: path.map(({ title }) => title), line: begun.line + 1, endLine: end, text: body });
  };
  for (const { index, depth, title, next } of headingsOf(lines)) {
    close(index);
    while ((path.at(-1)?.depth ?? -1) >= depth) path.pop();
    path.push({ depth, title });
    begun = { line: index, from: next };
  }
  close(lines.length);
  return sections;
}

interface Heading {
  readonly index: number;
  readonly depth: number;
  readonly title: string;
  /** Index of the first line of what it heads. */
  readonly next: number;
}

function headingsOf(lines: readonly string[]): Heading[] {
  const headings: Heading[] = [];
  const marks: string[] = [];
  let fence: string | undefined;
  for (const [index, line] of lines.entries()) {
    const mark = /^\s*(```|~~~|----$)/.exec(line)?.[1];
    if (mark !== undefined && (mark !== '----' || lines[index - 1]?.startsWith('[source') === true || fence === '----')) fence = fence === undefined ? mark : fence === mark ? undefined : fence;
    if (fence !== undefined) continue;
    const marked = /^(#{1,6}|={1,6})\s+(\S.*?)\s*[#=]*\s*$/.exec(line);
    const under = lines[index + 1] ?? '';
    if (marked !== null) headings.push({ index, depth: marked[1]?.length ?? 1, title: plainTitle(marked[2] ?? ''), next: index + 1 });
    else if (/^([=\-~^"*+#])\1{2,}\s*$/.test(under) && /^\S/.test(line) && under.trim().length >= Math.min(line.trim().length, 4) && !/^([=\-~^"*+#|])\1{2,}/.test(line)) {
      const [character = '='] = under;
      if (!marks.includes(character)) marks.push(character);
      headings.push({ index, depth: marks.indexOf(character) + 1, title: plainTitle(line), next: index + 2 });
    }
  }
  return headings;
}

function plainTitle(title: string): string {
  return title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*`]|<[^>]*>/g, '').replace(/\{#[^}]*\}/g, '').trim();
}
