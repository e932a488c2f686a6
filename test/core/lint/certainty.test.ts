// How sure the rules are of what the code alone does not settle: who runs a function, which of several macros is in the build, what a library does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintDevice, lintFixture, lintTexts } from './lintProject.ts';

const device = lintDevice();
const shared = { 'chip.h': lintFixture('chip.h'), 'startup.c': lintFixture('startup.c'), 'clocks.c': lintFixture('clocks.c') };

/** Rule and certainty of every finding in the files, which stand beside a vector table and a `main` that opens the clocks. */
function check(name: string, texts: Readonly<Record<string, string>>, expected: readonly string[]): void {
  test(name, async () => {
    const found = await lintTexts({ ...shared, ...texts }, device);
    assert.deepEqual(found.map(({ rule, certainty }) => `${rule} ${certainty}`), expected);
  });
}

const handler = '#include "chip.h"\nvolatile uint32_t left;\nvoid TIM2_IRQHandler(void) { TIM2->SR = ~TIM_SR_UIF; left = 100; }\n';

check('what the main program is seen to run is likely', { 'a.c': `${handler}void take(void) { left--; }\n`, 'clocks.c': '#include "chip.h"\nint main(void) { for (;;) { take(); } }\n' }, ['non-atomic-shared likely']);
check('what runs through other functions is as likely', { 'a.c': `${handler}void take(void) { left--; }\nvoid work(void) { take(); }\n`, 'clocks.c': '#include "chip.h"\nint main(void) { for (;;) { work(); } }\n' }, ['non-atomic-shared likely']);
check('what a task runs is likely', { 'a.c': `${handler}void poll(void *unused) { left--; }\nvoid begin(void) { xTaskCreate(poll, "poll", 128, 0, 1, 0); }\n` }, ['non-atomic-shared likely']);
check('what nobody is seen to run is to be checked', { 'a.c': `${handler}void taken(void) { left--; }\nvoid (*const hook)(void) = taken;\n` }, ['non-atomic-shared possible']);
check('what only interrupts run is no finding', { 'a.c': `${handler}static void count(void);\nvoid TIM3_IRQHandler(void) { TIM3->SR = ~TIM_SR_UIF; count(); }\n`, 'b.c': '#include "chip.h"\nextern volatile uint32_t left;\nvoid count(void) { left--; }\n' }, []);

const board = (first: string, second: string): string => `#include "chip.h"\n#ifdef BOARD_A\n#define LED_TIMER ${first}\n#else\n#define LED_TIMER ${second}\n#endif\n`;

check('of a register that each board has elsewhere no reserved bits are told', { 'a.c': `${board('TIM2', 'TIM3')}void dim(void) { LED_TIMER->CR1 = 0x8000; }\n` }, []);
check('of a macro with one value they are, to be checked', { 'a.c': `${board('TIM2', 'TIM2')}void dim(void) { LED_TIMER->CR1 = 0x8000; }\n` }, ['reserved-bits possible']);
check('what is wrong with each board\'s register is to be checked', { 'a.c': `${board('TIM2', 'TIM3')}void dim(void) { LED_TIMER->SR &= ~TIM_SR_UIF; }\n` }, ['rmw-on-w1c possible']);
check('a value that the build chooses is not too wide', { 'a.c': '#include "chip.h"\n#ifndef RATE\n#define RATE 100000\n#else\n#define RATE 100\n#endif\nvoid rate(void) { TIM2->PSC = RATE; }\n' }, []);

check('all flags written back on purpose are no finding', { 'a.c': '#include "chip.h"\nvoid all(void) { EXTI->PR = EXTI->PR; }\n' }, []);
check('all flags written back with one more are', { 'a.c': '#include "chip.h"\nvoid all(void) { EXTI->PR = EXTI->PR | EXTI_PR_PR0; }\n' }, ['rmw-on-w1c certain']);
check('a peripheral whose clock nobody opens, though other clocks are, is a finding', { 'a.c': '#include "chip.h"\nvoid beep(void) { TIM3->CR1 |= TIM_CR1_CEN; }\n', 'clocks.c': '#include "chip.h"\nint main(void) { RCC->APB1ENR |= RCC_APB1ENR_TIM2EN; beep(); for (;;) { } }\n' }, ['clock-not-enabled likely']);
check('where no clock is ever opened, a core outside the workspace does it', { 'a.c': '#include "chip.h"\nvoid beep(void) { TIM3->CR1 |= TIM_CR1_CEN; }\n', 'clocks.c': '#include "chip.h"\nint main(void) { beep(); for (;;) { } }\n' }, []);
check('an enabled interrupt of a name that the chip does not know may be the peripheral\'s', { 'a.c': '#include "chip.h"\nvoid TIM2_IRQHandler(void) { TIM2->SR = ~TIM_SR_UIF; __DSB(); }\nvoid listen(void) { TIM2->DIER |= TIM_DIER_UIE; NVIC_EnableIRQ(TIM2_IRQn); NVIC_EnableIRQ(USART2_LPUART_IRQn); USART2->CR1 |= USART_CR1_RXNEIE; }\n' }, []);

