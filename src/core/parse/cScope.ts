import type { AccessFact, BranchFact, CallFact, LoopFact, VariableFact } from './facts.ts';
import type { FunctionHead } from './cFunctions.ts';

/** One function while its body is walked. */
export interface FunctionScope {
  readonly head: FunctionHead;
  /** First node behind it; a function without closing brace ends where the next one begins. */
  after: number;
  /** Last line, where it has no closing brace. */
  lastLine?: number;
  readonly calls: CallFact[];
  readonly loops: OpenLoop[];
  readonly branches: BranchFact[];
  /** Parameters and local variables by name, with their types. */
  readonly locals: Map<string, string>;
  /** Nodes of what is guarded where interrupts are off; filled by what is read on the way. */
  readonly places: GuardablePlace[];
  /** The body's node; none for a function without closing brace. */
  readonly body: number;
  /** Locals that hold a register's value. */
  readonly aliases: Map<string, RegisterName>;
}

/** A fact in its list, with the node that it was read from. */
export interface GuardablePlace {
  readonly list: 'uses' | 'accesses' | 'calls';
  readonly index: number;
  readonly node: number;
}

/** A loop or switch while its body is walked. */
export interface OpenLoop {
  readonly fact: Omit<LoopFact, 'hasExit'>;
  /** First node behind it. */
  readonly after: number;
  hasExit: boolean;
  /** `return` and `goto` leave every loop around them. */
  isLeft: boolean;
}

export type RegisterName = Pick<AccessFact, 'base' | 'members'>;

/** What is known of a file while it is walked. */
export interface FileScope {
  /** File-scope variables so far. */
  readonly variables: Map<string, { readonly fact: VariableFact; readonly isArray: boolean }>;
  /** Macros so far, and whether their body is a plain number. */
  readonly plainMacros: Set<string>;
}

/** The type of a name as declared in the function or the file so far. */
export function typeOfName(name: string, file: FileScope, scope: FunctionScope | undefined): string | undefined {
  return scope?.locals.get(name) ?? file.variables.get(name)?.fact.type;
}

/** Whether a name is written as constants and registers are: upper case, at least two characters. */
export function isUpperCase(name: string): boolean {
  return /^_*[A-Z][A-Z0-9_]+$/.test(name);
}
