import { copiedNode, copySize } from './svdCopy.ts';
import { collectCluster, collectRegisters } from './svdPatchCollect.ts';
import { expandArrays, expandClusters } from './svdPatchExpand.ts';
import { addField, clearFields, patchRegister, setWriteConstraint } from './svdPatchFields.ts';
import { entriesOf, lateVerbsOf, matching, mayCopy, member, namesIn, report, setTexts, textOf, verbsOf, withoutKeys, withoutKinds, type PatchLog } from './svdPatchLog.ts';
import { isOptional, matchesPattern } from './svdPatchMatch.ts';
import { rename } from './svdPatchNames.ts';
import type { PatchEntry, PatchNode } from './svdPatchYaml.ts';
import { rawAddressBlock, rawCluster, rawInterrupt, rawRegister, type RawCluster, type RawPeripheral, type RawRegister, type RawRegisterNode } from './svdRaw.ts';

type Holder = RawPeripheral | RawCluster;

/** Follows a patch's block for a peripheral or a cluster: its verbs, then what it says of single registers and clusters, then what is collected or unfolded. */
export function patchRegisters(holder: Holder, node: PatchNode, log: PatchLog): void {
  for (const verb of verbsOf(node)) followVerb(holder, verb, log);
  for (const { key, place, value } of entriesOf(node).filter(entry => !entry.key.startsWith('_'))) {
    for (const child of matchingChildren(holder, key, { log, place })) {
      if (child.kind === 'register') patchRegister(child, value, log);
      else patchRegisters(child, value, log);
    }
  }
  for (const verb of lateVerbsOf(node)) followLateVerb(holder, verb, log);
}

/** What a block for a derived peripheral can change: its interrupts. Its registers are its base's. */
export function patchInterrupts(peripheral: RawPeripheral, node: PatchNode, log: PatchLog): void {
  for (const verb of verbsOf(node)) {
    const interrupts = entriesOf(verb.value).filter(({ key }) => key === '_interrupts');
    if (interrupts.length > 0) followVerb(peripheral, { ...verb, value: { kind: 'map', place: verb.place, entries: interrupts } }, log);
  }
}

/** Takes the named values off all fields. */
export function clearRegisters(registers: readonly RawRegisterNode[]): void {
  for (const node of registers) {
    if (node.kind === 'cluster') clearRegisters(node.children);
    else if (node.derivedFrom === undefined) clearFields(node.fields);
  }
}

function followVerb(holder: Holder, { key, place, value }: PatchEntry, log: PatchLog): void {
  switch (key) {
    case '_delete': deleteFrom(holder, value, log); return;
    case '_copy':
      for (const entry of withoutKinds(value, '_registers', '_clusters')) copyChild(holder, entry, log);
      return;
    case '_strip': case '_strip_end': case '_prefix': case '_suffix': rename(holder.children, key, value); return;
    case '_modify': modifyIn(holder, value, log); return;
    case '_clear_fields':
      for (const { name, place: at } of namesIn(value)) clearRegisters(matching(allRegisters(holder), name, { log, place: at, what: `register of ${holder.name ?? ''}` }));
      return;
    case '_add':
      for (const entry of entriesOf(value)) addTo(holder, entry, log);
      return;
    case '_derive':
      for (const entry of withoutKinds(value, '_registers', '_clusters')) deriveChild(holder, entry, log);
      return;
    default: report(log, place, `${key} is not supported for a ${holder.kind}; it was left out.`);
  }
}

function followLateVerb(holder: Holder, { key, value }: PatchEntry, log: PatchLog): void {
  switch (key) {
    case '_expand_array': expandArrays(holder, value, log); return;
    case '_array':
      for (const entry of entriesOf(value)) collectRegisters(holder, entry, log);
      return;
    case '_cluster':
      for (const entry of entriesOf(value)) {
        const cluster = collectCluster(holder, entry, log);
        if (cluster !== undefined) patchRegisters(cluster, withoutKeys(entry.value, name => !name.startsWith('_')), log);
      }
      return;
    case '_clusters':
      for (const { key: pattern, place, value: block } of entriesOf(value)) {
        for (const cluster of matching(clustersOf(holder), pattern, { log, place, what: `cluster of ${holder.name ?? ''}` })) patchRegisters(cluster, block, log);
      }
      return;
    case '_expand_cluster': expandClusters(holder, value, log); return;
  }
}

/** A pattern means registers; where no register has such a name, clusters. */
function matchingChildren(holder: Holder, pattern: string, { log, place }: { readonly log: PatchLog; readonly place: PatchEntry['place'] }): RawRegisterNode[] {
  const registers = registersOf(holder).filter(({ name }) => name !== undefined && matchesPattern(pattern, name));
  return registers.length > 0 ? registers : matching(clustersOf(holder), pattern, { log, place, what: `register of ${holder.name ?? ''}` });
}

