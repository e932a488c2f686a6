import type { Field, Peripheral, Register, RegisterNode, RegisterPlace } from './device.ts';
import { looseName } from './names.ts';
import { registersOf } from './places.ts';

/** A core peripheral as it is known here, and what vendors' files call it. */
export interface CorePeripheral {
  readonly peripheral: Peripheral;
  readonly otherNames: readonly string[];
}

/**
 * The peripherals with a core's one among them: what vendors' files tell of it, under its own name or another, in
 * one peripheral or split into several, becomes one peripheral, with the registers and effects that they leave out.
 */
export function completeCorePeripheral(peripherals: readonly Peripheral[], core: CorePeripheral): Peripheral[] {
  const { peripheral } = core;
  const parts = peripherals.filter(candidate => isPart(candidate, core));
  const [first] = parts;
  if (first === undefined) return withPage(peripherals, withFreeName(peripheral, peripherals));
  const whole = joined(parts, peripheral);
  return peripherals.filter(candidate => candidate === first || !parts.includes(candidate)).map(candidate => (candidate === first ? whole : candidate));
}

/** Vendors begin it where its first register is, or a little before. */
function isPart({ name, baseAddress }: Peripheral, { peripheral, otherNames }: CorePeripheral): boolean {
  const distance = baseAddress - peripheral.baseAddress;
  return distance >= 0n && distance < 0x1000n && [peripheral.name, ...otherNames].some(known => looseName(known) === looseName(name));
}

/**
 * Some files have one page (`PPB`) for several core peripherals, under names of its own: it stays, told the effects
 * that it leaves out, and is the alternate of the peripheral that code names.
 */
function withPage(peripherals: readonly Peripheral[], core: Peripheral): Peripheral[] {
  const page = core.alternatePeripheral === undefined ? peripherals.find(candidate => isPage(candidate, core)) : undefined;
  if (page === undefined) return [...peripherals, core];
  const registers = completedNodes(page.registers, { known: knownRegisters(core), start: page.baseAddress, moved: 0n });
  return [...peripherals.map(peripheral => (peripheral === page ? { ...page, registers } : peripheral)), { ...core, alternatePeripheral: page.name }];
}

/** In the core's own part of the address map. Registers are read last: those of a kept device are decoded when asked for. */
function isPage(candidate: Peripheral, core: Peripheral): boolean {
  const distance = core.baseAddress - candidate.baseAddress;
  return candidate.origin === undefined && distance >= 0n && distance < 0x10000n && candidate.baseAddress >> 20n === 0xE00n
    && candidate.registers.some(node => core.registers.some(own => own.addressOffset + distance === node.addressOffset));
}

/** A vendor's peripheral elsewhere may bear the same name: nRF52840's own FPU. */
function withFreeName(core: Peripheral, others: readonly Peripheral[]): Peripheral {
  return others.some(({ name }) => name === core.name) ? { ...core, name: `Core_${core.name}`, groupName: core.name } : core;
}

function joined(parts: readonly Peripheral[], core: Peripheral): Peripheral {
  const [first = core] = parts;
  const known = knownRegisters(core);
  const own = parts.flatMap(part => completedNodes(part.registers, { known, start: part.baseAddress, moved: part.baseAddress - core.baseAddress, named: part }));
  // Halves of a 64-bit register stand for the whole.
  const covered = new Set(firstPlaces({ ...core, registers: own }).flatMap(({ address, register }) => [placeKey(address, register.size), placeKey(address, 64)]));
  return {
    ...first, name: core.name, baseAddress: core.baseAddress, origin: core.origin ?? '',
    ...(core.groupName !== undefined && { groupName: core.groupName }),
    description: first.description ?? core.description ?? '',
    addressBlocks: parts.flatMap(part => part.addressBlocks.map(block => ({ ...block, offset: block.offset + part.baseAddress - core.baseAddress }))),
    interrupts: parts.flatMap(({ interrupts }) => interrupts),
    registers: [...own, ...core.registers.flatMap(node => (node.kind === 'register' ? missingElements(node, core, covered) : []))],
  };
}

/** Registers of a vendor's description that are looked at: a hostile one has billions. */
const mostPlaces = 4096;

function firstPlaces(peripheral: Peripheral): RegisterPlace[] {
  const places: RegisterPlace[] = [];
  for (const place of registersOf(peripheral)) {
    if (places.length >= mostPlaces) break;
    places.push(place);
  }
  return places;
}

type KnownRegisters = ReadonlyMap<string, Register>;

const placeKey = (address: bigint, size: number) => `${address}/${size}`;

function knownRegisters(core: Peripheral): KnownRegisters {
  const known = new Map<string, Register>();
  for (const { address, register } of registersOf(core)) {
    const key = placeKey(address, register.size);
    if (!known.has(key)) known.set(key, register);
  }
  return known;
}

