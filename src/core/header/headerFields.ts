import type { EnumeratedValue, Field } from '../device/device.ts';
import type { MacroFact } from '../parse/facts.ts';
import { followingFields } from './headerFollowing.ts';
import type { HeaderNames } from './headerNames.ts';

/** What a macro says of bits of a register, by the key `KIND_REGISTER` that its name begins with. */
export interface FieldMacro {
  readonly name: string;
  readonly line: number;
  readonly key: string;
  /** Bits within the register. */
  readonly mask: bigint;
  /** `value`: a setting of the field, not its bits. */
  readonly role: 'field' | 'position' | 'value';
}

/** The fields of one register, and the macros that name them. */
export interface RegisterFields {
  readonly fields: readonly Field[];
  readonly macros: readonly FieldMacro[];
}

/** A macro whose name begins with a register's key; `rest` is what follows. */
export interface KeyedMacro {
  readonly macro: MacroFact;
  readonly rest: string;
  readonly value: bigint;
}

const suffix = /_(Pos|Msk|MASK|Mask|SHIFT|Shift|WIDTH|Width|Val|Min|Max|OFFSET|[SVM])$/;

/** The fields that a header's macros describe, for registers by their key (`USART_CR1`), with their width in bits. */
export function headerFields(names: HeaderNames, registers: ReadonlyMap<string, number>): Map<string, RegisterFields> {
  const found = new Map<string, RegisterFields>();
  for (const [key, macros] of keyedMacros(names, registers)) found.set(key, fieldsOf(key, macros, registers.get(key) ?? 32));
  for (const [key, fields] of followingFields(names, registers)) if ((found.get(key)?.fields.length ?? 0) === 0) found.set(key, fields);
  return found;
}

/** Each macro under the longest key that its name begins with. */
function keyedMacros(names: HeaderNames, registers: ReadonlyMap<string, number>): Map<string, KeyedMacro[]> {
  const found = new Map<string, KeyedMacro[]>();
  for (const macro of names.macros) {
    if (macro.parameters !== undefined || macro.body === '') continue;
    const key = longestKey(macro.name, registers);
    const value = key === undefined ? undefined : names.evaluate(macro.body);
    if (key === undefined || value === undefined) continue;
    const list = found.get(key) ?? [];
    found.set(key, list);
    list.push({ macro, rest: macro.name.slice(key.length + 1), value: BigInt.asUintN(64, value) });
  }
  return found;
}

function longestKey(name: string, registers: ReadonlyMap<string, number>): string | undefined {
  for (let end = name.lastIndexOf('_'); end > 0; end = name.lastIndexOf('_', end - 1)) {
    const key = name.slice(0, end);
    if (registers.has(key)) return key;
  }
  return undefined;
}

function fieldsOf(key: string, macros: readonly KeyedMacro[], size: number): RegisterFields {
  const whole = (1n << BigInt(size)) - 1n;
  const masks = new Map<string, { readonly mask: bigint; readonly line: number }>();
  for (const { macro, rest, value } of macros) {
    const field = /^(.+)_(?:Msk|MASK|Mask)$/.exec(rest)?.[1];
    if (field !== undefined && isRun(value & whole)) masks.set(field, { mask: value & whole, line: macro.line });
  }
  // Older headers have a plain mask for each field, and what follows a field's name in a longer one is a value of it.
  for (const { macro, rest, value } of macros) {
    if (masks.has(rest) || suffix.test(rest) || value === 0n || value > whole || !isRun(value) || prefixField(rest, masks) !== undefined) continue;
    masks.set(rest, { mask: value, line: macro.line });
  }
  const fields = [...masks].map(([name, { mask }]): Field => {
    const bitOffset = lowestBit(mask);
    const comment = macros.find(({ macro, rest }) => rest === name && isTelling(macro.comment))?.macro.comment ?? macros.find(({ macro, rest }) => rest === `${name}_Msk` && isTelling(macro.comment))?.macro.comment;
    return { name, bitOffset, bitWidth: mask.toString(2).length - bitOffset, enumeratedValues: valuesOf(name, mask, { macros, masks }), ...(comment !== undefined && { description: comment }) };
  });
  return { fields, macros: macros.flatMap(({ macro, rest, value }) => roleOf({ macro, rest, value }, key, masks)) };
}

function roleOf({ macro, rest, value }: KeyedMacro, key: string, masks: ReadonlyMap<string, { readonly mask: bigint }>): FieldMacro[] {
  const base = { name: macro.name, line: macro.line, key };
  const own = masks.get(rest.replace(/_(Msk|MASK|Mask)$/, ''));
  if (own !== undefined) return [{ ...base, mask: own.mask, role: 'field' }];
  const positioned = masks.get(rest.replace(/_(Pos|SHIFT|Shift|OFFSET|S)$/, ''));
  if (positioned !== undefined) return [{ ...base, mask: positioned.mask, role: 'position' }];
  const field = prefixField(rest, masks);
  const mask = field === undefined ? undefined : masks.get(field)?.mask;
  if (mask === undefined || suffix.test(rest)) return [];
  // ST's `GPIO_MODER_MODER0_1` is one bit of the field.
  const isPart = /_\d+$/.test(rest) && value !== 0n && (value & ~mask) === 0n;
  return [{ ...base, mask: isPart ? value : mask, role: isPart ? 'field' : 'value' }];
}

/** The longest field that a longer name begins with: `SW` of `SW_HSE`. */
function prefixField(rest: string, masks: ReadonlyMap<string, unknown>): string | undefined {
  for (let end = rest.lastIndexOf('_'); end > 0; end = rest.lastIndexOf('_', end - 1)) {
    if (masks.has(rest.slice(0, end))) return rest.slice(0, end);
  }
  return undefined;
}

/** Named settings of a field: written in place (ST's `RCC_CFGR_SW_HSE`), or as the field's own number (Nordic's `…_Enabled`). */
function valuesOf(field: string, mask: bigint, { macros, masks }: { readonly macros: readonly KeyedMacro[]; readonly masks: ReadonlyMap<string, unknown> }): EnumeratedValue[] {
  const settings = macros.filter(({ rest }) => rest.startsWith(`${field}_`) && prefixField(rest, masks) === field && !suffix.test(rest) && !/_\d+$/.test(rest) && !masks.has(rest));
  const shift = BigInt(lowestBit(mask));
  const isInPlace = settings.every(({ value }) => (value & ~mask) === 0n);
  const isNumber = settings.every(({ value }) => value <= mask >> shift);
  if (!isInPlace && !isNumber) return [];
  const seen = new Set<bigint>();
  return settings.flatMap(({ macro, rest, value }): EnumeratedValue[] => {
    const number = isInPlace && !(isNumber && shift > 0n && settings.some(setting => setting.value !== 0n && (setting.value & mask) !== setting.value)) ? value >> shift : value;
    if (seen.has(number)) return [];
    seen.add(number);
    return [{ name: rest.slice(field.length + 1), value: number, usage: 'read-write', ...(isTelling(macro.comment) && macro.comment !== undefined && { description: macro.comment }) }];
  });
}

/** Bits side by side. */
export function isRun(mask: bigint): boolean {
  if (mask === 0n) return false;
  const shifted = mask >> BigInt(lowestBit(mask));
  return (shifted & (shifted + 1n)) === 0n;
}

function lowestBit(mask: bigint): number {
  return (mask & -mask).toString(2).length - 1;
}

/** ST's comments on masks only repeat the number. */
function isTelling(comment: string | undefined): boolean {
  return comment !== undefined && !/^\W*(0x[0-9A-F]+|Bit\s*\d+)\W*$/i.test(comment);
}
