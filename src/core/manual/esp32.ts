import { hardwareOnly, oneTriggers } from './effectWords.ts';
import type { IpBlock, ManualFamily } from './manualFamily.ts';

/** Espressif names interrupt and bit registers the same way in every peripheral. */
const everywhere: IpBlock = {
  peripheral: /^(?!TWAI)\w+$/,
  effects: [
    { register: /(^|_)INT_CLR(_|\d|$)|INTCLR/, text: 'Writing 1 clears the bit in the raw and masked interrupt status; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /(^|_)INT_RAW(_|\d|$)/, text: 'Raw status, set by hardware whether the interrupt is enabled or not; cleared by writing 1 to the same bit of the INT_CLR register.' },
    { register: /(^|_)INT_ST(_|\d|$)/, text: 'Raw status of the interrupts that are enabled; cleared by writing 1 to the same bit of the INT_CLR register.' },
    { register: /(^|_)INT_ENA(_|\d|$)/, text: '1 lets the raw status through to INT_ST and the interrupt; reads back as written.' },
    { register: /W1TS$/, text: 'Writing 1 sets the bit of the register it is named after; writing 0 has no effect.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /W1TC$/, text: 'Writing 1 clears the bit of the register it is named after; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
  ],
};

const serial: IpBlock = {
  peripheral: /^(LP_)?UART$/,
  effects: [
    { register: /^FIFO$/, text: 'Reading takes the oldest byte out of the receive FIFO; writing appends a byte to the transmit FIFO. Look at STATUS for how many there are: reading an empty FIFO gives rubbish.', readAction: 'modifyExternal' },
    { register: /^STATUS$/, ...hardwareOnly },
    { register: /^CONF0(_SYNC)?$/, fields: /^(RXFIFO|TXFIFO)_RST$/, text: 'Empties the FIFO while 1: write 1, then 0.' },
  ],
};

const pins: IpBlock = {
  peripheral: /^(GPIO|RTC_IO|RTCIO|LP_IO)$/,
  effects: [
    { register: /^(RTC_GPIO_)?STATUS1?$/, text: 'Interrupt flags of the pins, set by hardware; cleared by writing 1 to the same bit of the W1TC register. Clearing here by read-modify-write loses flags that come in between.' },
    { register: /^(CPU|ACPU|PCPU|CPUSDIO|CPU1)_(NMI_)?INT1?$|^(ACPU|PCPU)_(NMI_)?INT1?$/, text: 'The flags of STATUS that are enabled for this core; cleared through STATUS_W1TC.' },
  ],
};

const usbSerial: IpBlock = {
  peripheral: /^USB_DEVICE$/,
  effects: [
    { register: /^EP1$/, text: 'Reading takes the oldest received byte out of the FIFO; writing appends a byte to send. Look at EP1_CONF before: SERIAL_OUT_EP_DATA_AVAIL to read, SERIAL_IN_EP_DATA_FREE to write.', readAction: 'modifyExternal' },
    { register: /^EP1_CONF$/, fields: /^WR_DONE$/, text: 'Writing 1 hands what was written to EP1 over to the host; hardware clears the bit.', modifiedWriteValues: 'oneToSet' },
    { register: /^EP1_CONF$/, fields: /^SERIAL_/, ...hardwareOnly },
  ],
};

/** LED and remote control pulses, counters, converters and the key fuses. */
const others: IpBlock = {
  peripheral: /^(LEDC|RMT|PCNT|DMA|GDMA|APB_SARADC|EFUSE|TWAI)$/,
  effects: [
    { register: /^(LS)?(CH|TIMER)\d+_CONF0?$/, fields: /^(PARA_UP|OVF_CNT_RESET)\w*$/, ...oneTriggers },
    { register: /^CH\d+_CONF1$/, fields: /^DUTY_START\w*$/, text: 'Writing 1 starts the change of duty that the other fields describe; hardware clears the bit.', modifiedWriteValues: 'oneToSet' },
    { register: /^CH\d+DATA$/, text: 'Window into the channel\'s memory: reading and writing move on to the next word.', readAction: 'modifyExternal' },
    { register: /^CH\d+_?(TX_|RX_)?CONF[01]$/, fields: /^(TX_START|TX_STOP|CONF_UPDATE)\w*$/, ...oneTriggers },
    { register: /^IN_LINK_?(CH\d)?$|^OUT_LINK_?(CH\d)?$/, fields: /^(IN|OUT)LINK_(START|STOP|RESTART)\w*$/, ...oneTriggers },
    { register: /^IN_POP_?(CH\d)?$/, fields: /^INFIFO_POP\w*$/, ...oneTriggers },
    { register: /^OUT_PUSH_?(CH\d)?$/, fields: /^OUTFIFO_PUSH\w*$/, ...oneTriggers },
    { register: /^DATA_\d+$/, text: 'In operation mode, writing fills the transmit buffer and reading gives the receive buffer: what is read is not what was written. In reset mode DATA_0 to DATA_7 are acceptance code and mask.', readAction: 'modifyExternal' },
    { register: /^CMD$/, fields: /^(TX_REQ|ABORT_TX|RELEASE_BUF|CLR_OVERRUN|SELF_RX_REQ)$/, ...oneTriggers },
  ],
  keys: [{ register: /^CONF$/, fields: /^OP_CODE$/, text: 'A command in CMD is carried out only with its code here.', keys: [{ value: 0x5A5An, meaning: 'programming' }, { value: 0x5AA5n, meaning: 'reading' }], takesOthers: true }],
};

const timerWords = [
  { register: /^T[01]UPDATE$/, text: 'Writing anything copies the counter into the LO and HI registers of the timer, which do not move otherwise.' },
  { register: /^T[01]LOAD$/, text: 'Writing anything loads the counter with the LOADLO and LOADHI registers of the timer.' },
] as const;
const unlock = (parts: string) => ({ text: `Opens the ${parts} registers for writing; any other value locks them.`, takesOthers: true } as const);

const timers: IpBlock = {
  peripheral: /^TIMG$/,
  effects: [
    ...timerWords,
    { register: /^T[01](LO|HI)$/, text: 'Holds the counter as it was at the last write to the update register of the timer, not the running one.' },
    { register: /^WDTFEED$/, text: 'Writing anything restarts the watchdog; needs WDTWPROTECT to be open.' },
    { register: /^RTCCALICFG$/, fields: /^RTC_CALI_START$/, text: 'Writing 1 starts the calibration.' },
  ],
  keys: [{ register: /^WDTWPROTECT$/, ...unlock('watchdog\'s'), keys: [{ value: 0x50D83AA1n, meaning: 'unlocks' }] }],
};

const rtc: IpBlock = {
  peripheral: /^(RTC_CNTL|RTCCNTL|LP_WDT)$/,
  effects: [
    { register: /^TIME_UPDATE$/, fields: /^TIME_UPDATE$/, text: 'Writing 1 copies the RTC counter into the time registers.', modifiedWriteValues: 'oneToSet' },
    { register: /^(WDTFEED|FEED)$/, text: 'Writing 1 to the feed bit restarts the RTC watchdog; needs WDTWPROTECT to be open.', modifiedWriteValues: 'oneToSet' },
  ],
  keys: [{ register: /^WDTWPROTECT$/, ...unlock('RTC watchdog\'s'), keys: [{ value: 0x50D83AA1n, meaning: 'unlocks' }] }],
};

/** The super watchdog of the S2, S3 and C3 has a key of its own, that of the later parts the usual one. */
const superWatchdog: IpBlock = {
  peripheral: /^(RTC_CNTL|RTCCNTL)$/,
  keys: [{ register: /^SWD_WPROTECT$/, ...unlock('super watchdog\'s'), keys: [{ value: 0x8F1D312An, meaning: 'unlocks' }] }],
};
const laterSuperWatchdog: IpBlock = {
  peripheral: /^LP_WDT$/,
  keys: [{ register: /^SWD_(WPROTECT|CONFIG_WPROTECT)$/, ...unlock('super watchdog\'s'), keys: [{ value: 0x50D83AA1n, meaning: 'unlocks' }] }],
};

const transfers: IpBlock = {
  peripheral: /^(SPI|I2C|TWAI|SYSTIMER|RMT|EFUSE)$/,
  effects: [
    { register: /^CMD$/, fields: /^(USR|UPDATE|FLASH_\w+)$/, ...oneTriggers },
    { register: /^DATA$/, fields: /^FIFO_RDATA$/, text: 'Reading takes the oldest byte out of the receive FIFO; writing appends a byte to the transmit FIFO.', readAction: 'modifyExternal' },
    { register: /^CTR$/, fields: /^(TRANS_START|CONF_UPGATE)$/, ...oneTriggers },
    { register: /^UNIT\d_OP$/, fields: /UPDATE$/, text: 'Writing 1 copies the counter into the value registers; wait for VALUE_VALID before reading them.', modifiedWriteValues: 'oneToSet' },
    { register: /^(UNIT|COMP)\d_LOAD$/, text: 'Writing 1 takes the prepared value over.', modifiedWriteValues: 'oneToSet' },
    { register: /^INT(_RAW)?$/, fields: /^(RX|TX|ERR_WARN|OVERRUN|ERR_PASSIVE|ARB_LOST|BUS_ERR)_INT_ST$/, text: 'Reading the register clears the flags (RX: released by CMD.RELEASE_BUF).', readAction: 'clear' },
  ],
};

/** Espressif's ESP32 and what came after it. */
export const esp32: ManualFamily = {
  parts: /^ESP32/i,
  manuals: [
    { name: 'ESP32-S2 Technical Reference Manual', parts: /^ESP32-?S2/i },
    { name: 'ESP32-S3 Technical Reference Manual', parts: /^ESP32-?S3/i },
    { name: 'ESP32-C2 (ESP8684) Technical Reference Manual', parts: /^ESP32-?C2/i },
    { name: 'ESP32-C3 Technical Reference Manual', parts: /^ESP32-?C3/i },
    { name: 'ESP32-C6 Technical Reference Manual', parts: /^ESP32-?C6/i },
    { name: 'ESP32-H2 Technical Reference Manual', parts: /^ESP32-?H2/i },
    { name: 'ESP32 Technical Reference Manual', parts: /^ESP32$/i },
  ],
  inferredFrom: 'the ESP32-C6\'s technical reference manual',
  blocks: [everywhere, serial, pins, usbSerial, others, timers, rtc, superWatchdog, laterSuperWatchdog, transfers],
  clocks: {
    controllers: [
      { does: 'enable', peripheral: /^(DPORT|SYSTEM)$/, register: /^PERIP_CLK_EN\d?$/, field: /^(\w+)_CLK_EN$/ },
      { does: 'reset', peripheral: /^(DPORT|SYSTEM)$/, register: /^PERIP_RST_EN\d?$/, field: /^(\w+)_RST$/ },
      { does: 'enable', peripheral: /^PCR$/, register: /_CONF$/, field: /^(\w+?)(?<!_FUNC)_CLK_EN$/ },
      { does: 'enable', peripheral: /^PCR$/, register: /_(SCLK|FUNC_CLK|CLKM)_CONF$/, field: /^(\w+?)(?:_TX|_RX)?_(?:SCLK|FUNC_CLK|CLKM)_EN$/ },
      { does: 'reset', peripheral: /^PCR$/, register: /_CONF$/, field: /^(\w+)_RST_EN$/ },
    ],
    aliases: [
      [/^UART$/, 'UART0'], [/^(TIMERGROUP|TG0)$/, 'TIMG0'], [/^(TIMERGROUP1|TG1)$/, 'TIMG1'], [/^I2C0?_EXT(\d)$/, 'I2C$1'], [/^EXT1$/, 'I2C1'], [/^PWM(\d)$/, 'MCPWM$1'],
      [/^PWM$/, 'MCPWM0'], [/^(TWAI|CAN)$/, 'TWAI0'], [/^SPI01$/, 'SPI0 SPI1'], [/^MSPI$/, 'SPI0 SPI1'], [/^I2S$/, 'I2S0'], [/^SARADC$/, 'APB_SARADC'], [/^USB$/, 'USB0'], [/^GDMA$/, 'DMA'], [/^UHCI$/, 'UHCI0'],
    ],
    heading: 'peripheral clock gating and reset',
  },
};
