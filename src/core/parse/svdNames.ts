import type { RawCluster, RawDevice, RawEnumeration, RawField, RawPeripheral, RawRegister, RawRegisterNode } from './svdRaw.ts';

/** Nodes that derivedFrom may name. */
export type NamedNode = RawPeripheral | RawCluster | RawRegister | RawField | RawEnumeration;

/** The look-up behind derivedFrom. */
export interface SvdNames {
  /**
   * The node of `from`'s kind that `reference` names, seen from `from`: a bare name is looked for
   * nearest first (same register, same cluster, same peripheral, then the device in file order);
   * of a dotted one, each name must lie within what the name before it stands for.
   */
  find<Node extends NamedNode>(from: Node, reference: string): Node | undefined;
}

/** Prepares the look-up of derivedFrom names in `device`; each kind is indexed on its first question. */
export function createSvdNames(device: RawDevice): SvdNames {
  const state: NamesState = { device, byKind: new Map() };
  return {
    find<Node extends NamedNode>(from: Node, reference: string): Node | undefined {
      const names = reference.split('.').map(name => name.trim());
      const last = names.pop() ?? '';
      const found = names.length === 0 ? findOutwards(state, from, { kind: from.kind, name: last }) : findPath(state, from, [names, last]);
      // An index holds nodes of one kind only.
      return found as Node | undefined;
    },
  };
}

/** The text before an array's index: `CH[%s]` and `CH%s` give `CH`. */
export function arrayStem(name: string): string {
  return name.replace('[%s]', '').replace('%s', '');
}

type Kind = NamedNode['kind'];
type Scope = RawDevice | NamedNode;

/** For each element, the nodes of one kind anywhere within it by name: the first, and a second in case the first is the asker. */
type KindIndex = Map<Scope, Map<string, [NamedNode, NamedNode?]>>;

interface NamesState {
  readonly device: RawDevice;
  readonly byKind: Map<Kind, KindIndex>;
}

interface Wanted {
  readonly kind: Kind;
  readonly name: string;
}

const outerKinds: readonly Kind[] = ['register', 'cluster', 'field', 'peripheral'];

/** A derived peripheral's registers are written in its base; a longer chain than this is a cycle. */
const longestChain = 16;

function findOutwards(state: NamesState, from: NamedNode, wanted: Wanted): NamedNode | undefined {
  for (let scope: Scope | undefined = from.parent; scope !== undefined; scope = scope.parent) {
    const found = findWithin(state, { scope, from }, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findPath(state: NamesState, from: NamedNode, path: readonly [readonly string[], string]): NamedNode | undefined {
  const [[first = '', ...inner], last] = path;
  for (const kind of outerKinds) {
    let scope = findOutwards(state, from, { kind, name: first });
    for (const name of inner) {
      if (scope === undefined) break;
      scope = findAnyWithin(state, { scope, from }, name);
    }
    const found = scope === undefined ? undefined : findWithin(state, { scope, from }, { kind: from.kind, name: last });
    if (found !== undefined) return found;
  }
  return undefined;
}

function findAnyWithin(state: NamesState, place: { readonly scope: Scope; readonly from: NamedNode }, name: string): NamedNode | undefined {
  for (const kind of outerKinds) {
    const found = findWithin(state, place, { kind, name });
    if (found !== undefined) return found;
  }
  return undefined;
}

function findWithin(state: NamesState, place: { readonly scope: Scope; readonly from: NamedNode }, wanted: Wanted): NamedNode | undefined {
  const index = kindIndex(state, wanted.kind);
  let { scope } = place;
  for (let hops = 0; hops < longestChain; hops += 1) {
    const names = index.get(scope);
    for (const name of [wanted.name, wanted.name.replace(/\[?\d+\]?$/, '')]) {
      const found = names?.get(name)?.find(node => node !== undefined && node !== place.from);
      if (found !== undefined) return found;
    }
    if (scope.kind !== 'peripheral' || scope.derivedFrom === undefined) return undefined;
    const base = kindIndex(state, 'peripheral').get(state.device)?.get(scope.derivedFrom)?.[0];
    if (base === undefined) return undefined;
    scope = base;
  }
  return undefined;
}

function kindIndex(state: NamesState, kind: Kind): KindIndex {
  const known = state.byKind.get(kind);
  if (known !== undefined) return known;
  const index: KindIndex = new Map();
  state.byKind.set(kind, index);
  for (const peripheral of state.device.peripherals) {
    if (kind === 'peripheral') addNode(index, peripheral, peripheral.name);
    else for (const child of peripheral.children) addChildren(index, child, kind);
  }
  return index;
}

function addChildren(index: KindIndex, node: RawRegisterNode, kind: Kind): void {
  if (node.kind === kind) addNode(index, node, node.name);
  if (node.kind === 'cluster') {
    for (const child of node.children) addChildren(index, child, kind);
    return;
  }
  if (kind !== 'field' && kind !== 'enumeratedValues') return;
  for (const field of node.fields) {
    if (kind === 'field') addNode(index, field, field.name);
    else for (const block of field.blocks) addNode(index, block, block.name ?? block.headerEnumName ?? field.name);
  }
}

function addNode(index: KindIndex, node: NamedNode, name: string | undefined): void {
  if (name === undefined) return;
  const stem = arrayStem(name);
  for (let scope: Scope | undefined = node.parent; scope !== undefined; scope = scope.parent) {
    let names = index.get(scope);
    if (names === undefined) index.set(scope, names = new Map<string, [NamedNode, NamedNode?]>());
    addName(names, name, node);
    if (stem !== name) addName(names, stem, node);
  }
}

function addName(names: Map<string, [NamedNode, NamedNode?]>, name: string, node: NamedNode): void {
  const known = names.get(name);
  if (known === undefined) names.set(name, [node]);
  else if (known.length === 1) known.push(node);
}
