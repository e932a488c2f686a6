import { comparedName } from './partNames.ts';

/** The processor core of a part, where its name settles it. */
export function coreOfPart(part: string): string | undefined {
  const name = comparedName(part);
  return cores.find(([pattern]) => pattern.test(name))?.[1];
}

/** A core as people write it: `Cortex-M4F` for `cortex-m4` with a floating-point unit and `Cortex-M4.fp.sp`, `Cortex-M0+` for `CM0PLUS`; other names as they are. */
export function coreName(option: string, hasFpu = false): string {
  const cortex = /^(?:arm[ -]?)?c(?:ortex-?)?([amr]\d+)(plus|p|\+)?(f)?(\.fp|\+fp)?/i.exec(option.trim());
  if (cortex === null) return option;
  const [, number = '', plus, letter, fp] = cortex;
  const name = `Cortex-${number.toUpperCase()}${plus === undefined ? '' : '+'}`;
  // Of the M4 alone the unit is part of the name; the M7 and the M33 have one or not without another name.
  return name === 'Cortex-M4' && (hasFpu || letter !== undefined || fp !== undefined) ? 'Cortex-M4F' : name;
}

const cores: readonly (readonly [RegExp, string])[] = [
  [/^STM32F0/, 'Cortex-M0'],
  [/^STM32(C0|G0|L0|U0|WB0|WL3)/, 'Cortex-M0+'],
  [/^STM32(F1|F2|L1|W108)/, 'Cortex-M3'],
  [/^STM32WL/, 'Cortex-M4'],
  [/^STM32(F3|F4|G4|L4|WB[1-9]|MP1)/, 'Cortex-M4F'],
  [/^STM32(F7|H7)/, 'Cortex-M7'],
  [/^STM32(H5|L5|U3|U5|WBA|MP2)/, 'Cortex-M33'],
  [/^STM32N6/, 'Cortex-M55'],
  [/^NRF51/, 'Cortex-M0'],
  [/^NRF52(805|81\d|820)/, 'Cortex-M4'],
  [/^NRF52/, 'Cortex-M4F'],
  [/^NRF(53|54|91|92)/, 'Cortex-M33'],
  [/^ESP32S[23]/, 'Xtensa LX7'],
  [/^ESP32[CHP]/, 'RISC-V'],
  [/^ESP32/, 'Xtensa LX6'],
  [/^ESP8266/, 'Xtensa LX106'],
  [/^RP2040/, 'Cortex-M0+'],
  [/^RP2350/, 'Cortex-M33'],
  [/^AT(MEGA|TINY|XMEGA|90)|^AVR/, 'AVR'],
  [/^SAM(C2|D[012]|L2|R)/, 'Cortex-M0+'],
  [/^SAM3/, 'Cortex-M3'],
  [/^SAM(D5|E5|G5|4E)/, 'Cortex-M4F'],
  [/^SAM4/, 'Cortex-M4'],
  [/^SAML1/, 'Cortex-M23'],
  [/^SAM[ESV]7/, 'Cortex-M7'],
  [/^LPC(8|11U6|11E6)/, 'Cortex-M0+'],
  [/^LPC1[12]/, 'Cortex-M0'],
  [/^LPC1[3578]/, 'Cortex-M3'],
  [/^LPC(4|54)/, 'Cortex-M4F'],
  [/^LPC55/, 'Cortex-M33'],
  [/^MK[LEM]\d\d[DZ]|^MK[LM]|^MKE0/, 'Cortex-M0+'],
  [/^MK[VWES]?\d\d[A-Z]*F/, 'Cortex-M4F'],
  [/^MKW[34]/, 'Cortex-M0+'],
  [/^MK/, 'Cortex-M4'],
  [/^MIMXRT1/, 'Cortex-M7'],
  [/^MCX[CEL]/, 'Cortex-M0+'],
  [/^(MIMXRT|MCX[ANW])/, 'Cortex-M33'],
  [/^S32K1[14]/, 'Cortex-M4F'],
  [/^S32K3/, 'Cortex-M7'],
  [/^GD32V|^CH32[VX]|^FE310|^K210|^BL|^HPM|^CH5[6-9]/, 'RISC-V'],
  [/^GD32F[12]|^CH32F1|^APM32F1|^AT32F1/, 'Cortex-M3'],
  [/^GD32(E5|L5|W5|A5)/, 'Cortex-M33'],
  [/^GD32(E2|L2)/, 'Cortex-M23'],
  [/^GD32H7/, 'Cortex-M7'],
  [/^AT32F42/, 'Cortex-M4'],
  [/^GD32[AFCE][1-4]|^AT32[AFW]|^APM32F4/, 'Cortex-M4F'],
  [/^R7FA(2E|2L|2A)/, 'Cortex-M23'],
  [/^R7FA(4M1|4W1|6M[1-3]|6T1)/, 'Cortex-M4F'],
  [/^R7FA[46]/, 'Cortex-M33'],
  [/^R7FA8/, 'Cortex-M85'],
  [/^(TM4C|LM4F|MSP432|CC1[34]\d2|CC26\d2|XMC4)/, 'Cortex-M4F'],
  [/^CC32/, 'Cortex-M4'],
  [/^(CC13|CC26)/, 'Cortex-M3'],
  [/^XMC1/, 'Cortex-M0'],
  [/^XMC7/, 'Cortex-M7'],
  [/^CY8C6/, 'Cortex-M4F'],
  [/^CY8C5/, 'Cortex-M3'],
  [/^CY8C4/, 'Cortex-M0+'],
  [/^EFR32.G2|^E[FB][MG]32PG2/, 'Cortex-M33'],
  [/^EFM32(ZG|HG)/, 'Cortex-M0+'],
  [/^EFM32(GG11|GG12|WG|PG1|JG1)|^EFR32/, 'Cortex-M4F'],
  [/^EFM32/, 'Cortex-M3'],
  [/^MAX32/, 'Cortex-M4F'],
  [/^[BFM]GM2[24]|^MGM2[14]/, 'Cortex-M33'],
  [/^MSPM0/, 'Cortex-M0+'],
  [/^MSP430/, 'MSP430'],
  [/^STM8/, 'STM8'],
];
