import type { Device, Dim, RegisterNode } from '../device/device.ts';
import { childrenOf } from './outlineChildren.ts';
import { groupedPeripherals } from './peripheralGroups.ts';
import { listOf, placeOf, spotAt, stepsToElement, type Spot } from './spot.ts';

/** The row of a peripheral, cluster, register or field, by its path as look-ups give it. */
export function spotOfPath(device: Device, path: string): Spot | undefined {
  const [name = ''] = path.split('.', 1);
  const index = device.peripherals.findIndex(peripheral => peripheral.name === name);
  if (index === -1) return undefined;
  const group = [...groupedPeripherals(device)].find(([, members]) => members.includes(index))?.[0];
  const top = spotAt(device, group === undefined ? `p${index}` : `g:${group}/p${index}`);
  return top === undefined ? undefined : below(device, top, path.slice(name.length + 1));
}

/** Names may hold dots in no file seen, and indices may: so the rest of the path is matched against every node's own pattern. */
function below(device: Device, spot: Spot, rest: string): Spot | undefined {
  if (rest === '') return spot;
  const place = spot.kind === 'node' ? placeOf(spot) : undefined;
  if (place !== undefined) return childrenOf(device, spot).find(child => child.kind === 'field' && child.field.name === rest);
  for (const [position, node] of listOf(spot)?.nodes.entries() ?? []) {
    const begun = beginning(node, rest);
    const next = begun === undefined ? undefined : spotAt(device, `${spot.id}/n${position}${begun.element}`);
    const found = begun === undefined || next === undefined ? undefined : below(device, next, begun.rest);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Beginning {
  /** Steps from the node to the element; empty for a node that is no array. */
  readonly element: string;
  readonly rest: string;
}

function beginning({ name, dim }: RegisterNode, rest: string): Beginning | undefined {
  const [before = '', after = ''] = dim === undefined ? [name, ''] : name.split('%s', 2);
  if (!rest.startsWith(before)) return undefined;
  const tail = rest.slice(before.length);
  if (dim === undefined) return ends(tail) ? { element: '', rest: tail.slice(1) } : undefined;
  const end = after === '' ? /[.]|$/.exec(tail)?.index ?? tail.length : tail.indexOf(after);
  if (end === -1 || !ends(tail.slice(end + after.length))) return undefined;
  const index = indexOfText(dim, tail.slice(0, end));
  return index === undefined ? undefined : { element: `/${stepsToElement(dim, index)}`, rest: tail.slice(end + after.length + 1) };
}

function ends(tail: string): boolean {
  return tail === '' || tail.startsWith('.');
}

/** Arrays with named indices longer than this are not searched. */
const longestNamedArray = 4096;

function indexOfText(dim: Dim, text: string): number | undefined {
  const byNumber = Number(text) - (Number(dim.indexText(0)) || 0);
  if (Number.isInteger(byNumber) && byNumber >= 0 && byNumber < dim.count && dim.indexText(byNumber) === text) return byNumber;
  for (let index = 0; index < Math.min(dim.count, longestNamedArray); index += 1) if (dim.indexText(index) === text) return index;
  return undefined;
}
