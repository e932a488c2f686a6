import { avrChangeProtected, avrClassic, avrEarly, avrFlashProtected, avrModern } from './avr.ts';
import { ch32 } from './ch32.ts';
import { esp32 } from './esp32.ts';
import { efm32 } from './efm32.ts';
import { gd32 } from './gd32.ts';
import { kinetis } from './kinetis.ts';
import { lpcClassic, lpcFlexcomm } from './lpc.ts';
import type { ManualFamily } from './manualFamily.ts';
import { nordic } from './nordic.ts';
import { raspberryPi } from './raspberryPi.ts';
import { renesasRa } from './renesasRa.ts';
import { sam } from './sam.ts';
import { samd } from './samd.ts';
import { sifive } from './sifive.ts';
import { stm32Clones } from './stm32Clones.ts';
import { stm32Families } from './stm32Families.ts';
import { xmc } from './xmc.ts';

/** Every family whose manuals' facts are here; the first that matches a device counts. */
export const manualFamilies: readonly ManualFamily[] = [...stm32Families, gd32, ch32, stm32Clones, samd, sam, esp32, avrModern, avrEarly, avrChangeProtected, avrFlashProtected, avrClassic, raspberryPi, nordic, kinetis, sifive, lpcClassic, lpcFlexcomm, efm32, xmc, renesasRa];
