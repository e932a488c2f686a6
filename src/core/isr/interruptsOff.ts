import type { CallFact, FunctionFact } from '../parse/facts.ts';

const switchesOff = /^(__disable_irq|__disable_interrupt|__set_PRIMASK|__set_BASEPRI\w*|NVIC_DisableIRQ|HAL_NVIC_DisableIRQ|nvic_disable_irq|cm_disable_interrupts|taskENTER_CRITICAL\w*|portENTER_CRITICAL\w*|vPortEnterCritical|portDISABLE_INTERRUPTS|portSET_INTERRUPT_MASK\w*|taskDISABLE_INTERRUPTS|irq_lock|k_spin_lock|cli|noInterrupts|ATOMIC_BLOCK|save_and_disable_interrupts|critical_section_enter_blocking|spin_lock_blocking|\w*(enter_critical|EnterCritical|ENTER_CRITICAL|disable_irqs?|DisableInterrupts?))$/;
const switchesOn = /^(__enable_irq|__enable_interrupt|__set_PRIMASK|__set_BASEPRI|NVIC_EnableIRQ|HAL_NVIC_EnableIRQ|nvic_enable_irq|cm_enable_interrupts|taskEXIT_CRITICAL\w*|portEXIT_CRITICAL\w*|vPortExitCritical|portENABLE_INTERRUPTS|portCLEAR_INTERRUPT_MASK\w*|taskENABLE_INTERRUPTS|irq_unlock|k_spin_unlock|sei|interrupts|restore_interrupts\w*|critical_section_exit|spin_unlock|\w*(exit_critical|ExitCritical|EXIT_CRITICAL|leave_critical|LeaveCritical|LEAVE_CRITICAL|enable_irqs?|EnableInterrupts?))$/;

/** Whether a function switches interrupts off somewhere: then its accesses are taken to be guarded. */
export function switchesInterruptsOff({ calls }: FunctionFact): boolean {
  return calls.some(({ name }) => switchesOff.test(name));
}

/** Whether interrupts are off on a line of the function: behind a call that switches them off, before the one that lets them in again. */
export function areInterruptsOff(inside: FunctionFact, line: number): boolean {
  let depth = 0;
  // On one line the text's order counts, which is not known here: what opens there is open, what closes there closes behind.
  for (const { name, line: at } of switchesOf(inside)) {
    if (at > line) break;
    if (depth > 0 && at < line && switchesOn.test(name)) depth -= 1;
    else if (switchesOff.test(name)) depth += 1;
  }
  return depth > 0;
}

/** Asked for every use in a function, of which generated ones have thousands. */
const knownSwitches = new WeakMap<FunctionFact, readonly CallFact[]>();

function switchesOf(inside: FunctionFact): readonly CallFact[] {
  const known = knownSwitches.get(inside) ?? inside.calls.filter(({ name }) => switchesOff.test(name) || switchesOn.test(name)).toSorted((one, other) => one.line - other.line);
  knownSwitches.set(inside, known);
  return known;
}
