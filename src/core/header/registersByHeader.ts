import { registersAt } from '../device/addressIndex.ts';
import type { Device } from '../device/device.ts';
import { pathParts, type FoundRegister } from '../device/findRegisters.ts';
import type { HeaderJoin } from './headerJoin.ts';
import { lookUpMember, lookUpName, type HeaderMeaning } from './lookUp.ts';

/** Registers and fields that a name of the device header means (`ADC123_COMMON->CCR`, `ADC123_COMMON_CCR`, `FSMC_Bank1->BTCR[0]`, `DMA_SxCR_EN`); empty when the header does not have it. */
export function registersByHeader(device: Device, query: string, join: HeaderJoin | undefined): FoundRegister[] {
  const meaning = join === undefined ? undefined : meaningOf(join, query.trim().replace(/^[&*(\s]+/, '').replace(/[);\s]+$/, '').slice(0, 300));
  if (meaning === undefined || meaning.kind === 'instance' || meaning.kind === 'interrupt') return [];
  return meaning.places.flatMap(({ address }) => registersAt(device, address).filter(place => place.address === address)).flatMap((place): FoundRegister[] => {
    const fields = place.register.fields.filter(({ name }) => meaning.fields.includes(name) || name === meaning.fieldName);
    return fields.length > 0 ? fields.map(field => ({ place, field })) : [{ place }];
  });
}

function meaningOf(join: HeaderJoin, query: string): HeaderMeaning | undefined {
  const [first = '', ...rest] = pathParts(query);
  if (rest.length > 0) return lookUpMember(join, first, rest);
  const named = lookUpName(join, first);
  if (named !== undefined) return named;
  // `ADC123_COMMON_CCR`: instance and member joined by an underscore, as people and other tools write them.
  for (let cut = first.lastIndexOf('_'); cut > 0; cut = first.lastIndexOf('_', cut - 1)) {
    const meaning = lookUpMember(join, first.slice(0, cut), [first.slice(cut + 1)]);
    if (meaning !== undefined) return meaning;
  }
  return undefined;
}
