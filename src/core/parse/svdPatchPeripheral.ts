import { addField, patchRegister, strip } from './svdPatchFields.ts';
import { entriesOf, matching, member, namesIn, report, setTexts, textOf, verbsOf, type PatchLog } from './svdPatchLog.ts';
import type { PatchEntry, PatchNode } from './svdPatchYaml.ts';
import { rawAddressBlock, rawCluster, rawInterrupt, rawRegister, type RawCluster, type RawPeripheral, type RawRegister, type RawRegisterNode } from './svdRaw.ts';

/** Follows a patch's block for a peripheral or a cluster: its verbs, then what it says of single registers and clusters. */
export function patchRegisters(holder: RawPeripheral | RawCluster, node: PatchNode, log: PatchLog): void {
  for (const verb of verbsOf(node)) if (verb.key !== '_include') followVerb(holder, verb, log);
  for (const { key, place, value } of entriesOf(node).filter(entry => !entry.key.startsWith('_'))) {
    for (const register of matching(registersOf(holder), key, { log, place, what: `register of ${holder.name ?? ''}` })) patchRegister(register, value, log);
  }
}

function followVerb(holder: RawPeripheral | RawCluster, { key, place, value }: PatchEntry, log: PatchLog): void {
  switch (key) {
    case '_delete': deleteFrom(holder, value, log); return;
    case '_modify': modifyIn(holder, value, log); return;
    case '_add':
      for (const entry of entriesOf(value)) addTo(holder, entry, log);
      return;
    case '_strip': case '_strip_end':
      for (const { name } of namesIn(value)) strip(holder.children, name, { atEnd: key === '_strip_end' });
      return;
    case '_clusters':
      for (const { key: pattern, place: at, value: block } of entriesOf(value)) {
        for (const cluster of matching(clustersOf(holder), pattern, { log, place: at, what: `cluster of ${holder.name ?? ''}` })) patchRegisters(cluster, block, log);
      }
      return;
    default: report(log, place, `${key} is not supported for a peripheral; it was left out.`);
  }
}

function deleteFrom(holder: RawPeripheral | RawCluster, node: PatchNode, log: PatchLog): void {
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

function modifyIn(holder: RawPeripheral | RawCluster, node: PatchNode, log: PatchLog): void {
  for (const { key, place, value } of entriesOf(node)) {
    if (key === '_interrupts' && holder.kind === 'peripheral') {
      for (const entry of entriesOf(value)) for (const interrupt of matching(holder.interrupts, entry.key, { log, place: entry.place, what: `interrupt of ${holder.name ?? ''}` })) setTexts(interrupt, entry.value, { log, known: new Set() });
    } else if (key === '_registers' || key === '_clusters') {
      modifyIn(holder, value, log);
    } else {
      for (const child of matching(holder.children, key, { log, place, what: `register of ${holder.name ?? ''}` })) modifyChild(holder, child, value, log);
    }
  }
}

function modifyChild(holder: RawPeripheral | RawCluster, child: RawRegisterNode, node: PatchNode, log: PatchLog): void {
  const from = textOf(member(node, '_from') ?? member(node, 'derivedFrom'));
  const target = from === undefined ? child : derivedCopy(holder, child, from);
  setTexts(target, node, { log, known: new Set(['_write_constraint', '_from', 'derivedFrom']) });
  const constraint = member(node, '_write_constraint');
  if (constraint !== undefined && target.kind === 'register') patchRegister(target, { kind: 'map', place: node.place, entries: [{ key: '_write_constraint', place: constraint.place, value: constraint }] }, log);
}

/** What a register's `derivedFrom` says cannot be changed afterwards: a node with another one takes its place. */
function derivedCopy(holder: RawPeripheral | RawCluster, child: RawRegisterNode, derivedFrom: string): RawRegisterNode {
  const copy: RawRegisterNode = child.kind === 'register' ? { ...child, derivedFrom, fields: [] } : { ...child, derivedFrom, children: [] };
  holder.children = holder.children.map(known => known === child ? copy : known);
  return copy;
}

/** `_add`: a register, a cluster (it has `registers`), or interrupts. */
function addTo(holder: RawPeripheral | RawCluster, entry: PatchEntry, log: PatchLog): void {
  const { key, place, value } = entry;
  if (key === '_interrupts') {
    if (holder.kind === 'peripheral') for (const interrupt of entriesOf(value)) addInterrupt(holder, interrupt, log);
    return;
  }
  if (key === '_registers') {
    for (const register of entriesOf(value)) addTo(holder, register, log);
    return;
  }
  if (holder.children.some(({ name }) => name === key)) {
    report(log, place, `The register ${key} of ${holder.name ?? ''} is there already; it was not added.`);
    return;
  }
  holder.children.push(member(value, 'registers') === undefined ? newRegister(holder, entry, log) : newCluster(holder, entry, log));
}

function newRegister(holder: RawPeripheral | RawCluster, { key, value }: PatchEntry, log: PatchLog): RawRegister {
  const register = rawRegister({ line: holder.line, derivedFrom: textOf(member(value, 'derivedFrom')) }, holder);
  register.name = key;
  setTexts(register, value, { log, known: new Set(['fields', 'derivedFrom', '_write_constraint']) });
  for (const field of entriesOf(member(value, 'fields'))) addField(register, field, log);
  return register;
}

function newCluster(holder: RawPeripheral | RawCluster, { key, value }: PatchEntry, log: PatchLog): RawCluster {
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
    peripheral.addressBlocks = blocks.map(block => {
      const addressBlock = rawAddressBlock(peripheral.line);
      setTexts(addressBlock, block, { log, known: new Set() });
      return addressBlock;
    });
  }
  for (const entry of entriesOf(member(node, 'registers'))) addTo(peripheral, entry, log);
  for (const entry of entriesOf(member(node, 'interrupts'))) addInterrupt(peripheral, entry, log);
}

function itemsOf(node: PatchNode | undefined): readonly PatchNode[] {
  return node?.kind === 'list' ? node.items : [];
}

function registersOf({ children }: RawPeripheral | RawCluster): RawRegister[] {
  return children.filter(child => child.kind === 'register');
}

function clustersOf({ children }: RawPeripheral | RawCluster): RawCluster[] {
  return children.filter(child => child.kind === 'cluster');
}
