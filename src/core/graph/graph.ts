import type { FactSource } from './factSource.ts';
import { createMacroTable, type MacroTable } from './macroTable.ts';
import type { Layout } from './structLayout.ts';

/** A fact source with what has been worked out from it so far: macros at hand, struct layouts. Make a new one after files changed. */
export interface Graph {
  readonly source: FactSource;
  readonly macros: MacroTable;
  readonly layouts: Map<string, Layout | undefined>;
  /** The chip's name: among several definitions those for it count. */
  readonly chip: string | undefined;
}

export function createGraph(source: FactSource, chip?: string): Graph {
  return { source, macros: createMacroTable(source, chip), layouts: new Map(), chip };
}
