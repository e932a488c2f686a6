import { hardwareOnly, oneClearsFlag } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';

const kind = /^(FMP)?I2C$/;
const statusHeading = 'I2C status register 1 (I2C_SR1)';

/** I2C with SR1, SR2 and DR: F1, F2, F4, L1. */
const withStatusRegisters: IpBlock = {
  peripheral: kind, has: /^SR1$/,
  effects: [
    { register: /^SR1$/, fields: /^(SMBALERT|TIMEOUT|PECERR|OVR|AF|ARLO|BERR)$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear', heading: statusHeading },
    { register: /^SR1$/, fields: /^ADDR$/, text: 'Cleared by reading SR1 and then reading SR2.', heading: statusHeading },
    { register: /^SR1$/, fields: /^STOPF$/, text: 'Cleared by reading SR1 and then writing CR1.', heading: statusHeading },
    { register: /^SR1$/, fields: /^(SB|ADD10)$/, text: 'Cleared by reading SR1 and then writing DR.', heading: statusHeading },
    { register: /^SR1$/, fields: /^BTF$/, text: 'Cleared by reading SR1 and then reading DR, or writing it, or by a start or stop on the bus.', heading: statusHeading },
    { register: /^SR1$/, fields: /^RXNE$/, text: 'Cleared by reading or writing DR; writing the bit has no effect.', heading: statusHeading },
    { register: /^SR1$/, fields: /^TXE$/, text: 'Cleared by writing DR; writing the bit has no effect.', heading: statusHeading },
    { register: /^SR2$/, text: 'Reading it after SR1 clears SR1.ADDR: read it only when ADDR is set or STOPF is clear.', readAction: 'modifyExternal', heading: 'I2C status register 2 (I2C_SR2)' },
    { register: /^DR$/, text: 'Reading takes the received byte and clears SR1.RXNE; writing hands over a byte to send and clears SR1.TXE.', readAction: 'modifyExternal', heading: 'I2C data register (I2C_DR)' },
    { register: /^CR1$/, fields: /^(START|STOP|PEC)$/, text: 'Set by software; hardware clears it when it is done. While one of START, STOP and PEC is set, CR1 must not be written.', heading: 'I2C control register 1 (I2C_CR1)' },
  ],
  reservedBits: [{ register: /^OAR1$/, mask: 0x4000n, text: 'always write 1.', write: 'one', heading: 'I2C own address register 1 (I2C_OAR1)' }],
};

/** I2C with ISR and ICR: all later families. */
const withFlagClear: IpBlock = {
  peripheral: kind, has: /^ICR$/, lacks: /^SR1$/,
  effects: [
    { register: /^ISR$/, fields: /^(ADDR|NACKF|STOPF|BERR|ARLO|OVR|PECERR|TIMEOUT|ALERT)$/, text: 'Set by hardware, cleared by writing 1 to the bit of the same name in ICR; writing it here has no effect.' },
    { register: /^ISR$/, fields: /^RXNE$/, text: 'Cleared by reading RXDR; writing it here has no effect.' },
    { register: /^ISR$/, fields: /^TXIS$/, text: 'Cleared by writing TXDR. Writing 1 sets it, with NOSTRETCH only; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^ISR$/, fields: /^TXE$/, text: 'Cleared by writing TXDR. Writing 1 sets it, which drops what waits in TXDR; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^ISR$/, fields: /^TC$/, text: 'Cleared when START or STOP of CR2 is set; writing it here has no effect.' },
    { register: /^ISR$/, fields: /^TCR$/, text: 'Cleared when NBYTES of CR2 is written with a value other than 0; writing it here has no effect.' },
    { register: /^ISR$/, fields: /^(BUSY|DIR|ADDCODE)$/, ...hardwareOnly },
    { register: /^ICR$/, ...oneClearsFlag },
    { register: /^CR2$/, fields: /^(START|STOP|NACK|PECBYTE)$/, text: 'Set by software; hardware clears it when it is done. Writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
    { register: /^PECR$/, ...hardwareOnly },
    { register: /^RXDR$/, text: 'Reading takes the received byte and clears ISR.RXNE.', readAction: 'modifyExternal' },
    { register: /^TXDR$/, text: 'Writing hands over a byte to send and clears ISR.TXIS and ISR.TXE.' },
  ],
};

/** I3C: U5 with it, H5, N6, H7R and H7S. */
const improved: IpBlock = {
  peripheral: /^I3C$/,
  effects: [
    { register: /^EVR$/, text: 'Event flags are set by hardware and cleared by writing 1 to the bit of the same name in CEVR, or by serving the FIFO.' },
    { register: /^CEVR$/, ...oneClearsFlag },
    { register: /^RDW?R$/, text: 'Reading takes data from the receive FIFO.', readAction: 'modifyExternal' },
    { register: /^TDW?R$/, text: 'Writing puts data into the transmit FIFO.' },
    { register: /^SR$/, text: 'Reading takes a word from the status FIFO where that is on.', readAction: 'modifyExternal' },
  ],
};

/** Versions of the I2C. */
export const stm32I2c: readonly IpBlock[] = [withStatusRegisters, withFlagClear, improved];
