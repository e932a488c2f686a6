import { hardwareOnly, oneToggles } from './effectWords.ts';
import type { ClockScheme, IpBlock } from './manualFamily.ts';

const flagByOne = { text: 'Writing 1 clears the flag, and so does running its interrupt handler; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' } as const;
const flagByOneOnly = { text: 'Writing 1 clears the flag; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' } as const;

/** Clock, reset and asynchronous timer registers, whose names are the chip's own. */
const systemBlock: IpBlock = {
  peripheral: /^\w+$/,
  effects: [
    { register: /^PRR\d?$/, fields: /^PR(?!\w*RES)\w+$/, text: 'Inverted: 1 stops the clock of the peripheral, whose registers then can be neither read nor written and keep their state; switch it off before (the ADC in any case) and set it up again after.' },
    { register: /^ASSR$/, fields: /^(TCN|OCR|TCR)\d[AB]?UB$/, text: 'Set from a write to the timer\'s register until it has arrived in the asynchronous clock domain: write that register again only when the bit is 0. Set and cleared by hardware.' },
    { register: /^ASSR$/, fields: /^AS\d$/, text: 'Changing it may corrupt the timer\'s counter, compare and control registers: disable its interrupts, change it, write these registers, wait until the busy bits are 0, clear the flags.' },
    { register: /^OSCCAL[01]?$/, fields: /^(OSCCAL|S?CAL)\w*$/, text: 'Loaded with the factory calibration at reset; a write moves the internal oscillator\'s frequency at once, and with it the time of EEPROM and flash writes.' },
    { register: /^WDTC(SR|R)$/, fields: /^WDT?IF$/, ...flagByOne },
    { register: /^(MCUCSR|RSTFLR)$/, fields: /^(WDRF|BORF|EXTRF|PORF|JTRF)$/, text: 'Reset flag: stays until 0 is written to it or, PORF apart, until a power-on reset.', modifiedWriteValues: 'zeroToClear' },
    { register: /^MCUSR$/, fields: /^(BODRF|USBRF|OCDRF)$/, text: 'Reset flag: stays until 0 is written to it.', modifiedWriteValues: 'zeroToClear' },
    { register: /^(GTCCR|SFIOR)$/, fields: /^PSR(\d*|SYNC|ASY)$/, text: 'Writing 1 resets the prescaler, which timers share; hardware clears the bit.', modifiedWriteValues: 'oneToSet' },
    { register: /^(GTCCR|SFIOR)$/, fields: /^TSM$/, text: 'While 1, prescaler resets stay set and the timers stand still, so that they can be set up together.' },
    { register: /^ACSR(A|[01]A)?$/, fields: /^(ACI\d?|AC\dIF)$/, ...flagByOne },
    { register: /^TWSSRA$/, fields: /^(TWDIF|TWASIF|TWC|TWBE)$/, ...flagByOneOnly },
    { register: /^TWSD$/, text: 'Reading takes the received byte; writing hands over a byte to send. With smart mode on, both let the bus go on.', readAction: 'modifyExternal' },
    { register: /^EIRR$/, ...flagByOne },
  ],
};

const resultBytes: IpBlock = {
  peripheral: /^\w+$/, has: /^ADCH$/,
  effects: [{ register: /^ADCL$/, text: 'Reading it holds the result until ADCH is read: read ADCL first (left-adjusted 8-bit results: ADCH alone).', readAction: 'modifyExternal' }],
};

