import { evaluateExpression } from '../graph/evaluate.ts';
import { priorityOf } from '../isr/priority.ts';
import type { LintHit } from './finding.ts';
import { type HandlerGround, within } from './handlerGround.ts';

/** FreeRTOS calls that only interrupts at or below the ceiling may make. */
const api = /FromISR$|^portYIELD_FROM_ISR$|^portEND_SWITCHING_ISR$/;
const ceilings = ['configLIBRARY_MAX_SYSCALL_INTERRUPT_PRIORITY', 'configMAX_SYSCALL_INTERRUPT_PRIORITY', 'configMAX_API_CALL_INTERRUPT_PRIORITY', 'configKERNEL_INTERRUPT_PRIORITY', 'configPRIO_BITS', '__NVIC_PRIO_BITS'];

/** A handler that calls FreeRTOS though its priority lies above the ceiling: the kernel's critical sections do not hold it off. */
export async function aboveSyscallCeiling(ground: HandlerGround): Promise<LintHit[]> {
  const { handler, tree, graph, device } = ground;
  if (handler.irq === undefined || handler.irq < -1 || device?.cpu === undefined || !/^(CM[347]|CM33|CM4F|CM55|CM85|Cortex-?M[347]|Cortex-?M33)/i.test(device.cpu.name)) return [];
  const found = tree.functions.flatMap(inside => inside.function.calls.filter(({ name }) => api.test(name)).map(call => ({ inside, call })))[0];
  if (found === undefined) return [];
  const priority = await priorityOf(graph.source, handler);
  await graph.macros.load([...ceilings, priority?.value ?? '']);
  const value = (text: string): number | undefined => {
    const number = evaluateExpression(text, graph.macros.lookup);
    return number === undefined ? undefined : Number(number);
  };
  const ceiling = ceilingOf(value, device.cpu.nvicPrioBits);
  if (ceiling === undefined || priority === undefined) return [];
  const own = value(priority.value);
  if (own === undefined || own < 0 || own >= ceiling.priority) return [];
  return [{
    rule: 'priority-above-syscall-ceiling', file: priority.file, line: priority.line, certainty: found.inside.depth <= 1 ? 'certain' : 'likely',
    message: `${handler.function.name} has priority ${own}, above FreeRTOS's ceiling ${ceiling.priority} (${ceiling.name}), but ${found.call.name}() is called in ${within(ground, found.inside)}: give it ${ceiling.priority} or a higher number.`,
    related: [{ file: found.inside.file, line: found.call.line, message: `${found.call.name}() is called here` }],
  }];
}

/** As the core's function takes it, without the shift. */
function ceilingOf(value: (text: string) => number | undefined, nvicPrioBits: number | undefined): { readonly name: string; readonly priority: number } | undefined {
  const [library = '', ...shifted] = ceilings.slice(0, 3);
  const plain = value(library);
  if (plain !== undefined) return { name: library, priority: plain };
  const bits = value('configPRIO_BITS') ?? value('__NVIC_PRIO_BITS') ?? nvicPrioBits;
  for (const name of shifted) {
    const raw = value(name);
    if (raw !== undefined && bits !== undefined && raw > 0 && raw < 256) return { name, priority: raw >> (8 - bits) };
  }
  return undefined;
}
