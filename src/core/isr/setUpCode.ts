/** Code that runs before the interrupt is on, or in interrupts itself, by its name. */
export function setsUp(functionName: string): boolean {
  return /init|setup|config|start_?up|begin$|(^|_)(open|create|test)(_|$)|ISR$|IRQ|_isr|interrupt|callback|handler/i.test(functionName);
}
