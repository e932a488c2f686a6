// A piece of a long file read alone tells the same as the whole file.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isLong, windowAround } from '../../../src/core/parse/cWindow.ts';
import { openTestParser } from './grammars.ts';

const parser = await openTestParser();
const fresh = await openTestParser();
after(() => Promise.all([parser[Symbol.asyncDispose](), fresh[Symbol.asyncDispose]()]));

const functions = Array.from({ length: 900 }, (_, index) => `/* ${index}: sets it { */\nvoid start${index}(USART_TypeDef *uart)\n{\n  USART_TypeDef *other = USART2;\n  other->CR1 = ${index};\n  uart->BRR = (SPEED + ${index});\n}\n`);
const text = `#define SPEED 9600\nstatic TIM_TypeDef *timer = TIM3;\n${functions.join('\n')}`;
const { facts } = parser.parse(text, 'long.c');

function check(name: string, line: number, word: string): void {
  test(name, () => {
    assert.ok(isLong(text));
    const column = (text.split('\n')[line - 1] ?? '').indexOf(word) + 1;
    const piece = parser.pieceAt(text, 'long.c', { line, column, known: facts });
    assert.ok(piece?.cursor !== undefined);
    assert.deepEqual(piece.cursor, fresh.expressionAt(text, 'long.c', line, column));
    assert.equal(piece.facts.macros.length, facts.macros.length);
    assert.equal(piece.facts.functions.length, facts.functions.length);
  });
}

check('the first function', 7, 'CR1');
check('a function in the middle', 2407, 'CR1');
check('a parameter', 2408, 'uart');
check('the last function', 7199, 'CR1');

test('of registers read by their bare names a piece tells its own, judged by the whole file', () => {
  const reads = `#include <avr/io.h>\n${Array.from({ length: 900 }, (_, index) => `uint8_t read${index}(void)\n{\n  /* the byte that has arrived */\n  return TIMER1_CAPTURE;\n}`).join('\n')}`;
  const whole = parser.parse(reads, 'reads.c').facts;
  const line = 2255;
  const piece = parser.pieceAt(reads, 'reads.c', { line, column: 10, known: whole });
  assert.ok(piece !== undefined);
  assert.ok(isLong(reads));
  assert.deepEqual(piece.facts.bareReads, [{ name: 'TIMER1_CAPTURE', line, column: 10, function: 'read450' }]);
});

test('a line behind the end has no piece', () => {
  assert.equal(windowAround(text, 100_000), undefined);
});

test('a brace at the margin inside a comment gives no piece, so that the whole file is read', () => {
  assert.equal(windowAround('/*\n}\nUSART2->CR1 = 1;\n*/\nint x;\n', 3), undefined);
});

test('a table larger than a piece may be is left to the whole file', () => {
  assert.equal(windowAround(`int table[] = {\n${'  1,\n'.repeat(20_000)}};\n`, 3), undefined);
});
