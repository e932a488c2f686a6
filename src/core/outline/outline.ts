import type { Device } from '../device/device.ts';
import { childrenOf } from './outlineChildren.ts';
import { outlineFilter } from './outlineFilter.ts';
import { outlineRow, type OutlineNode } from './outlineRow.ts';
import { idsUpTo, spotAt } from './spot.ts';
import { spotOfPath } from './spotOfPath.ts';

/** The rows below `parent` (the top ones without it), only those that lead to a match when a filter is given. Arrays come folded, then page by page. */
export function outlineRows(device: Device, parent?: string, filter = ''): OutlineNode[] {
  const spot = parent === undefined ? undefined : spotAt(device, parent);
  if (parent !== undefined && spot === undefined) return [];
  const keep = outlineFilter(device, filter);
  return childrenOf(device, spot).filter(child => keep(child)).map(outlineRow);
}

/** The rows from the top down to the one with this id, or to the peripheral, register or field with this path; empty when there is none. */
export function outlineChain(device: Device, target: { readonly id?: string; readonly path?: string }): OutlineNode[] {
  const id = target.id ?? spotOfPath(device, target.path ?? '')?.id;
  if (id === undefined) return [];
  const spots = idsUpTo(id).map(part => spotAt(device, part));
  return spots.some(spot => spot === undefined) ? [] : spots.flatMap(spot => spot === undefined ? [] : [outlineRow(spot)]);
}
