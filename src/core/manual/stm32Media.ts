import { hardwareOnly, oneClears, oneClearsFlag } from './effectWords.ts';
import type { EffectFact, IpBlock } from './manualFamily.ts';

const clearedIn = (register: RegExp, clear: string): EffectFact => ({ register, text: `Flags are set by hardware and cleared by writing 1 to the same bit of ${clear}.` });

/** Pictures, sound, touch, semaphores: blocks that differ little between families. */
export const stm32Media: readonly IpBlock[] = [
  { peripheral: /^LTDC$/, effects: [clearedIn(/^ISR2?$/, 'ICR'), { register: /^ICR2?$/, ...oneClearsFlag }, { register: /^SRCR$/, text: 'Writing 1 takes over the shadow registers; hardware clears the bit when it is done.', modifiedWriteValues: 'oneToSet' }] },
  {
    peripheral: /^DCMI$/,
    effects: [
      clearedIn(/^RIS(R)?$/, 'ICR'), { register: /^MIS(R)?$/, text: 'Reads the flags whose interrupt is enabled; cleared by writing 1 in ICR.' }, { register: /^ICR$/, ...oneClearsFlag },
      { register: /^DR$/, text: 'Reading takes a word from the FIFO.', readAction: 'modifyExternal' }, { register: /^SR$/, ...hardwareOnly },
    ],
  },
  { peripheral: /^PSSI$/, effects: [clearedIn(/^RIS$/, 'ICR'), { register: /^ICR$/, ...oneClearsFlag }, { register: /^DR$/, text: 'Reading takes data from the FIFO, writing puts data into it.', readAction: 'modifyExternal' }] },
  { peripheral: /^TSC$/, effects: [clearedIn(/^ISR$/, 'ICR'), { register: /^ICR$/, ...oneClearsFlag }, { register: /^IOG\dCR$/, ...hardwareOnly }] },
  { peripheral: /^HSEM$/, effects: [clearedIn(/^(C\d)?ISR$/, 'ICR'), { register: /^(C\d)?ICR$/, ...oneClearsFlag }, { register: /^RLR\d*$/, text: 'Reading takes the semaphore, in one step.', readAction: 'modifyExternal' }] },
  { peripheral: /^(HDMI_)?CEC$/, effects: [{ register: /^ISR$/, ...oneClears }, { register: /^RXDR$/, text: 'Reading takes the received byte.', readAction: 'modifyExternal' }] },
  { peripheral: /^SPDIFRX$/, effects: [{ register: /^IFCR$/, ...oneClearsFlag }, { register: /^SR$/, fields: /^(PERR|OVR|SBD|SYNCD)$/, text: 'Set by hardware, cleared by writing 1 in IFCR.' }, { register: /^(FMT\d_)?DR(_\d+)?$/, text: 'Reading takes the received word.', readAction: 'modifyExternal' }] },
  { peripheral: /^JPEG$/, effects: [{ register: /^CFR$/, ...oneClearsFlag }, { register: /^DIR$/, text: 'Writing puts a word into the input FIFO.' }, { register: /^DOR$/, text: 'Reading takes a word from the output FIFO.', readAction: 'modifyExternal' }] },
  { peripheral: /^PKA$/, effects: [{ register: /^CR$/, fields: /^START$/, text: 'Writing 1 starts the operation; always reads as 0.', modifiedWriteValues: 'oneToSet', readsAsZero: true }, clearedIn(/^SR$/, 'CLRFR'), { register: /^CLRFR$/, ...oneClearsFlag }] },
  { peripheral: /^OTFDEC$/, effects: [clearedIn(/^ISR$/, 'ICR'), { register: /^ICR$/, ...oneClearsFlag }] },
  { peripheral: /^DTS$/, effects: [{ register: /^ICIFR$/, ...oneClearsFlag }] },
  { peripheral: /^LCD$/, effects: [{ register: /^CLR$/, ...oneClearsFlag }] },
  { peripheral: /^RAMCFG$/, effects: [{ register: /^\w*ICR$/, ...oneClearsFlag }], keys: [{ register: /^\w*ERKEYR$/, text: 'Unlocks the bit that erases the memory; any other value locks it.', takesOthers: true, keys: [{ value: 0xCAn }, { value: 0x53n }], isSequence: true }] },
  { peripheral: /^I?CACHE\d?$|^DCACHE\d?$/, effects: [{ register: /^FCR$/, ...oneClearsFlag }, { register: /^SR$/, ...hardwareOnly }] },
];
