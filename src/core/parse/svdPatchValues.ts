import { entriesOf, member, report, textOf, type PatchLog } from './svdPatchLog.ts';
import { parseSvdInteger } from './svdNumbers.ts';
import type { PatchEntry, PatchNode } from './svdPatchYaml.ts';
import { rawEnumeratedValue, rawEnumeration, type RawEnumeration, type RawField } from './svdRaw.ts';

interface Effect {
  readonly usage: Direction;
  readonly modifiedWriteValues?: string;
  readonly readAction?: string;
}

/** Shorthands for what writing or reading does, in CMSIS-SVD's words; values under them hold for that direction. */
const effects: Readonly<Record<string, Effect>> = {
  _read: { usage: 'read' }, _write: { usage: 'write' },
  _W1C: { usage: 'write', modifiedWriteValues: 'oneToClear' }, _W1S: { usage: 'write', modifiedWriteValues: 'oneToSet' }, _W1T: { usage: 'write', modifiedWriteValues: 'oneToToggle' },
  _W0C: { usage: 'write', modifiedWriteValues: 'zeroToClear' }, _W0S: { usage: 'write', modifiedWriteValues: 'zeroToSet' }, _W0T: { usage: 'write', modifiedWriteValues: 'zeroToToggle' },
  _WC: { usage: 'write', modifiedWriteValues: 'clear' }, _WS: { usage: 'write', modifiedWriteValues: 'set' }, _WM: { usage: 'write', modifiedWriteValues: 'modify' },
  _RC: { usage: 'read', readAction: 'clear' }, _RS: { usage: 'read', readAction: 'set' }, _RM: { usage: 'read', readAction: 'modify' }, _RME: { usage: 'read', readAction: 'modifyExternal' },
};

/** Named values for a field: `Name: [1, "what it means"]`, `_read` and `_write` blocks, `_replace_enum`, a reference. */
export function patchEnumeration(field: RawField, node: PatchNode, log: PatchLog): void {
  if (node.kind === 'text') {
    if (node.text !== '') refer(field, node.text);
    return;
  }
  const plain: PatchEntry[] = [];
  for (const entry of entriesOf(node)) {
    const { key, place, value } = entry;
    const effect = effects[key];
    if (effect !== undefined) followEffect(field, value, { effect, log });
    else if (key === '_replace_enum') setValues(field, value, { usage: undefined, log });
    else if (key === '_derivedFrom' || key === 'derivedFrom') refer(field, textOf(value) ?? '');
    else if (key === '_name') plain.push(entry);
    else if (key === '_usage') continue;
    else if (key === '_delete') field.blocks = [];
    else if (key.startsWith('_')) report(log, place, `${key} is not supported for a field; it was left out.`);
    else plain.push(entry);
  }
  if (plain.some(({ key }) => !key.startsWith('_'))) setValues(field, { kind: 'map', place: node.place, entries: plain }, { usage: undefined, log });
}

function followEffect(field: RawField, value: PatchNode, { effect, log }: { readonly effect: Effect; readonly log: PatchLog }): void {
  const { usage, modifiedWriteValues, readAction } = effect;
  if (modifiedWriteValues !== undefined) field.modifiedWriteValues = modifiedWriteValues;
  if (readAction !== undefined) field.readAction = readAction;
  if (entriesOf(value).length > 0) setValues(field, value, { usage, log });
}

/** Takes the place of the block for the same direction; what held for both directions goes on holding for the other one, where the field has it. */
function setValues(field: RawField, node: PatchNode, { usage, log }: { readonly usage: Direction | undefined; readonly log: PatchLog }): void {
  const block = rawEnumeration({ line: field.line, derivedFrom: textOf(member(node, '_derivedFrom')) }, field);
  const suffix = usage === undefined ? '' : usage === 'read' ? 'R' : 'W';
  block.usage = usage;
  block.name = textOf(member(node, '_name')) ?? (suffix === '' || field.name === undefined ? undefined : field.name + suffix);
  for (const { key, place, value } of entriesOf(node)) {
    if (key.startsWith('_')) continue;
    const [number, description] = value.kind === 'list' ? value.items.map(textOf) : [textOf(value)];
    if (number === undefined || number === '') {
      report(log, place, `The value ${key} of ${field.name ?? ''} has no number; write \`${key}: [1, "what it means"]\`.`);
      continue;
    }
    const entry = rawEnumeratedValue(field.line);
    Object.assign(entry, number === '-1' ? { name: key, description, isDefault: 'true' } : { name: key, description, value: number.replaceAll('_', '') });
    block.values.push(entry);
  }
  // Whatever the order in which a patch names them, and the rest last.
  block.values.sort((left, right) => Number(left.isDefault === 'true') - Number(right.isDefault === 'true') || Number((parseSvdInteger(left.value ?? '') ?? 0n) - (parseSvdInteger(right.value ?? '') ?? 0n)));
  const others = usage === undefined ? [] : field.blocks.flatMap(known => otherDirection(field, known, usage));
  field.blocks = usage === 'read' ? [block, ...others] : [...others, block];
}

type Direction = 'read' | 'write';

function otherDirection({ access }: RawField, known: RawEnumeration, usage: Direction): RawEnumeration[] {
  if (known.usage === usage) return [];
  if (known.usage !== undefined && known.usage !== 'read-write') return [known];
  const isOneWay = access === 'read-only' || access === 'write-only' || access === 'writeOnce';
  return isOneWay ? [] : [{ ...known, usage: usage === 'read' ? 'write' : 'read' }];
}

function refer(field: RawField, path: string): void {
  field.blocks = [rawEnumeration({ line: field.line, derivedFrom: path }, field)];
}
