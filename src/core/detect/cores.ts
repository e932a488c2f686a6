import { comparedName } from './partNames.ts';

/** The processor core of a part, where its name settles it. */
export function coreOfPart(part: string): string | undefined {
  const name = comparedName(part);
  return cores.find(([pattern]) => pattern.test(name))?.[1];
}

/** A core as people write it: `Cortex-M4` for `cortex-m4`, `Cortex-M4.fp.sp` and `CM4`; other names as they are. */
export function coreName(option: string): string {
  const cortex = /^cortex-?([amr]\d+)(plus|p|\+)?/i.exec(option);
  if (cortex === null) return option;
  return `Cortex-${(cortex[1] ?? '').toUpperCase()}${cortex[2] === undefined ? '' : '+'}`;
}

const cores: readonly (readonly [RegExp, string])[] = [
  [/^STM32(F0)/, 'Cortex-M0'],
  [/^STM32(C0|G0|L0|U0|WB0)/, 'Cortex-M0+'],
  [/^STM32(F1|F2|L1)/, 'Cortex-M3'],
  [/^STM32(F3|F4|G4|L4|WB[1-9]|WL|MP1)/, 'Cortex-M4'],
  [/^STM32(F7|H7)/, 'Cortex-M7'],
  [/^STM32(H5|L5|U3|U5|WBA)/, 'Cortex-M33'],
  [/^STM32N6/, 'Cortex-M55'],
  [/^NRF51/, 'Cortex-M0'],
  [/^NRF52/, 'Cortex-M4'],
  [/^NRF(53|54|91|92)/, 'Cortex-M33'],
  [/^ESP32(S2|S3)/, 'Xtensa LX7'],
  [/^ESP32[CHP]/, 'RISC-V'],
  [/^ESP32/, 'Xtensa LX6'],
  [/^ESP8266/, 'Xtensa LX106'],
  [/^RP2040/, 'Cortex-M0+'],
  [/^RP2350/, 'Cortex-M33'],
  [/^AT(MEGA|TINY|XMEGA|90)/, 'AVR'],
  [/^SAM(C2|D[012]|L2|R)/, 'Cortex-M0+'],
  [/^SAM3/, 'Cortex-M3'],
  [/^SAM(4|D5|E5|G5)/, 'Cortex-M4'],
  [/^SAM[ESV]7/, 'Cortex-M7'],
  [/^LPC(8|11U6)/, 'Cortex-M0+'],
  [/^LPC11/, 'Cortex-M0'],
  [/^LPC1[378]/, 'Cortex-M3'],
  [/^LPC(4|54)/, 'Cortex-M4'],
  [/^LPC55/, 'Cortex-M33'],
  [/^MK[LE]/, 'Cortex-M0+'],
  [/^MK[0-9VWS]/, 'Cortex-M4'],
  [/^MIMXRT1/, 'Cortex-M7'],
  [/^(MIMXRT|MCX[AN])/, 'Cortex-M33'],
  [/^S32K1[14]/, 'Cortex-M4'],
  [/^GD32V|^CH32V|^FE310|^K210|^BL|^HPM|^CH5[6-9]/, 'RISC-V'],
  [/^GD32F1|^CH32F1/, 'Cortex-M3'],
  [/^GD32[FE][234]|^AT32F4/, 'Cortex-M4'],
  [/^R7FA(2E|2L)/, 'Cortex-M23'],
  [/^R7FA(4M1|6M[1-3])/, 'Cortex-M4'],
  [/^(TM4C|LM4F|MSP432|CC1352|CC2652|XMC4)/, 'Cortex-M4'],
  [/^(CC13|CC26|CC32)/, 'Cortex-M3'],
  [/^XMC1/, 'Cortex-M0'],
  [/^EFR32.G2|^EFM32PG2/, 'Cortex-M33'],
  [/^E?F[MR]32[WM]G/, 'Cortex-M4'],
  [/^MSP430/, 'MSP430'],
  [/^STM8/, 'STM8'],
];
