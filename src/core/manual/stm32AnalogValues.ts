import type { IpBlock, ValuesFact } from './manualFamily.ts';
import { dividers, named, numbered } from './valueNames.ts';

/** Sampling times in cycles of the ADC's clock. */
function cycles(...counts: readonly number[]): ValuesFact['values'] {
  return named(...counts.map(count => `${count} cycles`));
}

const resolution = named('12 bit', '10 bit', '8 bit', '6 bit');
const edges = named('not by hardware', 'rising edge', 'falling edge', 'both edges');
const shortSampling = cycles(1.5, 3.5, 7.5, 12.5, 19.5, 39.5, 79.5, 160.5);
const firstSampling = cycles(1.5, 7.5, 13.5, 28.5, 41.5, 55.5, 71.5, 239.5);
const dualModes = [[0, 'independent'], [1, 'regular and injected simultaneous'], [2, 'regular simultaneous and alternate trigger']] as const;
const singleModes = [[5, 'injected simultaneous'], [6, 'regular simultaneous'], [7, 'interleaved'], [9, 'alternate trigger']] as const;
const tripleModes = [[17, 'triple: regular and injected simultaneous'], [18, 'triple: regular simultaneous and alternate trigger'], [21, 'triple: injected simultaneous'], [22, 'triple: regular simultaneous'], [23, 'triple: interleaved'], [24, 'triple: alternate trigger']] as const;

/** Whatever the version. */
const everyConverter: IpBlock = {
  peripheral: /^ADC$/,
  values: [
    { register: /^(CR2|CFGR|CFGR1)$/, fields: /^ALIGN$/, values: named('right-aligned', 'left-aligned') },
    { register: /^(CR2|CFGR|CFGR1|JSQR)$/, fields: /^J?EXTEN$/, bits: 2, values: edges },
    { register: /^(CR1|CFGR|CFGR1)$/, fields: /^DISCNUM$/, values: numbered(8, value => `${value + 1} channel${value === 0 ? '' : 's'}`) },
    { register: /^CFGR2$/, fields: /^OVSR$/, bits: 3, values: numbered(8, value => `${2 ** (value + 1)} samples`) },
    { register: /^CFGR2$/, fields: /^OVSS$/, bits: 4, values: numbered(9, value => value === 0 ? 'no shift' : `shifted by ${value}`) },
  ],
};

const withControlRegisters: IpBlock = {
  peripheral: /^ADC$/, has: /^CR1$/,
  values: [
    { register: /^CR1$/, fields: /^RES$/, parts: /^STM32(F[247]|L1)/i, values: resolution },
    { register: /^CR1$/, fields: /^DUALMOD$/, parts: /^STM32F10/i, values: named('independent', 'regular and injected simultaneous', 'regular simultaneous and alternate trigger', 'injected simultaneous and fast interleaved', 'injected simultaneous and slow interleaved', 'injected simultaneous', 'regular simultaneous', 'fast interleaved', 'slow interleaved', 'alternate trigger') },
    { register: /^SMPR\d$/, fields: /^SMP\d+$/, parts: /^STM32F[247]/i, values: cycles(3, 15, 28, 56, 84, 112, 144, 480) },
    { register: /^SMPR\d$/, fields: /^SMP\d+$/, parts: /^STM32F(1|37)/i, values: firstSampling },
    { register: /^SMPR\d$/, fields: /^SMP\d+$/, parts: /^STM32L1/i, values: cycles(4, 9, 16, 24, 48, 96, 192, 384) },
  ],
};

/** The small converter, whose channels are chosen by a bit each. */
const withChannelSelection: IpBlock = {
  peripheral: /^ADC$/, has: /^CHSELR/,
  values: [
    { register: /^CFGR1$/, fields: /^RES$/, values: resolution },
    { register: /^SMPR$/, fields: /^SMPR?\d?$/, parts: /^STM32F0/i, bits: 3, values: firstSampling },
    { register: /^SMPR\d?$/, fields: /^SMPR?\d?$/, parts: /^STM32(C0|G0|L0|U0|WL)/i, bits: 3, values: shortSampling },
    { register: /^SMPR\d?$/, fields: /^SMP[12]$/, parts: /^STM32U5/i, bits: 3, values: cycles(1.5, 3.5, 7.5, 12.5, 19.5, 39.5, 79.5, 814.5) },
    { register: /^CFGR2$/, fields: /^CKMODE$/, parts: /^STM32(C0|G0|L0|U0|WL)/i, values: named('ADC clock', 'PCLK / 2', 'PCLK / 4', 'PCLK') },
  ],
};

