import { mostNodes, svdLimitRemedy } from './svdBudget.ts';
import { createSvdNames, type NamedNode, type SvdNames } from './svdNames.ts';
import { quoted, type SvdProblemLog } from './svdProblems.ts';
import type { RawCluster, RawDevice, RawDimension, RawEnumeration, RawField, RawPeripheral, RawProperties, RawRegister } from './svdRaw.ts';

/** Applies derivedFrom: each function gives the node with what it takes over from its base, or the node itself. */
export interface SvdDeriver {
  peripheral(raw: RawPeripheral): RawPeripheral;
  cluster(raw: RawCluster): RawCluster;
  register(raw: RawRegister): RawRegister;
  field(raw: RawField): RawField;
  enumeration(raw: RawEnumeration): RawEnumeration;
}

/** Prepares derivedFrom for `device`. Unknown bases and cycles become problems, and the node stays as written. */
export function createSvdDeriver(device: RawDevice, problems: SvdProblemLog): SvdDeriver {
  const state: DeriveState = { names: createSvdNames(device), problems, done: new Map(), open: new Set(), copies: 0, mostCopies: mostNodes(device.elements) };
  const deriver: SvdDeriver = {
    peripheral: raw => derived(state, raw, base => mergePeripheral(deriver.peripheral(base), raw)),
    cluster: raw => derived(state, raw, base => mergeCluster(deriver.cluster(base), raw)),
    register: raw => derived(state, raw, base => mergeRegister(deriver.register(base), raw)),
    field: raw => derived(state, raw, base => mergeField(deriver.field(base), raw)),
    enumeration: raw => derived(state, raw, base => mergeEnumeration(deriver.enumeration(base), raw)),
  };
  return deriver;
}

interface DeriveState {
  readonly names: SvdNames;
  readonly problems: SvdProblemLog;
  readonly done: Map<NamedNode, NamedNode>;
  readonly open: Set<NamedNode>;
  copies: number;
  /** Elements copied by derivedFrom in one file, so that a small hostile file cannot grow without end. */
  readonly mostCopies: number;
}

/** Chains are followed by recursion; no real one passes 3. */
const longestChain = 100;

function derived<Node extends NamedNode>(state: DeriveState, raw: Node, merge: (base: Node) => Node): Node {
  if (raw.derivedFrom === undefined) return raw;
  const known = state.done.get(raw);
  // `done` maps a node to one of its own kind.
  if (known !== undefined) return known as Node;
  if (state.open.size > longestChain) {
    state.problems.add('derivedFrom chains beyond the limit', raw.line, `${raw.kind} ${quoted(raw.name)}: more than ${longestChain} elements derive from it one after the other; it takes nothing over from ${quoted(raw.derivedFrom)}. Let them derive from the first of them directly.`);
    return raw;
  }
  if (state.open.has(raw)) {
    state.problems.add('derivedFrom cycles', raw.line, `${raw.kind} ${quoted(raw.name)}: its derivedFrom ${quoted(raw.derivedFrom)} leads back to itself, so nothing is taken over.`);
    return raw;
  }
  const base = state.copies > state.mostCopies ? undefined : state.names.find(raw, raw.derivedFrom);
  const exhausted = base === undefined && (state.copies > state.mostCopies || state.names.isSpent());
  if (exhausted) state.problems.add('derivedFrom beyond the limit', raw.line, `${raw.kind} ${quoted(raw.name)}: derivedFrom is ignored, as the file copies more than ${state.mostCopies} elements or makes as many names be searched. ${svdLimitRemedy}`);
  else if (base === undefined && raw.derivedFrom === raw.name) state.problems.add('derivedFrom cycles', raw.line, `${raw.kind} ${quoted(raw.name)}: derives from itself, so nothing is taken over.`);
  else if (base === undefined) state.problems.add('derivedFrom names that do not exist', raw.line, `${raw.kind} ${quoted(raw.name)}: derivedFrom names ${quoted(raw.derivedFrom)}, which the file does not have; only its own elements are read.`);
  state.open.add(raw);
  const result = base === undefined ? raw : merge(base);
  state.open.delete(raw);
  state.copies += sizeOf(result);
  state.done.set(raw, result);
  return result;
}

function sizeOf(node: NamedNode): number {
  switch (node.kind) {
    case 'peripheral': case 'cluster': return node.children.length;
    case 'register': return node.fields.length;
    case 'enumeratedValues': return node.values.length;
    case 'field': return 1;
  }
}

