import type { IpBlock, ManualFamily, ManualName } from './manualFamily.ts';
import { stm32Analog } from './stm32Adc.ts';
import { stm32Can } from './stm32Can.ts';
import { stm32Crypto } from './stm32Crypto.ts';
import { stm32Dma } from './stm32Dma.ts';
import { stm32Ethernet } from './stm32Ethernet.ts';
import { stm32Ports } from './stm32Exti.ts';
import { flashByDoubleWord, flashByHalfWord, flashBySector, flashInTwoViews, flashWithClearRegister, flashWithEeprom } from './stm32Flash.ts';
import { stm32I2c } from './stm32I2c.ts';
import { stm32Media } from './stm32Media.ts';
import { stm32Memory } from './stm32Memory.ts';
import { stm32Power } from './stm32Power.ts';
import { stm32Rtc } from './stm32Rtc.ts';
import { stm32Clocks, stm32ClocksWithSharedAnalog, stm32ReservedBits } from './stm32Rules.ts';
import { stm32Spi } from './stm32Spi.ts';
import { stm32Timers } from './stm32Timer.ts';
import { stm32Usart } from './stm32Usart.ts';
import { stm32Usb } from './stm32Usb.ts';
import { stm32Values } from './stm32Values.ts';

/** Blocks that tell their versions by their registers, so that every family may list them all. */
const sharedBlocks: readonly IpBlock[] = [...stm32Usart, ...stm32Timers, ...stm32Dma, ...stm32I2c, ...stm32Spi, ...stm32Analog, ...stm32Ports, ...stm32Can, ...stm32Rtc, ...stm32Usb, ...stm32Memory, ...stm32Crypto, ...stm32Ethernet, ...stm32Power, ...stm32Media, ...stm32Values];

const sharesAnalogClock = /STM32(F0|F3|G0|G4|L0|L4|WB\()/;

function family(parts: RegExp, flash: readonly IpBlock[], manuals: readonly ManualName[]): ManualFamily {
  const [first] = manuals;
  return { parts, manuals, inferredFrom: `the STM32's ${first?.name ?? 'manuals'}`, blocks: [...sharedBlocks, ...flash], reservedBits: stm32ReservedBits, clocks: sharesAnalogClock.test(parts.source) ? stm32ClocksWithSharedAnalog : stm32Clocks };
}

/** Every STM32 family whose manual is known, under the manual's number. */
export const stm32Families: readonly ManualFamily[] = [
  family(/^STM32F0/i, [flashByHalfWord], [{ name: 'RM0360', parts: /^STM32F0[37x]0/i }, { name: 'RM0091', parts: /^STM32F0[3-9x][128x]/i }]),
  family(/^STM32F1/i, [flashByHalfWord], [{ name: 'RM0041', parts: /^STM32F100/i }, { name: 'RM0008', parts: /^STM32F10[12357x]/i }]),
  family(/^STM32F2/i, [flashBySector], [{ name: 'RM0033', parts: /^STM32F2/i }]),
  family(/^STM32F3/i, [flashByHalfWord], [{ name: 'RM0316', parts: /^STM32F3(03|28|58|98)/i }, { name: 'RM0364', parts: /^STM32F3[3x]4/i }, { name: 'RM0365', parts: /^STM32F302/i }, { name: 'RM0366', parts: /^STM32F301|^STM32F318/i }, { name: 'RM0313', parts: /^STM32F37[38]/i }]),
  family(/^STM32F4/i, [flashBySector], [{ name: 'RM0090', parts: /^STM32F4(0[57x]|1[57x]|2[79x]|3[79x])/i }, { name: 'RM0368', parts: /^STM32F401/i }, { name: 'RM0383', parts: /^STM32F411/i }, { name: 'RM0390', parts: /^STM32F446/i }, { name: 'RM0386', parts: /^STM32F4[67]9/i }, { name: 'RM0401', parts: /^STM32F410/i }, { name: 'RM0402', parts: /^STM32F412/i }, { name: 'RM0430', parts: /^STM32F4[12]3/i }]),
  family(/^STM32F7/i, [flashBySector], [{ name: 'RM0385', parts: /^STM32F7([45][056x]|x[56])/i }, { name: 'RM0410', parts: /^STM32F7([67][5-9x]|x[79])/i }, { name: 'RM0431', parts: /^STM32F7[23x][0-3x]/i }]),
  family(/^STM32G0/i, [flashByDoubleWord], [{ name: 'RM0454', parts: /^STM32G0[3-9BC]0/i }, { name: 'RM0444', parts: /^STM32G0[3-9BC]1/i }]),
  family(/^STM32G4/i, [flashByDoubleWord], [{ name: 'RM0440', parts: /^STM32G4/i }]),
  family(/^STM32H5/i, [flashWithClearRegister], [{ name: 'RM0492', parts: /^STM32H503/i }, { name: 'RM0481', parts: /^STM32H5[2367]/i }]),
  family(/^STM32H7/i, [flashWithClearRegister], [{ name: 'RM0399', parts: /^STM32H7[45][57]/i }, { name: 'RM0433', parts: /^STM32H7(4[23]|5[03])/i }, { name: 'RM0468', parts: /^STM32H7[23]/i }, { name: 'RM0455', parts: /^STM32H7[AB]/i }, { name: 'RM0477', parts: /^STM32H7[RS]/i }]),
  family(/^STM32N6/i, [], [{ name: 'RM0486', parts: /^STM32N6/i }]),
  family(/^STM32L0/i, [flashWithEeprom], [{ name: 'RM0377', parts: /^STM32L0[1-8]1|^STM32L0x1/i }, { name: 'RM0376', parts: /^STM32L0[5-8x]2/i }, { name: 'RM0367', parts: /^STM32L0[5-8x]3/i }, { name: 'RM0451', parts: /^STM32L0[1-8x]0/i }]),
  family(/^STM32L1/i, [flashWithEeprom], [{ name: 'RM0038', parts: /^STM32L1/i }]),
  family(/^STM32L4/i, [flashByDoubleWord], [{ name: 'RM0432', parts: /^STM32L4[PQRS+]/i }, { name: 'RM0394', parts: /^STM32L4([1-6][123]|x[23])/i }, { name: 'RM0351', parts: /^STM32L4[7-9A][156]|^STM32L4x[56]/i }]),
  family(/^STM32L5/i, [flashInTwoViews], [{ name: 'RM0438', parts: /^STM32L5/i }]),
  family(/^STM32U0/i, [flashByDoubleWord], [{ name: 'RM0503', parts: /^STM32U0/i }]),
  family(/^STM32U[35]/i, [flashInTwoViews], [{ name: 'RM0456', parts: /^STM32U5/i }]),
  family(/^STM32WBA/i, [flashInTwoViews], [{ name: 'RM0493', parts: /^STM32WBA5/i }, { name: 'RM0515', parts: /^STM32WBA6/i }]),
  family(/^STM32WB(?!A|0)/i, [flashByDoubleWord], [{ name: 'RM0434', parts: /^STM32WB[35]5|^STM32WBx5/i }, { name: 'RM0471', parts: /^STM32WB[35]0/i }, { name: 'RM0473', parts: /^STM32WB15/i }, { name: 'RM0478', parts: /^STM32WB10/i }]),
  family(/^STM32WL/i, [flashByDoubleWord], [{ name: 'RM0453', parts: /^STM32WL5/i }, { name: 'RM0461', parts: /^STM32WLE/i }]),
  family(/^STM32C0/i, [flashByDoubleWord], [{ name: 'RM0490', parts: /^STM32C0/i }]),
];
