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
}

export type Language = 'c' | 'cpp' | 'asm' | 'linker' | 'svd' | 'markdown' | 'text';

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
  /** `=`, `|=`, `&=`, `^=`, `++`, or the macro's name; absent for reads. */
  readonly operator?: string;
  /** The right-hand side (or mask argument) as written. */
  readonly value?: string;
  /** The whole expression as written, at most 200 characters. */
  readonly expression: string;
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
}

export interface MacroFact {
  readonly name: string;
  readonly line: number;
  readonly parameters?: readonly string[];
  readonly body: string;
  /** The trailing or preceding comment: on many parts the only description of a field. */
  readonly comment?: string;
}

export interface TypeFact {
  readonly kind: 'struct' | 'union' | 'enum' | 'typedef';
  readonly name: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly members: readonly MemberFact[];
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
}

/** One slot of an interrupt vector table; `index` counts from the table's start (0 = initial stack pointer on Cortex-M). */
export interface VectorFact {
  readonly handler: string;
  readonly index: number;
  readonly line: number;
}

export interface IncludeFact {
  readonly path: string;
  readonly line: number;
}
