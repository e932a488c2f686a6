/**
 * What one source file says, as plain data: the parsers' output and the graph's input.
 * Lines and columns are 1-based; `endLine` is inclusive. Serialisable as JSON.
 */
export interface SourceFacts {
  readonly language: Language;
  readonly functions: readonly FunctionFact[];
  readonly accesses: readonly AccessFact[];
  readonly variables: readonly VariableFact[];
  readonly uses: readonly UseFact[];
  readonly macros: readonly MacroFact[];
  readonly types: readonly TypeFact[];
  readonly vectors: readonly VectorFact[];
  readonly includes: readonly IncludeFact[];
  /** Names put into struct members: how a callback gets its function, and a HAL's handle its peripheral, interrupt and priority. Absent when there is none. */
  readonly pointers?: readonly PointerFact[];
  /** Names in upper case that are read and may be registers, which only the device can tell: `data = UDR0`. Absent when there is none. */
  readonly bareReads?: readonly BareReadFact[];
  /** Functions that are announced at file scope and not defined in the file. Absent when there is none. */
  readonly prototypes?: readonly PrototypeFact[];
  /** The stack that each function takes, as the compiler wrote it down. Absent when there is none. */
  readonly stacks?: readonly StackFact[];
  /** What a file that is no C consists of, or names: nodes, symbols, sections, targets, labels. */
  readonly parts?: readonly PartFact[];
}

export type Language = 'c' | 'cpp' | 'asm' | 'linker' | 'devicetree' | 'binding' | 'kconfig' | 'config' | 'cmake' | 'make' | 'python' | 'ioc' | 'svd' | 'markdown' | 'rst' | 'asciidoc' | 'map' | 'stack' | 'text';

/** What `-fstack-usage` says of one function. */
export interface StackFact {
  /** As the source names it; of C++ with its classes and namespaces. */
  readonly name: string;
  /** As the compiler was given it. */
  readonly file: string;
  readonly line: number;
  readonly bytes: number;
  /** `dynamic`: more at run time, by a number that is not known; `bounded`: no more than this at run time. */
  readonly kind: 'static' | 'dynamic' | 'bounded';
}

/** A named piece of a build, configuration or hardware description file. */
export interface PartFact {
  readonly kind: PartKind;
  readonly name: string;
  /** With the comment above it. */
  readonly startLine: number;
  /** Equal to the line it is named on for what only names: a setting, a linker symbol, a label. */
  readonly endLine: number;
  /** Where it is named. */
  readonly line: number;
  /** What it is and where it stands, in one line: node path and compatible, menu path and prompt. */
  readonly title?: string;
  /** Further names it is known by: labels and compatibles of a node, `CONFIG_X` of the Kconfig symbol `X`. */
  readonly aliases?: readonly string[];
  /** What a devicetree node says of interrupts; absent when it says nothing. */
  readonly interrupts?: NodeInterrupts;
}

/** The properties of a devicetree node that have to do with interrupts, as written. */
export interface NodeInterrupts {
  /** `['38', '5']` of `interrupts = <38 5>`; how many make one interrupt says the parent. */
  readonly cells?: readonly string[];
  /** Of `interrupts-extended`: `['&nvic', '38', '5']`. */
  readonly extended?: readonly string[];
  readonly names?: readonly string[];
  /** Label of the controller, for this node and those in it. */
  readonly parent?: string;
  /** Of a controller: `#interrupt-cells`. */
  readonly cellCount?: number;
  /** Its status; absent where none is written. */
  readonly isEnabled?: boolean;
}

/** `group` has a title but no name to look up. `setting`, `region`, `symbol`, `label` and `variable` name a place inside another part. */
export type PartKind = 'node' | 'binding' | 'config' | 'setting' | 'section' | 'region' | 'symbol' | 'label' | 'macro' | 'target' | 'function' | 'class' | 'variable' | 'group';

export interface FunctionFact {
  readonly name: string;
  readonly startLine: number;
  readonly endLine: number;
  /** First line of the comment block that belongs to it; equals startLine when there is none. */
  readonly docStartLine: number;
  readonly signature: string;
  readonly parameters: readonly ParameterFact[];
  readonly isStatic: boolean;
  /** Attribute texts as written: `weak`, `interrupt`, `alias("Default_Handler")`, `IRAM_ATTR`. */
  readonly attributes: readonly string[];
  readonly calls: readonly CallFact[];
  /** The file or the readable text ends before its closing brace: what stands behind may belong to it. */
  readonly isUnclosed?: true;
  /** Loops in its body; absent when there is none. */
  readonly loops?: readonly LoopFact[];
  /** What in its body runs only under a condition; absent when there is none. */
  readonly branches?: readonly BranchFact[];
}

/** The lines of one arm of an `if`, or of a `switch`'s body. */
export interface BranchFact {
  readonly line: number;
  readonly endLine: number;
  /** As written, cut; of an `else` what must not hold. */
  readonly condition: string;
  readonly isElse?: true;
  /** A `switch`: which case is not told. */
  readonly isSwitch?: true;
}

