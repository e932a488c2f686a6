import type { LintHit } from './finding.ts';
import type { JoinedAccess, LintGround } from './joinedAccess.ts';
import { at } from './registerMisuse.ts';

/** Data registers take bytes and half-words: that is how FIFOs and CRC units are fed. */
const takesAnyWidth = /(^|_)(T|R)?X?D(R|AT|ATA|ATAR)\d*(_\w+)?$|DATA|FIFO|BUF|^IPR?\d*|PRI|^D\d/i;

/** Reset, clock and flash control of STM32 take bytes, half-words and words, as their manuals say. */
const takesBytes = /^(RCC|FLASH)$/;

/** A register accessed through a pointer of another width than its own. */
export function wrongWidth({ access, castBits, places, resolved }: JoinedAccess, { file }: LintGround): LintHit[] {
  const [{ register, peripheral }] = places;
  if (castBits === undefined || resolved.how === 'type' || resolved.bit !== undefined || places.some(place => place.register.size === castBits)) return [];
  // A core of 32 bits has no other way to a register of 64.
  if (register.size > 32) return [];
  const isWider = castBits > register.size;
  // Core registers are byte-addressable where the manual says so; peripherals on a bus often take words only.
  if (!isWider && (peripheral.baseAddress >> 20n === 0xE00n || takesAnyWidth.test(register.name) || takesBytes.test(peripheral.name) || /GPIO|^P(ORT|IO)?[A-Z]$/i.test(peripheral.groupName ?? peripheral.name))) return [];
  const action = access.kind === 'read' ? 'read' : 'written';
  const message = isWider
    ? `${resolved.path} has ${register.size} bits but is ${action} with ${castBits}: the registers behind it are ${action} too.`
    : `${resolved.path} has ${register.size} bits but is ${action} with ${castBits}: many buses repeat the byte or half-word in the others, or refuse it.`;
  return [{ rule: 'wrong-width-access', file, ...at(access), certainty: isWider ? 'likely' : 'possible', message }];
}
