import type { ManualFamily } from './manualFamily.ts';
import { stm32Families } from './stm32Families.ts';

/** Parts with the same peripherals by others, whose own manual was not compared: every fact is inferred. */
export const stm32Clones: ManualFamily = {
  parts: /^(STM32|AT32|APM32|HK32|CS32|MM32F103|GD32|CH32[FV])/i,
  manuals: [],
  inferredFrom: 'the STM32F4\'s RM0090',
  blocks: stm32Families.find(({ parts }) => parts.test('STM32F1'))?.blocks ?? [],
};
