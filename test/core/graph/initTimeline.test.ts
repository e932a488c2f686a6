// The order in which a peripheral is set up, over small programs of real C and the fixture project.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initTimeline } from '../../../src/core/graph/initTimeline.ts';
import { realDevice } from '../device/realDevice.ts';
import { openTestParser } from '../parse/grammars.ts';
import { fixtureTexts, sourceOf } from './factsOf.ts';

const device = realDevice('STM32F407.svd');
const macros = '#define USART_CR1_UE 0x2000U\n#define USART_CR1_TE 8U\n#define RCC_APB1ENR_USART2EN 0x20000U\ntypedef struct { volatile uint32_t SR, DR, BRR, CR1, CR2, CR3; } USART_TypeDef;\ntypedef struct { USART_TypeDef *Instance; } UART_HandleTypeDef;\n';

/** Each step as `path field by function`, and what is said beside them. */
function check(name: string, files: Readonly<Record<string, string>>, expected: readonly string[], said: { readonly end?: RegExp; readonly problem?: RegExp; readonly of?: string } = {}): void {
  test(name, { skip: device === undefined && 'no SVD file beside the repository' }, async () => {
    assert.ok(device);
    await using parser = await openTestParser();
    const { steps, end, problems } = await initTimeline(await sourceOf(Object.keys(files).length === 0 ? files : { 'chip.h': macros, ...files }), device, said.of ?? 'USART2', text => parser.parse(text, 'macro.c').facts);
    assert.deepEqual(steps.map(({ path, fields, function: inside, how, isClock, condition, inLoop }) => `${path}${fields.length > 0 ? ` ${fields.join('+')}` : ''} in ${inside}${how === 'type' ? ' (any)' : ''}${isClock === true ? ' (clock)' : ''}${condition === undefined ? '' : ` (if ${condition})`}${inLoop === true ? ' (in a loop)' : ''}`), expected);
    if (said.end !== undefined) assert.match(end?.what ?? '', said.end);
    assert.match(problems.map(({ message }) => message).join('\n'), said.problem ?? /^$/);
  });
}

const main = (body: string, before = ''): Record<string, string> => ({ 'main.c': `#include "chip.h"\n${before}\nint main(void)\n{\n${body}\nfor (;;) { USART2->DR = 1; }\n}\n` });

