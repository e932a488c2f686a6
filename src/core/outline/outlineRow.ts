import type { Access, Dim, Register } from '../device/device.ts';
import { bitsText, hex } from '../device/numbers.ts';
import { elementStart } from '../device/places.ts';
import { hasChildren } from './outlineChildren.ts';
import { placeOf, type Spot } from './spot.ts';

/** A row of the chip's tree as plain data. */
export interface OutlineNode {
  /** Names the row as long as the chip's description is the same; the ids of its ancestors are its beginnings. */
  readonly id: string;
  readonly kind: 'group' | 'peripheral' | 'cluster' | 'register' | 'field' | 'array' | 'page';
  readonly label: string;
  /** What stands beside the label: address, bits and access in short. */
  readonly detail: string;
  /** For look-ups, such as `USART2.CR1.UE`; absent for groups, arrays and pages. */
  readonly path?: string;
  /** As C writes it: `USART2->CR1`; only for what C can name without knowing the header. */
  readonly expression?: string;
  readonly address?: string;
  readonly access?: Access;
  readonly description?: string;
  readonly hasChildren: boolean;
}

/** Describes a row. */
export function outlineRow(spot: Spot): OutlineNode {
  const common = { id: spot.id, hasChildren: hasChildren(spot) };
  if (spot.kind === 'group') return { ...common, kind: 'group', label: spot.name, detail: String(spot.members.length) };
  if (spot.kind === 'peripheral') {
    const { name, baseAddress, description } = spot.peripheral;
    return { ...common, kind: 'peripheral', label: name, detail: hex(baseAddress, 8), path: name, expression: name, address: hex(baseAddress, 8), ...described(description) };
  }
  if (spot.kind === 'field') return { ...common, ...fieldRow(spot) };
  return { ...common, ...(spot.kind === 'node' ? nodeRow(spot) : arrayRow(spot)) };
}

/** `rw`, `ro`, … ; nothing where the file does not state it. */
function accessText(access: Access | undefined): string {
  return access === undefined ? '' : shortAccess[access];
}

const shortAccess: Readonly<Record<Access, string>> = { 'read-only': 'ro', 'write-only': 'wo', 'read-write': 'rw', 'writeOnce': 'w1', 'read-writeOnce': 'rw1' };

type Row = Omit<OutlineNode, 'id' | 'hasChildren'>;

function fieldRow({ place, field }: Spot & { readonly kind: 'field' }): Row {
  const { name, bitOffset, bitWidth, access, description } = field;
  return {
    kind: 'field', label: name, detail: joined([`[${bitsText(bitOffset, bitWidth)}]`, accessText(access)]), path: `${place.path}.${name}`,
    address: hex(place.address, 8), ...(access !== undefined && { access }), ...described(description),
  };
}

function nodeRow(spot: Spot & { readonly kind: 'node' }): Row {
  const { node, at } = spot;
  const label = at.path.slice(at.path.lastIndexOf('.') + 1);
  const address = hex(at.address, 8);
  const place = placeOf(spot);
  const common = { label, path: at.path, expression: expressionOf(at.path), address, ...described(node.description ?? (node.kind === 'register' ? node.displayName : undefined)) };
  if (place === undefined) return { ...common, kind: 'cluster', detail: address };
  const { access } = place.register;
  return { ...common, kind: 'register', detail: joined([address, accessText(access), otherView(place.register)]), ...(access !== undefined && { access }) };
}

/** A second view of one address is said to be one: the two rows look alike otherwise. */
function otherView({ alternateRegister, alternateGroup }: Register): string {
  const view = alternateRegister ?? alternateGroup;
  return view === undefined ? '' : `≙ ${view}`;
}

function arrayRow(spot: Spot & { readonly kind: 'array' | 'page' }): Row {
  const { node, start, from, to } = spot;
  const dim = node.dim;
  const address = hex(elementStart(node, start, from).address, 8);
  const label = dim === undefined ? node.name : node.name.replace('%s', () => indexRange(dim, from, to));
  const detail = spot.kind === 'array' ? joined([address, `× ${to - from}`]) : address;
  return { kind: spot.kind, label, detail, address, ...(spot.kind === 'array' ? described(node.description) : {}) };
}

function indexRange(dim: Dim, from: number, to: number): string {
  return to - from === 1 ? dim.indexText(from) : `${dim.indexText(from)}…${dim.indexText(to - 1)}`;
}

/** `DMA.CH[3].CTRL` is `DMA->CH[3].CTRL`. */
function expressionOf(path: string): string {
  return path.replace('.', '->');
}

function described(description: string | undefined): { readonly description?: string } {
  const text = description?.replace(/\s+/g, ' ').trim() ?? '';
  return text === '' ? {} : { description: text };
}

function joined(parts: readonly string[]): string {
  return parts.filter(part => part !== '').join(' ');
}
