/** Characters of a line that are quoted. */
const longestLine = 300;
/** Lines that are quoted or left out together. */
const linesPerPiece = 40;

/** Lines with their numbers, in pieces; line ends of either kind. */
export function numberedPieces({ text, first, last, perPiece = linesPerPiece }: { readonly text: string; readonly first: number; readonly last: number; readonly perPiece?: number }): { readonly line: number; readonly endLine: number; readonly text: string }[] {
  const lines = text.split(/\r?\n/);
  const end = Math.min(last, lines.length);
  return Array.from({ length: Math.max(0, Math.ceil((end - first + 1) / perPiece)) }, (_, index) => {
    const line = first + index * perPiece;
    const endLine = Math.min(end, line + perPiece - 1);
    return { line, endLine, text: lines.slice(line - 1, endLine).map((content, offset) => `${line + offset}: ${content.slice(0, longestLine)}`).join('\n') };
  });
}
