import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chunkDocument } from '../../../src/core/chunk/chunkDocument.ts';
import { emptyFacts } from '../../../src/core/parse/emptyFacts.ts';
import type { FunctionFact, SourceFacts } from '../../../src/core/parse/facts.ts';

/** `kind symbol start-end` of every chunk. */
function check(text: string, facts: Partial<SourceFacts>, expected: readonly string[]): void {
  assert.deepEqual(outline(text, facts), expected);
}

function outline(text: string, facts: Partial<SourceFacts>): string[] {
  return chunksOf(text, facts).map(({ kind, symbol, startLine, endLine }) => `${kind} ${symbol ?? '-'} ${startLine}-${endLine}`);
}

function chunksOf(text: string, facts: Partial<SourceFacts>) {
  return chunkDocument('src/uart.c', text, { ...emptyFacts('c'), ...facts }).chunks;
}

function functionFact(name: string, startLine: number, endLine: number, docStartLine = startLine): FunctionFact {
  return { name, startLine, endLine, docStartLine, signature: `void ${name}(void)`, parameters: [], isStatic: false, attributes: [], calls: [] };
}

const variable = { type: 'int', isStatic: false, isVolatile: false, isConst: false, isExtern: false };
const uart = `/* UART driver.
 * Ring buffer of 64 bytes. */
#include "uart.h"

#define UART_SIZE 64
#define UART_MASK (UART_SIZE - \\
                   1)

// Bytes not read yet.
static int head;
static int table[] = {
  1, 2,
};

/* Sends one byte. */
void uart_send(void)
{
  head = 1;
}
`;
const uartFacts = {
  includes: [{ path: 'uart.h', line: 3 }],
  macros: [{ name: 'UART_SIZE', line: 5, body: '64' }, { name: 'UART_MASK', line: 6, body: '(UART_SIZE - 1)' }],
  variables: [{ ...variable, name: 'head', line: 10 }, { ...variable, name: 'table', line: 11 }],
  functions: [functionFact('uart_send', 16, 19, 15)],
};

