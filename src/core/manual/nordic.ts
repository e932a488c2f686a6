import { oneClears } from './effectWords.ts';
import type { IpBlock, ManualFamily } from './manualFamily.ts';

const everywhere: IpBlock = {
  peripheral: /^\w+$/,
  effects: [
    { register: /^TASKS_/, text: 'Writing 1 triggers the task; writing 0 has no effect. Reads as 0.', modifiedWriteValues: 'oneToSet' },
    { register: /^EVENTS_/, text: 'Set to 1 by hardware when the event happens; cleared by writing 0. Clear it in the interrupt handler, and read it back so that the write has arrived before the handler ends.', modifiedWriteValues: 'zeroToClear' },
    { register: /^INTENSET\d?\d?$/, text: 'Writing 1 enables the interrupt; writing 0 has no effect. Reading gives the enabled ones.', modifiedWriteValues: 'oneToSet' },
    { register: /^INTENCLR\d?\d?$/, text: 'Writing 1 disables the interrupt; writing 0 has no effect. Reading gives the enabled ones.', modifiedWriteValues: 'oneToClear' },
    { register: /^(ERRORSRC|RESETREAS|LATCH)$/, ...oneClears },
    { register: /^(OUT|DIR|CHEN|EVTEN)SET$/, text: 'Writing 1 sets the bit; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^(OUT|DIR|CHEN|EVTEN)CLR$/, text: 'Writing 1 clears the bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
  ],
};

const serial: IpBlock = {
  peripheral: /^(UART|SPI|TWI)$/,
  effects: [{ register: /^RXD$/, text: 'Reading takes the received byte.', readAction: 'modifyExternal' }, { register: /^TXD$/, text: 'Writing hands over a byte to send.' }],
};

const watchdog: IpBlock = {
  peripheral: /^WDT$/,
  keys: [{ register: /^RR(\d|\[0\])?$/, text: 'Asks for a reload; the watchdog restarts when every enabled one has taken the key.', keys: [{ value: 0x6E524635n, meaning: 'reloads' }] }],
};

/** Nordic's nRF51, nRF52, nRF53, nRF54 and nRF91. */
export const nordic: ManualFamily = {
  parts: /^NRF(51|52|53|54|91|92)/i,
  manuals: [{ name: 'nRF52840 Product Specification', parts: /^NRF52840/i }, { name: 'nRF52832 Product Specification', parts: /^NRF52832|^NRF52$/i }, { name: 'nRF5340 Product Specification', parts: /^NRF5340/i }],
  inferredFrom: 'the nRF52840\'s product specification',
  blocks: [everywhere, serial, watchdog],
  clocks: { controllers: [], note: 'There are no clock gates: a peripheral asks for its clock when it is enabled or its task starts.', heading: 'CLOCK — Clock control' },
};
