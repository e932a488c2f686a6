import type { IpBlock, ValuesFact } from './manualFamily.ts';

/** Names for 0, 1, 2, …; empty ones are reserved. */
function named(...names: readonly string[]): ValuesFact['values'] {
  return names.flatMap((name, value) => name === '' ? [] : [[value, name] as const]);
}

const busDividers = ([[0, 'not divided'], [1, 'not divided'], [2, 'not divided'], [3, 'not divided'], ...[2, 4, 8, 16].map((divider, index) => [4 + index, `divided by ${divider}`] as const)] as const);
const coreDividers = [...Array.from({ length: 8 }, (_, value) => [value, 'not divided'] as const), ...[2, 4, 8, 16, 64, 128, 256, 512].map((divider, index) => [8 + index, `divided by ${divider}`] as const)];
const spiDividers = named(...[2, 4, 8, 16, 32, 64, 128, 256].map(divider => `clock / ${divider}`));
const outputCompare = named('frozen', 'active on match', 'inactive on match', 'toggle on match', 'forced inactive', 'forced active', 'PWM mode 1', 'PWM mode 2');
const words = named('8 bit', '16 bit', '32 bit');
const waitStates = Array.from({ length: 16 }, (_, value) => [value, `${value} wait state${value === 1 ? '' : 's'}`] as const);

const ports: IpBlock = {
  peripheral: /^GPIO$/, has: /^MODER$/,
  values: [
    { register: /^MODER$/, fields: /^MODER?\d+$/, values: named('input', 'output', 'alternate function', 'analog') },
    { register: /^OTYPER$/, fields: /^OT\d+$/, values: named('push-pull', 'open drain') },
    { register: /^OSPEEDR$/, fields: /^OSPEEDR?\d+$/, parts: /^STM32F[03]/i, values: named('low speed', 'medium speed', 'low speed', 'high speed') },
    { register: /^OSPEEDR$/, fields: /^OSPEEDR?\d+$/, parts: /^STM32(?!F[03])/i, values: named('low speed', 'medium speed', 'high speed', 'very high speed') },
    { register: /^PUPDR$/, fields: /^PUPDR?\d+$/, values: named('no pull', 'pull-up', 'pull-down') },
    { register: /^AFR[LH]$/, fields: /^AFR?(SEL|[LH])?\d+$/, values: Array.from({ length: 16 }, (_, value) => [value, `AF${value}`] as const) },
  ],
};

const firstPorts: IpBlock = {
  peripheral: /^GPIO$/, has: /^CRL$/,
  values: [
    { register: /^CR[LH]$/, fields: /^MODE\d+$/, values: named('input', 'output, 10 MHz', 'output, 2 MHz', 'output, 50 MHz') },
    { register: /^CR[LH]$/, fields: /^CNF\d+$/, values: named('as input: analog; as output: push-pull', 'as input: floating; as output: open drain', 'as input: pull-up or pull-down by ODR; as output: alternate function, push-pull', 'as output: alternate function, open drain') },
  ],
};

const serial: IpBlock = {
  peripheral: /^US?ART$/,
  values: [
    { register: /^CR1$/, fields: /^M$/, parts: /^STM32(F[124]|L1)/i, values: named('8 data bits', '9 data bits') },
    { register: /^CR1$/, fields: /^PS$/, values: named('even parity', 'odd parity') },
    { register: /^CR1$/, fields: /^OVER8$/, values: named('oversampling by 16', 'oversampling by 8') },
    { register: /^CR2$/, fields: /^STOP$/, values: named('1 stop bit', '0.5 stop bits', '2 stop bits', '1.5 stop bits') },
  ],
};

const spi: IpBlock = {
  peripheral: /^SPI$/,
  values: [
    { register: /^CR1$/, fields: /^(BR)$/, values: spiDividers },
    { register: /^CFG1$/, fields: /^MBR$/, values: spiDividers },
    { register: /^(CR1|CFG2)$/, fields: /^(MSTR|MASTER)$/, values: named('slave', 'master') },
    { register: /^(CR1|CFG2)$/, fields: /^CPOL$/, values: named('clock idles low', 'clock idles high') },
    { register: /^(CR1|CFG2)$/, fields: /^CPHA$/, values: named('data at the first edge', 'data at the second edge') },
    { register: /^(CR1|CFG2)$/, fields: /^(LSBFIRST|LSBFRST)$/, values: named('most significant bit first', 'least significant bit first') },
    { register: /^CR1$/, fields: /^DFF$/, parts: /^STM32(F[124]|L[01])/i, values: named('8-bit frames', '16-bit frames') },
    { register: /^CR2$/, fields: /^DS$/, values: Array.from({ length: 13 }, (_, index) => [index + 3, `${index + 4}-bit frames`] as const) },
    { register: /^CFG1$/, fields: /^DSIZE$/, values: Array.from({ length: 29 }, (_, index) => [index + 3, `${index + 4}-bit frames`] as const) },
  ],
};

