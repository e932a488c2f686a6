import type { EnumeratedValue, Field, Register, RegisterPlace, WriteConstraint } from './device.ts';
import { bitMask, bitsText, hex } from './numbers.ts';

/** One field of a decoded value. */
export interface DecodedField {
  readonly name: string;
  /** `13` or `3:0`. */
  readonly bits: string;
  readonly value: string;
  /** The enumerated value's name and description, when the device has one. */
  readonly meaning?: string;
  /** What the field is for; only where it is asked for. */
  readonly description?: string;
  /** What an expression that changes the register does to the field: `set`, `cleared`, `toggled`, `becomes 0x2`, `partly known`. */
  readonly change?: string;
}

/** A register's value taken apart, as plain data. */
export interface DecodedValue {
  readonly path: string;
  readonly value: string;
  /** From the highest bit down. */
  readonly fields: readonly DecodedField[];
  /** Bits set in the value, but not after reset, that belong to no field: a mask such as `0x80000000`; absent when none. */
  readonly reservedBitsSet?: string;
  /** What would be wrong if this value were written. */
  readonly warnings: readonly string[];
  /** What is done with the value; absent: it is just a value. */
  readonly operation?: 'write' | 'set' | 'clear' | 'toggle' | 'modify' | 'compare' | 'test';
  /** Bits that only the running program knows; absent when all are known. */
  readonly unknownBits?: string;
}

export interface DecodeOptions {
  /** Which of a field's values count, where it means one thing read and another written; absent: both. */
  readonly usage?: 'read' | 'write';
  /** Zeros are what counts here (`SR = ~FLAG`): ones leave alone what they stand on, reserved bits included. */
  readonly leavesOnes?: boolean;
}

/** Takes `value` apart into the register's fields, with what would be wrong about writing it. */
export function decodeValue(place: RegisterPlace, value: bigint, { usage, leavesOnes = false }: DecodeOptions = {}): DecodedValue {
  const { register } = place;
  const within = value & bitMask(0, register.size);
  const reserved = leavesOnes ? 0n : reservedChange(register, within);
  const fields = register.fields.toSorted((left, right) => right.bitOffset - left.bitOffset).map(field => decodeField(field, within, usage));
  return {
    path: place.path, value: hex(value), fields,
    ...((reserved & within) !== 0n && { reservedBitsSet: hex(reserved & within) }),
    warnings: [...registerWarnings(register, value, reserved), ...register.fields.flatMap(field => fieldWarnings(field, register, { value: within, leavesOnes }))],
  };
}

/** Bits that belong to no field and would not keep their reset value. */
export function reservedChange({ fields, resetValue = 0n, resetMask, size }: Register, value: bigint): bigint {
  if (fields.length === 0) return 0n;
  const reserved = fields.reduce((mask, field) => mask & ~bitMask(field.bitOffset, field.bitWidth), bitMask(0, size));
  return reserved & (resetMask ?? reserved) & (value ^ resetValue);
}

/** What is wrong about bits that belong to no field, of those that `reservedChange` gives. */
export function reservedWarnings(changed: bigint, value: bigint): string[] {
  const [set, cleared] = [changed & value, changed & ~value];
  return [
    ...(set === 0n ? [] : [`Bits ${hex(set)} belong to no field: reserved bits should keep their reset value.`]),
    ...(cleared === 0n ? [] : [`Bits ${hex(cleared)} belong to no field and are 1 after reset: reserved bits should keep their reset value.`]),
  ];
}

/** A field's bits within a register's value. */
export function fieldValue(field: Field, value: bigint): bigint {
  return (value >> BigInt(field.bitOffset)) & bitMask(0, field.bitWidth);
}

/** The enumerated value that `bits` stands for, don't-care bits ignored and the default entry last; undefined when the file names none. */
export function enumeratedValueOf(field: Field, bits: bigint, usage: 'read' | 'write'): EnumeratedValue | undefined {
  const usable = field.enumeratedValues.filter(candidate => candidate.usage === 'read-write' || candidate.usage === usage);
  return usable.find(({ value, mask }) => value !== undefined && mask === undefined && value === bits)
    ?? usable.find(({ value, mask }) => value !== undefined && mask !== undefined && (bits & mask) === (value & mask))
    ?? usable.find(({ isDefault }) => isDefault === true);
}

function decodeField(field: Field, value: bigint, usage: DecodeOptions['usage']): DecodedField {
  const bits = fieldValue(field, value);
  const meaning = meaningOf(field, bits, usage);
  return { name: field.name, bits: bitsText(field.bitOffset, field.bitWidth), value: hex(bits), ...(meaning !== undefined && { meaning }) };
}

/** Some fields mean one thing read and another written (Nordic's INTENSET): then both are told. */
function meaningOf(field: Field, bits: bigint, usage: DecodeOptions['usage']): string | undefined {
  const value = usage === undefined ? undefined : enumeratedValueOf(field, bits, usage);
  if (usage !== undefined) return value === undefined ? undefined : valueText(value);
  const read = enumeratedValueOf(field, bits, 'read');
  const write = enumeratedValueOf(field, bits, 'write');
  if (read === write) return read === undefined ? undefined : valueText(read);
  return [read && `read: ${valueText(read)}`, write && `written: ${valueText(write)}`].filter(part => part !== undefined).join('; ');
}

function valueText({ name, description }: EnumeratedValue): string {
  return description === undefined || description === name ? name : `${name}: ${description}`;
}

function registerWarnings(register: Register, value: bigint, reserved: bigint): string[] {
  const warnings: string[] = [];
  if (value < 0n || value > bitMask(0, register.size)) warnings.push(`${hex(value)} is wider than the register's ${register.size} bits; the upper bits are cut off.`);
  if (register.access === 'read-only') warnings.push('The register is read-only: a write has no effect.');
  return [...warnings, ...reservedWarnings(reserved, value), ...constraintWarnings('the register', register.writeConstraint, value)];
}

function fieldWarnings(field: Field, register: Register, { value, leavesOnes }: { readonly value: bigint; readonly leavesOnes: boolean }): string[] {
  const bits = fieldValue(field, value);
  const warnings = constraintWarnings(field.name, field.writeConstraint, bits);
  const onlyReadable = register.access !== 'read-only' && isOnlyReadable(field, register);
  if (onlyReadable && !leavesOnes && bits !== 0n && (register.resetValue === undefined || bits !== fieldValue(field, register.resetValue))) {
    warnings.push(`${field.name} is read-only: writing ${hex(bits)} to it has no effect.`);
  }
  if (field.writeConstraint?.useEnumeratedValues === true && enumeratedValueOf(field, bits, 'write') === undefined) {
    warnings.push(`${field.name} takes only its named values; ${hex(bits)} is none of them.`);
  }
  return warnings;
}

/** Whether writing its bits does nothing: one field may be what is read and another what is written there (VECTKEYSTAT, VECTKEY). */
export function isOnlyReadable(field: Field, { fields }: Pick<Register, 'fields'>): boolean {
  const mask = bitMask(field.bitOffset, field.bitWidth);
  return field.access === 'read-only' && !fields.some(other => other.access !== 'read-only' && (bitMask(other.bitOffset, other.bitWidth) & mask) === mask);
}

function constraintWarnings(name: string, constraint: WriteConstraint | undefined, value: bigint): string[] {
  const range = constraint?.range;
  if (range === undefined || (value >= range.minimum && value <= range.maximum)) return [];
  return [`${name} takes ${range.minimum} to ${range.maximum}; ${value} is outside.`];
}
