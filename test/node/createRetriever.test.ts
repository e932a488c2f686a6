import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { before, after, test } from 'node:test';
import { createRetriever, emptyFacts, hashText, parseSvd, registerChunks, updateIndex, type Device, type Hit, type RetrieverParts, type SearchOptions } from '../../src/core/index.ts';
import { openDiskHost } from '../../src/node/diskHost.ts';
import { createSqliteCatalog } from '../../src/node/sqliteCatalog.ts';
import { SqliteIndex } from '../../src/node/sqliteIndex.ts';
import { createSqliteTextStore } from '../../src/node/sqliteTextStore.ts';
import { createVectraStore } from '../../src/node/vectraStore.ts';
import { hashingEmbedder } from './hashingEmbedder.ts';
import { functionFact } from './storeFixtures.ts';

const files: Readonly<Record<string, string>> = {
  'src/uart.c': 'void uart_send(char byte)\n{\n  USART2->DR = byte;\n}\nvoid USART2_IRQHandler(void)\n{\n  clear overrun flag by reading SR then DR\n}\n',
  'src/main.c': 'int x;\nvoid main(void)\n{\n  uart_send(1);\n}\n',
  'src/timer.c': 'void timer_start(void)\n{\n  TIM2->PSC = prescaler;\n}\n',
  'doc/guide.md': '# Guide\n## Serial port\nThe baud rate is 115200.\n## Power\nStandby draws two microamps.\n',
  'many/same.c': Array.from({ length: 12 }, (_, number) => `void motor_step_${number}(void)\n{\n  motor step\n}\n`).join(''),
  'other/motor.c': 'void motor_stop(void)\n{\n  motor step done\n}\n',
};
const svd = `<device><name>Chip</name><addressUnitBits>8</addressUnitBits><width>32</width><size>32</size><peripherals><peripheral><name>USART2</name><baseAddress>0x40004400</baseAddress><registers>
<register><name>CR1</name><description>Control register</description><addressOffset>0xC</addressOffset><fields><field><name>RXNEIE</name><description>interrupt on reception</description><bitOffset>5</bitOffset><bitWidth>1</bitWidth></field></fields></register>
<register><dim>2</dim><dimIncrement>4</dimIncrement><name>GTPR[%s]</name><description>Guard time</description><addressOffset>0x10</addressOffset></register></registers></peripheral></peripherals></device>`;

let folder = '';
let parts: RetrieverParts;
let index: SqliteIndex;

before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-test-'));
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, 'work', file)), { recursive: true });
    fs.writeFileSync(path.join(folder, 'work', file), text);
  }
  index = await SqliteIndex.open({ folder: path.join(folder, 'index'), producer: 'test' });
  const embedder = hashingEmbedder();
  const { device } = parseSvd(svd, 'chip.svd');
  parts = { catalog: createSqliteCatalog(index), textStore: createSqliteTextStore(index), vectorStore: createVectraStore(index, { embedderId: embedder.id }), embedder, ...(device !== undefined && { device }) };
  for await (const event of updateIndex({ ...parts, host: openDiskHost({ workspace: path.join(folder, 'work') }), parse, documents: [registers(device)] })) assert.ok(event);
});
after(async () => {
  await index[Symbol.asyncDispose]();
  fs.rmSync(folder, { recursive: true });
});

function registers(device: Device | undefined) {
  assert.ok(device);
  return { file: '/chip.svd', contentKey: hashText(svd), content: () => ({ facts: emptyFacts('svd'), ...registerChunks(device, { file: '/chip.svd' }) }) };
}

function parse(file: string, text: string) {
  const functions = text.split('\n').flatMap((line, row) => {
    const [, name] = /^void (\w+)/.exec(line) ?? [];
    return name === undefined ? [] : [{ ...functionFact(name, row + 1), endLine: row + 4 }];
  });
  return { facts: { ...emptyFacts(file.endsWith('.md') ? 'markdown' : 'c'), functions }, problems: [] };
}

/** The best hit of a question as `file symbol`, and what found it. */
function check(name: string, question: string, expected: { readonly first: string; readonly by?: readonly string[] } & SearchOptions): void {
  test(name, async () => {
    const hits = await search(question, expected);
    assert.equal(described(hits)[0], expected.first, described(hits).join('\n'));
    for (const source of expected.by ?? []) assert.ok(hits[0]?.sources.includes(source), `found by ${hits[0]?.sources.join(', ') ?? ''}`);
    assert.deepEqual(hits.map(({ rank }) => rank), hits.map((_, position) => position + 1));
  });
}

async function search(question: string, options: SearchOptions = {}, changes: Partial<RetrieverParts> = {}): Promise<readonly Hit[]> {
  return createRetriever({ ...parts, ...changes }).search(question, options);
}

const described = (hits: readonly Hit[]) => hits.map(({ chunk }) => `${chunk.file} ${chunk.symbol ?? ''}`);