test('a source file is cut into header, macros, variables and functions', () => {
  check(uart, uartFacts, ['header uart.c 1-2', 'text - 1-3', 'macros UART 5-7', 'variables - 9-13', 'function uart_send 15-19']);
});
test('the header names what the file includes and defines', () => {
  assert.equal(chunksOf(uart, uartFacts)[0]?.text, 'file uart.c\nUART driver.\nRing buffer of 64 bytes.\nincludes: uart.h\nfunctions: uart_send\nvariables: head, table');
});
test('a vector table stands with the lines around its slots', () => {
  check('a:\n\nvectors:\n .word A\n .word B\n\nend:\n', { language: 'asm', vectors: [{ handler: 'A', index: 0, line: 4 }, { handler: 'B', index: 1, line: 5 }] }, ['vectors vector table 1-5', 'text - 7-7']);
});
test('a small class is one chunk with its methods', () => {
  check('class A {\n void f() {\n }\n};\n', { types: [{ kind: 'struct', name: 'A', startLine: 1, endLine: 4, members: [] }], functions: [functionFact('f', 2, 3)] }, ['header uart.c 1-1', 'type A 1-4']);
});
test('a large class gives its methods chunks of their own', () => {
  const body = 'int member;\n'.repeat(200);
  const lines = 203;
  assert.ok(outline(`class A {\n${body} void f() {\n }\n};\n`, { types: [{ kind: 'struct', name: 'A', startLine: 1, endLine: lines + 1, members: [] }], functions: [functionFact('f', 202, 203)] }).includes('function f 202-203'));
});
test('a long function is cut between lines and its signature is repeated', () => {
  const text = `void f(void)\n{\n${'  do_something_useful();\n'.repeat(150)}}\n`;
  const chunks = chunksOf(text, { functions: [functionFact('f', 1, 153)] }).filter(({ kind }) => kind === 'function');
  assert.ok(chunks.length >= 2 && chunks.every(chunk => chunk.text.length < 2000));
  assert.match(chunks[1]?.text ?? '', /^void f\(void\) … \(part 2 of \d\)\n/);
  assert.equal(chunks.at(-1)?.endLine, 153);
  assert.deepEqual(chunks.slice(1).map(({ startLine }) => startLine), chunks.slice(0, -1).map(({ endLine }) => endLine + 1));
});
test('every line of a text without structure is in a chunk', () => {
  const text = Array.from({ length: 300 }, (_, index) => index % 7 === 6 ? '' : `line ${index} of a long text`).join('\n');
  const joined = chunksOf(text, {}).map(chunk => chunk.text).join('\n');
  for (let index = 0; index < 300; index += 1) if (index % 7 !== 6) assert.ok(joined.includes(`line ${index} of`), `line ${index} is missing`);
});
test('a 5,000-character line is cut with a mark and reported', () => {
  const { chunks, problems } = chunkDocument('table.c', `int a;\n${'9,'.repeat(2500)}\nint b;\n`, emptyFacts('c'));
  assert.match(chunks.map(chunk => chunk.text).join('\n'), /… \[4000 more characters\]/);
  assert.deepEqual(problems, [{ file: 'table.c', line: 2, message: 'line cut in the index: 4000 more characters' }]);
});
test('a Markdown section carries its heading path', () => {
  const chunks = chunksOf('# Guide\nintro\n## Clocks\npll\n```\n# not a heading\n```\n# Other\nx\n', { language: 'markdown' });
  assert.deepEqual(chunks.map(({ symbol, startLine, endLine }) => `${symbol ?? '-'} ${startLine}-${endLine}`), ['Guide 1-2', 'Guide > Clocks 3-7', 'Other 8-9']);
  assert.match(chunks[1]?.text ?? '', /^Guide > Clocks\npll\n/);
});
test('an underlined heading starts a section', () => {
  check('Title\n=====\na\n\nPart\n----\nb\n', { language: 'markdown' }, ['section Title 1-3', 'section Title > Part 5-7']);
});
test('equal text has one id whatever the file and the line', () => {
  const one = chunkDocument('a/x.c', 'void f(void)\n{\n}\n', { ...emptyFacts('c'), functions: [functionFact('f', 1, 3)] }).chunks;
  const other = chunkDocument('b/y.c', '\n\nvoid f(void)\n{\n}\n', { ...emptyFacts('c'), functions: [functionFact('f', 3, 5)] }).chunks;
  assert.equal(one.at(-1)?.id, other.at(-1)?.id);
});
test('a type has the comment above it, also behind an empty line', () => {
  const types = [{ kind: 'struct' as const, name: 'DMA_TypeDef', startLine: 4, endLine: 6, members: [] }];
  check('/** @brief DMA Controller */\n\n\ntypedef struct {\n  int CR;\n} DMA_TypeDef;\n', { types }, ['header uart.c 1-1', 'text - 1-1', 'type DMA_TypeDef 4-6']);
  check('x;\n/** @brief DMA Controller */\n\ntypedef struct {\n  int CR;\n} DMA_TypeDef;\n', { types }, ['header uart.c 1-1', 'text - 1-1', 'type DMA_TypeDef 2-6']);
  check('\n/** @addtogroup X @{ */\n\ntypedef struct {\n  int CR;\n} DMA_TypeDef;\n', { types }, ['header uart.c 1-2', 'text - 2-2', 'type DMA_TypeDef 4-6']);
});
test('an anonymous type has no symbol', () => {
  check('typedef struct {\n  int a;\n} thing;\n', { types: [{ kind: 'struct', name: '', startLine: 1, endLine: 3, members: [] }] }, ['type - 1-3']);
});
test('a file name that is no name in C is its header\'s symbol', () => {
  assert.equal(chunkDocument('a/stm32f4xx.h', '#include "x.h"\n', { ...emptyFacts('c'), includes: [{ path: 'x.h', line: 1 }] }).chunks[0]?.symbol, 'stm32f4xx.h');
});
test('an empty file has no chunks', () => { check('', {}, []); });
test('facts beyond the end of a file do no harm', () => { check('int a;\n', { functions: [functionFact('f', 90, 99)] }, ['header uart.c 1-1', 'text - 1-1']); });

test('a described prototype is a passage of its own, others stand together, and the header lists them', () => {
  const text = '/** Configures the narwhal. */\nint narwhal_configure(int a,\n  int b);\n\n/** Stops it. */\nvoid narwhal_stop(void);\n\nint a(void);\nint b(void);\n';
  const prototypes = [{ name: 'narwhal_configure', docStartLine: 1, startLine: 2, endLine: 3 }, { name: 'narwhal_stop', docStartLine: 5, startLine: 6, endLine: 6 }, { name: 'a', docStartLine: 8, startLine: 8, endLine: 8 }, { name: 'b', docStartLine: 9, startLine: 9, endLine: 9 }];
  check(text, { prototypes }, ['header uart.c 1-1', 'text narwhal_configure 1-3', 'text narwhal_stop 5-6', 'text - 8-9']);
  assert.match(chunksOf(text, { prototypes })[0]?.text ?? '', /declares: narwhal_configure, narwhal_stop, a, b/);
});
