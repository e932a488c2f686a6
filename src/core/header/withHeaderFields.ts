import type { Device, Field, Register, RegisterNode } from '../device/device.ts';
import { joinSplitFields } from '../device/joinSplitFields.ts';
import { withLazyRegisters } from '../device/lazyRegisters.ts';
import { looseName } from '../device/names.ts';
import type { HeaderJoin, HeaderMacro, HeaderRegister } from './headerJoin.ts';
import { fieldsOfMacros, fieldsOfMembers, macrosByRegister, type HeaderFieldNote } from './headerFields.ts';
import { headerWords, isTelling } from './headerWords.ts';
import { missingFields } from './missingFields.ts';

/**
 * The device with the header's fields, comments and values where its file has none, joined by address and bits. Registers are
 * looked at per peripheral when they are asked for.
 */
export function withHeaderFields(device: Device, join: HeaderJoin): Device {
  if (join.registers.length === 0) return device;
  const notes: Notes = { from: `the header ${join.files[0]?.split('/').at(-1) ?? ''}`.trim(), byAddress: undefined, byRegister: new Map(), macros: undefined, join };
  return { ...device, peripherals: device.peripherals.map(peripheral => peripheral.origin === undefined ? withLazyRegisters(peripheral, own => nodesWithNotes(own.registers, own.baseAddress, notes)) : peripheral) };
}

interface Notes {
  readonly join: HeaderJoin;
  readonly from: string;
  byAddress: ReadonlyMap<bigint, readonly PlacedRegister[]> | undefined;
  macros: ReadonlyMap<string, readonly HeaderMacro[]> | undefined;
  readonly byRegister: Map<string, readonly HeaderFieldNote[]>;
}

interface PlacedRegister {
  readonly register: HeaderRegister;
  readonly element?: number;
}

function nodesWithNotes(nodes: readonly RegisterNode[], start: bigint, notes: Notes): readonly RegisterNode[] {
  return nodes.map(node => {
    const address = start + node.addressOffset;
    return node.kind === 'cluster' ? { ...node, registers: nodesWithNotes(node.registers, address, notes) } : registerWithNotes(node, address, notes);
  });
}

function registerWithNotes(register: Register, address: bigint, notes: Notes): Register {
  notes.byAddress ??= registersByAddress(notes.join);
  const placed = notes.byAddress.get(address);
  if (placed === undefined) return register;
  const own = placed.flatMap(({ register: placedRegister, element }) => fieldNotes(placedRegister, notes).filter(({ elements }) => elements === undefined || element === undefined || elements.includes(element)));
  const words = isTelling(register.description, register.name) ? undefined : placed.map(({ register: { comment, member } }) => headerWords(comment, member)).find(text => text !== undefined);
  const whole = joinSplitFields(register.fields, joined => isOneInHeader(joined, own));
  const fields = own.length === 0 ? register.fields : [...whole.map(field => fieldWithNotes(field, { own, siblings: whole, from: notes.from })), ...missingFields(register, own, notes.from)];
  return { ...register, fields, ...(words !== undefined && { description: words, descriptionFrom: notes.from }) };
}

/** Values longer than this are not cut into bits in any file; lists of channels and pins are. */
const longestSplit = 12;

/** Whether the header has one field on the bits, and none on each: `SW` for `SW0` and `SW1`. */
function isOneInHeader({ name, bitOffset, bitWidth, splitInto = [] }: Field, own: readonly HeaderFieldNote[]): boolean {
  return bitWidth <= longestSplit && own.some(note => looseName(note.name) === looseName(name) && note.bitOffset === bitOffset && note.bitWidth === bitWidth)
    && !own.some(note => splitInto.some(part => looseName(part) === looseName(note.name)));
}

function registersByAddress({ registers }: HeaderJoin): Map<bigint, PlacedRegister[]> {
  const found = new Map<bigint, PlacedRegister[]>();
  for (const register of registers) {
    for (const { address, element } of register.places) {
      const key = BigInt(address);
      const placed = { register, ...(element !== undefined && { element }) };
      const known = found.get(key);
      if (known === undefined) found.set(key, [placed]);
      // Two names of one instance have the same registers.
      else if (!known.some(other => other.register === register)) known.push(placed);
    }
  }
  return found;
}

/** What macros and bit-fields say of one register's fields. */
function fieldNotes(register: HeaderRegister, notes: Notes): readonly HeaderFieldNote[] {
  const { id } = register;
  const known = notes.byRegister.get(id);
  if (known !== undefined) return known;
  notes.macros ??= macrosByRegister(notes.join);
  const made = [...fieldsOfMacros(notes.macros.get(id) ?? []), ...fieldsOfMembers(register)];
  notes.byRegister.set(id, made);
  return made;
}

function fieldWithNotes(field: Field, { own, siblings, from }: { readonly own: readonly HeaderFieldNote[]; readonly siblings: readonly Field[]; readonly from: string }): Field {
  const meant = notesOf(field, own, siblings);
  const words = meant.find(({ description }) => description !== undefined)?.description;
  const values = field.enumeratedValues.length > 0 ? undefined : meant.find(note => note.values.length > 0)?.values;
  if (words === undefined && values === undefined) return field;
  const isSilent = words !== undefined && !isTelling(field.description, field.name);
  return {
    ...field, ...(isSilent && { description: words, descriptionFrom: from }), ...(words !== undefined && !isSilent && looseName(words) !== looseName(field.description ?? '') && { headerComment: words }),
    ...(values !== undefined && { enumeratedValues: values, valuesFrom: from }),
  };
}

/** What the header says of exactly these bits: under the field's own name, else when neither side has a second meaning for them. */
function notesOf(field: Field, own: readonly HeaderFieldNote[], siblings: readonly Field[]): readonly HeaderFieldNote[] {
  const there = own.filter(({ bitOffset, bitWidth }) => bitOffset === field.bitOffset && bitWidth === field.bitWidth);
  const same = there.filter(({ name }) => looseName(name) === looseName(field.name));
  if (same.length > 0) return same;
  const isAlone = new Set(there.map(({ name }) => looseName(name))).size === 1 && siblings.every(other => other === field || other.bitOffset !== field.bitOffset || other.bitWidth !== field.bitWidth);
  return isAlone ? there : [];
}
