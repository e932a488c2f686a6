import { definedFunctions, type DefinedFunction } from '../graph/definedFunctions.ts';
import type { FactSource } from '../graph/factSource.ts';
import { isWeak } from '../graph/weakFunction.ts';
import type { CallFact } from '../parse/facts.ts';
import type { Callee } from './dossier.ts';
import type { Handler } from './handlers.ts';
import { pointedFunctions } from './pointedFunctions.ts';

/** A function that runs when the handler does. */
export interface TreeFunction extends DefinedFunction {
  readonly depth: number;
}

/** The handler and what it calls, breadth first. */
export interface CallTree {
  readonly functions: readonly TreeFunction[];
  readonly callees: readonly Callee[];
  /** Deeper calls than are followed exist. */
  readonly isCut: boolean;
  /** Functions that call themselves, directly or around. */
  readonly recursive: readonly string[];
}

const deepestCall = 5;
const mostFunctions = 200;

/** Follows calls by name to where functions are defined, and calls through a struct's member to what is put there; recursion ends where it began, a file's own static functions come first. */
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
      for (const { name, found, through } of await targetsOf(source, call, caller)) {
        if (through !== undefined && seen.has(name)) continue;
        seen.add(name);
        callees.push({ name, line: call.line, depth: caller.depth + 1, caller: caller.function.name, ...(through !== undefined && { through }), ...(found !== undefined && { definition: { file: found.file, line: found.function.startLine, endLine: found.function.endLine } }) });
        if (found === undefined) continue;
        if (found.depth > deepestCall || functions.length >= mostFunctions) isCut = true;
        else functions.push(found);
      }
    }
  }
  return { functions, callees, isCut, recursive: recursiveIn(functions) };
}

interface Target {
  readonly name: string;
  readonly found: TreeFunction | undefined;
  readonly through?: string;
}

async function targetsOf(source: FactSource, { name }: CallFact, caller: TreeFunction): Promise<Target[]> {
  const member = /(?:->|\.)(\w+)$/.exec(name)?.[1];
  if (member === undefined) return [{ name, found: await definitionOf(source, name, caller) }];
  const pointed = await pointedFunctions(source, member, caller);
  if (pointed.length === 0) return [{ name, found: undefined }];
  return pointed.map(target => ({ name: target.function.name, through: name, found: { ...target, depth: caller.depth + 1 } }));
}

/** The file's own function, else one defined elsewhere; a weak one, such as a HAL's empty callback, only where there is no other. */
async function definitionOf(source: FactSource, name: string, caller: TreeFunction): Promise<TreeFunction | undefined> {
  const depth = caller.depth + 1;
  const own = caller.facts.functions.find(fact => fact.name === name);
  if (own !== undefined && !isWeak(own)) return { file: caller.file, facts: caller.facts, function: own, depth };
  let weak: TreeFunction | undefined = own === undefined ? undefined : { file: caller.file, facts: caller.facts, function: own, depth };
  for await (const found of definedFunctions(source, name)) {
    if (!isWeak(found.function)) return { ...found, depth };
    weak ??= { ...found, depth };
  }
  return weak;
}

/** Functions on a ring of calls. */
function recursiveIn(functions: readonly TreeFunction[]): string[] {
  const called = new Map(functions.map(({ function: { name, calls } }) => [name, new Set(calls.map(call => call.name))] as const));
  return [...called.keys()].filter(name => {
    const waiting = new Set(called.get(name));
    for (const next of waiting) {
      if (next === name) return true;
      for (const further of called.get(next) ?? []) waiting.add(further);
    }
    return false;
  });
}
