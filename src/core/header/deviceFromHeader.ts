import type { Cluster, Device, Field, Peripheral, Register, RegisterNode } from '../device/device.ts';
import { fieldsOfMacros, fieldsOfMembers, macrosByRegister, type HeaderFieldNote } from './headerFields.ts';
import type { HeaderJoin, HeaderRegister } from './headerJoin.ts';

/** A device from its header alone, for chips without a description: every peripheral says that it comes from there. Undefined when the header declares no registers. */
export function deviceFromHeader(join: HeaderJoin, name: string): Device | undefined {
  const origin = `the header ${join.files[0] ?? ''}`;
  const building: Building = { join, origin, fields: fieldsByRegister(join) };
  const peripherals = [...structPeripherals(building), ...macroPeripherals(building)];
  if (peripherals.length === 0) return undefined;
  return { name, description: `Read from ${origin}`, origin, addressUnitBits: 8, width: widthOf(join), peripherals };
}

/** Registers that are variables make a small part; so do registers of a byte each. */
function widthOf({ registers }: HeaderJoin): number {
  const variables = registers.filter(({ isVariable }) => isVariable === true);
  if (variables.length === 0) return 32;
  const isWide = (bits: number) => variables.filter(({ size }) => size >= bits).length * 2 > variables.length;
  return isWide(32) ? 32 : isWide(16) ? 16 : 8;
}

interface Building {
  readonly join: HeaderJoin;
  readonly origin: string;
  readonly fields: ReadonlyMap<string, RegisterFields>;
}

/** The fields of a register; of an array whose elements have different ones (`EXTICR[0]` has EXTI0, `EXTICR[1]` EXTI4) those of each. */
interface RegisterFields {
  readonly all: readonly Field[];
  readonly byElement?: ReadonlyMap<number, readonly Field[]>;
}

/** The fields of each register, by its id: bit-fields of its type, and macros about its bits. */
function fieldsByRegister(join: HeaderJoin): Map<string, RegisterFields> {
  const byId = macrosByRegister(join);
  return new Map(join.registers.map(register => [register.id, fieldsOf(register, fieldsOfMacros(byId.get(register.id) ?? []))]));
}

function fieldsOf(register: HeaderRegister, notes: readonly HeaderFieldNote[]): RegisterFields {
  const { dims } = register;
  const own = fieldsOfMembers(register);
  const withOwn = (told: readonly HeaderFieldNote[]) => different([...own, ...told].map(fieldOf));
  const all = withOwn(notes);
  if (dims.length !== 1 || notes.every(({ elements }) => elements === undefined)) return { all };
  const elements = new Set(notes.flatMap(note => note.elements ?? []));
  const byElement = new Map([...elements].map(element => [element, withOwn(notes.filter(note => note.elements?.includes(element) !== false))]));
  // The mailboxes of a controller are alike.
  return [...byElement.values()].every(({ length }) => length === all.length) ? { all } : { all, byElement };
}

function different(fields: readonly Field[]): Field[] {
  return fields.filter((field, index) => fields.findIndex(other => other.name === field.name && other.bitOffset === field.bitOffset && other.bitWidth === field.bitWidth) === index);
}

function fieldOf({ name, bitOffset, bitWidth, values, description }: HeaderFieldNote): Field {
  return { name, bitOffset, bitWidth, enumeratedValues: values, ...(description !== undefined && { description }) };
}

function structPeripherals(building: Building): Peripheral[] {
  const { join, origin } = building;
  const byType = new Map<string, HeaderRegister[]>();
  for (const register of join.registers) if (register.type !== undefined) byType.set(register.type, [...byType.get(register.type) ?? [], register]);
  const nodes = new Map([...byType].map(([type, registers]) => [type, nodesOf(building, registers)]));
  return join.instances.flatMap(({ name, address, type, comment }): Peripheral[] => {
    const registers = type === undefined ? undefined : nodes.get(type);
    if (registers === undefined || registers.length === 0) return [];
    const interrupts = join.interrupts.filter(interrupt => interrupt.name === name || interrupt.name.startsWith(`${name}_`));
    return [{
      name, baseAddress: BigInt(address), origin, addressBlocks: [], registers, ...(type !== undefined && { headerStructName: type }), ...(comment !== undefined && { description: comment }),
      interrupts: interrupts.filter(({ number }) => number >= 0).map(interrupt => ({ name: interrupt.name, value: interrupt.number, ...(interrupt.comment !== undefined && { description: interrupt.comment }) })),
    }];
  });
}

/** Elements of arrays of arrays that become registers of their own. */
const mostUnfolded = 1024;

