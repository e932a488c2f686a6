import type { CoreTraits } from './corePeripheralText.ts';
import type { Device } from './device.ts';
import { looseName } from './names.ts';

/** What the device's core is, by the file's own word or else by the part's name; undefined: not one whose own peripherals are known here. */
export function coreTraits(device: Pick<Device, 'name' | 'cpu'>): CoreTraits | undefined {
  // Some RISC-V parts' files were made from an Arm part's, and still name its core.
  const riscv = riscvCores.find(([part]) => part.test(device.name));
  if (riscv !== undefined) return { words: new Set(riscv[1].split(' ')), manual: riscv[2] };
  const name = looseName((device.cpu?.name ?? '').replace('+', 'PLUS')).replace(/^CORTEX/, 'C');
  const part = armParts.find(([pattern]) => pattern.test(device.name))?.[1];
  const words = armCores.find(([pattern]) => pattern.test(name))?.[1] ?? part;
  return words === undefined ? undefined : { words: new Set(words.split(' ')), manual: armManual(words) };
}

const mainline = 'v8m v8 main v8main fpu';
const mainline81 = `${mainline} v81 cache`;

/** Cores by the names of CMSIS-SVD and what vendors make of them. */
const armCores: readonly (readonly [RegExp, string])[] = [
  [/^(CM0|SC000)$/, 'v6m base cm0'], [/^CM0P(LUS)?$/, 'v6m base cm0p vtor mpu'], [/^CM1$/, 'v6m base cm1'],
  [/^(CM3|SC300)$/, 'v7m main cm3'], [/^CM4F?$/, 'v7m main cm4 fpu'], [/^CM7F?$/, 'v7m main cm7 fpu cache'],
  [/^(CM23|ARMV8MBL)$/, 'v8m v8 base cm23 vtor'], [/^(CM33F?|ARMV8MML|STARMC1)$/, `${mainline} cm33`], [/^CM35PF?$/, `${mainline} cm33 cm35p`],
  [/^CM52F?$/, `${mainline81} cm52 memory`], [/^(CM55F?|ARMV81MML)$/, `${mainline81} cm55 memory`], [/^(CM85F?|STARMC3)$/, `${mainline81} cm85 memory`],
];

const coreOf = (cpu: string) => armCores.find(([pattern]) => pattern.test(cpu))?.[1] ?? '';

/** Families of one core each, for files that do not name it. */
const armParts: readonly (readonly [RegExp, string])[] = [
  [/^STM32F0/i, coreOf('CM0')], [/^(STM32[GLCU]0|RP2040|ATSAM[DLC][012]|SAM[DLC][012])/i, coreOf('CM0P')],
  [/^(STM32F[12]|STM32L1|GD32F1[0-9]|LPC1[37]|ATSAM3|EFM32[GT]G|ARMCM3)/i, coreOf('CM3')],
  [/^(STM32F[34]|STM32G4|STM32L4|STM32WB[0-9]|GD32F[34]|NRF52|ATSAM4|ATSAM[DE]5|XMC4|ARMCM4)/i, coreOf('CM4')],
  [/^(STM32F7|STM32H7[2345A-B]|ATSAM[ESV]7|MIMXRT10|ARMCM7)/i, coreOf('CM7')],
  [/^(STM32H5|STM32[LU]5|STM32WBA|NRF53|NRF91|NRF54L|RP2350|LPC55|ARMCM33)/i, coreOf('CM33')],
  [/^(STM32N6|ARMCM55)/i, coreOf('CM55')], [/^ARMCM85/i, coreOf('CM85')], [/^ARMCM0P/i, coreOf('CM0P')], [/^ARMCM0/i, coreOf('CM0')],
];

function armManual(words: string): string {
  if (words.startsWith('v6m')) return 'Armv6-M Architecture Reference Manual (DDI 0419), part B';
  return words.startsWith('v7m') ? 'Armv7-M Architecture Reference Manual (DDI 0403), part B' : 'Armv8-M Architecture Reference Manual (DDI 0553), chapter D1';
}

/** RISC-V parts by device name: their files seldom name the core, and where its peripherals lie is the chip's own. */
const riscvCores: readonly (readonly [RegExp, string, string])[] = [
  [/^(FE310|E310|HIFIVE)/i, 'riscv clint plic', 'SiFive FE310-G002 Manual, chapters 8 to 10'],
  [/^FU[57]40/i, 'riscv clint plic fiveharts', 'SiFive FU540-C000 Manual, chapters 8 to 10'],
  [/^K210/i, 'riscv clint plic twoharts', 'RISC-V Platform-Level Interrupt Controller Specification; SiFive E31 core manual (CLINT)'],
  [/^D1-?[HS]?1?$/i, 'riscv plicd1', 'RISC-V Platform-Level Interrupt Controller Specification; T-Head C906 user manual (CLINT)'],
  [/^GD32VF103/i, 'riscv eclic', 'Nuclei Bumblebee core architecture manual, chapters on TIMER and ECLIC'],
  [/^CH32V0|^CH32VX?00|^CH641/i, 'riscv pfic pfic2', 'WCH QingKeV2 processor manual, chapters PFIC and SysTick'],
  [/^CH32V1|^CH56|^CH57[13]/i, 'riscv pfic pfic3', 'WCH QingKeV3 processor manual, chapters PFIC and SysTick'],
  [/^CH32[VXL]|^CH58|^CH59/i, 'riscv pfic pfic4', 'WCH QingKeV4 processor manual, chapters PFIC and SysTick'],
];
