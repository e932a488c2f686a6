import { hardwareOnly, oneClears, oneTriggers, readClears } from './effectWords.ts';
import { lpcFlexcommBlocks } from './lpcFlexcomm.ts';
import type { IpBlock, ManualFamily } from './manualFamily.ts';

const feed = { keys: [{ value: 0xAAn }, { value: 0x55n }], isSequence: true } as const;

/** What the older and the newer LPC parts share: timers, watchdog, reset reasons. */
const lpcCommonBlocks: readonly IpBlock[] = [
  { peripheral: /^(TIMER|CT16B|CT32B|CTIMER|PWM)\d*$/, effects: [{ register: /^IR$/, ...oneClears }] },
  {
    peripheral: /^(WDT|WWDT)$/,
    effects: [
      { register: /^MOD$/, fields: /^WDEN$/, text: 'Once set, software cannot clear it; it takes effect with the first feed.', modifiedWriteValues: 'oneToSet' },
      { register: /^MOD$/, fields: /^WDTOF$/, text: 'Set when the watchdog times out; cleared by writing 0.', modifiedWriteValues: 'zeroToClear' },
    ],
    keys: [{ register: /^FEED$/, text: 'Restarts the watchdog; nothing else of the watchdog may be accessed between the two writes, so interrupts off.', ...feed }],
  },
  { peripheral: /^(SYSCON|SYSCTL)$/, effects: [{ register: /^(SYSRSTSTAT|RSID)$/, ...oneClears }] },
];

const classicSerial: IpBlock = {
  peripheral: /^(UART|USART)\d*$/,
  effects: [
    { register: /^RBR$/, text: 'Reading takes the oldest received byte out of the FIFO; read LSR before, as its error flags belong to that byte. Shares its address with THR and DLL (LCR.DLAB).', readAction: 'modifyExternal' },
    { register: /^THR$/, text: 'Writing appends a byte to the transmit FIFO; write only while LSR.THRE is 1. Shares its address with RBR and DLL (LCR.DLAB).' },
    { register: /^LSR$/, fields: /^(OE|PE|FE|BI)$/, text: 'Reading LSR clears it.', readAction: 'clear' },
    { register: /^LSR$/, fields: /^(RDR|THRE|TEMT|RXFE)$/, ...hardwareOnly },
    { register: /^IIR$/, text: 'Reading clears the transmit (THRE) interrupt, if that is the one shown.', readAction: 'modifyExternal' },
    { register: /^MSR$/, text: 'Reading clears the change flags.', readAction: 'clear' },
    { register: /^FCR$/, text: 'Write-only; shares its address with IIR. The FIFO reset bits clear themselves.' },
  ],
};

