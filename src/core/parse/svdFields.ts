import type { Access, EnumeratedValue, Field, WriteConstraint } from '../device/device.ts';
import { elementWeight, type SvdBudget, valuesWeight } from './svdBudget.ts';
import type { SvdDeriver } from './svdDerive.ts';
import { elementName, readDim, unfoldedCount } from './svdDims.ts';
import { resolveEnumeration } from './svdEnumerations.ts';
import { parseSvdAccess, parseSvdBoolean, parseSvdCount, parseSvdInteger } from './svdNumbers.ts';
import { quoted, type SvdProblemLog } from './svdProblems.ts';
import type { RawField, RawWriteConstraint } from './svdRaw.ts';
import { modifiedWriteValuesChoices, type Mutable, readActionChoices, readChoice } from './svdValues.ts';

/** What fields need from around them. */
export interface FieldContext {
  readonly deriver: SvdDeriver;
  readonly problems: SvdProblemLog;
  readonly budget: SvdBudget;
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
    if (!context.budget.spend(elementWeight(raw), raw.line)) break;
    const field = resolveField(raw, context);
    if (field === undefined) continue;
    const dim = raw.dim === undefined && raw.name?.includes('%s') !== true ? undefined : readDim(raw, context.problems);
    if (dim === undefined) {
      fields.push(field);
      continue;
    }
    const count = unfoldedCount(raw, dim, { most: mostFieldElements, problems: context.problems });
    if (!context.budget.spend(count * (elementWeight(field) + valuesWeight(field.enumeratedValues)), raw.line)) break;
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
  const modifiedWriteValues = readChoice(raw, ['modifiedWriteValues', raw.modifiedWriteValues, modifiedWriteValuesChoices], problems);
  if (modifiedWriteValues !== undefined) field.modifiedWriteValues = modifiedWriteValues;
  const readAction = readChoice(raw, ['readAction', raw.readAction, readActionChoices], problems);
  if (readAction !== undefined) field.readAction = readAction;
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
  return raw.blocks.flatMap(written => {
    const block = context.deriver.enumeration(written);
    return context.budget.spend(valuesWeight(block.values), raw.line) ? resolveEnumeration(block, bitWidth, context.problems) : [];
  });
}