function nodesOf(building: Building, registers: readonly HeaderRegister[]): RegisterNode[] {
  const nodes: RegisterNode[] = [];
  const clusters = new Map<string, { readonly register: HeaderRegister; readonly inner: Register[] }>();
  for (const register of registers) {
    const [outer = '', ...inner] = (register.shape ?? register.member).split('.');
    const [dim] = register.dims;
    if (register.dims.length === 1 && outer.endsWith('[]') && inner.length > 0) {
      const cluster = clusters.get(outer) ?? { register, inner: [] };
      clusters.set(outer, cluster);
      cluster.inner.push(registerOf(building, register, { name: inner.join('_'), offset: (register.offset ?? 0) - (cluster.register.offset ?? 0) }));
    } else if (building.fields.get(register.id)?.byElement !== undefined) nodes.push(...elementRegisters(building, register));
    else if (register.dims.length === 0) nodes.push(registerOf(building, register, { name: register.member.replaceAll('.', '_'), offset: register.offset ?? 0 }));
    else if (register.dims.length === 1 && dim !== undefined) nodes.push({ ...registerOf(building, register, { name: `${register.member.replaceAll('.', '_')}[%s]`, offset: register.offset ?? 0 }), dim: arrayOf(dim) });
    else nodes.push(...unfolded(building, register));
  }
  for (const [outer, { register, inner }] of clusters) nodes.push(clusterOf(outer, register, inner));
  return nodes;
}

/** An array whose elements differ, as registers of their own. */
function elementRegisters(building: Building, register: HeaderRegister): Register[] {
  const [{ count, stride } = { count: 0, stride: 0 }] = register.dims;
  return Array.from({ length: Math.min(count, mostUnfolded) }, (_, element) => registerOf(building, register, { name: `${register.member.replaceAll('.', '_')}[${element}]`, offset: (register.offset ?? 0) + element * stride, element }));
}

function clusterOf(outer: string, register: HeaderRegister, registers: readonly Register[]): Cluster {
  const [dim] = register.dims;
  return { kind: 'cluster', name: outer.replace('[]', '[%s]'), addressOffset: BigInt(register.offset ?? 0), registers, ...(dim !== undefined && { dim: arrayOf(dim) }) };
}

function arrayOf({ count, stride }: { readonly count: number; readonly stride: number }): NonNullable<Register['dim']> {
  return { count, increment: BigInt(stride), indexText: String };
}

function unfolded(building: Building, register: HeaderRegister): Register[] {
  const count = Math.min(register.dims.reduce((product, dim) => product * dim.count, 1), mostUnfolded);
  return Array.from({ length: count }, (_, element) => {
    const indices: number[] = [];
    let rest = element;
    for (const dim of register.dims.toReversed()) { indices.unshift(rest % dim.count); rest = Math.floor(rest / dim.count); }
    let next = 0;
    const name = (register.shape ?? register.member).replaceAll('[]', () => String(indices[next++] ?? 0)).replaceAll('.', '_');
    return registerOf(building, register, { name, offset: (register.offset ?? 0) + indices.reduce((sum, index, at) => sum + index * (register.dims[at]?.stride ?? 0), 0) });
  });
}

function registerOf({ fields, origin }: Building, { id, size, comment, access }: HeaderRegister, { name, offset, element }: { readonly name: string; readonly offset: number; readonly element?: number }): Register {
  const { all = [], byElement } = fields.get(id) ?? {};
  return {
    kind: 'register', name, addressOffset: BigInt(offset), size, origin, fields: element === undefined || byElement === undefined ? all : byElement.get(element) ?? [],
    ...(comment !== undefined && { description: comment }), ...(access !== undefined && { access }),
  };
}

/** Registers written as macros: a peripheral for each word that their names begin with; those without an underscore, as on AVR, together. */
function macroPeripherals(building: Building): Peripheral[] {
  const groups = new Map<string, { readonly register: HeaderRegister; readonly name: string; readonly address: bigint }[]>();
  for (const register of building.join.registers) {
    if (register.type !== undefined) continue;
    const [, block = '', rest = ''] = /^_*([A-Za-z0-9]+)_(\w+?)(?:_REG)?$/.exec(register.member) ?? [];
    for (const { instance, address } of register.places) {
      const isOwn = rest === '' || register.isVariable === true;
      const group = instance ?? (isOwn ? 'SFR' : block);
      groups.set(group, [...groups.get(group) ?? [], { register, name: isOwn ? register.member : rest, address: BigInt(address) }]);
    }
  }
  return [...groups].map(([name, registers]): Peripheral => {
    const baseAddress = name === 'SFR' ? 0n : registers.reduce((lowest, { address }) => address < lowest ? address : lowest, registers[0]?.address ?? 0n);
    return {
      name, baseAddress, origin: building.origin, addressBlocks: [], interrupts: [],
      registers: registers.map(({ register, name: own, address }) => registerOf(building, register, { name: own, offset: Number(address - baseAddress) })),
    };
  });
}
