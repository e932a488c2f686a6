import type { ManualFamily } from './manualFamily.ts';
import { stm32Blocks } from './stm32Blocks.ts';
import { stm32Clocks, stm32ReservedBits } from './stm32Rules.ts';

/** STM32F1. */
export const stm32F1: ManualFamily = {
  parts: /^STM32F1/i,
  manuals: [{ name: 'RM0008', parts: /^STM32F10[12357x]/i }],
  inferredFrom: 'the STM32F1\'s RM0008',
  blocks: stm32Blocks,
  reservedBits: stm32ReservedBits,
  clocks: stm32Clocks,
};
