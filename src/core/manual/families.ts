import type { ManualFamily } from './manualFamily.ts';
import { stm32Clones } from './stm32Clones.ts';
import { stm32F1 } from './stm32F1.ts';
import { stm32F4 } from './stm32F4.ts';

/** Every family whose manuals' facts are here; the first that matches a device counts. */
export const manualFamilies: readonly ManualFamily[] = [stm32F1, stm32F4, stm32Clones];
