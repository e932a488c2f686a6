import type { FactSource } from '../graph/factSource.ts';
import type { CallFact } from '../parse/facts.ts';
import type { IsrPriority } from './dossier.ts';
import type { Handler } from './handlers.ts';

const priorityCalls = /^(__)?(HAL_)?(NVIC|nvic)_(SetPriority|set_priority)$|^irq_set_priority$/;

/** The last call that sets this interrupt's priority by its name: to the core's function, or to one of the project's own with a parameter named so. */
export async function priorityOf(source: FactSource, { tableName, interrupt }: Handler): Promise<IsrPriority | undefined> {
  const stem = tableName.replace(/_?(IRQHandler|Handler|isr)$/i, '');
  const names = [...new Set([stem, interrupt?.name ?? stem])].flatMap(text => [`${text}_IRQn`, `NVIC_${text.toUpperCase()}_IRQ`, `${text}_IRQ`]);
  const files = new Set<string>();
  // The index knows files by the interrupt's name where it is no upper-case constant, and by the functions that take it.
  for (const mentioned of [...names, 'nvic_set_priority', 'irq_set_priority']) for (const file of await source.mentions(mentioned)) files.add(file);
  const wanted = new Set(names.map(text => text.toUpperCase()));
  let found: IsrPriority | undefined;
  for (const file of files) {
    for (const { calls } of (await source.facts(file))?.functions ?? []) {
      for (const call of calls) {
        const position = call.arguments.findIndex(text => wanted.has(text.trim().toUpperCase()));
        const value = position === -1 ? undefined : await priorityArgument(source, call, position);
        if (value !== undefined) found = { value: value.trim(), file, line: call.line };
      }
    }
  }
  return found;
}

async function priorityArgument(source: FactSource, call: CallFact, interrupt: number): Promise<string | undefined> {
  if (priorityCalls.test(call.name)) return call.arguments[interrupt + 1];
  if (call.arguments.length < 2) return undefined;
  for (const { kind, file } of await source.definitions(call.name)) {
    const parameters = kind === 'function' ? (await source.facts(file))?.functions.find(({ name }) => name === call.name)?.parameters : undefined;
    const position = parameters?.findIndex(({ name }) => /prio/i.test(name)) ?? -1;
    if (position !== -1) return call.arguments[position];
  }
  return undefined;
}
