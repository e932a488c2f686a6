// A process that writes an index is killed again and again, and what it had committed must be there whole.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { createSqliteCatalog } from '../../src/node/sqliteCatalog.ts';
import type { SqliteIndex } from '../../src/node/sqliteIndex.ts';
import { createSqliteTextStore } from '../../src/node/sqliteTextStore.ts';
import { createVectraStore } from '../../src/node/vectraStore.ts';
import { chunksPerFile, numberedUpdate, numberedVectors } from './numberedFiles.ts';
import { openIndex, temporaryFolder } from './storeFixtures.ts';

/** Kills the writer at that many moments, each another time after a commit; what is whole is looked at each time, and everything once more at the end. */
export async function checkKills(context: TestContext, rounds: number): Promise<void> {
  const folder = temporaryFolder(context);
  let stored = 0;
  for (let round = 0; round < rounds; round += 1) {
    const before = stored;
    stored = await killAfter(folder, before, { commits: 1 + round % 4, milliseconds: (round * 7) % 23 });
    const index = await openIndex(context, { folder });
    assert.equal(index.opening, 'existing', `round ${round}`);
    assert.equal(index.isWriter, true);
    await assertWhole(index, stored, round === rounds - 1 ? 0 : before);
    await index[Symbol.asyncDispose]();
  }
  assert.ok(stored > rounds * 2, `only ${stored} files were stored`);
}

/** A process that commits files until it is killed. */
export function startCommitting(folder: string, first: number) {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, 'commitForever.ts'), folder, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Starts a process that commits files from `first` on, and kills it some time after it has stored some; answers how many are stored at least. */
async function killAfter(folder: string, first: number, { commits, milliseconds }: { readonly commits: number; readonly milliseconds: number }): Promise<number> {
  const child = startCommitting(folder, first);
  let stored = first;
  const closed = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    stored = Math.max(stored, Number(line) + 1);
    if (stored === first + commits) globalThis.setTimeout(() => { child.kill('SIGKILL'); }, milliseconds);
  }
  await closed;
  assert.equal(child.signalCode, 'SIGKILL');
  return stored;
}

/** Every file from `first` to below `stored` has its record, facts, words, chunks and vectors. */
export async function assertWhole(index: SqliteIndex, stored: number, first = 0): Promise<void> {
  const catalog = createSqliteCatalog(index);
  const text = createSqliteTextStore(index);
  const vectors = createVectraStore(index, { embedderId: 'e' });
  const files = await catalog.files();
  for (let number = first; number < stored; number += 1) {
    const { record, content } = numberedUpdate(number);
    const ids = content.chunks.map(({ id }) => id);
    assert.deepEqual(files.get(record.file), record);
    assert.deepEqual(await catalog.facts(record.file), content.facts);
    assert.deepEqual((await text.searchWords([`word${number}`], 9)).map(({ id }) => id).sort(), [...ids].sort());
    assert.equal((await catalog.chunks(ids)).length, chunksPerFile);
    const [item] = numberedVectors(number);
    assert.ok(item);
    const found = await vectors.search(item.vector, Math.ceil(stored / 59) + 2);
    assert.ok(found.some(({ id }) => id === item.id), `vector of file ${number}`);
  }
}
