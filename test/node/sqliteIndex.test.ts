import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { createSqliteCatalog } from '../../src/node/sqliteCatalog.ts';
import { SqliteIndex } from '../../src/node/sqliteIndex.ts';
import type { IndexOpening } from '../../src/node/sqliteOpening.ts';
import { createSqliteTextStore } from '../../src/node/sqliteTextStore.ts';
import { createVectraStore } from '../../src/node/vectraStore.ts';
import { WriterLock } from '../../src/node/writerLock.ts';
import { assertWhole, checkKills, startCommitting } from './killRounds.ts';
import { chunksPerFile, numberedUpdate, numberedVectors } from './numberedFiles.ts';
import { openIndex, temporaryFolder } from './storeFixtures.ts';

/** Opens an index with one file in it, lets `harm` do something to the closed folder, opens again. */
function check(name: string, harm: (folder: string) => void, expected: { readonly opening: IndexOpening; readonly files: number; readonly producer?: string }): void {
  test(name, async context => {
    const folder = temporaryFolder(context);
    {
      await using index = await openIndex(context, { folder });
      await createSqliteCatalog(index).commit(numberedUpdate(1));
    }
    harm(folder);
    const index = await openIndex(context, { folder, producer: expected.producer ?? 'test 1' });
    const catalog = createSqliteCatalog(index);
    assert.equal(index.opening, expected.opening);
    assert.equal((await catalog.stats()).files, expected.files);
    await catalog.commit(numberedUpdate(2));
    assert.equal((await catalog.stats()).files, expected.files + 1);
  });
}

const database = (folder: string) => path.join(folder, 'index.db');

function alter(folder: string, sql: string): void {
  const altered = new DatabaseSync(database(folder));
  altered.exec(sql);
  altered.close();
}

check('an index is there when opened again', () => undefined, { opening: 'existing', files: 1 });
check('an index of another producer stays until its files are read anew', () => undefined, { opening: 'outdated', files: 1, producer: 'test 2' });
check('an index with other tables is thrown away', folder => { alter(folder, "UPDATE meta SET value = '0' WHERE key = 'schema'"); }, { opening: 'other version', files: 0 });
check('a file that is no database is replaced', folder => { fs.writeFileSync(database(folder), 'not a database at all, but long enough to look like one'.repeat(100)); }, { opening: 'damaged', files: 0 });
check('an empty file is replaced', folder => { fs.writeFileSync(database(folder), ''); }, { opening: 'other version', files: 0 });
check('a missing file is made anew', folder => { fs.rmSync(database(folder)); }, { opening: 'new', files: 0 });
check('a left-over lock file does not lock', folder => { fs.writeFileSync(path.join(folder, 'writer.lock'), ''); }, { opening: 'existing', files: 1 });

test('a page damaged inside empties the index with a sentence, and the next run fills it', async context => {
  const folder = temporaryFolder(context);
  {
    await using index = await openIndex(context, { folder });
    for (let number = 0; number < 300; number += 1) await createSqliteCatalog(index).commit(numberedUpdate(number));
  }
  const file = fs.openSync(database(folder), 'r+');
  const { size } = fs.fstatSync(file);
  // All but the first pages, which hold the schema.
  for (let offset = 40 * 4096; offset < size; offset += 4096) fs.writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, offset);
  fs.closeSync(file);
  const index = await openIndex(context, { folder });
  const catalog = createSqliteCatalog(index);
  await assert.rejects(async () => { for (let number = 0; number < 300; number += 1) await catalog.commit(numberedUpdate(number + 1000)); }, /damaged and has been emptied; index again/);
  assert.equal((await catalog.stats()).files, 0);
  await catalog.commit(numberedUpdate(1));
  assert.equal((await catalog.stats()).files, 1);
});

