import type { Cluster, Device, Peripheral, Register, RegisterNode } from '../device/device.ts';
import { describeRegisters, lazyPeripheral } from '../device/registerOutline.ts';
import type { Problem } from '../text/problem.ts';
import { plainValue, revivedValue } from './deviceBytesValues.ts';

/** A device and what was said when its file was read. */
export interface StoredDevice {
  readonly device: Device;
  readonly problems: readonly Problem[];
}

/** What a stored device begins with: everything that is wanted at once. */
interface Head {
  /** The device without its peripherals. */
  readonly device: unknown;
  readonly problems: readonly Problem[];
  /** Each peripheral without its registers. */
  readonly peripherals: readonly { readonly peripheral: unknown; readonly list: number; readonly extent: string; readonly names: string }[];
  /** Bytes of each list, in order. */
  readonly lengths: readonly number[];
}

/** A list of registers as stored: nodes refer to their fields and to inner lists by number. */
interface StoredList {
  readonly nodes: readonly { readonly node: unknown; readonly inner: number; readonly owner?: number }[];
  readonly fields: readonly unknown[];
}

/** A larger device is read anew each time: no real one takes a tenth of this. */
const mostBytes = 150_000_000;

/** The bytes of a device, for a cache: names and extents of peripherals first, then each list of registers apart. Undefined when it is too large. */
export function encodeDevice({ device, problems }: StoredDevice): Uint8Array | undefined {
  const lists = collectLists(device);
  const numbers = new Map(lists.map((list, number) => [list, number]));
  const owners = new Map<Register['fields'], readonly [number, number]>();
  const bodies: Uint8Array[] = [];
  let total = 0;
  for (const [number, list] of lists.entries()) {
    const body = encoded(storedList(list, { number, numbers, owners }));
    total += body.length;
    if (total > mostBytes) return undefined;
    bodies.push(body);
  }
  const { peripherals, ...rest } = device;
  const head: Head = {
    device: plainValue(rest), problems, lengths: bodies.map(({ length }) => length),
    peripherals: peripherals.map(({ registers, ...peripheral }) => {
      const { extent, names } = describeRegisters(registers);
      return { peripheral: plainValue(peripheral), list: numbers.get(registers) ?? 0, extent: extent.toString(16), names };
    }),
  };
  return joined(encoded(head), bodies);
}

/** The device behind the bytes, its registers read when they are asked for; undefined when the bytes are none of `encodeDevice`. */
export function decodeDevice(bytes: Uint8Array): StoredDevice | undefined {
  try {
    const headLength = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
    const head = decoded(bytes.subarray(4, 4 + headLength)) as Head;
    const readList = listReader(bytes, head.lengths, 4 + headLength);
    const peripherals = head.peripherals.map(({ peripheral, list, extent, names }) => {
      // What encodeDevice took apart.
      const bare = revivedValue(peripheral) as Omit<Peripheral, 'registers'>;
      return lazyPeripheral(bare, { extent: BigInt(`0x${extent}`), names, read: () => readList(list) });
    });
    return { device: { ...revivedValue(head.device) as Omit<Device, 'peripherals'>, peripherals }, problems: head.problems };
  } catch {
    return undefined;
  }
}

/** Every list of registers once: derived peripherals share theirs. */
function collectLists(device: Device): (readonly RegisterNode[])[] {
  const lists = new Set<readonly RegisterNode[]>();
  const collect = (list: readonly RegisterNode[]): void => {
    if (lists.has(list)) return;
    lists.add(list);
    for (const node of list) if (node.kind === 'cluster') collect(node.registers);
  };
  for (const { registers } of device.peripherals) collect(registers);
  return [...lists];
}

interface Storing {
  readonly number: number;
  readonly numbers: ReadonlyMap<readonly RegisterNode[], number>;
  /** Which list holds which fields, and at which place: shared ones are stored once. */
  readonly owners: Map<Register['fields'], readonly [number, number]>;
}

function storedList(list: readonly RegisterNode[], { number, numbers, owners }: Storing): StoredList {
  const fields: unknown[] = [];
  const nodes = list.map(node => {
    if (node.kind === 'cluster') {
      const { registers, ...rest } = node;
      return { node: plainValue(rest), inner: numbers.get(registers) ?? 0 };
    }
    const { fields: own, ...rest } = node;
    const known = owners.get(own) ?? [number, fields.length] as const;
    if (known[0] === number && known[1] === fields.length) {
      owners.set(own, known);
      fields.push(plainValue(own));
    }
    return { node: plainValue(rest), inner: known[1], ...(known[0] !== number && { owner: known[0] }) };
  });
  return { nodes, fields };
}

/** Reads each list at its first use. */
function listReader(bytes: Uint8Array, lengths: readonly number[], start: number): (list: number) => readonly RegisterNode[] {
  const starts: number[] = [];
  let end = start;
  for (const length of lengths) {
    starts.push(end);
    end += length;
  }
  if (end !== bytes.length) throw new Error('cut short');
  const stored = new Map<number, StoredList>();
  const fields = new Map<string, Register['fields']>();
  const lists = new Map<number, readonly RegisterNode[]>();
  const storedAt = (list: number): StoredList => remembered(stored, list, () => decoded(bytes.subarray(starts[list], (starts[list] ?? 0) + (lengths[list] ?? 0))) as StoredList);
  const fieldsAt = (list: number, place: number) => remembered(fields, `${list} ${place}`, () => revivedValue(storedAt(list).fields[place]) as Register['fields']);
  const read = (list: number): readonly RegisterNode[] => remembered(lists, list, () => storedAt(list).nodes.map(({ node, inner, owner }) => {
    const bare = revivedValue(node) as Omit<Cluster, 'registers'> | Omit<Register, 'fields'>;
    return bare.kind === 'cluster' ? { ...bare, registers: read(inner) } : { ...bare, fields: fieldsAt(owner ?? list, inner) };
  }));
  return read;
}

function remembered<Key, Value>(memory: Map<Key, Value>, key: Key, compute: () => Value): Value {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const value = compute();
  memory.set(key, value);
  return value;
}

function encoded(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function decoded(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

function joined(head: Uint8Array, bodies: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(bodies.reduce((sum, { length }) => sum + length, 4 + head.length));
  new DataView(bytes.buffer).setUint32(0, head.length);
  bytes.set(head, 4);
  let at = 4 + head.length;
  for (const body of bodies) {
    bytes.set(body, at);
    at += body.length;
  }
  return bytes;
}
