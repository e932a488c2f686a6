import type { BitClaim } from './bitClaims.ts';

interface Cell {
  readonly text: string;
  readonly start: number;
}

/** Rows of markdown tables that have a column of bit positions and a column of names. */
export function tableBitClaims(text: string): BitClaim[] {
  const claims: BitClaim[] = [];
  let head: readonly Cell[] | undefined;
  for (const { 0: line, index } of text.matchAll(/.+/g)) {
    const cells = cellsOf(line, index);
    if (cells.length < 2) head = undefined;
    else if (head === undefined) head = cells;
    else claims.push(...rowClaim(head, cells));
  }
  return claims;
}

function rowClaim(head: readonly Cell[], row: readonly Cell[]): BitClaim[] {
  const bitsColumn = head.findIndex(({ text }) => /^bits?\b(?!.*name)|^(?:bit )?position$|^位/i.test(text));
  const nameColumn = head.findIndex(({ text }, column) => column !== bitsColumn && /\b(?:name|field|flag|bit name|symbol)s?\b|名称|字段|^bit$/i.test(text));
  const bits = row[bitsColumn];
  const named = row[nameColumn];
  const position = /^(?:bits?\s*)?\[?(\d{1,3})(?:\s*(?::|-|–|\.\.)\s*(\d{1,3}))?\]?$/i.exec(bits?.text ?? '');
  if (bits === undefined || named === undefined || position === null || !/^[A-Z]\w*$/.test(named.text)) return [];
  const numbers = [Number(position[1]), Number(position[2] ?? position[1])];
  const start = Math.min(bits.start, named.start);
  const end = Math.max(bits.start + bits.text.length, named.start + named.text.length);
  return [{ start, end, text: `${named.text} ${bits.text}`, name: named.text, nameStart: named.start, bitsStart: bits.start, high: Math.max(...numbers), low: Math.min(...numbers), isPair: false }];
}

function cellsOf(line: string, lineStart: number): Cell[] {
  if (!line.trimStart().startsWith('|')) return [];
  const cells: Cell[] = [];
  let at = line.indexOf('|') + 1;
  for (let next = line.indexOf('|', at); next >= 0; next = line.indexOf('|', at)) {
    const cell = line.slice(at, next);
    cells.push({ text: cell.trim(), start: lineStart + at + (cell.length - cell.trimStart().length) });
    at = next + 1;
  }
  return cells;
}
