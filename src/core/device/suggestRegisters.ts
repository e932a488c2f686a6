import { editDistance } from '../text/editDistance.ts';
import type { Device, Peripheral } from './device.ts';
import { findPeripherals } from './findPeripherals.ts';
import { pathParts } from './findRegisters.ts';
import { looseName } from './names.ts';

/** Near misses for a query that `findRegisters` does not know: paths, the nearest first; empty when nothing is near. */
export function suggestRegisters(device: Device, query: string, limit = 5): string[] {
  const parts = pathParts(query.slice(0, 80));
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return near(names(device.peripherals), first, limit);
  const known = findPeripherals(device, first);
  if (known.length > 0) return near(names(known), rest.join('.'), limit);
  const peripherals = nearest(device.peripherals, peripheral => peripheral.name, first).slice(0, 3);
  return near(names(peripherals), rest.join('.'), limit);
}

interface NamedPath {
  readonly name: string;
  readonly path: string;
}

/** Top names of the peripherals' registers, folded: arrays are suggested as `CH[%s]`'s first element would be written. */
function names(peripherals: readonly Peripheral[]): NamedPath[] {
  const known = new Map<string, NamedPath>();
  for (const peripheral of peripherals) {
    for (const node of peripheral.registers) {
      const name = node.dim === undefined ? node.name : node.name.replace('%s', () => node.dim?.indexText(0) ?? '0');
      if (peripherals.length < 4 || !known.has(name)) known.set(peripherals.length < 4 ? `${peripheral.name}.${name}` : name, { name, path: `${peripheral.name}.${name}` });
    }
  }
  return [...known.values()];
}

function near(paths: readonly NamedPath[], wanted: string, limit: number): string[] {
  return nearest(paths, ({ name }) => name, wanted).slice(0, limit).map(({ path }) => path);
}

function nearest<Item>(items: readonly Item[], nameOf: (item: Item) => string, wanted: string): Item[] {
  const name = looseName(wanted);
  const most = Math.max(1, Math.floor(name.length / 3));
  return items.map(item => ({ item, distance: editDistance(looseName(nameOf(item)).slice(0, 80), name, most) }))
    .filter(({ distance }) => distance <= most)
    .sort((left, right) => left.distance - right.distance)
    .map(({ item }) => item);
}
