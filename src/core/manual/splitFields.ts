import type { Field, Peripheral } from '../device/device.ts';
import { joinSplitFields } from '../device/joinSplitFields.ts';

/**
 * Where ST's older files cut values into single bits, described alike: PLL factors, clock switch and its status in RCC
 * (RM0090 and RM0033, register descriptions of RCC), the watchdog's prescaler (WWDG_CFR), the DAC's HFSEL.
 */
const split: readonly { readonly block: RegExp; readonly field: RegExp }[] = [
  { block: /^RCC$/, field: /^(PLL(I2S|SAI)?[MNPQR]|SWS?|RTCSEL|HPRE|RTCPRE|MCO[12]PRE|I2C\dSEL)$/ },
  { block: /^WWDG\d?$/, field: /^WDGTB$/ },
  { block: /^DAC\d?$/, field: /^HFSEL$/ },
];

/** The fields of an STM32's register, with those that the file cuts into single bits made one. */
export function withoutSplitFields(fields: readonly Field[], { name }: Peripheral, device: string): readonly Field[] {
  const block = /^STM32/i.test(device) ? split.find(entry => entry.block.test(name)) : undefined;
  return block === undefined ? fields : joinSplitFields(fields, joined => block.field.test(joined.name));
}
