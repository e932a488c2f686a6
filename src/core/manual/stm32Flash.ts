import { hardwareOnly, oneClears, oneClearsFlag } from './effectWords.ts';
import type { EffectFact, IpBlock, KeyFact } from './manualFamily.ts';

const flash = /^FLASH$/;
const mainKeys = [{ value: 0x45670123n }, { value: 0xCDEF89ABn }] as const;
const optionKeys = [{ value: 0x08192A3Bn }, { value: 0x4C5D6E7Fn }] as const;
const powerDownKeys = [{ value: 0x04152637n }, { value: 0xFAFBFCFDn }] as const;
const untilReset = 'a wrong value or order locks it until the next reset.';

const unlock: KeyFact = { register: /^KEYR[12]?$/, text: `Unlocks the control register; ${untilReset}`, keys: mainKeys, isSequence: true, heading: 'FLASH key register' };
const optionUnlock: KeyFact = { register: /^OPTKEYR$/, text: `Unlocks the option bytes; ${untilReset}`, keys: optionKeys, isSequence: true, heading: 'FLASH option key register' };
const powerDown: KeyFact = { register: /^PDKEYR$/, text: 'Unlocks the bit that powers the flash down in run mode.', keys: powerDownKeys, isSequence: true };

const lockBits: EffectFact = { register: /^(NS|SEC)?(CR[12]?|OPTCR|PECR)$/, fields: /^(LOCK\d?|OPTLOCK|OPT_?LOCK|PELOCK|PRGLOCK)$/, text: 'Software can only set it, which locks the register; the keys clear it.', modifiedWriteValues: 'oneToSet' };
const busy: EffectFact = { register: /^(NS|SEC)?SR[12]?$/, fields: /^(BSY\d?|BUSY|WBNE|DBNE|QW\d?|CFGBSY|CRC_BUSY\d?|WDW|WBNE\d|PESD|HVOFF|ENDHV|READY|OEMLOCK|OEM\dLOCK|PEMPTY|PD\d)$/, ...hardwareOnly };

/** F0, F1 and F3: half-words, page erase by address. */
export const flashByHalfWord: IpBlock = {
  peripheral: flash,
  effects: [
    { register: /^SR2?$/, fields: /^(EOP|WRPRTERR|WRPERR|WRPRT|PGERR)$/, ...oneClears, heading: 'Flash status register (FLASH_SR)' },
    busy, lockBits,
    { register: /^CR2?$/, fields: /^OPTWRE$/, text: 'Set by the keys in OPTKEYR; software can only clear it.', heading: 'Flash control register (FLASH_CR)' },
    { register: /^CR2?$/, fields: /^STRT$/, text: 'Writing 1 starts an erase; hardware clears it when BSY goes.', modifiedWriteValues: 'oneToSet', heading: 'Flash control register (FLASH_CR)' },
  ],
  keys: [unlock, { ...optionUnlock, keys: mainKeys }],
};

/** F2, F4 and F7: sectors, parallelism. */
export const flashBySector: IpBlock = {
  peripheral: flash,
  effects: [
    { register: /^SR$/, fields: /^(EOP|OPERR|WRPERR|PGAERR|PGPERR|PGSERR|ERSERR|RDERR)$/, ...oneClears, heading: 'Flash status register (FLASH_SR)' },
    busy, lockBits,
    { register: /^CR$/, fields: /^STRT$/, text: 'Writing 1 starts an erase; hardware clears it when BSY goes.', modifiedWriteValues: 'oneToSet', heading: 'Flash control register (FLASH_CR)' },
    { register: /^OPTCR$/, fields: /^OPTSTRT$/, text: 'Writing 1 programs the option bytes; hardware clears it when BSY goes.', modifiedWriteValues: 'oneToSet', heading: 'Flash option control register (FLASH_OPTCR)' },
  ],
  keys: [unlock, optionUnlock],
};

/** L4, G0, G4, WB, WL, C0, U0: double words, pages. */
export const flashByDoubleWord: IpBlock = {
  peripheral: flash, lacks: /^(NSKEYR|PEKEYR)$/,
  effects: [
    { register: /^C?2?SR$/, fields: /^(EOP|OPERR|PROGERR|PROGR|WRPERR|WRPER|PGAERR|SIZERR|SIZER|PGSERR|PGSER|MISSERR|MISERR|MISER|FASTERR|FASTER|RDERR|OPTVERR|OPTVER)$/, ...oneClears },
    busy, lockBits,
    { register: /^ECC2?R\d?$/, fields: /^ECC[CD]2?$/, ...oneClears },
    { register: /^(C2)?CR$/, fields: /^(STRT|START|OPTSTRT)$/, text: 'Writing 1 starts it; hardware clears it when BSY goes.', modifiedWriteValues: 'oneToSet' },
    { register: /^CR$/, fields: /^OBL_?LAUNCH$/, text: 'Writing 1 loads the option bytes anew, which resets the chip.', modifiedWriteValues: 'oneToSet' },
  ],
  keys: [unlock, optionUnlock, powerDown],
};