test('a second opener reads, refuses to write with a sentence, and takes over when the first closes', async context => {
  const folder = temporaryFolder(context);
  const first = await openIndex(context, { folder });
  await createSqliteCatalog(first).commit(numberedUpdate(1));
  const second = await openIndex(context, { folder });
  const catalog = createSqliteCatalog(second);
  assert.equal(second.opening, 'in use');
  assert.equal((await catalog.stats()).files, 1);
  await assert.rejects(catalog.commit(numberedUpdate(2)), /another Halcyon window/);
  await first[Symbol.asyncDispose]();
  await catalog.commit(numberedUpdate(2));
  assert.equal(second.isWriter, true);
  assert.equal((await catalog.stats()).files, 2);
});
test('a second opener of another producer reads what there is, and replaces it once it has taken over', async context => {
  const folder = temporaryFolder(context);
  const first = await openIndex(context, { folder });
  await createSqliteCatalog(first).commit(numberedUpdate(1));
  const second = await openIndex(context, { folder, producer: 'test 2' });
  const catalog = createSqliteCatalog(second);
  assert.equal((await createSqliteTextStore(second).searchWords(['word1'], 9)).length, chunksPerFile);
  assert.equal(await catalog.facts('f1.c'), undefined);
  await first[Symbol.asyncDispose]();
  await catalog.commit(numberedUpdate(2));
  assert.deepEqual([...await catalog.files()].map(([file, { sizeBytes, contentKey }]) => [file, sizeBytes < 0, contentKey === undefined]), [['f1.c', true, true], ['f2.c', false, false]]);
});
test('a second opener that came before there was anything to read finds what the first one writes', async context => {
  const folder = temporaryFolder(context);
  using lock = WriterLock.tryAcquire(folder) ?? assert.fail('the folder is new');
  const second = await openIndex(context, { folder });
  const catalog = createSqliteCatalog(second);
  assert.equal((await catalog.stats()).files, 0);
  lock[Symbol.dispose]();
  const first = await openIndex(context, { folder });
  await createSqliteCatalog(first).commit(numberedUpdate(1));
  await setTimeout(600);
  assert.equal((await catalog.stats()).files, 1);
  assert.equal(second.isWriter, false);
});
test('a full disk is told in a sentence and loses nothing', async context => {
  const index = await openIndex(context, { maxBytes: 600_000 });
  const catalog = createSqliteCatalog(index);
  const vectors = createVectraStore(index, { embedderId: 'e' });
  let stored = 0;
  await assert.rejects(async () => {
    for (; ; stored += 1) {
      await catalog.commit(numberedUpdate(stored));
      await vectors.upsert(numberedVectors(stored));
    }
  }, /The disk is full: the index in .* what was indexed before is kept/);
  assert.ok(stored > 3);
  await assertWhole(index, stored);
  await catalog.remove('f0.c');
  assert.equal((await catalog.files()).has('f0.c'), false);
});
test('a folder that cannot be made is told in a sentence', async context => {
  const file = path.join(temporaryFolder(context), 'file');
  fs.writeFileSync(file, '');
  await assert.rejects(SqliteIndex.open({ folder: path.join(file, 'index'), producer: 'test 1' }), /The index in .*file.index failed: ENOTDIR/);
});

test('killed at any of a dozen moments, the index opens and holds every committed file whole', async context => { await checkKills(context, 12); });
test('a second process takes over when the first is killed', async context => {
  const folder = temporaryFolder(context);
  const child = startCommitting(folder, 0);
  await once(child.stdout, 'data');
  const second = await openIndex(context, { folder });
  const catalog = createSqliteCatalog(second);
  assert.equal(second.isWriter, false);
  assert.ok((await catalog.stats()).files > 0);
  assert.equal(second.tryToWrite(), false);
  child.kill('SIGKILL');
  await once(child, 'close');
  assert.equal(second.tryToWrite(), true);
  await catalog.commit(numberedUpdate(100_000));
  assert.ok((await catalog.files()).has('f100000.c'));
});
test('a disk that is really full is told in a sentence and loses nothing', async context => {
  const folder = mountedFolder(context, 'size=3m');
  if (folder === undefined) { context.skip('file systems cannot be mounted here'); return; }
  const index = await openIndex(context, { folder });
  const catalog = createSqliteCatalog(index);
  let stored = 0;
  await assert.rejects(async () => { for (; ; stored += 1) await catalog.commit(numberedUpdate(stored)); }, /The disk is full: the index in .* what was indexed before is kept/);
  assert.ok(stored > 3);
  const files = await catalog.files();
  for (let number = 0; number < stored; number += 1) assert.deepEqual(files.get(`f${number}.c`), numberedUpdate(number).record);
});
test('an index on read-only storage is searched, and writing is refused with a sentence', async context => {
  const folder = mountedFolder(context, 'size=8m');
  if (folder === undefined) { context.skip('file systems cannot be mounted here'); return; }
  {
    await using index = await openIndex(context, { folder });
    await createSqliteCatalog(index).commit(numberedUpdate(1));
  }
  assert.equal(spawnSync('mount', ['-o', 'remount,ro', folder]).status, 0);
  const index = await openIndex(context, { folder });
  assert.equal(index.opening, 'read only');
  assert.equal((await createSqliteTextStore(index).searchWords(['word1'], 9)).length, chunksPerFile);
  await assert.rejects(createSqliteCatalog(index).commit(numberedUpdate(2)), /storage is read-only/);
  await index[Symbol.asyncDispose]();
});

/** A folder that is a file system of its own until the test ends; undefined where none can be mounted. */
function mountedFolder(context: TestContext, options: string): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-mount-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status !== 0) return undefined;
  context.after(() => {
    spawnSync('umount', ['-l', folder]);
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
