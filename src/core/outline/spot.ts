import type { Device, Dim, Field, Peripheral, RegisterNode, RegisterPlace } from '../device/device.ts';
import { elementStart, type PlaceStart } from '../device/places.ts';
import { groupedPeripherals } from './peripheralGroups.ts';

/**
 * One row of the chip's tree, found again by its id alone: `g:TIM/p12/n3/r0-99/e5/f2` is field 2 of element 5 of the
 * array at position 3 of peripheral 12. An ancestor's id is a beginning of its descendants'.
 */
export type Spot =
  | { readonly kind: 'group'; readonly id: string; readonly name: string; readonly members: readonly number[] }
  | { readonly kind: 'peripheral'; readonly id: string; readonly peripheral: Peripheral }
  /** A folded array, or the part of it from index `from` to before `to`. */
  | { readonly kind: 'array' | 'page'; readonly id: string; readonly peripheral: Peripheral; readonly node: RegisterNode; readonly start: PlaceStart; readonly from: number; readonly to: number }
  /** A single register or cluster: an element where the node is an array. */
  | { readonly kind: 'node'; readonly id: string; readonly peripheral: Peripheral; readonly node: RegisterNode; readonly at: PlaceStart }
  | { readonly kind: 'field'; readonly id: string; readonly place: RegisterPlace; readonly field: Field };

/** Rows on one level of an array: more are put into pages, and pages into pages. */
export const pageSize = 100;

/** The row with this id; undefined when the chip has none such (any more). */
export function spotAt(device: Device, id: string): Spot | undefined {
  let spot: Spot | undefined;
  for (const step of id.split('/').slice(0, deepestId)) {
    const next = takeStep(device, spot, step);
    if (next === undefined) return undefined;
    spot = next;
  }
  return spot?.id === id ? spot : undefined;
}

/** The ids of a row's ancestors, from the top, and its own. */
export function idsUpTo(id: string): string[] {
  const steps = id.split('/');
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
}

/** The register that a row stands for; undefined for rows of other kinds. */
export function placeOf(spot: Spot): RegisterPlace | undefined {
  if (spot.kind === 'field') return spot.place;
  return spot.kind === 'node' && spot.node.kind === 'register' ? { peripheral: spot.peripheral, register: spot.node, path: spot.at.path, address: spot.at.address } : undefined;
}

/** The list that a peripheral's or cluster's row holds, and where it begins. */
export function listOf(spot: Spot): { readonly peripheral: Peripheral; readonly nodes: readonly RegisterNode[]; readonly start: PlaceStart } | undefined {
  if (spot.kind === 'peripheral') return { peripheral: spot.peripheral, nodes: spot.peripheral.registers, start: { path: spot.peripheral.name, address: spot.peripheral.baseAddress } };
  return spot.kind === 'node' && spot.node.kind === 'cluster' ? { peripheral: spot.peripheral, nodes: spot.node.registers, start: spot.at } : undefined;
}

/** The steps of an id from an array down to one of its elements. */
export function stepsToElement(dim: Dim, index: number): string {
  const steps: string[] = [];
  let [from, to] = [0, dim.count];
  while (to - from > pageSize) {
    const span = pageSpan(to - from);
    from += Math.floor((index - from) / span) * span;
    to = Math.min(to, from + span);
    steps.push(`r${from}-${to - 1}`);
  }
  return [...steps, `e${index}`].join('/');
}

/** How many elements each page of an array of that length holds: a hundred, ten thousand, … */
export function pageSpan(count: number): number {
  let span = pageSize;
  while (count / span > pageSize) span *= pageSize;
  return span;
}

/** Clusters nested in arrays of arrays: real ids have ten steps. */
const deepestId = 100;

function takeStep(device: Device, from: Spot | undefined, step: string): Spot | undefined {
  if (from === undefined && step.startsWith('g:')) {
    const group = groupedPeripherals(device).get(step.slice(2));
    return group === undefined ? undefined : { kind: 'group', id: step, name: step.slice(2), members: group };
  }
  const [, letter = '', first = '', last] = /^([pnref])(\d{1,10})(?:-(\d{1,10}))?$/.exec(step) ?? [];
  const index = Number(first);
  const id = from === undefined ? step : `${from.id}/${step}`;
  if (letter === 'p' && (from === undefined || from.kind === 'group')) {
    const peripheral = device.peripherals[index];
    return peripheral === undefined ? undefined : { kind: 'peripheral', id, peripheral };
  }
  if (from === undefined) return undefined;
  if (letter === 'n') return nodeSpot(from, id, index);
  if (letter === 'f') return fieldSpot(from, id, index);
  return letter === '' ? undefined : partSpot(from, id, { letter, index, last: Number(last ?? first) });
}

function nodeSpot(from: Spot, id: string, index: number): Spot | undefined {
  const list = listOf(from);
  const node = list?.nodes[index];
  if (list === undefined || node === undefined) return undefined;
  const { peripheral, start } = list;
  return node.dim === undefined
    ? { kind: 'node', id, peripheral, node, at: elementStart(node, start, 0) }
    : { kind: 'array', id, peripheral, node, start, from: 0, to: node.dim.count };
}

function fieldSpot(from: Spot, id: string, index: number): Spot | undefined {
  const place = from.kind === 'node' ? placeOf(from) : undefined;
  const field = place?.register.fields[index];
  return place === undefined || field === undefined ? undefined : { kind: 'field', id, place, field };
}

function partSpot(from: Spot, id: string, { letter, index, last }: { readonly letter: string; readonly index: number; readonly last: number }): Spot | undefined {
  if (from.kind !== 'array' && from.kind !== 'page') return undefined;
  const { peripheral, node, start } = from;
  if (index < from.from || last >= from.to || last < index) return undefined;
  return letter === 'r'
    ? { kind: 'page', id, peripheral, node, start, from: index, to: last + 1 }
    : { kind: 'node', id, peripheral, node, at: elementStart(node, start, index) };
}