const timers: IpBlock = {
  peripheral: /^(TIM|TIMS|TIMX)$/,
  values: [
    { register: /^CR1$/, fields: /^DIR$/, values: named('counts up', 'counts down') },
    { register: /^CR1$/, fields: /^CMS$/, values: named('edge-aligned', 'center-aligned, flags while counting down', 'center-aligned, flags while counting up', 'center-aligned, flags both ways') },
    { register: /^CR1$/, fields: /^CKD$/, values: named('filters sample at the timer clock', 'filters sample at half the timer clock', 'filters sample at a quarter of the timer clock') },
    { register: /^CR2$/, fields: /^MMS1?$/, values: named('reset', 'enable', 'update', 'compare pulse', 'OC1REF', 'OC2REF', 'OC3REF', 'OC4REF') },
    { register: /^SMCR$/, fields: /^SMS$/, values: named('internal clock', 'encoder mode 1', 'encoder mode 2', 'encoder mode 3', 'reset mode', 'gated mode', 'trigger mode', 'external clock mode 1') },
    { register: /^CCMR\d\w*$/, fields: /^OC\dM1?$/, values: outputCompare },
    { register: /^CCMR\d\w*$/, fields: /^CC\dS$/, values: named('output', 'input from the channel\'s own TI', 'input from the neighbour\'s TI', 'input from TRC') },
    { register: /^CCMR\d\w*$/, fields: /^IC\dPSC$/, values: named('every edge', 'every 2nd edge', 'every 4th edge', 'every 8th edge') },
  ],
};

const streams: IpBlock = {
  peripheral: /^DMA$/, has: /^(S0CR|LISR)$/,
  values: [
    { register: /^S\dCR$/, fields: /^DIR$/, values: named('peripheral to memory', 'memory to peripheral', 'memory to memory') },
    { register: /^S\dCR$/, fields: /^[PM]SIZE$/, values: words },
    { register: /^S\dCR$/, fields: /^PL$/, values: named('low priority', 'medium priority', 'high priority', 'very high priority') },
    { register: /^S\dCR$/, fields: /^[PM]BURST$/, values: named('single', 'bursts of 4', 'bursts of 8', 'bursts of 16') },
    { register: /^S\dCR$/, fields: /^CHSEL$/, values: Array.from({ length: 8 }, (_, value) => [value, `channel ${value}`] as const) },
    { register: /^S\dFCR$/, fields: /^FTH$/, values: named('1/4 full', '1/2 full', '3/4 full', 'full') },
    { register: /^S\dFCR$/, fields: /^FS$/, values: named('below 1/4', 'below 1/2', 'below 3/4', 'below full', 'empty', 'full') },
  ],
};

const channels: IpBlock = {
  peripheral: /^B?DMA$/, lacks: /^(S0CR|LISR)$/,
  values: [
    { register: /^CCR\d$/, fields: /^DIR$/, values: named('reads from the peripheral', 'reads from memory') },
    { register: /^CCR\d$/, fields: /^[PM]SIZE$/, values: words },
    { register: /^CCR\d$/, fields: /^PL$/, values: named('low priority', 'medium priority', 'high priority', 'very high priority') },
  ],
};

const converters: IpBlock = {
  peripheral: /^ADC$/,
  values: [
    { register: /^(CR1|CFGR)$/, fields: /^RES$/, parts: /^STM32(F[2347]|G4|L[14])/i, values: named('12 bit', '10 bit', '8 bit', '6 bit') },
    { register: /^(CR2|CFGR)$/, fields: /^ALIGN$/, values: named('right-aligned', 'left-aligned') },
    { register: /^SMPR\d$/, fields: /^SMP\d+$/, parts: /^STM32F[247]/i, values: named('3 cycles', '15 cycles', '28 cycles', '56 cycles', '84 cycles', '112 cycles', '144 cycles', '480 cycles') },
    { register: /^SMPR\d$/, fields: /^SMP\d+$/, parts: /^STM32F1/i, values: named('1.5 cycles', '7.5 cycles', '13.5 cycles', '28.5 cycles', '41.5 cycles', '55.5 cycles', '71.5 cycles', '239.5 cycles') },
    { register: /^CCR$/, fields: /^ADCPRE$/, parts: /^STM32F[247]/i, values: named('PCLK2 / 2', 'PCLK2 / 4', 'PCLK2 / 6', 'PCLK2 / 8') },
  ],
};

