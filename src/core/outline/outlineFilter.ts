import type { Device, Peripheral, RegisterNode } from '../device/device.ts';
import { hex } from '../device/numbers.ts';
import { idsUpTo, placeOf, spotAt, type Spot } from './spot.ts';
import { leftOver, searchWords } from './searchWords.ts';

/**
 * Says whether a row leads to a match: every word of the filter stands in the names, descriptions and addresses on the
 * way to it or to a row below it. Arrays are looked at folded, so that millions of elements cost one look.
 */
export function outlineFilter(device: Device, filter: string): (spot: Spot) => boolean {
  const words = searchWords(filter);
  if (words.length === 0) return () => true;
  return spot => {
    const above = idsUpTo(spot.id).slice(0, -1).flatMap(id => spotAt(device, id) ?? []);
    const left = [...above, spot].reduce<readonly string[]>((open, row) => leftOver(open, textsOf(row)), words);
    return left.length === 0 || holds(device, spot, left);
  };
}

function holds(device: Device, spot: Spot, words: readonly string[]): boolean {
  if (spot.kind === 'field') return false;
  if (spot.kind === 'group') return spot.members.some(index => peripheralHolds(device.peripherals[index], words));
  if (spot.kind === 'peripheral') return nodesHold(spot.peripheral.registers, spot.peripheral.baseAddress, words);
  const { node } = spot;
  const start = spot.kind === 'node' ? spot.at.address : spot.start.address + node.addressOffset;
  return node.kind === 'cluster' ? nodesHold(node.registers, start, words) : fieldsHold(node, words);
}

function peripheralHolds(peripheral: Peripheral | undefined, words: readonly string[]): boolean {
  if (peripheral === undefined) return false;
  const { name, description, baseAddress, registers } = peripheral;
  const left = leftOver(words, [name, description, hex(baseAddress, 8)]);
  return left.length === 0 || nodesHold(registers, baseAddress, left);
}

function nodesHold(nodes: readonly RegisterNode[], start: bigint, words: readonly string[]): boolean {
  return nodes.some(node => {
    const address = start + node.addressOffset;
    const left = leftOver(words, [node.name, node.description, addressText(words, address)]);
    return left.length === 0 || (node.kind === 'cluster' ? nodesHold(node.registers, address, left) : fieldsHold(node, left));
  });
}

function fieldsHold(node: RegisterNode, words: readonly string[]): boolean {
  return node.kind === 'register' && node.fields.some(({ name, description }) => leftOver(words, [name, description]).length === 0);
}

/** Writing out a hundred thousand addresses is only worth it for someone who looks for one. */
function addressText(words: readonly string[], address: bigint): string | undefined {
  return words.some(word => word.startsWith('0x')) ? hex(address, 8) : undefined;
}

function textsOf(spot: Spot): readonly (string | undefined)[] {
  if (spot.kind === 'group') return [spot.name];
  if (spot.kind === 'peripheral') return [spot.peripheral.name, spot.peripheral.description, hex(spot.peripheral.baseAddress, 8)];
  if (spot.kind === 'field') return [spot.field.name, spot.field.description];
  const place = placeOf(spot);
  return [spot.node.name, spot.node.description, spot.kind === 'node' ? spot.at.path.slice(spot.at.path.lastIndexOf('.') + 1) : undefined, place === undefined ? undefined : hex(place.address, 8)];
}
