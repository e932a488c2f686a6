import type { IpBlock } from './manualFamily.ts';
import { stm32AnalogValues } from './stm32AnalogValues.ts';
import { stm32ClockValues } from './stm32ClockValues.ts';
import { stm32SystemValues } from './stm32SystemValues.ts';
import { dividers, named, numbered } from './valueNames.ts';

const spiDividers = named(...[2, 4, 8, 16, 32, 64, 128, 256].map(divider => `clock / ${divider}`));
const outputCompare = named('frozen', 'active on match', 'inactive on match', 'toggle on match', 'forced inactive', 'forced active', 'PWM mode 1', 'PWM mode 2');
const filter = named('no filter', ...['2 at the timer clock', '4 at the timer clock', '8 at the timer clock', '6 at 1/2', '8 at 1/2', '6 at 1/4', '8 at 1/4', '6 at 1/8', '8 at 1/8', '5 at 1/16', '6 at 1/16', '8 at 1/16', '5 at 1/32', '6 at 1/32', '8 at 1/32'].map(samples => `samples: ${samples}${samples.includes('/') ? ' of the filter clock' : ''}`));
const words = named('8 bit', '16 bit', '32 bit');
const fifoLevels = ['1/8', '1/4', '1/2', '3/4', '7/8'];
const prescaler = dividers(1, 2, 4, 6, 8, 10, 12, 16, 32, 64, 128, 256);

const ports: IpBlock = {
  peripheral: /^GPIO$/, has: /^MODER$/,
  values: [
    { register: /^MODER$/, fields: /^MODER?\d+$/, values: named('input', 'output', 'alternate function', 'analog') },
    { register: /^OTYPER$/, fields: /^OT\d+$/, values: named('push-pull', 'open drain') },
    { register: /^OSPEEDE?R$/, fields: /^OSPEEDR?\d+$/, parts: /^STM32F[03]/i, values: named('low speed', 'medium speed', 'low speed', 'high speed') },
    { register: /^OSPEEDE?R$/, fields: /^OSPEEDR?\d+$/, parts: /^STM32(?!F[03])/i, values: named('low speed', 'medium speed', 'high speed', 'very high speed') },
    { register: /^PUPDR$/, fields: /^PUPDR?\d+$/, values: named('no pull', 'pull-up', 'pull-down') },
    { register: /^AFR[LH]$/, fields: /^AFR?(SEL|[LH])?\d+$/, values: numbered(16, value => `AF${value}`) },
  ],
};

const firstPorts: IpBlock = {
  peripheral: /^GPIO$/, has: /^CRL$/,
  values: [
    { register: /^CR[LH]$/, fields: /^MODE\d+$/, values: named('input', 'output, 10 MHz', 'output, 2 MHz', 'output, 50 MHz') },
    { register: /^CR[LH]$/, fields: /^CNF\d+$/, values: named('as input: analog; as output: push-pull', 'as input: floating; as output: open drain', 'as input: pull-up or pull-down by ODR; as output: alternate function, push-pull', 'as output: alternate function, open drain') },
  ],
};

const lowPowerSerial: IpBlock = {
  peripheral: /^LPUART$/,
  values: [{ register: /^CR2$/, fields: /^STOP$/, values: named('1 stop bit', '', '2 stop bits') }],
};

const serial: IpBlock = {
  peripheral: /^(US?ART|LPUART)$/,
  values: [
    { register: /^CR1$/, fields: /^M$/, parts: /^STM32(F[124]|L1)/i, bits: 1, values: named('8 data bits', '9 data bits') },
    { register: /^CR1$/, fields: /^PS$/, values: named('even parity', 'odd parity') },
    { register: /^CR1$/, fields: /^OVER8$/, values: named('oversampling by 16', 'oversampling by 8') },
    { register: /^CR2$/, fields: /^STOP$/, values: named('1 stop bit', '0.5 stop bits', '2 stop bits', '1.5 stop bits') },
    { register: /^CR2$/, fields: /^CPOL$/, values: named('clock idles low', 'clock idles high') },
    { register: /^CR2$/, fields: /^CPHA$/, values: named('data at the first edge', 'data at the second edge') },
    { register: /^CR3$/, fields: /^WUS$/, bits: 2, values: named('wakes on address match', '', 'wakes on a start bit', 'wakes on RXNE') },
    { register: /^CR3$/, fields: /^RXFTCFG$/, values: named(...fifoLevels.map(level => `FIFO ${level} full`), 'FIFO full') },
    { register: /^CR3$/, fields: /^TXFTCFG$/, values: named(...fifoLevels.map(level => `FIFO ${level} empty`), 'FIFO empty') },
    { register: /^PRESC$/, fields: /^PRESCALER$/, bits: 4, values: prescaler },
  ],
};