/** Peripherals of the AT90CAN, AT90PWM, ATmega M1/C1 and RF parts. */
const rarerBlocks: readonly IpBlock[] = [
  {
    peripheral: /^CAN$/,
    effects: [
      { register: /^CANGIT$/, fields: /^(BOFFIT|OVRTIM|BXOK|SERG|CERG|FERG|AERG)$/, ...flagByOneOnly },
      { register: /^CANGIT$/, fields: /^CANIT$/, ...hardwareOnly },
      { register: /^CANSTMOB$/, fields: /^(TXOK|RXOK|BERR|SERR|CERR|FERR|AERR)$/, text: 'Cleared by writing 0: read the whole register and write it back with the flag 0.', modifiedWriteValues: 'zeroToClear' },
      { register: /^CANMSG$/, text: 'One byte of the message; with CANPAGE.AINC 0, reading and writing move on to the next.', readAction: 'modifyExternal' },
    ],
  },
  {
    peripheral: /^(LINUART|LIN)$/,
    effects: [
      { register: /^LINSIR$/, fields: /^(LERR|LIDOK|LTXOK|LRXOK)$/, text: 'Writing 1 clears the flag (LERR: the bits of LINERR too); writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
      { register: /^LINDAT$/, text: 'One byte of the buffer; with LINSEL.LAINC 0, reading and writing move on to the next.', readAction: 'modifyExternal' },
    ],
  },
  { peripheral: /^PSC\d?$/, effects: [{ register: /^PIFR\d?$/, fields: /^(POAC\d[AB]|PSEI\d|PEV\d?[AB]?|PEOP\d?)$/, ...flagByOneOnly }, { register: /^PIFR\d$/, fields: /^PRN\d$/, ...hardwareOnly }] },
  { peripheral: /^TRX24$/, effects: [{ register: /^IRQ_STATUS1?$/, ...flagByOne }] },
];

/** Parts that have the configuration change protection instead of timed sequences; the key opens registers of the same names. */
const protectedByKey = { text: 'Protected: written only within four instructions after CCP has taken the key 0xD8.' } as const;
const keyBlock: IpBlock = {
  peripheral: /^\w+$/,
  effects: [
    { register: /^(CLKPR|CLKPSR)$/, fields: /^CLKPS\d?$/, ...protectedByKey },
    { register: /^(CLKMSR|CLKCR|CLKSR)$/, fields: /^(?!OSCRDY$)/, ...protectedByKey },
    { register: /^MCUCR$/, fields: /^IVSEL$/, ...protectedByKey },
    { register: /^WDTCSR$/, fields: /^(WDE|WDP\d?)$/, text: 'Protected: a watchdog that is on is changed and switched off only within four instructions after CCP has taken the key 0xD8, with WDE and WDP written at once.' },
  ],
  keys: [{ register: /^CCP$/, text: 'Opens the protected registers for the next four instructions and holds interrupts off meanwhile.', keys: [{ value: 0xD8n, meaning: 'protected input/output registers' }] }],
};
/** The parts that can write their own flash under a second key. */
const flashKeyBlock: IpBlock = {
  ...keyBlock,
  keys: [{ register: /^CCP$/, text: 'Opens what the key stands for during the next four instructions and holds interrupts off meanwhile.', keys: [{ value: 0xD8n, meaning: 'protected input/output registers' }, { value: 0xE7n, meaning: 'self-programming' }] }],
};

/** For the family that has it: PINx that toggles, when written, the bit it stands for; the CCP parts use PUEx besides. */
export const pinToggles: IpBlock = { peripheral: /^\w+$/, effects: [{ register: /^PIN[A-L]$/, ...oneToggles, text: 'Reading gives the pins. Writing 1 toggles the bit in PORTx, whatever DDRx says; writing 0 has no effect: write the mask alone, not by read-modify-write.' }] };

/** What all classic parts have in common beside `classicBlock`. */
export const classicSystemBlocks: readonly IpBlock[] = [systemBlock, resultBytes, ...rarerBlocks];

/** For parts with CCP. */
export const changeProtectedBlocks: readonly IpBlock[] = [keyBlock];

/** For the ATtiny102 and 104. */
export const flashProtectedBlocks: readonly IpBlock[] = [flashKeyBlock];

/** The power reduction registers: bits that stop clocks. */
export const classicClocks: ClockScheme = {
  controllers: [{ does: 'stop', peripheral: /^\w+$/, register: /^PRR\d?$/, field: /^PR(\w+)$/ }],
  aliases: [
    [/^TIM(\d)$/, 'TC$1'], [/^USART(\d)$/, 'USART$1 USART$1_SPI'], [/^USART0$/, 'USART'], [/^USART$/, 'USART EUSART'], [/^TWI$/, 'TWI TWI0'], [/^SPI$/, 'SPI SPI0'], [/^V?ADC$/, 'ADC'],
    [/^LIN$/, 'LINUART'], [/^USB$/, 'USB_DEVICE USB_GLOBAL USB_HOST'], [/^TRX24$/, 'TRX24 SYMCNT'],
  ],
  heading: 'power reduction register',
};
