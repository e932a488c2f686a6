import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { ScopeSettings } from '../../src/node/ignoreRules.ts';
import { watchDrive } from '../../src/node/driveWatch.ts';
import { openDiskHost } from '../../src/node/diskHost.ts';
import { listFiles } from '../../src/node/listFiles.ts';
import { temporaryFolder } from './storeFixtures.ts';

/** Text of a file, or `-> target` for a link. */
type Tree = Readonly<Record<string, string>>;

/** Lists the tree: the files in scope, and `file: reason` of what is left out. The single-file verdict must agree. */
async function check(context: TestContext, tree: Tree, expected: { readonly files: readonly string[]; readonly skipped?: readonly string[] }, settings: ScopeSettings = {}): Promise<void> {
  const workspace = plant(context, tree);
  const host = openDiskHost({ workspace, ...settings });
  const { files, skipped } = await host.list();
  assert.deepEqual(files.map(({ file }) => file), expected.files);
  if (expected.skipped !== undefined) assert.deepEqual(skipped.map(({ file, reason }) => `${file}: ${reason}`), expected.skipped);
  for (const { file } of files) assert.equal(await host.skipReason?.(file), undefined, file);
  for (const { file, reason } of skipped) if (!file.endsWith('/') && !reason.includes('link')) assert.equal(await host.skipReason?.(file), reason, file);
}

function plant(context: TestContext, tree: Tree): string {
  const workspace = path.join(temporaryFolder(context), 'work');
  fs.mkdirSync(workspace);
  for (const [file, text] of Object.entries(tree)) {
    const absolute = path.join(workspace, file);
    fs.mkdirSync(path.dirname(absolute), { recursive: true });
    if (text.startsWith('-> ')) fs.symlinkSync(text.slice(3), absolute);
    else fs.writeFileSync(absolute, text);
  }
  return workspace;
}

test('files come in path order with folders', async context => {
  await check(context, { 'src/b.c': '', 'src/a.c': '', 'README.md': '' }, { files: ['README.md', 'src/a.c', 'src/b.c'], skipped: [] });
});
test('an empty folder lists nothing', async context => { await check(context, {}, { files: [], skipped: [] }); });
test('version control and packages are never indexed', async context => {
  await check(context, { '.git/config': '', 'node_modules/x/a.c': '', 'lib/node_modules/y.c': '', 'a.c': '' }, { files: ['a.c'], skipped: ['.git/: never indexed', 'lib/node_modules/: never indexed', 'node_modules/: never indexed'] });
});
test('build outputs are told by what they are, wherever they lie', async context => {
  await check(context, { 'build/main.c': '', 'build/main.o': '', 'src/firmware.elf': '' }, { files: ['build/main.c'], skipped: ['build/main.o: not a text file (.o)', 'src/firmware.elf: not a text file (.elf)'] });
});
test('text that tools write for tools is told from what is no text, and a name that may be either is read', async context => {
  await check(context, { 'flake.lock': '', 'logo.svg': '', 'scripts/Makefile.lib': 'all:\n' }, { files: ['scripts/Makefile.lib'], skipped: ['flake.lock: written by a tool, not for reading (.lock)', 'logo.svg: written by a tool, not for reading (.svg)'] });
});
test('.gitignore counts, and its negation', async context => {
  await check(context, { '.gitignore': '*.log\n!keep.log\n', 'a.log': '', 'keep.log': '' }, { files: ['.gitignore', 'keep.log'], skipped: ['a.log: ignored by .gitignore'] });
});
test('a nested .gitignore counts below its folder only, and may take back', async context => {
  await check(context, { '.gitignore': '*.tmp\n', 'sub/.gitignore': '*.txt\n!*.tmp\n', 'a.txt': '', 'sub/a.txt': '', 'sub/b.tmp': '', 'c.tmp': '' }, { files: ['.gitignore', 'a.txt', 'sub/.gitignore', 'sub/b.tmp'], skipped: ['c.tmp: ignored by .gitignore', 'sub/a.txt: ignored by sub/.gitignore'] });
});
test('hardware material is taken from an ignored build folder', async context => {
  await check(context, { '.gitignore': 'build/\n', 'build/a.c': '', 'build/zephyr/zephyr.dts': '', 'build/zephyr/include/autoconf.h': '', 'build/x.map': '', 'build/compile_commands.json': '', 'build/chip.svd': '' },
    { files: ['.gitignore', 'build/chip.svd', 'build/compile_commands.json', 'build/x.map', 'build/zephyr/include/autoconf.h', 'build/zephyr/zephyr.dts'], skipped: ['build/: ignored by .gitignore'] });
});
test('the configuration of a build and the device header of an ignored vendor folder are taken, drivers are not', async context => {
  await check(context, { '.gitignore': 'build/\nvendor/\n', 'build/zephyr/.config': '', 'build/x.c': '', 'vendor/st/stm32f103xb.h': '', 'vendor/st/stm32f1xx_hal_uart.h': '' },
    { files: ['.gitignore', 'build/zephyr/.config', 'vendor/st/stm32f103xb.h'], skipped: ['build/: ignored by .gitignore', 'vendor/: ignored by .gitignore'] });
});
test('.halcyonignore holds for hardware material too', async context => {
  await check(context, { '.halcyonignore': 'build/\nold.svd\n', 'build/chip.svd': '', 'old.svd': '', 'new.svd': '' }, { files: ['.halcyonignore', 'new.svd'], skipped: ['build/: ignored by .halcyonignore', 'old.svd: ignored by .halcyonignore'] });
});
test('what the editor hides is left out, but for hardware material', async context => {
  await check(context, { 'out/a.c': '', 'out/compile_commands.json': '[]', 'a.c': '' }, { files: ['a.c', 'out/compile_commands.json'], skipped: ['out/: ignored by files.exclude'] }, { hidden: ['**/out'] });
});

