// Run as a child process: commits numbered files with words, facts and vectors, and prints each number once it is stored, until it is killed.
import { createSqliteCatalog } from '../../src/node/sqliteCatalog.ts';
import { SqliteIndex } from '../../src/node/sqliteIndex.ts';
import { createVectraStore } from '../../src/node/vectraStore.ts';
import { numberedUpdate, numberedVectors } from './numberedFiles.ts';

const [folder = '', first = '0'] = process.argv.slice(2);
const index = await SqliteIndex.open({ folder, producer: 'test 1' });
const catalog = createSqliteCatalog(index);
const vectors = createVectraStore(index, { embedderId: 'e' });
for (let number = Number(first); ; number += 1) {
  await catalog.commit(numberedUpdate(number));
  const items = numberedVectors(number);
  await vectors.upsert(items);
  await catalog.markEmbedded(items.map(({ id }) => id), 'e');
  process.stdout.write(`${number}\n`);
}
