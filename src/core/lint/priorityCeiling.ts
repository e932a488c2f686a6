import { syscallCeiling } from '../isr/urgency.ts';
import type { LintHit } from './finding.ts';
import { type HandlerGround, within } from './handlerGround.ts';

/** FreeRTOS calls that only interrupts at or below the ceiling may make. */
const api = /FromISR$|^portYIELD_FROM_ISR$|^portEND_SWITCHING_ISR$/;

/** A handler that calls FreeRTOS though its priority lies above the ceiling: the kernel's critical sections do not hold it off. */
export async function aboveSyscallCeiling(ground: HandlerGround): Promise<LintHit[]> {
  const { handler, tree, graph, device, settings } = ground;
  if (handler.irq === undefined || handler.irq < -1 || device?.cpu === undefined || !/^(CM[347]|CM33|CM4F|CM55|CM85|Cortex-?M[347]|Cortex-?M33)/i.test(device.cpu.name)) return [];
  const found = tree.functions.flatMap(inside => inside.function.calls.filter(({ name }) => api.test(name)).map(call => ({ inside, call })))[0];
  if (found === undefined) return [];
  const { priority } = await settings.of(handler);
  const ceiling = await syscallCeiling(graph.macros, device.cpu.nvicPrioBits);
  const own = priority?.level;
  if (ceiling === undefined || priority === undefined || own === undefined || own >= ceiling.level) return [];
  return [{
    rule: 'priority-above-syscall-ceiling', file: priority.file, line: priority.line, certainty: found.inside.depth <= 1 ? 'certain' : 'likely',
    message: `${handler.function.name} has priority ${own}, above FreeRTOS's ceiling ${ceiling.level} (${ceiling.name}), but ${found.call.name}() is called in ${within(ground, found.inside)}: give it ${ceiling.level} or a higher number.`,
    related: [{ file: found.inside.file, line: found.call.line, message: `${found.call.name}() is called here` }],
  }];
}
