import { oneClears } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';

/** EXTI with PR, PR1…: F0 to F4, F7, G4, L0 to L4, WB, WL, H7. */
const withPending: IpBlock = {
  peripheral: /^EXTI$/, lacks: /^RPR\d?$/,
  effects: [
    { register: /^(C\d)?(CPU|D3)?PR\d?$/, ...oneClears },
    { register: /^SWIER\d?$/, text: 'Writing 1 while the bit is 0 makes the line pending, as its edge does.', modifiedWriteValues: 'oneToSet' },
  ],
};

/** EXTI with RPR and FPR: G0, C0, U0, L5, U5, H5, WBA, N6. */
const withEdgePending: IpBlock = {
  peripheral: /^EXTI$/, has: /^RPR\d?$/,
  effects: [
    { register: /^[RF]PR\d?$/, ...oneClears },
    { register: /^SWIER\d?$/, text: 'Writing 1 triggers the line\'s rising edge event; reads as 0.', modifiedWriteValues: 'oneToSet' },
    { register: /^LOCKR$/, text: 'Can be set once; it stays until the next reset.', modifiedWriteValues: 'oneToSet' },
  ],
};

/** Ports of every family; BRR where it is there. */
const ports: IpBlock = {
  peripheral: /^(LP)?GPIO$/,
  effects: [
    { register: /^BSRR$/, fields: /^BS\d+$/, text: 'Writing 1 sets the pin\'s output bit; writing 0 has no effect. Reads as 0.', modifiedWriteValues: 'oneToSet', heading: 'GPIO port bit set/reset register (GPIOx_BSRR)' },
    { register: /^BSRR$/, fields: /^BR\d+$/, text: 'Writing 1 clears the pin\'s output bit; writing 0 has no effect; the set bit wins when both are written. Reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true, heading: 'GPIO port bit set/reset register (GPIOx_BSRR)' },
    { register: /^BRR$/, text: 'Writing 1 clears the pin\'s output bit; writing 0 has no effect. Reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true, heading: 'GPIO port bit reset register (GPIOx_BRR)' },
    { register: /^IDR$/, text: 'The level at the pins; writing has no effect.', heading: 'GPIO port input data register (GPIOx_IDR)' },
  ],
  keys: [
    { register: /^LCKR$/, text: 'Freezes the configuration of the pins whose LCKy are set until the next reset, by writing LCKR with the same LCKy three times, LCKK being 1, then 0, then 1; then read it, and read it again to see LCKK set. A change of LCKy in between ends it without a lock.', keys: [], heading: 'GPIO port configuration lock register (GPIOx_LCKR)' },
  ],
};

/** System configuration. */
const systemConfiguration: IpBlock = {
  peripheral: /^(SYSCFG|SBS|SYSCFG_\w+)$/,
  effects: [
    { register: /^(SYSCFG_)?CFGR2$/, fields: /^(SPF|SRAM_PEF|PEF)$/, text: 'Tells of a parity error in SRAM; writing 1 clears it.', modifiedWriteValues: 'oneToClear' },
    { register: /^(SYSCFG_)?CFGR2$/, fields: /^(CLL|SPL|PVDL|ECCL|LOCKUP_LOCK|SRAM_PARITY_LOCK|PVD_LOCK|LOCUP_LOCK)$/, text: 'Software can only set it; only a reset clears it.', modifiedWriteValues: 'oneToSet' },
    { register: /^(SYSCFG_)?SWPR[12]?$/, text: 'Software can only set a bit; only a reset clears it.', modifiedWriteValues: 'oneToSet' },
    { register: /^(SYSCFG_)?SCSR$/, fields: /^(SRAM2ER|CCMER)$/, text: 'Writing 1, after the keys in SKR, erases the memory; hardware clears it when that is done.', modifiedWriteValues: 'oneToSet' },
    { register: /^MESR$/, fields: /^(MCLR|IPMEE)$/, text: 'Set by hardware when the erase of the memories is done; writing 1 clears it.', modifiedWriteValues: 'oneToClear' },
  ],
  keys: [
    { register: /^(SYSCFG_)?SKR$/, text: 'Unlocks the bit that erases SRAM2 in SCSR; any other value locks it.', takesOthers: true, keys: [{ value: 0xCAn }, { value: 0x53n }], isSequence: true },
  ],
};

/** Ports, external interrupts and their routing. */
export const stm32Ports: readonly IpBlock[] = [withPending, withEdgePending, ports, systemConfiguration];
