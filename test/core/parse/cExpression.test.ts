// What the cursor stands on: `^` marks the place, right before the character under the cursor.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { CExpression } from '../../../src/core/parse/cExpression.ts';
import { openTestParser } from './grammars.ts';

const parser = await openTestParser();
after(() => parser[Symbol.asyncDispose]());

function at(marked: string, file = 'test.c'): CExpression | undefined {
  const offset = marked.indexOf('^');
  const before = marked.slice(0, offset).split('\n');
  return parser.expressionAt(marked.replace('^', ''), file, before.length, (before.at(-1) ?? '').length + 1);
}

function check(name: string, marked: string, expected: Record<string, unknown> | undefined): void {
  test(name, () => {
    const found: Record<string, unknown> | undefined = at(marked) as Record<string, unknown> | undefined;
    if (expected === undefined || found === undefined) assert.equal(found, expected);
    else assert.deepEqual(Object.fromEntries(Object.keys(expected).map(key => [key, plain(found[key])])), expected);
  });
}

/** Accesses by their expression alone: the rest is tested with the facts. */
function plain(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'expression' in value ? value.expression : value;
}

const inFunction = (body: string) => `void f(USART_TypeDef *u) {\n  ${body}\n}`;

check('a member', inFunction('USART2->C^R1 |= USART_CR1_UE;'),
  { kind: 'member', word: 'CR1', text: 'USART2->CR1', line: 2, column: 3, endColumn: 14, base: 'USART2', members: ['CR1'], access: 'USART2->CR1 |= USART_CR1_UE', operation: { operator: '|=', value: 'USART_CR1_UE' } });
check('the block before a member', inFunction('US^ART2->CR1 = 1;'), { kind: 'name', word: 'USART2', text: 'USART2', base: 'USART2', members: [], access: 'USART2->CR1 = 1' });
check('a mask in the value of a write', inFunction('USART2->CR1 |= USART_CR1_UE | USART_C^R1_RE;'), { kind: 'name', word: 'USART_CR1_RE', target: 'USART2->CR1 |= USART_CR1_UE | USART_CR1_RE', access: undefined });
check('a mask in a test', inFunction('while (!(USART2->SR & USART_SR_^TXE)) {}'), { word: 'USART_SR_TXE', target: 'USART2->SR & USART_SR_TXE' });
check('a mask tested through a local', inFunction('uint32_t sr = USART2->SR;\n if (sr & ^USART_SR_ORE) {}'), { target: 'sr & USART_SR_ORE' });
check('a mask in a bit macro', inFunction('SET_BIT(USART1->CR1, USART_CR1_^UE);'), { target: 'SET_BIT(USART1->CR1, USART_CR1_UE)' });
check('the register in a bit macro', inFunction('SET_BIT(USART1->^CR1, USART_CR1_UE);'), { text: 'USART1->CR1', access: 'SET_BIT(USART1->CR1, USART_CR1_UE)', operation: { operator: 'SET_BIT', value: 'USART_CR1_UE' } });
check('the register read in its own new value', inFunction('u->CR1 = (u->C^R1 & ~USART_CR1_RE) | 4U;'), { text: 'u->CR1', access: 'u->CR1' });
check('another register read in a new value', inFunction('u->CR1 = v->C^R1;'), { access: 'v->CR1' });
check('a register with an index', inFunction('GPIOA->A^FR[1] = 7;'), { text: 'GPIOA->AFR[1]', members: ['AFR[1]'], access: 'GPIOA->AFR[1] = 7' });
check('a nested member up to the cursor', inFunction('SERCOM0->US^ART.CTRLA.reg = 2;'), { text: 'SERCOM0->USART', members: ['USART'] });
check('an address in a cast', inFunction('*(volatile uint32_t *)0x4002^1018 |= 4;'), { kind: 'number', word: '0x40021018' });
check('a comparison', inFunction('if (USART2->C^R3 == 0x20) {}'), { operation: { operator: '==', value: '0x20' } });
check('the cursor right behind a word', inFunction('RCC->CR^ = 1;'), { text: 'RCC->CR' });
check('a callee', inFunction('NVIC_Ena^bleIRQ(USART2_IRQn);'), { word: 'NVIC_EnableIRQ', isCallee: true });
check('the function around', inFunction('RCC->C^R = 1;'), { function: { name: 'f', startLine: 1, endLine: 3 } });
check('a parameter as base', inFunction('u->D^R = 1;'), { base: 'u', declaration: { scope: 'parameter', name: 'u', type: 'USART_TypeDef *', line: 1 } });
check('a local with an initialiser as base', inFunction('USART_TypeDef *uart = USART2;\n uart->D^R = 1;'), { declaration: { scope: 'local', name: 'uart', type: 'USART_TypeDef *', line: 2, initializer: 'USART2' } });
check('a global as base', 'static USART_TypeDef *const port = USART3;\n' + inFunction('port->D^R = 1;'), { declaration: { scope: 'global', name: 'port', type: 'USART_TypeDef *', line: 1, initializer: 'USART3' } });
check('a handle', 'void g(UART_HandleTypeDef *huart) { huart->Instance->C^R1 = 0; }', { text: 'huart->Instance->CR1', base: 'huart', members: ['Instance', 'CR1'] });
check('a word in a macro body', '#define PORT (USART2->D^R + 1)\n', { kind: 'define', word: 'DR', text: 'USART2->DR', base: 'USART2', members: ['DR'], line: 1, column: 15 });
check('a number in a macro body', '#define BASE ((T *) 0x400^00000)\n', { kind: 'define', word: '0x40000000' });
check('a type name', 'USART_Ty^peDef *u;', { kind: 'name', word: 'USART_TypeDef' });
check('a blanked qualifier does not shift the place', '__IO uint32_t a; ' + inFunction('RCC->C^R = 1;'), { text: 'RCC->CR', line: 2, column: 3 });
check('nothing in a comment', '/* USART2->C^R1 */', undefined);
check('nothing in a string', 'char *s = "USART2->C^R1";', undefined);
check('nothing on punctuation', inFunction('RCC->CR = 1 ^ ;'), undefined);
check('half-typed code', inFunction('USART2->C^R1 |= '), { word: 'CR1', base: 'USART2' });

test('outside the text there is nothing', () => {
  assert.equal(parser.expressionAt('int a;', 'a.c', 7, 1), undefined);
  assert.equal(parser.expressionAt('int a;', 'a.c', 1, 70), undefined);
  assert.equal(parser.expressionAt('', 'a.c', 1, 1), undefined);
});