export interface LoopFact {
  readonly line: number;
  readonly endLine: number;
  /** As written; empty for `for (;;)`. */
  readonly condition: string;
  /** Nothing is done in it but waiting for the condition. */
  readonly isEmpty: boolean;
  /** It can be left by `break`, `return` or `goto`. */
  readonly hasExit: boolean;
}

/** `huart->RxISR = UART_RxISR_8BIT`, or `.callback = on_edge` in an initialiser; whether the value is a function shows its definition. Of priorities the value may be a number. */
export interface PointerFact {
  readonly member: string;
  /** The struct as written, `huart2`; absent in an initialiser. */
  readonly base?: string;
  readonly value: string;
  readonly line: number;
}

export interface ParameterFact {
  readonly name: string;
  readonly type: string;
}

export interface CallFact {
  readonly name: string;
  readonly line: number;
  /** Argument texts as written. */
  readonly arguments: readonly string[];
  /** As of a use. */
  readonly guard?: string;
}

export type AccessKind = 'read' | 'write' | 'modify';

/** An expression that may touch a register: `P->R`, `*(volatile T *)0x…`, `SET_BIT(P->R, M)`, `REG = …`. */
export interface AccessFact {
  readonly line: number;
  readonly column: number;
  readonly kind: AccessKind;
  /** Name of the enclosing function; absent at file scope. */
  readonly function?: string;
  /** `USART2`, `huart->Instance`, or `0x40021018` for a raw address. */
  readonly base: string;
  /** Members after the base: `['CR1']`, `['AFR[1]']`; empty for a raw address or a register macro. */
  readonly members: readonly string[];
  /** `=`, `|=`, `&=`, `^=`, `++`, or the macro's name; `&` when only the address is taken; absent for reads. */
  readonly operator?: string;
  /** The right-hand side (or mask argument) as written; for a read, the mask it is tested against in `R & MASK`. */
  readonly value?: string;
  /** The local variable that holds the register's value: `status & USART_SR_RXNE` after `status = USART2->SR`. No bus access of its own. */
  readonly through?: string;
  /** The whole expression as written, at most 200 characters. */
  readonly expression: string;
  /** As of a use. */
  readonly guard?: string;
}

export interface PrototypeFact {
  readonly name: string;
  /** First line of the comment that belongs to it; equals startLine when there is none. */
  readonly docStartLine: number;
  readonly startLine: number;
  readonly endLine: number;
}

export interface BareReadFact {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly function: string;
}

export interface VariableFact {
  readonly name: string;
  readonly type: string;
  readonly line: number;
  /** Absent for file-scope variables. */
  readonly function?: string;
  readonly isStatic: boolean;
  readonly isVolatile: boolean;
  readonly isConst: boolean;
  readonly isExtern: boolean;
  readonly initializer?: string;
}

/** A use of a name that is not declared in the function itself: a candidate global. */
export interface UseFact {
  readonly name: string;
  readonly line: number;
  readonly kind: AccessKind;
  readonly function: string;
  /** What follows the name: `.head`, `->flags`, `[]`; absent when the whole variable is meant. */
  readonly member?: string;
  /** The address is taken, so that the use may be a read or a write elsewhere. */
  readonly addressTaken?: boolean;
  /** What has switched interrupts off on every way there within the function: `__disable_irq`; with its argument where it is one of them: `NVIC_DisableIRQ(TIM2_IRQn)`. */
  readonly guard?: string;
}

export interface MacroFact {
  readonly name: string;
  readonly line: number;
  readonly parameters?: readonly string[];
  readonly body: string;
  /** The trailing or preceding comment: on many parts the only description of a field. */
  readonly comment?: string;
  /** Where a file defines the name several times: the `#if` conditions around this one, joined by `&&`. */
  readonly condition?: string;
}

export interface TypeFact {
  readonly kind: 'struct' | 'union' | 'enum' | 'typedef';
  readonly name: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly members: readonly MemberFact[];
  /** The type a typedef without a body stands for: `uint32_t`, `struct ring *`. */
  readonly aliasOf?: string;
}

export interface MemberFact {
  readonly name: string;
  readonly line: number;
  /** Type text for struct members; empty for enumerators. */
  readonly type: string;
  /** Array lengths as written: `['2']`, `['32 - 4']`. */
  readonly dimensions: readonly string[];
  /** Enumerator value as written, when given. */
  readonly value?: string;
  readonly comment?: string;
  /** It stands behind an `#else` or `#elif` whose first branch has members too: only one of them is in the struct. */
  readonly isAlternative?: boolean;
  /** Members of a struct or union written inline; `name` is empty when it is anonymous. */
  readonly members?: readonly MemberFact[];
}

/** One slot of an interrupt vector table; `index` counts from the table's start (0 = initial stack pointer on Cortex-M). */
export interface VectorFact {
  readonly handler: string;
  /** -1 when only `indexText` says where. */
  readonly index: number;
  /** A designator that needs other files to be evaluated: `USART2_IRQn + 16`. */
  readonly indexText?: string;
  readonly line: number;
}

export interface IncludeFact {
  readonly path: string;
  readonly line: number;
}
