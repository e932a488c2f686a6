import type { Device, Field, RegisterNode } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { hex } from '../device/numbers.ts';
import { outlineRow, type OutlineNode } from './outlineRow.ts';
import { groupedPeripherals } from './peripheralGroups.ts';
import { leftOver, searchWords } from './searchWords.ts';
import { spotAt, stepsToElement } from './spot.ts';
import { spotOfPath } from './spotOfPath.ts';

/** Rows that a person's words may mean, the likeliest first, and how many there are in all. */
export interface OutlineMatches {
  readonly nodes: readonly OutlineNode[];
  readonly total: number;
}

/** Finds peripherals, registers and fields by name, path, address or description; of an array the first element stands for all. */
export function findInOutline(device: Device, query: string, limit = 100): OutlineMatches {
  const words = searchWords(query);
  if (words.length === 0) return { nodes: [], total: 0 };
  const search: Search = { words, last: words.at(-1) ?? '', withAddresses: words.some(word => word.startsWith('0x')), found: [] };
  const groupOf = new Map([...groupedPeripherals(device)].flatMap(([name, members]) => members.map(index => [index, name] as const)));
  for (const [index, { name, description, baseAddress, registers }] of device.peripherals.entries()) {
    const group = groupOf.get(index);
    const row: Row = { id: group === undefined ? `p${index}` : `g:${group}/p${index}`, name, description, address: baseAddress, rank: 0 };
    look(search, row, words, { nodes: registers });
  }
  const exact = findRegisters(device, query).slice(0, limit).flatMap(({ place, field }) => spotOfPath(device, field === undefined ? place.path : `${place.path}.${field.name}`)?.id ?? []);
  const ids = new Set([...exact, ...search.found.sort((left, right) => left.rank - right.rank).map(({ id }) => id)]);
  return { nodes: [...ids].slice(0, limit).flatMap(id => spotAt(device, id) ?? []).map(outlineRow), total: ids.size };
}

interface Search {
  readonly words: readonly string[];
  /** What a person typed last says best what is looked for. */
  readonly last: string;
  readonly withAddresses: boolean;
  readonly found: { readonly id: string; readonly rank: number }[];
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly address: bigint | undefined;
  /** Peripherals before registers before fields, of matches that are equally close. */
  readonly rank: number;
}

interface Below {
  readonly nodes?: readonly RegisterNode[];
  readonly fields?: readonly Field[];
}

/** Matches beyond this are not even counted: no one reads them. */
const mostFound = 20_000;

function look(search: Search, row: Row, words: readonly string[], below: Below): void {
  if (search.found.length >= mostFound) return;
  const left = leftOver(words, [row.name, row.description, search.withAddresses && row.address !== undefined ? hex(row.address, 8) : undefined]);
  // A row below a match that adds no word of its own is no match itself.
  if (left.length === 0 && words.length > 0) search.found.push({ id: row.id, rank: row.rank + closeness(search.last, row.name) * 10 });
  const start = row.address ?? 0n;
  for (const [index, node] of below.nodes?.entries() ?? []) {
    const id = `${row.id}/n${index}${node.dim === undefined ? '' : `/${stepsToElement(node.dim, 0)}`}`;
    const next: Row = { id, name: node.name, description: node.description, address: start + node.addressOffset, rank: 1 };
    look(search, next, left, node.kind === 'cluster' ? { nodes: node.registers } : { fields: node.fields });
  }
  for (const [index, { name, description }] of below.fields?.entries() ?? []) look(search, { id: `${row.id}/f${index}`, name, description, address: undefined, rank: 2 }, left, {});
}

/** 0 for the name itself, 3 where only the description says it. */
function closeness(word: string, name: string): number {
  const lower = name.toLowerCase();
  return lower === word ? 0 : lower.startsWith(word) ? 1 : lower.includes(word) ? 2 : 3;
}
