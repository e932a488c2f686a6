import type { Access, EnumeratedValue, Field, WriteConstraint } from '../device/device.ts';
import type { SvdDeriver } from './svdDerive.ts';
import { elementName, readDim, unfoldedCount } from './svdDims.ts';
import { parseSvdAccess, parseSvdBoolean, parseSvdCount, parseSvdInteger, parseSvdMaskedValue } from './svdNumbers.ts';
import { quoted, type SvdProblemLog } from './svdProblems.ts';
import type { RawEnumeratedValue, RawField, RawWriteConstraint } from './svdRaw.ts';

/** What fields need from around them. */
export interface FieldContext {
  readonly deriver: SvdDeriver;
  readonly problems: SvdProblemLog;
  /** The register's access, for fields that state none. */
  readonly access: Access | undefined;
  /** The register's width in bits. */
  readonly size: number;
}

/** No register is wider; beyond this a bit number is a mistake (and its mask would fill memory). */
export const widestRegister = 4096;

const mostFieldElements = 1024;

/** Field arrays are unfolded here, as a register has few bits; unreadable fields are left out with a problem. */
export function resolveFields(raws: readonly RawField[], context: FieldContext): Field[] {
  const fields: Field[] = [];
  for (const written of raws) {
    const raw = context.deriver.field(written);
    const field = resolveField(raw, context);
    if (field === undefined) continue;
    const dim = raw.dim === undefined && raw.name?.includes('%s') !== true ? undefined : readDim(raw, context.problems);
    if (dim === undefined) {
      fields.push(field);
      continue;
    }
    const count = unfoldedCount(raw, dim, { most: mostFieldElements, problems: context.problems });
    for (let index = 0; index < count; index += 1) {
      const bitOffset = field.bitOffset + index * Number(dim.increment);
      if (bitOffset + field.bitWidth > widestRegister) break;
      fields.push({ ...field, name: elementName(field.name.includes('%s') ? field.name : `${field.name}%s`, dim, index), bitOffset });
    }
  }
  return fields;
}

/** Reads an access text, reporting what had to be interpreted. */
export function resolveAccess(text: string | undefined, element: { readonly kind: string; readonly line: number; readonly name: string | undefined }, problems: SvdProblemLog): Access | undefined {
  if (text === undefined) return undefined;
  const { access, exact } = parseSvdAccess(text);
  if (!exact) problems.add('non-standard access texts', element.line, `${element.kind} ${quoted(element.name)}: access ${quoted(text)} is not one of the standard's; it is taken as ${access ?? 'not stated'}.`);
  return access;
}

