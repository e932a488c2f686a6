// Where interrupts are off in a function: every use of `x` on a line of its own, with what has switched them off there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestParser } from './grammars.ts';

/** The guards of all uses of `x`, in order; `-` where nothing guards. */
function check(name: string, body: string, expected: readonly string[], file = 'a.c'): void {
  test(name, async () => {
    await using parser = await openTestParser();
    const { facts } = parser.parse(`int x;\nvoid f(int on)\n{\n${body}\n}\n`, file);
    assert.deepEqual(facts.uses.filter(use => use.name === 'x').map(({ guard = '-' }) => guard), expected);
  });
}

check('between the calls, on one line too', 'x = 1; __disable_irq(); x = 2; __enable_irq(); x = 3;', ['-', '__disable_irq', '-']);
check('an early way out ends it there alone', '__disable_irq();\nif (on) { __enable_irq(); return; }\nx = 1;\n__enable_irq();\nx = 2;', ['__disable_irq', '-']);
check('off on one way only is not off', 'if (on) { cli(); }\nx = 1;', ['-']);
check('off on both ways is off', 'if (on) { cli(); } else { cli(); x = 1; }\nx = 2;', ['cli', 'cli']);
check('an end in a branch ends it behind', 'cli();\nif (on) { sei(); }\nx = 1;', ['-']);
check('a loop that lets them in begins its next round so', 'cli();\nwhile (on) { x = 1; sei(); }\nx = 2;', ['-', '-']);
check('a loop leaves off what it found off', 'cli();\nwhile (on) { x = 1; }\nx = 2;', ['cli', 'cli']);
check('a break takes along what is off', 'cli();\nfor (;;) { if (on) { sei(); break; } x = 1; }\nx = 2;', ['cli', '-']);
check('a continue takes along what is off', 'cli();\nwhile (on) { if (on) { sei(); continue; } x = 1; }\nx = 2;', ['-', '-']);
check('behind a continue the round goes on as it was', 'while (on) { cli(); if (on) { sei(); continue; } x = 1; sei(); }', ['cli']);
check('a case begins as its switch does', 'switch (on) { case 1: cli(); x = 1; break; case 2: x = 2; break; }\nx = 3;', ['cli', '-', '-']);
check('whoever jumps to a label may come with interrupts on', 'cli();\nagain: x = 1;', ['-']);
check('a block of AVR\'s over several lines', 'ATOMIC_BLOCK(ATOMIC_RESTORESTATE)\n{\n  x = 1;\n}\nx = 2;', ['ATOMIC_BLOCK', '-']);
check('a block of AVR\'s on one line', 'ATOMIC_BLOCK(ATOMIC_FORCEON) { x = 1; } x = 2;', ['ATOMIC_BLOCK', '-']);
check('AVR\'s status register comes back', 'uint8_t s = SREG; cli(); x = 1; SREG = s; x = 2;', ['cli', '-']);
check('the mask comes back', 'uint32_t m = __get_PRIMASK(); __disable_irq(); x = 1; __set_PRIMASK(m); x = 2;', ['__disable_irq', '-']);
check('a mask is set', '__set_BASEPRI(LIMIT); x = 1; __set_BASEPRI(0); x = 2;', ['__set_BASEPRI', '-']);
check('one interrupt is named', 'NVIC_DisableIRQ(TIM2_IRQn); x = 1; NVIC_EnableIRQ(TIM2_IRQn); x = 2;', ['NVIC_DisableIRQ(TIM2_IRQn)', '-']);
check('sections that nest end one by one', 'taskENTER_CRITICAL(); taskENTER_CRITICAL(); taskEXIT_CRITICAL(); x = 1; taskEXIT_CRITICAL(); x = 2;', ['taskENTER_CRITICAL', '-']);
check('what lets interrupts in ends all sections', 'taskENTER_CRITICAL(); taskENTER_CRITICAL(); __enable_irq(); x = 1;', ['-']);
check('which branch is compiled is not known', '#ifdef LOCKED\ncli();\n#endif\nx = 1;', ['-']);
check('both branches that may be compiled switch off', '#ifdef AVR\ncli();\n#else\ncli();\n#endif\nx = 1;', ['cli']);
check('the core\'s own instruction', 'asm volatile("cpsid i"); x = 1; asm volatile("cpsie i"); x = 2;', ['asm', '-']);
check('an object of C++ whose life is the section', '{ CriticalSectionLock lock; x = 1; }\nx = 2;', ['CriticalSectionLock', '-'], 'a.cpp');
check('loops in loops end, and in doubt nothing is off', `${'while (on) { '.repeat(60)}cli(); x = 1;${' }'.repeat(60)}`, ['cli']);

test('an empty handler of AVR\'s without a semicolon leaves the next function whole', async () => {
  await using parser = await openTestParser();
  const { facts } = parser.parse('EMPTY_INTERRUPT(WDT_vect)\nuint16_t take(void) { return count; }\nEMPTY_INTERRUPT (INT0_vect);\n', 'a.c');
  assert.deepEqual(facts.functions.map(({ name, startLine }) => [name, startLine]), [['take', 2], ['WDT_vect', 1], ['INT0_vect', 3]]);
});