test('the exclude setting holds for everything', async context => {
  await check(context, { 'third/a.c': '', 'third/x.svd': '', 'a.c': '' }, { files: ['a.c'], skipped: ['third/: ignored by the exclude setting'] }, { exclude: ['third/'] });
});
test('a large file of unknown kind is data, a large source file is not', async context => {
  const large = 'x'.repeat(2 * 1024 * 1024);
  await check(context, { 'blob.dat': large, 'stm32h7.h': large }, { files: ['stm32h7.h'], skipped: ['blob.dat: 2.0 MB is more than is read of a file of unknown kind (1 MB)'] });
});
test('a loop of links ends', async context => {
  await check(context, { 'a/x.c': '', 'a/loop': '-> ..', 'self': '-> self' }, { files: ['a/x.c'], skipped: ['a/loop/: a link to a folder that is read elsewhere', 'self: a link to nothing'] });
});
test('a linked folder outside the workspace is entered once', async context => {
  const workspace = plant(context, { 'one': '-> ../sdk', 'two': '-> ../sdk', 'a.c': '-> ../sdk/s.c' });
  fs.mkdirSync(path.join(workspace, '../sdk'));
  fs.writeFileSync(path.join(workspace, '../sdk/s.c'), '');
  fs.symlinkSync('.', path.join(workspace, '../sdk/again'));
  const { files, skipped } = await openDiskHost({ workspace }).list();
  assert.deepEqual([files.length, skipped.length], [2, 2]);
  assert.deepEqual(files.map(({ file }) => path.posix.basename(file)).sort(), ['a.c', 's.c']);
});
test('a missing workspace is told', async context => {
  await assert.rejects(openDiskHost({ workspace: path.join(temporaryFolder(context), 'none') }).list(), /ENOENT/);
});
test('a folder that does not answer is told, and the others are listed', { skip: process.platform === 'win32' }, async context => {
  const workspace = plant(context, { 'a/x.c': '', 'stuck/y.c': '', 'z.c': '' });
  const pipe = path.join(workspace, 'stuck/.gitignore');
  // Reading it ends only when someone writes.
  execFileSync('mkfifo', [pipe]);
  const { files, skipped } = await listFiles(workspace, { drive: watchDrive(200) });
  fs.writeFileSync(pipe, '');
  assert.deepEqual(files.map(({ file }) => file), ['a/x.c', 'z.c']);
  assert.deepEqual(skipped, [{ file: 'stuck/', reason: 'cannot be read: no answer within 0.2 s', unreachable: true }]);
});
test('a saved file whose drive does not answer is told, and so are the next ones at once, until it answers again', { skip: process.platform === 'win32' }, async context => {
  const workspace = plant(context, { 'a/x.c': '', 'b/y.c': '', 'c/z.c': 'int z;' });
  const pipes = ['a', 'b'].map(folder => path.join(workspace, folder, '.gitignore'));
  for (const pipe of pipes) execFileSync('mkfifo', [pipe]);
  const host = openDiskHost({ workspace, drive: watchDrive(200) });
  for (const file of ['a/x.c', 'b/y.c']) await assert.rejects(async () => host.skipReason?.(file), new Error(`${file} cannot be read: no answer within 0.2 s`));
  for (const ask of [async () => host.stat('c/z.c'), async () => host.read('c/z.c'), async () => host.skipReason?.('c/z.c')]) await assert.rejects(ask, /^Error: c\/z\.c cannot be read: its drive has not answered for a while$/);
  for (const pipe of pipes) fs.writeFileSync(pipe, '');
  // The answers come in their own time.
  while (await host.stat('c/z.c').then(() => false, () => true)) await setTimeout(10);
  assert.equal((await host.read('c/z.c'))?.length, 6);
});
test('one folder is listed by the rules of those above it', async context => {
  const host = openDiskHost({ workspace: plant(context, { '.gitignore': '*.tmp\nout/\n', 'src/.gitignore': 'secret.c\n', 'src/lib/a.c': '', 'src/lib/b.tmp': '', 'src/lib/secret.c': '', 'src/c.c': '', 'out/d.c': '', 'out/cf2.map': '' }) });
  const below = async (folder: string) => {
    const { files, skipped } = await host.list(undefined, folder);
    return [files.map(({ file }) => file), skipped.map(({ file }) => file)];
  };
  assert.deepEqual(await below('src/lib'), [['src/lib/a.c'], ['src/lib/b.tmp', 'src/lib/secret.c']]);
  assert.deepEqual(await below('out'), [['out/cf2.map'], ['out/']]);
  assert.deepEqual([await below('none'), await below('src/c.c')], [[[], []], [[], []]]);
});
test('what is neither a file nor a folder is left out by name', { skip: process.platform === 'win32' }, async context => {
  const workspace = plant(context, { 'a.c': '' });
  execFileSync('mkfifo', [path.join(workspace, 'pipe')]);
  assert.deepEqual((await openDiskHost({ workspace }).list()).skipped, [{ file: 'pipe', reason: 'it is a device, a pipe or a socket' }]);
});
test('a file larger than what is read at once is read whole', async context => {
  const text = Array.from({ length: 600_000 }, (_, line) => `line ${line}`).join('\n');
  const bytes = await openDiskHost({ workspace: plant(context, { 'a.c': text }) }).read('a.c');
  assert.equal(Buffer.from(bytes ?? []).toString(), text);
});
test('a file that cannot be looked at is not taken for one that is gone', { skip: process.platform === 'win32' }, async context => {
  const host = openDiskHost({ workspace: plant(context, { 'a.c': '-> a.c' }) });
  for (const ask of [async () => host.stat('a.c'), async () => host.read('a.c')]) await assert.rejects(ask, /^Error: a\.c cannot be read: too many symbolic links encountered$/);
});
test('listing stops when told to', async context => {
  await assert.rejects(openDiskHost({ workspace: plant(context, { 'a.c': '' }) }).list(AbortSignal.abort()), /abort/i);
});
test('thousands of files in many folders are all found', async context => {
  const tree = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`d${index % 50}/e${index % 7}/f${index}.c`, '']));
  const { files } = await openDiskHost({ workspace: plant(context, tree) }).list();
  assert.equal(files.length, 3000);
});
test('reading gives bytes, undefined for what is not there, and a sentence for a folder', async context => {
  const host = openDiskHost({ workspace: plant(context, { 'a/x.c': 'int x;' }) });
  assert.equal(Buffer.from(await host.read('a/x.c') ?? []).toString(), 'int x;');
  assert.equal(await host.read('a/none.c'), undefined);
  assert.equal(await host.read('a/x.c/y'), undefined);
  await assert.rejects(host.read('a'), /^Error: a cannot be read: it is a folder$/);
  assert.equal((await host.stat('a/x.c'))?.sizeBytes, 6);
  assert.equal(await host.stat('a'), undefined);
});
test('a folder without permission is reported as unreachable', async context => {
  if (process.getuid?.() === 0) {
    context.skip('root may read everything');
    return;
  }
  const workspace = plant(context, { 'closed/a.c': '', 'b.c': '' });
  fs.chmodSync(path.join(workspace, 'closed'), 0);
  context.after(() => { fs.chmodSync(path.join(workspace, 'closed'), 0o755); });
  assert.deepEqual((await openDiskHost({ workspace }).list()).skipped, [{ file: 'closed/', reason: 'cannot be read: permission denied', unreachable: true }]);
});

test('a device is refused, not read without end', { skip: !fs.existsSync('/dev/zero') }, async context => {
  const workspace = plant(context, { 'zero.c': '-> /dev/zero' });
  await assert.rejects(openDiskHost({ workspace }).read('zero.c'), /^Error: zero\.c cannot be read: it is a device, a pipe or a socket$/);
});
