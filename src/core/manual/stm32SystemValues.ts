import type { IpBlock, ValuesFact } from './manualFamily.ts';
import { named, numbered } from './valueNames.ts';

function waitStates(count: number): ValuesFact['values'] {
  return numbered(count, value => `${value} wait state${value === 1 ? '' : 's'}`);
}

function dividedClock(clock: string, first: number, count: number): ValuesFact['values'] {
  return numbered(count, value => `${clock} / ${first * 2 ** value}`);
}

const watchdogs: IpBlock = {
  peripheral: /^[IW]WDG$/,
  values: [
    { register: /^PR$/, fields: /^PR$/, bits: 3, values: [...dividedClock('LSI', 4, 7), [7, 'LSI / 256']] },
    // With four bits the dividers go on where three bits repeat the last.
    { register: /^PR$/, fields: /^PR$/, bits: 4, values: numbered(16, value => `LSI / ${4 * 2 ** Math.min(value, 8)}`) },
    { register: /^CFR$/, fields: /^WDGTB$/, bits: 2, values: dividedClock('PCLK', 4096, 4) },
    { register: /^CFR$/, fields: /^WDGTB$/, bits: 3, values: dividedClock('PCLK', 4096, 8) },
  ],
};

const flash: IpBlock = {
  peripheral: /^FLASH$/,
  values: [
    { register: /^ACR$/, fields: /^LATENCY$/, parts: /^STM32(C0|F0|L[01])/i, values: waitStates(2) },
    { register: /^ACR$/, fields: /^LATENCY$/, parts: /^STM32(F[13]|G0|U0|WL)/i, values: waitStates(3) },
    { register: /^ACR$/, fields: /^LATENCY$/, parts: /^STM32WB(?!A)/i, values: waitStates(4) },
    { register: /^ACR$/, fields: /^LATENCY$/, parts: /^STM32L4/i, bits: 3, values: waitStates(5) },
    { register: /^ACR$/, fields: /^LATENCY$/, parts: /^STM32F[247]/i, bits: 3, values: waitStates(8) },
    { register: /^ACR$/, fields: /^LATENCY$/, bits: 4, values: waitStates(16) },
    { register: /^CR$/, fields: /^PSIZE$/, parts: /^STM32F[247]/i, values: named('program by 8 bit', 'program by 16 bit', 'program by 32 bit', 'program by 64 bit') },
    { register: /^OPTCR$/, fields: /^BOR_LEV$/, parts: /^STM32F[247]/i, values: named('level 3, highest', 'level 2', 'level 1', 'off') },
    { register: /^(OPTCR|OPTR)$/, fields: /^RDP$/, bits: 8, parts: /^STM32(F[247]|G|L[45]|W[BL])/i, values: [[0xAA, 'level 0, no protection'], [0xCC, 'level 2, for ever']] },
  ],
};

const power: IpBlock = {
  peripheral: /^PWR$/,
  values: [
    { register: /^CR$/, fields: /^VOS$/, parts: /^STM32F4(0[57]|1[57])/i, bits: 1, values: named('scale 2', 'scale 1') },
    { register: /^CR$/, fields: /^VOS$/, parts: /^STM32F401/i, bits: 2, values: named('', 'scale 3', 'scale 2') },
    { register: /^CR1?$/, fields: /^VOS$/, parts: /^STM32F[47]/i, bits: 2, values: named('', 'scale 3', 'scale 2', 'scale 1') },
    { register: /^CR$/, fields: /^VOS$/, parts: /^STM32L[01]/i, values: named('', '1.8 V, range 1', '1.5 V, range 2', '1.2 V, range 3') },
    { register: /^CR1$/, fields: /^VOS$/, parts: /^STM32(G|L4|W[BL])/i, bits: 2, values: named('', 'range 1', 'range 2') },
    { register: /^D3CR$/, fields: /^VOS$/, parts: /^STM32H7[45]/i, values: named('', 'scale 3', 'scale 2', 'scale 1') },
    { register: /^VOSR$/, fields: /^VOS$/, parts: /^STM32U5/i, values: named('range 4', 'range 3', 'range 2', 'range 1') },
    { register: /^VOSCR$/, fields: /^VOS$/, parts: /^STM32H5/i, values: named('scale 3', 'scale 2', 'scale 1', 'scale 0') },
    { register: /^(C2)?CR1$/, fields: /^LPMS$/, parts: /^STM32(L[45]|W[BL](?!A))/i, bits: 3, values: named('Stop 0', 'Stop 1', 'Stop 2', 'Standby', 'Shutdown', 'Shutdown', 'Shutdown', 'Shutdown') },
    { register: /^CR1$/, fields: /^LPMS$/, parts: /^STM32G/i, bits: 3, values: named('Stop 0', 'Stop 1', '', 'Standby', 'Shutdown', 'Shutdown', 'Shutdown', 'Shutdown') },
    { register: /^CR1$/, fields: /^LPMS$/, parts: /^STM32U5/i, bits: 3, values: named('Stop 0', 'Stop 1', 'Stop 2', 'Stop 3', 'Standby', 'Standby', 'Shutdown', 'Shutdown') },
  ],
};

const portsInOrder = ['PA', 'PB', 'PC', 'PD', 'PE', 'PF', 'PG', 'PH', 'PI', 'PJ', 'PK'];