/** Interrupts are not taken over: a base's interrupt numbers are never those of the derived peripheral. */
function mergePeripheral(base: RawPeripheral, own: RawPeripheral): RawPeripheral {
  return {
    ...own,
    name: own.name ?? base.name,
    ...mergedProperties(base, own),
    ...mergedDimension(base, own),
    description: own.description ?? base.description,
    groupName: own.groupName ?? base.groupName,
    headerStructName: own.headerStructName ?? base.headerStructName,
    version: own.version ?? base.version,
    prependToName: own.prependToName ?? base.prependToName,
    appendToName: own.appendToName ?? base.appendToName,
    disableCondition: own.disableCondition ?? base.disableCondition,
    addressBlocks: own.addressBlocks.length > 0 ? own.addressBlocks : base.addressBlocks,
    children: mergedByName(base.children, own.children),
  };
}

function mergeCluster(base: RawCluster, own: RawCluster): RawCluster {
  return {
    ...own,
    name: own.name ?? base.name,
    ...mergedProperties(base, own),
    ...mergedDimension(base, own),
    description: own.description ?? base.description,
    addressOffset: own.addressOffset ?? base.addressOffset,
    headerStructName: own.headerStructName ?? base.headerStructName,
    children: mergedByName(base.children, own.children),
  };
}

function mergeRegister(base: RawRegister, own: RawRegister): RawRegister {
  return {
    ...own,
    name: own.name ?? base.name,
    ...mergedProperties(withScope(base, own), own),
    ...mergedDimension(base, own),
    description: own.description ?? base.description,
    addressOffset: own.addressOffset ?? base.addressOffset,
    dataType: own.dataType ?? base.dataType,
    modifiedWriteValues: own.modifiedWriteValues ?? base.modifiedWriteValues,
    readAction: own.readAction ?? base.readAction,
    writeConstraint: own.writeConstraint ?? base.writeConstraint,
    fields: mergedByName(base.fields, own.fields),
  };
}

function mergeField(base: RawField, own: RawField): RawField {
  const range = own.bitOffset ?? own.lsb ?? own.bitRange;
  const { bitOffset, lsb, msb, bitRange } = range === undefined ? base : own;
  return {
    ...own,
    name: own.name ?? base.name,
    ...mergedDimension(base, own),
    bitOffset, lsb, msb, bitRange,
    bitWidth: own.bitWidth ?? base.bitWidth,
    description: own.description ?? base.description,
    access: own.access ?? base.access,
    modifiedWriteValues: own.modifiedWriteValues ?? base.modifiedWriteValues,
    readAction: own.readAction ?? base.readAction,
    writeConstraint: own.writeConstraint ?? base.writeConstraint,
    blocks: own.blocks.length > 0 ? own.blocks : base.blocks,
  };
}

function mergeEnumeration(base: RawEnumeration, own: RawEnumeration): RawEnumeration {
  return { ...own, name: own.name ?? base.name, usage: own.usage ?? base.usage, headerEnumName: own.headerEnumName ?? base.headerEnumName, values: mergedByName(base.values, own.values) };
}

function mergedProperties(base: RawProperties, own: RawProperties): RawProperties {
  return { size: own.size ?? base.size, access: own.access ?? base.access, protection: own.protection ?? base.protection, resetValue: own.resetValue ?? base.resetValue, resetMask: own.resetMask ?? base.resetMask };
}

/** A base in another scope brings along what it inherits there: a copy of an 8-bit register stays 8 bits wide. */
function withScope(base: RawRegister, own: RawRegister): RawProperties {
  let properties: RawProperties = base;
  if (base.parent === own.parent) return properties;
  for (let scope: RawPeripheral | RawCluster | RawDevice = base.parent; scope.kind !== 'device'; scope = scope.parent) {
    properties = mergedProperties(scope, properties);
  }
  return properties;
}

/** A node that is not named as an array does not become one because its base is. */
function mergedDimension(base: RawDimension, own: RawDimension & { readonly name: string | undefined }): RawDimension {
  const isArray = own.dim !== undefined || own.name?.includes('%s') === true;
  if (!isArray) return { dim: undefined, dimIncrement: undefined, dimIndex: undefined, dimName: undefined, dimArrayIndex: undefined };
  const sameCount = own.dim === undefined;
  return {
    dim: own.dim ?? base.dim, dimIncrement: own.dimIncrement ?? base.dimIncrement, dimIndex: own.dimIndex ?? (sameCount ? base.dimIndex : undefined),
    dimName: own.dimName ?? base.dimName, dimArrayIndex: own.dimArrayIndex ?? (sameCount ? base.dimArrayIndex : undefined),
  };
}

/** Own nodes replace the base's of the same name. Without own nodes the base's list itself is shared, which later saves resolving it again. */
function mergedByName<Node extends { readonly name: string | undefined }>(base: Node[], own: Node[]): Node[] {
  if (own.length === 0) return base;
  if (base.length === 0) return own;
  const names = new Set(own.map(({ name }) => name));
  return [...base.filter(({ name }) => !names.has(name)), ...own];
}