const classicBuses: readonly IpBlock[] = [
  {
    peripheral: /^(SSP|SPI)\d?$/, has: /^(ICR|IMSC)$/,
    effects: [
      { register: /^DR$/, text: 'Reading takes the oldest received frame out of the FIFO; writing appends one to send.', readAction: 'modifyExternal' },
      { register: /^ICR$/, text: 'Writing 1 clears the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
      { register: /^(SR|RIS|MIS)$/, ...hardwareOnly },
    ],
  },
  {
    peripheral: /^I2C\d?$/,
    effects: [
      { register: /^CONSET$/, text: 'Writing 1 sets the bit of the control register; writing 0 has no effect. Clear bits through CONCLR.', modifiedWriteValues: 'oneToSet' },
      { register: /^CONCLR$/, text: 'Writing 1 clears the bit of the control register; writing 0 has no effect. Clearing SI lets the bus go on.', modifiedWriteValues: 'oneToClear' },
      { register: /^DAT$/, text: 'Read and written only while SI is set, which holds the bus.' },
      { register: /^STAT$/, ...hardwareOnly },
    ],
  },
  { peripheral: /^ADC\d?$/, has: /^GDR$/, effects: [{ register: /^(GDR|DR\d?)$/, text: 'Reading clears DONE and OVERRUN of the channel.', readAction: 'modifyExternal' }] },
  { peripheral: /^C?CAN\d?$/, has: /^GSR$/, effects: [{ register: /^ICR$/, text: 'Reading clears all flags except RI, which goes with the receive buffer.', readAction: 'clear' }, { register: /^CMR$/, ...oneTriggers }] },
];

const classicPins: readonly IpBlock[] = [
  { peripheral: /^GPIO\d?$/, effects: [{ register: /^IC$/, text: 'Writing 1 clears the edge interrupt of the pin; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }, { register: /^SET\d$/, text: 'Writing 1 sets the pin\'s output; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' }, { register: /^CLR\d$/, text: 'Writing 1 clears the pin\'s output; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }] },
  { peripheral: /^GPIOINT$/, effects: [{ register: /^CLR[02]$/, text: 'Writing 1 clears the interrupt of the pin; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }, { register: /^(STATR|STATF)[02]$/, text: 'Cleared by writing 1 to the pin\'s bit of CLR0 or CLR2.' }] },
];

const classicRest: readonly IpBlock[] = [
  { peripheral: /^SYSCON$/, effects: [{ register: /^EXTINT$/, ...oneClears }], keys: [{ register: /^PLL[01]FEED$/, text: 'Makes the PLL\'s new settings take effect; nothing else may be accessed between the two writes.', ...feed }] },
  { peripheral: /^RTC$/, effects: [{ register: /^ILR$/, ...oneClears }] },
  { peripheral: /^GPDMA$/, effects: [{ register: /^(INTTCCLEAR|INTERRCLR)$/, text: 'Writing 1 clears the channel\'s interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }, { register: /^(INTSTAT|INTTCSTAT|INTERRSTAT|RAWINT\w+)$/, ...hardwareOnly }] },
  { peripheral: /^FLASHCTRL$/, effects: [{ register: /^FMSTATCLR$/, text: 'Writing 1 clears the flag of FMSTAT; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }] },
  { peripheral: /^USB$/, effects: [{ register: /^(DEVINTCLR|EPINTCLR|INTCLR|EOTINTCLR|NDDRINTCLR|SYSERRINTCLR)$/, text: 'Writing 1 clears the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }, { register: /^(DEVINTSET|EPINTSET|INTSET)$/, text: 'Writing 1 sets the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' }, { register: /^RXDATA$/, text: 'Reading takes the next word of the packet.', readAction: 'modifyExternal' }] },
  { peripheral: /^QEI$/, effects: [{ register: /^INTSTAT$/, ...hardwareOnly }, { register: /^CLR$/, text: 'Writing 1 clears the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }] },
  { peripheral: /^EMAC$/, effects: [{ register: /^INTCLEAR$/, text: 'Writing 1 clears the interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }, { register: /^RSV$/, ...readClears }] },
];

const heading = 'system control: clock and power control';
const pinInterrupts: IpBlock = { peripheral: /^(GPIO_)?(PIN_INT|PINT)$/, effects: [{ register: /^(IST|RISE|FALL)$/, ...oneClears }, { register: /^SI?ENR(L|F)?$|^SIEN(R|F)$/, text: 'Writing 1 sets the pin\'s enable bit; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' }, { register: /^CIEN(R|F)$/, text: 'Writing 1 clears the pin\'s enable bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }] };

/** NXP's LPC parts with 16550-like UART: 11xx, 12xx, 13xx, 17xx, 40xx, 18xx, 43xx. */
export const lpcClassic: ManualFamily = {
  parts: /^LPC(11(?!E6|U6)|12|13|17|18|40|43)/i,
  manuals: [{ name: 'LPC111x/LPC11Cxx User Manual (UM10398)', parts: /^LPC11(1|C|D)/i }, { name: 'LPC176x/5x User Manual (UM10360)', parts: /^LPC17[56]/i }],
  inferredFrom: 'the LPC176x\'s user manual', blocks: [...lpcCommonBlocks, classicSerial, ...classicBuses, ...classicPins, ...classicRest, pinInterrupts],
  clocks: {
    controllers: [
      { does: 'enable', peripheral: /^(SYSCON|SYSCTL)$/, register: /^PCONP$/, field: /^PC(\w+)$/ }, { does: 'enable', peripheral: /^(SYSCON|SYSCTL)$/, register: /^SYSAHBCLKCTRL\d?$/, field: /^(\w+)$/ },
    ],
    aliases: [[/^TIM(\d)$/, 'TIMER$1'], [/^SSP(\d)$/, 'SPI$1'], [/^GPIO$/, 'GPIO? GPIOINT'], [/^ENET$/, 'EMAC'], [/^UART$/, 'USART'], [/^CAN$/, 'C_CAN'], [/^CAN[12]$/, 'CANAF CANAFRAM CCAN'], [/^RIT$/, 'RITIMER'], [/^WDT$/, 'WWDT']],
    heading,
  },
};

/** NXP's LPC parts with the newer serial blocks: 8xx, 15xx, 54xxx, 55xx. */
export const lpcFlexcomm: ManualFamily = {
  parts: /^LPC(8|15|51U|54|55)/i,
  manuals: [{ name: 'LPC55S0x/LPC550x User Manual (UM11424)', parts: /^LPC55S?0/i }],
  inferredFrom: 'the LPC550x\'s user manual', blocks: [...lpcCommonBlocks, ...lpcFlexcommBlocks, pinInterrupts],
  clocks: {
    controllers: [
      { does: 'enable', peripheral: /^SYSCON$/, register: /^(SYS)?AHBCLKCTRL\d?$/, field: /^(\w+)$/ },
      { does: 'reset', peripheral: /^SYSCON$/, register: /^PRESETCTRL\d?$/, field: /^(\w+?)_RST(_N)?$/ },
    ],
    aliases: [[/^FC(\d)$/, 'FLEXCOMM$1 USART$1 SPI$1 I2C$1 I2S$1'], [/^TIMER(\d)$/, 'CTIMER$1'], [/^UART(\d)$/, 'USART$1'], [/^(ADC|MRT|DMA|CAN|SCT|UTICK|GINT|CRC)$/, '$1? $1'], [/^GPIO\d$/, 'GPIO'], [/^HS_LSPI$/, 'SPI8'], [/^CRCGEN$/, 'CRC_ENGINE CRC'], [/^GPIO_SEC$/, 'SECGPIO'], [/^I2C$/, 'I2C0'], [/^CCAN$/, 'C_CAN0'], [/^RNG$/, 'RNG']],
    note: 'A function clock must be chosen too where the peripheral needs one (SYSCON, clock source selection).',
    heading,
  },
};
