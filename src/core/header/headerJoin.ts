import type { Problem } from '../text/problem.ts';

/**
 * What the vendor's device header says, joined by address and bit position to the chip's description: plain data,
 * to be kept by content key. Lists, not objects, so that no name of a hostile header is special; see `lookUpName`.
 * Addresses and values are strings like `0x40023830`; files are positions in `files`.
 */
export interface HeaderJoin {
  /** Every file read, the device header first. */
  readonly files: readonly string[];
  readonly instances: readonly HeaderInstance[];
  readonly registers: readonly HeaderRegister[];
  readonly macros: readonly HeaderMacro[];
  readonly interrupts: readonly HeaderInterrupt[];
  readonly disagreements: readonly Disagreement[];
  readonly coverage: HeaderCoverage;
  readonly problems: readonly Problem[];
}

export interface HeaderLine {
  /** Position in `HeaderJoin.files`. */
  readonly file: number;
  readonly line: number;
  /** The header's comment on it. */
  readonly comment?: string;
}

/** `#define USART2 ((USART_TypeDef *) USART2_BASE)`, or a base address that register macros take. */
export interface HeaderInstance extends HeaderLine {
  readonly name: string;
  readonly address: string;
  /** The struct it points at; absent for a plain address. */
  readonly type?: string;
  /** Peripherals of the description that lie there; empty when none does. */
  readonly peripherals: readonly string[];
}

/** A struct member that is a register, for all instances of the struct; or a macro that stands for one. */
export interface HeaderRegister extends HeaderLine {
  /** `USART_TypeDef.CR1`, `CAN_TypeDef.sTxMailBox.TIR`, `RCC_APB2ENR`, `USART_CTL0()`. */
  readonly id: string;
  readonly type?: string;
  /** A variable at a fixed address, as on 8- and 16-bit parts. */
  readonly isVariable?: true;
  /** Members from the struct down, without indices; the macro's name when it is one. */
  readonly member: string;
  /** `CH[].DATA`: the member with brackets where the arrays are; absent without arrays. */
  readonly shape?: string;
  /** Bytes from the start of the struct, of the first element. */
  readonly offset?: number;
  /** Width in bits. */
  readonly size: number;
  /** Arrays on the way, outermost first. */
  readonly dims: readonly { readonly count: number; readonly stride: number }[];
  readonly access?: 'read-only' | 'write-only';
  /** Bit-fields of the struct or union that the register is written as. */
  readonly fields: readonly HeaderField[];
  readonly places: readonly HeaderPlace[];
}

export interface HeaderField extends HeaderLine {
  readonly name: string;
  readonly bitOffset: number;
  readonly bitWidth: number;
}

export interface HeaderPlace {
  /** `USART2`; absent for a register macro without an argument. */
  readonly instance?: string;
  /** Position in the array (all dimensions counted through); absent when it is none. */
  readonly element?: number;
  readonly address: string;
  /** Registers of the description at exactly this address, all views; empty when there is none. */
  readonly paths: readonly string[];
}

export type MacroMeaning = 'field' | 'position' | 'value';

/** A macro about bits of a register: `USART_CR1_UE_Msk`, `_Pos`, or `GPIO_MODER_MODER0_1`, a value within a field. */
export interface HeaderMacro extends HeaderLine {
  readonly name: string;
  readonly meaning: MacroMeaning;
  /** As the compiler sees it. */
  readonly value: string;
  /** Ids of the registers it is about; usually one. */
  readonly registers: readonly string[];
  /** Elements meant when the register is an array; absent: all. */
  readonly elements?: readonly number[];
  readonly bitOffset: number;
  readonly bitWidth: number;
  /** What the header calls the field: `UE`. */
  readonly field: string;
  /** For a value macro: the field's value, shifted down. */
  readonly fieldValue?: string;
  /** Fields of the description on these bits. */
  readonly fields: readonly string[];
}

export interface HeaderInterrupt extends HeaderLine {
  /** Without `_IRQn`. */
  readonly name: string;
  readonly number: number;
}

export type DisagreementKind = 'offset' | 'width' | 'name' | 'missing-in-svd' | 'missing-in-header' | 'interrupt';

/** One thing that header and description say differently. */
export interface Disagreement {
  readonly kind: DisagreementKind;
  readonly about: 'register' | 'field' | 'interrupt';
  /** Absent when the header does not say it at all. */
  readonly file?: string;
  readonly line?: number;
  /** What the header says; empty: nothing. */
  readonly header: string;
  /** What the description says; empty: nothing. */
  readonly svd: string;
  readonly message: string;
}

export interface HeaderCoverage {
  /** Places of the header's registers (each instance, each element) / those with a register of the description at that address / of the same name too. */
  readonly registers: Coverage;
  /** Field macros that stand for bits of a known register / whose bits are exactly a field / of the same name too. */
  readonly fields: Coverage;
  readonly interrupts: Coverage;
  /** Registers of the description in peripherals that the header has / those that the header has too. */
  readonly svdRegisters: Pick<Coverage, 'total' | 'joined'>;
  /** Mask, position and value macros of which no register could be told. */
  readonly unplacedMacros: number;
}

export interface Coverage {
  readonly total: number;
  readonly joined: number;
  readonly sameName: number;
}
