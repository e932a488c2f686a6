import type { Problem } from '../text/problem.ts';

/** What an interrupt handler is and does, computed without a model. */
export interface IsrDossier {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  /** IRQ number (0 = first external interrupt; negative for core exceptions), when vector table or SVD tell. */
  readonly irq?: number;
  /** Slot of the vector table, when one names the handler. */
  readonly vector?: number;
  /** Where the slot stands. */
  readonly vectorPlace?: CodePlace;
  readonly peripheral?: string;
  /** What the chip's description says of the interrupt. */
  readonly description?: string;
  readonly registersRead: readonly RegisterUse[];
  readonly registersWritten: readonly RegisterUse[];
  readonly flagsTested: readonly FlagUse[];
  readonly flagsCleared: readonly FlagUse[];
  readonly sharedVariables: readonly SharedVariable[];
  readonly callees: readonly Callee[];
  readonly priority?: IsrPriority;
  readonly hazards: readonly Hazard[];
  readonly problems: readonly Problem[];
}

export interface CodePlace {
  readonly file: string;
  readonly line: number;
}

export interface RegisterUse extends CodePlace {
  /** `USART2.SR` when resolved on the device, else as written. */
  readonly path: string;
  readonly address?: string;
  readonly resolved: boolean;
  readonly fields: readonly string[];
  readonly kind: 'read' | 'write' | 'modify';
  readonly function: string;
  readonly expression: string;
}

export interface FlagUse extends CodePlace {
  readonly path: string;
  readonly flag: string;
  /** How it is cleared: `writing 0`, `writing 1`, `reading SR then DR`; absent for tests. */
  readonly how?: string;
}

export interface SharedVariable {
  readonly name: string;
  readonly type: string;
  readonly isVolatile: boolean;
  readonly declared: CodePlace;
  readonly inIsr: readonly (CodePlace & { readonly kind: 'read' | 'write' | 'modify' })[];
  readonly elsewhere: readonly (CodePlace & { readonly kind: 'read' | 'write' | 'modify'; readonly function: string })[];
}

export interface Callee {
  readonly name: string;
  /** Where it is called. */
  readonly line: number;
  /** 1 = called by the handler itself. */
  readonly depth: number;
  readonly definition?: CodePlace;
}

export interface IsrPriority extends CodePlace {
  /** As written: `5`, `configLIBRARY_LOWEST_INTERRUPT_PRIORITY`. */
  readonly value: string;
}

export interface Hazard extends CodePlace {
  readonly id: string;
  readonly message: string;
  /** `certain` only when nothing unresolved could change it. */
  readonly certainty: 'certain' | 'likely';
}
