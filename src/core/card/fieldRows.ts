import type { EnumeratedValue, Field } from '../device/device.ts';
import { bitsText, hex } from '../device/numbers.ts';

/** One row of a field table: a field, or a run of fields alike (`MODER0` to `MODER15`). */
export interface FieldRow {
  readonly name: string;
  readonly bits: string;
  readonly access: string;
  readonly description: string;
  readonly values: readonly EnumeratedValue[];
  /** The description or the values are the device header's, not the file's. */
  readonly isDescribedByHeader: boolean;
  readonly isValuedByHeader: boolean;
  /** The file does not have the field at all. */
  readonly isDeclaredByHeader: boolean;
  /** How many fields the row stands for. */
  readonly count: number;
}

/** Runs shorter than this are shown field by field. */
const shortestRun = 4;

/** The fields from the highest bit down, the named ones first, and runs of numbered fields alike folded into one row. */
export function fieldRows(fields: readonly Field[], highlight: ReadonlySet<string>): FieldRow[] {
  const sorted = fields.toSorted((left, right) => right.bitOffset - left.bitOffset);
  const rest = runs(sorted.filter(({ name }) => !highlight.has(name)));
  return [...sorted.filter(({ name }) => highlight.has(name)).map(singleRow), ...rest.flatMap(run => run.length < shortestRun ? run.map(singleRow) : [runRow(run)])];
}

/** A field's named values in short: `0x0 Off, 0x1 On`; `most` are listed. */
export function valuesText(values: readonly EnumeratedValue[], most: number): string {
  const listed = values.slice(0, most).map(({ name, value, mask, isDefault, usage }) => {
    const number = value === undefined ? (isDefault === true ? 'other' : '?') : valueNumber(value, mask);
    return `${usage === 'read-write' ? '' : `${usage} `}${number} ${name}`;
  });
  return `${listed.join(', ')}${values.length > most ? `, and ${values.length - most} more` : ''}`;
}

/** `0x5`, or `0b1xx0` where some bits do not matter. */
export function valueNumber(value: bigint, mask: bigint | undefined): string {
  if (mask === undefined) return hex(value);
  const width = Math.max(mask.toString(2).length, value.toString(2).length);
  const digits = Array.from({ length: width }, (_, index) => {
    const bit = 1n << BigInt(width - 1 - index);
    return (mask & bit) === 0n ? 'x' : (value & bit) === 0n ? '0' : '1';
  });
  return `0b${digits.join('')}`;
}

/** Whether named values are the device header's, and not a manual's. */
export function isFromHeader(source: string | undefined): boolean {
  return source?.startsWith('the header ') === true;
}

function runs(fields: readonly Field[]): Field[][] {
  const found: Field[][] = [];
  for (const field of fields) {
    const run = found.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && shape(last) === shape(field)) run.push(field);
    else found.push([field]);
  }
  return found;
}

/** Fields with equal shapes differ in their numbers only. */
function shape({ name, bitWidth, access, description, enumeratedValues, declaredBy }: Field): string {
  if (!/\d/.test(name)) return `${name} alone`;
  const withoutNumbers = (text: string) => text.replace(/\d+/g, '#');
  return [withoutNumbers(name), bitWidth, access, declaredBy, withoutNumbers(description ?? ''), ...enumeratedValues.map(value => `${value.name}=${value.value ?? ''}`)].join('\n');
}

function singleRow(field: Field): FieldRow {
  const { name, bitOffset, bitWidth, access, description, enumeratedValues } = field;
  return { name, bits: bitsText(bitOffset, bitWidth), access: access ?? 'not stated', description: description ?? '', values: enumeratedValues, isDescribedByHeader: field.descriptionFrom !== undefined, isValuedByHeader: isFromHeader(field.valuesFrom), isDeclaredByHeader: field.declaredBy !== undefined, count: 1 };
}

function runRow(run: readonly Field[]): FieldRow {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return { name: '', bits: '', access: '', description: '', values: [], isDescribedByHeader: false, isValuedByHeader: false, isDeclaredByHeader: false, count: 0 };
  const single = singleRow(first);
  return {
    ...single, name: `${last.name} … ${first.name}`, bits: `${first.bitOffset + first.bitWidth - 1}:${last.bitOffset}`,
    description: `${run.length} fields of ${last.bitWidth} bit${last.bitWidth === 1 ? '' : 's'} each. ${single.description}`.trim(), count: run.length,
  };
}