function deleteFrom(holder: Holder, node: PatchNode, log: PatchLog): void {
  for (const { name, place } of namesIn(node)) {
    const block = node.kind === 'map' ? member(node, name) : undefined;
    if (name === '_interrupts' && block !== undefined && holder.kind === 'peripheral') {
      const gone = new Set(namesIn(block).flatMap(wanted => matching(holder.interrupts, wanted.name, { log, place: wanted.place, what: `interrupt of ${holder.name ?? ''}` })));
      holder.interrupts = holder.interrupts.filter(interrupt => !gone.has(interrupt));
      continue;
    }
    const wanted = (name === '_registers' || name === '_clusters') && block !== undefined ? namesIn(block) : [{ name, place }];
    const gone = new Set<RawRegisterNode>(wanted.flatMap(one => matching(holder.children, one.name, { log, place: one.place, what: `register of ${holder.name ?? ''}` })));
    holder.children = holder.children.filter(child => !gone.has(child));
  }
}

function modifyIn(holder: Holder, node: PatchNode, log: PatchLog): void {
  for (const { key, place, value } of entriesOf(node)) {
    if (key === '_interrupts' && holder.kind === 'peripheral') {
      for (const entry of entriesOf(value)) for (const interrupt of matching(holder.interrupts, entry.key, { log, place: entry.place, what: `interrupt of ${holder.name ?? ''}` })) setTexts(interrupt, entry.value, { log, known: new Set() });
    } else if (key === '_registers' || key === '_clusters') {
      modifyIn(holder, value, log);
    } else {
      for (const child of matchingChildren(holder, key, { log, place })) modifyChild(holder, child, value, log);
    }
  }
}

function modifyChild(holder: Holder, child: RawRegisterNode, node: PatchNode, log: PatchLog): void {
  const from = textOf(member(node, '_from') ?? member(node, 'derivedFrom'));
  const target = from === undefined ? child : derivedInPlace(holder, child, from);
  setTexts(target, node, { log, known: new Set(['_write_constraint', 'writeConstraint', '_from', 'derivedFrom', 'fields', 'registers']) });
  if (target.kind === 'cluster') {
    for (const entry of entriesOf(member(node, 'registers'))) addTo(target, entry, log);
    return;
  }
  const constraint = member(node, '_write_constraint') ?? member(node, 'writeConstraint');
  if (constraint !== undefined) setWriteConstraint(target, constraint);
  const fields = member(node, 'fields');
  if (fields !== undefined) target.fields = [];
  for (const field of entriesOf(fields)) addField(target, field, log);
}

/** `REGISTER: OTHER` or `REGISTER: {_from: OTHER, …}`: the register is as the other one, and so is what derived from it; a new one is added. */
function deriveChild(holder: Holder, { key, place, value }: PatchEntry, log: PatchLog): void {
  const from = textOf(value) ?? textOf(member(value, '_from')) ?? '';
  if (from === '' || (!from.includes('.') && !holder.children.some(({ name }) => name === from))) {
    report(log, place, `${from === '' ? 'What it derives from' : from} is no register of ${holder.name ?? ''}; ${key} was not derived.`);
    return;
  }
  const known = holder.children.filter(({ name }) => name !== undefined && matchesPattern(key, name));
  for (const child of known) modifyChild(holder, derivedInPlace(holder, child, from), value, log);
  for (const { name } of known) for (const other of holder.children.filter(child => child.derivedFrom === name && child.name !== from)) derivedInPlace(holder, other, from);
  if (known.length === 0 && !isOptional(key)) {
    const register = newRegister(holder, { key, place, value: withoutKeys(value, name => name === '_from') }, log);
    holder.children.push({ ...register, derivedFrom: from });
  }
}

/** `NEW: {_from: OLD, …}`: a register or cluster of its own; one of that name keeps its place. */
function copyChild(holder: Holder, { key, place, value }: PatchEntry, log: PatchLog): void {
  const from = textOf(value) ?? textOf(member(value, '_from') ?? member(value, 'from')) ?? '';
  const source = holder.children.find(({ name }) => name === from);
  if (source === undefined) {
    report(log, place, `${from === '' ? 'What it copies' : from} is no register of ${holder.name ?? ''}; ${key} was not copied.`);
    return;
  }
  if (!mayCopy(log, place, copySize(source))) return;
  const copy = copiedNode(source, holder);
  const known = holder.children.find(({ name }) => name === key);
  copy.name = key;
  if (copy.kind === 'register') copy.displayName = undefined;
  modifyChild(holder, copy, withoutKeys(value, name => name === '_from' || name === 'from'), log);
  if (known === undefined) holder.children.push(copy);
  else holder.children.splice(holder.children.indexOf(known), 1, Object.assign(copy, { addressOffset: known.addressOffset }));
}

