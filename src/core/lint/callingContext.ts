import type { FactSource } from '../graph/factSource.ts';

/** Who runs a function: the main program or a task, interrupts alone, or nobody who can be seen. */
export type CallingContext = 'main' | 'interrupt' | 'unknown';

/** Levels of callers followed up, and functions looked at. */
const deepest = 8;
const mostFunctions = 200;

/** Calls that start a task with the function they are handed. */
const startsTask = /(task|thread|process|fiber|coroutine)_?\w*(create|start|init|new|spawn|define|add)|(create|start|new|spawn|add)_?\w*(task|thread)|^osThread\w*|^K_THREAD_DEFINE$|^multicore_launch_core1$/i;

/** Names that vector tables outside the workspace know, as libopencm3's. */
const handlerName = /_(IRQHandler|isr|vect)$|^(nmi|hard_fault|sv_call|pend_sv|sys_tick)_handler$|^(SysTick|PendSV|SVC)_Handler$/;

/** Where a function stands with regard to interrupts, and which files say so. */
export interface ContextSearch {
  readonly source: FactSource;
  /** Bare names of the functions that interrupts run. */
  readonly interruptNames: ReadonlySet<string>;
  /** Grows by the files that were looked at. */
  readonly files: Set<string>;
}

/** Climbs from a function to those that call it, until `main`, a task or only interrupts are left. */
export async function callingContext(name: string, search: ContextSearch): Promise<CallingContext> {
  let level = [bareName(name)];
  const seen = new Set(level);
  let isInInterrupts = false;
  for (let depth = 0; depth < deepest && level.length > 0 && seen.size < mostFunctions; depth++) {
    const next: string[] = [];
    for (const callee of level) {
      if (/^(main|app_main|loop)$/.test(callee)) return 'main';
      if (search.interruptNames.has(callee) || handlerName.test(callee)) {
        isInInterrupts = true;
        continue;
      }
      const callers = await callersOf(callee, search);
      if (callers.startsAsTask) return 'main';
      for (const caller of callers.names) if (!seen.has(caller)) { seen.add(caller); next.push(caller); }
    }
    level = next;
  }
  return isInInterrupts ? 'interrupt' : 'unknown';
}

/** `Encoder::Decode` is called as `Decode` and `encoder->Decode`. */
export function bareName(name: string): string {
  return /[A-Za-z_]\w*$/.exec(name)?.[0] ?? name;
}

async function callersOf(name: string, { source, files }: ContextSearch): Promise<{ readonly names: readonly string[]; readonly startsAsTask: boolean }> {
  const names: string[] = [];
  const isArgument = new RegExp(`^&?\\s*(\\w+::)*${name}$`);
  for (const file of await source.mentions(name)) {
    files.add(file);
    for (const { name: caller, calls } of (await source.facts(file))?.functions ?? []) {
      if (calls.some(call => startsTask.test(call.name) && call.arguments.some(argument => isArgument.test(argument.trim())))) return { names, startsAsTask: true };
      if (calls.some(call => bareName(call.name) === name)) names.push(bareName(caller));
    }
  }
  return { names, startsAsTask: false };
}