check('writes come in the order of the lines, up to the main loop', main('USART2->BRR = 5;\nUSART2->CR1 = USART_CR1_UE;'), ['USART2.BRR DIV_Fraction in main', 'USART2.CR1 UE in main'], { end: /main loop of main/ });
check('calls are followed where they stand', main('clock();\nUSART2->CR2 = 0;\nstart();', 'static void clock(void) { RCC->APB1ENR |= RCC_APB1ENR_USART2EN; }\nstatic void start(void) { USART2->CR1 |= USART_CR1_UE; }'), ['RCC.APB1ENR USART2EN in clock (clock)', 'USART2.CR2 in main', 'USART2.CR1 UE in start']);
check('a pointer that is handed over is what it is here', main('open(USART1);\nopen(USART2);', 'static void open(USART_TypeDef *port) { port->BRR = 7;\nenable(port); }\nstatic void enable(USART_TypeDef *port) { port->CR1 |= USART_CR1_UE; }'), ['USART2.BRR DIV_Fraction in open', 'USART2.CR1 UE in enable']);
check('a HAL\'s handle is the instance that was put into it', main('huart2.Instance = USART2;\nHAL_UART_Init(&huart2);', 'UART_HandleTypeDef huart2;\nvoid HAL_UART_Init(UART_HandleTypeDef *huart) { huart->Instance->CR1 |= USART_CR1_UE; }'), ['USART2.CR1 UE in HAL_UART_Init']);
check('what is done twice is listed twice', main('on();\noff();\non();', 'static void on(void) { USART2->CR1 |= USART_CR1_UE; }\nstatic void off(void) { USART2->CR1 &= ~USART_CR1_UE; }'), ['USART2.CR1 UE in on', 'USART2.CR1 UE in off', 'USART2.CR1 UE in on']);
check('what a condition or a loop decides says so', main('if (fast) USART2->BRR = 5;\nelse USART2->BRR = 9;\nfor (int i = 0; i < 3; i++) { send(); }', 'static void send(void) { USART2->DR = 1; }'), ['USART2.BRR DIV_Fraction in main (if fast)', 'USART2.BRR DIV_Fraction in main (if not (fast))', 'USART2.DR DR in send (in a loop)']);
check('a case of a switch says so', main('switch (mode) { case 1:\nUSART2->CR2 = 0;\nbreak; }'), ['USART2.CR2 in main (if mode is the case)']);
check('what the caller hands over rules an arm out', main('clock(ENABLE);', '#define DISABLE 0\n#define ENABLE 1\nstatic void clock(int state) {\n  if (state != DISABLE) {\n    RCC->APB1ENR |= RCC_APB1ENR_USART2EN;\n  } else {\n    RCC->APB1ENR &= ~RCC_APB1ENR_USART2EN;\n  }\n}'), ['RCC.APB1ENR USART2EN in clock (clock)']);
check('a clock macro is followed', main('__HAL_RCC_USART2_CLK_ENABLE();', '#define __HAL_RCC_USART2_CLK_ENABLE() do { RCC->APB1ENR |= RCC_APB1ENR_USART2EN; } while (0)'), ['RCC.APB1ENR USART2EN in main (clock)']);
check('a clock\'s bit that is handed over, and an inline function of a header', { ...main('LL_EnableClock(LL_PERIPH_USART2);\nLL_USART_Enable(USART2);'), 'll.h': '#define LL_PERIPH_USART2 RCC_APB1ENR_USART2EN\nstatic inline void LL_EnableClock(uint32_t bits) { RCC->APB1ENR |= bits; }\nstatic inline void LL_USART_Enable(USART_TypeDef *port) { port->CR1 |= USART_CR1_UE; }\n' }, ['RCC.APB1ENR USART2EN in LL_EnableClock (clock)', 'USART2.CR1 UE in LL_USART_Enable']);
check('a macro that is an access is no macro to follow', main('SET_BIT(USART2->CR1, USART_CR1_UE);', '#define SET_BIT(REG, BIT) ((REG) |= (BIT))'), ['USART2.CR1 UE in main']);
check('of two definitions the one for this chip counts', { 'f1/stm32f1_uart.c': 'void start(USART_TypeDef *port) { port->CR2 = 0; }\n', 'f4/stm32f4_uart.c': 'void start(USART_TypeDef *port) { port->CR3 = 0; }\n', ...main('start(USART2);') }, ['USART2.CR3 in start']);
check('a driver whose writes cannot be joined is named', main('start(USART2);', 'static void start(USART_TypeDef *port) { table[index(port)]->CR1 = 1; }'), [], { problem: /Handed the peripheral, with writes that could not be joined to its registers: start\(\) at main\.c/ });
check('recursion ends', main('step(3);', 'static void step(int n) { USART2->CR2 = 0; if (n) { step(n - 1); } }'), ['USART2.CR2 in step']);
check('the scheduler ends it, and tasks come after it', { 'main.c': '#include "chip.h"\nint main(void) {\n  USART2->CR2 = 0;\n  xTaskCreate(worker, "w", 128, 0, 1, 0);\n  vTaskStartScheduler();\n  USART2->CR3 = 0;\n}\nvoid worker(void *p) {\n  USART2->CR1 = 0;\n  for (;;) { USART2->CR3 = 0; }\n}\n' }, ['USART2.CR2 in main', 'USART2.CR1 in worker'], { end: /vTaskStartScheduler/, problem: /order in which they are made \(worker\)/ });
check('a library that is not indexed is said not to be followed', main('usart_setup(USART2);'), [], { problem: /Not followed.*usart_setup\(\) at main\.c/ });
check('without a start nothing is claimed', {}, [], { problem: /Neither a reset handler nor main/ });
check('what is no peripheral is said', main(''), [], { of: 'USART99', problem: /USART99 is no peripheral/ });

test('the fixture sets its UART up after its clock', { skip: device === undefined && 'no SVD file beside the repository' }, async () => {
  assert.ok(device);
  const { start, steps, end } = await initTimeline(await sourceOf(fixtureTexts('stm32f4-uart')), device, 'USART2');
  assert.equal(start?.name, 'Reset_Handler');
  assert.deepEqual(steps.map(({ path, line }) => `${path} ${line}`), ['RCC.APB1ENR 48', 'USART2.BRR 53', 'USART2.CR1 54']);
  assert.deepEqual([end?.file, end?.line], ['main.c', 83]);
});
