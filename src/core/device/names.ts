import type { Dim, Peripheral, RegisterNode, RegisterPlace } from './device.ts';
import { elementStart, type PlaceStart } from './places.ts';

/** Letters and digits in capitals: `CH[3].CTRL`, `ch3->ctrl` and `CH3_CTRL` are one name to a person. */
export function looseName(name: string): string {
  const known = looseNames.get(name);
  if (known !== undefined) return known;
  const loose = name.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (looseNames.size >= mostLooseNames) looseNames.clear();
  looseNames.set(name, loose);
  return loose;
}

/** A chip's few thousand names are held against every name of the code. */
const looseNames = new Map<string, string>();
const mostLooseNames = 50_000;

/** Registers of `peripheral` whose loose path below the peripheral is `wanted` (`CH3CTRL`); an array without an index stands for its first element. */
export function registersNamed(peripheral: Peripheral, wanted: string): RegisterPlace[] {
  const found: RegisterPlace[] = [];
  if (wanted !== '' && peripheral.outline?.mayHold(wanted) !== false) matchNodes({ peripheral, found, anywhere: false, steps: 0 }, [peripheral.registers, wanted], peripheralStart(peripheral));
  return found;
}

/** As `registersNamed`, with any clusters before the name left out: `CTRL` finds `CH[0].CTRL`. */
export function registersNamedAnywhere(peripheral: Peripheral, wanted: string): RegisterPlace[] {
  const found: RegisterPlace[] = [];
  if (wanted !== '' && peripheral.outline?.mayHold(wanted) !== false) matchNodes({ peripheral, found, anywhere: true, steps: 0 }, [peripheral.registers, wanted], peripheralStart(peripheral));
  return found;
}

interface Match {
  readonly peripheral: Peripheral;
  readonly found: RegisterPlace[];
  readonly anywhere: boolean;
  steps: number;
}

/** Lists looked at for one name: real parts need tens, clusters nested alike in a hostile file would need 2 to the power of their depth. */
const mostSteps = 5000;

/** A list of registers by loose name; arrays and clusters, whose names only begin a path, apart. */
interface NameTable {
  readonly registers: ReadonlyMap<string, readonly RegisterNode[]>;
  readonly patterns: readonly NamePattern[];
}

interface NamePattern {
  readonly node: RegisterNode;
  readonly before: string;
  /** Text after the index of an array. */
  readonly after: string;
}

/** Lists are shared by derived peripherals and never change. */
const tables = new WeakMap<readonly RegisterNode[], NameTable>();

/** Arrays with named indices longer than this are matched by number only. */
const longestNamedArray = 4096;

function peripheralStart(peripheral: Peripheral): PlaceStart {
  return { path: peripheral.name, address: peripheral.baseAddress };
}

function matchNodes(match: Match, wanted: readonly [readonly RegisterNode[], string], start: PlaceStart): void {
  const [nodes, name] = wanted;
  match.steps += 1;
  if (match.steps > mostSteps) return;
  const table = tableOf(nodes);
  for (const node of table.registers.get(name) ?? []) addElement(match, node, elementStart(node, start, 0));
  for (const pattern of table.patterns) {
    for (const { index, rest } of beginnings(pattern, name)) {
      const element = elementStart(pattern.node, start, index);
      if (pattern.node.kind === 'cluster') matchNodes(match, [pattern.node.registers, rest], element);
      else if (rest === '') addElement(match, pattern.node, element);
    }
    if (match.anywhere && pattern.node.kind === 'cluster') matchNodes(match, [pattern.node.registers, name], elementStart(pattern.node, start, 0));
  }
}

function addElement(match: Match, node: RegisterNode, element: PlaceStart): void {
  if (node.kind === 'register') match.found.push({ peripheral: match.peripheral, register: node, path: element.path, address: element.address });
}

interface Beginning {
  readonly index: number;
  /** What follows this element's name in the wanted path. */
  readonly rest: string;
}

/** How `name` may begin with an element of the pattern: usually in no way or one. */
function beginnings({ node, before, after }: NamePattern, name: string): Beginning[] {
  if (!name.startsWith(before)) return [];
  const { dim } = node;
  const tail = name.slice(before.length);
  const unindexed = tail.startsWith(after) ? [{ index: 0, rest: tail.slice(after.length) }] : [];
  if (dim === undefined) return unindexed;
  const indexed = elementIndices(dim, tail).filter(({ rest }) => rest.startsWith(after)).map(({ index, rest }) => ({ index, rest: rest.slice(after.length) }));
  return indexed.length > 0 ? indexed : unindexed;
}

function elementIndices(dim: Dim, tail: string): Beginning[] {
  const digits = /^[0-9]+/.exec(tail)?.[0] ?? '';
  const found: Beginning[] = [];
  for (let length = digits.length; length > 0; length -= 1) {
    const index = Number(digits.slice(0, length)) - (Number(dim.indexText(0)) || 0);
    if (index >= 0 && index < dim.count && dim.indexText(index) === String(Number(digits.slice(0, length)))) found.push({ index, rest: tail.slice(length) });
  }
  if (found.length > 0 || dim.count > longestNamedArray) return found;
  for (let index = 0; index < dim.count; index += 1) {
    const text = looseName(dim.indexText(index));
    if (text !== '' && tail.startsWith(text)) found.push({ index, rest: tail.slice(text.length) });
  }
  return found;
}

function tableOf(nodes: readonly RegisterNode[]): NameTable {
  const known = tables.get(nodes);
  if (known !== undefined) return known;
  const registers = new Map<string, RegisterNode[]>();
  const patterns: NamePattern[] = [];
  for (const node of nodes) {
    const [before = '', after = ''] = node.name.split('%s', 2).map(looseName);
    if (node.dim !== undefined || node.kind === 'cluster') patterns.push({ node, before, after });
    else registers.set(before, [...registers.get(before) ?? [], node]);
  }
  const table: NameTable = { registers, patterns };
  tables.set(nodes, table);
  return table;
}
