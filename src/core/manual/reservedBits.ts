import type { Register } from '../device/device.ts';
import { hex } from '../device/numbers.ts';
import { type KnownFrom, manualFacts, manualOf, sourceOf } from './manualFacts.ts';
import type { ReservedBitsFact } from './manualFamily.ts';
import type { ManualPlace } from './placeNames.ts';

/** What to write to a register's reserved bits. */
export interface ReservedBitsRule extends KnownFrom {
  /** The bits it holds for. */
  readonly mask: bigint;
  readonly write: ReservedBitsFact['write'];
  /** "Reserved bits 0xFFFFF000 must be kept at their reset value." */
  readonly text: string;
}

/** Rules for the bits that no field covers: those of the register first, then the manual's general one for the rest. */
export function reservedBitsRules(place: ManualPlace, options: { readonly device?: string } = {}): ReservedBitsRule[] {
  const known = options.device === undefined ? undefined : manualOf(options.device);
  if (options.device === undefined || known === undefined || place.register.fields.length === 0) return [];
  const own = manualFacts(place, options.device, block => block.reservedBits);
  // The vendor's manual does not speak for Arm's blocks on the private peripheral bus.
  const general = place.peripheral.baseAddress >> 20n === 0xE00n ? undefined : known.family.reservedBits;
  const facts = [...own, ...(general === undefined ? [] : [{ fact: general, from: sourceOf(known, general.heading ?? 'conventions for register descriptions') }])];
  const rules: ReservedBitsRule[] = [];
  let left = reservedMask(place.register);
  for (const { fact, from } of facts) {
    const mask = fact.mask ?? left;
    if (mask === 0n) continue;
    rules.push({ mask, write: fact.write, text: `Reserved bits ${hex(mask, Math.ceil(place.register.size / 4))}: ${fact.text}`, ...from });
    left &= ~mask;
  }
  return rules;
}

/** Bits that no field covers, or only one that is called reserved. */
export function reservedMask({ fields, size }: Pick<Register, 'fields' | 'size'>): bigint {
  const used = fields.filter(({ name }) => !/^(RES|RESERVED|RSVD)_?\d*$/i.test(name));
  return used.reduce((mask, { bitOffset, bitWidth }) => mask & ~(((1n << BigInt(bitWidth)) - 1n) << BigInt(bitOffset)), (1n << BigInt(size)) - 1n);
}