const spi: IpBlock = {
  peripheral: /^SPI$/,
  values: [
    { register: /^CR1$/, fields: /^BR$/, bits: 3, values: spiDividers },
    { register: /^CFG1$/, fields: /^MBR$/, values: spiDividers },
    { register: /^(CR1|CFG2)$/, fields: /^(MSTR|MASTER)$/, values: named('slave', 'master') },
    { register: /^(CR1|CFG2)$/, fields: /^CPOL$/, values: named('clock idles low', 'clock idles high') },
    { register: /^(CR1|CFG2)$/, fields: /^CPHA$/, values: named('data at the first edge', 'data at the second edge') },
    { register: /^(CR1|CFG2)$/, fields: /^(LSBFIRST|LSBFRST)$/, values: named('most significant bit first', 'least significant bit first') },
    { register: /^CR1$/, fields: /^DFF$/, parts: /^STM32(F[124]|L[01])/i, values: named('8-bit frames', '16-bit frames') },
    { register: /^CR2$/, fields: /^DS$/, values: Array.from({ length: 13 }, (_, index) => [index + 3, `${index + 4}-bit frames`] as const) },
    { register: /^CFG1$/, fields: /^DSIZE$/, values: Array.from({ length: 29 }, (_, index) => [index + 3, `${index + 4}-bit frames`] as const) },
    { register: /^I2SCFGR$/, fields: /^I2SSTD$/, values: named('Philips', 'left-justified', 'right-justified', 'PCM') },
    { register: /^I2SCFGR$/, fields: /^DATLEN$/, values: named('16-bit data', '24-bit data', '32-bit data') },
    { register: /^I2SCFGR$/, fields: /^CHLEN$/, values: named('16 bit a channel', '32 bit a channel') },
    { register: /^I2SCFGR$/, fields: /^I2SCFG$/, bits: 2, values: named('slave, sends', 'slave, receives', 'master, sends', 'master, receives') },
  ],
};

const anyTimer = /^(TIM|TIMS|TIMX|GPTIM|ADAVANCETIM)$/;

/** Basic timers have no channels whose output could be their trigger. */
const timersWithChannels: IpBlock = {
  peripheral: anyTimer, has: /^CCMR1/,
  values: [{ register: /^CR2$/, fields: /^MMS1?$/, bits: 3, values: named('reset', 'enable', 'update', 'compare pulse', 'OC1REF', 'OC2REF', 'OC3REF', 'OC4REF') }],
};

const timers: IpBlock = {
  peripheral: anyTimer,
  values: [
    { register: /^CR1$/, fields: /^DIR$/, values: named('counts up', 'counts down') },
    { register: /^CR1$/, fields: /^CMS$/, values: named('edge-aligned', 'center-aligned, flags while counting down', 'center-aligned, flags while counting up', 'center-aligned, flags both ways') },
    { register: /^CR1$/, fields: /^CKD$/, values: named('filters sample at the timer clock', 'filters sample at half the timer clock', 'filters sample at a quarter of the timer clock') },
    { register: /^CR2$/, fields: /^MMS1?$/, bits: 3, values: named('reset', 'enable', 'update') },
    { register: /^CR2$/, fields: /^MMS2$/, bits: 4, values: named('reset', 'enable', 'update', 'compare pulse', ...[1, 2, 3, 4, 5, 6].map(channel => `OC${channel}REF`), 'OC4REF, pulse at both edges', 'OC6REF, pulse at both edges', 'OC4REF or OC6REF rising', 'OC4REF rising or OC6REF falling', 'OC5REF or OC6REF rising', 'OC5REF rising or OC6REF falling') },
    { register: /^SMCR$/, fields: /^SMS$/, bits: 3, values: named('internal clock', 'encoder mode 1', 'encoder mode 2', 'encoder mode 3', 'reset mode', 'gated mode', 'trigger mode', 'external clock mode 1') },
    { register: /^SMCR$/, fields: /^TS$/, bits: 3, values: named('ITR0', 'ITR1', 'ITR2', 'ITR3', 'edges of TI1', 'filtered TI1', 'filtered TI2', 'external trigger') },
    { register: /^SMCR$/, fields: /^ETPS$/, values: dividers(1, 2, 4, 8) },
    { register: /^(SMCR|CCMR\d\w*)$/, fields: /^(IC\d|ET)F$/, bits: 4, values: filter },
    { register: /^CCMR\d\w*$/, fields: /^OC\dM1?$/, bits: 3, values: outputCompare },
    { register: /^CCMR\d\w*$/, fields: /^OC\dM(_3|2)?$/, bits: 1, values: named('modes 0 to 7', 'modes 8 to 15: retriggerable, combined, asymmetric and the like') },
    { register: /^CCMR\d\w*$/, fields: /^CC\dS$/, bits: 2, values: named('output', 'input from the channel\'s own TI', 'input from the neighbour\'s TI', 'input from TRC') },
    { register: /^CCMR\d\w*$/, fields: /^IC\dPSC$/, bits: 2, values: named('every edge', 'every 2nd edge', 'every 4th edge', 'every 8th edge') },
    { register: /^BDTR$/, fields: /^LOCK$/, values: named('not locked', 'lock level 1', 'lock level 2', 'lock level 3') },
  ],
};

