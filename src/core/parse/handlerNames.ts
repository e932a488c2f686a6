/** Whether a name follows a convention for interrupt and exception handlers: `USART2_IRQHandler`, `usart2_isr`, `TIMER1_OVF_vect`. */
export function isHandlerName(name: string): boolean {
  return /(_IRQHandler|_Handler|IRQHandler|_irq_handler|_isr|_ISR|_IRQ|_vect|_Interrupt|Isr)$/.test(name) && !/^(HAL_|Default_Handler$|LL_|nrfx?_.*_irq_handler$)/.test(name);
}

/** Whether a name in a vector table's first slot is the initial stack pointer, not a handler. */
export function isStackName(name: string): boolean {
  return /stack|^_?_?(initial_sp|sp)$|CSTACK|__INITIAL_SP|StackTop/i.test(name) && !/Handler$/.test(name);
}

/** Whether a section name is one that linker scripts put at the vector table's address. */
export function isVectorSection(section: string): boolean {
  return /isr_?vector|intvec|vector|\bRESET\b|\.vtable|interrupt_table/i.test(section);
}
