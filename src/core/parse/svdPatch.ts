import type { Problem } from '../text/problem.ts';
import { copiedPeripheral, copySize } from './svdCopy.ts';
import { addInterrupt, clearRegisters, modifyPeripheral, patchInterrupts, patchRegisters } from './svdPatchPeripheral.ts';
import { entriesOf, lateVerbsOf, matching, mayCopy, member, namesIn, report, setTexts, textOf, verbsOf, withoutKeys, withoutKinds, type PatchLog } from './svdPatchLog.ts';
import { createPatchSources, type PatchSources } from './svdPatchSources.ts';
import { patchTree, type SvdPatch } from './svdPatchTree.ts';
import type { PatchEntry, PatchNode } from './svdPatchYaml.ts';
import { rawCpu, rawPeripheral, type RawDevice, type RawPeripheral } from './svdRaw.ts';

/** Corrects a device as the SVD file describes it, before anything is derived from anything, so that a base's correction reaches what derives from it. Returns what could not be followed. */
export function applySvdPatch(device: RawDevice, patch: SvdPatch): readonly Problem[] {
  const log: PatchLog = { problems: [], copies: 0 };
  const root = patchTree(patch, log);
  const following = { log, sources: createPatchSources(patch) };
  for (const verb of verbsOf(root)) followVerb(device, verb, following);
  for (const entry of entriesOf(root).filter(({ key }) => !key.startsWith('_'))) patchPeripherals(device, entry, log);
  for (const { key, place } of lateVerbsOf(root)) report(log, place, `${key} is not supported for a device; it was left out.`);
  return log.problems;
}

/** A block for peripherals: those that derive from another one have only interrupts of their own. */
function patchPeripherals(device: RawDevice, { key, place, value }: PatchEntry, log: PatchLog): void {
  const found = matching(device.peripherals, key, { log, place, what: 'peripheral' });
  const [derived, own] = [found.filter(takesRegisters), found.filter(peripheral => !takesRegisters(peripheral))];
  for (const peripheral of own) patchRegisters(peripheral, value, log);
  for (const peripheral of derived) patchInterrupts(peripheral, value, log);
  const [first] = derived;
  if (own.length === 0 && first !== undefined && hasRegisterWords(value)) report(log, place, `${key} means only peripherals that derive from another one: ${first.name ?? ''} has the registers of ${first.derivedFrom ?? ''}, so correct them there.`);
}

function takesRegisters({ derivedFrom, children }: RawPeripheral): boolean {
  return derivedFrom !== undefined && children.length === 0;
}

function hasRegisterWords(node: PatchNode): boolean {
  return entriesOf(node).some(({ key, value }) => !key.startsWith('_') || !entriesOf(value).every(entry => entry.key === '_interrupts'));
}

interface Following {
  readonly log: PatchLog;
  readonly sources: PatchSources;
}

function followVerb(device: RawDevice, { key, place, value }: PatchEntry, following: Following): void {
  const { log } = following;
  switch (key) {
    case '_svd': case '_include': return;
    case '_modify': modify(device, value, log); return;
    case '_delete':
      for (const { name, place: at } of namesIn(member(value, '_peripherals') ?? value)) {
        for (const peripheral of matching(device.peripherals, name, { log, place: at, what: 'peripheral' })) device.peripherals.splice(device.peripherals.indexOf(peripheral), 1);
      }
      return;
    case '_add':
      for (const entry of withoutKinds(value, '_peripherals')) addPeripheral(device, entry, log);
      return;
    case '_copy':
      for (const entry of withoutKinds(value, '_peripherals')) copyFrom(device, entry, following);
      return;
    case '_derive':
      for (const entry of withoutKinds(value, '_peripherals')) deriveFrom(device, entry, log);
      return;
    case '_clear_fields':
      for (const { name, place: at } of namesIn(value)) {
        for (const peripheral of matching(device.peripherals, name, { log, place: at, what: 'peripheral' })) if (peripheral.derivedFrom === undefined) clearRegisters(peripheral.children);
      }
      return;
    case '_rebase':
      for (const entry of entriesOf(value)) rebase(device, entry, log);
      return;
    default: report(log, place, `${key} is not supported for a device; it was left out.`);
  }
}

const deviceTexts = new Set(['name', 'vendor', 'vendorID', 'series', 'version', 'description', 'addressUnitBits', 'width', 'size', 'access', 'protection', 'resetValue', 'resetMask', 'headerSystemFilename', 'headerDefinitionsPrefix']);

