import type { Field } from './device.ts';
import type { EffectPlace, SideEffect } from './sideEffects.ts';

/** Side effects that reference manuals state and the vendors' SVD files leave out; written here from those manuals. */
interface DocumentedEffect {
  /** Peripheral kinds: matched against the group name, then the name without its number. */
  readonly peripheral: RegExp;
  readonly register: RegExp;
  /** Absent: the whole register. */
  readonly fields?: RegExp;
  readonly text: string;
  readonly modifiedWriteValues?: string;
  readonly readAction?: string;
  /** Other parts that behave so, where these differ from `likelySame`. */
  readonly likely?: RegExp;
  /** Heading under which the manuals of `manuals` say it. */
  readonly heading: string;
}

/** Manuals whose chapters agree on all of `effects` that the device has. */
const manuals: readonly (readonly [RegExp, string])[] = [
  [/^STM32F(405|407|415|417|427|429|437|439)/i, 'RM0090'],
  [/^STM32F10[12357]/i, 'RM0008'],
];

/** Parts with the same peripherals by the same maker or licence, whose own manual was not compared. */
const likelySame = /^(STM32F[124]|STM32L1|GD32F[1-4]|GD32VF103|AT32F4|APM32F[14]|CH32[FV][12]|HK32F103|CS32F103)/i;

const writeZero = 'Cleared by writing 0; writing 1 has no effect. Clear it with a plain write (~flag), as read-modify-write can clear flags set in between.';

