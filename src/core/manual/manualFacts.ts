import type { Peripheral } from '../device/device.ts';
import { manualFamilies } from './families.ts';
import type { IpBlock, ManualFamily, RegisterFact } from './manualFamily.ts';
import { clusterPath, hasRegister, type ManualPlace, peripheralKinds, plainPeripheralName, plainRegisterName } from './placeNames.ts';

/** How sure a fact is: the SVD file states it, a manual (`source`) does, a name or a like part suggests it, or nothing tells. */
export type Certainty = 'stated' | 'documented' | 'inferred' | 'unknown';

/** Where a fact is known from. */
export interface KnownFrom {
  readonly certainty: Certainty;
  /** Manual and heading, or what it is inferred from. */
  readonly source?: string;
}

/** What is known of a device's family. */
export interface DeviceManual {
  readonly family: ManualFamily;
  /** The manual's number; absent: facts are inferred. */
  readonly manual?: string;
}

/** The manual of a device, by the device's name. */
export function manualOf(device: string): DeviceManual | undefined {
  const family = manualFamilies.find(({ parts }) => parts.test(device));
  const manual = family?.manuals.find(({ parts }) => parts.test(device))?.name;
  return family === undefined ? undefined : { family, ...(manual !== undefined && { manual }) };
}

/** A fact about one register, and where it is known from. */
export interface PlacedFact<Fact> {
  readonly fact: Fact;
  readonly from: KnownFrom;
}

/** The facts of one kind that a device's manual states of a register. */
export function manualFacts<Fact extends Partial<RegisterFact>>(place: ManualPlace, device: string, factsOf: (block: IpBlock) => readonly Fact[] | undefined): PlacedFact<Fact>[] {
  const known = manualOf(device);
  if (known === undefined) return [];
  const name = plainRegisterName(place.register, place.peripheral);
  return blocksOf(place.peripheral, known.family).flatMap(block => factsOf(block) ?? [])
    .filter(({ register, cluster }) => (register?.test(name) ?? true) && (cluster?.test(clusterPath(place)) ?? true))
    .map(fact => ({ fact, from: sourceOf(known, fact.heading ?? registerHeading(name, place.peripheral)) }));
}

/** `register USART_ICR`: what to look for where headings differ from manual to manual. */
function registerHeading(register: string, peripheral: Peripheral): string {
  const plain = plainPeripheralName(peripheral.name);
  const kind = peripheralKinds(peripheral).find(name => name !== plain && plain.startsWith(name)) ?? plain;
  return `register ${register.startsWith(kind) ? register : `${kind}_${register}`}`;
}

/** The source of a fact under a heading of the device's manual. */
export function sourceOf({ family, manual }: DeviceManual, heading: string): KnownFrom {
  return manual === undefined ? { certainty: 'inferred', source: `${family.inferredFrom}, ${heading}` } : { certainty: 'documented', source: `${manual}, ${heading}` };
}

/** Which versions a peripheral is never changes; a device holds hundreds. */
const blocksByPeripheral = new WeakMap<Peripheral, { readonly family: ManualFamily; readonly blocks: readonly IpBlock[] }>();

function blocksOf(peripheral: Peripheral, family: ManualFamily): readonly IpBlock[] {
  const known = blocksByPeripheral.get(peripheral);
  if (known?.family === family) return known.blocks;
  const kinds = peripheralKinds(peripheral);
  const blocks = family.blocks.filter(block => kinds.some(kind => block.peripheral.test(kind)) && (block.has === undefined || hasRegister(peripheral, block.has)) && (block.lacks === undefined || !hasRegister(peripheral, block.lacks)));
  blocksByPeripheral.set(peripheral, { family, blocks });
  return blocks;
}
