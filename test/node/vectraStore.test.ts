import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VectorItem, VectorStore } from '../../src/core/index.ts';
import { createVectraStore } from '../../src/node/vectraStore.ts';
import type { SqliteIndex } from '../../src/node/sqliteIndex.ts';
import { openIndex, temporaryFolder } from './storeFixtures.ts';

const dimensions = 16;

/** A reproducible vector per name. */
function vectorOf(name: string): Float32Array {
  let state = [...Buffer.from(name)].reduce((hash, byte) => Math.imul(hash ^ byte, 16777619) >>> 0, 2166136261);
  return Float32Array.from({ length: dimensions }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

function item(id: string, kind: VectorItem['kind'] = 'function', file = 'a.c'): VectorItem {
  return { id, kind, file, vector: vectorOf(id) };
}

function items(prefix: string, count: number, file = 'a.c'): VectorItem[] {
  return Array.from({ length: count }, (_, index) => item(`${prefix}${index}`, 'function', file));
}

/** Every id must be the nearest to its own vector. */
async function check(store: VectorStore, ids: readonly string[]): Promise<void> {
  for (const id of ids) assert.equal((await store.search(vectorOf(id), 1))[0]?.id, id);
}

const open = (index: SqliteIndex, embedderId = 'e') => createVectraStore(index, { embedderId });

test('what was stored is found, also after opening again', async context => {
  const folder = temporaryFolder(context);
  {
    await using index = await openIndex(context, { folder });
    await open(index).upsert(items('a', 20));
  }
  const store = open(await openIndex(context, { folder }));
  await check(store, ['a0', 'a19']);
  assert.equal((await store.stats()).items, 20);
});
test('the score is the cosine', async context => {
  const store = open(await openIndex(context));
  await store.upsert(items('a', 5));
  const [best] = await store.search(vectorOf('a3').map(value => value * 7), 1);
  assert.equal(best?.id, 'a3');
  assert.ok(Math.abs(best.score - 1) < 0.01);
});
test('an equal id replaces, in whatever file', async context => {
  const store = open(await openIndex(context));
  await store.upsert([item('x')]);
  await store.upsert([{ ...item('x', 'function', 'b.c'), vector: vectorOf('y') }, item('z', 'function', 'b.c')]);
  assert.equal((await store.stats()).items, 2);
  assert.equal((await store.search(vectorOf('y'), 1))[0]?.id, 'x');
});
test('deleted items are gone, unknown ids are ignored', async context => {
  const store = open(await openIndex(context));
  await store.upsert(items('a', 3));
  await store.deleteItems(['a1', 'unknown']);
  assert.deepEqual((await store.search(vectorOf('a1'), 9)).map(({ id }) => id).sort(), ['a0', 'a2']);
});
test('a store emptied item by item has no partition left', async context => {
  const store = open(await openIndex(context));
  await store.upsert(items('a', 3));
  await store.deleteItems(['a0', 'a1', 'a2']);
  assert.deepEqual(await store.stats(), { items: 0, partitions: 0, sizeBytes: 0 });
  await store.upsert(items('a', 3));
  await check(store, ['a0', 'a1', 'a2']);
});
test('many files in any order fill partitions that stay small and lose nothing', async context => {
  const store = open(await openIndex(context));
  const names = Array.from({ length: 50 }, (_, index) => `src/${(index * 17) % 50}.c`);
  for (const name of names) await store.upsert(items(name, 100, name));
  const { items: count, partitions } = await store.stats();
  assert.equal(count, 5000);
  assert.ok(partitions >= 4 && partitions <= 12, `${partitions} partitions`);
  await check(store, names.map(name => `${name}42`));
  await store.deleteItems(names.map(name => `${name}42`));
  assert.equal((await store.stats()).items, 4950);
});
test('a file larger than a partition is stored whole', async context => {
  const store = open(await openIndex(context));
  await store.upsert(items('b', 3500));
  assert.equal((await store.stats()).items, 3500);
  await check(store, ['b0', 'b1600', 'b3499']);
});
test('kind and path prefix narrow the search', async context => {
  const store = open(await openIndex(context));
  await store.upsert([item('one', 'function', 'src/a.c'), item('two', 'type', 'src/a.c')]);
  await store.upsert([item('three', 'section', 'doc/a.md')]);
  assert.deepEqual((await store.search(vectorOf('one'), 9, { kinds: ['type', 'section'] })).map(({ id }) => id).sort(), ['three', 'two']);
  assert.deepEqual((await store.search(vectorOf('one'), 9, { pathPrefix: 'doc/' })).map(({ id }) => id), ['three']);
  assert.deepEqual(await store.search(vectorOf('one'), 9, { pathPrefix: 'nowhere/' }), []);
});
test('vectors of another embedder are never searched and go with the first new one', async context => {
  const index = await openIndex(context);
  await open(index, 'old').upsert(items('a', 3));
  const store = open(index, 'new');
  assert.deepEqual(await store.search(vectorOf('a0'), 3), []);
  await store.upsert(items('b', 2, 'b.c'));
  assert.equal((await store.stats()).items, 2);
});
test('calls at the same time lose nothing', async context => {
  const store = open(await openIndex(context));
  await Promise.all(Array.from({ length: 20 }, async (_, index) => store.upsert(items(`f${index}-`, 5, `f${index}.c`))));
  assert.equal((await store.stats()).items, 100);
});
test('a tiny cache changes the speed, not the answers', async context => {
  const index = await openIndex(context);
  const store = createVectraStore(index, { embedderId: 'e', cacheBytes: 1 });
  for (let file = 0; file < 4; file += 1) await store.upsert(items(`f${file}-`, 1000, `f${file}.c`));
  await check(store, ['f0-1', 'f1-500', 'f3-999']);
});
test('a reader sees what the writer committed', async context => {
  const folder = temporaryFolder(context);
  const writer = open(await openIndex(context, { folder }));
  await writer.upsert([item('first')]);
  const reader = open(await openIndex(context, { folder }));
  await check(reader, ['first']);
  await writer.upsert([item('second', 'function', 'b.c')]);
  await check(reader, ['second']);
});
test('clearing forgets everything', async context => {
  const store = open(await openIndex(context));
  await store.upsert(items('a', 3));
  await store.clear();
  assert.deepEqual(await store.search(vectorOf('a0'), 3), []);
});
test('no limit, nothing found; no items, nothing stored', async context => {
  const store = open(await openIndex(context));
  await store.upsert([]);
  assert.deepEqual(await store.search(vectorOf('a0'), 0), []);
  assert.equal((await store.stats()).items, 0);
});
