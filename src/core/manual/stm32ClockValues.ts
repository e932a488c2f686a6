import type { IpBlock } from './manualFamily.ts';
import { dividers, named, numbered } from './valueNames.ts';

const busDividers = dividers(1, 1, 1, 1, 2, 4, 8, 16);
const coreDividers = dividers(1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 8, 16, 64, 128, 256, 512);
const oddCoreDividers = dividers(1, 3, 5, 1, 1, 6, 10, 32, 2, 4, 8, 16, 64, 128, 256, 512);
const byPowersOfTwo = dividers(1, 2, 4, 8, 16, 32, 64, 128);
const evenDividers = dividers(2, 4, 6, 8);

const systemClock: IpBlock = {
  peripheral: /^RCC$/,
  values: [
    { register: /^CFGR$/, fields: /^SWS?$/, parts: /^STM32F0/i, values: named('HSI', 'HSE', 'PLL', 'HSI48') },
    { register: /^CFGR$/, fields: /^SWS?$/, parts: /^STM32F[1-47]/i, values: named('HSI', 'HSE', 'PLL') },
    { register: /^CFGR$/, fields: /^SWS?$/, parts: /^STM32L[0145]/i, values: named('MSI', 'HSI16', 'HSE', 'PLL') },
    { register: /^CFGR$/, fields: /^SWS?$/, parts: /^STM32W[BL]\d*(?!A)/i, bits: 2, values: named('MSI', 'HSI16', 'HSE32', 'PLL') },
    { register: /^CFGR$/, fields: /^SWS?$/, parts: /^STM32G4/i, values: named('', 'HSI16', 'HSE', 'PLL') },
    { register: /^CFGR$/, fields: /^SWS?$/, parts: /^STM32G0/i, values: named('HSISYS', 'HSE', 'PLLR', 'LSI', 'LSE') },
    { register: /^CFGR$/, fields: /^SWS?$/, parts: /^STM32H7[2-5AB]/i, values: named('HSI', 'CSI', 'HSE', 'PLL1') },
    { register: /^CFGR1$/, fields: /^SWS?$/, parts: /^STM32U5/i, values: named('MSIS', 'HSI16', 'HSE', 'PLL1') },
    { register: /^CFGR1$/, fields: /^SWS?$/, parts: /^STM32H5/i, values: named('HSI', 'CSI', 'HSE', 'PLL1') },
    { register: /^CFGR$/, fields: /^HPRE$/, parts: /^STM32W[BL]/i, values: oddCoreDividers },
    { register: /^(CFGR|CFGR2)$/, fields: /^HPRE$/, parts: /^STM32(F|G|H5|L|U5)/i, bits: 4, values: coreDividers },
    { register: /^D1CFGR$/, fields: /^(HPRE|D1CPRE)$/, values: coreDividers },
    { register: /^D\dCFGR$/, fields: /^D\dPPRE\d?$/, values: busDividers },
    { register: /^CFGR[23]?$/, fields: /^PPRE\d?$/, parts: /^STM32(F|G|H5|L|U5|W[BL])/i, bits: 3, values: busDividers },
    { register: /^CFGR$/, fields: /^ADCPRE$/, parts: /^STM32F(1|37)/i, values: named('PCLK2 / 2', 'PCLK2 / 4', 'PCLK2 / 6', 'PCLK2 / 8') },
  ],
};

