import { entriesOf, matching, member, namesIn, report, setTexts, textOf, verbsOf, type PatchLog } from './svdPatchLog.ts';
import type { PatchEntry, PatchNode, PatchPlace } from './svdPatchYaml.ts';
import { patchEnumeration } from './svdPatchValues.ts';
import { rawField, rawWriteConstraint, type RawField, type RawRegister } from './svdRaw.ts';
import { parseSvdCount } from './svdNumbers.ts';

/** Follows a patch's block for a register: its verbs, then what it says of single fields. */
export function patchRegister(register: RawRegister, node: PatchNode, log: PatchLog): void {
  for (const verb of verbsOf(node)) followVerb(register, verb, log);
  for (const { key, place, value } of entriesOf(node).filter(entry => !entry.key.startsWith('_'))) {
    for (const field of matching(register.fields, key, { log, place, what: `field of ${register.name ?? ''}` })) patchField(field, value, log);
  }
}

function followVerb(register: RawRegister, { key, place, value }: PatchEntry, log: PatchLog): void {
  switch (key) {
    case '_delete':
      for (const { name, place: at } of namesIn(value)) {
        const gone = new Set(matching(register.fields, name, { log, place: at, what: `field of ${register.name ?? ''}` }));
        register.fields = register.fields.filter(field => !gone.has(field));
      }
      return;
    case '_modify':
      for (const entry of entriesOf(value)) {
        for (const field of matching(register.fields, entry.key, { log, place: entry.place, what: `field of ${register.name ?? ''}` })) modifyField(field, entry.value, log);
      }
      return;
    case '_add':
      for (const entry of entriesOf(value)) addField(register, entry, log);
      return;
    case '_strip': case '_strip_end':
      for (const { name: affix } of namesIn(value)) strip(register.fields, affix, { atEnd: key === '_strip_end' });
      return;
    case '_merge':
      for (const entry of namesIn(value)) mergeFields(register, entry.name, { log, place: entry.place, into: value.kind === 'map' ? entry.name : undefined, patterns: member(value, entry.name) });
      return;
    case '_split':
      for (const { name, place: at } of namesIn(value)) splitFields(register, name, { log, place: at });
      return;
    case '_write_constraint':
      setWriteConstraint(register, value);
      return;
    default:
      report(log, place, `${key} is not supported for a register; it was left out.`);
  }
}

/** `_modify`: properties of a field. A bit range in one notation replaces those in the others. */
function modifyField(field: RawField, node: PatchNode, log: PatchLog): void {
  if (member(node, 'bitRange') !== undefined || member(node, 'lsb') !== undefined) Object.assign(field, { bitOffset: undefined, bitWidth: undefined, bitRange: undefined, lsb: undefined, msb: undefined });
  else if (member(node, 'bitOffset') !== undefined || member(node, 'bitWidth') !== undefined) normaliseRange(field);
  setTexts(field, node, { log, known: new Set(['_write_constraint', 'writeConstraint']) });
  const constraint = member(node, '_write_constraint') ?? member(node, 'writeConstraint');
  if (constraint !== undefined) setWriteConstraint(field, constraint);
}

export function addField(register: RawRegister, { key, place, value }: PatchEntry, log: PatchLog): void {
  if (register.fields.some(({ name }) => name === key)) {
    report(log, place, `The field ${key} of ${register.name ?? ''} is there already; it was not added.`);
    return;
  }
  const field = rawField({ line: register.line, derivedFrom: textOf(member(value, 'derivedFrom')) }, register);
  field.name = key;
  modifyField(field, { kind: 'map', place, entries: entriesOf(value).filter(entry => entry.key !== 'derivedFrom') }, log);
  register.fields.push(field);
}

/** What stands under a field's name: a range `[0, 15]`, or named values, also by direction. */
function patchField(field: RawField, node: PatchNode, log: PatchLog): void {
  if (node.kind === 'list') setWriteConstraint(field, node);
  else patchEnumeration(field, node, log);
}

