import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { withinTime } from '../../src/node/withinTime.ts';
import { temporaryFolder } from './storeFixtures.ts';

test('a read that never ends is given up', { skip: process.platform === 'win32' }, async context => {
  const pipe = path.join(temporaryFolder(context), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reading = fs.promises.readFile(pipe, 'utf8');
  await assert.rejects(withinTime(reading, 50), /no answer within 0.05 s/);
  // Lets the read end, and the process with it.
  fs.writeFileSync(pipe, 'late');
  assert.equal(await reading, 'late');
});
test('a read that ends in time is passed on, and so is its failure', async () => {
  assert.equal(await withinTime(Promise.resolve(1), 1000), 1);
  await assert.rejects(withinTime(fs.promises.readFile('/nowhere/at/all'), 1000), /ENOENT/);
});
