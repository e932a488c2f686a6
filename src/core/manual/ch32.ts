import { hardwareOnly, oneClears, oneClearsFlag, zeroClears } from './effectWords.ts';
import type { IpBlock, ManualFamily } from './manualFamily.ts';
import { stm32ReservedBits } from './stm32Rules.ts';

const flagCleared = { text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear' } as const;
const flashKeys = [{ value: 0x45670123n }, { value: 0xCDEF89ABn }];

const serial: IpBlock = {
  peripheral: /^US?ART$/,
  effects: [
    { register: /^STATR$/, fields: /^(CTS|LBD|TC|RXNE)$/, ...flagCleared },
    { register: /^STATR$/, fields: /^RXNE$/, text: 'Cleared by reading DATAR.' },
    { register: /^STATR$/, fields: /^TC$/, text: 'Also cleared by reading STATR and then writing DATAR.' },
    { register: /^STATR$/, fields: /^TXE$/, text: 'Cleared by writing DATAR; writing the bit has no effect.' },
    { register: /^STATR$/, fields: /^(IDLE|ORE|NE|FE|PE)$/, text: 'Cleared by reading STATR and then reading DATAR; writing the bit has no effect.' },
    { register: /^DATAR$/, text: 'Reading takes the received byte and clears STATR.RXNE, and after a read of STATR the error flags; writing hands over a byte to send and clears STATR.TXE.', readAction: 'modifyExternal' },
  ],
};

const timer: IpBlock = {
  peripheral: /^TIM$/,
  effects: [
    { register: /^INTFR$/, ...zeroClears },
    { register: /^SWEVGR$/, text: 'Writing 1 generates the event; hardware clears the bit.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /^CH[1-4]CVR$/, text: 'In capture mode reading takes the captured count and clears the channel\'s flag in INTFR.', readAction: 'modifyExternal' },
  ],
};

const ports: IpBlock = {
  peripheral: /^GPIO$/,
  effects: [
    { register: /^BSHR$/, fields: /^BS\d+$/, text: 'Writing 1 sets the pin\'s output bit; writing 0 has no effect. Reads as 0.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /^BSHR$/, fields: /^BR\d+$/, text: 'Writing 1 clears the pin\'s output bit; writing 0 has no effect. Reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^BCR$/, text: 'Writing 1 clears the pin\'s output bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^LCKR$/, text: 'Freezes the configuration of pins until reset, after the sequence on LCKK: write 1, write 0, write 1, read, read, with the same pin bits each time.' },
  ],
};

const interrupts: IpBlock = {
  peripheral: /^EXTI$/,
  effects: [{ register: /^INTFR$/, ...oneClears }, { register: /^SWIEVR$/, text: 'Writing 1 requests the interrupt by setting its bit in INTFR; cleared by clearing that bit.', modifiedWriteValues: 'oneToSet' }],
};

const dma: IpBlock = {
  peripheral: /^DMA$/,
  effects: [{ register: /^(INTFR|EXTEM_INTFR)$/, text: 'Flags are set by hardware and cleared by writing 1 to the same bit of INTFCR; writing here has no effect.' }, { register: /^(INTFCR|EXTEM_INTFCR)$/, ...oneClearsFlag }],
};

const spi: IpBlock = {
  peripheral: /^SPI$/,
  effects: [
    { register: /^STATR$/, fields: /^OVR$/, text: 'Cleared by reading DATAR and then reading STATR.' },
    { register: /^STATR$/, fields: /^MODF$/, text: 'Cleared by reading STATR and then writing CTLR1.' },
    { register: /^STATR$/, fields: /^CRCERR$/, ...flagCleared },
    { register: /^STATR$/, fields: /^(BSY|TXE|RXNE|CHSID)$/, ...hardwareOnly },
    { register: /^DATAR$/, text: 'Reading takes the received data and clears STATR.RXNE; writing hands over data to send and clears STATR.TXE.', readAction: 'modifyExternal' },
  ],
};

const i2c: IpBlock = {
  peripheral: /^I2C$/,
  effects: [
    { register: /^STAR1$/, fields: /^(SMBALERT|TIMEOUT|PECERR|OVR|AF|ARLO|BERR)$/, ...flagCleared },
    { register: /^STAR1$/, fields: /^ADDR$/, text: 'Cleared by reading STAR1 and then reading STAR2.' },
    { register: /^STAR1$/, fields: /^STOPF$/, text: 'Cleared by reading STAR1 and then writing CTLR1.' },
    { register: /^STAR1$/, fields: /^(SB|ADD10)$/, text: 'Cleared by reading STAR1 and then writing DATAR.' },
    { register: /^STAR1$/, fields: /^BTF$/, text: 'Cleared by reading STAR1 and then reading or writing DATAR, or by a start or stop condition.' },
    { register: /^STAR1$/, fields: /^RxNE$/i, text: 'Cleared by reading DATAR.' },
    { register: /^STAR1$/, fields: /^TxE$/i, text: 'Cleared by writing DATAR.' },
    { register: /^STAR2$/, text: 'Reading it after STAR1 clears STAR1.ADDR.', readAction: 'modifyExternal' },
    { register: /^DATAR$/, text: 'Reading takes the received byte and clears STAR1.RxNE; writing hands over a byte and clears STAR1.TxE.', readAction: 'modifyExternal' },
  ],
};

const converter: IpBlock = {
  peripheral: /^ADC$/,
  effects: [{ register: /^STATR$/, ...flagCleared }, { register: /^STATR$/, fields: /^EOC$/, text: 'Also cleared by reading RDATAR.' }, { register: /^RDATAR(_\w+)?$/, text: 'Reading takes the result and clears STATR.EOC.', readAction: 'modifyExternal' }],
};

const can: IpBlock = {
  peripheral: /^CAN$/,
  effects: [
    { register: /^STATR$/, fields: /^(SLAKI|WKUI|ERRI)$/, ...oneClears },
    { register: /^TSTATR$/, fields: /^(RQCP|TXOK|ALST|TERR)\d$/, ...oneClears },
    { register: /^RFIFO\d$/, fields: /^RFOM\d$/, text: 'Writing 1 releases the oldest frame of the FIFO; hardware clears the bit.', modifiedWriteValues: 'oneToSet' },
    { register: /^RFIFO\d$/, fields: /^(FOVR|FULL)\d$/, ...oneClears },
  ],
};

const watchdogs: IpBlock = {
  peripheral: /^[IW]WDG$/,
  effects: [{ register: /^STATR$/, fields: /^(WEIF|EWIF)$/, ...flagCleared }, { register: /^STATR$/, fields: /^[PR]VU$/, ...hardwareOnly }],
};

const freeWatchdog: IpBlock = {
  peripheral: /^IWDG$/,
  keys: [{ register: /^CTLR$/, text: 'Takes keys; any value but 0x5555 protects the other registers again.', keys: [{ value: 0xAAAAn, meaning: 'reloads the counter' }, { value: 0x5555n, meaning: 'unlocks PSCR and RLDR' }, { value: 0xCCCCn, meaning: 'starts the watchdog, which only a reset stops' }] }],
};

const flash: IpBlock = {
  peripheral: /^FLASH$/,
  effects: [{ register: /^STATR$/, fields: /^(EOP|WRPRTERR|PGERR)$/, ...oneClears }, { register: /^STATR$/, fields: /^(BSY|WR_BSY)$/, ...hardwareOnly }],
  keys: [
    { register: /^KEYR$/, text: 'Unlocks CTLR; a wrong order locks it until reset.', keys: flashKeys, isSequence: true },
    { register: /^OBKEYR$/, text: 'Unlocks the option bytes.', keys: flashKeys, isSequence: true },
    { register: /^MODEKEYR$/, text: 'Unlocks fast programming.', keys: flashKeys, isSequence: true },
  ],
};

const power: IpBlock = {
  peripheral: /^(PWR|RCC)$/,
  effects: [
    { register: /^CTLR$/, fields: /^(CWUF|CSBF)$/, text: 'Writing 1 clears the wake-up or standby flag in CSR; always reads as 0.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /^CSR$/, fields: /^(WUF|SBF)$/, text: 'Cleared by writing 1 to CTLR.CWUF or CTLR.CSBF; writing here has no effect.' },
    { register: /^INTR$/, fields: /(RDYC|CSSC)$/, text: 'Writing 1 clears the flag of the same name; reads as 0.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /^INTR$/, fields: /(RDYF|CSSF)$/, text: 'Cleared by writing 1 to the clear bit of the same name.' },
    { register: /^RSTSCKR$/, fields: /^RMVF$/, text: 'Writing 1 clears the reset flags.', modifiedWriteValues: 'oneToSet' },
    { register: /^RSTSCKR$/, fields: /RSTF$/, text: 'Cleared by writing 1 to RMVF; writing the bit has no effect.' },
  ],
};

const clockTime: IpBlock = {
  peripheral: /^RTC$/,
  effects: [{ register: /^CTLRL$/, fields: /^(SECF|ALRF|OWF|RSF)$/, ...flagCleared }, { register: /^CTLRL$/, fields: /^RTOFF$/, ...hardwareOnly }],
};

const backup: IpBlock = {
  peripheral: /^BKP$/,
  effects: [{ register: /^TPCSR$/, fields: /^(CTE|CTI)$/, text: 'Writing 1 clears the tamper flag; reads as 0.', modifiedWriteValues: 'oneToSet', readsAsZero: true }, { register: /^TPCSR$/, fields: /^(TEF|TIF)$/, text: 'Cleared by writing 1 to CTE or CTI; writing here has no effect.' }],
};

/** WCH's parts with the STM32F1's peripherals under other names: CH32F1 and F2, CH32V0 to V3, X0, L1. */
export const ch32: ManualFamily = {
  parts: /^CH32/i,
  manuals: [
    { name: 'CH32V003 Reference Manual', parts: /^CH32V00/i }, { name: 'CH32xRM (CH32F103, CH32V103)', parts: /^CH32[FV]10/i }, { name: 'CH32FV2x_V3xRM', parts: /^CH32(F2|V2|V3)/i },
    { name: 'CH32X035 Reference Manual', parts: /^CH32X03/i }, { name: 'CH32L103 Reference Manual', parts: /^CH32L10/i },
  ],
  inferredFrom: 'CH32FV2x_V3xRM',
  blocks: [serial, timer, ports, interrupts, dma, spi, i2c, converter, can, watchdogs, freeWatchdog, flash, power, clockTime, backup],
  reservedBits: { ...stm32ReservedBits, heading: 'register descriptions' },
  clocks: {
    controllers: [
      { does: 'enable', peripheral: /^RCC$/, register: /^(AHB|APB1|APB2)PCENR$/, field: /^(\w+?)_?EN$/ },
      { does: 'enable', peripheral: /^RCC$/, register: /^BDCTLR$/, field: /^(RTC)EN$/ },
      { does: 'reset', peripheral: /^RCC$/, register: /^((APB1|APB2)PRSTR|AHBRSTR)$/, field: /^(\w+?)_?RST$/ },
    ],
    aliases: [[/^IOP([A-E])$/, 'GPIO$1'], [/^US?ART(\d+)$/, 'USART$1 UART$1'], [/^(\w*[A-Z])1$/, '$1'], [/^([A-Z]+)$/, '$11'], [/^FLITF$/, 'FLASH'], [/^(OTG|USBHS|USBFS)$/, '$1_* USB$1* $1'], [/^ETHMAC(TX|RX)?$/, 'ETHERNET_* ETH']],
    heading: 'RCC registers',
  },
};
