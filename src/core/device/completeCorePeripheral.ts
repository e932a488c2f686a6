import type { Field, Peripheral, Register, RegisterPlace } from './device.ts';
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
  if (first === undefined) return [...peripherals, withFreeName(peripheral, peripherals)];
  const whole = joined(parts, peripheral);
  return peripherals.filter(candidate => candidate === first || !parts.includes(candidate)).map(candidate => (candidate === first ? whole : candidate));
}

/** Vendors begin it where its first register is, or a little before. */
function isPart({ name, baseAddress }: Peripheral, { peripheral, otherNames }: CorePeripheral): boolean {
  const distance = baseAddress - peripheral.baseAddress;
  return distance >= 0n && distance < 0x1000n && [peripheral.name, ...otherNames].some(known => looseName(known) === looseName(name));
}

/** A vendor's peripheral elsewhere may bear the same name: nRF52840's own FPU. */
function withFreeName(core: Peripheral, others: readonly Peripheral[]): Peripheral {
  return others.some(({ name }) => name === core.name) ? { ...core, name: `Core_${core.name}`, groupName: core.name } : core;
}

function joined(parts: readonly Peripheral[], core: Peripheral): Peripheral {
  const [first = core] = parts;
  const known = knownRegisters(core);
  const own = parts.flatMap(part => completedNodes(part, core, known));
  // Halves of a 64-bit register stand for the whole.
  const covered = new Set(parts.flatMap(part => firstPlaces(part).flatMap(({ address, register }) => [placeKey(address, register.size), placeKey(address, 64)])));
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

function completedNodes(part: Peripheral, core: Peripheral, known: KnownRegisters): Peripheral['registers'] {
  const moved = part.baseAddress - core.baseAddress;
  return part.registers.map(node => {
    const addressOffset = node.addressOffset + moved;
    if (node.kind === 'cluster') return { ...node, addressOffset };
    const match = known.get(placeKey(part.baseAddress + node.addressOffset, node.size));
    return match === undefined ? { ...node, addressOffset } : { ...completedRegister(node, match, part), addressOffset };
  });
}

/** The vendor's register, with what it leaves out; headers know it by the core's name. */
function completedRegister(own: Register, core: Register, { name }: Peripheral): Register {
  const isSameName = looseName(own.name).replace(looseName(name), '').replace(/\d+$|S$/, '') === looseName(core.name).replace(/\d+$|S$/, '');
  const fields = own.fields.map(field => completedField(field, core.fields));
  const missing = core.fields.filter(field => !own.fields.some(other => overlap(other, field)));
  return {
    ...own, fields: [...fields, ...missing],
    ...(!isSameName && core.dim === undefined && own.dim === undefined && { name: core.name, displayName: own.name }),
    ...(own.access === undefined && core.access !== undefined && { access: core.access }),
    ...(own.modifiedWriteValues === undefined && core.modifiedWriteValues !== undefined && { modifiedWriteValues: core.modifiedWriteValues }),
    ...(own.readAction === undefined && core.readAction !== undefined && { readAction: core.readAction }),
  };
}

function completedField(own: Field, known: readonly Field[]): Field {
  const core = known.find(({ bitOffset, bitWidth }) => bitOffset === own.bitOffset && bitWidth === own.bitWidth);
  if (core === undefined) return own;
  return {
    ...own, ...(own.enumeratedValues.length === 0 && { enumeratedValues: core.enumeratedValues }),
    ...(own.modifiedWriteValues === undefined && core.modifiedWriteValues !== undefined && { modifiedWriteValues: core.modifiedWriteValues }),
    ...(own.readAction === undefined && core.readAction !== undefined && { readAction: core.readAction }),
  };
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
