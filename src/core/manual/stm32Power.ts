import { hardwareOnly, oneClears, oneClearsFlag } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';

/** Power control of F0 to F4, F7, L0, L1: flags are cleared in CR. */
const withControlRegister: IpBlock = {
  peripheral: /^PWR$/, has: /^CSR\d?$/, lacks: /^(SCR|WKUPCR|WUSCR)$/,
  effects: [
    { register: /^CR\d?$/, fields: /^C(WUF|SBF)$/, text: 'Writing 1 clears the flag in CSR; reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true, heading: 'PWR power control register (PWR_CR)' },
    { register: /^CR2$/, fields: /^CWUPF\d$/, text: 'Writing 1 clears the wake-up flag in CSR2; reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^CSR\d?$/, fields: /^(WUF|SBF|WUIF)$/, text: 'Set by hardware, cleared by writing 1 to CWUF or CSBF of CR, or a power-on reset; writing it here has no effect.', heading: 'PWR power control/status register (PWR_CSR)' },
    { register: /^CSR2$/, fields: /^WUPF\d$/, text: 'Set by hardware, cleared by writing 1 to CWUPF of CR2.' },
    { register: /^CSR\d?$/, fields: /^(PVDO|BRR|VOSRDY|VOSF|REGLPF|ODRDY|ODSWRDY|VREFINTRDYF?)$/, ...hardwareOnly, heading: 'PWR power control/status register (PWR_CSR)' },
    { register: /^CSR1?$/, fields: /^UDRDY$|^UDSWRDY$/, ...oneClears, heading: 'PWR power control/status register (PWR_CSR)' },
  ],
};

/** Power control of L4, L5, G0, G4, WB, WL, C0, U0: SR1 and SCR. */
const withStatusClear: IpBlock = {
  peripheral: /^PWR$/, has: /^SCR$/,
  effects: [
    { register: /^SR1$/, fields: /^(C?WUF\w*|C?SBF|SBF\w*|WUFI|EXTWUF)$/, text: 'Set by hardware, cleared by writing 1 to the bit of SCR; writing it here has no effect.' },
    { register: /^SR2$/, ...hardwareOnly },
    { register: /^SCR$/, ...oneClearsFlag },
  ],
};

/** Power control of H5, H7, U5, WBA, N6: wake-up flags have their clear register. */
const withWakeUpClear: IpBlock = {
  peripheral: /^PWR$/, has: /^(WKUPCR|WUSCR|WUSR)$/,
  effects: [
    { register: /^(WKUPFR|WUSR|WKUPSR)$/, text: 'Set by hardware, cleared by writing 1 to the bit of the clear register.' },
    { register: /^(WKUPCR|WUSCR)$/, ...oneClearsFlag },
    { register: /^(CPUCR|C[12]?PUCR|PMCR|SR|CPU2CR)$/, fields: /^CSSF$/, text: 'Writing 1 clears the stop and standby flags; reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^(CPUCR|PMSR|SR|CPU2CR)$/, fields: /^(STOPF|SBF|SBF_D[12])$/, text: 'Set by hardware, cleared by writing 1 to CSSF.' },
    { register: /^(VOSSR|SVMSR|CSR1|VMSR|BDSR|SR\d|VOSCR|VOSR)$/, fields: /\w*RDY\w*|ACTVOS|ACTUALVOS\w*|\w*F$|PVDO|AVDO|TEMPL|TEMPH|VBATL|VBATH|BRR/, ...hardwareOnly },
  ],
};

/** Access to the backup domain, whatever the version. */
const backupDomain: IpBlock = {
  peripheral: /^PWR$/,
  effects: [{ register: /^(CR1?|DBPCR|DBPR)$/, fields: /^DBP$/, text: 'While it is 0, the RTC, the backup registers and RCC\'s backup domain register ignore writes. It is 0 after reset.' }],
};

/** Reset and clock control. */
const clockControl: IpBlock = {
  peripheral: /^RCC$/,
  effects: [
    { register: /^(CSR|RSR|HWRSR|C\d_RSR)$/, fields: /^RMVF$/, text: 'Writing 1 clears the reset flags of the register.', modifiedWriteValues: 'oneToSet' },
    { register: /^(CSR|RSR|HWRSR|C\d_RSR)$/, fields: /^(\w*RSTF\d?|\w*RSTR?F)$/, text: 'Set by hardware on such a reset, and kept until RMVF is written 1 or the power comes on anew; writing it has no effect.' },
    { register: /^CIR2?$/, fields: /^(\w+RDYC|CSSC|CSSHSEC|CSSLSEC|LSECSSC)$/, text: 'Write-only: writing 1 clears the flag of the register\'s low bits; reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^CIR2?$/, fields: /^(\w+RDYF|\w*CSSF|CSSHSEF|CSSLSEF)$/, text: 'Set by hardware, cleared by writing 1 to the register\'s bit that ends in C; writing it has no effect.' },
    { register: /^CIFR$/, text: 'Flags are set by hardware and cleared by writing 1 to the same bit of CICR.' },
    { register: /^CICR$/, ...oneClearsFlag },
    { register: /^CR$/, fields: /^\w+RDY$/, ...hardwareOnly },
    { register: /^BDCR$/, text: 'Can only be written with the DBP bit of PWR set; keeps its value over resets.' },
    { register: /^BDCR$/, fields: /^(BDRST|VSWRST)$/, text: 'Setting it resets the backup domain, RTC and all; it must be cleared again.' },
    { register: /^(BDCR|CSR)$/, fields: /^LS[EI]\d?(RDY|CSSD)$/, ...hardwareOnly },
  ],
};

/** N6: most registers of RCC have a second one that sets their bits and a third that clears them. */
const clockSetAndClear: IpBlock = {
  peripheral: /^RCC$/, has: /^AHB1ENSR$/,
  effects: [
    { register: /^(CSR|\w+SR\d?)$/, fields: /\w(EN|RST|ON|PV|PUB|SEC|LOCK)S$/, text: 'Writing 1 sets the bit of the plain register; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^(CCR|\w+CR\d?)$/, fields: /\w(EN|RST|ON|PV|PUB|SEC)C$/, text: 'Writing 1 clears the bit of the plain register; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
    { register: /^SR$/, ...hardwareOnly },
  ],
};

/** Clock recovery. */
const clockRecovery: IpBlock = {
  peripheral: /^CRS$/,
  effects: [
    { register: /^ISR$/, text: 'Flags are set by hardware and cleared by writing 1 in ICR; writing here has no effect.' },
    { register: /^ICR$/, ...oneClearsFlag },
    { register: /^CR$/, fields: /^SWSYNC$/, text: 'Writing 1 makes a synchronisation event; hardware clears it.', modifiedWriteValues: 'oneToSet' },
  ],
};

/** Power, reset and clocks. */
export const stm32Power: readonly IpBlock[] = [withControlRegister, withStatusClear, withWakeUpClear, backupDomain, clockControl, clockSetAndClear, clockRecovery];
