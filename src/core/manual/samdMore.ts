import { hardwareOnly, oneClears, oneTriggers } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';
import { boschCanEffects } from './stm32Can.ts';

const interruptSwitches = [
  { register: /^INTENSET$/, text: 'Writing 1 enables the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
  { register: /^INTENCLR$/, text: 'Writing 1 disables the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
] as const;

const transfers: IpBlock = {
  peripheral: /^DMAC$/,
  effects: [
    { register: /^CHSTATUS$/, fields: /^(PEND|BUSY)$/, ...hardwareOnly },
    { register: /^CHSTATUS$/, fields: /^FERR$/, text: 'Set when an invalid descriptor was fetched; cleared by hardware when software resumes the channel.' },
    { register: /^CHSTATUS$/, fields: /^CRCERR$/, ...oneClears },
    { register: /^CRCSTATUS$/, fields: /^CRCBUSY$/, text: 'With the CRC fed by software (I/O interface) writing 1 ends it; with a channel feeding it, set and cleared by hardware.', modifiedWriteValues: 'oneToClear' },
    { register: /^CRCSTATUS$/, fields: /^(CRCZERO|CRCERR)$/, ...hardwareOnly },
    { register: /^(INTSTATUS|BUSYCH|PENDCH|ACTIVE)$/, ...hardwareOnly },
  ],
};

const timers: IpBlock = {
  peripheral: /^(TCC|TC)$/,
  effects: [
    { register: /^STATUS$/, fields: /^(STOP|IDX|SLAVE|FAULT[AB01]IN|CMP\d)$/, ...hardwareOnly },
    { register: /^STATUS$/, fields: /^(DFS|UFS)$/, text: 'Writing 1 clears the fault state; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
    { register: /^STATUS$/, fields: /^FAULT[AB01]$/, text: 'Writing 1 clears the fault state while its input is low, and lets a halted counter go on; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
    { register: /^STATUS$/, fields: /^(PATT|WAVE|PER|CC)BU?F?V\d?$/, text: 'Set by a write to the buffer register, cleared when the value is taken over; writing 1 clears it and drops the value.', modifiedWriteValues: 'oneToClear' },
  ],
};

/** How the counter is asked for differs from part to part, else an old value is read. */
const counters: readonly IpBlock[] = [
  { peripheral: /^(TC|TCC|RTC)$/, has: /^READREQ$/, effects: [{ register: /^COUNT$/, text: 'Read through synchronisation: ask for it in READREQ first, else an old value is read.' }] },
  { peripheral: /^(TC|TCC)$/, has: /^CTRLBSET$/, lacks: /^READREQ$/, effects: [{ register: /^COUNT$/, text: 'Read through synchronisation: write the READSYNC command to CTRLBSET.CMD first, else an old value is read.' }] },
  { peripheral: /^RTC$/, lacks: /^READREQ$/, effects: [{ register: /^COUNT$/, text: 'Read through synchronisation: needs CTRLA.COUNTSYNC, else an old value is read.' }] },
];

const sound: IpBlock = {
  peripheral: /^I2S$/,
  effects: [
    ...interruptSwitches,
    { register: /^INTFLAG$/, fields: /^RXRDY\d$/, text: 'Set while received data is there; cleared by reading DATA or writing 1.', modifiedWriteValues: 'oneToClear' },
    { register: /^INTFLAG$/, fields: /^TXRDY\d$/, text: 'Set while DATA takes data; cleared by writing DATA or writing 1.', modifiedWriteValues: 'oneToClear' },
    { register: /^INTFLAG$/, fields: /^(RXOR|TXUR)\d$/, ...oneClears },
    { register: /^(DATA\d?|RXDATA)$/, text: 'Reading takes the received sample; writing hands over one to send.', readAction: 'modifyExternal' },
    { register: /^CTRLA$/, fields: /^SWRST$/, text: 'Writing 1 puts every register back to its reset value; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^SYNCBUSY$/, text: 'A bit is 1 while a write to what it is named after is on its way: wait for 0.' },
  ],
};

const serialFlash: IpBlock = {
  peripheral: /^QSPI$/,
  effects: [
    ...interruptSwitches,
    { register: /^INTFLAG$/, fields: /^RXC$/, text: 'Set while received data is there; cleared by reading RXDATA.' },
    { register: /^INTFLAG$/, fields: /^DRE$/, text: 'Set while TXDATA takes data; cleared by writing TXDATA.' },
    { register: /^INTFLAG$/, fields: /^(ERROR|CSRISE|INSTREND)$/, ...oneClears },
    { register: /^RXDATA$/, text: 'Reading takes the received data and clears INTFLAG.RXC.', readAction: 'modifyExternal' },
    { register: /^TXDATA$/, text: 'Writing hands over data to send and clears INTFLAG.DRE.' },
    { register: /^CTRLA$/, fields: /^(SWRST|LASTXFER)$/, ...oneTriggers },
  ],
};

const rest: readonly IpBlock[] = [
  { peripheral: /^RTC$/, effects: [{ register: /^TAMPID$/, ...oneClears }] },
  { peripheral: /^EVSYS$/, effects: [{ register: /^SWEVT$/, text: 'Writing 1 sends an event on the channel; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' }] },
  { peripheral: /^TRNG$/, effects: [{ register: /^DATA$/, text: 'Reading takes the random number and clears INTFLAG.DATARDY.', readAction: 'modifyExternal' }] },
  { peripheral: /^SDHC$/, effects: [{ register: /^(NISTR|EISTR)$/, ...oneClears }] },
  { peripheral: /^CAN$/, has: /^RXF0S$/, effects: boschCanEffects },
];

/** The SAM parts' DMA, timers, I2S, QSPI, CAN and what else has rules of its own. */
export const samdBlocks: readonly IpBlock[] = [transfers, timers, ...counters, sound, serialFlash, ...rest];
