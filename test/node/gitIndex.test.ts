// What git tracks is in, though its rules match it, as git itself has it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { openDiskHost } from '../../src/node/diskHost.ts';
import type { ScopeSettings } from '../../src/node/ignoreRules.ts';
import { git, noGit } from './git.ts';
import { temporaryFolder } from './storeFixtures.ts';

function write(folder: string, files: readonly string[]): void {
  for (const file of files) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), `// ${file}\n`);
  }
}

/** A repository with rules that match some of what it tracks: `gen/` and `*.inc`. */
function repository(folder: string, ...initWith: readonly string[]): void {
  write(folder, ['main.c', 'gen/tracked.c', 'gen/deep/tracked.h', 'gen/new.c', 'table.inc', 'other.inc', 'gen/tracked.o']);
  fs.writeFileSync(path.join(folder, '.gitignore'), 'gen/\n*.inc\n');
  git(folder, 'init', '-q', ...initWith);
  git(folder, 'add', '.');
  git(folder, 'add', '-f', 'gen/tracked.c', 'gen/deep/tracked.h', 'table.inc', 'gen/tracked.o');
}

const expected = ['.gitignore', 'gen/deep/tracked.h', 'gen/tracked.c', 'main.c', 'table.inc'];

/** Lists `workspace`, a folder in what `prepare` makes; the verdict on a single file must agree. */
function check(name: string, prepare: (folder: string) => string, files: readonly string[], settings: ScopeSettings = {}): void {
  test(name, { skip: noGit }, async context => {
    const workspace = prepare(made(context));
    const host = openDiskHost({ workspace, ...settings });
    const listing = await host.list();
    assert.deepEqual(listing.files.map(({ file }) => file), files);
    for (const file of files) assert.equal(await host.skipReason?.(file), undefined, file);
    for (const { file, reason } of listing.skipped) if (!file.endsWith('/')) assert.equal(await host.skipReason?.(file), reason, file);
  });
}

function made(context: TestContext): string {
  const folder = path.join(temporaryFolder(context), 'work');
  fs.mkdirSync(folder);
  return folder;
}

/** With the repository in the folder itself. */
const here = (change: (folder: string) => void = () => undefined, ...initWith: readonly string[]) => (folder: string): string => {
  repository(folder, ...initWith);
  change(folder);
  return folder;
};

const rulesAlone = ['.gitignore', 'main.c'];

check('files that are tracked are in, also in a folder that is ignored', here(), expected);
for (const version of ['2', '3', '4']) check(`an index of version ${version} is read`, here(folder => { git(folder, 'update-index', '--index-version', version); }), expected);
check('an entry with more flags is read', here(folder => { git(folder, 'add', '-N', '-f', 'other.inc'); }), ['.gitignore', 'gen/deep/tracked.h', 'gen/tracked.c', 'main.c', 'other.inc', 'table.inc']);
check('a repository that names objects by SHA-256 is read', here(() => undefined, '--object-format=sha256'), expected);
check('without an index the rules decide', here(folder => { fs.rmSync(path.join(folder, '.git/index')); }), rulesAlone);
check('a damaged index is none', here(folder => { fs.truncateSync(path.join(folder, '.git/index'), 200); }), rulesAlone);
check('an index that is something else is none', here(folder => { fs.writeFileSync(path.join(folder, '.git/index'), 'hello, world'); }), rulesAlone);
check('a folder that is called .git and is nothing of git', here(folder => { fs.rmSync(path.join(folder, '.git'), { recursive: true }); fs.mkdirSync(path.join(folder, '.git')); }), rulesAlone);
check('a .git that points nowhere', here(folder => { fs.rmSync(path.join(folder, '.git'), { recursive: true }); fs.writeFileSync(path.join(folder, '.git'), 'gitdir: ../nowhere\n'); }), rulesAlone);
check('what the user hides stays hidden, tracked or not', here(), ['.gitignore', 'gen/deep/tracked.h', 'main.c', 'table.inc'], { hidden: ['gen/tracked.c'] });
check('what the user excludes stays out', here(), ['.gitignore', 'gen/deep/tracked.h', 'gen/tracked.c', 'main.c'], { exclude: ['*.inc'] });
check('a worktree has an index of its own', folder => {
  const main = path.join(folder, 'main');
  fs.mkdirSync(main);
  repository(main);
  git(main, 'commit', '-qm', 'all');
  git(main, 'worktree', 'add', '-q', '../tree');
  return path.join(folder, 'tree');
}, expected);
check('a workspace that is a folder of a repository', folder => {
  fs.mkdirSync(path.join(folder, 'app'));
  repository(path.join(folder, 'app'));
  fs.rmSync(path.join(folder, 'app/.git'), { recursive: true });
  git(folder, 'init', '-q');
  git(folder, 'add', '-f', 'app/table.inc', 'app/gen/tracked.c', 'app/gen/deep/tracked.h');
  return path.join(folder, 'app');
}, expected);
check('a clone within the workspace', folder => {
  fs.mkdirSync(path.join(folder, 'lib/a'), { recursive: true });
  repository(path.join(folder, 'lib/a'));
  return folder;
}, expected.map(file => `lib/a/${file}`));
check('a clone that is ignored as a whole', folder => {
  fs.mkdirSync(path.join(folder, 'lib'));
  git(folder, 'init', '-q');
  fs.writeFileSync(path.join(folder, '.gitignore'), 'lib/\n');
  repository(path.join(folder, 'lib'));
  return folder;
}, ['.gitignore']);

const promising = Buffer.alloc(64);
promising.write('DIRC');
promising.writeUInt32BE(2, 4);
promising.writeUInt32BE(0xffff_ffff, 8);
for (const [name, bytes] of [['an index that promises more than it holds', promising], ['an empty index', Buffer.alloc(0)]] as const) {
  check(`${name} is none, and reading it ends`, here(folder => { fs.writeFileSync(path.join(folder, '.git/index'), bytes); }), rulesAlone);
}