/** The large converter, whose channels stand in sequence registers. */
const withSequences: IpBlock = {
  peripheral: /^ADC$/, has: /^SQR1$/, lacks: /^(CR1|CHSELR.*)$/,
  values: [
    { register: /^CFGR$/, fields: /^RES$/, parts: /^STM32(F3|G4|H5|L[45]|WB)/i, bits: 2, values: resolution },
    { register: /^CFGR1$/, fields: /^RES$/, parts: /^STM32U5/i, values: named('14 bit', '12 bit', '10 bit', '8 bit') },
    { register: /^SMPR\d$/, fields: /^SMP\d+$/, parts: /^STM32F3(?!7)/i, values: cycles(1.5, 2.5, 4.5, 7.5, 19.5, 61.5, 181.5, 601.5) },
    { register: /^SMPR\d$/, fields: /^SMP\d+$/, parts: /^STM32(G4|H5|L[45]|WB)/i, values: cycles(2.5, 6.5, 12.5, 24.5, 47.5, 92.5, 247.5, 640.5) },
    { register: /^SMPR\d$/, fields: /^SMP\d+$/, parts: /^STM32H7[45]/i, values: cycles(1.5, 2.5, 8.5, 16.5, 32.5, 64.5, 387.5, 810.5) },
    { register: /^SMPR\d$/, fields: /^SMP\d+$/, parts: /^STM32U5/i, values: cycles(5, 6, 12, 20, 36, 68, 391, 814) },
  ],
};

const shared: IpBlock = {
  peripheral: /^(C_ADC|ADC|ADC\d*_?COMMON|ADC_COMMON\d*|ADCC)$/,
  values: [
    { register: /(^|_)CCR$/, fields: /^ADCPRE$/, parts: /^STM32F[247]/i, values: named('PCLK2 / 2', 'PCLK2 / 4', 'PCLK2 / 6', 'PCLK2 / 8') },
    { register: /(^|_)CCR$/, fields: /^ADCPRE$/, parts: /^STM32L1/i, values: dividers(1, 2, 4) },
    { register: /(^|_)CCR$/, fields: /^PRESC$/, bits: 4, values: dividers(1, 2, 4, 6, 8, 10, 12, 16, 32, 64, 128, 256) },
    { register: /(^|_)CCR$/, fields: /^CKMODE$/, parts: /^STM32(F3|G4|H[57]|L[45])/i, values: named('ADC clock', 'HCLK', 'HCLK / 2', 'HCLK / 4') },
    { register: /(^|_)CCR$/, fields: /^MULTI?$/, parts: /^STM32F[247]/i, values: [...dualModes, ...singleModes, ...tripleModes] },
    { register: /(^|_)CCR$/, fields: /^(DUAL|MULT)$/, parts: /^STM32(F3|G4|H[57]|L[45])/i, values: [...dualModes, [3, 'interleaved and injected simultaneous'], ...singleModes] },
    { register: /(^|_)CCR$/, fields: /^DMA$/, parts: /^STM32F[247]/i, bits: 2, values: named('no DMA', 'DMA mode 1', 'DMA mode 2', 'DMA mode 3') },
  ],
};

const outputs: IpBlock = {
  peripheral: /^DAC\d?$/,
  values: [
    { register: /^CR$/, fields: /^WAVE\d$/, values: named('no wave', 'noise', 'triangle', 'triangle') },
    { register: /^CR$/, fields: /^MAMP\d$/, values: numbered(16, value => `noise of ${Math.min(value + 1, 12)} bit, triangle up to ${2 ** Math.min(value + 1, 12) - 1}`) },
    { register: /^MCR$/, fields: /^MODE\d$/, bits: 3, values: named('pin, buffered', 'pin and on chip, buffered', 'pin, unbuffered', 'on chip, unbuffered', 'sample and hold: pin, buffered', 'sample and hold: pin and on chip, buffered', 'sample and hold: pin and on chip, unbuffered', 'sample and hold: on chip, unbuffered') },
    { register: /^CR$/, fields: /^TSEL\d$/, parts: /^STM32(F103|F2|F4(?!10)|F7)/i, bits: 3, values: named('TIM6 TRGO', 'TIM8 TRGO', 'TIM7 TRGO', 'TIM5 TRGO', 'TIM2 TRGO', 'TIM4 TRGO', 'EXTI line 9', 'software') },
    { register: /^CR$/, fields: /^TSEL\d$/, parts: /^STM32F0/i, bits: 3, values: named('TIM6 TRGO', 'TIM3 TRGO', 'TIM7 TRGO', 'TIM15 TRGO', 'TIM2 TRGO', '', 'EXTI line 9', 'software') },
  ],
};

/** What the values of the converters' fields stand for. */
export const stm32AnalogValues: readonly IpBlock[] = [everyConverter, withControlRegisters, withChannelSelection, withSequences, shared, outputs];