const lockedLoops: IpBlock = {
  peripheral: /^RCC$/,
  values: [
    { register: /^CFGR$/, fields: /^PLLMUL$/, parts: /^STM32F(0|10[0123]|3)/i, values: numbered(16, value => `times ${Math.min(value + 2, 16)}`) },
    { register: /^CFGR$/, fields: /^PLLMUL$/, parts: /^STM32F10[57]/i, values: named('', '', 'times 4', 'times 5', 'times 6', 'times 7', 'times 8', 'times 9', '', '', '', '', '', 'times 6.5') },
    { register: /^CFGR$/, fields: /^PLLMUL$/, parts: /^STM32L[01]/i, values: named(...[3, 4, 6, 8, 12, 16, 24, 32, 48].map(factor => `times ${factor}`)) },
    { register: /^CFGR$/, fields: /^PLLDIV$/, parts: /^STM32L[01]/i, values: dividers(0, 2, 3, 4) },
    { register: /^CFGR2$/, fields: /^PREDIV1?$/, parts: /^STM32F[013]/i, values: dividers(...Array.from({ length: 16 }, (_, value) => value + 1)) },
    { register: /^PLLCFGR$/, fields: /^PLLSRC$/, parts: /^STM32F[247]/i, bits: 1, values: named('HSI', 'HSE') },
    { register: /^PLLCFGR$/, fields: /^PLLP$/, parts: /^STM32F[247]/i, bits: 2, values: evenDividers },
    { register: /^PLLCFGR$/, fields: /^PLLSRC$/, parts: /^STM32(L[45]|W[BL])/i, values: named('no clock', 'MSI', 'HSI16', 'HSE') },
    { register: /^PLLCFGR$/, fields: /^PLLSRC$/, parts: /^STM32G/i, values: named('no clock', '', 'HSI16', 'HSE') },
    { register: /^PLLCKSELR$/, fields: /^PLLSRC$/, values: named('HSI', 'CSI', 'HSE', 'no clock') },
    { register: /^PLL\dCFGR$/, fields: /^PLL\dSRC$/, parts: /^STM32U5/i, values: named('no clock', 'MSIS', 'HSI16', 'HSE') },
    { register: /^PLL\dCFGR$/, fields: /^PLL\dSRC$/, parts: /^STM32H5/i, values: named('no clock', 'HSI', 'CSI', 'HSE') },
    { register: /^PLLCFGR$/, fields: /^PLL[QR]$/, parts: /^STM32(G4|L[45])/i, bits: 2, values: evenDividers },
    { register: /^PLLCFGR$/, fields: /^PLL[QR]$/, parts: /^STM32(G0|W[BL])/i, bits: 3, values: dividers(0, 2, 3, 4, 5, 6, 7, 8) },
    { register: /^PLLCFGR$/, fields: /^PLLM$/, parts: /^STM32(G0|L[45]|W[BL])/i, bits: 3, values: dividers(1, 2, 3, 4, 5, 6, 7, 8) },
    { register: /^PLLCFGR$/, fields: /^PLLM$/, parts: /^STM32(G4|L[45])/i, bits: 4, values: dividers(...Array.from({ length: 16 }, (_, value) => value + 1)) },
  ],
};

const oscillators: IpBlock = {
  peripheral: /^RCC$/,
  values: [
    { register: /^(BDCR|CSR)$/, fields: /^RTC(SEL|SRC)$/, values: named('no clock', 'LSE', 'LSI', 'HSE, divided') },
    { register: /^(BDCR|CSR)$/, fields: /^LSEDRV$/, parts: /^STM32F[037]/i, values: named('low drive', 'medium high drive', 'medium low drive', 'high drive') },
    { register: /^(BDCR\d?|CSR)$/, fields: /^LSEDRV$/, parts: /^STM32(G|H7|L|U5|W[BL])/i, values: named('low drive', 'medium low drive', 'medium high drive', 'high drive') },
    { register: /^CR$/, fields: /^MSIRANGE$/, parts: /^STM32(L[45]|W[BL])/i, values: named('100 kHz', '200 kHz', '400 kHz', '800 kHz', '1 MHz', '2 MHz', '4 MHz', '8 MHz', '16 MHz', '24 MHz', '32 MHz', '48 MHz') },
    { register: /^ICSCR$/, fields: /^MSIRANGE$/, parts: /^STM32L[01]/i, values: named('65.536 kHz', '131.072 kHz', '262.144 kHz', '524.288 kHz', '1.048 MHz', '2.097 MHz', '4.194 MHz') },
    { register: /^CR$/, fields: /^HSIDIV$/, parts: /^STM32(G0|C0)/i, values: byPowersOfTwo },
    { register: /^CR$/, fields: /^HSIDIV$/, parts: /^STM32H[57]/i, values: dividers(1, 2, 4, 8) },
  ],
};

