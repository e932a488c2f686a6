import { evaluateExpression } from '../graph/evaluate.ts';
import type { MacroTable } from '../graph/macroTable.ts';
import type { CallTree } from './callTree.ts';
import type { CodePlace, Hazard, IsrPriority, Preemption } from './dossier.ts';
import type { Handler } from './handlers.ts';
import type { InterruptSettings } from './priority.ts';

/** Which other handlers interrupt this one, by the levels that the code sets: a lower number is more urgent. Undefined where its own is not known. */
export async function preemptionOf(handler: Handler, own: IsrPriority | undefined, all: readonly Handler[], settings: InterruptSettings): Promise<Preemption | undefined> {
  const level = own?.level;
  if (level === undefined) return undefined;
  const sorted: { over: string[]; under: string[]; same: string[] } = { over: [], under: [], same: [] };
  for (const other of all) {
    const its = other === handler ? undefined : (await settings.of(other)).priority?.level;
    if (its !== undefined) (its > level ? sorted.over : its < level ? sorted.under : sorted.same).push(other.function.name);
  }
  return sorted;
}

/** FreeRTOS calls in a handler whose priority lies above the ceiling up to which the kernel masks interrupts: they corrupt its lists. */
export async function aboveCeiling(handler: Handler, tree: CallTree, priority: IsrPriority | undefined, macros: MacroTable): Promise<Hazard[]> {
  const call = tree.functions.flatMap(({ file, function: { calls } }) => calls.map(({ name, line }) => ({ file, name, line }))).find(({ name }) => /^(x|v|ul|pv|e)[A-Z]\w*FromISR$/.test(name));
  if (call === undefined || handler.irq === undefined || handler.irq < 0) return [];
  const ceiling = await ceilingLevel(macros);
  if (ceiling === undefined || ceiling.level === 0) return [];
  const at: CodePlace = { file: call.file, line: call.line };
  if (priority === undefined) return [];
  if (priority.level === undefined || priority.level >= ceiling.level) return [];
  return [{ id: 'priority-above-ceiling', ...at, certainty: 'likely', message: `${call.name}() is called at priority ${priority.level} (${priority.file}:${priority.line}), which is more urgent than ${ceiling.name} (${ceiling.level}): FreeRTOS does not mask this interrupt, and its lists may be corrupted.` }];
}

/** The library's form is the number that NVIC_SetPriority takes; the kernel's is shifted to the top bits. */
async function ceilingLevel(macros: MacroTable): Promise<{ readonly name: string; readonly level: number } | undefined> {
  const names = ['configLIBRARY_MAX_SYSCALL_INTERRUPT_PRIORITY', 'configMAX_SYSCALL_INTERRUPT_PRIORITY', 'configMAX_API_CALL_INTERRUPT_PRIORITY', 'configPRIO_BITS', '__NVIC_PRIO_BITS'];
  await macros.load(names);
  const [library, ...shifted] = names.slice(0, 3).map(name => evaluateExpression(name, macros.lookup));
  if (library !== undefined) return { name: names[0] ?? '', level: Number(library) };
  const bits = evaluateExpression('configPRIO_BITS', macros.lookup) ?? evaluateExpression('__NVIC_PRIO_BITS', macros.lookup);
  const index = shifted.findIndex(value => value !== undefined);
  const value = shifted[index];
  return value === undefined || bits === undefined ? undefined : { name: names[index + 1] ?? '', level: Number(value) >> (8 - Number(bits)) };
}