const effects: readonly DocumentedEffect[] = [
  { peripheral: /^US?ART$/, register: /^SR$/, fields: /^(CTS|LBD|TC|RXNE)$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear', heading: 'USART status register (USART_SR)' },
  { peripheral: /^US?ART$/, register: /^SR$/, fields: /^(IDLE|ORE|NF|NE|FE|PE)$/, text: 'Cleared by reading SR and then reading DR (PE: or writing DR).', heading: 'USART status register (USART_SR)' },
  { peripheral: /^US?ART$/, register: /^DR$/, text: 'Reading takes the received byte and clears SR.RXNE, and after a read of SR the flags PE, FE, NF, ORE and IDLE; writing hands over a byte to send and clears SR.TXE.', readAction: 'modifyExternal', heading: 'USART data register (USART_DR)' },
  { peripheral: /^(TIM|TIMS|TIMER)$/, register: /^SR$/, text: writeZero, modifiedWriteValues: 'zeroToClear', likely: /^(STM32|GD32|AT32|APM32|CH32)/i, heading: 'TIMx status register (TIMx_SR)' },
  { peripheral: /^(TIM|TIMS|TIMER)$/, register: /^EGR$/, text: 'Writing 1 generates the event; hardware clears the bit.', modifiedWriteValues: 'oneToSet', heading: 'TIMx event generation register (TIMx_EGR)' },
  { peripheral: /^EXTI$/, register: /^PR$/, text: 'Writing 1 clears the pending bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', heading: 'Pending register (EXTI_PR)' },
  { peripheral: /^DMA$/, register: /^(LISR|HISR|ISR)$/, text: 'Flags are set by hardware and cleared by writing 1 to the same bit of the flag clear register (LIFCR, HIFCR or IFCR).', heading: 'DMA interrupt status register' },
  { peripheral: /^DMA$/, register: /^(LIFCR|HIFCR|IFCR)$/, text: 'Writing 1 clears the flag in the status register; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', heading: 'DMA interrupt flag clear register' },
  { peripheral: /^GPIO$/, register: /^BSRR$/, fields: /^BS\d+$/, text: 'Writing 1 sets the pin\'s output bit; writing 0 has no effect. Reads as 0.', modifiedWriteValues: 'oneToSet', heading: 'GPIO port bit set/reset register (GPIOx_BSRR)' },
  { peripheral: /^GPIO$/, register: /^BSRR$/, fields: /^BR\d+$/, text: 'Writing 1 clears the pin\'s output bit; writing 0 has no effect; the set bit wins when both are written. Reads as 0.', modifiedWriteValues: 'oneToClear', heading: 'GPIO port bit set/reset register (GPIOx_BSRR)' },
  { peripheral: /^GPIO$/, register: /^BRR$/, text: 'Writing 1 clears the pin\'s output bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', heading: 'GPIO port bit reset register (GPIOx_BRR)' },
  { peripheral: /^SPI$/, register: /^SR$/, fields: /^OVR$/, text: 'Cleared by reading DR and then reading SR.', heading: 'SPI status register (SPI_SR)' },
  { peripheral: /^SPI$/, register: /^SR$/, fields: /^MODF$/, text: 'Cleared by reading SR and then writing CR1.', heading: 'SPI status register (SPI_SR)' },
  { peripheral: /^SPI$/, register: /^SR$/, fields: /^CRCERR$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear', heading: 'SPI status register (SPI_SR)' },
  { peripheral: /^I2C$/, register: /^SR1$/, fields: /^(SMBALERT|TIMEOUT|PECERR|OVR|AF|ARLO|BERR)$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear', heading: 'I2C Status register 1 (I2C_SR1)' },
  { peripheral: /^I2C$/, register: /^SR1$/, fields: /^ADDR$/, text: 'Cleared by reading SR1 and then reading SR2.', heading: 'I2C Status register 1 (I2C_SR1)' },
  { peripheral: /^I2C$/, register: /^SR1$/, fields: /^STOPF$/, text: 'Cleared by reading SR1 and then writing CR1.', heading: 'I2C Status register 1 (I2C_SR1)' },
  { peripheral: /^I2C$/, register: /^SR1$/, fields: /^SB$/, text: 'Cleared by reading SR1 and then writing DR.', heading: 'I2C Status register 1 (I2C_SR1)' },
  { peripheral: /^ADC$/, register: /^SR$/, text: 'Cleared by writing 0; writing 1 has no effect. EOC is also cleared by reading DR.', modifiedWriteValues: 'zeroToClear', heading: 'ADC status register (ADC_SR)' },
  { peripheral: /^IWDG$/, register: /^KR$/, text: 'Takes keys: 0xAAAA reloads the counter, 0x5555 unlocks PR and RLR, 0xCCCC starts the watchdog.', heading: 'Key register (IWDG_KR)' },
  { peripheral: /^FLASH$/, register: /^KEYR$/, text: 'Takes the keys 0x45670123 and then 0xCDEF89AB; another order locks the controller until reset.', heading: 'FLASH key register (FLASH_KEYR)' },
];

export interface DocumentedOptions {
  readonly device: string | undefined;
  /** Fields whose effects the file does not state. */
  readonly fields: readonly Field[];
  readonly wholeRegister: boolean;
}

/** What manuals say of a register's silent fields: documented on the manual's own devices, inferred on their likes. */
export function documentedEffects(place: EffectPlace, options: DocumentedOptions): SideEffect[] {
  const { device } = options;
  if (device === undefined) return [];
  const manual = manuals.find(([pattern]) => pattern.test(device))?.[1];
  const name = registerName(place);
  return effects.filter(effect => (manual !== undefined || (effect.likely ?? likelySame).test(device)) && effect.register.test(name) && kindsOf(place).some(kind => effect.peripheral.test(kind)))
    .flatMap(effect => effectOf(effect, manual, options));
}

/** Some files repeat the peripheral's name in its registers: `TIM2_SR`. */
function registerName({ peripheral, register }: EffectPlace): string {
  const prefix = `${peripheral.name}_`;
  return register.name.startsWith(prefix) ? register.name.slice(prefix.length) : register.name;
}

function kindsOf({ peripheral }: EffectPlace): string[] {
  return [peripheral.groupName ?? '', peripheral.name.replace(/[0-9]+$/, ''), /^GPIO[A-K]$/.test(peripheral.name) ? 'GPIO' : ''];
}

function effectOf(effect: DocumentedEffect, manual: string | undefined, options: DocumentedOptions): SideEffect[] {
  const { fields: pattern, text, modifiedWriteValues, readAction, heading } = effect;
  const names = pattern === undefined ? undefined : options.fields.filter(({ name }) => pattern.test(name)).map(({ name }) => name);
  if (names?.length === 0) return [];
  return [{
    text, ...(names !== undefined && options.wholeRegister && { fields: names }),
    ...(manual === undefined ? { certainty: 'inferred', source: `the STM32F4's RM0090, ${heading}` } : { certainty: 'documented', source: `${manual}, ${heading}` }),
    ...(modifiedWriteValues !== undefined && { modifiedWriteValues }), ...(readAction !== undefined && { readAction }),
  }];
}