check('what is read and written by a call that accesses it once is no finding', { 'a.c': '#include "chip.h"\nuint32_t mark;\nvoid TIM2_IRQHandler(void) { TIM2->SR = ~TIM_SR_UIF; mark = 1; }\nvoid drop(void) { if (readl(&mark)) { writel(&mark, 0); } }\n', 'clocks.c': '#include "chip.h"\nint main(void) { for (;;) { drop(); } }\n' }, []);
check('what another call is handed is', { 'a.c': '#include "chip.h"\nuint32_t mark;\nvoid TIM2_IRQHandler(void) { TIM2->SR = ~TIM_SR_UIF; mark = 1; }\nvoid drop(void) { take(&mark); }\n', 'clocks.c': '#include "chip.h"\nint main(void) { for (;;) { drop(); } }\n' }, ['missing-volatile likely', 'non-atomic-shared likely']);
check('a variable of a volatile typedef is volatile', { 'a.c': '#include "chip.h"\ntypedef volatile unsigned short vu16;\nvu16 mark;\nvoid TIM2_IRQHandler(void) { TIM2->SR = ~TIM_SR_UIF; mark = 1; }\nint seen(void) { return mark; }\n', 'clocks.c': '#include "chip.h"\nint main(void) { for (;;) { seen(); } }\n' }, []);
check('a bit that is set by the name of its field is not bit 0', { 'a.c': '#include "chip.h"\nvoid dim(void) { TIM2->CR1.bit.CEN = 1; USART2->CR1.bit.UE = 1; }\n' }, []);
check('a print within a macro for traces is to be checked', { 'a.c': '#include "chip.h"\nvoid TIM2_IRQHandler(void) { TIM2->SR = ~TIM_SR_UIF; TRACE_TIMER(printf("x")); }\n' }, ['blocking-in-isr possible']);
check('what libopencm3\'s handlers run is no finding', { 'a.c': `${handler}void take(void) { left--; }\n`, 'b.c': '#include "chip.h"\nvoid take(void);\nvoid pend_sv_handler(void) { take(); }\n' }, []);
check('a quotient that is shifted is not its divisor', { 'a.c': '#include "chip.h"\n#define PAGE_SIZE 2048\nvoid wait(uint32_t end) { TIM2->PSC = 1; TIM2->CR1 = ((end - 4) / PAGE_SIZE) << TIM_CR1_CEN_Pos; }\n' }, []);
check('a number in parentheses that is shifted is too wide all the same', { 'a.c': '#include "chip.h"\nvoid wait(void) { TIM2->CR1 = (5U) << TIM_CR1_CEN_Pos; }\n' }, ['value-too-wide certain']);
check('so is one whose parentheses go around the shift', { 'a.c': '#include "chip.h"\nvoid wait(void) { TIM2->CR1 = (5U << TIM_CR1_CEN_Pos) | 1; }\n' }, ['value-too-wide certain']);
check('a peripheral whose enable is written through its address is not silent', { 'a.c': '#include "chip.h"\nvoid TIM2_IRQHandler(void) { TIM2->SR = ~TIM_SR_UIF; __DSB(); }\nvoid listen(void) { *(volatile uint32_t *)&TIM2->DIER = TIM_DIER_UIE; NVIC_EnableIRQ(TIM2_IRQn); }\n' }, []);
check('a macro called after another register but made of this one\'s masks is no foreign mask', { 'a.c': '#include "chip.h"\n#define TIM_SR_ALL (TIM_DIER_UIE | 2)\nvoid all(void) { TIM2->DIER = TIM_SR_ALL; }\n' }, []);
check('a macro made of the other one\'s masks is', { 'a.c': '#include "chip.h"\n#define TIM_SR_ALL (TIM_SR_UIF | 2)\nvoid all(void) { TIM2->CR1 = TIM_SR_ALL; }\n' }, ['foreign-mask certain']);

test('what is to be checked is a hint, and says so', async () => {
  const [found] = await lintTexts({ ...shared, 'a.c': '#include "chip.h"\nvoid dim(void) { TIM2->CR1 = 0x8000; }\n' }, device);
  assert.equal(found?.severity, 'hint');
  assert.match(found.message, /^Check: /);
});
