import { changeProtectedBlocks, classicClocks, classicSystemBlocks, flashProtectedBlocks, pinToggles } from './avrClassicSystem.ts';
import { hardwareOnly, oneToggles } from './effectWords.ts';
import type { IpBlock, ManualFamily } from './manualFamily.ts';

const flagByOne = { text: 'Writing 1 clears the flag, and so does running its interrupt handler; writing 0 has no effect. Write only the flags meant, as read-modify-write clears every flag that is set.', modifiedWriteValues: 'oneToClear' } as const;
const flagByOneOnly = { text: 'Writing 1 clears the flag; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' } as const;
const timed = (first: string, then: string) => ({ text: `A timed sequence: write ${first}, and within four clock cycles ${then}; interrupts must be off in between.` });

/** Registers of the classic parts, whose names are the chip's own and need no peripheral. */
const classicBlock: IpBlock = {
  peripheral: /^\w+$/,
  effects: [
    { register: /^(TIFR\d?|ETIFR|EIFR|GIFR|PCIFR)$/, ...flagByOne },
    { register: /^UDR\d?$/, text: 'Reading takes the oldest received byte and clears RXC; read the status register before, as its error flags belong to that byte. Writing hands over a byte to send; write only while UDRE is 1.', readAction: 'modifyExternal' },
    { register: /^(UCSR\d?A|USR)$/, fields: /^TXC\d?$/, ...flagByOne },
    { register: /^(UCSR\d?A|USR)$/, fields: /^RXC\d?$/, text: 'Set while received bytes wait; cleared by reading UDR until none is left.' },
    { register: /^(UCSR\d?A|USR)$/, fields: /^UDRE\d?$/, text: 'Set while UDR takes a byte; cleared by writing UDR.' },
    { register: /^(UCSR\d?A|USR)$/, fields: /^(FE|DOR|OR|UPE|PE)\d?$/, text: 'Belongs to the byte that UDR gives next, and is valid until UDR is read; always write 0.' },
    { register: /^SPSR\d?$/, fields: /^(SPIF|WCOL)\d?$/, text: 'Cleared by reading SPSR while it is set and then accessing SPDR (SPIF: also by running its interrupt handler).' },
    { register: /^SPDR\d?$/, text: 'Reading gives the received byte; writing starts a transfer. After a read of SPSR, accessing it clears SPIF and WCOL.', readAction: 'modifyExternal' },
    { register: /^TWCR\d?$/, fields: /^TWINT\d?$/, text: 'Writing 1 clears the flag, which starts the next step on the bus: have TWAR, TWSR and TWDR ready before. It is not cleared by its interrupt handler; read-modify-write of TWCR clears it by accident.', modifiedWriteValues: 'oneToClear' },
    { register: /^TWDR\d?$/, text: 'Can be written only while TWCR.TWINT is 1; writing earlier sets TWWC.' },
    { register: /^ADCSRA?$/, fields: /^ADIF$/, ...flagByOne },
    { register: /^ADCSRA?$/, fields: /^ADSC$/, text: 'Writing 1 starts a conversion, and hardware clears the bit at its end; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^ADC$/, text: 'Two bytes: reading the low one holds the result until the high one is read (C code on ADC does so).' },
    { register: /^(TCNT|ICR|OCR)[1345][ABC]?$/, text: 'Two bytes through one shared buffer: write the high byte first, read the low byte first (C code on the 16-bit name does so); with interrupts that use such a register of this timer, switch them off around the access.' },
    ...['WDCE', 'WDTOE'].map(enable => ({ register: /^WDTC(SR|R)$/, fields: new RegExp(`^${enable}$`), ...timed(`1 to ${enable} and to WDE together`, `the new WDE and prescaler with ${enable} 0`) })),
    { register: /^MCUSR$/, fields: /^(BORF|EXTRF|PORF|JTRF)$/, text: 'Reset flag: stays until 0 is written to it.', modifiedWriteValues: 'zeroToClear' },
    { register: /^MCUSR$/, fields: /^WDRF$/, text: 'Reset flag: stays until 0 is written to it. Where the watchdog can interrupt too, it keeps the watchdog on while set: clear it before switching that off.', modifiedWriteValues: 'zeroToClear' },
    ...[['EEMPE', 'EEPE'], ['EEMWE', 'EEWE']].map(([enable, start]) => ({ register: /^EECR$/, fields: new RegExp(`^(${enable}|${start})$`), ...timed(`1 to ${enable} with ${start} 0`, `1 to ${start}`) })),
    { register: /^EECR$/, fields: /^EERE$/, text: 'Writing 1 reads the byte at EEAR into EEDR; wait until no write is under way before.', modifiedWriteValues: 'oneToSet' },
    { register: /^CLKPR$/, fields: /^CLKPCE$/, ...timed('1 to CLKPCE and 0 to all other bits', 'the new CLKPS with CLKPCE 0') },
    { register: /^(MCUCR|GICR)$/, fields: /^IVCE$/, ...timed('1 to IVCE', 'the new IVSEL with IVCE 0') },
    { register: /^(MCUCR|MCUCSR)$/, fields: /^JTD$/, text: 'Takes effect only when the new value is written twice within four clock cycles.' },
    { register: /^(SPMCSR|SPMCR)$/, fields: /^(SPMEN|SELFPRGEN|PGERS|PGWRT|BLBSET|RFLB|RWWSRE|CTPB|SIGRD)$/, text: 'Chooses what the SPM instruction (or LPM, for reading) does when it follows within four clock cycles; hardware clears the bits.' },
    { register: /^(UEINTX|UDINT|USBINT|UPINTX|OTGINT)$/, text: 'Flags are cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear' },
    { register: /^UEDATX$/, text: 'Reading takes a byte out of the endpoint\'s FIFO; writing appends one.', readAction: 'modifyExternal' },
    { register: /^USISR$/, fields: /^(USISIF|USIOIF|USIPF)$/, ...flagByOneOnly },
    { register: /^PLLCSR$/, fields: /^PLOCK$/, text: 'Set by hardware when the PLL has locked.' },
  ],
};

const classicManuals = [
  { name: 'ATmega48A/PA/88A/PA/168A/PA/328/P Data Sheet (DS40002061)', parts: /^ATmega(48|88|168|328)(A|P|PA)?$/i },
  { name: 'ATmega640/1280/1281/2560/2561 Data Sheet (2549)', parts: /^ATmega(640|1280|1281|2560|2561)$/i },
  { name: 'ATmega16U4/32U4 Data Sheet (7766)', parts: /^ATmega(16|32)U4(RC)?$/i },
  { name: 'AT90CAN32/64/128 Data Sheet (7679)', parts: /^AT90CAN(32|64|128)$/i },
  { name: 'ATmega16M1/32M1/64M1/32C1/64C1 Data Sheet (8209)', parts: /^ATmega(16|32|64)[MC]1$/i },
  { name: 'AT90PWM2/3/2B/3B Data Sheet (4317)', parts: /^AT90PWM[23]B?$/i },
  { name: 'ATmega128RFA1 Data Sheet (8266)', parts: /^ATmega128RFA1$/i },
  { name: 'ATtiny25/45/85 Data Sheet (2586)', parts: /^ATtiny(25|45|85)(V)?$/i },
];

/** Parts whose PINx can only be read. */
export const avrEarly: ManualFamily = {
  parts: /^(ATmega(8|16|32|64|128|161|162|163|169|323|8515|8535|103)[AL]?|ATtiny(11|12|15|22|26|28)L?|AT90S\w+)$/i,
  manuals: [], inferredFrom: 'the ATmega328P\'s data sheet', blocks: [classicBlock, ...classicSystemBlocks], clocks: classicClocks,
};

/** Parts with CCP instead of timed sequences, and PINx that toggles. */
export const avrChangeProtected: ManualFamily = {
  parts: /^ATtiny(441|841|828|1634|[459]|10|20|40)[AR]?$/i,
  manuals: [{ name: 'ATtiny441/841 Data Sheet (DS40002210)', parts: /^ATtiny(441|841)$/i }], inferredFrom: 'the ATtiny441\'s data sheet', blocks: [...changeProtectedBlocks, classicBlock, ...classicSystemBlocks, pinToggles], clocks: classicClocks,
};

/** The same with self-programming under a second key. */
export const avrFlashProtected: ManualFamily = {
  parts: /^ATtiny10[24]F?$/i,
  manuals: [{ name: 'ATtiny102/104 Data Sheet (DS40001935)', parts: /^ATtiny10[24]F?$/i }], inferredFrom: 'the ATtiny102\'s data sheet', blocks: [...flashProtectedBlocks, classicBlock, ...classicSystemBlocks, pinToggles], clocks: classicClocks,
};

/** ATmega and ATtiny parts up to the 2010s. */
export const avrClassic: ManualFamily = {
  parts: /^(ATmega\d+(?:U\d|HV\w+|M1|C1|RF\w+|[APVLBRE]+)?|ATtiny(13|2[1-9]|4[1-9]|8[4-8]|43U|87|167|261|461|861|2313|4313)[APVU]*|AT90\w+|ATA\d+\w*)$/i,
  manuals: classicManuals, inferredFrom: 'the data sheets of the ATmega328P and its like', blocks: [classicBlock, ...classicSystemBlocks, pinToggles], clocks: classicClocks,
};

const ccp = { text: 'Protected: written only within four instructions after CPU.CCP has taken the key 0xD8, with no interrupt in between (the key holds interrupts off).' } as const;

/** Peripherals of the tinyAVR 0 to 2, megaAVR 0 and AVR Dx and Ex parts. */
const modernBlocks: readonly IpBlock[] = [
  { peripheral: /^(?!SPI$)\w+$/, effects: [{ register: /^(PIT|V)?INTFLAGS$/, ...flagByOneOnly }] },
  {
    peripheral: /^\w+$/,
    effects: [
      { register: /^(DIR|OUT)SET$/, text: 'Writing 1 sets the pin\'s bit; writing 0 has no effect. Reading gives the register itself.', modifiedWriteValues: 'oneToSet' },
      { register: /^(DIR|OUT)CLR$/, text: 'Writing 1 clears the pin\'s bit; writing 0 has no effect. Reading gives the register itself.', modifiedWriteValues: 'oneToClear' },
      { register: /^(DIR|OUT)TGL$/, ...oneToggles },
      { register: /^CTRL[A-Z]SET$/, text: 'Writing 1 sets the bit; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
      { register: /^CTRL[A-Z]CLR$/, text: 'Writing 1 clears the bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
    ],
  },
  { peripheral: /^V?PORT$/, effects: [{ register: /^IN$/, ...oneToggles, text: 'Reading gives the pins. Writing 1 toggles the bit in OUT; writing 0 has no effect.' }] },
  {
    peripheral: /^USART$/,
    effects: [
      { register: /^RXDATAL$/, text: 'Reading takes the oldest received byte; read RXDATAH (error flags, ninth bit) before it.', readAction: 'modifyExternal' },
      { register: /^RXDATAH$/, text: 'Belongs to the byte in RXDATAL and is read before it. RXCIF, the errors and the ninth bit move on when RXDATAL is read.' },
      { register: /^TXDATAH$/, text: 'The ninth bit of the byte to send: write it before TXDATAL.' },
      { register: /^TXDATAL$/, text: 'Writing hands over a byte to send and clears STATUS.DREIF.' },
      { register: /^STATUS$/, fields: /^(TXCIF|RXSIF|ISFIF|BDF)$/, ...flagByOneOnly },
      { register: /^STATUS$/, fields: /^RXCIF$/, text: 'Set while received bytes wait; cleared by reading RXDATAL until none is left.' },
      { register: /^STATUS$/, fields: /^DREIF$/, text: 'Set while TXDATAL takes a byte; cleared by writing TXDATAL.' },
    ],
  },
  { peripheral: /^SPI$/, effects: [{ register: /^INTFLAGS$/, fields: /^(IF|WRCOL)$/, text: 'In normal mode cleared by reading INTFLAGS while it is set and then accessing DATA (IF: also by running its interrupt handler).' }, { register: /^INTFLAGS$/, fields: /^(TXCIF|SSIF)$/, ...flagByOneOnly }, { register: /^INTFLAGS$/, fields: /^RXCIF$/, text: 'In buffer mode set while received bytes wait; cleared by reading DATA until none is left.' }, { register: /^INTFLAGS$/, fields: /^DREIF$/, text: 'In buffer mode set while DATA takes a byte; cleared by writing DATA.' }, { register: /^DATA$/, text: 'Reading gives the received byte; writing starts a transfer. In normal mode, accessing it after a read of INTFLAGS clears IF and WRCOL.', readAction: 'modifyExternal' }] },
  {
    peripheral: /^TWI$/,
    effects: [
      { register: /^MSTATUS$/, fields: /^(RIF|WIF|CLKHOLD|ARBLOST|BUSERR)$/, text: 'Writing 1 clears the flag; RIF, WIF and CLKHOLD also go with a write to MADDR or MDATA, a read of MDATA, or a command in MCTRLB.', modifiedWriteValues: 'oneToClear' },
      { register: /^MSTATUS$/, fields: /^BUSSTATE$/, text: 'Writing 1 forces the bus state to idle, which is needed once after enabling.' },
      { register: /^SSTATUS$/, fields: /^(DIF|APIF|COLL|BUSERR)$/, ...flagByOneOnly },
      { register: /^MADDR$/, text: 'Writing puts a (repeated) start condition and the address onto the bus.' },
      { register: /^[MS]DATA$/, text: 'Reading takes the byte, writing sends one; both let the bus go on.', readAction: 'modifyExternal' },
    ],
  },
  { peripheral: /^ADC$/, effects: [{ register: /^RES(L|ULT)?$/, text: 'Reading takes the result and clears INTFLAGS.RESRDY.', readAction: 'modifyExternal' }, { register: /^COMMAND$/, fields: /^STCONV$/, text: 'Writing 1 starts a conversion; hardware clears the bit.', modifiedWriteValues: 'oneToSet' }] },
  { peripheral: /^BOD$/, effects: [{ register: /^CTRLA$/, fields: /^SLEEP$/, ...ccp }] },
  { peripheral: /^RSTCTRL$/, effects: [{ register: /^RSTFR$/, ...flagByOneOnly }, { register: /^SWRR$/, ...ccp }] },
  { peripheral: /^AC$/, effects: [{ register: /^STATUS$/, fields: /^CMP(IF)?$/, ...flagByOneOnly }] },
  { peripheral: /^(CLKCTRL|WDT|BOD|SLPCTRL|CPUINT|NVMCTRL|TCD)$/, effects: [
    { register: /^(MCLKCTRL[ABC]|MCLKLOCK|OSC20MCTRLA|OSC20MCALIB[AB]|OSC32KCTRLA|XOSC32KCTRLA|OSCHFCTRLA|PLLCTRLA|XOSCHFCTRLA)$/, ...ccp },
    { register: /^FAULTCTRL$/, ...ccp },
  ] },
  { peripheral: /^WDT$/, effects: [{ register: /^CTRLA$/, ...ccp }, { register: /^STATUS$/, fields: /^LOCK$/, ...ccp }] },
  { peripheral: /^CPUINT$/, effects: [{ register: /^CTRLA$/, fields: /^(IVSEL|CVT)$/, ...ccp }] },
  { peripheral: /^NVMCTRL$/, effects: [{ register: /^CTRLA$/, text: 'Protected: a command counts only within four instructions after CPU.CCP has taken the key 0x9D.' }, { register: /^CTRLB$/, ...ccp }, { register: /^STATUS$/, fields: /^(FBUSY|EEBUSY)$/, text: 'Set by hardware while flash or EEPROM is being written: wait for 0 before the next command.' }] },
  { peripheral: /^RTC$/, effects: [{ register: /^(PIT)?STATUS$/, text: 'A bit is 1 while a write to the register it is named after is on its way into the RTC\'s clock: wait for 0 before writing that register again.' }] },
  { peripheral: /^TCB$/, effects: [{ register: /^STATUS$/, fields: /^RUN$/, ...hardwareOnly }] },
  {
    peripheral: /^CPU$/,
    keys: [{ register: /^CCP$/, text: 'Opens protected registers for the next four instructions.', keys: [{ value: 0x9Dn, meaning: 'self-programming (SPM)' }, { value: 0xD8n, meaning: 'protected input/output registers' }] }],
  },
];

/** tinyAVR 0, 1 and 2, megaAVR 0, AVR DA, DB, DD, DU, EA and EB. */
export const avrModern: ManualFamily = {
  parts: /^(ATmega(8|16|32|48)0[89]|ATtiny(20[24]|21[24]|40[246]|41[2467]|80[467]|81[467]|160[467]|161[467]|321[467]|42[467]|82[467]|162[467]|322[467])|AVR\d+(DA|DB|DD|DU|EA|EB|LA|SD)\d+S?)/i,
  manuals: [{ name: 'megaAVR 0-series Family Data Sheet (DS40002015)', parts: /^ATmega(8|16|32|48)0[89]/i }],
  inferredFrom: 'the megaAVR 0-series\' family data sheet', blocks: modernBlocks,
  clocks: { controllers: [], note: 'There are no clock gates: a peripheral takes its clock when it is enabled.', heading: 'CLKCTRL — clock controller' },
};
