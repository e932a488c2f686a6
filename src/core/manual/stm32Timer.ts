import { hardwareOnly, oneClearsFlag, oneStarts, zeroClears } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';

/** Timers: one block in every family, with more or fewer channels. */
const timer: IpBlock = {
  peripheral: /^(TIM|TIMS|TIMX)$/,
  effects: [
    { register: /^SR$/, ...zeroClears, heading: 'TIMx status register (TIMx_SR)' },
    { register: /^SR$/, fields: /^CC[1-4]IF$/, text: 'In capture mode also cleared by reading the channel\'s CCR.', heading: 'TIMx status register (TIMx_SR)' },
    { register: /^EGR$/, text: 'Writing 1 generates the event; hardware clears the bit. UG also resets the counter and the prescaler\'s count.', modifiedWriteValues: 'oneToSet', heading: 'TIMx event generation register (TIMx_EGR)' },
    { register: /^CCR[1-4]$/, text: 'In capture mode reading takes the captured count and clears SR.CCxIF; CCxOF stays.', readAction: 'modifyExternal', heading: 'TIMx capture/compare register' },
    { register: /^CNT$/, fields: /^UIFCPY$/, text: 'Read-only copy of SR.UIF; where UIFREMAP is not set it reads 0.' },
    { register: /^BDTR$/, fields: /^LOCK$/, text: 'Can be written once after reset; the level then freezes other bits until the next reset.', heading: 'TIMx break and dead-time register (TIMx_BDTR)' },
    { register: /^BDTR$/, fields: /^MOE$/, text: 'Hardware clears it at once when a break input becomes active; set by software, or by the next update event with AOE.', heading: 'TIMx break and dead-time register (TIMx_BDTR)' },
    { register: /^DMAR$/, text: 'Reads and writes the timer register that DCR points to, not a register of its own: its side effects are that register\'s.', readAction: 'modifyExternal', heading: 'TIMx DMA address for full transfer (TIMx_DMAR)' },
  ],
};

/** Low-power timers. */
const lowPowerTimer: IpBlock = {
  peripheral: /^LPTIM$/,
  effects: [
    { register: /^ISR(_\w+)?$/, text: 'Flags are set by hardware and cleared by writing 1 to the bit of the same name in ICR; writing here has no effect.', heading: 'LPTIM interrupt and status register (LPTIM_ISR)' },
    { register: /^ICR(_\w+)?$/, ...oneClearsFlag, heading: 'LPTIM interrupt clear register (LPTIM_ICR)' },
    { register: /^CR$/, fields: /^(SNGSTRT|CNTSTRT)$/, ...oneStarts, heading: 'LPTIM control register (LPTIM_CR)' },
    { register: /^CR$/, fields: /^COUNTRST$/, text: 'Writing 1 resets CNT; software must wait until hardware has cleared the bit before it sets it again.', modifiedWriteValues: 'oneToSet', heading: 'LPTIM control register (LPTIM_CR)' },
    { register: /^CR$/, fields: /^RSTARE$/, text: 'While it is set, reading CNT resets the counter.', heading: 'LPTIM control register (LPTIM_CR)' },
    { register: /^CNT$/, text: 'With an asynchronous clock a value is only reliable when two consecutive reads are equal. With CR.RSTARE set, reading resets it.', heading: 'LPTIM counter register (LPTIM_CNT)' },
  ],
};

/** The high-resolution timer. */
const highResolutionTimer: IpBlock = {
  peripheral: /^HRTIM(_\w+)?$/,
  effects: [
    { register: /^(?!O?DISR$)\w*ISR$/, text: 'Flags are set by hardware and cleared by writing 1 to the bit of the same name in the interrupt clear register.' },
    { register: /^\w*ICR$/, ...oneClearsFlag },
    { register: /^OENR$/, text: 'Writing 1 enables the output; writing 0 has no effect. ODISR or a fault disables it.', modifiedWriteValues: 'oneToSet' },
    { register: /^O?DISR$/, text: 'Writing 1 disables the output; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^BMCR$/, fields: /^BMSTAT$/, text: 'Set by hardware when burst mode begins; writing 0 ends it, writing 1 has no effect.', modifiedWriteValues: 'zeroToClear' },
  ],
};

/** Independent and window watchdogs. */
const watchdogs: readonly IpBlock[] = [
  {
    peripheral: /^IWDG$/,
    keys: [
      { register: /^KR$/, text: 'Takes keys; any value but 0x5555 protects the other registers again.', takesOthers: true, keys: [{ value: 0xAAAAn, meaning: 'reloads the counter' }, { value: 0x5555n, meaning: 'unlocks PR, RLR and, where there is one, WINR' }, { value: 0xCCCCn, meaning: 'starts the watchdog, which only a reset stops' }], heading: 'Key register (IWDG_KR)' },
    ],
    effects: [
      { register: /^(PR|RLR|WINR|EWCR)$/, text: 'Write-protected: write 0x5555 to KR first. What is read is only valid while the update flag in SR is 0.' },
      { register: /^EWCR$/, fields: /^EWIC$/, text: 'Writing 1 clears SR.EWIF; reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
      { register: /^ICR$/, fields: /^EWIC$/, text: 'Writing 1 clears SR.EWIF; reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
      { register: /^SR$/, fields: /^(PVU|RVU|WVU|EWU|ONF)$/, ...hardwareOnly, heading: 'Status register (IWDG_SR)' },
      { register: /^SR$/, fields: /^EWIF$/, text: 'Cleared by writing 1 to EWIC (of EWCR, or of ICR where there is one); writing it here has no effect.' },
    ],
  },
  {
    peripheral: /^WWDG$/,
    effects: [
      { register: /^CR$/, fields: /^WDGA$/, text: 'Software can only set it; only a reset clears it.', modifiedWriteValues: 'oneToSet', heading: 'Control register (WWDG_CR)' },
      { register: /^CR$/, fields: /^T$/, text: 'Writing it reloads the counter; the chip resets when T6 becomes 0 (also by writing it so), or when it is written while above the window in CFR.W.', heading: 'Control register (WWDG_CR)' },
      { register: /^CFR$/, fields: /^EWI$/, text: 'Software can only set it; only a reset clears it.', modifiedWriteValues: 'oneToSet', heading: 'Configuration register (WWDG_CFR)' },
      { register: /^SR$/, fields: /^EWIF?$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear', heading: 'Status register (WWDG_SR)' },
    ],
  },
];

/** Timers and watchdogs. */
export const stm32Timers: readonly IpBlock[] = [timer, lowPowerTimer, highResolutionTimer, ...watchdogs];