/** `_write_constraint: none | enum | [min, max]`. */
function setWriteConstraint(target: { readonly line: number; writeConstraint: ReturnType<typeof rawWriteConstraint> | undefined }, node: PatchNode): void {
  const constraint = rawWriteConstraint(target.line);
  if (node.kind === 'list') Object.assign(constraint, { minimum: textOf(node.items[0]), maximum: textOf(node.items[1]) });
  else if (textOf(node) === 'enum') constraint.useEnumeratedValues = 'true';
  target.writeConstraint = node.kind === 'text' && node.text === 'none' ? undefined : constraint;
}

/** Takes a beginning or an end off the names that have it. */
export function strip(elements: readonly { name: string | undefined; displayName?: string | undefined }[], affix: string, { atEnd }: { readonly atEnd: boolean }): void {
  for (const element of elements) {
    const { name } = element;
    if (name === undefined || name.length <= affix.length || !(atEnd ? name.endsWith(affix) : name.startsWith(affix))) continue;
    element.name = atEnd ? name.slice(0, -affix.length) : name.slice(affix.length);
  }
}

interface Merge {
  readonly log: PatchLog;
  readonly place: PatchPlace;
  /** The new field's name; without one it is what the merged names have in common. */
  readonly into: string | undefined;
  readonly patterns: PatchNode | undefined;
}

/** One field over the bits of several. */
function mergeFields(register: RawRegister, pattern: string, { log, place, into, patterns }: Merge): void {
  const wanted = patterns === undefined ? [pattern] : namesIn(patterns).map(({ name }) => name);
  const parts = register.fields.filter(({ name }) => name !== undefined && matching([{ name }], `?~${wanted.join(',')}`, { log, place, what: 'field' }).length > 0);
  const ranges = parts.map(bitRange).filter(range => range !== undefined);
  const [first] = parts;
  if (first === undefined || ranges.length < parts.length) {
    report(log, place, `${wanted.join(', ')} could not be merged in ${register.name ?? ''}: ${first === undefined ? 'no such fields' : 'their bits are not known'}.`);
    return;
  }
  const lsb = Math.min(...ranges.map(range => range.lsb));
  const merged: RawField = { ...first, name: into ?? commonStart(parts.map(({ name }) => name ?? '')), bitOffset: String(lsb), bitWidth: String(Math.max(...ranges.map(range => range.msb)) - lsb + 1), lsb: undefined, msb: undefined, bitRange: undefined };
  register.fields = [merged, ...register.fields.filter(field => !parts.includes(field))];
}

/** A field of several bits as one field a bit: `F0`, `F1`, … */
function splitFields(register: RawRegister, pattern: string, { log, place }: { readonly log: PatchLog; readonly place: PatchPlace }): void {
  for (const field of matching(register.fields, pattern, { log, place, what: `field of ${register.name ?? ''}` })) {
    const range = bitRange(field);
    if (range === undefined) continue;
    const single = Array.from({ length: range.msb - range.lsb + 1 }, (_, index): RawField => ({ ...field, name: `${field.name ?? ''}${index}`, bitOffset: String(range.lsb + index), bitWidth: '1', lsb: undefined, msb: undefined, bitRange: undefined, blocks: [] }));
    register.fields = register.fields.flatMap(candidate => candidate === field ? single : [candidate]);
  }
}

function normaliseRange(field: RawField): void {
  const range = bitRange(field);
  if (range !== undefined) Object.assign(field, { bitOffset: String(range.lsb), bitWidth: String(range.msb - range.lsb + 1), lsb: undefined, msb: undefined, bitRange: undefined });
}

function bitRange({ bitOffset, bitWidth, lsb, msb, bitRange: text }: RawField): { readonly lsb: number; readonly msb: number } | undefined {
  const [, high, low] = /^\[(\w+)(?::(\w+))?\]$/.exec(text?.replace(/\s/g, '') ?? '') ?? [];
  const from = parseSvdCount(low ?? high ?? lsb ?? bitOffset ?? '');
  const to = high !== undefined ? parseSvdCount(high) : msb !== undefined ? parseSvdCount(msb) : from === undefined ? undefined : from + (parseSvdCount(bitWidth ?? '1') ?? 1) - 1;
  return from === undefined || to === undefined || to < from || to > 4095 ? undefined : { lsb: from, msb: to };
}

function commonStart(names: readonly string[]): string {
  const [first = ''] = names;
  let length = first.length;
  while (length > 0 && !names.every(name => name.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
}