/** L5, U5, WBA: as the double-word one, in a secure and a non-secure view. */
export const flashInTwoViews: IpBlock = {
  peripheral: flash, has: /^(NSKEYR|SECKEYR|NSSR)$/, lacks: /^NSCCR$/,
  effects: [
    { register: /^(NS|SEC)SR$/, fields: /^(NS|SEC)?(EOP|OPERR|PROGERR|WRPERR|PGAERR|SIZERR|PGSERR|RDERR|OPTWERR)$/, ...oneClears },
    busy, lockBits,
    { register: /^ECCR$/, fields: /^ECC[CD]2?$/, ...oneClears },
    { register: /^OPSR$/, ...hardwareOnly },
    { register: /^(NS|SEC)CR1?$/, fields: /^(NS|SEC)?(STRT|OPTSTRT)$/, text: 'Writing 1 starts it; hardware clears it when BSY goes.', modifiedWriteValues: 'oneToSet' },
  ],
  keys: [
    { ...unlock, register: /^(NS|SEC)KEYR$/ }, optionUnlock, { ...powerDown, register: /^PDKEY1?R$/ },
    { ...powerDown, register: /^PDKEY2R$/, keys: [{ value: 0x40516273n }, { value: 0xAFBFCFDFn }] },
  ],
};

/** H7 and H5: flags are cleared in a register of their own. */
export const flashWithClearRegister: IpBlock = {
  peripheral: flash,
  effects: [
    busy, lockBits,
    { register: /^(NS|SEC)?SR[12]?$/, text: 'Flags are set by hardware and cleared by writing 1 in the clear register (CCR); writing here has no effect.' },
    { register: /^(NS|SEC)?CCR[12]?$/, ...oneClearsFlag },
    { register: /^ECC(CORR|DET|DETR|CORRR|DR)$/, fields: /^ECC[CD]$/, ...oneClears },
    { register: /^OPTCCR_?$/, text: 'Writing 1 clears the error flag of the option bytes.', modifiedWriteValues: 'oneToClear' },
    { register: /^OPSR$/, ...hardwareOnly },
    { register: /^(NS|SEC)?CR[12]?$/, fields: /^(START\d?|STRT)$/, text: 'Writing 1 starts an erase; hardware clears it when it is taken.', modifiedWriteValues: 'oneToSet' },
  ],
  keys: [
    { ...unlock, register: /^((NS|SEC)KEYR|KEYR[12]?)$/ }, optionUnlock,
    { register: /^(NS|SEC)OBKKEYR$/, text: `Unlocks the keys of the option bytes; ${untilReset}`, keys: [{ value: 0x192A083Bn }, { value: 0x6E7F4C5Dn }], isSequence: true },
  ],
};

/** L0 and L1: an EEPROM beside the flash, and keys for each. */
export const flashWithEeprom: IpBlock = {
  peripheral: flash,
  effects: [
    { register: /^SR$/, fields: /^(EOP|WRPERR|PGAERR|SIZERR|OPTVERR|OPTVERRUSR|RDERR|NOTZEROERR|FWWERR)$/, ...oneClears, heading: 'Status register (FLASH_SR)' },
    busy,
    { register: /^PECR$/, fields: /^(PELOCK|PRGLOCK|OPTLOCK)$/, text: 'Software can only set it, which locks; the keys clear it.', modifiedWriteValues: 'oneToSet', heading: 'Program and erase control register (FLASH_PECR)' },
    { register: /^PECR$/, fields: /^OBL_?LAUNCH$/, text: 'Writing 1 loads the option bytes anew, which resets the chip.', modifiedWriteValues: 'oneToSet', heading: 'Program and erase control register (FLASH_PECR)' },
  ],
  keys: [
    { register: /^PEKEYR$/, text: `Unlocks PECR and the data EEPROM; ${untilReset}`, keys: [{ value: 0x89ABCDEFn }, { value: 0x02030405n }], isSequence: true },
    { register: /^PRGKEYR$/, text: `Unlocks the program memory, after PEKEYR; ${untilReset}`, keys: [{ value: 0x8C9DAEBFn }, { value: 0x13141516n }], isSequence: true },
    { register: /^OPTKEYR$/, text: `Unlocks the option bytes, after PEKEYR; ${untilReset}`, keys: [{ value: 0xFBEAD9C8n }, { value: 0x24252627n }], isSequence: true },
    powerDown,
  ],
};
