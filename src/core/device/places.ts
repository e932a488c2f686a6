import type { Cluster, Device, Peripheral, Register, RegisterNode, RegisterPlace } from './device.ts';

/** Every register of a peripheral, arrays unfolded one element at a time: stop early, as one vendor file unfolds to 268 million. */
export function* registersOf(peripheral: Peripheral): Generator<RegisterPlace, void> {
  yield* placesOf(peripheral, peripheral.registers, { path: peripheral.name, address: peripheral.baseAddress });
}

/** The first registers of a peripheral as a list: some blocks hold millions, of which there must be no array. */
export function firstRegisters(peripheral: Peripheral, most: number): RegisterPlace[] {
  const places: RegisterPlace[] = [];
  for (const place of registersOf(peripheral)) {
    if (places.length >= most) break;
    places.push(place);
  }
  return places;
}

/** Every register of a device, peripheral by peripheral; lazy as `registersOf`. */
export function* registerPlaces(device: Device): Generator<RegisterPlace, void> {
  for (const peripheral of device.peripherals) yield* registersOf(peripheral);
}

/** Where a cluster or peripheral stands: what comes before its registers' names and addresses. */
export interface PlaceStart {
  readonly path: string;
  readonly address: bigint;
}

/** The start or place of element `index` of `node` (0 when it is no array). */
export function elementStart(node: RegisterNode, start: PlaceStart, index: number): PlaceStart {
  const { dim } = node;
  const name = dim === undefined ? node.name : node.name.replace('%s', () => dim.indexText(index));
  const offset = dim === undefined ? node.addressOffset : node.addressOffset + dim.increment * BigInt(index);
  return { path: `${start.path}.${name}`, address: start.address + offset };
}

/** Every register of `nodes`, which begin at `start`; lazy. */
export function* placesOf(peripheral: Peripheral, nodes: readonly (Register | Cluster)[], start: PlaceStart): Generator<RegisterPlace, void> {
  for (const node of nodes) {
    const count = holdsRegisters(node) ? node.dim?.count ?? 1 : 0;
    for (let index = 0; index < count; index += 1) {
      const element = elementStart(node, start, index);
      if (node.kind === 'register') yield { peripheral, register: node, path: element.path, address: element.address };
      else yield* placesOf(peripheral, node.registers, element);
    }
  }
}

/** An array of a billion empty clusters must not be walked in vain. */
function holdsRegisters(node: RegisterNode): boolean {
  return node.kind === 'register' || node.registers.some(holdsRegisters);
}

/** A register's own name within its path: `CTRL` of `DMA.CH[3].CTRL`. */
export function placeName(place: RegisterPlace): string {
  return place.path.slice(place.path.lastIndexOf('.') + 1);
}
