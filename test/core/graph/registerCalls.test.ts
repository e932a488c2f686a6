// Which calls reach a register: macros with a body that touches it, and functions that are handed its peripheral.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAccesses } from '../../../src/core/graph/findAccesses.ts';
import { noUseSeen } from '../../../src/core/graph/unseenUses.ts';
import { realDevice } from '../device/realDevice.ts';
import { openTestParser } from '../parse/grammars.ts';
import { sourceOf } from './factsOf.ts';

const device = realDevice('STM32F407.svd');
const header = [
  '#define RCC_APB1ENR_USART2EN 0x20000U', '#define USART_CR1_UE 0x2000U', '#define USART_CR1_TE 8U',
  '#define SET_BIT(REG, BIT) ((REG) |= (BIT))',
  '#define __HAL_RCC_USART2_CLK_ENABLE() do { SET_BIT(RCC->APB1ENR, RCC_APB1ENR_USART2EN); } while (0)',
  '#define BOARD_UART_CLK_ENABLE() __HAL_RCC_USART2_CLK_ENABLE()', '#define UART_ON (USART2->CR1 |= USART_CR1_UE)',
  'typedef struct { volatile uint32_t SR, DR, BRR, CR1, CR2, CR3; } USART_TypeDef;', 'typedef struct { USART_TypeDef *Instance; } UART_HandleTypeDef;',
  'static inline void LL_USART_Enable(USART_TypeDef *USARTx) { SET_BIT(USARTx->CR1, USART_CR1_UE); }',
  'static inline uint32_t LL_USART_IsEnabled(const USART_TypeDef *USARTx) { return USARTx->CR1 & USART_CR1_UE; }',
].join('\n');

/** Each call as `line kind function by FIELDS`. */
function check(name: string, query: string, code: string, expected: readonly string[]): void {
  test(name, { skip: device === undefined && 'no SVD file beside the repository' }, async () => {
    assert.ok(device);
    await using parser = await openTestParser();
    const { calls = [] } = await findAccesses(await sourceOf({ 'chip.h': header, 'a.c': `#include "chip.h"\n${code}` }), device, query, { parse: text => parser.parse(text, 'macro.c').facts });
    assert.deepEqual(calls.map(({ file, line, kind, function: inside, by, fields }) => [`${file}:${line}`, kind, inside, by, ...fields].join(' ')), expected);
  });
}

check('a clock macro reaches what its body sets', 'RCC.APB1ENR.USART2EN', 'void f(void) {\n  __HAL_RCC_USART2_CLK_ENABLE();\n}', ['a.c:3 modify f __HAL_RCC_USART2_CLK_ENABLE USART2EN']);
check('a macro around a macro reaches it too', 'RCC.APB1ENR', 'void f(void) { BOARD_UART_CLK_ENABLE(); }', ['a.c:2 modify f BOARD_UART_CLK_ENABLE USART2EN']);
check('a macro without parameters reaches it where it is named', 'USART2.CR1', 'void f(void) { UART_ON; }', ['a.c:2 modify f UART_ON UE']);
check('a macro of another field does not count for this one', 'USART2.CR1.TE', 'void f(void) { UART_ON; }', []);
check('a macro that only reads reaches it', 'USART2.SR', '#define UART_READY() (USART2->SR & 0x20)\nint f(void) { return UART_READY(); }', ['a.c:3 read f UART_READY RXNE']);
check('a macro that changes a register by the name of another macro reaches it', 'USART2.CR1', '#define BOARD_CR1 USART2->CR1\n#define BOARD_ON() SET_BIT(BOARD_CR1, USART_CR1_TE)\nvoid f(void) { BOARD_ON(); }', ['a.c:4 modify f BOARD_ON TE']);
check('a driver\'s function counts where it is handed this peripheral', 'USART2.CR1.UE', 'void f(void) { LL_USART_Enable(USART2); }\nvoid g(void) { LL_USART_Enable(USART1); }\nint h(void) { return LL_USART_IsEnabled(USART2); }', ['a.c:2 modify f LL_USART_Enable UE', 'a.c:4 read h LL_USART_IsEnabled UE']);
check('what a function hands on counts where the peripheral is named', 'USART2.CR1', 'static void open(USART_TypeDef *port) { LL_USART_Enable(port); }\nvoid f(void) { open(USART2); open(USART3); }', ['a.c:3 modify f open UE']);
check('a HAL\'s handle counts as the peripheral that was put into it', 'USART2.CR1', 'UART_HandleTypeDef huart2;\nvoid start(UART_HandleTypeDef *huart) { huart->Instance->CR1 |= USART_CR1_TE; }\nvoid f(void) { huart2.Instance = USART2; start(&huart2); }', ['a.c:4 modify f start TE']);
check('the same call twice in a line counts once', 'USART2.CR1', 'void start(USART_TypeDef *port) { port->CR1 |= USART_CR1_TE; }\nvoid f(void) { start(USART2); start(USART2); }', ['a.c:3 modify f start TE']);
check('a stream counts where it is handed over, and its neighbour does not', 'DMA1.S5CR', 'void arm(DMA_Stream_TypeDef *stream) { stream->CR |= 1U; }\nvoid f(void) { arm(DMA1_Stream5); }\nvoid g(void) { arm(DMA1_Stream6); }', ['a.c:3 modify f arm EN']);
check('functions that hand their pointer to each other end', 'USART2.CR1', 'void a(USART_TypeDef *p) { p->CR1 = 0; b(p); }\nvoid b(USART_TypeDef *p) { a(p); }\nvoid f(void) { b(USART2); }', ['a.c:4 write f b']);

test('a register that no code touches is said not to have been seen, with what may mean it', { skip: device === undefined && 'no SVD file beside the repository' }, async () => {
  assert.ok(device);
  const source = await sourceOf({ 'a.c': 'void f(int i) { unknown_block[i]->GTPR = 1; }\n' });
  const report = await findAccesses(source, device, 'USART2.GTPR');
  assert.deepEqual([report.accesses, report.calls], [[], undefined]);
  assert.match(noUseSeen('USART2.GTPR', report), /^No use of USART2\.GTPR seen in the indexed files\. 1 place names such a register .*a\.c:1 unknown_block\[i\]->GTPR = 1\. Not followed: addresses/);
  assert.match(noUseSeen('USART2.CR3', await findAccesses(source, device, 'USART2.CR3')), /^No use of USART2\.CR3 seen in the indexed files\. Not followed/);
});

test('members in lower case are the registers that the description writes in upper case', { skip: device === undefined && 'no SVD file beside the repository' }, async () => {
  assert.ok(device);
  const source = await sourceOf({ 'a.c': 'void f(void) { usart2_hw->brr = 1;\n  hw_set_bits(&usart2_hw->cr3, 1u << 6); }\n' });
  const lines = async (query: string) => (await findAccesses(source, device, query)).accesses.map(({ line, kind }) => `${line} ${kind}`);
  assert.deepEqual([await lines('USART2.BRR'), await lines('USART2.CR3')], [['1 write'], ['2 modify']]);
});
