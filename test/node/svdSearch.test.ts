// What a search for descriptions gives while it runs, after it, and when it fails.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { SvdFile } from '../../src/core/index.ts';
import { svdLibrary } from '../../src/node/svdLibrary.ts';
import { createSvdSearch } from '../../src/node/svdSearch.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-search-'));
after(() => { fs.rmSync(root, { recursive: true }); });
const files = (...names: string[]): SvdFile[] => names.map(file => ({ file, place: 'here' }));
let lists = 0;
const listFile = () => path.join(root, `lists/${lists += 1}.json`);

test('a search is waited for, and made once', async () => {
  let searches = 0;
  const search = createSvdSearch({ file: listFile(), onLateResult: () => { assert.fail(); }, patienceMs: 60_000, search: async () => { searches += 1; return files('a.svd'); } });
  assert.deepEqual([await search.list(), await search.list()], [files('a.svd'), files('a.svd')]);
  assert.equal(searches, 1);
  search.forget();
  await search.list();
  assert.equal(searches, 2);
});

test('one that takes too long gives what was known, and tells when it ends', async () => {
  const file = listFile();
  await createSvdSearch({ file, onLateResult: () => undefined, search: async () => files('old.svd') }).list();
  const slow = Promise.withResolvers<SvdFile[]>();
  const told = Promise.withResolvers<undefined>();
  const search = createSvdSearch({ file, onLateResult: () => { told.resolve(undefined); }, patienceMs: 1, search: async () => slow.promise });
  assert.deepEqual(await search.list(), files('old.svd'));
  slow.resolve(files('new.svd'));
  await told.promise;
  assert.deepEqual(await search.list(), files('new.svd'));
});

test('the first search of all that takes too long gives nothing yet', async () => {
  const search = createSvdSearch({ file: listFile(), onLateResult: () => undefined, patienceMs: 1, search: async () => Promise.withResolvers<SvdFile[]>().promise });
  assert.deepEqual(await search.list(), []);
});

test('a search that fails leaves what was known', async () => {
  const file = listFile();
  await createSvdSearch({ file, onLateResult: () => undefined, search: async () => files('old.svd') }).list();
  const search = createSvdSearch({ file, onLateResult: () => undefined, search: async () => Promise.reject(new Error('drive away')) });
  assert.deepEqual(await search.list(), files('old.svd'));
});

test('a search that is forgotten is cancelled', async () => {
  const seen = Promise.withResolvers<undefined>();
  const search = createSvdSearch({ file: listFile(), onLateResult: () => { assert.fail(); }, patienceMs: 1, search: async signal => { signal.addEventListener('abort', () => { seen.resolve(undefined); }); return Promise.withResolvers<SvdFile[]>().promise; } });
  await search.list();
  search.forget();
  await seen.promise;
});

for (const [what, text] of [['damaged', '{"format":1,"files":[{"fi'], ['of another format', '{"format":0,"files":[]}'], ['of other things', '{"format":1,"files":[{"file":1}]}'], ['empty', 'null']] as const) {
  test(`a kept list that is ${what} is not used`, async () => {
    const file = listFile();
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    const search = createSvdSearch({ file, onLateResult: () => undefined, patienceMs: 1, search: async () => Promise.withResolvers<SvdFile[]>().promise });
    assert.deepEqual(await search.list(), []);
  });
}

test('the user\'s folders, in their order, and never the whole disk', async () => {
  for (const name of ['one/z.svd', 'one/deep/er/a.svd', 'two/b.atdf', 'two/b.txt', 'two/node_modules/c.svd']) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), '');
  }
  fs.symlinkSync(root, path.join(root, 'one', 'loop'));
  const found = await svdLibrary([path.join(root, 'two'), path.join(root, 'one'), path.join(root, 'gone'), '/']);
  assert.deepEqual(found.map(({ file }) => path.relative(root, file)), ['two/b.atdf', 'one/deep/er/a.svd', 'one/z.svd']);
  await assert.rejects(svdLibrary([root], AbortSignal.abort()), { name: 'AbortError' });
});
