/**
 * The machine, in CMSIS-SVD's own words (https://open-cmsis-pack.github.io/svd-spec/main/svd_Format_pg.html).
 * Inheritance and derivedFrom are already applied; arrays (`dim`) stay folded, because
 * one vendor file unfolds to 268 million registers: see `registersOf` for the lazy walk.
 */
export interface Device {
  readonly name: string;
  readonly vendor?: string;
  readonly series?: string;
  readonly version?: string;
  readonly description?: string;
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
  readonly nvicPrioBits?: number;
}

export type Access = 'read-only' | 'write-only' | 'read-write' | 'writeOnce' | 'read-writeOnce';

export interface Peripheral {
  readonly name: string;
  readonly baseAddress: bigint;
  readonly description?: string;
  readonly groupName?: string;
  readonly headerStructName?: string;
  readonly derivedFrom?: string;
  readonly alternatePeripheral?: string;
  /** Where the facts come from when not from the SVD file: an architecture manual. */
  readonly origin?: string;
  readonly addressBlocks: readonly AddressBlock[];
  readonly interrupts: readonly Interrupt[];
  readonly registers: readonly RegisterNode[];
}

export interface AddressBlock {
  readonly offset: bigint;
  readonly size: bigint;
  readonly usage?: string;
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
}

export interface Cluster {
  readonly kind: 'cluster';
  /** May hold `%s` when `dim` is set. */
  readonly name: string;
  readonly description?: string;
  readonly addressOffset: bigint;
  readonly dim?: Dim;
  readonly alternateCluster?: string;
  readonly registers: readonly RegisterNode[];
}

export interface Register {
  readonly kind: 'register';
  /** May hold `%s` when `dim` is set. */
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
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
}

/** One register at one address: array elements unfolded, names and address computed. */
export interface RegisterPlace {
  readonly peripheral: Peripheral;
  readonly register: Register;
  /** `USART2.CR1`, `DMA.CH[3].CTRL`: peripheral, clusters and register, joined by dots. */
  readonly path: string;
  readonly address: bigint;
}