/** What a register's `derivedFrom` says cannot be changed afterwards: a node with another one takes its place. */
function derivedInPlace(holder: Holder, child: RawRegisterNode, derivedFrom: string): RawRegisterNode {
  const bare = { ...noProperties, derivedFrom };
  const derived: RawRegisterNode = child.kind === 'register' ? { ...child, ...bare, dataType: undefined, modifiedWriteValues: undefined, writeConstraint: undefined, fields: [] } : { ...child, ...bare, children: [] };
  holder.children = holder.children.map(known => known === child ? derived : known);
  return derived;
}

const noProperties = { size: undefined, access: undefined, protection: undefined, resetValue: undefined, resetMask: undefined };

/** `_add`: a register, a cluster (it has `registers`), or interrupts. */
function addTo(holder: Holder, entry: PatchEntry, log: PatchLog): void {
  const { key, place, value } = entry;
  if (key === '_interrupts') {
    if (holder.kind === 'peripheral') for (const interrupt of entriesOf(value)) addInterrupt(holder, interrupt, log);
    return;
  }
  if (key === '_registers' || key === '_clusters') {
    for (const register of entriesOf(value)) addTo(holder, register, log);
    return;
  }
  if (holder.children.some(({ name }) => name === key)) {
    report(log, place, `The register ${key} of ${holder.name ?? ''} is there already; it was not added.`);
    return;
  }
  holder.children.push(member(value, 'registers') === undefined ? newRegister(holder, entry, log) : newCluster(holder, entry, log));
}

function newRegister(holder: Holder, { key, value }: PatchEntry, log: PatchLog): RawRegister {
  const register = rawRegister({ line: holder.line, derivedFrom: textOf(member(value, 'derivedFrom')) }, holder);
  register.name = key;
  setTexts(register, value, { log, known: new Set(['fields', 'derivedFrom', '_write_constraint']) });
  for (const field of entriesOf(member(value, 'fields'))) addField(register, field, log);
  return register;
}

function newCluster(holder: Holder, { key, value }: PatchEntry, log: PatchLog): RawCluster {
  const cluster = rawCluster({ line: holder.line, derivedFrom: textOf(member(value, 'derivedFrom')) }, holder);
  cluster.name = key;
  setTexts(cluster, value, { log, known: new Set(['registers', 'derivedFrom']) });
  for (const register of entriesOf(member(value, 'registers'))) addTo(cluster, register, log);
  return cluster;
}

/** Adds an interrupt; also for whole new peripherals. */
export function addInterrupt(peripheral: RawPeripheral, { key, value }: PatchEntry, log: PatchLog): void {
  const interrupt = rawInterrupt(peripheral.line);
  interrupt.name = key;
  setTexts(interrupt, value, { log, known: new Set() });
  peripheral.interrupts.push(interrupt);
}

/** Sets a peripheral's properties, among them its address blocks; `registers` and `interrupts` add to what is there. */
export function modifyPeripheral(peripheral: RawPeripheral, node: PatchNode, log: PatchLog): void {
  setTexts(peripheral, node, { log, known: new Set(['addressBlock', 'addressBlocks', 'registers', 'interrupts', '_interrupts', 'derivedFrom', '_from']) });
  const blocks = [member(node, 'addressBlock'), ...itemsOf(member(node, 'addressBlocks'))].filter(block => block !== undefined);
  if (blocks.length > 0) {
    const [only, ...others] = peripheral.addressBlocks;
    const isCorrection = member(node, 'addressBlocks') === undefined && others.length === 0 && only !== undefined;
    peripheral.addressBlocks = blocks.map(block => {
      const addressBlock = isCorrection ? { ...only } : rawAddressBlock(peripheral.line);
      setTexts(addressBlock, block, { log, known: new Set() });
      return addressBlock;
    });
  }
  for (const entry of entriesOf(member(node, 'registers'))) addTo(peripheral, entry, log);
  for (const entry of entriesOf(member(node, 'interrupts'))) {
    const known = peripheral.interrupts.find(({ name }) => name === entry.key);
    if (known === undefined) addInterrupt(peripheral, entry, log);
    else setTexts(known, entry.value, { log, known: new Set() });
  }
}

function itemsOf(node: PatchNode | undefined): readonly PatchNode[] {
  return node?.kind === 'list' ? node.items : [];
}

function allRegisters({ children }: Holder): RawRegister[] {
  return children.flatMap(child => child.kind === 'register' ? [child] : allRegisters(child));
}

function registersOf({ children }: Holder): RawRegister[] {
  return children.filter(child => child.kind === 'register');
}

function clustersOf({ children }: Holder): RawCluster[] {
  return children.filter(child => child.kind === 'cluster');
}
