import type { Device } from '../device/device.ts';
import { groupedPeripherals } from './peripheralGroups.ts';
import { listOf, pageSize, pageSpan, placeOf, spotAt, type Spot } from './spot.ts';

/** The rows right below a row, or the top ones. An array's elements never come in more than a hundred: pages stand between. */
export function childrenOf(device: Device, spot: Spot | undefined): Spot[] {
  if (spot === undefined) return topSpots(device);
  if (spot.kind === 'group') return byName(device, spot.members.map(index => `${spot.id}/p${index}`));
  if (spot.kind === 'array' || spot.kind === 'page') return partsOf(device, spot);
  const fields = spot.kind === 'node' ? placeOf(spot)?.register.fields ?? [] : [];
  const ids = fields.length > 0
    // The highest bit first, as reference manuals draw a register.
    ? fields.map((field, index) => ({ field, index })).sort((left, right) => right.field.bitOffset - left.field.bitOffset).map(({ index }) => `${spot.id}/f${index}`)
    : listOf(spot)?.nodes.map((_, index) => `${spot.id}/n${index}`) ?? [];
  return fields.length > 0 ? spotsOf(device, ids) : byAddress(spotsOf(device, ids));
}

/** Whether there is anything below a row. */
export function hasChildren(spot: Spot): boolean {
  if (spot.kind === 'field') return false;
  if (spot.kind === 'node') return spot.node.kind === 'cluster' ? spot.node.registers.length > 0 : spot.node.fields.length > 0;
  if (spot.kind === 'peripheral') return spot.peripheral.registers.length > 0;
  return spot.kind === 'group' || spot.to > spot.from;
}

function topSpots(device: Device): Spot[] {
  const groups = groupedPeripherals(device);
  const grouped = new Set([...groups.values()].flat());
  return byName(device, [
    ...[...groups.keys()].map(name => `g:${name}`),
    ...device.peripherals.flatMap((_, index) => grouped.has(index) ? [] : [`p${index}`]),
  ]);
}

function partsOf(device: Device, spot: Spot & { readonly kind: 'array' | 'page' }): Spot[] {
  const count = spot.to - spot.from;
  const span = count > pageSize ? pageSpan(count) : 1;
  const starts = Array.from({ length: Math.ceil(count / span) }, (_, index) => spot.from + index * span);
  return spotsOf(device, starts.map(from => count > pageSize ? `${spot.id}/r${from}-${Math.min(from + span, spot.to) - 1}` : `${spot.id}/e${from}`));
}

function spotsOf(device: Device, ids: readonly string[]): Spot[] {
  return ids.flatMap(id => spotAt(device, id) ?? []);
}

/** TIM2 before TIM10. */
function byName(device: Device, ids: readonly string[]): Spot[] {
  const nameOf = (spot: Spot): string => spot.kind === 'group' ? spot.name : spot.kind === 'peripheral' ? spot.peripheral.name : '';
  return spotsOf(device, ids).map(spot => ({ spot, name: nameOf(spot) })).sort((left, right) => collator.compare(left.name, right.name)).map(({ spot }) => spot);
}

const collator = new Intl.Collator('en', { numeric: true });

function byAddress(spots: readonly Spot[]): Spot[] {
  const offsetOf = (spot: Spot): bigint => 'node' in spot ? spot.node.addressOffset : 0n;
  return spots.toSorted((left, right) => offsetOf(left) < offsetOf(right) ? -1 : offsetOf(left) > offsetOf(right) ? 1 : 0);
}
