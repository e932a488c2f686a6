import { oneClears, oneTriggers } from './effectWords.ts';
import type { IpBlock, ManualFamily } from './manualFamily.ts';

const sets = { text: 'Writing 1 sets the bit of the register it is named after; writing 0 has no effect.', modifiedWriteValues: 'oneToSet', readsAsZero: true } as const;
const clears = { text: 'Writing 1 clears the bit of the register it is named after; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true } as const;

const serial: IpBlock = {
  peripheral: /^USIC\d?_CH\d?$/,
  effects: [
    { register: /^PSR(_\w+MODE)?$/, text: 'Flags set by hardware, cleared by writing 1 to the same bit of PSCR; which flag each is depends on the protocol.' },
    { register: /^PSCR$/, text: 'Writing 1 clears the flag of PSR; writing 0 has no effect. Reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^RBUF$/, text: 'Reading takes the received word and clears its valid bit (RBUFD looks without taking).', readAction: 'modifyExternal' },
    { register: /^OUTR$/, text: 'Reading takes the oldest word out of the receive FIFO (OUTDR looks without taking).', readAction: 'modifyExternal' },
    { register: /^TBUF\d*$/, text: 'Writing hands over a word to send; which of the places is written tells control information.' },
    { register: /^IN\d*$/, text: 'Writing appends a word to the transmit FIFO; which of the places is written tells control information.' },
    { register: /^TRBSR$/, text: 'Event flags are cleared by writing 1 to the same name with C before it in TRBSCR; levels follow the FIFOs.' },
    { register: /^TRBSCR$/, text: 'Writing 1 clears the flag of TRBSR (FLUSHRB and FLUSHTB: empties the FIFO); writing 0 has no effect. Reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^FMR$/, text: 'Each bit changes a flag at once; reads as 0.', readsAsZero: true },
  ],
};

const timers: IpBlock = {
  peripheral: /^CCU[48]\d?(_CC[48]\d?)?$/,
  effects: [
    { register: /^SWR$/, text: 'Writing 1 clears the event flag in INTS; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^SWS$/, text: 'Writing 1 sets the event flag in INTS; writing 0 has no effect.', modifiedWriteValues: 'oneToSet', readsAsZero: true },
    { register: /^C[0-3]V$|^ECRD[01]$/, text: 'Reading takes the capture value and clears its full flag.', readAction: 'modifyExternal' },
    { register: /^INTS$/, text: 'Event flags set by hardware; cleared by writing 1 in SWR.' },
    { register: /^(TCSET|GCSS|GIDLS)$/, ...sets, text: 'Writing 1 sets what the bit is named after; writing 0 has no effect.' },
    { register: /^(TCCLR|GCSC|GIDLC)$/, ...clears, text: 'Writing 1 clears what the bit is named after; writing 0 has no effect.' },
  ],
};

const converters: IpBlock = {
  peripheral: /^VADC(_G\d?)?$/,
  effects: [
    { register: /^(CEFCLR|REFCLR|SEFCLR)$/, text: 'Writing 1 clears the event flag of the register without CLR; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^(CEFLAG|REFLAG|SEFLAG|GLOBEFLAG)$/, text: 'Event flags, set by hardware; cleared by writing 1 in the CLR register beside it. Writing 1 here sets the flag and triggers its event.' },
    { register: /^RES\d*$|^GLOBRES$/, text: 'Reading takes the result and clears its valid flag VF (RESD and GLOBRESD look without clearing).', readAction: 'modifyExternal' },
  ],
};

const system: readonly IpBlock[] = [
  { peripheral: /^SCU_INTERRUPT$/, effects: [{ register: /^SRCLR$/, text: 'Writing 1 clears the request in SRRAW; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true }, { register: /^SRSET$/, text: 'Writing 1 sets the request in SRRAW; writing 0 has no effect.', modifiedWriteValues: 'oneToSet', readsAsZero: true }] },
  { peripheral: /^SCU_RESET$/, effects: [{ register: /^(PRSET\d|RSTSET)$/, text: 'Writing 1 puts the module into reset; writing 0 has no effect.', modifiedWriteValues: 'oneToSet', readsAsZero: true }, { register: /^(PRCLR\d|RSTCLR)$/, text: 'Writing 1 takes the module out of reset; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true }] },
  { peripheral: /^SCU_CLK$/, effects: [{ register: /^(CLKSET|CGATSET\d)$/, ...sets, text: 'Writing 1 sets the clock bit (CLKSET: on, CGATSET: gated off); writing 0 has no effect.' }, { register: /^(CLKCLR|CGATCLR\d)$/, ...clears, text: 'Writing 1 clears the clock bit (CLKCLR: off, CGATCLR: gate open); writing 0 has no effect.' }] },
  { peripheral: /^SCU_GENERAL$/, has: /^PASSWD$/, keys: [{ register: /^PASSWD$/, text: 'Opens and closes the bits that the protection scheme covers (clock gating and the like).', keys: [{ value: 0xC0n, meaning: 'opens' }, { value: 0xC3n, meaning: 'closes' }] }] },
  {
    peripheral: /^WDT$/,
    effects: [{ register: /^WDTCLR$/, text: 'Writing 1 clears the pre-warning in WDTSTS; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true }],
    keys: [{ register: /^SRV$/, text: 'Services the watchdog; another value, or the right one outside the window, resets the chip.', keys: [{ value: 0xABADCAFEn, meaning: 'services' }] }],
  },
  { peripheral: /^RTC$/, effects: [{ register: /^CLRSR$/, text: 'Writing 1 clears the flag in RAWSTAT and STSSR; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true }] },
  { peripheral: /^PORT\d*$/, effects: [{ register: /^OMR$/, text: 'Writing 1 to PSx sets the output bit, to PRx clears it, to both toggles it; 0 leaves it. Write-only, so never read-modify-write.', readsAsZero: true }] },
  { peripheral: /^GPDMA\d?$/, effects: [{ register: /^CLEAR\w+$/, text: 'Writing 1 clears the channel\'s interrupt; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true }] },
  { peripheral: /^ERU\d?$/, effects: [{ register: /^EXICON\d?$/, fields: /^FL$/, text: 'Event flag, set by hardware; software may set and clear it.' }] },
  { peripheral: /^USB\d?$/, effects: [{ register: /^GOTGINT$/, ...oneClears }, { register: /^GRXSTSP(_\w+MODE)?$/, text: 'Reading takes the oldest entry out of the receive status FIFO (GRXSTSR looks without taking).', readAction: 'modifyExternal' }] },
  { peripheral: /^(POSIF|HRPWM)\d?$/, effects: [{ register: /^(SPFLG|EVFS)$/, ...sets, text: 'Writing 1 sets the flag; writing 0 has no effect.' }, { register: /^(RPFLG|SWRS|EVFC)$/, ...clears, text: 'Writing 1 clears the flag; writing 0 has no effect.' }, { register: /^PRUNS$/, ...oneTriggers }] },
];

/** Infineon's XMC1000 and XMC4000. */
export const xmc: ManualFamily = {
  parts: /^XMC[14]\d{3}/i,
  manuals: [{ name: 'XMC4700/XMC4800 Reference Manual', parts: /^XMC4[78]00/i }],
  inferredFrom: 'the XMC4800\'s reference manual', blocks: [serial, timers, converters, ...system],
  clocks: {
    controllers: [
      { does: 'enable', peripheral: /^SCU_CLK$/, register: /^CGATCLR\d$/, field: /^(\w+)$/ },
      { does: 'reset', peripheral: /^SCU_RESET$/, register: /^PRCLR\d$/, field: /^(\w+)RS$/ },
    ],
    aliases: [[/^(CCU[48]\d)$/, '$1 $1_CC4? $1_CC8?'], [/^(USIC\d)$/, '$1 $1_CH?'], [/^VADC$/, 'VADC VADC_G?'], [/^DMA(\d)$/, 'GPDMA$1 GPDMA$1_CH?'], [/^MCAN0$/, 'CAN CAN_NODE? CAN_MO'], [/^USB$/, 'USB0 USB0_EP?'], [/^DSD$/, 'DSD DSD_CH?'], [/^PPORTS$/, 'PORT? PORT??'], [/^LEDTSCU0$/, 'LEDTS0'], [/^MMCI$/, 'SDMMC'], [/^ETH0$/, 'ETH0 ETH0_CON']],
    note: 'Writing 1 opens the gate (CGATCLR) and ends the reset (PRCLR), in that order.', heading: 'SCU — clock gating and peripheral reset',
  },
};
