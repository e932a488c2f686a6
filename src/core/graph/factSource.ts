import type { PartKind, SourceFacts } from '../parse/facts.ts';

/** Where the graph finds facts: the catalog of indexed files, or an in-memory map in tests. */
export interface FactSource {
  /** Facts of one indexed file. */
  facts(file: string): Promise<SourceFacts | undefined>;
  /** Every place that defines the name: functions, variables, macros, types, enumerators, devicetree nodes, Kconfig symbols, linker symbols. */
  definitions(name: string): Promise<readonly Definition[]>;
  /** Files that hold at least one vector-table slot or a definition whose name looks like an interrupt handler. */
  handlerFiles(): Promise<readonly string[]>;
  /** Files in which the name is called, used as a variable, accessed as a register base or member, or only declared. */
  mentions(name: string): Promise<readonly string[]>;
  /** Macros and enumerators whose names begin so, in order, at most `limit`; absent where names are not kept sorted. */
  namesStarting?(prefix: string, limit: number): Promise<readonly string[]>;
}

/** Knows nothing: for a chip by itself, and where there can be no index. */
export const noFacts: FactSource = { facts: async () => undefined, definitions: async () => [], handlerFiles: async () => [], mentions: async () => [] };

export type DefinitionKind = 'function' | 'variable' | 'macro' | 'type' | 'enumerator' | Exclude<PartKind, 'group' | 'class'>;

export interface Definition {
  readonly name: string;
  readonly kind: DefinitionKind;
  readonly file: string;
  readonly line: number;
}
