import type { ManualFamily } from './manualFamily.ts';
import { ch32 } from './ch32.ts';
import { gd32 } from './gd32.ts';
import { stm32Clones } from './stm32Clones.ts';
import { stm32Families } from './stm32Families.ts';

/** Every family whose manuals' facts are here; the first that matches a device counts. */
export const manualFamilies: readonly ManualFamily[] = [...stm32Families, gd32, ch32, stm32Clones];
