import type { Hazard } from './dossier.ts';
import type { Handlers } from './handlers.ts';
import type { InterruptSettings } from './priority.ts';

/** Interrupts that the code enables though the vector table has only the default handler for them: the first one ends the program. */
export async function lostInterrupts({ unhandled, slots }: Handlers, settings: InterruptSettings): Promise<Hazard[]> {
  const found: Hazard[] = [];
  for (const name of unhandled) {
    const enabled = await settings.enabled(name);
    const slot = slots.get(name);
    if (enabled === undefined || slot === undefined) continue;
    found.push({ id: 'interrupt-without-handler', file: enabled.file, line: enabled.line, certainty: 'likely', message: `The interrupt of ${name} is enabled here, but no ${name} is defined in the indexed sources: it ends in the default handler (slot ${slot.index >= 0 ? slot.index : '?'} at ${slot.file}:${slot.line}).` });
  }
  return found;
}