interface Completion {
  readonly known: KnownRegisters;
  /** Address that the nodes' offsets count from. */
  readonly start: bigint;
  /** How much further the offsets are to count. */
  readonly moved: bigint;
  /** The peripheral whose registers take the core's names; absent: they keep theirs. */
  readonly named?: Peripheral;
}

function completedNodes(nodes: readonly RegisterNode[], completion: Completion): RegisterNode[] {
  const { known, start, moved, named } = completion;
  return nodes.map(node => {
    const addressOffset = node.addressOffset + moved;
    const address = start + node.addressOffset;
    if (node.kind === 'cluster') return { ...node, addressOffset, registers: completedNodes(node.registers, { ...completion, start: address, moved: 0n }) };
    const match = known.get(placeKey(address, node.size));
    if (match === undefined) return { ...node, addressOffset };
    return { ...completedRegister(node, match), ...(named !== undefined && coreName(node, match, named)), ...wholeArray(node, match), addressOffset };
  });
}

/** An array that the file cuts short is as long as the core's. */
function wholeArray({ name, dim }: Register, core: Register): Partial<Register> {
  if (dim === undefined || core.dim === undefined || dim.count >= core.dim.count) return {};
  return dim.increment === core.dim.increment && dim.indexText(0) === '0' && looseName(name) === looseName(core.name) ? { dim: core.dim } : {};
}

/** Headers know a register by the core's name. */
function coreName(own: Register, core: Register, { name }: Peripheral): Partial<Register> {
  const plain = (text: string) => looseName(text).replace(looseName(name), '').replace(/(\d|S)+$/, '');
  return plain(own.name) === plain(core.name) || core.dim !== undefined || own.dim !== undefined ? {} : { name: core.name, displayName: own.name };
}

/** The vendor's register, with what it leaves out. */
function completedRegister(own: Register, core: Register): Register {
  const fields = own.fields.map(field => completedField(field, core.fields));
  const missing = core.fields.filter(field => !fields.some(other => overlap(other, field)) || isOtherHalf(field, core.fields, fields));
  return {
    ...own, fields: [...fields, ...missing],
    ...(own.access === undefined && core.access !== undefined && { access: core.access }),
    ...(own.modifiedWriteValues === undefined && core.modifiedWriteValues !== undefined && { modifiedWriteValues: core.modifiedWriteValues }),
    ...(own.readAction === undefined && core.readAction !== undefined && { readAction: core.readAction }),
  };
}

function completedField(own: Field, known: readonly Field[]): Field {
  const core = known.find(field => sameBits(field, own) && field.name === own.name) ?? known.find(field => sameBits(field, own));
  if (core === undefined) return own;
  return {
    ...own, ...(own.enumeratedValues.length === 0 && { enumeratedValues: core.enumeratedValues }),
    ...(own.modifiedWriteValues === undefined && core.modifiedWriteValues !== undefined && { modifiedWriteValues: core.modifiedWriteValues }),
    ...(own.readAction === undefined && core.readAction !== undefined && { readAction: core.readAction }),
  };
}

/** Bits may be one field to read and another to write: VECTKEYSTAT and VECTKEY; a file has but one of them. */
function isOtherHalf(field: Field, known: readonly Field[], own: readonly Field[]): boolean {
  const names = known.filter(other => sameBits(other, field)).map(({ name }) => name);
  return names.length > 1 && own.some(other => other.name !== field.name && names.includes(other.name)) && !own.some(({ name }) => name === field.name);
}

function sameBits(left: Field, right: Field): boolean {
  return left.bitOffset === right.bitOffset && left.bitWidth === right.bitWidth;
}

function overlap(left: Field, right: Field): boolean {
  return left.bitOffset < right.bitOffset + right.bitWidth && right.bitOffset < left.bitOffset + left.bitWidth;
}

/** The register, or the elements of it, that no part describes. */
function missingElements(register: Register, core: Peripheral, covered: ReadonlySet<string>): Register[] {
  const { dim, ...plain } = register;
  if (dim === undefined) return covered.has(placeKey(core.baseAddress + register.addressOffset, register.size)) ? [] : [register];
  const offsets = Array.from({ length: dim.count }, (_, index) => register.addressOffset + dim.increment * BigInt(index));
  const missing = offsets.flatMap((addressOffset, index) => (covered.has(placeKey(core.baseAddress + addressOffset, register.size)) ? [] : [{ addressOffset, index }]));
  if (missing.length === dim.count) return [register];
  return missing.map(({ addressOffset, index }) => ({ ...plain, addressOffset, name: register.name.replace('%s', String(index)) }));
}
