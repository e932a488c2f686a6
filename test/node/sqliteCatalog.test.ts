import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Catalog, FileUpdate, TextStore } from '../../src/core/index.ts';
import { createSqliteCatalog } from '../../src/node/sqliteCatalog.ts';
import { createSqliteTextStore } from '../../src/node/sqliteTextStore.ts';
import { fileUpdate, openIndex } from './storeFixtures.ts';

interface Stores {
  readonly catalog: Catalog;
  readonly text: TextStore;
}

/** Commits the updates, asks, and compares. */
function check(name: string, updates: readonly FileUpdate[], ask: (stores: Stores) => Promise<unknown>, expected: unknown): void {
  test(name, async context => {
    const stores = await filled(context, updates);
    assert.deepEqual(await ask(stores), expected);
  });
}

async function filled(context: TestContext, updates: readonly FileUpdate[]): Promise<Stores> {
  const index = await openIndex(context);
  const catalog = createSqliteCatalog(index);
  for (const update of updates) await catalog.commit(update);
  return { catalog, text: createSqliteTextStore(index) };
}

const uart = fileUpdate('src/uart.c', ['uart_send writes USART2->DR', 'uart_read reads USART2->DR']);
const timer = fileUpdate('src/timer.c', ['timer_start sets TIM2->CR1']);
const copyOfUart = { record: { ...uart.record, file: 'lib/uart.c', priority: 5 } };
const filesFound = async ({ catalog, text }: Stores, words: string[], filter = {}) => (await catalog.chunks((await text.searchWords(words, 10, filter)).map(({ id }) => id))).map(({ file, symbol }) => `${file} ${symbol ?? ''}`);

check('a committed file has its record', [uart], async ({ catalog }) => (await catalog.files()).get('src/uart.c'), uart.record);
check('facts come back as they were', [uart], async ({ catalog }) => catalog.facts('src/uart.c'), uart.content.facts);
check('an unknown file has no facts', [uart], async ({ catalog }) => catalog.facts('src/none.c'), undefined);
check('a definition is found by name', [uart], async ({ catalog }) => catalog.definitions('uart_read'), [{ name: 'uart_read', kind: 'function', file: 'src/uart.c', line: 4 }]);
check('words find the chunk', [uart, timer], async stores => filesFound(stores, ['tim2']), ['src/timer.c timer_start']);
check('a word in the symbol counts more than in the text', [fileUpdate('a.c', ['other calls timer_start timer_start']), timer], async stores => (await filesFound(stores, ['timer_start']))[0], 'src/timer.c timer_start');
check('a path prefix narrows the words', [uart, fileUpdate('doc/a.c', ['dr is USART2->DR'])], async stores => filesFound(stores, ['usart2'], { pathPrefix: 'doc/' }), ['doc/a.c dr']);
check('a kind narrows the words', [uart], async stores => filesFound(stores, ['usart2'], { kinds: ['section'] }), []);
check('an unknown word finds nothing', [uart], async stores => filesFound(stores, ['nowhere']), []);
check('quotes in a word do no harm', [uart], async stores => filesFound(stores, ['"', 'usart2" OR "dr']), []);
check('a copy shares the content', [uart, copyOfUart], async ({ catalog }) => (await catalog.stats()).chunks, 2);
check('a copy is found under the more important file', [{ ...copyOfUart, content: uart.content }, { record: uart.record }], async stores => (await filesFound(stores, ['usart2']))[0]?.split(' ')[0], 'src/uart.c');
check('a chunk is found by its symbol whatever the case', [uart], async ({ catalog }) => (await catalog.chunksOfSymbol('UART_SEND', 5)).map(({ startLine }) => startLine), [1]);
check('a chunk is found by its line', [uart], async ({ catalog }) => (await catalog.chunksAt('src/uart.c', 5)).map(({ symbol }) => symbol), ['uart_read']);
check('a handler makes its file a handler file', [uart, fileUpdate('src/it.c', ['USART2_IRQHandler reads SR'])], async ({ catalog }) => catalog.handlerFiles(), ['src/it.c']);
check('calls and accesses are mentions', [fileUpdate('src/m.c', ['main runs'], { functions: [{ name: 'main', startLine: 1, endLine: 2, docStartLine: 1, signature: '', parameters: [], isStatic: false, attributes: [], calls: [{ name: 'uart_send', line: 2, arguments: [] }] }], accesses: [{ line: 2, column: 1, kind: 'read', base: 'huart->Instance', members: ['AFR[1]'], expression: '' }] })],
  async ({ catalog }) => [await catalog.mentions('uart_send'), await catalog.mentions('Instance'), await catalog.mentions('AFR'), await catalog.mentions('main')], [['src/m.c'], ['src/m.c'], ['src/m.c'], []]);
