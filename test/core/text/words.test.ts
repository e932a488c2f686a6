import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifiersIn, splitIdentifier, tokenize, wordText } from '../../../src/core/text/words.ts';

function checkParts(identifier: string, parts: readonly string[]): void {
  assert.deepEqual(splitIdentifier(identifier).sort(), [...parts].sort());
}

function checkTokens(text: string, tokens: readonly string[]): void {
  assert.deepEqual(tokenize(text), tokens);
  assert.equal(wordText(text), tokens.join(' '));
}

test('a macro is found by its whole name and by each part', () => { checkParts('USART_CR1_RXNEIE', ['usart_cr1_rxneie', 'usart', 'cr1', 'cr', 'rxneie']); });
test('a HAL function is found by its parts', () => { checkParts('HAL_UART_Receive_IT', ['hal_uart_receive_it', 'hal', 'uart', 'receive', 'it']); });
test('camelCase and a run of capitals are cut', () => { checkParts('parseHTTPFrame', ['parsehttpframe', 'parse', 'http', 'frame']); });
test('a peripheral is found with and without its number', () => { checkParts('USART2', ['usart2', 'usart']); });
test('a plain word stays alone', () => { checkParts('timer', ['timer']); });
test('a one-letter name is kept whole', () => { checkParts('i', ['i']); });
test('a sentence becomes lower-case words', () => { checkTokens('Why lose bytes?', ['why', 'lose', 'bytes']); });
test('an address loses prefix zeros and suffix', () => { checkTokens('0x00A0UL', ['0xa0']); });
test('zero stays zero', () => { checkTokens('0x0000', ['0x0']); });
test('Chinese becomes pairs of characters', () => { checkTokens('中断处理', ['中断', '断处', '处理']); });
test('Chinese and code in one run are told apart', () => { checkTokens('配置USART2寄存器', ['配置', 'usart2', 'usart', '寄存', '存器']); });
test('an accent keeps a word whole', () => { checkTokens('für USART_CR1 größer', ['für', 'usart_cr1', 'usart', 'cr1', 'cr', 'größer']); });
test('numbers with suffixes and without are told from names', () => { checkTokens('0XFFu 0b101 12 0', ['0xff', '0b101', '12', '0']); });
test('nothing in a text is nothing in the index', () => { checkTokens(' \n\t;{}', []); });
test('data without spaces is not a word', () => { checkTokens('A'.repeat(200), []); });
test('words with and without parts in every spelling are written as they are listed', () => { checkTokens('Foo FOO fOO fooBar FOO_ _ __x 9 09 9a a9 0x0F 0xZZ I2C HTTPServer a_b_1', ['foo', 'foo', 'foo', 'oo', 'foobar', 'foo', 'bar', 'foo_', 'foo', '_', '__x', '9', '09', '9a', 'a9', '0xf', '0xzz', '0x', 'zz', 'i2c', 'i2', 'httpserver', 'http', 'server', 'a_b_1']); });
test('the longest word is kept, a longer one is not', () => { checkTokens(`${'a'.repeat(80)} ${'b'.repeat(81)} c`, ['a'.repeat(80), 'c']); });
test('a long text is written whole', () => { checkTokens('Timer2 '.repeat(5000), Array.from({ length: 5000 }, () => ['timer2', 'timer']).flat()); });
test('names in a question are told from its words', () => {
  assert.deepEqual(identifiersIn('Where does USART2_IRQHandler clear the RXNE flag in `status`?').sort(), ['RXNE', 'USART2_IRQHandler', 'status']);
});