/** Which port's pin an interrupt line looks at. */
const lines: IpBlock = {
  peripheral: /^(SYSCFG|AFIO|EXTI|SBS)$/,
  values: [
    { register: /^EXTICR\d$/, fields: /^EXTI\d+(_\d+)?$/, parts: /^STM32L0/i, values: named('PA', 'PB', 'PC', 'PD', 'PE', 'PH') },
    { register: /^EXTICR\d$/, fields: /^EXTI\d+(_\d+)?$/, parts: /^STM32L1/i, values: named('PA', 'PB', 'PC', 'PD', 'PE', 'PH', 'PF', 'PG') },
    { register: /^EXTICR\d$/, fields: /^EXTI\d+(_\d+)?$/, parts: /^STM32F[01]/i, values: named(...portsInOrder.slice(0, 7)) },
    { register: /^EXTICR\d$/, fields: /^EXTI\d+(_\d+)?$/, parts: /^STM32F3/i, values: named(...portsInOrder.slice(0, 8)) },
    { register: /^EXTICR\d$/, fields: /^EXTI\d+(_\d+)?$/, parts: /^STM32(C0|F[247]|G|H[57]|L[45]|U[05]|W[BL](?!0))/i, values: named(...portsInOrder) },
  ],
};

const mapping: IpBlock = {
  peripheral: /^SYSCFG$/,
  values: [
    { register: /^(MEMRM|MEMRMP)$/, fields: /^MEM_MODE$/, parts: /^STM32F(2|4(0[57]|1[2357]))/i, values: named('main flash at 0', 'system flash at 0', 'FSMC bank 1 at 0', 'embedded SRAM at 0') },
    { register: /^(MEMRM|MEMRMP)$/, fields: /^MEM_MODE$/, parts: /^STM32F4(01|1[01])/i, values: named('main flash at 0', 'system flash at 0', '', 'embedded SRAM at 0') },
    { register: /^CFGR1$/, fields: /^MEM_MODE$/, parts: /^STM32F0/i, bits: 2, values: named('main flash at 0', 'system flash at 0', 'main flash at 0', 'embedded SRAM at 0') },
  ],
};

const storage: readonly IpBlock[] = [
  { peripheral: /^QUADSPI$/, values: [
    { register: /^CCR$/, fields: /^(IMODE|ADMODE|ABMODE|DMODE)$/, values: named('none', '1 line', '2 lines', '4 lines') },
    { register: /^CCR$/, fields: /^A[DB]SIZE$/, values: named('8 bit', '16 bit', '24 bit', '32 bit') },
    { register: /^CCR$/, fields: /^FMODE$/, values: named('indirect write', 'indirect read', 'automatic polling', 'memory-mapped') },
  ] },
  { peripheral: /^SDIO$/, values: [
    { register: /^CLKCR$/, fields: /^WIDBUS$/, values: named('1 data line', '4 data lines', '8 data lines') },
    { register: /^CMD$/, fields: /^WAITRESP$/, values: named('no response', 'short response', 'no response', 'long response') },
    { register: /^POWER$/, fields: /^PWRCTRL$/, values: named('off', '', 'powers up', 'on') },
  ] },
  { peripheral: /^F[S]?MC$/, values: [
    { register: /^BCR\d$/, fields: /^MWID$/, values: named('8 bit', '16 bit', '32 bit') },
    { register: /^BCR\d$/, fields: /^MTYP$/, values: named('SRAM', 'PSRAM', 'NOR flash') },
  ] },
];

const pictures: readonly IpBlock[] = [
  { peripheral: /^LTDC$/, values: [{ register: /^L\dPFCR$/, fields: /^PF$/, values: named('ARGB8888', 'RGB888', 'RGB565', 'ARGB1555', 'ARGB4444', 'L8', 'AL44', 'AL88') }] },
  { peripheral: /^DMA2D$/, values: [
    { register: /^CR$/, fields: /^MODE$/, bits: 2, values: named('copies', 'copies and converts', 'copies, converts and blends', 'fills') },
    { register: /^[FB]GPFCCR$/, fields: /^CM$/, values: named('ARGB8888', 'RGB888', 'RGB565', 'ARGB1555', 'ARGB4444', 'L8', 'AL44', 'AL88', 'L4', 'A8', 'A4') },
    { register: /^[FB]GPFCCR$/, fields: /^AM$/, values: named('alpha as it is', 'alpha replaced', 'alpha multiplied') },
    { register: /^OPFCCR$/, fields: /^CM$/, values: named('ARGB8888', 'RGB888', 'RGB565', 'ARGB1555', 'ARGB4444') },
  ] },
];

const checks: readonly IpBlock[] = [
  { peripheral: /^CRC$/, values: [
    { register: /^CR$/, fields: /^POLYSIZE$/, values: named('32-bit polynomial', '16-bit polynomial', '8-bit polynomial', '7-bit polynomial') },
    { register: /^CR$/, fields: /^REV_IN$/, bits: 2, values: named('bits in order', 'bits of bytes reversed', 'bits of half-words reversed', 'bits of words reversed') },
  ] },
  { peripheral: /^DBG(MCU)?$/, values: [{ register: /^CR$/, fields: /^TRACE_MODE$/, bits: 2, values: named('asynchronous', 'synchronous, 1 line', 'synchronous, 2 lines', 'synchronous, 4 lines') }] },
];

/** What the values stand for in watchdogs, flash, power control and what else concerns the whole chip. */
export const stm32SystemValues: readonly IpBlock[] = [watchdogs, flash, power, lines, mapping, ...storage, ...pictures, ...checks];
