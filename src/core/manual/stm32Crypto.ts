import { hardwareOnly, oneClearsFlag, oneStarts } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';

/** Random numbers: all families; HTCR and the configuration lock in the newer version. */
const randomNumbers: IpBlock = {
  peripheral: /^(RNG|HASH_RNG)$/,
  effects: [
    { register: /^SR$/, fields: /^(SEIS|CEIS)$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear', heading: 'RNG status register (RNG_SR)' },
    { register: /^SR$/, fields: /^(SECS|CECS|BUSY)$/, ...hardwareOnly, heading: 'RNG status register (RNG_SR)' },
    { register: /^SR$/, fields: /^DRDY$/, text: 'Goes when DR (all of its words) has been read; writing has no effect.', heading: 'RNG status register (RNG_SR)' },
    { register: /^DR$/, text: 'Reading takes the random number; read it only while SR.DRDY is 1.', readAction: 'modifyExternal', heading: 'RNG data register (RNG_DR)' },
    { register: /^CR$/, fields: /^CONFIGLOCK$/, text: 'Can be set once; it freezes the configuration until the next reset.', modifiedWriteValues: 'oneToSet' },
  ],
  keys: [{ register: /^HTCR\d?$/, text: 'Takes a new value only after this key, written to it.', takesOthers: true, keys: [{ value: 0x17590ABCn }] }],
};

/** Checksums: all families. */
const checksum: IpBlock = {
  peripheral: /^CRC$/,
  effects: [
    { register: /^(DR|DR8|DR16)$/, text: 'Writing feeds data to the calculation; reading gives the result, not what was written.', heading: 'CRC data register (CRC_DR)' },
    { register: /^CR$/, fields: /^RESET$/, text: 'Writing 1 sets DR to its start value; hardware clears the bit.', modifiedWriteValues: 'oneToSet', heading: 'CRC control register (CRC_CR)' },
  ],
};

/** Digests. */
const digest: IpBlock = {
  peripheral: /^HASH$/,
  effects: [
    { register: /^SR$/, fields: /^(DINIS|DCIS)$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear', heading: 'HASH status register (HASH_SR)' },
    { register: /^SR$/, fields: /^(DMAS|BUSY|NBWP|NBWE|DINNE)$/, ...hardwareOnly, heading: 'HASH status register (HASH_SR)' },
    { register: /^DIN$/, text: 'Writing puts a word into the input; a write while the block is full starts its processing.', heading: 'HASH data input register (HASH_DIN)' },
    { register: /^CR$/, fields: /^INIT$/, text: 'Writing 1 resets the processor for a new message; reads as 0.', modifiedWriteValues: 'oneToSet', heading: 'HASH control register (HASH_CR)' },
    { register: /^STR$/, fields: /^DCAL$/, text: 'Writing 1 starts the last step of the digest; reads as 0.', modifiedWriteValues: 'oneToSet', heading: 'HASH start register (HASH_STR)' },
  ],
};

/** Ciphers: CRYP with FIFOs, AES and SAES. */
const ciphers: readonly IpBlock[] = [
  {
    peripheral: /^CRYP$/,
    effects: [
      { register: /^(SR|RISR|MISR)$/, ...hardwareOnly },
      { register: /^(DIN|DINR)$/, text: 'Writing puts a word into the input FIFO.' },
      { register: /^(DOUT|DOUTR)$/, text: 'Reading takes a word from the output FIFO.', readAction: 'modifyExternal' },
      { register: /^CR$/, fields: /^FFLUSH$/, text: 'Writing 1 empties the FIFOs, while CRYPEN is 0; reads as 0.', modifiedWriteValues: 'oneToSet' },
    ],
  },
  {
    peripheral: /^S?AES\d?$/,
    effects: [
      { register: /^SR$/, fields: /^(CCF|RDERR|WRERR|RDERRF|WRERRF)$/, text: 'Set by hardware; cleared by writing 1 to CCFC or ERRC of CR, or in ICR where there is one.' },
      { register: /^SR$/, fields: /^(BUSY|KEYVALID)$/, ...hardwareOnly },
      { register: /^ISR$/, text: 'Flags are set by hardware and cleared by writing 1 in ICR.' },
      { register: /^ICR$/, ...oneClearsFlag },
      { register: /^CR$/, fields: /^(CCFC|ERRC)$/, text: 'Writing 1 clears the flag of SR; reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
      { register: /^KEYR\d$/, text: 'Write the key only while CR.EN is 0.' },
      { register: /^DINR$/, text: 'Writing hands over the next word of the block.' },
      { register: /^DOUTR$/, text: 'Reading takes the next word of the block.', readAction: 'modifyExternal' },
    ],
  },
];

/** Arithmetic: CORDIC and FMAC. */
const arithmetic: readonly IpBlock[] = [
  {
    peripheral: /^CORDIC$/,
    effects: [
      { register: /^CSR$/, fields: /^RRDY$/, text: 'Goes when RDATA (as often as NRES says) is read.' },
      { register: /^WDATA$/, text: 'Writing the last argument starts the calculation.' },
      { register: /^RDATA$/, text: 'Reading takes the result and clears CSR.RRDY; it waits for a calculation that runs.', readAction: 'modifyExternal' },
    ],
  },
  {
    peripheral: /^FMAC$/,
    effects: [
      { register: /^WDATA$/, text: 'Writing puts a value into the buffer.' },
      { register: /^RDATA$/, text: 'Reading takes a value from the buffer.', readAction: 'modifyExternal' },
      { register: /^SR$/, ...hardwareOnly },
      { register: /^CR$/, fields: /^RESET$/, ...oneStarts },
    ],
  },
];

/** Random numbers, checksums, digests, ciphers, arithmetic. */
export const stm32Crypto: readonly IpBlock[] = [randomNumbers, checksum, digest, ...ciphers, ...arithmetic];
