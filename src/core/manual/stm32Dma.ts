import { hardwareOnly, oneClearsFlag, oneTriggers } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';

/** DMA with streams and a FIFO: F2, F4, F7, H7. */
const streams: IpBlock = {
  peripheral: /^DMA$/, has: /^LIFCR$/,
  effects: [
    { register: /^[LH]ISR$/, text: 'Flags are set by hardware and cleared by writing 1 to the same bit of LIFCR or HIFCR.', heading: 'DMA interrupt status register' },
    { register: /^[LH]IFCR$/, ...oneClearsFlag, heading: 'DMA interrupt flag clear register' },
    { register: /^(S\d|ST\d_|)CR$|^S\dCR0?$/, fields: /^EN$/, text: 'Hardware clears it at the end of a transfer and on an error; after clearing it wait until it reads 0. The stream\'s flags must be cleared before it is set again.', heading: 'DMA stream x configuration register (DMA_SxCR)' },
    { register: /^S\dCR0?$/, text: 'Most bits can only be written while EN is 0.', heading: 'DMA stream x configuration register (DMA_SxCR)' },
    { register: /^S\dNDTR$/, text: 'Can only be written while the stream is off; reads what is left to transfer.', heading: 'DMA stream x number of data register (DMA_SxNDTR)' },
    { register: /^S\dFCR$/, fields: /^FS$/, ...hardwareOnly, heading: 'DMA stream x FIFO control register (DMA_SxFCR)' },
  ],
};

/** DMA with channels: F0, F1, F3, G0, G4, L0, L1, L4, L5, WB, WL, C0, U0, and the BDMA of H7. */
const channels: IpBlock = {
  peripheral: /^B?DMA$/, has: /^IFCR$/,
  effects: [
    { register: /^ISR$/, text: 'Flags are set by hardware and cleared by writing 1 to the same bit of IFCR.', heading: 'DMA interrupt status register (DMA_ISR)' },
    { register: /^IFCR$/, ...oneClearsFlag, heading: 'DMA interrupt flag clear register (DMA_IFCR)' },
    { register: /^IFCR$/, fields: /^CGIF\d$/, text: 'Clears all four flags of the channel at once.', heading: 'DMA interrupt flag clear register (DMA_IFCR)' },
    { register: /^(CNDTR|NDTR)\d$|^C\dNDTR$/, text: 'Can only be written while the channel is off; reads what is left to transfer.' },
  ],
};

/** Master DMA of H7. */
const master: IpBlock = {
  peripheral: /^MDMA$/,
  effects: [
    { register: /^GISR\d?$/, ...hardwareOnly },
    { register: /^(MDMA_)?C\d+ISR$/, text: 'Flags are set by hardware and cleared by writing 1 to the channel\'s IFCR.' },
    { register: /^(MDMA_)?C\d+IFCR$/, ...oneClearsFlag },
    { register: /^(MDMA_)?C\d+CR$/, fields: /^SWRQ$/, text: 'Writing 1 requests a transfer by software; reads as 0.', modifiedWriteValues: 'oneToSet' },
    { register: /^(MDMA_)?C\d+ESR$/, ...hardwareOnly },
  ],
};

/** General purpose, low-power and high-performance DMA: H5, U5, WBA, N6, H7R and H7S. */
const generalPurpose: IpBlock = {
  peripheral: /^(GP|LP|HP)DMA$/,
  effects: [
    { register: /^S?MISR$/, text: 'Reads the interrupts that are enabled and pending; cleared by writing 1 to the channel\'s FCR.', heading: 'masked interrupt status register' },
    { register: /^C\d+SR$/, text: 'Flags are set by hardware and cleared by writing 1 to the same bit of the channel\'s FCR.' },
    { register: /^C\d+FCR$/, ...oneClearsFlag },
    { register: /^C\d+CR$/, fields: /^RESET$/, text: 'Writing 1 resets the channel, when it is suspended or off; reads as 0.', modifiedWriteValues: 'oneToSet' },
    { register: /^C\d+CR$/, fields: /^EN$/, text: 'Software can only set it; hardware clears it at the end, on an error, or after a reset of the channel.', modifiedWriteValues: 'oneToSet' },
    { register: /^RCFGLOCKR$/, text: 'Software can only set a bit; it stays until the next reset.', modifiedWriteValues: 'oneToSet' },
  ],
};

/** Request routing. */
const requestMultiplexer: IpBlock = {
  peripheral: /^DMAMUX$/,
  effects: [
    { register: /^CSR$/, text: 'Overrun flags are set by hardware and cleared by writing 1 to the same bit of CFR.' },
    { register: /^CFR$|^CCFR$/, ...oneClearsFlag },
    { register: /^RGSR$/, text: 'Overrun flags are set by hardware and cleared by writing 1 to the same bit of RGCFR.' },
    { register: /^RGCFR$/, ...oneClearsFlag },
  ],
};

/** Graphics DMA. */
const graphics: IpBlock = {
  peripheral: /^DMA2D$/,
  effects: [
    { register: /^ISR$/, text: 'Flags are set by hardware and cleared by writing 1 to the same bit of IFCR.' },
    { register: /^IFCR$/, ...oneClearsFlag },
    { register: /^CR$/, fields: /^(START|ABORT)$/, ...oneTriggers },
  ],
};

/** Versions of the DMA. */
export const stm32Dma: readonly IpBlock[] = [streams, channels, master, generalPurpose, requestMultiplexer, graphics];