/** A write constraint in numbers; undefined when the element says nothing readable. */
export function resolveWriteConstraint(raw: RawWriteConstraint | undefined): WriteConstraint | undefined {
  if (raw === undefined) return undefined;
  const minimum = raw.minimum === undefined ? undefined : parseSvdInteger(raw.minimum);
  const maximum = raw.maximum === undefined ? undefined : parseSvdInteger(raw.maximum);
  const constraint: WriteConstraint = {
    ...(parseSvdBoolean(raw.writeAsRead) === true && { writeAsRead: true }),
    ...(parseSvdBoolean(raw.useEnumeratedValues) === true && { useEnumeratedValues: true }),
    ...(minimum !== undefined && maximum !== undefined && { range: { minimum, maximum } }),
  };
  return Object.keys(constraint).length === 0 ? undefined : constraint;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

function resolveField(raw: RawField, context: FieldContext): Field | undefined {
  const { problems } = context;
  const range = bitRangeOf(raw);
  if (raw.name === undefined || range === undefined) {
    problems.add('unreadable fields', raw.line, `field ${quoted(raw.name)} has no ${raw.name === undefined ? 'name' : 'readable bit range'} and was left out.`);
    return undefined;
  }
  const [bitOffset, bitWidth] = range;
  if (bitOffset + bitWidth > context.size) problems.add('fields beyond their register', raw.line, `field ${quoted(raw.name)} reaches bit ${bitOffset + bitWidth - 1}, but its register has ${context.size} bits.`);
  const field: Mutable<Field> = { name: raw.name, bitOffset, bitWidth, enumeratedValues: raw.blocks.length === 0 ? noValues : resolveEnumeratedValues(raw, bitWidth, context) };
  if (raw.description !== undefined) field.description = raw.description;
  const access = resolveAccess(raw.access, raw, problems) ?? context.access;
  if (access !== undefined) field.access = access;
  if (raw.modifiedWriteValues !== undefined) field.modifiedWriteValues = raw.modifiedWriteValues;
  if (raw.readAction !== undefined) field.readAction = raw.readAction;
  const writeConstraint = resolveWriteConstraint(raw.writeConstraint);
  if (writeConstraint !== undefined) field.writeConstraint = writeConstraint;
  return field;
}

const noValues: readonly EnumeratedValue[] = [];

/** Offset and width from `[7:4]`, `[18]`, lsb and msb, or bitOffset and bitWidth (absent: 1). */
function bitRangeOf(raw: RawField): readonly [number, number] | undefined {
  if (raw.bitOffset !== undefined) return checkedRange(parseSvdCount(raw.bitOffset), raw.bitWidth === undefined ? 1 : parseSvdCount(raw.bitWidth));
  if (raw.lsb !== undefined) return rangeBetween(parseSvdCount(raw.lsb), parseSvdCount(raw.msb ?? raw.lsb));
  if (raw.bitRange === undefined) return undefined;
  const match = /^\[?\s*(\w+)\s*(?::\s*(\w+)\s*)?\]?$/.exec(raw.bitRange);
  const high = match?.[1];
  return high === undefined ? undefined : rangeBetween(parseSvdCount(match?.[2] ?? high), parseSvdCount(high));
}

function rangeBetween(low: number | undefined, high: number | undefined): readonly [number, number] | undefined {
  if (low === undefined || high === undefined) return undefined;
  return checkedRange(Math.min(low, high), Math.abs(high - low) + 1);
}

function checkedRange(offset: number | undefined, width: number | undefined): readonly [number, number] | undefined {
  if (offset === undefined || width === undefined || width === 0 || offset + width > widestRegister) return undefined;
  return [offset, width];
}

function resolveEnumeratedValues(raw: RawField, bitWidth: number, context: FieldContext): EnumeratedValue[] {
  const values: EnumeratedValue[] = [];
  for (const written of raw.blocks) {
    const block = context.deriver.enumeration(written);
    const usage = block.usage === 'read' || block.usage === 'write' ? block.usage : 'read-write';
    for (const value of block.values) {
      const resolved = resolveEnumeratedValue(value, { bitWidth, usage, problems: context.problems });
      if (resolved !== undefined) values.push(resolved);
    }
  }
  return values;
}

interface ValueContext {
  readonly bitWidth: number;
  readonly usage: EnumeratedValue['usage'];
  readonly problems: SvdProblemLog;
}

function resolveEnumeratedValue(raw: RawEnumeratedValue, context: ValueContext): EnumeratedValue | undefined {
  const masked = raw.value === undefined ? undefined : parseSvdMaskedValue(raw.value);
  const isDefault = parseSvdBoolean(raw.isDefault) === true;
  // The schema lets a name be left out (it is then the value's text).
  const name = raw.name ?? raw.value;
  if (name === undefined || (masked === undefined && !isDefault)) {
    context.problems.add('unreadable enumerated values', raw.line, `enumerated value ${quoted(raw.name)}: value ${quoted(raw.value)} is not a number; it was left out.`);
    return undefined;
  }
  const value: Mutable<EnumeratedValue> = { name, usage: context.usage };
  if (raw.description !== undefined) value.description = raw.description;
  if (masked !== undefined) value.value = masked.value;
  if (masked !== undefined && masked.ignored !== 0n) value.mask = ((1n << BigInt(context.bitWidth)) - 1n) & ~masked.ignored;
  if (isDefault) value.isDefault = true;
  return value;
}
