import { mergeFields, normaliseRange, splitFields } from './svdPatchBits.ts';
import { collectFields } from './svdPatchArrays.ts';
import { entriesOf, lateVerbsOf, matching, member, namesIn, report, setTexts, textOf, verbsOf, withoutKeys, type PatchLog } from './svdPatchLog.ts';
import { rename } from './svdPatchNames.ts';
import { patchEnumeration } from './svdPatchValues.ts';
import type { PatchEntry, PatchNode } from './svdPatchYaml.ts';
import { rawField, rawWriteConstraint, type RawField, type RawRegister } from './svdRaw.ts';

/** Follows a patch's block for a register: its verbs, then what it says of single fields. What a derived register holds is its base's. */
export function patchRegister(register: RawRegister, node: PatchNode, log: PatchLog): void {
  if (register.derivedFrom !== undefined && register.fields.length === 0) return;
  for (const verb of verbsOf(node)) followVerb(register, verb, log);
  for (const { key, place, value } of entriesOf(node).filter(entry => !entry.key.startsWith('_'))) {
    for (const field of matching(register.fields, key, { log, place, what: `field of ${register.name ?? ''}` })) patchField(field, value, log);
  }
  for (const entry of lateVerbsOf(node)) {
    if (entry.key !== '_array') report(log, entry.place, `${entry.key} is not supported for a register; it was left out.`);
    else for (const array of entriesOf(entry.value)) collectFields(register, array, log);
  }
}

/** `_add` of a field. */
export function addField(register: RawRegister, { key, place, value }: PatchEntry, log: PatchLog): void {
  if (register.fields.some(({ name }) => name === key)) {
    report(log, place, `The field ${key} of ${register.name ?? ''} is there already; it was not added.`);
    return;
  }
  const field = rawField({ line: register.line, derivedFrom: textOf(member(value, 'derivedFrom')) }, register);
  field.name = key;
  register.fields.push(field);
  modifyField(register, field, { node: withoutKeys(value, name => name === 'derivedFrom'), log });
}

/** Takes the named values and the range of writable values off fields; those of derived ones are their base's. */
export function clearFields(fields: readonly RawField[]): void {
  for (const field of fields) if (field.derivedFrom === undefined) Object.assign(field, { blocks: [], writeConstraint: undefined } satisfies Partial<RawField>);
}

/** `_write_constraint: none | enum | [min, max]`. */
export function setWriteConstraint(target: { readonly line: number; writeConstraint: ReturnType<typeof rawWriteConstraint> | undefined }, node: PatchNode): void {
  const constraint = rawWriteConstraint(target.line);
  if (node.kind === 'list') Object.assign(constraint, { minimum: textOf(node.items[0]), maximum: textOf(node.items[1]) });
  else if (textOf(node) === 'enum') constraint.useEnumeratedValues = 'true';
  target.writeConstraint = node.kind === 'text' && node.text === 'none' ? undefined : constraint;
}

function followVerb(register: RawRegister, { key, place, value }: PatchEntry, log: PatchLog): void {
  const what = `field of ${register.name ?? ''}`;
  switch (key) {
    case '_delete':
      for (const { name, place: at } of namesIn(value)) {
        const gone = new Set(matching(register.fields, name, { log, place: at, what }));
        register.fields = register.fields.filter(field => !gone.has(field));
      }
      return;
    case '_strip': case '_strip_end': case '_prefix': case '_suffix': rename(register.fields, key, value); return;
    case '_clear':
      for (const { name, place: at } of namesIn(value)) clearFields(matching(register.fields, name, { log, place: at, what }));
      return;
    case '_modify':
      for (const entry of entriesOf(value)) {
        for (const field of matching(register.fields, entry.key, { log, place: entry.place, what })) modifyField(register, field, { node: entry.value, log });
      }
      return;
    case '_add':
      for (const entry of entriesOf(value)) addField(register, entry, log);
      return;
    case '_derive':
      for (const entry of entriesOf(value)) deriveField(register, entry, log);
      return;
    case '_merge': mergeFields(register, value, log); return;
    case '_split': splitFields(register, value, log); return;
    case '_write_constraint': setWriteConstraint(register, value); return;
    default: report(log, place, `${key} is not supported for a register; it was left out.`);
  }
}

/** What stands under a field's name: a range `[0, 15]`, or named values, also by direction. */
function patchField(field: RawField, node: PatchNode, log: PatchLog): void {
  if (node.kind === 'list') setWriteConstraint(field, node);
  else patchEnumeration(field, node, log);
}

/** `_modify`: properties of a field. A bit range in one notation replaces those in the others. */
function modifyField(register: RawRegister, field: RawField, { node, log }: { readonly node: PatchNode; readonly log: PatchLog }): void {
  const derivedFrom = textOf(member(node, 'derivedFrom'));
  const target = derivedFrom === undefined ? field : derivedInPlace(register, field, derivedFrom);
  if (member(node, 'bitRange') !== undefined || member(node, 'lsb') !== undefined) Object.assign(target, { bitOffset: undefined, bitWidth: undefined, bitRange: undefined, lsb: undefined, msb: undefined } satisfies Partial<RawField>);
  else if (member(node, 'bitOffset') !== undefined || member(node, 'bitWidth') !== undefined) normaliseRange(target);
  setTexts(target, node, { log, known: new Set(['_write_constraint', 'writeConstraint', 'derivedFrom', '_from']) });
  const constraint = member(node, '_write_constraint') ?? member(node, 'writeConstraint');
  if (constraint !== undefined) setWriteConstraint(target, constraint);
}

/** `FIELD: OTHER`, `FIELD: REGISTER.OTHER` or `FIELD: {_from: …, …}`: the field means what the other one means; a new one is added. */
function deriveField(register: RawRegister, { key, place, value }: PatchEntry, log: PatchLog): void {
  const from = textOf(value) ?? textOf(member(value, '_from'));
  if (from === undefined || from === '') {
    report(log, place, `What ${key} of ${register.name ?? ''} derives from is not said; write \`${key}: OTHER\` or \`_from: OTHER\`.`);
    return;
  }
  const known = matching(register.fields, `?~${key.replace(/^\?~/, '')}`, { log, place, what: '' });
  for (const field of known) modifyField(register, derivedInPlace(register, field, from), { node: value, log });
  if (known.length > 0 || key.startsWith('?~')) return;
  const field = rawField({ line: register.line, derivedFrom: from }, register);
  field.name = key;
  register.fields.push(field);
  modifyField(register, field, { node: value, log });
}

/** What a field's `derivedFrom` says cannot be changed afterwards: a field with another one takes its place. */
function derivedInPlace(register: RawRegister, field: RawField, derivedFrom: string): RawField {
  const derived: RawField = { ...field, derivedFrom, modifiedWriteValues: undefined, writeConstraint: undefined, blocks: [] };
  register.fields = register.fields.map(known => known === field ? derived : known);
  return derived;
}
