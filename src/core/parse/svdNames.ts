import { mostNodes } from './svdBudget.ts';
import type { RawCluster, RawDevice, RawEnumeration, RawField, RawPeripheral, RawRegister } from './svdRaw.ts';

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
  /** Too much has been looked for: nothing more is found. */
  isSpent(): boolean;
}

/** Prepares the look-up of derivedFrom names in `device`; names are collected on the first question. */
export function createSvdNames(device: RawDevice): SvdNames {
  // An element counts once for each scope around it.
  const state: NamesState = { device, byKind: new Map(), left: 3 * mostNodes(device.elements) };
  return {
    isSpent: () => state.left <= 0,
    find<Node extends NamedNode>(from: Node, reference: string): Node | undefined {
      if (reference.length > longestReference || state.left <= 0) return undefined;
      const names = reference.split('.').map(name => name.trim());
      const last = names.pop() ?? '';
      const found = names.length === 0 ? findOutwards(state, from, { kind: from.kind, name: last }) : findPath(state, from, [names, last]);
      // An index holds nodes of one kind only.
      return found as Node | undefined;
    },
  };
}

/** The text before an array's index: `CH[%s]` and `CH%s` give `CH`. */
function arrayStem(name: string): string {
  return name.replace('[%s]', '').replace('%s', '');
}

type Kind = NamedNode['kind'];
type Scope = RawDevice | NamedNode;

/** The nodes of one kind anywhere within an element by name: the first, and a second in case the first is the asker. */
type Names = Map<string, [NamedNode, NamedNode?]>;

interface NamesState {
  readonly device: RawDevice;
  readonly byKind: Map<Kind, Map<Scope, Names>>;
  /** Elements that may still be looked at, and scopes searched: scope within scope, a hostile file would make them fill memory. */
  left: number;
}

interface Wanted {
  readonly kind: Kind;
  readonly name: string;
}

const outerKinds: readonly Kind[] = ['register', 'cluster', 'field', 'peripheral'];

/** A derived peripheral's registers are written in its base; a longer chain than this is a cycle. */
const longestChain = 16;

/** Characters of a path; the longest real one has 40. */
const longestReference = 500;

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
  let { scope } = place;
  const candidates = /\d\]?$/.test(wanted.name) ? [wanted.name, wanted.name.replace(/\[?\d+\]?$/, '')] : [wanted.name];
  for (let hops = 0; hops < longestChain; hops += 1) {
    state.left -= 1;
    if (state.left <= 0) return undefined;
    const names = namesWithin(state, scope, wanted.kind);
    for (const name of candidates) {
      const found = names.get(name)?.find(node => node !== undefined && node !== place.from);
      if (found !== undefined) return found;
    }
    if (scope.kind !== 'peripheral' || scope.derivedFrom === undefined) return undefined;
    const base = namesWithin(state, state.device, 'peripheral').get(scope.derivedFrom)?.[0];
    if (base === undefined) return undefined;
    scope = base;
  }
  return undefined;
}

/** The nodes of one kind within `scope`, collected on the first question: most scopes of a large file are never asked. */
function namesWithin(state: NamesState, scope: Scope, kind: Kind): Names {
  let index = state.byKind.get(kind);
  if (index === undefined) state.byKind.set(kind, index = new Map<Scope, Names>());
  let names = index.get(scope);
  if (names === undefined) {
    index.set(scope, names = new Map<string, [NamedNode, NamedNode?]>());
    collect(state, names, [scope, kind]);
  }
  return names;
}

function collect(state: NamesState, names: Names, [scope, kind]: readonly [Scope, Kind]): void {
  switch (scope.kind) {
    case 'device':
      for (const peripheral of scope.peripherals) {
        if ((state.left -= 1) <= 0) return;
        if (kind === 'peripheral') addNode(names, peripheral, peripheral.name);
        else collect(state, names, [peripheral, kind]);
      }
      break;
    case 'peripheral': case 'cluster':
      for (const child of scope.children) {
        if ((state.left -= 1) <= 0) return;
        if (child.kind === kind) addNode(names, child, child.name);
        if (child.kind === 'cluster' || kind === 'field' || kind === 'enumeratedValues') collect(state, names, [child, kind]);
      }
      break;
    case 'register':
      for (const field of scope.fields) {
        if ((state.left -= 1) <= 0) return;
        if (kind === 'field') addNode(names, field, field.name);
        else collect(state, names, [field, kind]);
      }
      break;
    case 'field':
      if (kind === 'enumeratedValues') for (const block of scope.blocks) addNode(names, block, block.name ?? block.headerEnumName ?? scope.name);
      break;
    case 'enumeratedValues': break;
  }
}

function addNode(names: Names, node: NamedNode, name: string | undefined): void {
  if (name === undefined) return;
  const stem = arrayStem(name);
  addName(names, name, node);
  if (stem !== name) addName(names, stem, node);
}

function addName(names: Names, name: string, node: NamedNode): void {
  const known = names.get(name);
  if (known === undefined) names.set(name, [node]);
  else if (known.length === 1) known.push(node);
}
