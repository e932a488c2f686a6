const opens = /^(__disable_irq|__disable_interrupts?|__disable_fault_irq|cm_disable_interrupts|cm_mask_interrupts|taskENTER_CRITICAL\w*|portENTER_CRITICAL\w*|vPortEnterCritical|portDISABLE_INTERRUPTS|portSET_INTERRUPT_MASK\w*|taskDISABLE_INTERRUPTS|irq_lock|k_spin_lock|cli|noInterrupts|save_and_disable_interrupts|critical_section_enter_blocking|spin_lock_blocking|core_util_critical_section_enter|\w*(enter_critical|EnterCritical|ENTER_CRITICAL|disable_irqs?|DisableInterrupts?))$/;
const closes = /^(__enable_fault_irq|taskEXIT_CRITICAL\w*|portEXIT_CRITICAL\w*|vPortExitCritical|portCLEAR_INTERRUPT_MASK\w*|irq_unlock|k_spin_unlock|restore_interrupts\w*|critical_section_exit|spin_unlock|core_util_critical_section_exit|\w*(exit_critical|ExitCritical|EXIT_CRITICAL|leave_critical|LeaveCritical|LEAVE_CRITICAL|enable_irqs?))$/;
/** These let interrupts in whatever was open before. */
const closesAll = /^(__enable_irq|__enable_interrupts?|cm_enable_interrupts|portENABLE_INTERRUPTS|taskENABLE_INTERRUPTS|sei|interrupts|\w*EnableInterrupts?)$/;
const masks = /^__set_(PRIMASK|BASEPRI\w*|FAULTMASK)$/;
const closesOne = /^(HAL_)?NVIC_EnableIRQ$|^nvic_enable_irq$/;
const opensOne = /^(HAL_)?NVIC_DisableIRQ$|^nvic_disable_irq$/;

/** Macros in front of a block in which interrupts are off, for a pattern. */
export const atomicBlocks = 'ATOMIC_BLOCK|K_SPINLOCK|SYS_SEM_LOCK';

/** What a call does to the interrupts that may come: `one` names the only one, `mask` opens or closes by what is open. */
export interface CriticalCall {
  readonly effect: 'open' | 'close' | 'closeAll' | 'mask';
  /** The one interrupt that is meant, as written. */
  readonly one?: string;
}

/** The effect of a call on interrupts by its name; undefined for any other call. */
export function criticalCall(name: string, given: readonly string[]): CriticalCall | undefined {
  const [first = ''] = given;
  if (opensOne.test(name)) return { effect: 'open', one: first };
  if (closesOne.test(name)) return { effect: 'close', one: first };
  if (masks.test(name)) return { effect: /^0[uU]?$|^0x0+[uU]?$/.test(first) ? 'closeAll' : /^[A-Z1-9(]/.test(first) ? 'open' : 'mask' };
  if (closesAll.test(name)) return { effect: 'closeAll' };
  return opens.test(name) ? { effect: 'open' } : closes.test(name) ? { effect: 'close' } : undefined;
}
