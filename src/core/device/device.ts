/**
 * The machine, in CMSIS-SVD's own words (https://open-cmsis-pack.github.io/svd-spec/main/svd_Format_pg.html).
 * Inheritance and derivedFrom are already applied; arrays (`dim`) stay folded, because
 * one vendor file unfolds to 268 million registers: see `registersOf` for the lazy walk.
 */
export interface Device {
  readonly name: string;
  readonly vendor?: string;
  readonly vendorID?: string;
  readonly series?: string;
  readonly version?: string;
  readonly description?: string;
  /** Where the facts come from when not from an SVD file: the vendor's header. */
  readonly origin?: string;
  /** Name of the vendor's `system_….h`, without extension. */
  readonly headerSystemFilename?: string;
  /** What the vendor header puts before all its names: `NRF_`. */
  readonly headerDefinitionsPrefix?: string;
  /** How many elements the file holds in `vendorExtensions`, whose content has no standard meaning and is not read. */
  readonly vendorExtensions?: number;
  readonly cpu?: Cpu;
  /** Bits per address unit: 8 on every known part. */
  readonly addressUnitBits: number;
  /** Bus width in bits. */
  readonly width: number;
  readonly peripherals: readonly Peripheral[];
}

export interface Cpu {
  readonly name: string;
  readonly revision?: string;
  readonly endian?: string;
  readonly mpuPresent?: boolean;
  readonly fpuPresent?: boolean;
  /** Double precision. */
  readonly fpuDP?: boolean;
  readonly dspPresent?: boolean;
  readonly mvePresent?: boolean;
  /** The vector extension computes with floating point. */
  readonly mveFP?: boolean;
  readonly pmuPresent?: boolean;
  readonly pmuNumEventCnt?: number;
  readonly icachePresent?: boolean;
  readonly dcachePresent?: boolean;
  readonly itcmPresent?: boolean;
  readonly dtcmPresent?: boolean;
  readonly vtorPresent?: boolean;
  readonly nvicPrioBits?: number;
  /** The SysTick timer is the vendor's own, not the architecture's. */
  readonly vendorSystickConfig?: boolean;
  readonly deviceNumInterrupts?: number;
  readonly sauNumRegions?: number;
  readonly sauRegionsConfig?: SauRegionsConfig;
}

/** The security attribution that start-up code is to configure. */
export interface SauRegionsConfig {
  readonly enabled?: boolean;
  readonly protectionWhenDisabled?: Protection;
  readonly regions: readonly SauRegion[];
}

export interface SauRegion {
  readonly name?: string;
  readonly enabled?: boolean;
  readonly base: bigint;
  /** Last address of the region. */
  readonly limit: bigint;
  /** `n`: non-secure; `c`: secure, callable from non-secure code. */
  readonly access?: 'n' | 'c';
}

/** Who may access: `s` secure code, `n` non-secure code too, `p` privileged code. */
export type Protection = 's' | 'n' | 'p';

export type Access = 'read-only' | 'write-only' | 'read-write' | 'writeOnce' | 'read-writeOnce';

export interface Peripheral {
  readonly name: string;
  readonly baseAddress: bigint;
  readonly description?: string;
  readonly groupName?: string;
  readonly headerStructName?: string;
  readonly derivedFrom?: string;
  readonly alternatePeripheral?: string;
  readonly version?: string;
  /** What headers put before the peripheral's register names: `ADC0_`. */
  readonly prependToName?: string;
  /** What headers put behind the peripheral's register names. */
  readonly appendToName?: string;
  /** An expression over registers (`RCC->AHBENR->GPIOAEN == 0`) that is true when the peripheral must not be accessed. */
  readonly disableCondition?: string;
  readonly protection?: Protection;
  /** Where the facts come from when not from the SVD file: an architecture manual. */
  readonly origin?: string;
  readonly addressBlocks: readonly AddressBlock[];
  readonly interrupts: readonly Interrupt[];
  readonly registers: readonly RegisterNode[];
  /** Set where the registers are read only when asked for: lets a look-up pass them over. Never enumerable. */
  readonly outline?: RegisterOutline;
}

export interface RegisterOutline {
  /** Address units from the peripheral's base to the end of its last register. */
  readonly extent: bigint;
  /** False when no register has that loose path or name. */
  readonly mayHold: (looseName: string) => boolean;
}

