import { hardwareOnly, oneClears, oneClearsFlag, oneTriggers } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';

/** ADC with SR: F1, F2, F4, F7, L1, F37. */
const withStatusRegister: IpBlock = {
  peripheral: /^ADC$/, has: /^SR$/,
  effects: [
    { register: /^SR$/, fields: /^(AWD|EOC|EOCS?|JEOC|JSTRT|STRT|OVR)$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear', heading: 'ADC status register (ADC_SR)' },
    { register: /^SR$/, fields: /^EOC$/, text: 'Also cleared by reading DR.', heading: 'ADC status register (ADC_SR)' },
    { register: /^DR$/, text: 'Reading takes the result and clears SR.EOC.', readAction: 'modifyExternal', heading: 'ADC regular data register (ADC_DR)' },
    { register: /^CR2$/, fields: /^(CAL|RSTCAL)$/, text: 'Set by software; hardware clears it when the calibration is done.', heading: 'ADC control register 2 (ADC_CR2)' },
    { register: /^CR2$/, fields: /^J?SWSTART$/, text: 'Set by software to start a conversion; hardware clears it as soon as the conversion starts.', heading: 'ADC control register 2 (ADC_CR2)' },
  ],
};

/** ADC with ISR: all other families. */
const withInterruptStatus: IpBlock = {
  peripheral: /^ADC$/, has: /^ISR$/,
  effects: [
    { register: /^ISR$/, fields: /^(ADRDY|ADRD|EOSMP|EOC|EOS|EOSEQ|OVR|JEOC|JEOS|AWD\d?|JQOVF|EOCAL|CCRDY)$/, ...oneClears },
    { register: /^ISR$/, fields: /^EOC$/, text: 'Also cleared by reading DR.' },
    { register: /^ISR$/, fields: /^JEOC$/, text: 'Also cleared by reading the channel\'s JDR.' },
    { register: /^ISR$/, fields: /^LDORDY$/, text: 'Tells that the voltage regulator is ready.' },
    { register: /^CR$/, fields: /^(ADEN|ADDIS|J?ADSTART|J?ADSTP|ADCAL)$/, text: 'Software can only set it; hardware clears it when it is done. Writing 0 has no effect, but writing back a 1 that was read starts it again.', modifiedWriteValues: 'oneToSet' },
    { register: /^DR$/, text: 'Reading takes the result and clears ISR.EOC.', readAction: 'modifyExternal' },
    { register: /^JDR\d$/, text: 'Reading takes the result and clears ISR.JEOC.', readAction: 'modifyExternal' },
  ],
};

/** What several ADCs share. */
const common: IpBlock = {
  peripheral: /^(ADC_COMMON|ADC\d*_COMMON|C_ADC|ADCC|ADC_COMMON\d*|ADC12)$/,
  effects: [
    { register: /^CSR$/, text: 'Read-only copies of the flags of each ADC; clear them there.' },
    { register: /^CDR2?$/, text: 'Reading takes the results of both ADCs and clears their EOC flags.', readAction: 'modifyExternal' },
  ],
};

/** Digital-to-analog converters: one block in every family. */
const dac: IpBlock = {
  peripheral: /^DAC$/,
  effects: [
    { register: /^SR$/, fields: /^DMAUDR[12]$/, ...oneClears, heading: 'DAC status register (DAC_SR)' },
    { register: /^SR$/, fields: /^(CAL_FLAG[12]|BWST[12]|DAC[12]RDY|DORSTAT[12])$/, ...hardwareOnly, heading: 'DAC status register (DAC_SR)' },
    { register: /^(SWTRIGR|SWTRGR)$/, text: 'Writing 1 loads the held value into the output; hardware clears the bit.', modifiedWriteValues: 'oneToSet', heading: 'DAC software trigger register' },
    { register: /^DOR[12]$/, text: 'What the converter puts out; writing has no effect.', heading: 'DAC channel data output register' },
  ],
};

/** Comparators. */
const comparator: IpBlock = {
  peripheral: /^COMP\d?$/,
  effects: [
    { register: /^(CFGR|CSR|C\dCSR|COMP\d?_C?CSR|C?CSR\d?)$/, fields: /^(C\d|COMP?\d_?)?(VALUE|OUT)$/, ...hardwareOnly },
    { register: /^(CFGR|CSR|C\dCSR|COMP\d?_C?CSR|C?CSR\d?)$/, fields: /^(C\d|COMP?\d_?)?LOCK$/, text: 'Can be set once; it then makes the whole register read-only until the next reset.', modifiedWriteValues: 'oneToSet' },
    { register: /^SR$/, fields: /^C\dVAL$/, ...hardwareOnly },
    { register: /^SR$/, fields: /^C\dIF$/, text: 'Set by hardware, cleared by writing 1 to the bit of ICFR.' },
    { register: /^ICFR$/, ...oneClearsFlag },
  ],
};

/** Delta-sigma filters, DFSDM. */
const deltaSigma: IpBlock = {
  peripheral: /^DFSDM$/,
  effects: [
    { register: /^\w*ISR$/, text: 'Flags are set by hardware; JEOCF and REOCF are cleared by reading the data register, AWDF through AWCFR, the overrun, clock and short-circuit flags by writing 1 in ICR.' },
    { register: /^\w*ICR$/, ...oneClearsFlag },
    { register: /^\w*AWCFR$/, ...oneClearsFlag },
    { register: /^\w*CR1$/, fields: /^[RJ]SWSTART$/, ...oneTriggers },
    { register: /^\w*[RJ]DATAR$/, text: 'Reading takes the result and clears its end-of-conversion flag.', readAction: 'modifyExternal' },
    { register: /^\w*EX(MAX|MIN)$/, text: 'Reading resets the recorded extreme.', readAction: 'modify' },
  ],
};

/** Converters and comparators. */
export const stm32Analog: readonly IpBlock[] = [withStatusRegister, withInterruptStatus, common, dac, comparator, deltaSigma];
