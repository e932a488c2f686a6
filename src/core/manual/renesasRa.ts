import { hardwareOnly } from './effectWords.ts';
import type { IpBlock, ManualFamily } from './manualFamily.ts';

const readThenZero = { text: 'Cleared by reading it as 1 and then writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear' } as const;

const serials: readonly IpBlock[] = [
  {
    peripheral: /^SCI$/,
    effects: [
      { register: /^SSR(_\w+)?$/, fields: /^(ORER|FER|PER|ERS)$/, ...readThenZero },
      { register: /^SSR(_SMCI)?$/, fields: /^RDRF$/, text: 'Set while received data waits; cleared by reading RDR, or by reading it as 1 and then writing 0.', modifiedWriteValues: 'zeroToClear' },
      { register: /^SSR(_SMCI)?$/, fields: /^TDRE$/, text: 'Set while TDR takes data; cleared by writing TDR, or by reading it as 1 and then writing 0.', modifiedWriteValues: 'zeroToClear' },
      { register: /^SSR(_\w+)?$/, fields: /^TEND$/, text: 'Cleared by writing TDR.' },
      { register: /^(RDR|RDRHL|FRDR[HL]|FRDRHL)$/, text: 'Reading takes the received data.', readAction: 'modifyExternal' },
      { register: /^(TDR|TDRHL|FTDR[HL]|FTDRHL)$/, text: 'Writing hands over data to send.' },
    ],
  },
  { peripheral: /^SPI$/, effects: [{ register: /^SPSR$/, fields: /^(OVRF|MODF|PERF|UDRF)$/, ...readThenZero }, { register: /^SPSR$/, fields: /^IDLNF$/, ...hardwareOnly }, { register: /^SPDR(_HA|_BY)?$/, text: 'Reading takes the received frame; writing hands over one to send.', readAction: 'modifyExternal' }] },
  { peripheral: /^IIC$/, effects: [{ register: /^ICSR2$/, fields: /^(TMOF|AL|START|STOP|NACKF|RDRF|TEND)$/, text: 'Cleared by reading it as 1 and then writing 0 (RDRF: by reading ICDRR; TEND: by writing ICDRT too).', modifiedWriteValues: 'zeroToClear' }, { register: /^ICDRR$/, text: 'Reading takes the received byte and lets the bus go on.', readAction: 'modifyExternal' }] },
];

const timers: readonly IpBlock[] = [
  { peripheral: /^AGTW?$/, effects: [{ register: /^AGTCR$/, fields: /^(TEDGF|TUNDF|TCMAF|TCMBF)$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear' }] },
  { peripheral: /^GPT(32|16|32E|32EH)?\d*$/, effects: [{ register: /^GTST$/, fields: /^(TCF[A-F]|TCFPO|TCFPU)$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear' }], keys: [{ register: /^GTWP$/, fields: /^PRKEY$/, text: 'Write protection changes only with the key.', keys: [{ value: 0xA5n }], readsOtherwise: true }] },
];

const refreshed = { text: 'Restarts the watchdog, inside its window.', keys: [{ value: 0n }, { value: 0xFFn }], isSequence: true } as const;

const system: readonly IpBlock[] = [
  {
    peripheral: /^(SYSTEM|SYSC)$/,
    effects: [{ register: /^RSTSR[01]$/, fields: /RF$|^PORF$/, ...readThenZero }],
    keys: [{ register: /^PRCR$/, fields: /^PRKEY$/, text: 'The protection bits change only with the key: PRC0 opens the clock registers, PRC1 low power modes, PRC3 voltage monitors.', keys: [{ value: 0xA5n }], readsOtherwise: true }],
  },
  { peripheral: /^IWDT$/, keys: [{ register: /^IWDTRR$/, ...refreshed }] },
  { peripheral: /^WDT$/, keys: [{ register: /^WDTRR$/, ...refreshed }] },
  {
    peripheral: /^ICU$/,
    effects: [
      { register: /^IELSR\d+$/, fields: /^IR$/, text: 'Interrupt flag: the handler must clear it by writing 0, keeping IELS; a read back makes sure that it has arrived.', modifiedWriteValues: 'zeroToClear' },
      { register: /^NMICLR$/, text: 'Writing 1 clears the flag of NMISR; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    ],
  },
  { peripheral: /^PMISC$/, effects: [{ register: /^PWPR$/, fields: /^PFSWE$/, text: 'Opens the pin function registers (PFS); can be set only after B0WI was written as 0, in a write of its own.' }, { register: /^PWPR$/, fields: /^B0WI$/, text: '0 lets PFSWE be written: write 0x00, then 0x40 to open; 0x00, then 0x80 to close.' }] },
  { peripheral: /^DMAC$/, effects: [{ register: /^DMSTS$/, fields: /^(DTIF|ESIF)$/, text: 'Cleared by writing 0 (DTIF, ESIF) and when the channel is started again.', modifiedWriteValues: 'zeroToClear' }] },
];

/** Renesas' RA2, RA4 and RA6. */
export const renesasRa: ManualFamily = {
  parts: /^R7FA[246]/i,
  manuals: [{ name: 'RA4M1 Group User\'s Manual: Hardware (R01UH0887)', parts: /^R7FA4M1/i }],
  inferredFrom: 'the RA4M1\'s hardware manual', blocks: [...serials, ...timers, ...system],
  clocks: {
    controllers: [{ does: 'stop', peripheral: /^(MSTP|SYSTEM)$/, register: /^MSTPCR[A-E]$/, field: /^MSTP([A-E]\d+)$/ }],
    aliases: [
      ...Array.from({ length: 10 }, (_, channel) => [new RegExp(`^B${31 - channel}$`), `SCI${channel}`] as const),
      [/^B19$/, 'SPI0'], [/^B18$/, 'SPI1'], [/^B9$/, 'IIC0'], [/^B8$/, 'IIC1'], [/^B7$/, 'IIC2'], [/^B2$/, 'CAN0'], [/^B11$/, 'USBFS'], [/^A22$/, 'DMAC? DMA DTC'], [/^D16$/, 'ADC140 ADC120'],
    ],
    heading: 'module stop control registers (MSTPCRn)',
  },
};
