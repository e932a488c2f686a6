/** Cards are written as markdown; a terminal shows them without its marks and with aligned tables. */
export function plainText(markdown: string): string {
  const lines: string[] = [];
  let table: string[][] = [];
  for (const line of [...markdown.split('\n'), '']) {
    if (line.startsWith('|')) {
      table.push(cells(line));
      continue;
    }
    lines.push(...alignTable(table), unmark(line));
    table = [];
  }
  return lines.join('\n').replace(/\n{3,}/g, '\n\n').trim();
}

function cells(line: string): string[] {
  return line.replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map(cell => unmark(cell.trim()));
}

function alignTable(rows: readonly string[][]): string[] {
  const content = rows.filter(row => !row.every(cell => /^:?-*:?$/.test(cell)));
  const widths = (content[0] ?? []).map((_, column) => Math.min(60, Math.max(...content.map(row => row[column]?.length ?? 0))));
  return content.map(row => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

function unmark(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^#+ /, '')
    .replace(/\*\*|`/g, '')
    // Only these: in code an asterisk is a pointer's.
    .replace(/\*\(header\)\*/g, '(header)').replace(/^\*(Source: .*)\*$/, '$1')
    .replace(/<br\s*\/?>/g, ' ')
    .replace(/&nbsp;/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~&])/g, '$1');
}
