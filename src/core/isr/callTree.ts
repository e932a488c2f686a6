import { definedFunctions, type DefinedFunction } from '../graph/definedFunctions.ts';
import type { FactSource } from '../graph/factSource.ts';
import { isWeak } from '../graph/weakFunction.ts';
import { registerMacro } from '../parse/cRegisterMacros.ts';
import type { CallFact } from '../parse/facts.ts';
import type { Callee } from './dossier.ts';
import type { Handler } from './handlers.ts';
import { isHarmlessCall } from './knownCalls.ts';
import { calledMacro, type CalledMacro } from './macroCalls.ts';
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
      if (seen.has(call.name) || registerMacro(call.name) !== undefined) continue;
      seen.add(call.name);
      for (const target of await targetsOf(source, call.name, { caller, seen })) {
        const { name, found } = target;
        callees.push(calleeOf(target, call, caller));
        if (found === undefined) continue;
        if (found.depth > deepestCall || functions.length >= mostFunctions) isCut = true;
        else functions.push(found);
        seen.add(name);
      }
    }
  }
  return { functions, callees, isCut, recursive: recursiveIn(functions) };
}

interface Target {
  readonly name: string;
  readonly found: TreeFunction | undefined;
  readonly through?: string;
  readonly macro?: CalledMacro;
  readonly isPointer?: true;
}

function calleeOf({ name, found, through, macro, isPointer }: Target, { line }: CallFact, caller: TreeFunction): Callee {
  const isOpen = macro === undefined ? found === undefined && !isHarmlessCall(name) : macro.isOpen;
  return {
    name, line, depth: caller.depth + 1, caller: caller.function.name, ...(through !== undefined && { through }), ...(isPointer === true && { isPointer }),
    ...(found !== undefined && { definition: { file: found.file, line: found.function.startLine, endLine: found.function.endLine } }),
    ...(macro !== undefined && { macro: { file: macro.file, line: macro.line } }), ...(isOpen && { isOpen: true as const }),
  };
}

interface Asking {
  readonly caller: TreeFunction;
  readonly seen: Set<string>;
}

/** Macros for macros. */
const deepestMacro = 4;

async function targetsOf(source: FactSource, name: string, asking: Asking, depth = 0): Promise<Target[]> {
  const { caller, seen } = asking;
  const member = /(?:->|\.)(\w+)$/.exec(name)?.[1];
  if (member === undefined) {
    const found = await definitionOf(source, name, caller);
    const macro = found === undefined ? await calledMacro(source, name) : undefined;
    if (macro === undefined) return [{ name, found, ...(found === undefined && await isVariable(source, name, caller) && { isPointer: true as const }) }];
    const inner = macro.calls.filter(each => depth < deepestMacro && !seen.has(each) && !isHarmlessCall(each) && registerMacro(each) === undefined);
    for (const each of inner) seen.add(each);
    // What the macro itself hands on to a known register macro is an access that is not followed.
    const isOpen = macro.isOpen || depth >= deepestMacro || macro.calls.some(each => registerMacro(each) !== undefined);
    return [{ name, found: undefined, macro: { ...macro, isOpen } }, ...(await Promise.all(inner.map(each => targetsOf(source, each, asking, depth + 1)))).flat()];
  }
  const pointed = await pointedFunctions(source, member, caller);
  if (pointed.length === 0) return [{ name, found: await methodOf(source, { name, member }, caller) }];
  return pointed.filter(target => !seen.has(target.function.name)).map(target => ({ name: target.function.name, through: name, found: { ...target, depth: caller.depth + 1 } }));
}

/** `on_byte(c)`, where `on_byte` is a parameter, a local or a global: what it holds is called. */
async function isVariable(source: FactSource, name: string, { facts, function: inside }: TreeFunction): Promise<boolean> {
  if (inside.parameters.some(parameter => parameter.name === name)) return true;
  if (facts.variables.some(variable => variable.name === name && (variable.function ?? inside.name) === inside.name)) return true;
  return (await source.definitions(name)).some(({ kind }) => kind === 'variable');
}

/** `uart2.irq()`: the method of the class that the object is declared with. */
async function methodOf(source: FactSource, { name, member }: { readonly name: string; readonly member: string }, caller: TreeFunction): Promise<TreeFunction | undefined> {
  const object = /^([A-Za-z_]\w*)(?:->|\.)\w+$/.exec(name)?.[1];
  const type = caller.facts.variables.find(variable => variable.name === object && (variable.function ?? caller.function.name) === caller.function.name)?.type.replace(/[*&]|\b(volatile|const|static|struct|class)\b/g, '').replace(/<.*/, '').trim();
  if (type === undefined || !/^[\w:]+$/.test(type)) return undefined;
  for await (const found of definedFunctions(source, `${type}::${member}`, { from: caller.file })) return { ...found, depth: caller.depth + 1 };
  // Written inside its class, it is known by its bare name.
  for await (const found of definedFunctions(source, member, { from: caller.file })) {
    const inside = found.facts.types.find(each => each.name === type);
    if (inside !== undefined && inside.startLine <= found.function.startLine && found.function.startLine <= inside.endLine) return { ...found, depth: caller.depth + 1 };
  }
  return undefined;
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
