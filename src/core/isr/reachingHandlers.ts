import type { FactSource } from '../graph/factSource.ts';
import type { Handler } from './handlers.ts';

/** Levels of callers followed up, and functions looked at. */
const deepest = 6;
const mostFunctions = 200;

/** The handlers that run a function which is none itself, such as a HAL's callback: by its callers and theirs, up to the vector. */
export async function reachingHandlers(source: FactSource, name: string, handlers: readonly Handler[]): Promise<Handler[]> {
  const found = new Set<Handler>();
  let level = [name];
  const seen = new Set(level);
  for (let depth = 0; depth < deepest && level.length > 0 && seen.size < mostFunctions; depth++) {
    const next: string[] = [];
    for (const callee of level) {
      for (const caller of await callersOf(source, callee)) {
        for (const handler of handlers) if (handler.function.name === caller) found.add(handler);
        if (!seen.has(caller)) {
          seen.add(caller);
          next.push(caller);
        }
      }
    }
    level = next;
  }
  return [...found];
}

/** By name, and through a struct's member that the function is put into. */
async function callersOf(source: FactSource, name: string): Promise<string[]> {
  const callers: string[] = [];
  for (const file of await source.mentions(name)) {
    const facts = await source.facts(file);
    for (const { name: caller, calls } of facts?.functions ?? []) if (calls.some(call => call.name === name)) callers.push(caller);
    for (const { member } of (facts?.pointers ?? []).filter(({ value }) => value === name)) {
      for (const { name: caller, calls } of facts?.functions ?? []) if (calls.some(call => call.name.endsWith(`->${member}`) || call.name.endsWith(`.${member}`))) callers.push(caller);
    }
  }
  return callers;
}
