import type { ManualFamily } from './manualFamily.ts';
import { stm32Blocks } from './stm32Blocks.ts';
import { stm32Clocks, stm32ReservedBits } from './stm32Rules.ts';

/** STM32F4. */
export const stm32F4: ManualFamily = {
  parts: /^STM32F4/i,
  manuals: [{ name: 'RM0090', parts: /^STM32F4(0[57x]|1[57x]|2[79x]|3[79x])/i }],
  inferredFrom: 'the STM32F4\'s RM0090',
  blocks: stm32Blocks,
  reservedBits: stm32ReservedBits,
  clocks: stm32Clocks,
};
