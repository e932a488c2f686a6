import { hardwareOnly, oneClears, oneToggles } from './effectWords.ts';
import { samdBlocks } from './samdMore.ts';
import type { IpBlock, ManualFamily } from './manualFamily.ts';

const received = { text: 'Set while received data is there, cleared by reading DATA; writing has no effect.' } as const;
const sendable = { text: 'Set while DATA takes data, cleared by writing DATA; writing the bit has no effect.' } as const;

/** What every peripheral of these parts does the same way. */
const everywhere: IpBlock = {
  peripheral: /^(?!SERCOM|I2S|NVMCTRL|QSPI|CAN)\w+$/,
  effects: [
    { register: /^(CH|EP|P)?INTFLAG(AHB|[A-E])?\d?$/, ...oneClears },
    { register: /^(CH|EP|P)?INTENSET\d?$/, text: 'Writing 1 enables the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^(CH|EP|P)?INTENCLR\d?$/, text: 'Writing 1 disables the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
    { register: /^CTRLBSET$/, text: 'Writing 1 sets the bit; writing 0 has no effect. CMD other than 0 starts the command.', modifiedWriteValues: 'oneToSet' },
    { register: /^CTRLBCLR$/, text: 'Writing 1 clears the bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
    { register: /^(CTRL|CTRLA|CHCTRLA)$/, fields: /^SWRST$/, text: 'Writing 1 puts every register of the peripheral (of the channel, in CHCTRLA) back to its reset value; writing 0 has no effect. Wait for the synchronisation before the next access.', modifiedWriteValues: 'oneToSet' },
    { register: /^STATUS$/, fields: /^SYNCBUSY$/, text: 'Set while a write to a synchronised register is on its way: wait for 0 before touching such a register.' },
    { register: /^SYNCBUSY$/, text: 'A bit is 1 while a write to the register it is named after is on its way: wait for 0 before touching that register.' },
  ],
};

const sercom: IpBlock = {
  peripheral: /^SERCOM$/,
  effects: [
    { register: /^INTFLAG$/, cluster: /^(USART|SPI)/, fields: /^RXC$/, ...received },
    { register: /^INTFLAG$/, cluster: /^(USART|SPI)/, fields: /^DRE$/, ...sendable },
    { register: /^INTFLAG$/, cluster: /^(USART|SPI)/, fields: /^TXC$/, text: 'Writing 1 clears the flag, writing DATA does too; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
    { register: /^INTFLAG$/, cluster: /^(USART|SPI)/, fields: /^(?!RXC$|DRE$|TXC$)/, ...oneClears },
    { register: /^INTFLAG$/, cluster: /^I2CM/, fields: /^(MB|SB)$/, text: 'Cleared by writing 1, by a command in CTRLB.CMD, by writing ADDR, and by reading or writing DATA.', modifiedWriteValues: 'oneToClear' },
    { register: /^INTFLAG$/, cluster: /^I2CM/, fields: /^(?!MB$|SB$)/, ...oneClears },
    { register: /^INTFLAG$/, cluster: /^I2CS/, ...oneClears },
    { register: /^INTENSET$/, text: 'Writing 1 enables the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^INTENCLR$/, text: 'Writing 1 disables the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
    { register: /^STATUS$/, cluster: /^USART/, fields: /^(PERR|FERR|BUFOVF|ISF|COLL)$/, ...oneClears },
    { register: /^STATUS$/, cluster: /^SPI/, fields: /^(BUFOVF|LENERR)$/, ...oneClears },
    { register: /^STATUS$/, cluster: /^I2CM/, fields: /^(BUSERR|ARBLOST|LOWTOUT|MEXTTOUT|SEXTTOUT|LENERR)$/, ...oneClears },
    { register: /^STATUS$/, cluster: /^I2CM/, fields: /^BUSSTATE$/, text: 'Writing 1 forces the bus state to idle, which is needed once after enabling; other values written have no effect.' },
    { register: /^STATUS$/, cluster: /^I2CM/, fields: /^(RXNACK|CLKHOLD)$/, ...hardwareOnly },
    { register: /^STATUS$/, cluster: /^I2CS/, fields: /^(BUSERR|COLL|LOWTOUT|SEXTTOUT|LENERR)$/, text: 'Writing 1 clears the bit; a new start condition with an address match clears it too.', modifiedWriteValues: 'oneToClear' },
    { register: /^STATUS$/, cluster: /^I2CS/, fields: /^(RXNACK|DIR|SR|CLKHOLD)$/, ...hardwareOnly },
    { register: /^DATA$/, cluster: /^I2CS/, text: 'Reading takes the received byte, writing hands over one to send; with smart mode on, both acknowledge and let the bus go on.', readAction: 'modifyExternal' },
    { register: /^DATA$/, cluster: /^USART/, text: 'Reading takes the oldest received character and clears INTFLAG.RXC; writing hands over a character to send and clears INTFLAG.DRE. Read STATUS before DATA: its error flags belong to the character read next.', readAction: 'modifyExternal' },
    { register: /^DATA$/, cluster: /^SPI/, text: 'Reading takes the oldest received character and clears INTFLAG.RXC; writing starts or queues a transfer.', readAction: 'modifyExternal' },
    { register: /^DATA$/, cluster: /^I2CM/, text: 'Reading takes the byte and, with smart mode on, acknowledges it and goes on; writing sends the byte.', readAction: 'modifyExternal' },
    { register: /^ADDR$/, cluster: /^I2CM/, text: 'Writing puts a (repeated) start condition and the address onto the bus.' },
    { register: /^CTRLA$/, fields: /^SWRST$/, text: 'Writing 1 puts every register back to its reset value; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^SYNCBUSY$/, text: 'A bit is 1 while a write to what it is named after is on its way: wait for 0.' },
  ],
};

const ports: IpBlock = {
  peripheral: /^PORT(_IOBUS)?$/,
  effects: [
    { register: /^(DIR|OUT)SET\d?$/, text: 'Writing 1 sets the pin\'s bit; writing 0 has no effect. Reading gives the register itself.', modifiedWriteValues: 'oneToSet' },
    { register: /^(DIR|OUT)CLR\d?$/, text: 'Writing 1 clears the pin\'s bit; writing 0 has no effect. Reading gives the register itself.', modifiedWriteValues: 'oneToClear' },
    { register: /^(DIR|OUT)TGL\d?$/, ...oneToggles },
    { register: /^WRCONFIG\d?$/, text: 'Writing configures the half of the port that HWSEL chooses, the pins of PINMASK, all at once; reads as 0.' },
  ],
};

/** Results and counters. */
const measuring: IpBlock = {
  peripheral: /^(ADC|DAC|TC|TCC|RTC)$/,
  effects: [
    { register: /^RESULT$/, text: 'Reading takes the result and clears INTFLAG.RESRDY.', readAction: 'modifyExternal' },
    { register: /^SWTRIG$/, text: 'Writing 1 starts or flushes a conversion; hardware clears the bit.', modifiedWriteValues: 'oneToSet' },
    { register: /^READREQ$/, fields: /^RREQ$/, text: 'Writing 1 asks for a synchronised copy of the register at ADDR; wait for STATUS.SYNCBUSY to be 0 before reading it.', modifiedWriteValues: 'oneToSet' },
  ],
};

const flash: IpBlock = {
  peripheral: /^NVMCTRL$/,
  effects: [
    { register: /^INTFLAG$/, fields: /^READY$/, ...hardwareOnly },
    { register: /^INTFLAG$/, fields: /^(?!READY$)/, ...oneClears },
    { register: /^STATUS$/, fields: /^(PROGE|LOCKE|NVME|LOAD)$/, ...oneClears },
    { register: /^INTENSET$/, text: 'Writing 1 enables the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^INTENCLR$/, text: 'Writing 1 disables the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
  ],
  keys: [{ register: /^CTRL[AB]$/, fields: /^CMDEX$/, text: 'A command in CMD is carried out only when written together with the key.', keys: [{ value: 0xA5n, meaning: 'carries out CMD' }] }],
};

const watchdog: IpBlock = {
  peripheral: /^WDT$/,
  keys: [{ register: /^CLEAR$/, text: 'Restarts the watchdog; any other value resets the chip at once, and so does the key in the closed part of window mode.', keys: [{ value: 0xA5n, meaning: 'clears the counter' }] }],
};

const protection: IpBlock = {
  peripheral: /^PAC$/,
  effects: [
    { register: /^WPSET$/, text: 'Writing 1 write-protects the peripheral; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^WPCLR$/, text: 'Writing 1 takes the write protection away; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
  ],
  keys: [{ register: /^WRCTRL$/, fields: /^KEY$/, text: 'Changes the write protection of the peripheral PERID.', keys: [{ value: 1n, meaning: 'takes it away' }, { value: 2n, meaning: 'sets it' }, { value: 3n, meaning: 'sets and locks it' }] }],
};

const rest: IpBlock = {
  peripheral: /^(DSU|DMAC|USB|RSTC|PM|EIC|EVSYS|TRNG)$/,
  effects: [
    { register: /^STATUSA$/, ...oneClears },
    { register: /^INTPEND$/, fields: /^(TERR|TCMPL|SUSP)$/, ...oneClears },
    { register: /^SWTRIGCTRL$/, text: 'Writing 1 triggers the channel; hardware clears the bit.', modifiedWriteValues: 'oneToSet' },
    { register: /^NMIFLAG$/, ...oneClears },
    { register: /^PSTATUSSET\d?$/, text: 'Writing 1 sets the bit in PSTATUS; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^PSTATUSCLR\d?$/, text: 'Writing 1 clears the bit in PSTATUS; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
    { register: /^(EP|P)STATUS\d?$/, text: 'Changed through the SET and CLR registers of the same name and by hardware.' },
    { register: /^EPSTATUSSET\d?$/, text: 'Writing 1 sets the bit in EPSTATUS; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^EPSTATUSCLR\d?$/, text: 'Writing 1 clears the bit in EPSTATUS; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
  ],
};

/** Microchip's SAM parts with Cortex-M0+ and M4F that grew out of the SAM D20. */
export const samd: ManualFamily = {
  parts: /^(AT)?SAM(D0|D1|D2|DA1|D5|E5|L1|L2|C2|HA1|R21|R3)/i,
  manuals: [
    { name: 'SAM D21/DA1 Family Data Sheet (DS40001882)', parts: /^(AT)?SAM(D21|DA1)/i },
    { name: 'SAM D5x/E5x Family Data Sheet (DS60001507)', parts: /^(AT)?SAM(D5|E5)/i },
    { name: 'SAM L21 Family Data Sheet (DS60001477)', parts: /^(AT)?SAML21/i },
    { name: 'SAM C20/C21 Family Data Sheet (DS60001479)', parts: /^(AT)?SAMC2/i },
  ],
  inferredFrom: 'the SAM D21\'s data sheet',
  blocks: [everywhere, sercom, ports, measuring, flash, watchdog, protection, rest, ...samdBlocks],
  clocks: {
    controllers: [{ does: 'enable', peripheral: /^(PM|MCLK)$/, register: /^(AHB|APB[A-E])MASK$/, field: /^(\w+?)_?$/ }],
    notes: [
      { parts: /SAM(D0|D1|D2|DA1|R21)/i, text: 'A generic clock must reach it too, where it needs one: GCLK.CLKCTRL.' },
      { parts: /SAM(D5|E5|L1|L2|C2|HA1|R3)/i, text: 'A generic clock must reach it too, where it needs one: GCLK.PCHCTRL.' },
    ],
    aliases: [[/^PORT$/, 'PORT_IOBUS']],
    heading: 'PM or MCLK, bus clock mask registers',
  },
};
