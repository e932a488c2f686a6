import type { IpBlock, ManualFamily } from './manualFamily.ts';

const aliases = 'The same register stands three times more, write-only: 0x1000 further writing flips the bits that are 1, 0x2000 further it sets them, 0x3000 further it clears them, each in one bus access.';

/** Every peripheral behind the bus fabric; not SIO and the core's own. */
const atomicAccess: IpBlock = {
  peripheral: /^(?!SIO$|PPB\w*$|EPPB$|XIP|SSI$|SYSTICK|NVIC|SCB|MPU|COREDEBUG|DWT|ITM|TPI|SCNSCB|SAU|FPU|CORESIGHT|USB_?DPRAM|CORE_)\w+$/,
  effects: [{ register: /^\w+$/, text: aliases, isAside: true, heading: 'atomic register access' }],
};

const fifos: IpBlock = {
  peripheral: /^(UART|SPI|I2C|ADC|PIO|SIO|HSTX_FIFO|TIMER|RTC|WATCHDOG)$/,
  effects: [
    { register: /^UARTDR$/, text: 'Reading takes the oldest received character with its error flags; writing appends one to send.', readAction: 'modifyExternal' },
    { register: /^SSPDR$/, text: 'Reading takes the oldest received frame; writing appends one to send.', readAction: 'modifyExternal' },
    { register: /^IC_DATA_CMD$/, text: 'Reading takes the oldest received byte; writing appends a byte to send, or asks for one to be read (CMD).', readAction: 'modifyExternal' },
    { register: /^IC_CLR_\w+$/, text: 'Reading clears the interrupt it is named after (IC_CLR_INTR: all that software can clear).', readAction: 'clear' },
    { register: /^FIFO$/, text: 'Reading takes the oldest result.', readAction: 'modifyExternal' },
    { register: /^CS$/, fields: /^START_ONCE$/, text: 'Writing 1 starts one conversion; hardware clears the bit.' },
    { register: /^RXF\d$/, text: 'Reading takes the oldest word of the state machine\'s receive FIFO; an empty one sets FDEBUG.RXUNDER.', readAction: 'modifyExternal' },
    { register: /^TXF\d$/, text: 'Writing appends a word to the state machine\'s transmit FIFO; a full one sets FDEBUG.TXOVER.' },
    { register: /^FIFO_RD$/, text: 'Reading takes the oldest word that the other core sent; an empty FIFO sets FIFO_ST.ROE.', readAction: 'modifyExternal' },
    { register: /^FIFO_WR$/, text: 'Writing sends a word to the other core; a full FIFO sets FIFO_ST.WOF.' },
    { register: /^(GPIO_(HI_)?(OUT|OE))_SET$/, text: 'Writing 1 sets the bit in the register it is named after; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^(GPIO_(HI_)?(OUT|OE))_CLR$/, text: 'Writing 1 clears the bit in the register it is named after; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
    { register: /^(GPIO_(HI_)?(OUT|OE))_XOR$/, text: 'Writing 1 flips the bit in the register it is named after; writing 0 has no effect.', modifiedWriteValues: 'oneToToggle' },
    { register: /^SPINLOCK\d+$/, text: 'Reading claims the lock: 0 means that it is taken already. Writing anything releases it.', readAction: 'modifyExternal' },
    { register: /^INTERP\d_POP_\w+$/, text: 'Reading gives the result and writes the lane results back into the accumulators.', readAction: 'modifyExternal' },
    { register: /^TIMELR$/, text: 'Reading holds the upper word in TIMEHR until that is read: read TIMELR first.', readAction: 'modifyExternal' },
    { register: /^TIMELW$/, text: 'Takes effect only when TIMEHW is written after it.' },
    { register: /^ALARM\d$/, text: 'Writing arms the alarm, which goes off when the lower word of the time equals it.' },
    { register: /^LOAD$/, text: 'Writing restarts the watchdog with this value.' },
  ],
};

/** RP2040 and RP2350. */
export const raspberryPi: ManualFamily = {
  parts: /^RP2(040|350)/i,
  manuals: [{ name: 'RP2040 Datasheet', parts: /^RP2040/i }],
  inferredFrom: 'the RP2040\'s datasheet',
  blocks: [fifos, atomicAccess],
  clocks: {
    controllers: [{ does: 'reset', peripheral: /^RESETS$/, register: /^RESET$/, field: /^(\w+)$/ }],
    aliases: [[/^USBCTRL$/, 'USB USBCTRL USBCTRL_REGS'], [/^PADS_BANK0$/, 'PADS_BANK0'], [/^TIMER$/, 'TIMER0']],
    notes: [{ needsBit: true, text: 'It stays in reset until software clears the bit; wait for the same bit of RESETS.RESET_DONE before the first access.' }],
    heading: 'subsystem resets',
  },
};
