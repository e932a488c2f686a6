import { hardwareOnly, oneClears, oneTriggers, readClears } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';

/** DMA: the eDMA of the K parts, the simple one of the KL parts. */
const transfers: readonly IpBlock[] = [
  {
    peripheral: /^DMA$/, has: /^CINT$/,
    effects: [
      { register: /^(CEEI|SEEI|CERQ|SERQ|CDNE|SSRT|CERR|CINT)$/, text: 'Writing a channel number acts on the bit that the register is named after (or on all with its all bit); reads as 0.', readsAsZero: true },
      { register: /^TCD\d+_CSR$|^CSR$/, fields: /^DONE$/, text: 'Set at the end of the major loop; cleared by writing 0 or through CDNE, and by hardware when the channel starts again. While it is 1, linking and scatter/gather cannot be switched on.', modifiedWriteValues: 'zeroToClear' },
      { register: /^TCD\d+_CSR$|^CSR$/, fields: /^START$/, text: 'Writing 1 starts the channel; hardware clears the bit when it runs.', modifiedWriteValues: 'oneToSet' },
    ],
  },
  { peripheral: /^DMA$/, has: /^DSR_BCR\d$/, effects: [{ register: /^DSR_BCR\d$/, fields: /^DONE$/, text: 'Writing 1 clears all status bits of the channel, and ends a transfer under way; needed before the channel can be set up again.', modifiedWriteValues: 'oneToClear' }] },
];

const clocksAndWakeUp: readonly IpBlock[] = [
  {
    peripheral: /^RTC$/, has: /^TSR$/,
    effects: [
      { register: /^SR$/, fields: /^(TIF|TOF)$/, text: 'Cleared by writing TSR, which is possible while TCE is 0.' },
      { register: /^SR$/, fields: /^TAF$/, text: 'Cleared by writing TAR.' },
      { register: /^TSR$/, text: 'Can be written only while SR.TCE is 0; writing clears SR.TIF and SR.TOF.' },
      { register: /^TAR$/, text: 'Writing clears SR.TAF.' },
    ],
  },
  { peripheral: /^RTC$/, lacks: /^TSR$/, effects: [{ register: /^SC$/, fields: /^RTIF$/, ...oneClears }] },
  { peripheral: /^PMC$/, effects: [{ register: /^(LVDSC1|LVDSC2|SPMSC1|SPMSC2)$/, fields: /^LV[DW]ACK$/, text: 'Writing 1 clears the low-voltage flag beside it; reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true }, { register: /^REGSC$/, fields: /^ACKISO$/, text: 'Writing 1 releases the pins from the state held since low-leakage mode.', modifiedWriteValues: 'oneToClear' }] },
  { peripheral: /^SMC$/, effects: [{ register: /^PMPROT$/, text: 'Only the first write after reset counts.' }] },
  { peripheral: /^RCM$/, effects: [{ register: /^SSRS\d$/, ...oneClears }, { register: /^SRS\d$/, ...hardwareOnly }] },
  { peripheral: /^(KBI|IRQ)$/, effects: [{ register: /^SC$/, fields: /^(KBACK|IRQACK)$/, text: 'Writing 1 clears the flag; reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true }] },
];

const connections: readonly IpBlock[] = [
  { peripheral: /^I2C$/, effects: [{ register: /^D$/, text: 'In master receive mode reading takes the byte and starts the next one; in master transmit mode writing sends the byte.', readAction: 'modifyExternal' }, { register: /^FLT$/, fields: /^(STOPF|STARTF)$/, ...oneClears }, { register: /^SMB$/, fields: /^(SLTF|SHTF2)$/, ...oneClears }] },
  { peripheral: /^USB$/, effects: [{ register: /^STAT$/, text: 'Tells of the oldest completed token; clearing ISTAT.TOKDNE moves on to the next.' }, { register: /^CLK_RECOVER_INT_STATUS$/, ...oneClears }] },
  {
    peripheral: /^CAN$/, has: /^IFLAG1$/,
    effects: [
      { register: /^IFLAG[12]$/, ...oneClears },
      { register: /^ESR1$/, fields: /^(WAKINT|ERRINT|BOFFINT|TWRNINT|RWRNINT)$/, ...oneClears },
      { register: /^ESR1$/, fields: /^(STFERR|FRMERR|CRCERR|ACKERR|BIT0ERR|BIT1ERR)$/, ...readClears },
      { register: /^TIMER$/, text: 'Reading unlocks the message buffer that was locked by reading it.', readAction: 'modifyExternal' },
    ],
  },
  { peripheral: /^ENET$/, effects: [{ register: /^EIR$/, ...oneClears }] },
  { peripheral: /^SDHC$/, effects: [{ register: /^IRQSTAT$/, ...oneClears }] },
  { peripheral: /^(I2S|SAI)$/, effects: [{ register: /^[TR]CSR$/, fields: /^(WSF|SEF|FEF)$/, ...oneClears }, { register: /^[TR]CSR$/, fields: /^FR$/, ...oneTriggers }, { register: /^RDR\d$/, text: 'Reading takes the oldest sample out of the receive FIFO.', readAction: 'modifyExternal' }, { register: /^TDR\d$/, text: 'Writing appends a sample to the transmit FIFO.' }] },
  { peripheral: /^TSI$/, effects: [{ register: /^GENCS$/, fields: /^(EOSF|OUTRGF)$/, ...oneClears }] },
];

/** Watchdogs beside the one of the K parts: each with the keys as its registers take them. */
const watchdogs: readonly IpBlock[] = [
  {
    peripheral: /^SIM$/, has: /^SRVCOP$/,
    keys: [{ register: /^SRVCOP$/, text: 'Restarts the COP watchdog; any other value resets the chip while it is on.', keys: [{ value: 0x55n }, { value: 0xAAn }], isSequence: true }],
    effects: [{ register: /^COPC$/, text: 'Only the first write after reset counts.' }],
  },
  {
    peripheral: /^WDOG$/, has: /^CNTH$/,
    keys: [{ register: /^CNT$/, text: 'Two writes within 16 bus clocks refresh or unlock; the bytes stand in CNT as the core sees them, the other way round than in the manual.', keys: [{ value: 0x02A6n, meaning: 'then 0x80B4 refreshes' }, { value: 0x80B4n }, { value: 0x20C5n, meaning: 'then 0x28D9 unlocks' }, { value: 0x28D9n }] }],
  },
  {
    peripheral: /^WDOG$/, has: /^TOVAL$/, lacks: /^CNTH$/,
    keys: [{ register: /^CNT$/, text: 'Refreshes the watchdog or unlocks its configuration; other values reset the chip.', keys: [{ value: 0xB480A602n, meaning: 'refreshes' }, { value: 0xD928C520n, meaning: 'unlocks' }, { value: 0xA602n, meaning: 'then 0xB480 refreshes' }, { value: 0xB480n }, { value: 0xC520n, meaning: 'then 0xD928 unlocks' }, { value: 0xD928n }] }],
  },
  { peripheral: /^EWM$/, keys: [{ register: /^SERV$/, text: 'Restarts the external watchdog monitor, both within its time.', keys: [{ value: 0xB4n }, { value: 0x2Cn }], isSequence: true }] },
];

/** What the Kinetis parts have beside UART, SPI, timers, ports and flash. */
export const kinetisBlocks: readonly IpBlock[] = [...transfers, ...clocksAndWakeUp, ...connections, ...watchdogs];
