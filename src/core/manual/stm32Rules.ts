import type { ClockScheme, ReservedBitsFact } from './manualFamily.ts';

/** What the STM32 manuals say of bits that no field covers. */
export const stm32ReservedBits: ReservedBitsFact = { text: 'keep them at their reset value.', write: 'reset', heading: 'List of abbreviations for registers' };

/** Bits of RCC, named after what they feed. */
export const stm32Clocks: ClockScheme = {
  controllers: [
    { does: 'enable', peripheral: /^RCC$/, register: /^(A[HP]B\d?[LH]?|IOP|GPIO)ENR\d?$/, field: /^(\w+?)EN$/ },
    { does: 'reset', peripheral: /^RCC$/, register: /^(A[HP]B\d?[LH]?|IOP|GPIO)RSTR\d?$/, field: /^(\w+?)RST$/ },
    { does: 'lowPowerEnable', peripheral: /^RCC$/, register: /^(A[HP]B\d?[LH]?|IOP|GPIO)(LP|SM)ENR\d?$/, field: /^(\w+?)(LP|SM)EN$/ },
  ],
  aliases: [
    [/^IOP([A-K])$/, 'GPIO$1'],
    [/^U(?:S)?ART(\d+)$/, 'USART$1 UART$1'],
  ],
  heading: 'RCC registers',
};
