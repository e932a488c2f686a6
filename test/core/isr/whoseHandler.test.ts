// Every way in which real projects make a function an interrupt handler.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isrDossiers } from '../../../src/core/isr/isrDossiers.ts';
import { sourceOf } from '../graph/factsOf.ts';

/** Handlers that are found, each as `name [by what registered] [for what]`, and what is said about those that are not followed. */
function check(name: string, code: string | Readonly<Record<string, string>>, expected: readonly string[], problems: readonly RegExp[] = []): void {
  test(name, async () => {
    const report = await isrDossiers(await sourceOf(typeof code === 'string' ? { 'a.c': code } : code), undefined);
    assert.deepEqual(report.isrs.map(({ name: handler, registered, irq }) => [handler, registered?.by, registered?.interrupt ?? registered?.source, irq === undefined ? undefined : `= ${irq}`].filter(part => part !== undefined).join(' ')), expected);
    assert.equal(report.problems.length, problems.length, report.problems.map(({ message }) => message).join('\n'));
    for (const [index, pattern] of problems.entries()) assert.match(report.problems[index]?.message ?? '', pattern);
  });
}

check('AVR\'s ISR()', 'ISR(TIMER1_COMPA_vect) { x++; }\nSIGNAL(SIG_OVERFLOW0) { }', ['TIMER1_COMPA_vect', 'SIG_OVERFLOW0']);
check('MSP430\'s pragma', '#pragma vector=TIMER0_A0_VECTOR\n__interrupt void Timer_A(void) { }', ['Timer_A']);
check('PIC\'s __interrupt with and without a priority', 'void __interrupt() low(void) { }\nvoid __interrupt(high_priority) high(void) { }\nvoid __attribute__((interrupt, no_auto_psv)) _T1Interrupt(void) { }\nvoid __ISR(_TIMER_1_VECTOR, IPL2SOFT) Timer1Handler(void) { }', ['low', 'high', '_T1Interrupt', 'Timer1Handler']);
check('RISC-V\'s attributes', '__attribute__((interrupt("machine"))) void trap_entry(void) { }\n__attribute__((interrupt("WCH-Interrupt-fast"))) void tick(void) { }', ['trap_entry', 'tick']);
check('a table in its section whose handlers are named in no usual way, without its reset and dummy entries', {
  'startup.c': '__attribute__((used, section(".vectors"))) void (* const vectors[])(void) = { &_stack_top, irq_handler_reset, irq_handler_nmi, on_hard, 0, 0, 0, 0, 0, 0, 0, on_call, 0, 0, on_pend, on_tick, irq_handler_dummy, irq_handler_usb };\nvoid irq_handler_reset(void) { main(); }\nvoid irq_handler_dummy(void) { while (1); }',
  'usb.c': 'void irq_handler_usb(void) { serve(); }',
}, ['irq_handler_usb = 1']);
check('a handler given to the Pico\'s interrupt controller', 'static void on_rx(void) { }\nint main(void) { irq_set_exclusive_handler(20, on_rx); irq_set_enabled(20, true); }', ['on_rx irq_set_exclusive_handler 20 = 20']);
check('the number comes from an enumerator or a macro', { 'a.c': 'void on_rx(void) { }\nvoid set(void) { irq_set_exclusive_handler(UART0_IRQ, &on_rx); }', 'h.h': 'enum irq_num_rp2040 { UART0_IRQ = 20, UART1_IRQ = 21 };' }, ['on_rx irq_set_exclusive_handler UART0_IRQ = 20']);
check('a handler of Espressif\'s allocator takes a parameter', 'static void IRAM_ATTR uart_isr2(void *arg) { }\nvoid set(void) { esp_intr_alloc(ETS_UART0_INTR_SOURCE, ESP_INTR_FLAG_IRAM, uart_isr2, NULL, &handle); }', ['uart_isr2 esp_intr_alloc ETS_UART0_INTR_SOURCE']);
check('a pin\'s handler', 'static void edge(void *arg) { }\nvoid set(void) { gpio_isr_handler_add(BUTTON, edge, (void *)BUTTON); }', ['edge gpio_isr_handler_add BUTTON']);
check('Zephyr connects in a function', 'static void uart_x_isr(const struct device *dev) { }\nstatic int init(const struct device *dev) { IRQ_CONNECT(DT_INST_IRQN(0), DT_INST_IRQ(0, priority), uart_x_isr, DEVICE_DT_INST_GET(0), 0); return 0; }', ['uart_x_isr IRQ_CONNECT DT_INST_IRQN(0)']);
check('Zephyr connects in a macro\'s body', '#define CONF(n) static void config_##n(const struct device *dev) { IRQ_CONNECT(DT_INST_IRQN(n), DT_INST_IRQ(n, priority), spi_x_isr, DEVICE_DT_INST_GET(n), 0); }\nstatic void spi_x_isr(const struct device *dev) { }\nCONF(0)', ['spi_x_isr IRQ_CONNECT DT_INST_IRQN(n)']);
check('a direct interrupt of Zephyr', 'ISR_DIRECT_DECLARE(radio_isr) { serve(); return 1; }\nvoid set(void) { IRQ_DIRECT_CONNECT(1, 0, radio_isr, 0); }', ['radio_isr IRQ_DIRECT_CONNECT 1 = 1']);
check('a handler handed on by a function of the project', { 'a.c': 'void on_timer(void) { }\nint main(void) { install(4, on_timer); }', 'b.c': 'void install(unsigned number, handler_t handler) { irq_set_exclusive_handler(number, handler); }' }, ['on_timer install 4 = 4']);
check('a lambda is said not to be followed', { 'a.cpp': 'void setup() { irq_set_exclusive_handler(3, [](){ ticks++; }); }' }, [], [/no plain name, such as a lambda/]);
check('a method, and a template\'s', { 'a.cpp': 'void Driver::isr() { n++; }\ntemplate<int N> struct Port { static void handle() { m++; } };\nvoid setup() { irq_set_exclusive_handler(3, &Driver::isr); attachInterrupt(2, Port<1>::handle, RISING); }' }, ['Driver::isr irq_set_exclusive_handler 3 = 3', 'handle attachInterrupt 2']);
check('a handler that is not there is said', 'void setup(void) { irq_set_exclusive_handler(3, elsewhere); }', [], [/elsewhere here, which is not defined/]);
check('taking a handler away is no handing over', 'void stop(void) { irq_set_exclusive_handler(3, NULL); }', []);
check('a handler that is still being typed', 'void USART2_IRQHandler(void)\n{\n  if (USART2->SR & 1) {\n', ['USART2_IRQHandler'], []);
