import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectCode } from '../../../src/core/dataset/collectCode.ts';
import type { CollectOptions } from '../../../src/core/dataset/datasetSource.ts';
import type { Draft, Dropped } from '../../../src/core/dataset/example.ts';
import type { FileRecord } from '../../../src/core/store/catalog.ts';
import { factsOf } from '../graph/factsOf.ts';

const ring = `
/**
 * @brief Takes the oldest byte out of the receive ring. Never blocks.
 * @param ring the ring that the handler fills
 * @return the byte, or -1 when the ring is empty
 */
int ring_take(struct ring *ring)
{
  if (ring->head == ring->tail) return -1;
  return ring->bytes[ring->tail++ % RING_SIZE];
}

/* Init UART */
void uart_init(void)
{
  USART1->CR1 = 1;
}

/* Waits until the last byte has left the shift register. */
void uart_flush(void) { while (!done) {} }

int bare(void)
{
  return 1;
}

/** Bytes that the ring holds before the handler begins to drop them */
#define RING_SIZE 64
/** Position of the bit that says the ring has overflowed once */
#define RING_OVERFLOW_Pos 3
/** Idle time between two frames */
#define RATE 9600
/** This is the value for the watch and dog period of this watchdog */
#define WATCHDOG_PERIOD 5
`;

async function collect(texts: Readonly<Record<string, string>>, options: Partial<CollectOptions> = {}): Promise<{ readonly drafts: Draft[]; readonly dropped: Dropped[] }> {
  const facts = await factsOf(texts);
  const dropped: Dropped[] = [];
  const records = new Map(Object.keys(texts).map((file): [string, FileRecord] => [file, { file, sizeBytes: 1, modifiedMs: 1, contentKey: file, priority: 0 }]));
  const source = { catalog: { files: async () => records, facts: async (file: string) => facts.get(file) }, text: async (file: string) => texts[file], rest: async () => undefined };
  const drafts = await Array.fromAsync(collectCode(source, { most: {}, random: () => 0.5, licenceOf: async () => 'MIT', drop: drop => { dropped.push(drop); }, ...options }));
  return { drafts: drafts.toSorted((a, b) => (a.provenance.line ?? 0) - (b.provenance.line ?? 0)), dropped };
}

test('a function is asked about with its code, and its comment answers', async () => {
  const { drafts: [draft] } = await collect({ 'ring.c': ring });
  assert.equal(draft?.question, 'Explain the function `ring_take`.');
  assert.equal(draft.answer, 'Takes the oldest byte out of the receive ring. Never blocks.\n- `ring`: the ring that the handler fills\nReturns: the byte, or -1 when the ring is empty');
  assert.match(draft.context ?? '', /^int ring_take\(struct ring \*ring\)\n\{[^]*\n\}$/);
  assert.deepEqual(draft.provenance, { files: ['ring.c'], line: 2, endLine: 11, licence: 'MIT' });
});

test('a function is also to be written from the first sentence of its comment', async () => {
  const { drafts: [draft] } = await collect({ 'ring.c': ring }, { random: () => 0.1 });
  assert.equal(draft?.question, 'Write the C function `int ring_take(struct ring *ring)`. Takes the oldest byte out of the receive ring.');
  assert.match(draft.answer, /^```c\nint ring_take[^]*\}\n```$/);
  assert.equal(draft.context, undefined);
});

test('a macro is asked about, and its value told; a bit of a register is not', async () => {
  const { drafts: [, ...macros] } = await collect({ 'ring.c': ring });
  assert.deepEqual(macros.map(({ question, context, answer }) => ({ question, context, answer })), [{
    question: 'What does `RING_SIZE` stand for?', context: '#define RING_SIZE 64', answer: 'Bytes that the ring holds before the handler begins to drop them. It is defined as `64`.',
  }]);
});

test('what teaches nothing is told with the reason', async () => {
  const { dropped } = await collect({ 'ring.c': ring });
  assert.deepEqual(dropped.map(({ question, reason }) => `${question}: ${reason}`).sort(), ['uart_flush: function too short', 'uart_init: comment says too little']);
});

test('a comment that repeats the name says nothing, however long', async () => {
  const { drafts, dropped } = await collect({ 'uart.c': '/* This function handles the uart init routine for the uart. */\nvoid uart_init(void)\n{\n  a = 1;\n}\n' });
  assert.deepEqual([drafts, dropped.map(({ reason }) => reason)], [[], ['comment only repeats the name']]);
});

test('a function of more than a page is not asked about', async () => {
  const { dropped } = await collect({ 'long.c': `/* Sends every byte of the buffer, one after the other. */\nvoid send_all(void)\n{\n${'  a = 1;\n'.repeat(90)}}\n` });
  assert.deepEqual(dropped.map(({ reason }) => reason), ['function too long']);
});

test('one file of many macros does not drown the others', async () => {
  const many = Array.from({ length: 20 }, (_, index) => `/** Bytes that the ring number ${index} holds before its handler drops them */\n#define SIZE_${index} ${index}\n`).join('');
  assert.equal((await collect({ 'many.h': many })).drafts.length, 6);
});

test('generated files and files that are no C give nothing', async () => {
  const { drafts, dropped } = await collect({ 'build/ring.c': ring, 'ring.txt': ring });
  assert.deepEqual([drafts, dropped.map(({ file, reason }) => `${file}: ${reason}`)], [[], ['build/ring.c: generated file']]);
});

test('no more examples than asked for', async () => {
  assert.equal((await collect({ 'a.c': ring, 'b.c': ring }, { most: { code: 3 } })).drafts.length, 3);
});

/** A comment that explains nothing. */
function checkSilent(comment: string, reason: string): void {
  test(`"${comment}" teaches nothing`, async () => {
    assert.deepEqual((await collect({ 'plan.c': `/* ${comment} */\nvoid plan(void)\n{\n  a = 1;\n}\n` })).dropped.map(drop => drop.reason), [reason]);
  });
}

checkSilent('y, dy == yaw, derivative of yaw', 'comment says too little');

test('a comment in Chinese says what a function does as well, and is asked for in Chinese', async () => {
  const { drafts } = await collect({ 'a.c': '/* 从接收环形缓冲区取出最旧的字节，从不阻塞调用者。 */\nint take(void)\n{\n  return 1;\n}\n' });
  assert.deepEqual(drafts.map(({ question }) => /[\u3400-\u9fff]/.test(question)), [true]);
});
