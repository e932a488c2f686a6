// What a model has read is found again after a start, and nothing that was changed is handed to native code.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { openPrefixStates, prefixStateKey, type PrefixStateLimits, type PrefixStates } from '../../src/node/prefixStates.ts';

interface Ground {
  readonly states: PrefixStates;
  readonly folder: string;
  readonly keep: (key: string, content: string) => Promise<void>;
  /** What is restored under the key; undefined where nothing is. */
  readonly restored: (key: string) => Promise<string | undefined>;
  /** The kept files, oldest first. */
  readonly files: () => string[];
}

function check(name: string, use: (ground: Ground) => Promise<void>, limits: PrefixStateLimits = {}): void {
  test(name, async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-states-'));
    const states = openPrefixStates(folder, limits);
    let read: string | undefined;
    try {
      await use({
        states, folder,
        keep: (key, content) => states.keep(key, async file => { fs.writeFileSync(file, content); }),
        restored: async key => await states.restore(key, async file => { read = fs.readFileSync(file, 'utf8'); }) ? read : undefined,
        files: () => fs.readdirSync(folder).map(file => path.join(folder, file)).toSorted((a, b) => fs.statSync(a).mtimeMs - fs.statSync(b).mtimeMs),
      });
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
}

/** Pretends that the newest file was last used so many seconds ago. */
function age({ files }: Ground, seconds: number): void {
  const then = new Date(Date.now() - seconds * 1000);
  fs.utimesSync(files().at(-1) ?? '', then, then);
}

check('what was kept is restored under its key, and under no other', async ({ keep, restored }) => {
  await keep('a', 'state of a');
  assert.equal(await restored('a'), 'state of a');
  assert.equal(await restored('b'), undefined);
});
check('a changed file is not loaded, and is gone', async ({ keep, restored, files }) => {
  await keep('a', 'state of a');
  fs.writeFileSync(files()[0] ?? '', 'state of b');
  assert.equal(await restored('a'), undefined);
  assert.deepEqual(files(), []);
});
check('a file that was cut short is not loaded', async ({ keep, restored, files }) => {
  await keep('a', 'state of a');
  fs.truncateSync(files()[0] ?? '', 3);
  assert.equal(await restored('a'), undefined);
});
check('a file that another program named so is not loaded', async ({ restored, folder, files }) => {
  fs.writeFileSync(path.join(folder, 'a-0123456789abcdef0123456789abcdef.state'), 'anything');
  assert.equal(await restored('a'), undefined);
  assert.deepEqual(files(), []);
});
check('a file that cannot be loaded is gone, so that it is written anew', async ({ states, keep, files }) => {
  await keep('a', 'state of a');
  assert.equal(await states.restore('a', async () => { throw new Error('another model'); }), false);
  assert.deepEqual(files(), []);
});
check('what fails to be written leaves nothing', async ({ states, restored, files }) => {
  await states.keep('a', async file => {
    fs.writeFileSync(file, 'half');
    throw new Error('disk full');
  });
  assert.deepEqual(files(), []);
  assert.equal(await restored('a'), undefined);
});
check('of more files than there may be the one used longest ago goes', async ground => {
  await ground.keep('a', 'a');
  age(ground, 30);
  await ground.keep('b', 'b');
  age(ground, 20);
  // Restoring counts as use.
  assert.equal(await ground.restored('a'), 'a');
  await ground.keep('c', 'c');
  assert.deepEqual([await ground.restored('a'), await ground.restored('b'), await ground.restored('c')], ['a', undefined, 'c']);
}, { mostFiles: 2 });
check('files take no more than they may', async ground => {
  await ground.keep('a', 'x'.repeat(600));
  age(ground, 30);
  await ground.keep('b', 'x'.repeat(600));
  assert.equal(ground.files().length, 1);
  await ground.keep('c', 'x'.repeat(1200));
  assert.equal(await ground.restored('c'), undefined);
}, { mostBytes: 1000 });
check('what a process began and left goes after a while', async ground => {
  fs.writeFileSync(path.join(ground.folder, 'old.writing'), '');
  age(ground, 7200);
  fs.writeFileSync(path.join(ground.folder, 'new.writing'), '');
  await ground.keep('a', 'a');
  assert.deepEqual(ground.files().map(file => path.extname(file)).toSorted(), ['.state', '.writing']);
});
test('a folder that cannot be made keeps nothing, and says nothing', async () => {
  const states = openPrefixStates(path.join(import.meta.filename, 'below-a-file'));
  await states.keep('a', async () => undefined);
  assert.equal(await states.restore('a', async () => undefined), false);
});

test('the key tells models, runtimes, settings and tokens apart', async () => {
  const files = [import.meta.filename];
  const same = { files, runtime: '1', settings: { flashAttention: true }, tokens: [1, 2] };
  const keys = await Promise.all([same, { ...same, runtime: '2' }, { ...same, settings: {} }, { ...same, tokens: [1] }, { ...same, files: [path.join(import.meta.dirname, 'gguf.test.ts')] }].map(prefixStateKey));
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(await prefixStateKey(same), keys[0]);
  await assert.rejects(prefixStateKey({ ...same, files: ['/nowhere.gguf'] }));
});