function modify(device: RawDevice, node: PatchNode, log: PatchLog): void {
  for (const { key, place, value } of entriesOf(node)) {
    if (key === 'cpu') setTexts(device.cpu ??= rawCpu(device.line), value, { log, known: new Set() });
    else if (key === '_peripherals') modify(device, value, log);
    else if (deviceTexts.has(key) && value.kind === 'text') setTexts(device, { kind: 'map', place, entries: [{ key, place, value }] }, { log, known: new Set() });
    else for (const peripheral of matching(device.peripherals, key, { log, place, what: 'peripheral' })) modifyNamed(device, peripheral, { value, log });
  }
}

/** What derives from a renamed peripheral goes on deriving from it. */
function modifyNamed(device: RawDevice, peripheral: RawPeripheral, { value, log }: { readonly value: PatchNode; readonly log: PatchLog }): void {
  const { name } = peripheral;
  const derivedFrom = textOf(member(value, 'derivedFrom'));
  const target: RawPeripheral = derivedFrom === undefined ? peripheral : { ...peripheral, ...ofBase(), derivedFrom };
  device.peripherals.splice(device.peripherals.indexOf(peripheral), 1, target);
  modifyPeripheral(target, value, log);
  if (target.name !== name && name !== undefined) deriveInstead(device, name, target.name);
}

/** What is a base's where a peripheral derives from one. */
function ofBase(): Pick<RawPeripheral, 'children' | 'addressBlocks' | 'size' | 'access' | 'protection' | 'resetValue' | 'resetMask'> {
  return { children: [], addressBlocks: [], size: undefined, access: undefined, protection: undefined, resetValue: undefined, resetMask: undefined };
}

function deriveInstead(device: RawDevice, from: string, to: string | undefined): void {
  for (const [index, other] of device.peripherals.entries()) {
    if (other.derivedFrom === from && other.name !== to) device.peripherals[index] = { ...other, derivedFrom: to };
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

/** `NEW: {from: OLD, …}`: NEW gets registers of its own as OLD has them; one of that name keeps its place and its interrupts. */
function copyFrom(device: RawDevice, { key, place, value }: PatchEntry, { log, sources }: Following): void {
  const from = textOf(value) ?? textOf(member(value, 'from') ?? member(value, '_from')) ?? '';
  const isElsewhere = from.includes(':');
  const source = isElsewhere ? sources.peripheral(from, place.file, device) : device.peripherals.find(({ name }) => name === from) ?? `${from} is no peripheral of this file`;
  if (typeof source === 'string') {
    report(log, place, `${source}; ${key} was not copied.`);
    return;
  }
  if (!mayCopy(log, place, copySize(source))) return;
  const known = device.peripherals.find(({ name }) => name === key);
  const copy = Object.assign(copiedPeripheral(source), { name: key, interrupts: known?.interrupts ?? (isElsewhere ? source.interrupts : []), baseAddress: known?.baseAddress ?? source.baseAddress });
  modifyPeripheral(copy, withoutKeys(value, name => name === 'from' || name === '_from'), log);
  if (known === undefined) device.peripherals.push(copy);
  else device.peripherals.splice(device.peripherals.indexOf(known), 1, copy);
}

/** `NEW: OLD`, or `NEW: {_from: OLD, …}`: NEW has the registers of OLD, and so has what derived from NEW. */
function deriveFrom(device: RawDevice, { key, place, value }: PatchEntry, log: PatchLog): void {
  const from = textOf(value) ?? textOf(member(value, '_from') ?? member(value, 'from')) ?? '';
  if (!device.peripherals.some(({ name }) => name === from && name !== key)) {
    report(log, place, `${from} is no peripheral of this file; nothing was derived.`);
    return;
  }
  const known = device.peripherals.find(({ name }) => name === key);
  const derived: RawPeripheral = { ...known ?? rawPeripheral({ line: device.line, derivedFrom: undefined }, device), name: key, derivedFrom: from, ...ofBase() };
  modifyPeripheral(derived, withoutKeys(value, name => name === 'from' || name === '_from'), log);
  if (known === undefined) device.peripherals.push(derived);
  else device.peripherals.splice(device.peripherals.indexOf(known), 1, derived);
  deriveInstead(device, key, from);
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