const priorities = named('low priority', 'medium priority', 'high priority', 'very high priority');

const streams: IpBlock = {
  peripheral: /^DMA$/, has: /^(S0CR|LISR)$/,
  values: [
    { register: /^S\dCR$/, fields: /^DIR$/, values: named('peripheral to memory', 'memory to peripheral', 'memory to memory') },
    { register: /^S\dCR$/, fields: /^[PM]SIZE$/, values: words },
    { register: /^S\dCR$/, fields: /^PL$/, values: priorities },
    { register: /^S\dCR$/, fields: /^[PM]BURST$/, values: named('single', 'bursts of 4', 'bursts of 8', 'bursts of 16') },
    { register: /^S\dCR$/, fields: /^CHSEL$/, bits: 3, values: numbered(8, value => `channel ${value}`) },
    { register: /^S\dCR$/, fields: /^CHSEL$/, bits: 4, values: numbered(16, value => `channel ${value}`) },
    { register: /^S\dFCR$/, fields: /^FTH$/, values: named('1/4 full', '1/2 full', '3/4 full', 'full') },
    { register: /^S\dFCR$/, fields: /^FS$/, values: named('below 1/4', 'below 1/2', 'below 3/4', 'below full', 'empty', 'full') },
  ],
};

const channels: IpBlock = {
  peripheral: /^B?DMA$/, lacks: /^(S0CR|LISR)$/,
  values: [
    { register: /^CCR\d$/, fields: /^DIR$/, values: named('reads from the peripheral', 'reads from memory') },
    { register: /^CCR\d$/, fields: /^[PM]SIZE$/, values: words },
    { register: /^CCR\d$/, fields: /^PL$/, values: priorities },
  ],
};

const requests: IpBlock = {
  peripheral: /^DMAMUX$/,
  values: [{ register: /^(C|RG)\d+CR$/, fields: /^[SG]POL$/, values: named('no event', 'rising edge', 'falling edge', 'both edges') }],
};

const others: readonly IpBlock[] = [
  { peripheral: /^RTC$/, values: [{ register: /^CR$/, fields: /^FMT$/, values: named('24-hour format', 'AM/PM format') }, { register: /^CR$/, fields: /^(WUCKSEL|WCKSEL)$/, values: named('RTC clock / 16', 'RTC clock / 8', 'RTC clock / 4', 'RTC clock / 2', 'ck_spre (usually 1 Hz)', 'ck_spre (usually 1 Hz)', 'ck_spre (usually 1 Hz), counter plus 65536', 'ck_spre (usually 1 Hz), counter plus 65536') }, { register: /^CR$/, fields: /^OSEL$/, values: named('no output', 'alarm A', 'alarm B', 'wakeup') }] },
  { peripheral: /^I2C$/, has: /^TRISE$/, values: [{ register: /^CCR$/, fields: /^(F_S|FS)$/, values: named('standard mode', 'fast mode') }, { register: /^CCR$/, fields: /^DUTY$/, values: named('low : high = 2 : 1', 'low : high = 16 : 9') }] },
  { peripheral: /^LPTIM$/, values: [
    { register: /^CFGR$/, fields: /^(CKFLT|TRGFLT)$/, values: named('every change counts', 'stable for 2 clocks', 'stable for 4 clocks', 'stable for 8 clocks') },
    { register: /^CFGR$/, fields: /^CKPOL$/, values: named('rising edge', 'falling edge', 'both edges') },
    { register: /^CFGR$/, fields: /^TRIGEN$/, values: named('by software', 'rising edge', 'falling edge', 'both edges') },
    { register: /^CFGR$/, fields: /^PRESC$/, bits: 3, values: dividers(1, 2, 4, 8, 16, 32, 64, 128) },
  ] },
  { peripheral: /^CAN$/, has: /^BTR$/, values: [{ register: /^ESR$/, fields: /^LEC$/, values: named('no error', 'stuff error', 'form error', 'acknowledgment error', 'recessive bit error', 'dominant bit error', 'CRC error', 'set by software') }] },
  { peripheral: /^USB(_FS)?$/, values: [
    { register: /^(EP|CHEP)\dR$/, fields: /^(STAT_?[TR]X|STATTX|STATRX)$/, bits: 2, values: named('disabled', 'STALL', 'NAK', 'valid') },
    { register: /^EP\dR$/, fields: /^(EP_TYPE|UTYPE|EPTYPE)$/, bits: 2, values: named('bulk', 'control', 'isochronous', 'interrupt') },
  ] },
];

/** What the fields that are set most often stand for: ST's SVD files of most families name no values at all. */
export const stm32Values: readonly IpBlock[] = [ports, firstPorts, lowPowerSerial, serial, spi, timersWithChannels, timers, streams, channels, requests, ...stm32AnalogValues, ...stm32ClockValues, ...stm32SystemValues, ...others];
