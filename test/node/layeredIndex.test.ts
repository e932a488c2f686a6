// A workspace's index with that of another folder beneath it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layeredIndex } from '../../src/core/index.ts';
import { createSqliteCatalog } from '../../src/node/sqliteCatalog.ts';
import { createSqliteTextStore } from '../../src/node/sqliteTextStore.ts';
import { fileUpdate, openIndex } from './storeFixtures.ts';

test('words are counted in all indexes together', async context => {
  const [main, layer] = await Promise.all([['uart_init starts', 'uart_send sends'], ['uart_kit starts']].map(async texts => {
    const index = await openIndex(context);
    const catalog = createSqliteCatalog(index);
    await catalog.commit(fileUpdate('a.c', texts));
    return { catalog, textStore: createSqliteTextStore(index) };
  }));
  assert.ok(main !== undefined && layer !== undefined);
  const { textStore } = layeredIndex(main, [{ ...layer, folder: '/sdk' }], (_layer, error) => { throw error; });
  assert.deepEqual(await textStore.wordCounts(['starts', 'sends', 'kit', 'none']), { passages: 3, holding: [2, 1, 1, 0] });
});