const clockOutputs: IpBlock = {
  peripheral: /^RCC$/,
  values: [
    { register: /^CFGR$/, fields: /^MCO$/, parts: /^STM32F10[0123]/i, bits: 3, values: named('no clock', '', '', '', 'SYSCLK', 'HSI', 'HSE', 'PLL / 2') },
    { register: /^CFGR$/, fields: /^MCO1$/, parts: /^STM32F[247]/i, values: named('HSI', 'LSE', 'HSE', 'PLL') },
    { register: /^CFGR$/, fields: /^MCO2$/, parts: /^STM32F[247]/i, values: named('SYSCLK', 'PLLI2S', 'HSE', 'PLL') },
    { register: /^CFGR$/, fields: /^MCO[12]PRE$/, parts: /^STM32F[247]/i, values: dividers(1, 1, 1, 1, 2, 3, 4, 5) },
    { register: /^CFGR$/, fields: /^MCO1(SEL)?$/, parts: /^STM32H7[2-5AB]/i, bits: 3, values: named('HSI', 'LSE', 'HSE', 'PLL1_Q', 'HSI48') },
    { register: /^CFGR$/, fields: /^MCO2(SEL)?$/, parts: /^STM32H7[2-5AB]/i, bits: 3, values: named('SYSCLK', 'PLL2_P', 'HSE', 'PLL1_P', 'CSI', 'LSI') },
    { register: /^CFGR$/, fields: /^MCOSEL$/, parts: /^STM32L[45]/i, values: named('no clock', 'SYSCLK', 'MSI', 'HSI16', 'HSE', 'PLL', 'LSI', 'LSE', 'HSI48') },
    { register: /^CFGR$/, fields: /^MCOSEL$/, parts: /^STM32G4/i, values: named('no clock', 'SYSCLK', '', 'HSI16', 'HSE', 'PLL', 'LSI', 'LSE', 'HSI48') },
    { register: /^CFGR$/, fields: /^MCO2?SEL$/, parts: /^STM32G0/i, values: named('no clock', 'SYSCLK', '', 'HSI16', 'HSE', 'PLLR', 'LSI', 'LSE') },
    { register: /^CFGR$/, fields: /^MCOSEL$/, parts: /^STM32L[01]/i, values: named('no clock', 'SYSCLK', 'HSI16', 'MSI', 'HSE', 'PLL', 'LSI', 'LSE') },
    { register: /^CFGR1$/, fields: /^MCOSEL$/, parts: /^STM32U5/i, values: named('no clock', 'SYSCLK', 'MSIS', 'HSI16', 'HSE', 'PLL1_R', 'LSI', 'LSE', 'HSI48', 'MSIK') },
    { register: /^CFGR1?$/, fields: /^MCOPRE$/, parts: /^STM32(L|G4|U5|W[BL])/i, bits: 3, values: dividers(1, 2, 4, 8, 16) },
    { register: /^CFGR$/, fields: /^MCOPRE$/, parts: /^STM32F0/i, bits: 3, values: byPowersOfTwo },
    { register: /^CFGR$/, fields: /^MCO2?PRE$/, parts: /^STM32G0[BC]/i, values: dividers(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024) },
    { register: /^CFGR$/, fields: /^MCOPRE$/, parts: /^STM32G0(?![BC])/i, values: byPowersOfTwo },
  ],
};

const serialSources = named('PCLK', 'SYSCLK', 'HSI16', 'LSE');

const peripheralClocks: IpBlock = {
  peripheral: /^RCC$/,
  values: [
    { register: /^CCIPR1?$/, fields: /^(US?ART|LPUART)\d+SEL$/, parts: /^STM32(G|L[045]|W[BL])/i, bits: 2, values: serialSources },
    { register: /^CCIPR1?$/, fields: /^I2C\dSEL$/, parts: /^STM32(G|L[045]|W[BL])/i, bits: 2, values: named('PCLK', 'SYSCLK', 'HSI16') },
    { register: /^CCIPR1?$/, fields: /^LPTIM\dSEL$/, parts: /^STM32(G|L[045]|W[BL])/i, bits: 2, values: named('PCLK', 'LSI', 'HSI16', 'LSE') },
    { register: /^CCIPR$/, fields: /^ADCSEL$/, parts: /^STM32L4/i, values: named('no clock', 'PLLSAI1', 'PLLSAI2', 'SYSCLK') },
    { register: /^CCIPR$/, fields: /^ADC(12|345)SEL$/, parts: /^STM32G4/i, values: named('no clock', 'PLLP', 'SYSCLK') },
    { register: /^CCIPR$/, fields: /^ADCSEL$/, parts: /^STM32G0/i, values: named('SYSCLK', 'PLLP', 'HSI16') },
    { register: /^CCIPR$/, fields: /^CLK48SEL$/, parts: /^STM32L4/i, values: named('HSI48', 'PLLSAI1', 'PLL', 'MSI') },
    { register: /^CCIPR$/, fields: /^CLK48SEL$/, parts: /^STM32G4/i, values: named('HSI48', '', 'PLLQ') },
    { register: /^CCIPR$/, fields: /^FDCANSEL$/, parts: /^STM32G4/i, values: named('HSE', 'PLLQ', 'PCLK1') },
    { register: /^CFGR3$/, fields: /^US?ART\dSW$/, parts: /^STM32F[03]/i, values: named('PCLK', 'SYSCLK', 'LSE', 'HSI') },
    { register: /^CFGR3$/, fields: /^I2C\dSW$/, parts: /^STM32F[03]/i, values: named('HSI', 'SYSCLK') },
    { register: /^D[C]?K?CFGR2$/, fields: /^US?ART\dSEL$/, parts: /^STM32F7/i, values: named('PCLK', 'SYSCLK', 'HSI', 'LSE') },
    { register: /^D[C]?K?CFGR2$/, fields: /^I2C\dSEL$/, parts: /^STM32F7/i, values: named('PCLK1', 'SYSCLK', 'HSI') },
    { register: /^D[C]?K?CFGR2$/, fields: /^LPTIM1SEL$/, parts: /^STM32F7/i, values: named('PCLK1', 'LSI', 'HSI', 'LSE') },
  ],
};

