/**
 * The format of what reference manuals state and description files leave out: data only, one short file per
 * family or per block that families share. Patterns see names in capitals: see `placeNames.ts`.
 */
export interface ManualFamily {
  /** Parts by device name; the first family of the list that matches counts. */
  readonly parts: RegExp;
  /** Which manual states it for which parts. A part of the family that is under none of them gets every fact as inferred. */
  readonly manuals: readonly ManualName[];
  /** What inferred facts are inferred from: "the STM32F4's RM0090". */
  readonly inferredFrom: string;
  readonly blocks: readonly IpBlock[];
  /** The manual's general rule for bits that no field covers. */
  readonly reservedBits?: ReservedBitsFact;
  readonly clocks?: ClockScheme;
}

export interface ManualName {
  /** The manual's number: `RM0090`. */
  readonly name: string;
  readonly parts: RegExp;
}

/** One version of a peripheral, written once for all families that have it. */
export interface IpBlock {
  /** The kind of peripheral, as `peripheralKinds` gives it: `USART`, `GPIO`, `OTG_FS_GLOBAL`. */
  readonly peripheral: RegExp;
  /** A register that only this version has. */
  readonly has?: RegExp;
  /** A register that only other versions have. */
  readonly lacks?: RegExp;
  readonly effects?: readonly EffectFact[];
  readonly keys?: readonly KeyFact[];
  readonly reservedBits?: readonly ReservedBitsFact[];
  readonly values?: readonly ValuesFact[];
}

/** Where a fact of a block holds. */
export interface RegisterFact {
  /** The register's own name without the peripheral's, `%s` of an array as 0: `/^SR$/`, `/^CCR\d$/`. */
  readonly register: RegExp;
  /** Clusters between peripheral and register, joined by dots: `/^USART$/`. Absent: any. */
  readonly cluster?: RegExp;
  /** Heading under which the manual says it; the register's name when it is the same everywhere. */
  readonly heading?: string;
}

/** What reading or writing does besides moving the value. */
export interface EffectFact extends RegisterFact {
  /** Absent: the whole register. */
  readonly fields?: RegExp;
  /** Plain words, a whole sentence. */
  readonly text: string;
  /** In CMSIS-SVD's words: `oneToClear`, `zeroToClear`, `oneToSet`, … */
  readonly modifiedWriteValues?: string;
  /** `clear`, `set`, `modify` or `modifyExternal`. */
  readonly readAction?: string;
  /** Says nothing of what a plain access does, so that this may still be inferred. */
  readonly isAside?: boolean;
  /** The bits read as 0, so that read-modify-write of others does nothing to them. */
  readonly readsAsZero?: boolean;
}

/** Values that a register takes as keys. */
export interface KeyFact extends RegisterFact {
  readonly fields?: RegExp;
  /** What the keys do, what a wrong one does. The values themselves are appended. */
  readonly text: string;
  /** In the order in which they must be written, when `isSequence`. */
  readonly keys: readonly KeyValue[];
  readonly isSequence?: boolean;
  /** Other values are legal too, and do what `text` says. */
  readonly takesOthers?: boolean;
  /** What is read where the key stands is not the key, so that read-modify-write never writes it. */
  readonly readsOtherwise?: boolean;
}

export interface KeyValue {
  readonly value: bigint;
  readonly meaning?: string;
}

/** What the values of a field stand for. */
export interface ValuesFact extends RegisterFact {
  readonly fields: RegExp;
  /** Parts among those that have the block, by device name; absent: all. */
  readonly parts?: RegExp;
  /** How wide the field is where this holds; absent: any that holds every value. Parts of a field that is split are narrower. */
  readonly bits?: number;
  /** Reserved values are left out. */
  readonly values: readonly (readonly [number, string])[];
}

/** What must be written to bits that no field covers. */
export interface ReservedBitsFact extends Partial<RegisterFact> {
  readonly text: string;
  /** What to write. `keep`: what is read there; `reset`: the reset value. */
  readonly write: 'keep' | 'reset' | 'zero' | 'one';
  /** Bits it holds for; absent: every bit without a field. */
  readonly mask?: bigint;
}

/** Where peripherals get their clock. */
export interface ClockScheme {
  /** Absent where peripherals ask for their clock themselves; `note` then says so. */
  readonly controllers: readonly ClockBits[];
  /** Said of every peripheral: that a second clock must be chosen, that there are no gates. */
  readonly note?: string;
  /** Said of some. */
  readonly notes?: readonly ClockNote[];
  /** Gates named otherwise than their peripherals: pattern of the gate's name, names of the peripherals separated by spaces; `$1` stands for a group, `*` for any text, `?` for a digit. */
  readonly aliases?: readonly (readonly [RegExp, string])[];
  readonly heading?: string;
}

/** What else a peripheral needs. */
export interface ClockNote {
  readonly text: string;
  /** Devices it holds for; absent: all of the family. */
  readonly parts?: RegExp;
  /** Peripherals by name; absent: all. */
  readonly peripherals?: RegExp;
  /** Only where a bit rules the peripheral. */
  readonly needsBit?: true;
}

/** Fields of one controller that each rule one peripheral; the first group of `field` is the gate's name. */
export interface ClockBits {
  /** `stop`: the clock is off while the bit is 1. */
  readonly does: 'enable' | 'stop' | 'reset' | 'lowPowerEnable';
  /** The controller's kind: `RCC`. */
  readonly peripheral: RegExp;
  readonly register: RegExp;
  readonly field: RegExp;
  /** The gate's name is the number of the peripheral's interrupt. */
  readonly isInterruptNumber?: boolean;
}