const clocks: IpBlock = {
  peripheral: /^RCC$/,
  values: [
    { register: /^CFGR$/, fields: /^SWS?$/, parts: /^STM32F[1247]/i, values: named('HSI', 'HSE', 'PLL') },
    { register: /^CFGR$/, fields: /^SWS?$/, parts: /^STM32L4/i, values: named('MSI', 'HSI16', 'HSE', 'PLL') },
    { register: /^CFGR$/, fields: /^SWS?$/, parts: /^STM32G4/i, values: named('', 'HSI16', 'HSE', 'PLL') },
    { register: /^CFGR$/, fields: /^HPRE$/, parts: /^STM32(F[1-47]|G4|L[14])/i, values: coreDividers },
    { register: /^CFGR$/, fields: /^PPRE[12]$/, parts: /^STM32(F[1-47]|G4|L[14])/i, values: busDividers },
    { register: /^CFGR$/, fields: /^ADCPRE$/, parts: /^STM32F1/i, values: named('PCLK2 / 2', 'PCLK2 / 4', 'PCLK2 / 6', 'PCLK2 / 8') },
    { register: /^CFGR$/, fields: /^PLLMUL$/, parts: /^STM32F10[0123]/i, values: Array.from({ length: 15 }, (_, value) => [value, `times ${value + 2}`] as const) },
    { register: /^CFGR$/, fields: /^MCO1$/, parts: /^STM32F[247]/i, values: named('HSI', 'LSE', 'HSE', 'PLL') },
    { register: /^CFGR$/, fields: /^MCO2$/, parts: /^STM32F[247]/i, values: named('SYSCLK', 'PLLI2S', 'HSE', 'PLL') },
    { register: /^BDCR$/, fields: /^RTCSEL$/, values: named('no clock', 'LSE', 'LSI', 'HSE, divided') },
  ],
};

const watchdogs: IpBlock = {
  peripheral: /^[IW]WDG$/,
  values: [
    { register: /^PR$/, fields: /^PR$/, values: [...[4, 8, 16, 32, 64, 128].map((divider, value) => [value, `LSI / ${divider}`] as const), [6, 'LSI / 256'], [7, 'LSI / 256']] },
    { register: /^CFR$/, fields: /^WDGTB$/, values: named('PCLK / 4096', 'PCLK / 8192', 'PCLK / 16384', 'PCLK / 32768') },
  ],
};

const others: readonly IpBlock[] = [
  { peripheral: /^FLASH$/, values: [{ register: /^ACR$/, fields: /^LATENCY$/, values: waitStates }, { register: /^CR$/, fields: /^PSIZE$/, parts: /^STM32F[247]/i, values: named('program by 8 bit', 'program by 16 bit', 'program by 32 bit', 'program by 64 bit') }] },
  { peripheral: /^RTC$/, values: [{ register: /^CR$/, fields: /^FMT$/, values: named('24-hour format', 'AM/PM format') }, { register: /^CR$/, fields: /^(WUCKSEL|WCKSEL)$/, values: named('RTC clock / 16', 'RTC clock / 8', 'RTC clock / 4', 'RTC clock / 2', '1 Hz clock', '1 Hz clock', '1 Hz clock, counter plus 65536', '1 Hz clock, counter plus 65536') }] },
  { peripheral: /^I2C$/, has: /^TRISE$/, values: [{ register: /^CCR$/, fields: /^(F_S|FS)$/, values: named('standard mode', 'fast mode') }, { register: /^CCR$/, fields: /^DUTY$/, values: named('low : high = 2 : 1', 'low : high = 16 : 9') }] },
];

/** What the fields that are set most often stand for: ST's SVD files of most families name no values at all. */
export const stm32Values: readonly IpBlock[] = [ports, firstPorts, serial, spi, timers, streams, channels, converters, clocks, watchdogs, ...others];
