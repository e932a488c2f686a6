// Writers of the dataset that are killed, or that the disk has no room for.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { replaceFolder } from '../../src/node/datasetFolder.ts';
import { temporaryFolder } from './storeFixtures.ts';

const rounds = 4;

test('whenever a writer is killed, the files are of one round, and nothing half-written stays', async context => {
  const folder = path.join(temporaryFolder(context), 'build');
  for (let round = 0; round < rounds; round += 1) {
    const writer = spawn(process.execPath, [path.join(import.meta.dirname, 'writeForever.ts'), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(writer, 'exit');
    await once(writer.stdout, 'data');
    await new Promise(resolve => { setTimeout(resolve, 20 + round * 17); });
    writer.kill('SIGKILL');
    await ended;
    // The first kill may come before anything was written.
    const place = [folder, `${folder}.old`].find(name => fs.existsSync(name));
    if (place === undefined) continue;
    const [a, b] = ['a', 'b'].map(name => fs.readFileSync(path.join(place, name), 'utf8'));
    assert.equal(a, b);
    assert.equal(a?.length, (a?.indexOf('\n') ?? 0) * 20_000 + 20_000);
  }
  await replaceFolder(folder, [{ name: 'a', text: 'last' }]);
  assert.deepEqual(fs.readdirSync(path.dirname(folder)), ['build']);
});

test('a disk without room leaves what was there, with a sentence', { skip: process.platform === 'win32' && 'no quota by the shell' }, async context => {
  const folder = path.join(temporaryFolder(context), 'build');
  await replaceFolder(folder, [{ name: 'a', text: 'before' }]);
  const module = JSON.stringify(path.join(import.meta.dirname, '../../src/node/datasetFolder.ts'));
  const script = `import(${module}).then(({ replaceFolder }) => replaceFolder(${JSON.stringify(folder)}, [{ name: 'a', text: 'x'.repeat(4_000_000) }])).catch(error => { console.log(error.message); })`;
  const { stdout } = spawnSync('sh', ['-c', 'ulimit -f 1000; trap "" XFSZ; exec "$0" -e "$1"', process.execPath, script], { encoding: 'utf8' });
  assert.match(stdout, /could not be written, and what was there before is as it was: file too large/i);
  assert.equal(fs.readFileSync(path.join(folder, 'a'), 'utf8'), 'before');
  assert.deepEqual(fs.readdirSync(path.dirname(folder)), ['build']);
});
