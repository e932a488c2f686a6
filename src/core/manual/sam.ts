import { hardwareOnly, oneTriggers, readClears } from './effectWords.ts';
import type { IpBlock, KeyFact, ManualFamily } from './manualFamily.ts';
import { boschCanEffects } from './stm32Can.ts';

/** Registers that come in threes, one to set, one to clear, one that shows. */
const everywhere: IpBlock = {
  peripheral: /^\w+$/,
  effects: [
    { register: /(^|_)I(ER|ER\d)(_\w+MODE)?$|(^|_)IER[12]$/, text: 'Writing 1 enables the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /(^|_)IDR\d?(_\w+MODE)?$/, text: 'Writing 1 disables the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /(^|_)IMR\d?(_\w+MODE)?$/, text: 'Shows the enabled interrupts; changed through IER and IDR.' },
    { register: /(^|_)WPSR$/, text: 'Reading clears the record of a write that was refused.', readAction: 'clear' },
  ],
};

const serials: readonly IpBlock[] = [
  {
    peripheral: /^(UART|USART|SPI|TWI|TWIHS|SSC)$/,
    effects: [
      { register: /^(US_|UART_|SPI_|TWI_|TWIHS_|SSC_)?(RHR|RDR)$/, text: 'Reading takes the received data and clears the receive flag of the status register.', readAction: 'modifyExternal' },
      { register: /^(US_|UART_|SPI_|TWI_|TWIHS_|SSC_)?(THR|TDR)$/, text: 'Writing hands over data to send and clears the transmit flags of the status register.' },
    ],
  },
  {
    peripheral: /^(UART|USART)$/,
    effects: [
      { register: /^(US_)?(SR|CSR)(_\w+MODE)?$/, fields: /^(OVRE|FRAME|PARE|RXBRK|ITER|ITERATION|NACK|MANERR|MANE|UNRE|CMP)$/, text: 'Stays set until 1 is written to the reset status bit of CR (RSTSTA; ITER and NACK have their own).' },
      { register: /^(US_)?CSR(_\w+MODE)?$/, fields: /^(RIIC|DSRIC|DCDIC|CTSIC)$/, ...readClears },
      { register: /^(US_)?CR(_\w+MODE)?$/, text: 'Each bit is a command: writing 1 carries it out, writing 0 has no effect. Write-only, so never read-modify-write.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    ],
  },
  {
    peripheral: /^SPI$/,
    effects: [
      { register: /^(SPI_)?SR$/, fields: /^(MODF|OVRES|NSSR|UNDES)$/, ...readClears },
      { register: /^(SPI_)?CR$/, text: 'Each bit is a command: writing 1 carries it out; writing 0 has no effect.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    ],
  },
  {
    peripheral: /^(TWI|TWIHS)$/,
    effects: [
      { register: /^(TWIHS_)?SR$/, fields: /^(OVRE|UNRE|NACK|ARBLST|EOSACC|GACC)$/, text: 'Reading SR clears it.', readAction: 'clear' },
      { register: /^(TWIHS_)?CR$/, text: 'Each bit is a command: writing 1 carries it out; writing 0 has no effect.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    ],
  },
  { peripheral: /^SSC$/, effects: [{ register: /^SR$/, fields: /^(CP0|CP1|TXSYN|RXSYN)$/, ...readClears }] },
];

const pins: IpBlock = {
  peripheral: /^PIO[A-F]?$/,
  effects: [
    { register: /^SODR$/, text: 'Writing 1 sets the output bit of the pin; writing 0 has no effect.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /^CODR$/, text: 'Writing 1 clears the output bit of the pin; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^ODSR$/, text: 'Changed through SODR and CODR; written directly only where OWSR allows it.' },
    { register: /^ISR$/, text: 'Reading clears all flags: read it once and look at every pin of the value.', readAction: 'clear' },
    { register: /^(PER|OER|IFER|MDER|PUER|PPDER|OWER|AIMER|IFSCER|ESR|LSR|FELLSR|REHLSR)$/, text: 'Writing 1 switches on, for the pin, what the register is named after; writing 0 has no effect. The status register beside it shows the state.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /^(PDR|ODR|IFDR|MDDR|PUDR|PPDDR|OWDR|AIMDR|IFSCDR)$/, text: 'Writing 1 switches off, for the pin, what the register is named after; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^(PSR|OSR|IFSR|MDSR|PUSR|PPDSR|OWSR|AIMMR|IFSCSR|PDSR|ELSR|FRLHSR|LOCKSR)$/, ...hardwareOnly, text: 'Shows the state; writing has no effect.' },
    { register: /^PCRHR$/, text: 'Reading takes the captured data.', readAction: 'modifyExternal' },
  ],
};

const measuring: readonly IpBlock[] = [
  {
    peripheral: /^TC$/,
    effects: [
      { register: /^SR[0-2]?$/, fields: /^(COVFS|LOVRS|CPAS|CPBS|CPCS|LDRAS|LDRBS|ETRGS)$/, text: 'Reading SR clears all flags of the channel.', readAction: 'clear' },
      { register: /^QISR$/, ...readClears },
      { register: /^CCR[0-2]?$/, fields: /^(CLKEN|CLKDIS|SWTRG)$/, ...oneTriggers },
      { register: /^BCR$/, fields: /^SYNC$/, ...oneTriggers },
    ],
  },
  { peripheral: /^PWM$/, effects: [{ register: /^ISR[12]$/, text: 'Reading clears the flags.', readAction: 'clear' }, { register: /^ENA$/, text: 'Writing 1 enables the channel; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' }, { register: /^DIS$/, text: 'Writing 1 disables the channel; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }] },
  {
    peripheral: /^(ADC|AFEC)$/,
    effects: [
      { register: /^LCDR$/, text: 'Reading takes the last result and clears ISR.DRDY.', readAction: 'modifyExternal' },
      { register: /^CDR\d*$/, text: 'Reading takes the channel\'s result and clears its end-of-conversion flag.', readAction: 'modifyExternal' },
      { register: /^ISR$/, fields: /^(GOVRE|COMPE|EOCAL)$/, ...readClears },
      { register: /^OVER$/, text: 'Reading clears the overrun flags.', readAction: 'clear' },
      { register: /^CHER$/, text: 'Writing 1 enables the channel; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
      { register: /^CHDR$/, text: 'Writing 1 disables the channel; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
      { register: /^CR$/, fields: /^(START|SWRST)$/, ...oneTriggers },
    ],
  },
  { peripheral: /^RTT$/, effects: [{ register: /^SR$/, text: 'Reading clears ALMS and RTTINC.', readAction: 'clear' }] },
  { peripheral: /^RTC$/, effects: [{ register: /^SCCR$/, text: 'Writing 1 clears the flag of the same place in SR; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }, { register: /^SR$/, text: 'Flags are cleared by writing 1 to the same place in SCCR.' }] },
  { peripheral: /^(EFC|EEFC)\d?$/, effects: [{ register: /^(EEFC_)?FSR$/, fields: /^(FCMDE|FLOCKE|FLERR)$/, ...readClears }, { register: /^(EEFC_)?FRR$/, text: 'Each read gives the next word of the last command\'s result.', readAction: 'modifyExternal' }] },
];

const transfers: readonly IpBlock[] = [
  { peripheral: /^XDMAC$/, effects: [{ register: /(^|_)CIS\d*$/, text: 'Reading clears the channel\'s flags.', readAction: 'clear' }] },
  { peripheral: /^DMAC$/, effects: [{ register: /^EBCISR$/, text: 'Reading clears the flags.', readAction: 'clear' }] },
  { peripheral: /^MCAN$/, has: /RXF0S$/, effects: boschCanEffects },
];

const clocksAndResets: readonly IpBlock[] = [
  {
    peripheral: /^PMC$/,
    effects: [
      { register: /^(PMC_)?(PCER\d|SCER)$/, text: 'Writing 1 switches the clock on; writing 0 has no effect. The status register beside it shows which are on.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
      { register: /^(PMC_)?(PCDR\d|SCDR)$/, text: 'Writing 1 switches the clock off; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
      { register: /^(PMC_)?FOCR$/, ...oneTriggers },
    ],
  },
  { peripheral: /^RSTC$/, effects: [{ register: /^SR$/, fields: /^URSTS$/, ...readClears }] },
  { peripheral: /^WDT$/, effects: [{ register: /^MR$/, text: 'Only the first write after reset counts: the watchdog runs from reset on, and is either configured or switched off for good.' }, { register: /^SR$/, text: 'Reading clears the flags.', readAction: 'clear' }] },
];

const commandKey = { text: 'A write counts only with the key.', readsOtherwise: true } as const;
const keyed = (peripheral: RegExp, register: RegExp, key: bigint): IpBlock => ({ peripheral, keys: [{ register, fields: /^F?KEY$/, ...commandKey, keys: [{ value: key }] }] });
/** The key of WPMR, three letters in ASCII. */
const writeProtection = (peripheral: RegExp, letters: string): IpBlock => {
  const key: KeyFact = { register: /(^|_)WP(MR|CR)$/, fields: /^WP_?KEY$/, text: `Write protection changes only with the key, the letters ${letters}.`, readsOtherwise: true, keys: [{ value: Array.from(letters).reduce((value, letter) => (value << 8n) | BigInt(letter.charCodeAt(0)), 0n) }] };
  return { peripheral, keys: [key] };
};

const keys: readonly IpBlock[] = [
  keyed(/^(WDT|RSTC|SUPC)$/, /^(CR|MR)$/, 0xA5n), keyed(/^RSWDT$/, /^CR$/, 0xC4n), keyed(/^PMC$/, /^CKGR_MOR$/, 0x37n), keyed(/^(EFC|EEFC)\d?$/, /^(EEFC_)?FCR$/, 0x5An), keyed(/^TRNG$/, /^CR$/, 0x524E47n),
  writeProtection(/^UART$/, 'UAR'), writeProtection(/^USART$/, 'USA'), writeProtection(/^SPI$/, 'SPI'), writeProtection(/^(TWI|TWIHS)$/, 'TWI'), writeProtection(/^PIO[A-F]?$/, 'PIO'), writeProtection(/^PMC$/, 'PMC'),
  writeProtection(/^TC$/, 'TIM'), writeProtection(/^(ADC|AFEC)$/, 'ADC'), writeProtection(/^DACC$/, 'DAC'), writeProtection(/^PWM$/, 'PWM'), writeProtection(/^SSC$/, 'SSC'), writeProtection(/^(RTC|SUPC)$/, 'RTC'),
  writeProtection(/^MATRIX$/, 'MAT'), writeProtection(/^SMC$/, 'SMC'), writeProtection(/^HSMCI$/, 'MCI'), writeProtection(/^ACC$/, 'ACC'), writeProtection(/^(EFC|EEFC)\d?$/, 'EFC'), writeProtection(/^QSPI$/, 'QSP'), writeProtection(/^DMAC$/, 'DMA'), writeProtection(/^ISI$/, 'ISI'),
];

/** Microchip's SAM3, SAM4, SAM G5, and SAM S70, E70, V70, V71. */
export const sam: ManualFamily = {
  parts: /^(AT)?SAM(3[ANSUX]|4[CENPS]|G5|[SEV]7[01])/i,
  manuals: [
    { name: 'SAM4S Series Data Sheet (Atmel-11100)', parts: /^(AT)?SAM4S/i },
    { name: 'SAM3X/SAM3A Series Data Sheet (Atmel-11057)', parts: /^(AT)?SAM3[XA]/i },
    { name: 'SAM E70/S70/V70/V71 Family Data Sheet (DS60001527)', parts: /^(AT)?SAM[SEV]7[01]/i },
  ],
  inferredFrom: 'the SAM4S\'s data sheet',
  blocks: [everywhere, ...serials, pins, ...measuring, ...transfers, ...clocksAndResets, ...keys],
  clocks: { controllers: [{ does: 'enable', peripheral: /^PMC$/, register: /^(PMC_)?PCER[01]$/, field: /^PID(\d+)$/, isInterruptNumber: true }], heading: 'peripheral identifiers' },
};