export interface AddressBlock {
  readonly offset: bigint;
  readonly size: bigint;
  readonly usage?: string;
  readonly protection?: Protection;
}

export interface Interrupt {
  readonly name: string;
  /** IRQ number, 0 = first external interrupt. */
  readonly value: number;
  readonly description?: string;
}

export type RegisterNode = Register | Cluster;

/** A folded array: element i is named by `indexText(i)` and lies `increment * i` bytes further. */
export interface Dim {
  readonly count: number;
  readonly increment: bigint;
  /** Text of index i, put in place of `%s`; computed, as `count` may be millions. */
  readonly indexText: (index: number) => string;
  /** What `indexText` is computed from (`0-7`, `A,B,C`); absent: the number itself. */
  readonly dimIndex?: string;
  /** The C type that headers give the elements. */
  readonly dimName?: string;
  /** Names of indices (`dimArrayIndex`): element 2 is channel `UART`. */
  readonly indexNames?: readonly EnumeratedValue[];
}

export interface Cluster {
  readonly kind: 'cluster';
  /** May hold `%s` when `dim` is set. */
  readonly name: string;
  readonly description?: string;
  readonly addressOffset: bigint;
  readonly dim?: Dim;
  readonly alternateCluster?: string;
  readonly headerStructName?: string;
  readonly registers: readonly RegisterNode[];
}

export interface Register {
  readonly kind: 'register';
  /** Where the facts come from when not from the SVD file: the vendor's header. */
  readonly origin?: string;
  /** May hold `%s` when `dim` is set. */
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  /** Where the description comes from when not from the file: the device header. */
  readonly descriptionFrom?: string;
  readonly addressOffset: bigint;
  readonly dim?: Dim;
  /** Width in bits. */
  readonly size: number;
  /** Absent: the file does not state it at any level. */
  readonly access?: Access;
  readonly resetValue?: bigint;
  readonly resetMask?: bigint;
  readonly modifiedWriteValues?: string;
  readonly readAction?: string;
  readonly alternateRegister?: string;
  readonly alternateGroup?: string;
  readonly protection?: Protection;
  /** C type of the whole register: `uint16_t`, `uint32_t *`. */
  readonly dataType?: string;
  readonly writeConstraint?: WriteConstraint;
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  readonly description?: string;
  readonly bitOffset: number;
  readonly bitWidth: number;
  readonly access?: Access;
  readonly modifiedWriteValues?: string;
  readonly readAction?: string;
  readonly writeConstraint?: WriteConstraint;
  readonly enumeratedValues: readonly EnumeratedValue[];
  /** The number that code gives the lowest bit of a numbered field: 2 for the `WGM12` of `WGM1`; absent: 0. */
  readonly firstBitNumber?: number;
  /** The single bits, from the lowest, that the file has in its place. */
  readonly splitInto?: readonly string[];
  /** Where the field itself comes from when the file does not have it: the device header. */
  readonly declaredBy?: string;
  /** Where the named values come from when not from the file: manual and heading, or the device header. */
  readonly valuesFrom?: string;
  /** Where the description comes from when not from the file: the device header. */
  readonly descriptionFrom?: string;
  /** The device header's words, where the description is the file's own: they may tell of side effects. */
  readonly headerComment?: string;
}

export interface WriteConstraint {
  readonly writeAsRead?: boolean;
  readonly useEnumeratedValues?: boolean;
  readonly range?: { readonly minimum: bigint; readonly maximum: bigint };
}

export interface EnumeratedValue {
  readonly name: string;
  readonly description?: string;
  /** Absent for the default entry (`isDefault`). */
  readonly value?: bigint;
  /** Bits that count when comparing; lower than all ones for don't-care values such as `#1x`. */
  readonly mask?: bigint;
  readonly isDefault?: boolean;
  readonly usage: 'read' | 'write' | 'read-write';
  /** The C enumeration that headers make of the block that holds this value. */
  readonly headerEnumName?: string;
}

/** One register at one address: array elements unfolded, names and address computed. */
export interface RegisterPlace {
  readonly peripheral: Peripheral;
  readonly register: Register;
  /** `USART2.CR1`, `DMA.CH[3].CTRL`: peripheral, clusters and register, joined by dots. */
  readonly path: string;
  readonly address: bigint;
}
