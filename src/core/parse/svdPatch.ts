import type { Problem } from '../text/problem.ts';
import { addInterrupt, modifyPeripheral, patchRegisters } from './svdPatchPeripheral.ts';
import { entriesOf, matching, member, namesIn, report, setTexts, textOf, verbsOf, type PatchLog } from './svdPatchLog.ts';
import { readPatchYaml, type PatchEntry, type PatchMap, type PatchNode } from './svdPatchYaml.ts';
import { rawPeripheral, type RawDevice, type RawPeripheral } from './svdRaw.ts';

/** A patch file in the YAML of svdtools (https://github.com/rust-embedded/svdtools), with those that it includes. */
export interface SvdPatch {
  readonly file: string;
  readonly text: string;
  /** By the path written after `_include`, as this file writes it. */
  readonly includes: ReadonlyMap<string, SvdPatch>;
}

/** Corrects a device as the SVD file describes it, before anything is derived from anything, so that a base's correction reaches what derives from it. Returns what could not be followed. */
export function applySvdPatch(device: RawDevice, patch: SvdPatch): readonly Problem[] {
  const log: PatchLog = { problems: [] };
  const root = unfolded(patch, log, []);
  for (const verb of verbsOf(root)) followVerb(device, verb, log);
  for (const { key, place, value } of entriesOf(root).filter(entry => !entry.key.startsWith('_'))) {
    for (const peripheral of matching(device.peripherals, key, { log, place, what: 'peripheral' })) patchRegisters(peripheral, value, log);
  }
  return log.problems;
}

/** The paths that a patch's text includes, as written. */
export function includedPaths(patch: Pick<SvdPatch, 'file' | 'text'>): string[] {
  const collect = (node: PatchNode): string[] => {
    if (node.kind === 'list') return node.items.flatMap(collect);
    return node.kind === 'map' ? node.entries.flatMap(({ key, value }) => key === '_include' ? namesIn(value).map(({ name }) => name) : collect(value)) : [];
  };
  const { root } = readPatchYaml(patch.text, patch.file);
  return root === undefined ? [] : [...new Set(collect(root))];
}

/** The SVD file that the patch says it is for: a chip's patch must not correct another chip. */
export function patchTarget(patch: Pick<SvdPatch, 'file' | 'text'>): string | undefined {
  return textOf(member(readPatchYaml(patch.text, patch.file).root, '_svd'));
}

/** The patch's tree with what it includes in place. */
function unfolded(patch: SvdPatch, log: PatchLog, path: readonly string[]): PatchMap {
  const { root, problems } = readPatchYaml(patch.text, patch.file);
  log.problems.push(...problems);
  const place = { file: patch.file, line: 1 };
  if (root?.kind === 'map') return withIncluded(root, { patch, log, path: [...path, patch.file] });
  if (root !== undefined && (root.kind === 'list' || root.text !== '')) report(log, place, `${patch.file} holds no map of peripherals; it is not applied.`);
  return { kind: 'map', place, entries: [] };
}

function withIncluded(node: PatchMap, context: { readonly patch: SvdPatch; readonly log: PatchLog; readonly path: readonly string[] }): PatchMap {
  const { patch, log, path } = context;
  const own: PatchMap = { ...node, entries: node.entries.filter(({ key }) => key !== '_include').map(entry => entry.value.kind === 'map' ? { ...entry, value: withIncluded(entry.value, context) } : entry) };
  const includes = node.entries.filter(({ key }) => key === '_include').flatMap(({ value }) => namesIn(value)).flatMap(({ name, place }) => {
    const other = patch.includes.get(name);
    if (other !== undefined && !path.includes(other.file)) return [unfolded(other, log, path)];
    report(log, place, `${name} ${other === undefined ? 'was not found' : 'includes itself'}; what it would correct stays as it is.`);
    return [];
  });
  return includes.reduce(merged, own);
}

/** Both trees in one, as svdtools does it: the including file's own words win. */
function merged(own: PatchMap, included: PatchMap): PatchMap {
  const entries = own.entries.map(entry => {
    const other = included.entries.find(({ key }) => key === entry.key)?.value;
    if (entry.value.kind === 'map' && other?.kind === 'map') return { ...entry, value: merged(entry.value, other) };
    return entry.value.kind === 'list' && other?.kind === 'list' ? { ...entry, value: { ...entry.value, items: [...entry.value.items, ...other.items] } } : entry;
  });
  const keys = new Set(own.entries.map(({ key }) => key));
  return { ...own, entries: [...entries, ...included.entries.filter(({ key }) => !keys.has(key))] };
}

