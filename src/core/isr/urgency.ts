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
  const ceiling = await syscallCeiling(macros);
  if (ceiling === undefined || ceiling.level === 0) return [];
  const at: CodePlace = { file: call.file, line: call.line };
  if (priority === undefined) return [];
  if (priority.level === undefined || priority.level >= ceiling.level) return [];
  return [{ id: 'priority-above-ceiling', ...at, certainty: 'likely', message: `${call.name}() is called at priority ${priority.level} (${priority.file}:${priority.line}), which is more urgent than ${ceiling.name} (${ceiling.level}): FreeRTOS does not mask this interrupt, and its lists may be corrupted.` }];
}

const ceilings = ['configLIBRARY_MAX_SYSCALL_INTERRUPT_PRIORITY', 'configMAX_SYSCALL_INTERRUPT_PRIORITY', 'configMAX_API_CALL_INTERRUPT_PRIORITY'];

/** The priority up to which FreeRTOS masks interrupts. The library's form is the number that NVIC_SetPriority takes; the kernel's is shifted to the top bits, of which the code says how many there are, or else the chip. */
export async function syscallCeiling(macros: MacroTable, nvicPrioBits?: number): Promise<{ readonly name: string; readonly level: number } | undefined> {
  await macros.load([...ceilings, 'configPRIO_BITS', '__NVIC_PRIO_BITS']);
  const numberOf = (name: string): number | undefined => {
    const value = evaluateExpression(name, macros.lookup);
    return value === undefined ? undefined : Number(value);
  };
  const bits = numberOf('configPRIO_BITS') ?? numberOf('__NVIC_PRIO_BITS') ?? nvicPrioBits;
  for (const [index, name] of ceilings.entries()) {
    const value = numberOf(name);
    if (value !== undefined && index === 0) return { name, level: value };
    if (value !== undefined && bits !== undefined && value > 0 && value < 256) return { name, level: value >> (8 - bits) };
  }
  return undefined;
}
