import type { ManualFamily } from './manualFamily.ts';
import { stm32Blocks } from './stm32Blocks.ts';
import { stm32Clocks } from './stm32Rules.ts';

/** Parts with the same peripherals by the same maker or others, whose own manual was not compared: every fact is inferred. */
export const stm32Clones: ManualFamily = {
  parts: /^(STM32|AT32|APM32|HK32|CS32|MM32F103|GD32|CH32[FV])/i,
  manuals: [],
  inferredFrom: 'the STM32F4\'s RM0090',
  blocks: stm32Blocks,
  clocks: stm32Clocks,
};
