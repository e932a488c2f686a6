import { hardwareOnly, oneClears, oneToggles, oneTriggers } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';
import { boschCanEffects } from './stm32Can.ts';

const pinSets = { text: 'Writing 1 sets the pin\'s bit; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' } as const;
const pinClears = { text: 'Writing 1 clears the pin\'s bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' } as const;

const serials: readonly IpBlock[] = [
  {
    peripheral: /^(USART|SPI|I2C|I2S)\d*$/,
    effects: [
      { register: /^(FIFO)?INTENSET$/, text: 'Writing 1 enables the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
      { register: /^(FIFO)?INTENCLR$/, text: 'Writing 1 disables the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
      { register: /^(FIFO)?INTSTAT$/, ...hardwareOnly },
      { register: /^FIFOSTAT$/, fields: /^(TXERR|RXERR)$/, ...oneClears },
      { register: /^FIFOSTAT$/, fields: /^(PERINT|TXEMPTY|TXNOTFULL|RXNOTEMPTY|RXFULL|TXLVL|RXLVL)$/, ...hardwareOnly },
      { register: /^FIFOCFG$/, fields: /^EMPTY[TR]X$/, text: 'Writing 1 empties the FIFO; the bit does not stay set.', modifiedWriteValues: 'oneToSet' },
      { register: /^FIFORD(48H)?$/, text: 'Reading takes the oldest entry out of the receive FIFO (FIFORDNOPOP looks without taking).', readAction: 'modifyExternal' },
      { register: /^FIFOWR(48H)?$/, text: 'Writing appends an entry to the transmit FIFO; write only while FIFOSTAT.TXNOTFULL is 1.' },
      { register: /^RXDATA?(STAT)?$/, text: 'Reading takes the received data and clears the ready flag.', readAction: 'modifyExternal' },
      { register: /^TXDATA?(CTL)?$/, text: 'Writing hands over data to send and clears the ready flag.' },
    ],
  },
  { peripheral: /^USART\d*$/, effects: [{ register: /^STAT$/, fields: /^(OVERRUNINT|DELTACTS|DELTARXBRK|START|FRAMERRINT|PARITYERRINT|RXNOISEINT|ABERR)$/, ...oneClears }, { register: /^STAT$/, fields: /^(RXRDY|TXRDY|RXIDLE|TXIDLE|CTS|TXDISSTAT|TXDISINT|RXBRK)$/, ...hardwareOnly }] },
  { peripheral: /^SPI\d*$/, effects: [{ register: /^STAT$/, fields: /^(SSA|SSD|RXOV|TXUR)$/, ...oneClears }, { register: /^STAT$/, fields: /^ENDTRANSFER$/, text: 'Writing 1 ends the transfer after the current frame; hardware clears the bit.', modifiedWriteValues: 'oneToSet' }, { register: /^STAT$/, fields: /^(STALLED|MSTIDLE)$/, ...hardwareOnly }] },
  {
    peripheral: /^I2C\d*$/,
    effects: [
      { register: /^STAT$/, fields: /^(MSTARBLOSS|MSTSTSTPERR|SLVDESEL|MONOV|MONIDLE|EVENTTIMEOUT|SCLTIMEOUT)$/, ...oneClears },
      { register: /^STAT$/, fields: /^(MSTPENDING|SLVPENDING)$/, text: 'Set while software must act; cleared by writing MSTCTL (SLVCTL) or, with DMA, by the data access.' },
      { register: /^MSTCTL$/, text: 'Each bit is a command that carries the transfer on; read-modify-write is wrong.' },
      { register: /^(MST|SLV)DAT$/, text: 'Reading takes the received byte, writing hands over one to send; MSTCTL (SLVCTL) then lets the bus go on.', readAction: 'modifyExternal' },
      { register: /^MONRXDAT$/, text: 'Reading takes the monitored byte and clears MONRDY.', readAction: 'modifyExternal' },
    ],
  },
];

const pins: readonly IpBlock[] = [
  { peripheral: /^(SEC)?GPIO(_PORT)?$/, effects: [{ register: /^(DIR)?SET\d*$/, ...pinSets }, { register: /^(DIR)?CLR\d*$/, ...pinClears }, { register: /^(DIR)?NOT\d*$/, ...oneToggles }] },
  { peripheral: /^(SEC)?GINT\d?$/, effects: [{ register: /^CTRL$/, fields: /^INT$/, ...oneClears }] },
];

const timers: readonly IpBlock[] = [
  { peripheral: /^MRT\d?$/, effects: [{ register: /^STAT\d?$/, fields: /^INTFLAG$/, ...oneClears }, { register: /^IRQ_FLAG$/, ...oneClears }] },
  { peripheral: /^SCT\d?$/, effects: [{ register: /^(EVFLAG|CONFLAG)$/, ...oneClears }] },
  { peripheral: /^RTC$/, effects: [{ register: /^CTRL$/, fields: /^(ALARM1HZ|WAKE1KHZ)$/, ...oneClears }] },
  { peripheral: /^WWDT$/, effects: [{ register: /^MOD$/, fields: /^WDINT$/, ...oneClears }] },
  { peripheral: /^UTICK\d?$/, effects: [{ register: /^CAPCLR$/, ...oneTriggers }] },
];

const rest: readonly IpBlock[] = [
  {
    peripheral: /^DMA\d?$/, has: /^SETTRIG0?$/,
    effects: [
      { register: /^(INTA|INTB|ERRINT)\d?$/, ...oneClears },
      { register: /^(ENABLESET|INTENSET|SETVALID|SETTRIG)\d?$/, text: 'Writing 1 sets the channel\'s bit; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
      { register: /^(ENABLECLR|INTENCLR)\d?$/, text: 'Writing 1 clears the channel\'s bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
      { register: /^ABORT\d?$/, ...oneTriggers },
      { register: /^(ACTIVE|BUSY|INTSTAT|CTLSTAT)\d?$/, ...hardwareOnly },
    ],
  },
  { peripheral: /^ADC\d?$/, has: /^RESFIFO/, effects: [{ register: /^STAT$/, fields: /^(FOF[01]|TEXC_INT|TCOMP_INT)$/, ...oneClears }, { register: /^RESFIFO\d?$/, text: 'Reading takes the oldest result; VALID tells in the same read whether there was one.', readAction: 'modifyExternal' }, { register: /^SWTRIG$/, ...oneTriggers }] },
  { peripheral: /^ADC\d?$/, has: /^SEQA_CTRL$/, effects: [{ register: /^(SEQ[AB]_GDAT|DAT\d*)$/, text: 'Reading clears DATAVALID and OVERRUN.', readAction: 'modifyExternal' }, { register: /^FLAGS$/, fields: /^THCMP\d+$/, ...oneClears }] },
  { peripheral: /^FLASH$/, has: /^INT_CLR_STATUS$/, effects: [{ register: /^INT_CLR_(STATUS|ENABLE)$/, text: 'Writing 1 clears the bit of the register it is named after; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }, { register: /^INT_SET_(STATUS|ENABLE)$/, text: 'Writing 1 sets the bit of the register it is named after; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' }, { register: /^INT_(STATUS|ENABLE)$/, text: 'Changed through INT_SET and INT_CLR registers and by hardware.' }] },
  { peripheral: /^CAN\d?$/, has: /^RXF0S$/, effects: boschCanEffects },
  { peripheral: /^SYSCON$/, effects: [{ register: /^(AHBCLKCTRL|PRESETCTRL)SET\d?$/, text: 'Writing 1 sets the bit of the register it is named after; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' }, { register: /^(AHBCLKCTRL|PRESETCTRL)CLR\d?$/, text: 'Writing 1 clears the bit of the register it is named after; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }] },
];

/** The serial blocks, pins, DMA and timers of the LPC8xx, 15xx, 54xxx and 55xx. */
export const lpcFlexcommBlocks: readonly IpBlock[] = [...serials, ...pins, ...timers, ...rest];
