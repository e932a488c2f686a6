import { hardwareOnly, oneClearsFlag } from './effectWords.ts';
import type { IpBlock, KeyFact } from './manualFamily.ts';

const statusHeading = 'RTC initialization and status register (RTC_ISR)';
const zeroOnly = { text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear' } as const;

const writeProtection: KeyFact = { register: /^WPR$/, text: 'Unlocks the other registers, once PWR lets the backup domain be written; any other value locks them again.', takesOthers: true, keys: [{ value: 0xCAn }, { value: 0x53n }], isSequence: true, heading: 'RTC write protection register (RTC_WPR)' };

const calendar = [
  { register: /^(TR|SSR)$/, text: 'Reading it holds DR (and TR) until DR is read, so that they fit together, unless CR.BYPSHAD is set.', readAction: 'modifyExternal', heading: 'RTC time register (RTC_TR)' },
  { register: /^DR$/, text: 'Reading it lets the held calendar go on.', readAction: 'modifyExternal', heading: 'RTC date register (RTC_DR)' },
  { register: /^(TR|DR)$/, text: 'Can only be written after the keys in WPR, in initialisation mode.', heading: 'Calendar initialization and configuration' },
  { register: /^(TSTR|TSDR|TSSSR)$/, text: 'Holds the first event\'s time until the time stamp flag is cleared.', heading: 'RTC timestamp registers' },
  { register: /^SHIFTR$/, text: 'Write-only: writing shifts the clock by parts of a second, once.', heading: 'RTC shift control register (RTC_SHIFTR)' },
  { register: /^CR$/, fields: /^(ADD|SUB)1H$/, text: 'Writing 1 changes the calendar\'s hour by one; always reads as 0.', modifiedWriteValues: 'oneToSet', readsAsZero: true, heading: 'RTC control register (RTC_CR)' },
] as const;

/** RTC with counter: F1. */
const counter: IpBlock = {
  peripheral: /^RTC$/, has: /^CRL$/,
  effects: [
    { register: /^CRL$/, fields: /^(RSF|OWF|ALRF|SECF)$/, ...zeroOnly, heading: 'RTC control register low (RTC_CRL)' },
    { register: /^CRL$/, fields: /^RTOFF$/, text: 'Read-only: while it is 0 the last write is not done, and no register may be written.', heading: 'RTC control register low (RTC_CRL)' },
    { register: /^(PRL|CNT|ALR)[HL]$/, text: 'Can only be written with CRL.CNF set and RTOFF 1; the write happens when CNF is cleared.', heading: 'Configuring RTC registers' },
  ],
};

/** RTC with ISR: F0, F2, F3, F4, F7, H74x and H75x, L0, L1, L4, WB. */
const withInitAndStatus: IpBlock = {
  peripheral: /^RTC$/, has: /^ISR$/, lacks: /^SCR$/,
  effects: [
    { register: /^ISR$/, fields: /^(ALRAF|ALRBF|WUTF|TSF|TSOVF|TAMP\dF|ITSF|RSF)$/, ...zeroOnly, heading: statusHeading },
    { register: /^ISR$/, fields: /^(ALRAWF|ALRBWF|WUTWF|SHPF|INITS|INITF|RECALPF)$/, ...hardwareOnly, heading: statusHeading },
    ...calendar,
  ],
  keys: [writeProtection],
};

/** RTC with ICSR, SR and SCR: G0, G4, L4P, L4Q, L5, U5, H5, H7A, H7B, WL, WBA, C0, U0, N6. */
const withStatusClear: IpBlock = {
  peripheral: /^RTC$/, has: /^SCR$/,
  effects: [
    { register: /^ICSR$/, fields: /^RSF$/, ...zeroOnly },
    { register: /^ICSR$/, fields: /^(ALRAWF|ALRBWF|WUTWF|SHPF|INITS|INITF|RECALPF)$/, ...hardwareOnly },
    { register: /^SR$/, text: 'Flags are set by hardware and cleared by writing 1 to the same bit of SCR.' },
    { register: /^S?MISR$/, text: 'Reads the flags whose interrupt is enabled; cleared by writing 1 in SCR.' },
    { register: /^SCR$/, ...oneClearsFlag },
    ...calendar,
  ],
  keys: [writeProtection],
};

/** Tamper and backup registers beside the newer RTC. */
const tamper: IpBlock = {
  peripheral: /^TAMP$/,
  effects: [
    { register: /^SR$/, text: 'Flags are set by hardware and cleared by writing 1 to the same bit of SCR.' },
    { register: /^S?MISR$/, text: 'Reads the flags whose interrupt is enabled; cleared by writing 1 in SCR.' },
    { register: /^SCR$/, ...oneClearsFlag },
    { register: /^BKP\d+R$/, text: 'A detected tamper event erases it; keeps its value over resets while the backup domain has power.' },
    { register: /^COUNT1?R$/, text: 'Counts up by one on each write; writing cannot set a value.' },
  ],
};

/** Backup registers of F1. */
const backup: IpBlock = {
  peripheral: /^BKP$/,
  effects: [
    { register: /^CSR$/, fields: /^(TEF|TIF)$/, text: 'Read-only: cleared by writing 1 to CTE or CTI.', heading: 'Backup control/status register (BKP_CSR)' },
    { register: /^CSR$/, fields: /^(CTE|CTI)$/, text: 'Writing 1 clears TEF or TIF; reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true, heading: 'Backup control/status register (BKP_CSR)' },
    { register: /^DR\d+$/, text: 'Writable only with PWR_CR.DBP set; a tamper event resets it.', heading: 'Backup data register x (BKP_DRx)' },
  ],
};

/** Versions of the clock, and what keeps its value with it. */
export const stm32Rtc: readonly IpBlock[] = [counter, withInitAndStatus, withStatusClear, tamper, backup];
