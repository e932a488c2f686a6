// Files parsed in processes beside the engine's: as in the engine's own, and what happens to a file that is too much for one.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseSource, prepareContent, readContent, type ContentReader } from '../../src/core/index.ts';
import { grammarsFolder } from '../../src/node/folders.ts';
import { openParser } from '../../src/node/openParser.ts';
import { openParsePool, type ParsePoolOptions } from '../../src/node/parsePool.ts';
import { packFacts } from '../../src/node/sqliteCommit.ts';
import { temporaryFolder } from './storeFixtures.ts';

const source = path.resolve(import.meta.dirname, '../fixtures/stm32f4-uart');

async function check(use: (pool: ContentReader) => Promise<void>, options: Partial<ParsePoolOptions> = {}): Promise<void> {
  await using pool = await openParsePool({ grammars: grammarsFolder(), ...options });
  await use(pool);
}

function sources(): { readonly file: string; readonly bytes: Uint8Array }[] {
  return fs.readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(name => /\.(c|h|s|md|ld)$/.test(name))
    .map(file => ({ file, bytes: fs.readFileSync(path.join(source, file)) }));
}

/** Twenty thousand functions, each with accesses: some hundred megabytes of facts and chunks. */
function manyFunctions(count: number): Uint8Array {
  return Buffer.from(Array.from({ length: count }, (_, n) => `/** Does ${n}. */\nvoid f${n}(void)\n{\n  USART${n % 9}->CR1 |= 1u << ${n % 32};\n  f${n + 1}();\n}\n`).join(''));
}

for (const processes of [1, 2]) test(`contents are those of this thread, however many files are read at once, by ${processes}`, () => check(async pool => {
  await using parser = await openParser(grammarsFolder());
  const files = sources();
  assert.ok(files.length > 3);
  assert.equal(pool.width, processes);
  const found = await Promise.all(files.map(async ({ file, bytes }) => pool.read(file, bytes)));
  for (const [index, { file, bytes }] of files.entries()) {
    const own = await readContent(file, bytes, (name, text) => parseSource(parser, name, text));
    assert.ok('content' in own);
    assert.deepEqual(plain(found[index]), plain({ content: prepareContent(own.content, packFacts) }));
  }
}, { processes }));
test('bytes that are no text come back with the reason', () => check(async pool => {
  assert.deepEqual(await pool.read('a.c', Uint8Array.from([1, 0, 0, 2])), { skipReason: 'binary: holds zero bytes' });
}));
test('a file that needs more memory than a process has costs that process only', () => check(async pool => {
  await assert.rejects(pool.read('big.c', manyFunctions(60_000)), /memory/i);
  assert.ok('content' in await pool.read('a.c', Buffer.from('int a;\n')));
}, { heapMegabytes: 24 }));
test('a file that takes too long ends its process, and those that wait for it get another', () => check(async pool => {
  const long = pool.read('big.c', manyFunctions(20_000));
  const next = pool.read('a.c', Buffer.from('int a;\n'));
  await assert.rejects(long, /takes longer than/);
  await next.then(found => { assert.ok('content' in found); }, (error: unknown) => { assert.match(String(error), /takes longer than/); });
}, { fileTimeoutMs: 600 }));
test('a process that has read a very large file is replaced, and its memory given back', { skip: fs.existsSync('/proc/self/task') ? false : 'no /proc' }, () => check(async pool => {
  await pool.read('a.c', Buffer.from('int a;\n'));
  const first = childProcesses();
  assert.ok('content' in await pool.read('big.c', manyFunctions(14_000)));
  assert.ok('content' in await pool.read('b.c', Buffer.from('int b;\n')));
  const last = childProcesses();
  assert.equal(last.length, 1);
  assert.notDeepEqual(last, first);
}));
test('closing ends what is under way', async () => {
  const pool = await openParsePool({ grammars: grammarsFolder() });
  const open = pool.read('big.c', manyFunctions(20_000));
  const rejected = assert.rejects(open, /stopped/);
  await pool[Symbol.asyncDispose]();
  await rejected;
});
test('what is asked of a closed pool, or waits when it closes, is refused, and no process is left', async () => {
  const pool = await openParsePool({ grammars: grammarsFolder() });
  const asked = ['a.c', 'b.c', 'c.c'].map(async file => pool.read(file, manyFunctions(20_000)));
  const refused = Promise.all(asked.map(async read => assert.rejects(read, /stopped/)));
  await pool[Symbol.asyncDispose]();
  await refused;
  await assert.rejects(pool.read('d.c', Buffer.from('int d;\n')), /stopped/);
  if (fs.existsSync('/proc/self/task')) assert.deepEqual(childProcesses(), ['']);
});
test('missing grammars are told with a remedy', context => check(async pool => {
  await assert.rejects(pool.read('a.c', Buffer.from('int a;\n')), /web-tree-sitter\.wasm is missing.*grammars\.mjs/);
}, { grammars: temporaryFolder(context) }));

function childProcesses(): string[] {
  return fs.readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(/\s+/);
}

/** Bytes as a plain array: what has been through a port is no Buffer any more. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, part: unknown) => part instanceof Uint8Array ? [...part] : isBufferJson(part) ? part.data : part)) as unknown;
}

function isBufferJson(part: unknown): part is { readonly data: readonly number[] } {
  return typeof part === 'object' && part !== null && 'type' in part && part.type === 'Buffer' && 'data' in part;
}
