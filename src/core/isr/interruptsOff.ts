import type { FactSource } from '../graph/factSource.ts';
import type { FunctionFact } from '../parse/facts.ts';

const switchesOff = /^(__disable_irq|__disable_interrupt|__set_PRIMASK|__set_BASEPRI\w*|NVIC_DisableIRQ|HAL_NVIC_DisableIRQ|nvic_disable_irq|cm_disable_interrupts|taskENTER_CRITICAL\w*|portENTER_CRITICAL\w*|vPortEnterCritical|portDISABLE_INTERRUPTS|taskDISABLE_INTERRUPTS|irq_lock|k_spin_lock|cli|noInterrupts|ATOMIC_BLOCK|save_and_disable_interrupts|critical_section_enter_blocking|spin_lock_blocking|\w*(enter_critical|EnterCritical|ENTER_CRITICAL|disable_irqs?|DisableInterrupts?))$/;

/** Whether a function switches interrupts off somewhere: then its accesses are taken to be guarded. */
export function switchesInterruptsOff({ calls }: FunctionFact): boolean {
  return calls.some(({ name }) => switchesOff.test(name));
}

/** Those of the functions that switch interrupts off, as `file`, line feed, name. */
export async function interruptsOffIn(source: FactSource, users: readonly { readonly file: string; readonly function: string }[]): Promise<Set<string>> {
  const guarded = new Set<string>();
  for (const { file, function: name } of users) {
    const key = `${file}\n${name}`;
    if (guarded.has(key)) continue;
    const fact = (await source.facts(file))?.functions.find(candidate => candidate.name === name);
    if (fact !== undefined && switchesInterruptsOff(fact)) guarded.add(key);
  }
  return guarded;
}
