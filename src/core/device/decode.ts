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
  /** Bits set in the value that belong to no field: a mask such as `0x80000000`; absent when none. */
  readonly reservedBitsSet?: string;
  /** What would be wrong if this value were written. */
  readonly warnings: readonly string[];
  /** What is done with the value; absent: it is just a value. */
  readonly operation?: 'write' | 'set' | 'clear' | 'toggle' | 'modify' | 'compare' | 'test';
  /** Bits that only the running program knows; absent when all are known. */
  readonly unknownBits?: string;
}

/** Takes `value` apart into the register's fields, with what would be wrong about writing it. */
export function decodeValue(place: RegisterPlace, value: bigint): DecodedValue {
  const { register } = place;
  const within = value & bitMask(0, register.size);
  const reserved = register.fields.length === 0 ? 0n : within & ~register.fields.reduce((mask, field) => mask | bitMask(field.bitOffset, field.bitWidth), 0n);
  const fields = register.fields.toSorted((left, right) => right.bitOffset - left.bitOffset).map(field => decodeField(field, within));
  return {
    path: place.path, value: hex(value), fields,
    ...(reserved !== 0n && { reservedBitsSet: hex(reserved) }),
    warnings: [...registerWarnings(register, value, reserved), ...register.fields.flatMap(field => fieldWarnings(field, register, within))],
  };
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

function decodeField(field: Field, value: bigint): DecodedField {
  const bits = fieldValue(field, value);
  const meaning = meaningOf(field, bits);
  return { name: field.name, bits: bitsText(field.bitOffset, field.bitWidth), value: hex(bits), ...(meaning !== undefined && { meaning }) };
}

/** Some fields mean one thing read and another written (Nordic's INTENSET): then both are told. */
function meaningOf(field: Field, bits: bigint): string | undefined {
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
  if (reserved !== 0n) warnings.push(`Bits ${hex(reserved)} belong to no field: reserved bits should keep their reset value.`);
  return [...warnings, ...constraintWarnings('the register', register.writeConstraint, value)];
}

function fieldWarnings(field: Field, register: Register, value: bigint): string[] {
  const bits = fieldValue(field, value);
  const warnings = constraintWarnings(field.name, field.writeConstraint, bits);
  const onlyReadable = register.access !== 'read-only' && isOnlyReadable(field, register);
  if (onlyReadable && bits !== 0n && (register.resetValue === undefined || bits !== fieldValue(field, register.resetValue))) {
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
