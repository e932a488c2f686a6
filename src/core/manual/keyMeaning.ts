import type { RegisterPlace } from '../device/device.ts';
import { registerKeys } from './registerKeys.ts';

/** What a key value written to a field does (`0xCCCC` to IWDG.KR starts the watchdog); undefined where it is no key, or only unlocks. */
export function keyMeaning(place: RegisterPlace, field: string, value: string, device: string): string | undefined {
  return registerKeys(place, { device }).filter(({ fields }) => fields?.includes(field) ?? place.register.fields.length === 1)
    .flatMap(({ keys }) => keys).find(key => key.value === BigInt(value))?.meaning;
}
