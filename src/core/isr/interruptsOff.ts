import type { FactSource } from '../graph/factSource.ts';
import type { FunctionFact } from '../parse/facts.ts';

/** Whether what is off where a fact stands keeps that handler's interrupt away: all are off, or its own is. */
export function keepsAway(guard: string | undefined, handlerName: string): boolean {
  if (guard === undefined) return false;
  const ones = [...guard.matchAll(/\(([^()]*)\)/g)].map(match => match[1] ?? '');
  if (ones.length === 0) return true;
  // Boards have names of their own for interrupts; only those that plainly are another's count as such.
  return ones.some(one => stemOf(one) === stemOf(handlerName)) || !ones.every(one => /_IRQn$|^NVIC_\w+_IRQ$/.test(one)) || !/_IRQHandler$|_isr$/.test(handlerName);
}

/** `TIM2` of `TIM2_IRQn`, `NVIC_TIM2_IRQ`, `tim2_isr`. */
function stemOf(name: string): string {
  return name.replace(/_?(IRQHandler|Handler|isr|vect|IRQn|IRQ)$/i, '').replace(/^NVIC_/, '').toUpperCase();
}

/** A function, and the handler that must not come while it runs. */
export interface GuardedCallee {
  readonly file: string;
  readonly function: Pick<FunctionFact, 'name' | 'isStatic'>;
  readonly handlerName: string;
}

/** Callers of callers that are asked, and files looked into. */
const deepestCaller = 3;
const mostFiles = 40;

/** Whether every call of a function that is seen stands where interrupts are off, and nothing else can call it. */
export async function isCalledGuarded(source: FactSource, { file, function: { name, isStatic }, handlerName }: GuardedCallee, depth = 0): Promise<boolean> {
  const files = isStatic ? [file] : await source.mentions(name);
  if (depth >= deepestCaller || files.length > mostFiles) return false;
  let calls = 0;
  for (const user of files) {
    const facts = await source.facts(user);
    if (facts === undefined) continue;
    if (facts.pointers?.some(({ value }) => value === name) === true || facts.vectors.some(({ handler }) => handler === name) || facts.uses.some(use => use.name === name)) return false;
    for (const caller of facts.functions) {
      for (const call of caller.calls) {
        if (call.name !== name) continue;
        calls += 1;
        if (!keepsAway(call.guard, handlerName) && !(caller.name !== name && await isCalledGuarded(source, { file: user, function: caller, handlerName }, depth + 1))) return false;
      }
    }
  }
  return calls > 0;
}
