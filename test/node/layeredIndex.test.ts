// A workspace's index with that of another folder beneath it.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { hashText, layeredIndex, type OpenIndex } from '../../src/core/index.ts';
import { createSqliteCatalog } from '../../src/node/sqliteCatalog.ts';
import { createSqliteTextStore } from '../../src/node/sqliteTextStore.ts';
import { fileUpdate, openIndex } from './storeFixtures.ts';

test('words are counted in all indexes together', async context => {
  const { textStore } = layered(await indexOf(context, 'a.c', ['uart_init starts', 'uart_send sends']), await indexOf(context, 'a.c', ['uart_kit starts']));
  assert.deepEqual(await textStore.wordCounts(['starts', 'sends', 'kit', 'none']), { passages: 3, holding: [2, 1, 1, 0] });
});

test('a passage is in the workspace and in the folder beneath, the workspace first', async context => {
  const { catalog } = layered(await indexOf(context, 'a.c', ['uart_init starts']), await indexOf(context, 'b.c', ['uart_init starts']));
  const places = async (limit: number): Promise<string[]> => (await catalog.places?.(hashText('uart_init starts'), limit) ?? []).map(({ file, startLine }) => `${file}:${startLine}`);
  assert.deepEqual([await places(5), await places(1)], [['a.c:1', '/sdk/b.c:1'], ['a.c:1']]);
});

async function indexOf(context: TestContext, file: string, texts: readonly string[]): Promise<OpenIndex> {
  const index = await openIndex(context);
  const catalog = createSqliteCatalog(index);
  await catalog.commit(fileUpdate(file, texts));
  return { catalog, textStore: createSqliteTextStore(index) };
}

function layered(main: OpenIndex, layer: OpenIndex): OpenIndex {
  return layeredIndex(main, [{ ...layer, folder: '/sdk' }], (_layer, error) => { throw error; });
}
