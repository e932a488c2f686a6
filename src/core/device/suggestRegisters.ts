import { editDistance } from '../text/editDistance.ts';
import type { Device, Peripheral } from './device.ts';
import { findPeripherals, peripheralsOfGroup } from './findPeripherals.ts';
import { findRegisters, pathParts } from './findRegisters.ts';
import { looseName } from './names.ts';

/** Near misses for a query that `findRegisters` does not know: paths, the nearest first; empty when nothing is near. */
export function suggestRegisters(device: Device, query: string, limit = 5): string[] {
  const parts = pathParts(query.slice(0, 80));
  const [first = '', ...rest] = parts;
  if (rest.length > 0) return ofPath(device, first, rest, limit);
  const blocks = ranked(device.peripherals, ({ name }) => name, first);
  const registers = ranked(names(device.peripherals), ({ name }) => name, first);
  // `UARTRD` is a register's name with two letters swapped, sooner than `UART1` with more changed.
  const nearBlocks = blocks.filter(({ distance }) => distance <= (registers[0]?.distance ?? distance));
  const single = [...nearBlocks.map(({ item }) => item.name), ...registers.map(({ item }) => item.path)].slice(0, limit);
  return single.length > 0 ? single : ofMacro(device, first, limit);
}

function ofPath(device: Device, first: string, rest: readonly string[], limit: number): string[] {
  const found = findPeripherals(device, first);
  // Any of a kind may be meant: the first stands for them, whatever the file's order.
  const known = found.length > 0 ? found : peripheralsOfGroup(device, first).toSorted((left, right) => left.name.localeCompare(right.name, 'en', { numeric: true }));
  if (known.length === 0) return near(names(nearest(device.peripherals, ({ name }) => name, first).slice(0, 3)), rest.join('.'), limit);
  const registers = near(names(known), rest.join('.'), limit);
  return registers.length > 0 || rest.length < 2 ? registers : nearFields(device, [known[0]?.name ?? first, ...rest], limit);
}

/** `USART2.CR1.UEE`: the register is right, its field is not; or the field is, and the register is not. */
function nearFields(device: Device, path: readonly string[], limit: number): string[] {
  const [wanted = ''] = path.slice(-1);
  const place = findRegisters(device, path.slice(0, -1).join('.'))[0]?.place;
  return place === undefined ? suggestRegisters(device, path.slice(0, -1).join('.'), limit) : nearest(place.register.fields, ({ name }) => name, wanted).slice(0, limit).map(({ name }) => `${place.path}.${name}`);
}

/** `RCC_AHB1ENR_GPIOAN`: a header's macro, cut at its underscores. */
function ofMacro(device: Device, macro: string, limit: number): string[] {
  const words = macro.split('_').filter(word => word !== '');
  for (let cut = Math.min(words.length - 1, 6); cut > 0; cut -= 1) {
    const found = ofPath(device, words.slice(0, cut).join('_'), words.slice(cut), limit);
    if (found.length > 0) return found;
  }
  return [];
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
  return ranked(items, nameOf, wanted).map(({ item }) => item);
}

function ranked<Item>(items: readonly Item[], nameOf: (item: Item) => string, wanted: string): { readonly item: Item; readonly distance: number }[] {
  const name = looseName(wanted);
  const most = Math.max(1, Math.floor(name.length / 3));
  return items.map(item => ({ item, distance: editDistance(looseName(nameOf(item)).slice(0, 80), name, most) }))
    .filter(({ distance }) => distance <= most)
    .sort((left, right) => left.distance - right.distance);
}