function followVerb(device: RawDevice, { key, place, value }: PatchEntry, log: PatchLog): void {
  switch (key) {
    case '_svd': case '_include': return;
    case '_modify': modify(device, value, log); return;
    case '_delete':
      for (const { name, place: at } of namesIn(member(value, '_peripherals') ?? value)) {
        for (const peripheral of matching(device.peripherals, name, { log, place: at, what: 'peripheral' })) device.peripherals.splice(device.peripherals.indexOf(peripheral), 1);
      }
      return;
    case '_add':
      for (const entry of entriesOf(value)) addPeripheral(device, entry, log);
      return;
    case '_copy': case '_derive':
      for (const entry of entriesOf(value)) deriveFrom(device, entry, { log, isCopy: key === '_copy' });
      return;
    case '_rebase':
      for (const entry of entriesOf(value)) rebase(device, entry, log);
      return;
    default: report(log, place, `${key} is not supported for a device; it was left out.`);
  }
}

const deviceTexts = new Set(['name', 'vendor', 'vendorID', 'series', 'version', 'description', 'addressUnitBits', 'width', 'size', 'access', 'protection', 'resetValue', 'resetMask']);

function modify(device: RawDevice, node: PatchNode, log: PatchLog): void {
  for (const { key, place, value } of entriesOf(node)) {
    if (key === 'cpu') setTexts(device.cpu ?? {}, value, { log, known: new Set() });
    else if (key === '_peripherals') modify(device, value, log);
    else if (deviceTexts.has(key) && value.kind === 'text') setTexts(device, { kind: 'map', place, entries: [{ key, place, value }] }, { log, known: new Set() });
    else for (const peripheral of matching(device.peripherals, key, { log, place, what: 'peripheral' })) modifyNamed(device, peripheral, { value, log });
  }
}

/** What derives from a renamed peripheral goes on deriving from it. */
function modifyNamed(device: RawDevice, peripheral: RawPeripheral, { value, log }: { readonly value: PatchNode; readonly log: PatchLog }): void {
  const { name } = peripheral;
  modifyPeripheral(peripheral, value, log);
  if (peripheral.name === name || name === undefined) return;
  for (const [index, other] of device.peripherals.entries()) {
    if (other.derivedFrom === name) device.peripherals[index] = { ...other, derivedFrom: peripheral.name };
  }
}

function addPeripheral(device: RawDevice, { key, place, value }: PatchEntry, log: PatchLog): void {
  if (device.peripherals.some(({ name }) => name === key)) {
    report(log, place, `The peripheral ${key} is there already; it was not added.`);
    return;
  }
  const peripheral = rawPeripheral({ line: device.line, derivedFrom: textOf(member(value, 'derivedFrom')) }, device);
  peripheral.name = key;
  modifyPeripheral(peripheral, value, log);
  for (const entry of entriesOf(member(value, '_interrupts'))) addInterrupt(peripheral, entry, log);
  device.peripherals.push(peripheral);
}

/** `NEW: OLD`, or `NEW: {from: OLD, baseAddress: …}`: NEW has the registers of OLD; a copy may be new altogether. */
function deriveFrom(device: RawDevice, { key, place, value }: PatchEntry, { log, isCopy }: { readonly log: PatchLog; readonly isCopy: boolean }): void {
  const from = (textOf(value) ?? textOf(member(value, 'from')) ?? textOf(member(value, '_from')) ?? '').replace(/^.*:/, '');
  const known = device.peripherals.find(({ name }) => name === key);
  if (!device.peripherals.some(({ name }) => name === from && name !== key) || (known === undefined && !isCopy)) {
    report(log, place, `${known === undefined && !isCopy ? key : from} is no peripheral of this file; nothing was derived.`);
    return;
  }
  const derived: RawPeripheral = { ...known ?? rawPeripheral({ line: device.line, derivedFrom: undefined }, device), name: key, derivedFrom: from, children: [] };
  modifyPeripheral(derived, { kind: 'map', place, entries: entriesOf(value).filter(entry => entry.key !== 'from' && entry.key !== '_from') }, log);
  if (known === undefined) device.peripherals.push(derived);
  else device.peripherals.splice(device.peripherals.indexOf(known), 1, derived);
}

/** `NEW: OLD`: NEW becomes the base that holds the registers, and OLD and all that derived from it derive from NEW. */
function rebase(device: RawDevice, { key, place, value }: PatchEntry, log: PatchLog): void {
  const oldName = textOf(value) ?? '';
  const before = device.peripherals.find(({ name }) => name === oldName);
  const after = device.peripherals.find(({ name }) => name === key);
  if (before === undefined || after === undefined || before === after) {
    report(log, place, `${before === undefined ? oldName : key} is no peripheral that could be the base; nothing was changed.`);
    return;
  }
  const { addressBlocks } = before;
  const replaced = device.peripherals.map((peripheral): RawPeripheral => {
    if (peripheral === after) return { ...before, name: after.name, baseAddress: after.baseAddress, interrupts: after.interrupts, derivedFrom: undefined, description: after.description ?? before.description };
    if (peripheral === before) return { ...before, derivedFrom: key, children: [], addressBlocks };
    return peripheral.derivedFrom === oldName ? { ...peripheral, derivedFrom: key } : peripheral;
  });
  device.peripherals.splice(0, device.peripherals.length, ...replaced);
}
