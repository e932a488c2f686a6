import { bitMask } from '../device/numbers.ts';
import { matching, member, namesIn, report, textOf, type PatchLog } from './svdPatchLog.ts';
import type { PatchNode, PatchPlace } from './svdPatchYaml.ts';
import { parseSvdCount } from './svdNumbers.ts';
import { rawField, type RawField, type RawRegister } from './svdRaw.ts';

/** The lowest and highest bit of a field, whatever notation the file uses; undefined when it says neither. */
export function bitRange({ bitOffset, bitWidth, lsb, msb, bitRange: text }: RawField): { readonly lsb: number; readonly msb: number } | undefined {
  const [, high, low] = /^\[(\w+)(?::(\w+))?\]$/.exec(text?.replace(/\s/g, '') ?? '') ?? [];
  const from = parseSvdCount(low ?? high ?? lsb ?? bitOffset ?? '');
  const to = high !== undefined ? parseSvdCount(high) : msb !== undefined ? parseSvdCount(msb) : from === undefined ? undefined : from + (parseSvdCount(bitWidth ?? '1') ?? 1) - 1;
  return from === undefined || to === undefined || to < from || to > 4095 ? undefined : { lsb: from, msb: to };
}

/** Writes a field's range as offset and width, so that one of them can be changed. */
export function normaliseRange(field: RawField): void {
  const range = bitRange(field);
  if (range !== undefined) placeBits(field, range.lsb, range.msb - range.lsb + 1);
}

/** `_merge`: one field over the bits of several. A list names patterns, each for one field; a map names the new fields. */
export function mergeFields(register: RawRegister, value: PatchNode, log: PatchLog): void {
  for (const { name, place } of namesIn(value)) {
    const patterns = value.kind === 'map' ? member(value, name) : undefined;
    const wanted = patterns === undefined ? [name] : namesIn(patterns).map(pattern => pattern.name);
    mergeInto(register, { wanted, into: patterns === undefined ? undefined : name }, { log, place });
  }
}

/** `_split`: a field of several bits as one field a bit, `F0`, `F1`, …, or as `name` and `description` say. */
export function splitFields(register: RawRegister, value: PatchNode, log: PatchLog): void {
  for (const { name: pattern, place } of namesIn(value)) {
    const block = value.kind === 'map' ? member(value, pattern) : undefined;
    for (const field of matching(register.fields, pattern, { log, place, what: `field of ${register.name ?? ''}` })) {
      const range = bitRange(field);
      if (range === undefined) report(log, place, `${field.name ?? ''} of ${register.name ?? ''} could not be split: its bits are not known.`);
      else splitField(register, field, { lsb: range.lsb, width: range.msb - range.lsb + 1, name: textOf(member(block, 'name')), description: textOf(member(block, 'description')) });
    }
  }
}

/** The bits that a register's fields take up. */
export function usedBits({ fields }: RawRegister): bigint {
  return fields.reduce((mask, field) => {
    const range = bitRange(field);
    return range === undefined ? mask : mask | bitMask(range.lsb, range.msb - range.lsb + 1);
  }, 0n);
}

interface Merge {
  readonly wanted: readonly string[];
  /** The new field's name; without one it is what the merged names have in common. */
  readonly into: string | undefined;
}

function mergeInto(register: RawRegister, { wanted, into }: Merge, { log, place }: { readonly log: PatchLog; readonly place: PatchPlace }): void {
  const silent: PatchLog = { problems: [], copies: 0 };
  const parts = register.fields.filter(field => wanted.some(pattern => matching([field], pattern, { log: silent, place, what: '' }).length > 0));
  const ranges = parts.map(bitRange).filter(range => range !== undefined);
  const [first] = parts;
  if (first === undefined || ranges.length < parts.length) {
    if (first !== undefined || !wanted.every(pattern => pattern.startsWith('?~'))) report(log, place, `${wanted.join(', ')} could not be merged in ${register.name ?? ''}: ${first === undefined ? 'no such fields' : 'their bits are not known'}.`);
    return;
  }
  const merged = rawField({ line: first.line, derivedFrom: undefined }, register);
  merged.name = into ?? commonStart(parts.map(({ name }) => name ?? ''));
  merged.description = first.description;
  // What all parts say holds for the whole; values of one bit name nothing in several.
  if (parts.every(({ access }) => access === first.access)) merged.access = first.access;
  if (parts.every(({ modifiedWriteValues }) => modifiedWriteValues === first.modifiedWriteValues)) merged.modifiedWriteValues = first.modifiedWriteValues;
  if (parts.every(({ readAction }) => readAction === first.readAction)) merged.readAction = first.readAction;
  const lsb = Math.min(...ranges.map(range => range.lsb));
  placeBits(merged, lsb, Math.max(...ranges.map(range => range.msb)) - lsb + 1);
  register.fields = register.fields.flatMap(field => field === first ? [merged] : parts.includes(field) ? [] : [field]);
}

function splitField(register: RawRegister, field: RawField, split: { readonly lsb: number; readonly width: number; readonly name: string | undefined; readonly description: string | undefined }): void {
  const { name = `${field.name ?? ''}%s`, description = field.description } = split;
  const single = Array.from({ length: split.width }, (_, index): RawField => {
    const bit: RawField = { ...field, name: name.replaceAll('%s', String(index)), description: description?.replaceAll('%s', String(index)), writeConstraint: undefined, blocks: [] };
    placeBits(bit, split.lsb + index, 1);
    return bit;
  });
  register.fields = register.fields.flatMap(candidate => candidate === field ? single : [candidate]);
}

function placeBits(field: RawField, lsb: number, width: number): void {
  Object.assign(field, { bitOffset: String(lsb), bitWidth: String(width), lsb: undefined, msb: undefined, bitRange: undefined } satisfies Partial<RawField>);
}

function commonStart(names: readonly string[]): string {
  const [first = ''] = names;
  let length = first.length;
  while (length > 0 && !names.every(name => name.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
}