check('a function named in the question comes first', 'What does uart_send do?', { first: 'src/uart.c uart_send', by: ['symbol', 'words'] });
check('a plain word that is a function\'s name finds it', 'what happens in main', { first: 'src/main.c main', by: ['symbol'] });
check('a file named in the question is found by its header', 'what is in timer.c', { first: 'src/timer.c timer.c', by: ['file'] });
check('a handler is found through the field\'s words', 'which isr clears the overrun flag', { first: 'src/uart.c USART2_IRQHandler', by: ['words'] });
check('a Chinese question finds English code', '定时器预分频在哪里设置?', { first: 'src/timer.c timer_start', by: ['words'] });
check('a register named by its path comes first', 'How do I use USART2->CR1?', { first: '/chip.svd USART2.CR1', by: ['register'] });
check('a register named by its address comes first', 'what is at 0x4000440C', { first: '/chip.svd USART2.CR1', by: ['register'] });
check('a field macro names its register', 'USART_CR1_RXNEIE', { first: '/chip.svd USART2.CR1' });
check('an element of a register array finds the array', 'USART2->GTPR[1]', { first: '/chip.svd USART2.GTPR[0]', by: ['register'] });
check('a section is found by its text', 'standby microamps', { first: 'doc/guide.md Guide > Power', by: ['words', 'vectors'] });
check('words alone', 'standby microamps', { first: 'doc/guide.md Guide > Power', mode: 'words', by: ['words'] });
check('vectors alone', 'Standby draws two microamps', { first: 'doc/guide.md Guide > Power', mode: 'vectors', by: ['vectors'] });

test('one file does not fill the answer while others are there', async () => {
  const hits = await search('motor step', { limit: 6 });
  assert.ok(described(hits).includes('other/motor.c motor_stop'), described(hits).join('\n'));
  assert.equal(hits.length, 6);
});
test('nothing indexed says what was asked: nothing is found', async () => { assert.deepEqual(await search('zzzyx', { mode: 'words' }), []); });
test('an empty question finds nothing', async () => { assert.deepEqual(await search('  '), []); });
test('without an embedder words and symbols answer, and it says so', async () => {
  const retriever = createRetriever({ ...parts, embedder: undefined });
  assert.equal(described(await retriever.search('uart_send'))[0], 'src/uart.c uart_send');
  assert.match((await retriever.limits?.() ?? []).join(), /No embedding model is there/);
  assert.deepEqual(await retriever.search('uart_send', { mode: 'vectors' }), []);
});
test('with every vector there it has nothing to say', async () => { assert.deepEqual(await createRetriever(parts).limits?.(), []); });
test('a failing embedder leaves the words, and it says so', async () => {
  const failing = { id: 'f', dimensions: 64, embed: async () => { throw new Error('out of memory'); } };
  const retriever = createRetriever({ ...parts, embedder: failing });
  assert.equal(described(await retriever.search('uart_send'))[0], 'src/uart.c uart_send');
  assert.match((await retriever.limits?.() ?? []).join(), /embedding model failed.*out of memory/);
  await assert.rejects(retriever.search('uart_send', { mode: 'vectors' }), /out of memory/);
});
test('a ranking model has the last word on the order of the best', async () => {
  const asked: string[] = [];
  const reranker = { rank: async (question: string, passages: readonly string[]) => { asked.push(question); return passages.map(passage => passage.includes('Standby') ? 2 : 1); } };
  assert.equal(described(await search('uart_send or standby', { limit: 3 }, { reranker }))[0], 'doc/guide.md Guide > Power');
  assert.deepEqual(asked, ['uart_send or standby']);
});
test('without a passage the ranking model is not asked', async () => {
  assert.deepEqual(await search('zzzyx', { mode: 'words' }, { reranker: { rank: async () => { throw new Error('asked'); } } }), []);
});
test('a failing ranking model leaves the order as it was, and it says so', async () => {
  const retriever = createRetriever({ ...parts, reranker: { rank: async () => { throw new Error('out of memory'); } } });
  assert.equal(described(await retriever.search('uart_send'))[0], 'src/uart.c uart_send');
  assert.match((await retriever.limits?.() ?? []).join(), /ranking model failed.*out of memory/);
});
test('of pasted text only the beginning is searched for, and it says so', async () => {
  const retriever = createRetriever(parts);
  assert.equal(described(await retriever.search(`uart_send ${'a'.repeat(300_000)}`))[0], 'src/uart.c uart_send');
  assert.match((await retriever.limits?.() ?? []).join(), /first 4000 characters/);
  await retriever.search('uart_send');
  assert.deepEqual(await retriever.limits?.(), []);
});
test('a stopped search stops', async () => {
  await assert.rejects(createRetriever(parts).search('uart', {}, AbortSignal.abort()), /abort/i);
});
