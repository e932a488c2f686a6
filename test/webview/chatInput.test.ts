import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseInput, referenceText, typedToken, type ChatInput, type TypedToken } from '../../webview/chatInput.ts';

type Expected = Pick<ChatInput, 'command' | 'text'> & { readonly references?: readonly string[] };

/** References are compared as `kind:value`. */
function check(name: string, input: string, { references = [], ...expected }: Expected): void {
  test(name, () => {
    const parsed = parseInput(input);
    assert.deepEqual(parsed.references.map(({ kind, value }) => `${kind}:${value}`), references);
    assert.deepEqual({ ...parsed, references: undefined }, { ...expected, references: undefined });
    for (const { start, end } of parsed.references) assert.equal(input[start], '#', input.slice(start, end));
  });
}

check('plain words are the question', 'Why are bytes lost?', { text: 'Why are bytes lost?' });
check('a command stands at the beginning', '/register USART2.CR1', { command: 'register', text: 'USART2.CR1' });
check('a command may stand alone', '/review', { command: 'review', text: '' });
check('an unknown command is a word', '/etc is a folder', { text: '/etc is a folder' });
check('a path is no command', '/init/uart.c does what?', { text: '/init/uart.c does what?' });
check('a slash inside is no command', 'read /explain later', { text: 'read /explain later' });
check('a file is a reference and stays as its name', 'What does #file:src/uart.c do?', { text: 'What does src/uart.c do?', references: ['file:src/uart.c'] });
check('a file with spaces is quoted', '#file:"my uart.c" why', { text: 'my uart.c why', references: ['file:my uart.c'] });
check('a full stop behind a reference ends the sentence', 'See #register:USART2.CR1.', { text: 'See USART2.CR1.', references: ['register:USART2.CR1'] });
check('a register may be written as in code', '#register:GPIOA->MODER', { text: 'GPIOA->MODER', references: ['register:GPIOA->MODER'] });
check('several references keep their order', '#selection #problems and #isr', { text: 'the selected code the reported problems and the interrupt handler', references: ['selection:', 'problems:', 'isr:'] });
check('a handler by name', '#isr:USART2_IRQHandler', { text: 'USART2_IRQHandler', references: ['isr:USART2_IRQHandler'] });
check('a preprocessor line is no reference', '#include "a.h" and #if 0', { text: '#include "a.h" and #if 0' });
check('a reference without a name refers to nothing', '#file and #register', { text: '#file and #register' });
check('a longer word is no reference', '#selections #isrs #file-name', { text: '#selections #isrs #file-name' });
check('a channel name is no reference', 'c##file:a.c', { text: 'c##file:a.c' });
check('nothing is nothing', '', { text: '' });

for (const [kind, value] of [['file', 'src/uart.c'], ['file', 'my "odd" uart.c'], ['file', 'ends.'], ['register', 'UART0.CTRL'], ['isr', 'A_IRQHandler'], ['selection', '']] as const) {
  test(`a written reference reads back: ${kind} ${value}`, () => {
    const [read] = parseInput(`x ${referenceText(kind, value)} y`).references;
    assert.deepEqual([read?.kind, read?.value], [kind, value.replaceAll('"', '')]);
  });
}

/** The caret is where `|` stands. */
function checkToken(name: string, typed: string, expected: TypedToken | undefined): void {
  test(name, () => { assert.deepEqual(typedToken(typed.replace('|', ''), typed.indexOf('|')), expected); });
}

checkToken('a slash begins a command', '/|', { kind: 'command', query: '', start: 0 });
checkToken('a command is typed', ' /ex|', { kind: 'command', query: 'ex', start: 1 });
checkToken('behind a command nothing is offered', '/explain |', undefined);
checkToken('a hash begins a reference', 'see #|', { kind: 'reference', query: '', start: 4 });
checkToken('a kind is typed', 'see #re|', { kind: 'reference', query: 're', start: 4 });
checkToken('a register is typed', 'see #register:USART2.|', { kind: 'register', query: 'USART2.', start: 4 });
checkToken('a file is typed, in quotes', '#file:"src/u|', { kind: 'file', query: 'src/u', start: 0 });
checkToken('a value where none belongs', '#selection:x|', undefined);
checkToken('a hash in a word is none', 'c#|', undefined);
checkToken('in the middle of the text', '#isr:US| and more', { kind: 'isr', query: 'US', start: 0 });
