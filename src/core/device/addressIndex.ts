import type { Device, Peripheral, RegisterNode, RegisterPlace } from './device.ts';
import { elementStart, type PlaceStart } from './places.ts';

/** Elements of one array that may cover one address: only arrays whose elements overlap have more than one, and hostile ones have millions. */
const mostOverlapping = 64;

/**
 * Every register that covers `address`: exact starts first, then those that begin before it. All views are
 * given (alternate registers, secure and non-secure twins), in the file's order.
 * Arrays are entered by arithmetic, never unfolded.
 */
export function registersAt(device: Device, address: bigint): RegisterPlace[] {
  const found: RegisterPlace[] = [];
  for (const peripheral of peripheralsAt(device, address)) {
    collect({ peripheral, address, found, steps: 0 }, peripheral.registers, { path: peripheral.name, address: peripheral.baseAddress });
  }
  return [...found.filter(place => place.address === address), ...found.filter(place => place.address !== address)];
}

/** Every peripheral one of whose registers or address blocks covers `address`. */
export function peripheralsAt(device: Device, address: bigint): Peripheral[] {
  return device.peripherals.filter(peripheral => {
    const offset = address - peripheral.baseAddress;
    if (offset < 0n) return false;
    return offset < (peripheral.outline?.extent ?? extentOf(peripheral.registers)) || peripheral.addressBlocks.some(block => offset >= block.offset && offset < block.offset + block.size);
  });
}

/** The nodes of one list by start, and how far any node up to each one reaches: found by halving. */
interface ListIndex {
  readonly nodes: readonly RegisterNode[];
  readonly starts: readonly bigint[];
  /** Greatest end of nodes[0..i]. */
  readonly reaches: readonly bigint[];
  /** Position in the file's order. */
  readonly positions: ReadonlyMap<RegisterNode, number>;
}

/** Lists are shared by derived peripherals and never change, so an index lives as long as its list. */
const indexes = new WeakMap<readonly RegisterNode[], ListIndex>();

/** Elements looked at in one search: real parts need a handful, nested overlapping arrays of a hostile file would need billions. */
const mostSteps = 20_000;

interface Search {
  readonly peripheral: Peripheral;
  readonly address: bigint;
  readonly found: RegisterPlace[];
  steps: number;
}

function collect(search: Search, nodes: readonly RegisterNode[], start: PlaceStart): void {
  const offset = search.address - start.address;
  for (const node of nodesAt(nodes, offset)) {
    for (const index of elementsAt(node, offset)) {
      search.steps += 1;
      if (search.steps > mostSteps) return;
      const element = elementStart(node, start, index);
      if (node.kind === 'cluster') collect(search, node.registers, element);
      else search.found.push({ peripheral: search.peripheral, register: node, path: element.path, address: element.address });
    }
  }
}

function nodesAt(nodes: readonly RegisterNode[], offset: bigint): RegisterNode[] {
  const index = indexOf(nodes);
  let low = 0;
  let high = index.starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index.starts[middle] ?? 0n) <= offset) low = middle + 1;
    else high = middle;
  }
  const found: RegisterNode[] = [];
  for (let at = low - 1; at >= 0 && (index.reaches[at] ?? 0n) > offset; at -= 1) {
    const node = index.nodes[at];
    if (node !== undefined && node.addressOffset + spanOf(node) > offset) found.push(node);
  }
  return found.sort((left, right) => (index.positions.get(left) ?? 0) - (index.positions.get(right) ?? 0));
}

/** Indices of the elements whose extent covers `offset`, ascending. */
function elementsAt(node: RegisterNode, offset: bigint): number[] {
  const { dim } = node;
  if (dim === undefined) return [0];
  const within = offset - node.addressOffset;
  const extent = elementExtent(node);
  if (dim.increment === 0n) return Array.from({ length: Math.min(dim.count, mostOverlapping) }, (_, index) => index);
  const last = within / dim.increment;
  const first = within < extent ? 0n : (within - extent) / dim.increment + 1n;
  const found: number[] = [];
  for (let index = first; index <= last && index < BigInt(dim.count) && found.length < mostOverlapping; index += 1n) found.push(Number(index));
  return found;
}

function indexOf(nodes: readonly RegisterNode[]): ListIndex {
  const known = indexes.get(nodes);
  if (known !== undefined) return known;
  const sorted = nodes.toSorted((left, right) => left.addressOffset < right.addressOffset ? -1 : left.addressOffset > right.addressOffset ? 1 : 0);
  const reaches: bigint[] = [];
  let reach = 0n;
  for (const node of sorted) {
    const end = node.addressOffset + spanOf(node);
    if (end > reach) reach = end;
    reaches.push(reach);
  }
  const index: ListIndex = { nodes: sorted, starts: sorted.map(node => node.addressOffset), reaches, positions: new Map(nodes.map((node, position) => [node, position])) };
  indexes.set(nodes, index);
  return index;
}

/** Address units from the start of a list to the end of the register that reaches furthest. */
export function extentOf(nodes: readonly RegisterNode[]): bigint {
  return indexOf(nodes).reaches.at(-1) ?? 0n;
}

/** Address units from the first element's start to the last one's end. */
function spanOf(node: RegisterNode): bigint {
  const extent = elementExtent(node);
  return node.dim === undefined ? extent : node.dim.increment * BigInt(node.dim.count - 1) + extent;
}

/** Address units that one element covers. */
function elementExtent(node: RegisterNode): bigint {
  return node.kind === 'cluster' ? extentOf(node.registers) : BigInt(Math.ceil(node.size / 8));
}
