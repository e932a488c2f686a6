import { hardwareOnly, oneClears, oneToggles, oneTriggers } from './effectWords.ts';
import { kinetisBlocks } from './kinetisMore.ts';
import type { EffectFact, IpBlock, ManualFamily } from './manualFamily.ts';

const readThenZero = { text: 'Cleared by reading the register while the flag is 1 and then writing 0 to it; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear' } as const;

/** UART as in the K parts, and UART1 and UART2 of the KL and KE parts: flags go by reading S1 and accessing D. */
const serialEffects: readonly EffectFact[] = [
  { register: /^S1$/, fields: /^(RDRF|IDLE|OR|NF|FE|PF)$/, text: 'Cleared by reading S1 while it is set and then reading D.' },
  { register: /^S1$/, fields: /^(TDRE|TC)$/, text: 'Cleared by reading S1 while it is set and then writing D.' },
  { register: /^S2$/, fields: /^(LBKDIF|RXEDGIF)$/, ...oneClears },
  { register: /^D$/, text: 'Reading takes the received byte; writing hands over a byte to send. After a read of S1, accessing it clears the flags.', readAction: 'modifyExternal' },
  { register: /^SFIFO$/, fields: /^(RXUF|TXOF|RXOF)$/, ...oneClears },
  { register: /^CFIFO$/, fields: /^(TX|RX)FLUSH$/, ...oneTriggers },
  { register: /^(TCFIFO|RCFIFO)$/, ...hardwareOnly },
  { register: /^IS7816$/, ...oneClears },
];
const serials: readonly IpBlock[] = [
  { peripheral: /^UART$/, has: /^(PFIFO|C7816|MODEM)$/, effects: serialEffects },
  { peripheral: /^UART$/, has: /^S1$/, lacks: /^(MA1|PFIFO|C7816|MODEM)$/, effects: serialEffects },
  {
    // UART0 of the KL parts.
    peripheral: /^UART$/, has: /^MA1$/, lacks: /^(PFIFO|C7816|MODEM)$/,
    effects: [
      { register: /^S1$/, fields: /^(IDLE|OR|NF|FE|PF)$/, ...oneClears },
      { register: /^S1$/, fields: /^RDRF$/, text: 'Set while a received byte waits; cleared by reading D.' },
      { register: /^S1$/, fields: /^(TDRE|TC)$/, text: 'Cleared by writing D.' },
      { register: /^S2$/, fields: /^(LBKDIF|RXEDGIF)$/, ...oneClears },
      { register: /^D$/, text: 'Reading takes the received byte and clears S1.RDRF; writing hands over a byte to send and clears S1.TDRE.', readAction: 'modifyExternal' },
    ],
  },
  {
    peripheral: /^LPUART$/,
    effects: [
      { register: /^STAT$/, fields: /^(LBKDIF|RXEDGIF|IDLE|OR|NF|FE|PF|MA1F|MA2F)$/, ...oneClears },
      { register: /^STAT$/, fields: /^RDRF$/, text: 'Set while received data waits; cleared by reading DATA.' },
      { register: /^STAT$/, fields: /^(TDRE|TC)$/, text: 'Cleared by writing DATA.' },
      { register: /^DATA$/, text: 'Reading takes the received byte; writing hands over a byte to send.', readAction: 'modifyExternal' },
      { register: /^FIFO$/, fields: /^(RXUF|TXOF)$/, ...oneClears },
      { register: /^FIFO$/, fields: /^(TX|RX)FLUSH$/, ...oneTriggers },
    ],
  },
];

/** The SPI without PUSHR: KL, KE and KM parts. */
const smallSpi: IpBlock = {
  peripheral: /^SPI$/, lacks: /^PUSHR$/,
  effects: [
    { register: /^S$/, fields: /^SPRF$/, text: 'Set while received data waits; cleared by reading S while it is set and then the data register.' },
    { register: /^S$/, fields: /^SPTEF$/, text: 'Set while the transmit buffer takes data; cleared by reading S while it is set and then writing the data register, which must not be written else.' },
    { register: /^S$/, fields: /^MODF$/, text: 'Cleared by reading S while it is set and then writing C1.' },
    { register: /^S$/, fields: /^SPMF$/, text: 'Cleared by reading S while it is set and then writing 1 to it.', modifiedWriteValues: 'oneToClear' },
    { register: /^(D|DL)$/, text: 'Reading takes the received data, writing hands over data to send; each after a read of S, which clears the flag.', readAction: 'modifyExternal' },
  ],
};

const timers: IpBlock = {
  peripheral: /^(FTM|PIT|LPTMR|RTC)$/,
  effects: [
    { register: /^SC$/, fields: /^TOF$/, ...readThenZero },
    { register: /^C\d+SC$/, fields: /^CHF$/, ...readThenZero },
    { register: /^FMS$/, fields: /^FAULTF\d?$/, ...readThenZero },
    { register: /^TFLG\d?$/, fields: /^TIF$/, ...oneClears },
    { register: /^CSR$/, fields: /^TCF$/, ...oneClears },
    { register: /^CNT$/, text: 'Writing anything loads the counter with CNTIN.' },
    { register: /^CNR$/, text: 'Write anything before reading, which copies the counter.' },
  ],
};

