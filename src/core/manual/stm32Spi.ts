import { hardwareOnly, oneClearsFlag } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';

const kind = /^(SPI|I2SEXT|I2S\dEXT)$/;
const statusHeading = 'SPI status register (SPI_SR)';

/** SPI and I2S with DR: F0 to F4, F7, G0, G4, L0 to L5, WB, WL, C0, U0. */
const withDataRegister: IpBlock = {
  peripheral: kind, has: /^DR$/, lacks: /^IFCR$/,
  effects: [
    { register: /^SR$/, fields: /^OVR$/, text: 'Cleared by reading DR and then reading SR.', heading: statusHeading },
    { register: /^SR$/, fields: /^MODF$/, text: 'Cleared by reading SR and then writing CR1.', heading: statusHeading },
    { register: /^SR$/, fields: /^CRCERR$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear', heading: statusHeading },
    { register: /^SR$/, fields: /^(UDR|FRE|TIFRFE|FRE_RX)$/, text: 'Cleared by reading SR.', readAction: 'clear', heading: statusHeading },
    { register: /^SR$/, fields: /^RXNE$/, text: 'Cleared by reading DR; writing the bit has no effect.', heading: statusHeading },
    { register: /^SR$/, fields: /^TXE$/, text: 'Cleared by writing DR; writing the bit has no effect.', heading: statusHeading },
    { register: /^SR$/, fields: /^(BSY|CHSIDE|FRLVL|FTLVL)$/, ...hardwareOnly, heading: statusHeading },
    { register: /^DR$/, text: 'Reading takes received data and clears SR.RXNE; writing hands over data to send and clears SR.TXE. Where data is packed, the width of the access counts.', readAction: 'modifyExternal', heading: 'SPI data register (SPI_DR)' },
  ],
};

/** SPI and I2S with IFCR, TXDR and RXDR: H5, H7, U5, WBA, N6. */
const withFlagClear: IpBlock = {
  peripheral: kind, has: /^IFCR$/,
  effects: [
    { register: /^SR$/, fields: /^(EOT|TXTF|UDR|OVR|CRCE|TIFRE|MODF|SUSP|TSERF)$/, text: 'Set by hardware, cleared by writing 1 to the bit of the same name in IFCR; writing it here has no effect.' },
    { register: /^SR$/, fields: /^(RXP|RXPLVL|RXWNE)$/, text: 'Follows what waits in the receive FIFO: goes when RXDR is read.' },
    { register: /^SR$/, fields: /^(TXP|TXC|DXP|CTSIZE)$/, ...hardwareOnly },
    { register: /^IFCR$/, ...oneClearsFlag },
    { register: /^CR1$/, fields: /^CSTART$/, text: 'Software can only set it, to start the transfer; hardware clears it at its end or when the transfer is suspended.', modifiedWriteValues: 'oneToSet' },
    { register: /^CR1$/, fields: /^CSUSP$/, text: 'Writing 1 asks the master to suspend the transfer; reads as 0.', modifiedWriteValues: 'oneToSet' },
    { register: /^TXDR$/, text: 'Writing puts data into the transmit FIFO; the width of the access counts.' },
    { register: /^RXDR$/, text: 'Reading takes data from the receive FIFO; the width of the access counts.', readAction: 'modifyExternal' },
  ],
};

/** Serial audio: the same in every family that has it. */
const serialAudio: IpBlock = {
  peripheral: /^SAI$/,
  effects: [
    { register: /^([AB]SR|SR[AB]?)$/, fields: /^(OVRUDR|MUTEDET|WCKCFG|CNRDY|AFSDET|LFSDET)$/, text: 'Set by hardware, cleared by writing 1 to the bit of the same name in CLRFR; writing it here has no effect.' },
    { register: /^([AB]SR|SR[AB]?)$/, fields: /^(FREQ|FLVL|FLTH|FLTHR)$/, ...hardwareOnly },
    { register: /^([AB]CLRFR|CLRFR[AB]?)$/, ...oneClearsFlag },
    { register: /^([AB]DR|DR[AB]?)$/, text: 'Reading takes data from the FIFO, writing puts data into it.', readAction: 'modifyExternal' },
    { register: /^([AB]CR2|CR2[AB]?)$/, fields: /^FFLUSH(US)?$/, text: 'Writing 1 empties the FIFO; reads as 0.', modifiedWriteValues: 'oneToSet' },
  ],
};

/** SPI, I2S and SAI. */
export const stm32Spi: readonly IpBlock[] = [withDataRegister, withFlagClear, serialAudio];
