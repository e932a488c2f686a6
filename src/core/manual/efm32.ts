import { hardwareOnly, oneToggles, oneTriggers } from './effectWords.ts';
import type { IpBlock, ManualFamily } from './manualFamily.ts';

/** Interrupt flags, commands and synchronisation are the same everywhere. */
const everywhere: IpBlock = {
  peripheral: /^(?!USB$)\w+$/,
  effects: [
    { register: /^IF$/, text: 'Interrupt flags, set by hardware; cleared by writing 1 to the same bit of IFC. The interrupt handler must clear them.' },
    { register: /^IFS$/, text: 'Writing 1 sets the flag in IF; writing 0 has no effect.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /^IFC$/, text: 'Writing 1 clears the flag in IF; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^(CMD|WRITECMD|OSCENCMD)$/, ...oneTriggers, readsAsZero: true },
    { register: /^SYNCBUSY$/, text: 'A bit is 1 while a write to the register it is named after is on its way into the low-frequency domain: wait for 0 before writing that register again.' },
    { register: /^STATUS$/, ...hardwareOnly },
  ],
};

const serials: readonly IpBlock[] = [
  {
    peripheral: /^(USART|UART|LEUART|EUART|I2C)$/,
    effects: [
      { register: /^RX(DATA|DOUBLE)X?$/, text: 'Reading takes the received data out of the buffer and clears RXDATAV when it is empty (the P registers look without taking).', readAction: 'modifyExternal' },
      { register: /^RX(DATA|DOUBLE)X?P$/, text: 'Looks at the received data without taking it.' },
      { register: /^TX(DATA|DOUBLE)X?$/, text: 'Writing hands over data to send and clears TXBL when the buffer is full.' },
    ],
  },
  { peripheral: /^ADC$/, effects: [{ register: /^(SINGLE|SCAN)DATAX?$/, text: 'Reading takes the result and clears its data valid flag (the P registers look without taking).', readAction: 'modifyExternal' }] },
];

const pins: IpBlock = {
  peripheral: /^GPIO$/,
  effects: [
    { register: /^P[A-L]_DOUTSET$/, text: 'Writing 1 sets the pin\'s bit in DOUT; writing 0 has no effect.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /^P[A-L]_DOUTCLR$/, text: 'Writing 1 clears the pin\'s bit in DOUT; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^P[A-L]_DOUTTGL$/, ...oneToggles, readsAsZero: true },
  ],
};

const dma: IpBlock = {
  peripheral: /^DMA$/, has: /^CHENS$/,
  effects: [
    { register: /^CH(USEBURST|REQMASK|EN|ALT|PRI)S$/, text: 'Writing 1 sets the channel\'s bit; writing 0 has no effect. Reading gives the state.', modifiedWriteValues: 'oneToSet' },
    { register: /^CH(USEBURST|REQMASK|EN|ALT|PRI)C$/, text: 'Writing 1 clears the channel\'s bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
    { register: /^CHSWREQ$/, ...oneTriggers },
    { register: /^ERRORC$/, text: 'Writing 1 clears the bus error flag.', modifiedWriteValues: 'oneToClear' },
  ],
};

/** Lock registers: the key opens, anything else closes. */
const locks: readonly IpBlock[] = ([[/^MSC$/, /^LOCK$/, 0x1B71n], [/^MSC$/, /^MASSLOCK$/, 0x631An], [/^CMU$/, /^LOCK$/, 0x580En], [/^EMU$/, /^LOCK$/, 0xADE8n], [/^GPIO$/, /^LOCK$/, 0xA534n], [/^W?TIMER$/, /^DTLOCK$/, 0xCE80n], [/^(BURTC|RTCC)$/, /^LOCK$/, 0xAEE8n]] as const)
  .map(([peripheral, register, value]) => ({ peripheral, keys: [{ register, fields: /KEY$/, text: 'Opens the locked registers for writing; any other value locks them. Reads 1 while locked, 0 while open.', keys: [{ value, meaning: 'unlocks' }], takesOthers: true }] }));

/** Silicon Labs' EFM32 and EFR32 of series 0 and 1. */
export const efm32: ManualFamily = {
  parts: /^EF[MR]32(?![A-Z]{2}2\d[A-Z])/i,
  manuals: [{ name: 'EFM32GG Reference Manual', parts: /^EFM32GG\d{3}F/i }],
  inferredFrom: 'the EFM32GG\'s reference manual', blocks: [everywhere, ...serials, pins, dma, ...locks],
  clocks: {
    controllers: [{ does: 'enable', peripheral: /^CMU$/, register: /^(HFPER|HFCORE|HFBUS|LF[ABE])CLKEN\d?$/, field: /^(\w+)$/ }],
    note: 'Low-energy peripherals need the clock of their bus interface (LE) too.', heading: 'CMU — Clock Management Unit',
  },
};
