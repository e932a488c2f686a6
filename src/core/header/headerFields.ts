import type { EnumeratedValue } from '../device/device.ts';
import { bitMask } from '../device/numbers.ts';
import type { HeaderJoin, HeaderMacro, HeaderRegister } from './headerJoin.ts';
import { headerWords, valuesInComment } from './headerWords.ts';

/** A field as the header's macros or bit-fields tell it. */
export interface HeaderFieldNote {
  /** What the header calls it. */
  readonly name: string;
  readonly bitOffset: number;
  readonly bitWidth: number;
  readonly description?: string;
  readonly values: readonly EnumeratedValue[];
  /** Elements meant when the register is an array; absent: all. */
  readonly elements?: readonly number[];
  /** The description has no field on any of the bits, whatever the instance. */
  readonly isUndescribed?: true;
}

/** The macros about each register's bits, by its id. */
export function macrosByRegister({ macros }: HeaderJoin): Map<string, HeaderMacro[]> {
  const byId = new Map<string, HeaderMacro[]>();
  for (const macro of macros) {
    for (const id of macro.registers) {
      const known = byId.get(id);
      if (known === undefined) byId.set(id, [macro]);
      else known.push(macro);
    }
  }
  return byId;
}

/** The fields of one register that its type has as bit-fields. */
export function fieldsOfMembers({ fields }: HeaderRegister): HeaderFieldNote[] {
  return fields.map(({ name, bitOffset, bitWidth, comment }): HeaderFieldNote => {
    const description = headerWords(comment, name);
    return { name, bitOffset, bitWidth, values: [], ...(description !== undefined && { description }) };
  });
}

/** The fields of one register, of the macros about its bits: masks and positions are the fields, the rest their values. */
export function fieldsOfMacros(macros: readonly HeaderMacro[]): HeaderFieldNote[] {
  const groups = new Map<string, HeaderMacro[]>();
  for (const macro of macros) {
    const key = `${macro.elements?.join() ?? ''} ${macro.field}`;
    groups.set(key, [...groups.get(key) ?? [], macro]);
  }
  const owned = new Map<HeaderMacro, HeaderMacro[]>();
  const fields: HeaderMacro[][] = [];
  for (const group of groups.values()) {
    const [first] = group.filter(({ meaning }) => meaning !== 'value');
    if (first === undefined) continue;
    const owner = ownerOf(first, groups);
    if (owner === undefined) fields.push(group);
    else owned.set(owner, [...owned.get(owner) ?? [], ...group]);
  }
  return fields.flatMap(group => wholeNotes(group, noteOf(group, group.flatMap(macro => owned.get(macro) ?? [])))).sort((left, right) => left.bitOffset - right.bitOffset);
}

/** A mask with a gap is a field in two pieces where the header gives its position or mask by suffix (`TIM_CCMR1_OC1M`); else it is a constant or several fields at once. */
function wholeNotes(group: readonly HeaderMacro[], note: HeaderFieldNote): HeaderFieldNote[] {
  const masks = group.filter(({ meaning }) => meaning === 'field');
  const value = masks[0] === undefined ? 0n : BigInt(masks[0].value);
  const span = bitMask(note.bitOffset, note.bitWidth);
  if (value === 0n || (value & span) === span || value !== (value & span)) return [note];
  const [low, high, ...more] = maskPieces(value);
  if (low === undefined || high === undefined || more.length > 0 || !group.some(({ name }) => /_(Msk|Pos|MASK|SHIFT)$/.test(name))) return [];
  return [{ ...note, ...low }, { name: `${note.name}_${low.bitWidth}`, ...high, values: [], ...(note.description !== undefined && { description: note.description }), ...(note.elements !== undefined && { elements: note.elements }) }];
}