const domainClocks: IpBlock = {
  peripheral: /^RCC$/, has: /^D1CCIPR$/,
  values: [
    { register: /^D2CCIP2R$/, fields: /^USART\d+SEL$/, values: named('PCLK', 'PLL2_Q', 'PLL3_Q', 'HSI', 'CSI', 'LSE') },
    { register: /^D3CCIPR$/, fields: /^LPUART1SEL$/, values: named('PCLK4', 'PLL2_Q', 'PLL3_Q', 'HSI', 'CSI', 'LSE') },
    { register: /^D2CCIP2R$/, fields: /^I2C\d+SEL$/, values: named('PCLK1', 'PLL3_R', 'HSI', 'CSI') },
    { register: /^D2CCIP2R$/, fields: /^LPTIM\dSEL$/, values: named('PCLK1', 'PLL2_P', 'PLL3_R', 'LSE', 'LSI', 'PER') },
    { register: /^D2CCIP2R$/, fields: /^USBSEL$/, values: named('no clock', 'PLL1_Q', 'PLL3_Q', 'HSI48') },
    { register: /^D2CCIP2R$/, fields: /^RNGSEL$/, values: named('HSI48', 'PLL1_Q', 'LSE', 'LSI') },
    { register: /^D2CCIP2R$/, fields: /^CECSEL$/, values: named('LSE', 'LSI', 'CSI, divided') },
    { register: /^D2CCIP1R$/, fields: /^(SPI123|SAI\d+)(SEL|SRC)$/, values: named('PLL1_Q', 'PLL2_P', 'PLL3_P', 'I2S_CKIN', 'PER') },
    { register: /^D2CCIP1R$/, fields: /^SPI45(SEL|SRC)$/, values: named('PCLK2', 'PLL2_Q', 'PLL3_Q', 'HSI', 'CSI', 'HSE') },
    { register: /^D2CCIP1R$/, fields: /^FDCAN(SEL|SRC)$/, values: named('HSE', 'PLL1_Q', 'PLL2_Q') },
    { register: /^D3CCIPR$/, fields: /^ADC(SEL|SRC)$/, values: named('PLL2_P', 'PLL3_R', 'PER') },
    { register: /^D3CCIPR$/, fields: /^SPI6(SEL|SRC)$/, values: named('PCLK4', 'PLL2_Q', 'PLL3_Q', 'HSI', 'CSI', 'HSE') },
    { register: /^D1CCIPR$/, fields: /^(QSPI|FMC)(SEL|SRC)$/, values: named('HCLK3', 'PLL1_Q', 'PLL2_R', 'PER') },
    { register: /^D1CCIPR$/, fields: /^SDMMC(SEL|SRC)$/, values: named('PLL1_Q', 'PLL2_R') },
    { register: /^D1CCIPR$/, fields: /^CKPER(SEL|SRC)$/, values: named('HSI', 'CSI', 'HSE') },
  ],
};

/** What the values of RCC's fields stand for. */
export const stm32ClockValues: readonly IpBlock[] = [systemClock, lockedLoops, oscillators, clockOutputs, peripheralClocks, domainClocks];