check('a skipped file is remembered with its reason', [{ record: { file: 'a.bin', sizeBytes: 3, modifiedMs: 2, priority: 1, skipReason: 'binary' } }], async ({ catalog }) => [(await catalog.files()).get('a.bin')?.skipReason, (await catalog.stats()).files, (await catalog.stats()).skipped], ['binary', 0, 1]);
check('problems of a content appear under each of its files', [{ ...uart, content: { ...uart.content, problems: [{ file: 'src/uart.c', line: 3, message: 'cut' }] } }, copyOfUart],
  async ({ catalog }) => catalog.problems(10), { problems: [{ file: 'src/uart.c', line: 3, message: 'cut' }, { file: 'lib/uart.c', line: 3, message: 'cut' }], total: 2 });
check('a thousand problems are counted', [{ ...uart, content: { ...uart.content, problems: Array.from({ length: 1000 }, (_, line) => ({ file: 'src/uart.c', line, message: 'x' })) } }],
  async ({ catalog }) => { const { problems, total } = await catalog.problems(100); return [problems.length, problems.at(-1)?.message, total]; }, [51, 'and 950 more problems of this file', 1000]);

test('a changed file keeps the chunks it still has and forgets the others', async context => {
  const { catalog, text } = await filled(context, [uart]);
  await catalog.pendingChunks(1, 'e');
  await catalog.markEmbedded(uart.content.chunks.map(({ id }) => id), 'e');
  await catalog.commit(fileUpdate('src/uart.c', ['uart_send writes USART2->DR', 'uart_flush waits']));
  assert.deepEqual((await catalog.pendingChunks(10, 'e')).map(({ symbol }) => symbol), ['uart_flush']);
  assert.deepEqual(await catalog.orphans(10), [uart.content.chunks[1]?.id]);
  assert.deepEqual(await filesFound({ catalog, text }, ['uart_read']), []);
  assert.deepEqual(await catalog.definitions('uart_read'), []);
  await catalog.forgetOrphans(await catalog.orphans(10));
  assert.deepEqual(await catalog.orphans(10), []);
});
test('a chunk that comes back is no orphan any more', async context => {
  const { catalog } = await filled(context, [timer]);
  await catalog.markEmbedded(timer.content.chunks.map(({ id }) => id), 'e');
  await catalog.remove('src/timer.c');
  assert.equal((await catalog.orphans(10)).length, 1);
  await catalog.commit(timer);
  assert.deepEqual(await catalog.orphans(10), []);
  assert.equal((await catalog.pendingChunks(10, 'e')).length, 1);
});
test('a removed file is gone, its copy stays', async context => {
  const { catalog, text } = await filled(context, [uart, copyOfUart]);
  await catalog.remove('src/uart.c');
  assert.deepEqual([...(await catalog.files()).keys()], ['lib/uart.c']);
  assert.deepEqual((await filesFound({ catalog, text }, ['uart_send'])).slice(0, 1), ['lib/uart.c uart_send']);
  await catalog.remove('lib/uart.c');
  assert.deepEqual(await catalog.stats(), { files: 0, skipped: 0, chunks: 0, embedded: 0, symbols: 0, registerAccesses: 0 });
});
test('the most important chunks are embedded first', async context => {
  const far = { ...timer, record: { ...timer.record, priority: 9 } };
  const { catalog } = await filled(context, [far, uart]);
  assert.deepEqual((await catalog.pendingChunks(2, 'e')).map(({ symbol }) => symbol), ['uart_send', 'uart_read']);
});
test('files that the user looks at are embedded before all others', async context => {
  const far = { ...timer, record: { ...timer.record, priority: 9 } };
  const { catalog } = await filled(context, [far, uart]);
  await catalog.embedFirst?.(['src/timer.c', 'src/unknown.c']);
  assert.deepEqual((await catalog.pendingChunks(10, 'e')).map(({ file }) => file), ['src/timer.c', 'src/uart.c', 'src/uart.c']);
  await catalog.embedFirst?.(['src/timer.c']);
  assert.equal((await catalog.stats()).chunks, 3);
});
test('another embedder makes everything pending again', async context => {
  const { catalog } = await filled(context, [timer]);
  await catalog.markEmbedded((await catalog.pendingChunks(10, 'one')).map(({ id }) => id), 'one');
  assert.equal((await catalog.stats()).embedded, 1);
  assert.equal((await catalog.pendingChunks(10, 'other')).length, 1);
});
test('a content that is neither stored nor given is refused, and nothing changes', async context => {
  const { catalog } = await filled(context, []);
  await assert.rejects(catalog.commit({ record: uart.record }), /neither stored nor given/);
  assert.equal((await catalog.files()).size, 0);
});
test('clearing forgets everything', async context => {
  const { catalog } = await filled(context, [uart]);
  await catalog.clear();
  assert.equal((await catalog.files()).size, 0);
  await catalog.commit(timer);
  assert.equal((await catalog.files()).size, 1);
});
test('very frequent words are left out where rarer ones are there', async context => {
  const many = Array.from({ length: 5000 }, (_, index) => `f${index} common word${index}`);
  const { catalog, text } = await filled(context, [fileUpdate('a.c', many), fileUpdate('b.c', ['rare common'])]);
  assert.deepEqual(await filesFound({ catalog, text }, ['common', 'rare']), ['b.c rare']);
  assert.equal((await filesFound({ catalog, text }, ['common'])).length, 10);
});
