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
  /** How code hands it over at run time, or which macro puts it into the table. */
  readonly registered?: HandlerRegistration;
  /** Where the interrupt controller is told to let it through. */
  readonly enabled?: CodePlace;
  readonly registersRead: readonly RegisterUse[];
  readonly registersWritten: readonly RegisterUse[];
  readonly flagsTested: readonly FlagUse[];
  readonly flagsCleared: readonly FlagUse[];
  /** Flags that the code lets raise this interrupt. */
  readonly raisedBy?: readonly RaisingFlag[];
  readonly sharedVariables: readonly SharedVariable[];
  readonly callees: readonly Callee[];
  readonly priority?: IsrPriority;
  /** What interrupts it and what it interrupts, as far as priorities are known. */
  readonly preemption?: Preemption;
  /** Levels of calls below the handler. */
  readonly callDepth?: number;
  /** Functions of its call tree that call themselves, directly or around. */
  readonly recursive?: readonly string[];
  /** Where it computes with floating point. */
  readonly floatingPoint?: CodePlace & { readonly function: string };
  /** The deepest stack of its call tree, where the compiler's `.su` files are indexed. */
  readonly stack?: StackUse;
  /** Loops whose number of rounds depends on data. */
  readonly openLoops?: readonly LoopUse[];
  readonly hazards: readonly Hazard[];
  readonly problems: readonly Problem[];
}

export interface CodePlace {
  readonly file: string;
  readonly line: number;
}

export interface HandlerRegistration extends CodePlace {
  /** `irq_set_exclusive_handler`, `IRQ_CONNECT`. */
  readonly by: string;
  /** As written: `UART0_IRQ`, `DT_INST_IRQN(0)`. */
  readonly interrupt?: string;
  /** What it is for within a shared interrupt, as written: a pin. */
  readonly source?: string;
  /** What the devicetree says that the interrupt is; several where the driver has several enabled nodes. */
  readonly devicetree?: readonly DevicetreeIrq[];
  /** How many more there are. */
  readonly more?: number;
}

/** One interrupt of a devicetree node; the place is where it is written. */
export interface DevicetreeIrq extends CodePlace {
  readonly node: string;
  readonly irq: number;
  readonly priority?: number;
}

export interface StackUse {
  readonly bytes: number;
  /** Something of the call tree is not known, or takes more at run time. */
  readonly isAtLeast: boolean;
  /** The calls that take it, the handler first; functions without a line of their own are inlined. */
  readonly path: readonly { readonly name: string; readonly bytes: number; readonly kind: 'static' | 'dynamic' | 'bounded' }[];
  /** Why it may be more, half a sentence each. */
  readonly open?: readonly string[];
  /** What the core adds before the handler runs. */
  readonly frame?: string;
}

export interface Preemption {
  /** Handlers that this one interrupts, and that interrupt it. */
  readonly over: readonly string[];
  readonly under: readonly string[];
  /** Handlers of the same priority: none interrupts the other. */
  readonly same: readonly string[];
}

export interface LoopUse extends CodePlace {
  readonly function: string;
  readonly condition: string;
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

/** A flag that raises the interrupt once its enable bit is set; the place is where it is set. */
export interface RaisingFlag extends CodePlace {
  readonly path: string;
  readonly flag: string;
  /** `USART2.CR1.RXNEIE`. */
  readonly enable: string;
  /** The library's function or macro that sets it: `HAL_UART_Receive_IT`. */
  readonly by?: string;
  readonly isCleared: boolean;
  /** A write here may clear it, by a value that only the program knows. */
  readonly mayBeCleared?: true;
}

export interface SharedVariable {
  readonly name: string;
  readonly type: string;
  readonly isVolatile: boolean;
  /** Width in bits, where the type is a number's. */
  readonly bits?: number;
  /** Its type makes accesses atomic, or all of them go through atomic built-ins. */
  readonly isAtomic?: true;
  /** `ring-buffer`: part of one that has one writer on each side, so that no lock is needed. */
  readonly pattern?: 'ring-buffer';
  readonly declared: CodePlace;
  readonly inIsr: readonly (CodePlace & { readonly kind: 'read' | 'write' | 'modify' })[];
  readonly elsewhere: readonly (CodePlace & { readonly kind: 'read' | 'write' | 'modify'; readonly function: string; readonly isGuarded?: true; /** Interrupts are off at every call of the function that is seen. */ readonly isAsCalled?: true })[];
}

export interface Callee {
  readonly name: string;
  /** Where it is called. */
  readonly line: number;
  /** 1 = called by the handler itself. */
  readonly depth: number;
  /** The function that calls it. */
  readonly caller?: string;
  /** The struct member that it is called through: then it may be another function. */
  readonly through?: string;
  /** It is a variable that holds a function, not known which. */
  readonly isPointer?: true;
  readonly definition?: CodePlace & { readonly endLine?: number };
  /** Where the macro is defined that it is; then its body's calls follow as calls of their own. */
  readonly macro?: CodePlace;
  /** What it does is not in these facts. */
  readonly isOpen?: true;
}

export interface IsrPriority extends CodePlace {
  /** As written: `5`, `configLIBRARY_LOWEST_INTERRUPT_PRIORITY`. */
  readonly value: string;
  /** The number, where it can be worked out; lower is more urgent on Cortex-M. */
  readonly level?: number;
}

export interface Hazard extends CodePlace {
  readonly id: string;
  readonly message: string;
  /** `certain` only when nothing unresolved could change it. */
  readonly certainty: 'certain' | 'likely';
}