/** Runs of ones in a mask, the lowest first. */
export function maskPieces(mask: bigint): { readonly bitOffset: number; readonly bitWidth: number }[] {
  const digits = mask.toString(2);
  return [...digits.matchAll(/1+/g)].map(({ index, 0: { length } }) => ({ bitOffset: digits.length - index - length, bitWidth: length })).reverse();
}

/** The field within whose bits a mask of a longer name lies: `PLLSRC` of `PLLSRC_HSE`, which is a value then. */
function ownerOf({ field, bitOffset, bitWidth, elements }: HeaderMacro, groups: ReadonlyMap<string, readonly HeaderMacro[]>): HeaderMacro | undefined {
  for (let cut = field.lastIndexOf('_'); cut > 0; cut = field.lastIndexOf('_', cut - 1)) {
    const owner = groups.get(`${elements?.join() ?? ''} ${field.slice(0, cut)}`)?.find(({ meaning }) => meaning !== 'value');
    if (owner !== undefined) return bitOffset >= owner.bitOffset && bitOffset + bitWidth <= owner.bitOffset + owner.bitWidth ? owner : undefined;
  }
  return undefined;
}

function noteOf(group: readonly HeaderMacro[], maskValues: readonly HeaderMacro[]): HeaderFieldNote {
  const fields = group.filter(({ meaning }) => meaning !== 'value');
  const [first] = fields.length > 0 ? fields : group;
  const { field: name = '', bitOffset = 0, bitWidth = 1, elements } = first ?? {};
  let description: string | undefined;
  for (const { comment } of fields) description ??= headerWords(comment, name);
  const values = valuesOf({ name, bitOffset, bitWidth }, [...group.filter(({ meaning }) => meaning === 'value'), ...maskValues]);
  const listed = values.length > 0 ? values : fields.map(({ comment }) => valuesInComment(comment)).find(({ length }) => length > 0)?.map(({ value, name: own }): EnumeratedValue => ({ name: own, value, usage: 'read-write' })) ?? [];
  return { name, bitOffset, bitWidth, values: listed.filter(({ value }) => value !== undefined && value < 1n << BigInt(bitWidth)), ...(description !== undefined && { description }), ...(elements !== undefined && { elements }), ...(fields.length > 0 && fields.every(macro => macro.fields.length === 0) && { isUndescribed: true }) };
}

/** Value macros as named values, each value once; ST's `_0`, `_1` are the field's single bits and say nothing. */
function valuesOf({ name, bitOffset, bitWidth }: { readonly name: string; readonly bitOffset: number; readonly bitWidth: number }, macros: readonly HeaderMacro[]): EnumeratedValue[] {
  const mask = bitMask(bitOffset, bitWidth);
  const named = macros.flatMap(macro => {
    const short = macro.field.startsWith(`${name}_`) ? macro.field.slice(name.length + 1) : macro.name.slice(macro.name.lastIndexOf(`_${name}_`) + name.length + 2);
    const isPlain = short.endsWith('_Val');
    return short === '' || /^\d+$/.test(short) || (macro.name.lastIndexOf(`_${name}_`) === -1 && !macro.name.startsWith(`${name}_`) && !macro.field.startsWith(`${name}_`)) ? [] : [{ short: short.replace(/_Val$/, ''), isPlain, value: BigInt(macro.value), comment: macro.comment }];
  });
  // Nordic's values are not shifted, and some of them would pass for shifted ones.
  const isShifted = named.every(({ value, isPlain }) => isPlain || (value & ~mask) === 0n);
  const found = new Map<bigint, EnumeratedValue>();
  for (const { short, value: raw, isPlain, comment } of named) {
    const value = isShifted && !isPlain ? raw >> BigInt(bitOffset) : raw;
    const description = headerWords(comment, short);
    const known = found.get(value);
    if (known === undefined || (known.name === short && known.description === undefined)) found.set(value, { name: short, value, usage: 'read-write', ...(description !== undefined && { description }) });
  }
  return [...found.values()].sort((left, right) => Number((left.value ?? 0n) - (right.value ?? 0n)));
}
