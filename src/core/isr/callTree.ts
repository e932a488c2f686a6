import type { FactSource } from '../graph/factSource.ts';
import type { FunctionFact, SourceFacts } from '../parse/facts.ts';
import type { Callee } from './dossier.ts';
import type { Handler } from './handlers.ts';

/** A function that runs when the handler does. */
export interface TreeFunction {
  readonly file: string;
  readonly facts: SourceFacts;
  readonly function: FunctionFact;
  readonly depth: number;
}

/** The handler and what it calls, breadth first. */
export interface CallTree {
  readonly functions: readonly TreeFunction[];
  readonly callees: readonly Callee[];
  /** Deeper calls than are followed exist. */
  readonly isCut: boolean;
}

const deepestCall = 5;
const mostFunctions = 200;

/** Follows calls by name to where functions are defined; recursion ends where it began, a file's own static functions come first. */
export async function callTree(source: FactSource, handler: Handler): Promise<CallTree> {
  const functions: TreeFunction[] = [{ file: handler.file, facts: handler.facts, function: handler.function, depth: 0 }];
  const seen = new Set([handler.function.name]);
  const callees: Callee[] = [];
  let isCut = false;
  for (let at = 0; at < functions.length; at++) {
    const caller = functions[at];
    if (caller === undefined) break;
    for (const call of caller.function.calls) {
      if (seen.has(call.name)) continue;
      seen.add(call.name);
      const found = await definitionOf(source, call.name, caller);
      callees.push({ name: call.name, line: call.line, depth: caller.depth + 1, ...(found !== undefined && { definition: { file: found.file, line: found.function.startLine } }) });
      if (found === undefined) continue;
      if (found.depth > deepestCall || functions.length >= mostFunctions) isCut = true;
      else functions.push(found);
    }
  }
  return { functions, callees, isCut };
}

async function definitionOf(source: FactSource, name: string, caller: TreeFunction): Promise<TreeFunction | undefined> {
  const depth = caller.depth + 1;
  const own = caller.facts.functions.find(fact => fact.name === name);
  if (own !== undefined) return { file: caller.file, facts: caller.facts, function: own, depth };
  for (const { kind, file } of await source.definitions(name)) {
    const facts = kind === 'function' ? await source.facts(file) : undefined;
    const found = facts?.functions.find(fact => fact.name === name && !fact.isStatic);
    if (facts !== undefined && found !== undefined) return { file, facts, function: found, depth };
  }
  return undefined;
}
