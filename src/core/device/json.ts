import type { Problem } from '../text/problem.ts';
import type { Device, EnumeratedValue, Field, Peripheral, Register, RegisterPlace } from './device.ts';
import { hex } from './numbers.ts';
import { placeName, placesOf } from './places.ts';

/** A device as plain JSON, everything unfolded. Addresses and values are strings like `0x40023830`; widths and bit numbers are numbers. */
export interface DeviceJson {
  readonly name: string;
  readonly vendor?: string;
  readonly addressUnitBits: number;
  readonly width: number;
  readonly peripherals: readonly PeripheralJson[];
}

export interface PeripheralJson {
  readonly name: string;
  readonly baseAddress: string;
  readonly groupName?: string;
  readonly derivedFrom?: string;
  readonly interrupts: readonly { readonly name: string; readonly value: number }[];
  readonly registers: readonly RegisterJson[];
}

export interface RegisterJson {
  readonly name: string;
  readonly path: string;
  readonly address: string;
  /** From the peripheral's base, clusters included. */
  readonly addressOffset: string;
  readonly size: number;
  readonly access?: string;
  readonly resetValue?: string;
  readonly resetMask?: string;
  readonly description?: string;
  readonly fields: readonly FieldJson[];
}

export interface FieldJson {
  readonly name: string;
  readonly bitOffset: number;
  readonly bitWidth: number;
  readonly access?: string;
  readonly description?: string;
  readonly modifiedWriteValues?: string;
  readonly readAction?: string;
  readonly enumeratedValues?: readonly EnumeratedValueJson[];
}

export interface EnumeratedValueJson {
  readonly name: string;
  readonly value?: string;
  readonly description?: string;
  readonly isDefault?: boolean;
  /** Bits that count, for values with don't-care bits. */
  readonly mask?: string;
  /** Absent: for reading and writing. */
  readonly usage?: 'read' | 'write';
}

export interface DeviceJsonLimits {
  /** Named in the problems. */
  readonly file: string;
  /** Most registers unfolded from one array, nested arrays included; default 65,536. */
  readonly registersPerArray?: number;
  /** Most registers altogether; default 1,000,000. */
  readonly registersPerDevice?: number;
  /** Most fields altogether; default 1,000,000, which is a dozen times what STM32N657 has. */
  readonly fieldsPerDevice?: number;
  /** Most characters altogether, about; default 45,000,000. */
  readonly charactersPerDevice?: number;
}

/** The whole device unfolded, with a problem for every array that had to be cut. */
export function deviceJson(device: Device, limits: DeviceJsonLimits): { readonly device: DeviceJson; readonly problems: readonly Problem[] } {
  const state: UnfoldState = {
    file: limits.file, perArray: limits.registersPerArray ?? 65_536, left: limits.registersPerDevice ?? 1_000_000, fieldsLeft: limits.fieldsPerDevice ?? 1_000_000,
    charactersLeft: limits.charactersPerDevice ?? 45_000_000, problems: [], unlisted: 0, fields: new Map(),
  };
  const peripherals = device.peripherals.map(peripheral => peripheralJson(peripheral, state));
  if (state.unlisted > 0) state.problems.push({ file: limits.file, message: `${state.unlisted} more registers and arrays could not be listed whole.` });
  const { name, vendor, addressUnitBits, width } = device;
  return { device: { name, ...(vendor !== undefined && { vendor }), addressUnitBits, width, peripherals }, problems: state.problems };
}

/** One register at one address as JSON. */
export function registerJson(place: RegisterPlace): RegisterJson {
  return placeJson(place, place.register.fields.map(fieldJson));
}

/** How many cut registers and arrays are named. */
const listedProblems = 20;

interface UnfoldState {
  readonly file: string;
  readonly perArray: number;
  left: number;
  /** Shared in memory, but written out for every register. */
  fieldsLeft: number;
  /** Texts, too, are written out for every register. */
  charactersLeft: number;
  readonly problems: Problem[];
  /** What is cut is listed a few times, and then counted. */
  unlisted: number;
  /** Elements of an array, and registers of derived peripherals, share their fields. */
  readonly fields: Map<readonly Field[], SharedFields>;
}

