import { hardwareOnly, oneClears, oneClearsFlag, oneToggles, oneTriggers, zeroClears } from './effectWords.ts';
import type { IpBlock, ManualFamily } from './manualFamily.ts';
import { stm32ReservedBits } from './stm32Rules.ts';

const flagCleared = { text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear' } as const;
const flashKeys = [{ value: 0x45670123n }, { value: 0xCDEF89ABn }];

/** USART of the lines with STAT and DATA. */
const serial: IpBlock = {
  peripheral: /^US?ART$/, has: /^DATA$/,
  effects: [
    { register: /^STAT0?$/, fields: /^(CTSF|LBDF|TC|RBNE)$/, ...flagCleared },
    { register: /^STAT0?$/, fields: /^RBNE$/, text: 'Cleared by reading DATA.' },
    { register: /^STAT0?$/, fields: /^TC$/, text: 'Also cleared by reading STAT and then writing DATA.' },
    { register: /^STAT0?$/, fields: /^TBE$/, text: 'Cleared by writing DATA; writing the bit has no effect.' },
    { register: /^STAT0?$/, fields: /^(IDLEF|ORERR|NERR|FERR|PERR)$/, text: 'Cleared by reading STAT and then reading DATA; writing the bit has no effect.' },
    { register: /^DATA$/, text: 'Reading takes the received byte and clears STAT.RBNE, and after a read of STAT the error flags; writing hands over a byte to send and clears STAT.TBE.', readAction: 'modifyExternal' },
  ],
};

/** USART of the lines with STAT, INTC, RDATA and TDATA: F1x0, E23x, F3x0, L23x. */
const laterSerial: IpBlock = {
  peripheral: /^US?ART$/, has: /^INTC$/,
  effects: [
    { register: /^STAT$/, text: 'Flags are set by hardware; those with a bit in INTC are cleared by writing 1 there, RBNE by reading RDATA, TBE by writing TDATA. Writing here has no effect.' },
    { register: /^INTC$/, ...oneClearsFlag },
    { register: /^RDATA$/, text: 'Reading takes the received byte and clears STAT.RBNE.', readAction: 'modifyExternal' },
    { register: /^CMD$/, ...oneTriggers },
  ],
};

const timer: IpBlock = {
  peripheral: /^TIMER$/,
  effects: [
    { register: /^INTF$/, ...zeroClears },
    { register: /^SWEVG$/, text: 'Writing 1 generates the event; hardware clears the bit.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /^CH[0-3]CV$/, text: 'In capture mode reading takes the captured count and clears the channel\'s flag in INTF.', readAction: 'modifyExternal' },
  ],
};

const ports: IpBlock = {
  peripheral: /^(GPIO|AFIO)$/,
  effects: [
    { register: /^BOP$/, fields: /^BOP\d+$/, text: 'Writing 1 sets the pin\'s output bit; writing 0 has no effect. Reads as 0.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /^BOP$/, fields: /^CR\d+$/, text: 'Writing 1 clears the pin\'s output bit; writing 0 has no effect. Reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^BC$/, text: 'Writing 1 clears the pin\'s output bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^TG$/, ...oneToggles },
    { register: /^LOCK$/, text: 'Freezes the configuration of pins until reset, after the sequence on LKK: write 1, write 0, write 1, read, read, with the same pin bits each time.' },
  ],
};

const interrupts: IpBlock = {
  peripheral: /^EXTI$/,
  effects: [{ register: /^PD\d?$/, ...oneClears }, { register: /^SWIEV\d?$/, text: 'Writing 1 requests the interrupt by setting its bit in PD; cleared by clearing that bit.', modifiedWriteValues: 'oneToSet' }],
};

const dma: IpBlock = {
  peripheral: /^DMA$/,
  effects: [{ register: /^INTF\d?$/, text: 'Flags are set by hardware and cleared by writing 1 to the same bit of the interrupt flag clear register; writing here has no effect.' }, { register: /^INTC\d?$/, ...oneClearsFlag }],
};

const spi: IpBlock = {
  peripheral: /^(SPI|I2S\d?_ADD)$/,
  effects: [
    { register: /^STAT$/, fields: /^RXORERR$/, text: 'Cleared by reading DATA and then reading STAT.' },
    { register: /^STAT$/, fields: /^CONFERR$/, text: 'Cleared by reading STAT and then writing CTL0.' },
    { register: /^STAT$/, fields: /^CRCERR$/, ...flagCleared },
    { register: /^STAT$/, fields: /^TXURERR$/, text: 'Cleared by reading STAT.', readAction: 'clear' },
    { register: /^STAT$/, fields: /^(TBE|RBNE|TRANS|I2SCH)$/, ...hardwareOnly },
    { register: /^DATA$/, text: 'Reading takes the received data and clears STAT.RBNE; writing hands over data to send and clears STAT.TBE.', readAction: 'modifyExternal' },
  ],
};

const i2c: IpBlock = {
  peripheral: /^I2C$/, has: /^STAT0$/,
  effects: [
    { register: /^STAT0$/, fields: /^(SMBALT|SMBTO|PECERR|OUERR|AERR|LOSTARB|BERR)$/, ...flagCleared },
    { register: /^STAT0$/, fields: /^ADDSEND$/, text: 'Cleared by reading STAT0 and then reading STAT1.' },
    { register: /^STAT0$/, fields: /^STPDET$/, text: 'Cleared by reading STAT0 and then writing CTL0.' },
    { register: /^STAT0$/, fields: /^(SBSEND|ADD10SEND)$/, text: 'Cleared by reading STAT0 and then writing DATA.' },
    { register: /^STAT0$/, fields: /^BTC$/, text: 'Cleared by reading STAT0 and then reading or writing DATA, or by a start or stop condition.' },
    { register: /^STAT0$/, fields: /^RBNE$/, text: 'Cleared by reading DATA.' },
    { register: /^STAT0$/, fields: /^TBE$/, text: 'Cleared by writing DATA.' },
    { register: /^STAT1$/, text: 'Reading it after STAT0 clears STAT0.ADDSEND.', readAction: 'modifyExternal' },
    { register: /^DATA$/, text: 'Reading takes the received byte and clears STAT0.RBNE; writing hands over a byte and clears STAT0.TBE.', readAction: 'modifyExternal' },
  ],
};

const converter: IpBlock = {
  peripheral: /^ADC$/,
  effects: [{ register: /^STAT$/, ...flagCleared }, { register: /^STAT$/, fields: /^EOC$/, text: 'Also cleared by reading RDATA.' }, { register: /^RDATA$/, text: 'Reading takes the result and clears STAT.EOC.', readAction: 'modifyExternal' }],
};

const can: IpBlock = {
  peripheral: /^CAN$/,
  effects: [
    { register: /^STAT$/, fields: /^(SLPIF|WUIF|ERRIF)$/, ...oneClears },
    { register: /^TSTAT$/, fields: /^(MTE|MAL|MTFNERR|MTF)\d$/, ...oneClears },
    { register: /^TSTAT$/, fields: /^MST\d$/, text: 'Writing 1 stops the mailbox\'s transmission; hardware clears the bit.', modifiedWriteValues: 'oneToSet' },
    { register: /^RFIFO\d$/, fields: /^RFD\d$/, text: 'Writing 1 releases the oldest frame of the FIFO; hardware clears the bit.', modifiedWriteValues: 'oneToSet' },
    { register: /^RFIFO\d$/, fields: /^RF[OF]\d$/, ...oneClears },
  ],
};

const watchdogs: IpBlock = {
  peripheral: /^(FWDGT|WWDGT)$/,
  effects: [{ register: /^STAT$/, fields: /^EWIF$/, ...flagCleared }, { register: /^STAT$/, fields: /^(PUD|RUD|WUD)$/, ...hardwareOnly }],
};

const freeWatchdog: IpBlock = {
  peripheral: /^FWDGT$/,
  keys: [{ register: /^CTL$/, text: 'Takes keys; any value but 0x5555 protects the other registers again.', keys: [{ value: 0xAAAAn, meaning: 'reloads the counter' }, { value: 0x5555n, meaning: 'unlocks PSC and RLD' }, { value: 0xCCCCn, meaning: 'starts the watchdog, which only a reset stops' }] }],
};

const optionUnlock = { register: /^OBKEY$/, text: 'Unlocks the option bytes; a wrong order locks them until reset.', isSequence: true } as const;

const flash: IpBlock = {
  peripheral: /^FMC$/,
  effects: [{ register: /^STAT\d?$/, fields: /^(ENDF|END|WPERR|PGERR|PGSERR|PGMERR|OPERR|RDDERR|PGAERR)$/, ...oneClears }, { register: /^STAT\d?$/, fields: /^BUSY$/, ...hardwareOnly }],
  keys: [
    { register: /^KEY\d?$/, text: 'Unlocks the control register; a wrong order locks it until reset.', keys: flashKeys, isSequence: true },
  ],
};

/** Option bytes with keys of the flash itself; lines with an option byte control register have keys of their own. */
const optionBytes: readonly IpBlock[] = [
  { peripheral: /^FMC$/, lacks: /^OBCTL\d?$/, keys: [{ ...optionUnlock, keys: flashKeys }] },
  { peripheral: /^FMC$/, has: /^OBCTL\d?$/, keys: [{ ...optionUnlock, keys: [{ value: 0x08192A3Bn }, { value: 0x4C5D6E7Fn }] }] },
];

const power: IpBlock = {
  peripheral: /^(PMU|RCU)$/,
  effects: [
    { register: /^CTL$/, fields: /^(WURST|STBRST)$/, text: 'Writing 1 clears the wake-up or standby flag in CS; always reads as 0.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /^CS$/, fields: /^(WUF|STBF)$/, text: 'Cleared by writing 1 to CTL.WURST or CTL.STBRST; writing here has no effect.' },
    { register: /^INT$/, fields: /(STBIC|CKMIC)$/, text: 'Writing 1 clears the flag of the same name; reads as 0.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /^INT$/, fields: /(STBIF|CKMIF)$/, text: 'Cleared by writing 1 to the clear bit of the same name.' },
    { register: /^RSTSCK$/, fields: /^RSTFC$/, text: 'Writing 1 clears the reset flags.', modifiedWriteValues: 'oneToSet' },
    { register: /^RSTSCK$/, fields: /RSTF$/, text: 'Cleared by writing 1 to RSTFC; writing the bit has no effect.' },
  ],
};

const clockTime: IpBlock = {
  peripheral: /^RTC$/, has: /^PSCH$/,
  effects: [{ register: /^CTL$/, fields: /^(SCIF|ALRMIF|OVIF|RSYNF)$/, ...flagCleared }, { register: /^CTL$/, fields: /^LWOFF$/, ...hardwareOnly }],
};

const backup: IpBlock = {
  peripheral: /^BKP$/,
  effects: [{ register: /^TPCS$/, fields: /^(TIR|TER)$/, text: 'Writing 1 clears the tamper flag; reads as 0.', modifiedWriteValues: 'oneToSet', readsAsZero: true }, { register: /^TPCS$/, fields: /^(TIF|TEF)$/, text: 'Cleared by writing 1 to TIR or TER; writing here has no effect.' }],
};

const usb: IpBlock = {
  peripheral: /^USBFS(_\w+)?$/,
  effects: [
    { register: /^GINTF$/, fields: /^(MFIF|SOF|ESP|SP|RST|ENUMF|ISOOPDIF|EOPFIF|ISOINCIF|PXNCIF_ISOONCIF|IDPSC|DISCIF|SESIF|WKUPIF)$/, ...oneClears },
    { register: /^(HCH\d+|D[IO]EP\d+)INTF$/, ...oneClears },
    { register: /^GOTGINTF$/, ...oneClears },
  ],
};

/** GigaDevice's own peripherals: the STM32F1's and F2's behaviour under other names. */
export const gd32: ManualFamily = {
  parts: /^GD32/i,
  manuals: [
    { name: 'GD32VF103 User Manual', parts: /^GD32VF103/i }, { name: 'GD32F10x User Manual', parts: /^GD32F10/i }, { name: 'GD32F30x User Manual', parts: /^GD32F30/i },
    { name: 'GD32F4xx User Manual', parts: /^GD32F4/i }, { name: 'GD32F1x0 User Manual', parts: /^GD32F1[3579]0/i }, { name: 'GD32E23x User Manual', parts: /^GD32E23/i },
  ],
  inferredFrom: 'the GD32F30x User Manual',
  blocks: [serial, laterSerial, timer, ports, interrupts, dma, spi, i2c, converter, can, watchdogs, freeWatchdog, flash, ...optionBytes, power, clockTime, backup, usb],
  reservedBits: { ...stm32ReservedBits, heading: 'register descriptions' },
  clocks: {
    controllers: [
      { does: 'enable', peripheral: /^RCU$/, register: /^(A[HP]B\d?EN\d?|ADDA[HP]B\dEN)$/, field: /^(\w+?)EN$/ },
      { does: 'enable', peripheral: /^RCU$/, register: /^BDCTL$/, field: /^(RTC)EN$/ },
      { does: 'reset', peripheral: /^RCU$/, register: /^(A[HP]B\d?RST|ADDA[HP]B\dRST)$/, field: /^(\w+?)RST$/ },
      { does: 'lowPowerEnable', peripheral: /^RCU$/, register: /^(A[HP]B\d?SPEN|ADDA[HP]B\dSPEN)$/, field: /^(\w+?)SPEN$/ },
    ],
    aliases: [[/^P([A-I])$/, 'GPIO$1'], [/^AF$/, 'AFIO'], [/^BKPI$/, 'BKP'], [/^CAN0$/, 'CAN'], [/^ADC0$/, 'ADC'], [/^LPUSART$/, 'LPUART'], [/^USBFS$/, 'USBFS_*'], [/^ENET(TX|RX)?$/, 'ENET ENET_*']],
    heading: 'RCU registers',
  },
};