/** The simpler timer of the KL parts, whose flags are cleared at once. */
const smallTimers: IpBlock = {
  peripheral: /^(TPM|LPTPM)$/,
  effects: [
    { register: /^(SC|C\d+SC)$/, fields: /^(TOF|CHF)$/, ...oneClears },
    { register: /^STATUS$/, ...oneClears },
    { register: /^CNT$/, text: 'Writing anything clears the counter.' },
  ],
};

const ports: IpBlock = {
  peripheral: /^(PORT|GPIO|PT|FGPIO|PTA|PTB|PTC|PTD|PTE)$/,
  effects: [
    { register: /^PCR\d*$/, fields: /^ISF$/, text: 'Writing 1 clears the flag; writing 0 has no effect. Read-modify-write of PCR clears it by accident.', modifiedWriteValues: 'oneToClear' },
    { register: /^(ISFR|DFSR)$/, ...oneClears },
    { register: /^PSOR$/, text: 'Writing 1 sets the pin\'s output bit; writing 0 has no effect. Reads as 0.', modifiedWriteValues: 'oneToSet' },
    { register: /^PCOR$/, text: 'Writing 1 clears the pin\'s output bit; writing 0 has no effect. Reads as 0.', modifiedWriteValues: 'oneToClear' },
    { register: /^PTOR$/, ...oneToggles },
  ],
};

const buses: IpBlock = {
  peripheral: /^(SPI|I2C|ADC|DMA|USB|CMP|LLWU)$/,
  effects: [
    { register: /^SR$/, fields: /^(TCF|EOQF|TFUF|TFFF|RFOF|RFDF)$/, ...oneClears },
    { register: /^POPR$/, text: 'Reading takes the oldest received frame.', readAction: 'modifyExternal' },
    { register: /^PUSHR$/, text: 'Writing appends a command and a frame to send.' },
    { register: /^S$/, fields: /^(IICIF|ARBL)$/, ...oneClears },
    { register: /^SC1[AB0]?$/, fields: /^COCO$/, text: 'Set when the conversion is done; cleared by reading the result or writing this register.' },
    { register: /^R[AB0]?$/, text: 'Reading takes the result and clears SC1.COCO.', readAction: 'modifyExternal' },
    { register: /^(INT|ERR)$/, ...oneClears },
    { register: /^(ISTAT|ERRSTAT|OTGISTAT)$/, ...oneClears },
    { register: /^SCR$/, fields: /^(CFF|CFR)$/, ...oneClears },
    { register: /^F[123]$/, fields: /^WUF\d+$/, ...oneClears },
    { register: /^FILT[12]$/, fields: /^FILTF$/, ...oneClears },
  ],
};

const flash: IpBlock = {
  peripheral: /^(FTFL|FTFE|FTFA|FTMRE|FTMRH)$/,
  effects: [
    { register: /^FSTAT$/, fields: /^CCIF$/, text: 'Writing 1 starts the command that the command object registers hold, and clears the flag; hardware sets it at the end. Clear ACCERR and FPVIOL first.', modifiedWriteValues: 'oneToClear' },
    { register: /^FSTAT$/, fields: /^(RDCOLERR|ACCERR|FPVIOL)$/, ...oneClears },
    { register: /^FERSTAT$/, fields: /^(DFDIF|SFDIF)$/, ...oneClears },
    { register: /^FSTAT$/, fields: /^(MGSTAT\d?|MGBUSY)$/, ...hardwareOnly },
  ],
};

const watchdog: IpBlock = {
  peripheral: /^WDOG$/, has: /^UNLOCK$/,
  keys: [
    { register: /^UNLOCK$/, text: 'Opens the configuration for 256 bus cycles; the two writes must be within 20 bus cycles, and a wrong value resets the chip.', keys: [{ value: 0xC520n }, { value: 0xD928n }], isSequence: true },
    { register: /^REFRESH$/, text: 'Restarts the watchdog; the two writes must be within 20 bus cycles, and a wrong value resets the chip.', keys: [{ value: 0xA602n }, { value: 0xB480n }], isSequence: true },
  ],
};

/** NXP's Kinetis K and KL parts. */
export const kinetis: ManualFamily = {
  parts: /^(MK[0-9LVWEM]|MCXC|SKEA)/i,
  manuals: [{ name: 'K21 Sub-Family Reference Manual', parts: /^MK21D/i }],
  inferredFrom: 'the K21\'s reference manual',
  blocks: [...serials, smallSpi, timers, smallTimers, ports, buses, flash, watchdog, ...kinetisBlocks],
  clocks: {
    controllers: [{ does: 'enable', peripheral: /^SIM$/, register: /^SCGC\d?$/, field: /^(\w+)$/ }],
    aliases: [[/^FTF$/, 'FTFL FTFE FTFA'], [/^USBOTG$/, 'USB0'], [/^I2S$/, 'I2S0'], [/^I2C$/, 'I2C0'], [/^CMP$/, 'CMP?'], [/^LPTIMER$|^LPTMR$/, 'LPTMR0'], [/^DMA$/, 'DMA'], [/^PORT([A-F])$/, 'PORT$1']],
    heading: 'system clock gating control registers (SIM_SCGCn)',
  },
};
