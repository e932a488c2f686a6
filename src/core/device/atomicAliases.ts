import { registersAt } from './addressIndex.ts';
import type { Device, RegisterPlace } from './device.ts';

/** What a write to an alias does with the register behind it: the ones flip, set or clear its bits, zeros leave them. */
export type AliasEffect = 'toggle' | 'set' | 'clear';

/** A register reached through another address, where writing does something else. */
export interface AtomicAlias {
  readonly place: RegisterPlace;
  readonly effect: AliasEffect;
}

/** RP2040 Datasheet, 2.1.2, and RP2350 Datasheet, 2.1.3: peripherals behind APB and AHB stand three times more. */
const effects: ReadonlyMap<bigint, AliasEffect> = new Map([[0x1000n, 'toggle'], [0x2000n, 'set'], [0x3000n, 'clear']]);
const firstAliased = 0x4000_0000n;
const endOfAliased = 0x6000_0000n;

/** The registers, all views, behind an address of the RP2 series' atomic access; empty for any other address or chip. */
export function atomicAliases(device: Device, address: bigint): AtomicAlias[] {
  const effect = effects.get(address & 0x3000n);
  if (effect === undefined || address < firstAliased || address >= endOfAliased || !/^RP2(04|35)\d/i.test(device.name)) return [];
  const original = address & ~0x3000n;
  return registersAt(device, original).flatMap(place => place.address === original && (place.peripheral.baseAddress & 0x3000n) === 0n && !/DPRAM/i.test(place.peripheral.name) ? [{ place, effect }] : []);
}