function peripheralJson(peripheral: Peripheral, state: UnfoldState): PeripheralJson {
  const { name, groupName, derivedFrom } = peripheral;
  return {
    name, baseAddress: hex(peripheral.baseAddress), ...(groupName !== undefined && { groupName }), ...(derivedFrom !== undefined && { derivedFrom }),
    interrupts: peripheral.interrupts.map(interrupt => ({ name: interrupt.name, value: interrupt.value })),
    registers: peripheral.registers.flatMap(node => nodeJson(peripheral, node, state)),
  };
}

function nodeJson(peripheral: Peripheral, node: Peripheral['registers'][number], state: UnfoldState): RegisterJson[] {
  const most = Math.min(state.perArray, state.left);
  const registers: RegisterJson[] = [];
  for (const place of placesOf(peripheral, [node], { path: peripheral.name, address: peripheral.baseAddress })) {
    const fields = sharedFields(place.register, state);
    const characters = fields.characters + registerCharacters(place);
    if (registers.length >= most || state.fieldsLeft < place.register.fields.length || state.charactersLeft < characters) {
      if (state.problems.length >= listedProblems) state.unlisted += 1;
      else state.problems.push({ file: state.file, message: `${peripheral.name}.${node.name} has more registers than can be listed; only the first ${registers.length} are.` });
      break;
    }
    state.fieldsLeft -= place.register.fields.length;
    state.charactersLeft -= characters;
    registers.push(placeJson(place, fields.list));
  }
  state.left -= registers.length;
  return registers;
}

/** Fields as JSON, and about how many characters they take. */
interface SharedFields {
  readonly list: readonly FieldJson[];
  readonly characters: number;
}

function sharedFields(register: Register, state: UnfoldState): SharedFields {
  const known = state.fields.get(register.fields);
  if (known !== undefined) return known;
  const shared = { list: register.fields.map(fieldJson), characters: register.fields.reduce((sum, field) => sum + fieldCharacters(field), 0) };
  state.fields.set(register.fields, shared);
  return shared;
}

/** Names of members, numbers and punctuation of one object. */
const fixedCharacters = 60;

function registerCharacters({ path, register: { description } }: RegisterPlace): number {
  return 2 * fixedCharacters + 2 * path.length + (description?.length ?? 0);
}

function fieldCharacters({ name, description, enumeratedValues }: Field): number {
  return fixedCharacters + name.length + (description?.length ?? 0) + enumeratedValues.reduce((sum, value) => sum + fixedCharacters + value.name.length + (value.description?.length ?? 0), 0);
}

function placeJson(place: RegisterPlace, fields: readonly FieldJson[]): RegisterJson {
  const { size, access, resetValue, resetMask, description } = place.register;
  return {
    name: placeName(place), path: place.path, address: hex(place.address), addressOffset: hex(place.address - place.peripheral.baseAddress), size,
    ...(access !== undefined && { access }), ...(resetValue !== undefined && { resetValue: hex(resetValue) }), ...(resetMask !== undefined && { resetMask: hex(resetMask) }),
    ...(description !== undefined && { description }), fields,
  };
}

function fieldJson(field: Field): FieldJson {
  const { name, bitOffset, bitWidth, access, description, modifiedWriteValues, readAction, enumeratedValues } = field;
  return {
    name, bitOffset, bitWidth, ...(access !== undefined && { access }), ...(description !== undefined && { description }),
    ...(modifiedWriteValues !== undefined && { modifiedWriteValues }), ...(readAction !== undefined && { readAction }),
    ...(enumeratedValues.length > 0 && { enumeratedValues: enumeratedValues.map(enumeratedValueJson) }),
  };
}

function enumeratedValueJson({ name, value, description, isDefault, mask, usage }: EnumeratedValue): EnumeratedValueJson {
  return {
    name, ...(value !== undefined && { value: hex(value) }), ...(description !== undefined && { description }), ...(isDefault === true && { isDefault }),
    ...(mask !== undefined && { mask: hex(mask) }), ...(usage !== 'read-write' && { usage }),
  };
}
