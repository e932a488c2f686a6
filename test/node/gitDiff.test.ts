// A repository's change, read by git itself; whatever the repository's settings name is not started.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { gitDiff } from '../../src/node/gitDiff.ts';
import { git, noGit } from './git.ts';

interface Repository {
  readonly folder: string;
  readonly write: (name: string, text: string) => void;
}

function check(name: string, use: (repository: Repository) => Promise<void>): void {
  test(name, { skip: noGit }, async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-git-'));
    const write = (file: string, text: string): void => { fs.writeFileSync(path.join(folder, file), text); };
    try {
      git(folder, 'init');
      write('a.c', 'int a;\n');
      git(folder, 'add', '.');
      git(folder, 'commit', '-m', 'first');
      await use({ folder, write });
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
}

check('what is staged comes before what is not', async ({ folder, write }) => {
  write('a.c', 'int changed;\n');
  assert.match(await gitDiff(folder), /^\+int changed;$/m);
  write('b.c', 'int staged;\n');
  git(folder, 'add', 'b.c');
  const staged = await gitDiff(folder);
  assert.match(staged, /^\+int staged;$/m);
  assert.doesNotMatch(staged, /changed/);
});

check('nothing changed is an empty text', async ({ folder }) => { assert.equal(await gitDiff(folder), ''); });

check('a repository\'s settings start nothing', async ({ folder, write }) => {
  const mark = path.join(folder, 'started');
  write('evil.sh', `#!/bin/sh\ntouch '${mark}'\n`);
  const evil = path.join(folder, 'evil.sh');
  fs.chmodSync(evil, 0o755);
  for (const setting of ['core.fsmonitor', 'core.pager', 'diff.external', 'diff.x.textconv', 'diff.x.command', 'pager.diff', 'filter.y.z.clean', 'filter.x.process', 'filter.x.clean']) git(folder, 'config', setting, evil);
  git(folder, 'config', 'filter.y.z.required', 'true');
  write('.gitattributes', '*.c diff=x filter=y.z\n');
  fs.rmSync(mark, { force: true });
  write('a.c', 'int changed;\n');
  assert.match(await gitDiff(folder), /^\+int changed;$/m);
  assert.equal(fs.existsSync(mark), false);
});

check('a filter that cannot be switched off is told, and not started', async ({ folder, write }) => {
  const mark = path.join(folder, 'started');
  git(folder, 'config', 'filter.a=b.clean', `touch '${mark}'`);
  write('.gitattributes', '*.c filter=a=b\n');
  write('a.c', 'int changed;\n');
  await assert.rejects(gitDiff(folder), /names a filter "filter\.a=b\.clean", which cannot be switched off/);
  assert.equal(fs.existsSync(mark), false);
});

test('a folder without a repository is told', { skip: noGit }, async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-git-'));
  await assert.rejects(gitDiff(folder), /The change could not be read \(fatal: not a git repository.*\)\. Give it as a file: --diff FILE\.$/);
  fs.rmSync(folder, { recursive: true });
});
