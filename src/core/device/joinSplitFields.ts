import type { Field } from './device.ts';

/**
 * The fields with those made one that the file cuts into single bits: `SW0`, `SW1` become `SW`, bits 1:0. Only runs
 * numbered from 0 that lie bit by bit and are described alike come into question; `isOne` decides, as most such runs
 * (`ODR0` to `ODR15`) are separate bits.
 */
export function joinSplitFields(fields: readonly Field[], isOne: (joined: Field, bits: readonly Field[]) => boolean): readonly Field[] {
  const sorted = fields.toSorted((left, right) => left.bitOffset - right.bitOffset);
  const whole = new Map<Field, Field | undefined>();
  for (const [index, first] of sorted.entries()) {
    const run = first.name.endsWith('0') && first.bitWidth === 1 ? runFrom(sorted, index) : [];
    const joined = run.length < 2 || fields.some(({ name }) => name === first.name.slice(0, -1)) ? undefined : joinedField(first, run);
    if (joined === undefined || !isOne(joined, run)) continue;
    for (const bit of run) whole.set(bit, undefined);
    whole.set(first, joined);
  }
  return whole.size === 0 ? fields : fields.flatMap(field => whole.has(field) ? whole.get(field) ?? [] : [field]);
}

function runFrom(sorted: readonly Field[], index: number): Field[] {
  const [first] = sorted.slice(index, index + 1);
  if (first === undefined) return [];
  const stem = first.name.slice(0, -1);
  if (stem === '' || /\d$/.test(stem)) return [];
  const run: Field[] = [];
  for (const field of sorted.slice(index)) {
    if (field.name !== `${stem}${run.length}` || field.bitWidth !== 1 || field.bitOffset !== first.bitOffset + run.length || !isAlike(first, field)) break;
    run.push(field);
  }
  return run;
}

function isAlike(first: Field, other: Field): boolean {
  return first.description === other.description && first.access === other.access && first.modifiedWriteValues === other.modifiedWriteValues && first.readAction === other.readAction && other.enumeratedValues.length === 0;
}

function joinedField(first: Field, run: readonly Field[]): Field {
  return { ...first, name: first.name.slice(0, -1), bitWidth: run.length, splitInto: run.map(({ name }) => name) };
}
