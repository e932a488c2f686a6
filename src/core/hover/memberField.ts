import type { Field } from '../device/device.ts';
import { findField, findFieldOf } from '../device/findRegisters.ts';
import { looseName } from '../device/names.ts';
import type { ResolvedAccess } from '../graph/resolveAccess.ts';
import type { AccessFact } from '../parse/facts.ts';

/**
 * The field that the last member names where headers make fields members too: `UART0.conf0.txd_inv`,
 * `PORT->CTRL.bit.ENABLE`. What is written there is the field's value, not the register's.
 */
export function memberField({ base, members }: AccessFact, { places: [place], how }: ResolvedAccess): Field | undefined {
  const last = members.at(-1);
  // By address the header's names are its own, and a like field is chance.
  if (place === undefined || last === undefined || (members.length < 2 && !base.endsWith('bits')) || how === 'address') return undefined;
  if (base.endsWith('bits')) return findField(place.register.fields, last);
  if (/^(reg|val|word|w|u8|u16|u32)$/.test(last)) return undefined;
  if (looseName(place.path.slice(place.path.lastIndexOf('.') + 1)).endsWith(looseName(last)) && !/^(bit|b|bits)$/.test(members.at(-2) ?? '')) return undefined;
  return findFieldOf(place, last);
}
