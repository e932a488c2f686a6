/**
 * Text from an SVD file as inert markdown: a file must not be able to place links, images, HTML, icons or
 * table cells in a card. Also on one line, as SVD texts are layout-free.
 */
export function plainText(text: string, most = 300): string {
  const line = oneLine(text, most);
  return line.replace(/[&<>"@$]/g, character => `&#${character.charCodeAt(0)};`)
    // Elsewhere in a line the other punctuation means nothing, and an underscore within a word neither.
    .replace(/[\\`*[\]{}|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&').replace(/^[-+=#]/, '\\$&')
    // Bare addresses become links by themselves in most renderers.
    .replace(/:\/\//g, '&#58;//').replace(/\bwww\./gi, match => `${match.slice(0, 3)}&#46;`)
    .replace(/^(\d+)\./, '$1\\.');
}

/** A name or number as a code span, safe in table cells too. */
export function codeText(text: string, most = 120): string {
  return `\`${oneLine(text, most).replace(/`/g, '\'').replace(/\|/g, '¦').replace(/\$\(/g, '$ (').trim() || ' '}\``;
}

/** On one line, without invisible direction marks, cut with an ellipsis. */
export function oneLine(text: string, most: number): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '').trim();
  return line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}

/** A markdown table; cells are markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => ':---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

/** Paragraphs, the empty ones left out. */
export function paragraphs(parts: readonly (string | undefined)[]): string {
  return parts.filter(part => part !== undefined && part !== '').join('\n\n');
}
