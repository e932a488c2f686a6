// What happens to files, and what the index makes of it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Host } from '../../src/core/index.ts';
import { code, workspace } from './indexedWorkspace.ts';

test('deleted and renamed files are followed', async context => {
  const { update, write, remove, found, parts } = await workspace(context, { 'a.c': code('alpha'), 'b.c': code('beta') });
  await update();
  remove('a.c');
  remove('b.c');
  write('src/b.c', code('beta'));
  const report = await update();
  assert.deepEqual([await found('alpha'), new Set(await found('beta')), report.files], [[], new Set(['src/b.c']), 1]);
  assert.equal((await parts.vectorStore?.stats())?.items, report.chunks);
});
test('only the files asked for are looked at', async context => {
  const { update, write, remove, found, parsed } = await workspace(context, { 'a.c': code('alpha'), 'b.c': code('beta'), 'c.c': code('gamma') });
  await update();
  parsed.length = 0;
  write('a.c', code('delta'));
  write('b.c', code('epsilon'));
  remove('c.c');
  await update({ files: ['a.c', 'c.c'] });
  assert.deepEqual(parsed, ['a.c']);
  assert.deepEqual([(await found('epsilon')).length, (await found('gamma')).length], [0, 0]);
});
test('where hundreds of files are asked for, one listing tells of them, and others are left alone', async context => {
  const many = Array.from({ length: 250 }, (_, n) => `d${n % 5}/f${n}.c`);
  const { update, write, remove, parts, parsed, found } = await workspace(context, { 'other.c': code('other'), 'gone.c': code('gone'), ...Object.fromEntries(many.map(file => [file, code('before')])) });
  await update();
  parsed.length = 0;
  for (const file of ['other.c', ...many]) write(file, code('after'));
  remove('gone.c');
  remove('d0/f0.c');
  const host: Host = { ...parts.host, stat: async file => assert.fail(`${file} was looked at alone`) };
  const { skipped } = await update({ files: many }, { host });
  assert.ok(parsed.length > 0 && parsed.every(file => many.includes(file)));
  assert.deepEqual([skipped, (await parts.catalog.files(['other.c', 'gone.c', 'd0/f0.c'])).size], [[], 2]);
  assert.deepEqual([(await found('gone')).length > 0, (await found('other')).length > 0, await found('before')], [true, true, []]);
});
test('where hundreds of files are asked for, those in a folder that is left out are told with why', async context => {
  const many = Array.from({ length: 250 }, (_, n) => `d/f${n}.c`);
  const { update } = await workspace(context, { '.gitignore': 'secret/\n', 'secret/deep/a.c': code('alpha'), ...Object.fromEntries(many.map(file => [file, code('before')])) });
  const { skipped } = await update({ files: [...many, 'secret/deep/a.c', 'secret/gone.c', 'nowhere.c'] });
  assert.deepEqual(skipped, [{ file: 'secret/deep/a.c', reason: 'ignored by .gitignore' }]);
});
test('where hundreds of files are asked for, those on a drive that is away stay', async context => {
  const many = Array.from({ length: 250 }, (_, n) => `d${n % 5}/f${n}.c`);
  const { update, parts } = await workspace(context, Object.fromEntries(many.map(file => [file, code('alpha')])));
  await update();
  const host: Host = { ...parts.host, list: async () => ({ files: [], skipped: [{ file: 'd1/', reason: 'cannot be read: timed out', unreachable: true }] }) };
  const { skipped } = await update({ files: many }, { host });
  assert.deepEqual(skipped.map(({ file }) => file), ['d1/']);
  assert.deepEqual([...(await parts.catalog.files()).keys()].sort(), many.filter(file => file.startsWith('d1/')).sort());
});
test('a file that is asked for with its folder is told once', async context => {
  const { update } = await workspace(context, { '.gitignore': 'b.c\n', 'lib/a.c': code('alpha'), 'lib/b.c': code('beta') });
  const { skipped } = await update({ files: ['lib', 'lib/b.c'] });
  assert.deepEqual(skipped, [{ file: 'lib/b.c', reason: 'ignored by .gitignore' }]);
});
test('a saved file that is out of scope is not indexed', async context => {
  const { update, write } = await workspace(context, { '.gitignore': 'secret/\n' });
  await update();
  write('secret/a.c', code('alpha'));
  const report = await update({ files: ['secret/a.c'] });
  assert.deepEqual(report.skipped, [{ file: 'secret/a.c', reason: 'ignored by .gitignore' }]);
  assert.equal(report.files, 1);
});
test('a folder that came, was renamed or went is told by its own name', async context => {
  const { update, parts, found, folder } = await workspace(context, { 'a.c': code('alpha'), 'lib/b.c': code('beta'), 'lib/deep/c.c': code('gamma'), 'library/d.c': code('delta') });
  await update();
  fs.renameSync(path.join(folder, 'lib'), path.join(folder, 'moved'));
  await update({ files: ['lib', 'moved'] });
  assert.deepEqual([...(await parts.catalog.files()).keys()].sort(), ['a.c', 'library/d.c', 'moved/b.c', 'moved/deep/c.c']);
  assert.deepEqual(new Set(await found('gamma')), new Set(['moved/deep/c.c']));
  fs.rmSync(path.join(folder, 'moved'), { recursive: true });
  await update({ files: ['moved'] });
  assert.deepEqual([...(await parts.catalog.files()).keys()].sort(), ['a.c', 'library/d.c']);
});
test('a changed file of rules is followed below its folder', async context => {
  const { update, parts, write } = await workspace(context, { 'a.c': code('alpha'), 'lib/b.c': code('beta'), 'lib/c.c': code('gamma') });
  await update();
  write('lib/.gitignore', 'b.c\n');
  await update({ files: ['lib/.gitignore'] });
  assert.deepEqual([...(await parts.catalog.files()).keys()].sort(), ['a.c', 'lib/.gitignore', 'lib/c.c']);
  write('.halcyonignore', 'a.c\n');
  write('lib/.gitignore', '');
  await update({ files: ['.halcyonignore'] });
  assert.deepEqual([...(await parts.catalog.files()).keys()].sort(), ['.halcyonignore', 'lib/.gitignore', 'lib/b.c', 'lib/c.c']);
});
test('a saved file that cannot be looked at is reported, and what was indexed of it stays', async context => {
  const { update, write, parts, found } = await workspace(context, { 'a.c': code('alpha'), 'b.c': code('beta') });
  await update();
  write('b.c', code('gamma'));
  const fail = async (file: string) => { if (file === 'a.c') throw new Error('a.c cannot be read: no answer within 20 s'); };
  for (const host of [{ ...parts.host, stat: async (file: string) => fail(file).then(async () => parts.host.stat(file)) }, { ...parts.host, skipReason: async (file: string) => fail(file).then(() => undefined) }]) {
    const { skipped } = await update({ files: ['a.c', 'b.c'] }, { host });
    assert.deepEqual(skipped, [{ file: 'a.c', reason: 'a.c cannot be read: no answer within 20 s' }]);
    assert.deepEqual([(await found('alpha')).length > 0, (await found('gamma')).length > 0], [true, true]);
  }
});
test('a file that grows or shrinks while it is read is read again by the next update', async context => {
  for (const [during, after] of [[`${code('alpha')}${code('beta')}`, 'beta'], ['void a', 'a']] as const) {
    const { update, write, parts, found } = await workspace(context, { 'a.c': code('alpha') });
    const host: Host = { ...parts.host, list: async signal => parts.host.list(signal).finally(() => { write('a.c', during); }) };
    await update({}, { host });
    await update();
    assert.deepEqual([...new Set(await found(after))], ['a.c']);
    assert.equal((await parts.catalog.files()).get('a.c')?.sizeBytes, during.length);
  }
});
test('a file that cannot be read is reported, and what was indexed of it stays', async context => {
  const { update, write, parts, found } = await workspace(context, { 'a.c': code('alpha'), 'b.c': code('beta') });
  await update();
  write('a.c', code('gamma'));
  const host: Host = { ...parts.host, read: async file => { throw new Error(`${file} cannot be read: permission denied`); } };
  const report = await update({}, { host });
  assert.deepEqual(report.skipped, [{ file: 'a.c', reason: 'a.c cannot be read: permission denied' }]);
  assert.ok((await found('alpha')).length > 0);
  await update();
  assert.ok((await found('gamma')).length > 0);
});
test('a folder that cannot be reached just now keeps what is indexed below it', async context => {
  const { update, parts, found } = await workspace(context, { 'drive/a.c': code('alpha'), 'b.c': code('beta') });
  await update();
  const host: Host = { ...parts.host, list: async () => ({ files: [], skipped: [{ file: 'drive/', reason: 'cannot be read: timed out', unreachable: true }] }) };
  await update({}, { host });
  assert.ok((await found('alpha')).length > 0);
  assert.equal((await found('beta')).length, 0);
});
test('a file that vanishes while it is read is simply gone', async context => {
  const { update, parts } = await workspace(context, { 'a.c': code('alpha') });
  const report = await update({}, { host: { ...parts.host, read: async () => undefined } });
  assert.deepEqual([report.files, report.skipped], [0, []]);
});
test('a branch switch that changes, adds and removes thousands of files, and the switch back', async context => {
  const files = (branch: string, count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`${branch === 'main' || n % 5 > 0 ? 'src' : 'moved'}/d${n % 50}/f${n}.c`, code(`${n % 2 === 0 ? branch : 'both'}_${n}`)]));
  const one = files('main', 1500);
  const other = files('feature', 1600);
  const { update, write, remove, parts, found } = await workspace(context, one);
  await update();
  const states: unknown[] = [];
  for (const [from, to] of [[one, other], [other, one]] as const) {
    for (const file of Object.keys(from)) if (!(file in to)) remove(file);
    for (const [file, content] of Object.entries(to)) write(file, content);
    const report = await update();
    states.push([report.files, report.pending, (await parts.vectorStore?.stats())?.items === report.chunks, (await parts.catalog.orphans(9)).length]);
  }
  assert.deepEqual(states, [[1600, 0, true, 0], [1500, 0, true, 0]]);
  assert.deepEqual([await found('feature_2'), [...new Set(await found('main_2'))]], [[], ['src/d2/f2.c']]);
});
test('a generated file written anew at each build costs a look at its bytes, and a change of it leaves nothing behind', async context => {
  const { update, write, parsed, parts, found } = await workspace(context, { 'build/autoconf.h': code('config_0'), 'a.c': code('alpha') });
  await update();
  for (let build = 0; build < 20; build += 1) {
    parsed.length = 0;
    write('build/autoconf.h', code(`config_${Math.floor(build / 10)}`));
    const report = await update({ files: ['build/autoconf.h'] });
    assert.deepEqual(parsed, build === 10 ? ['build/autoconf.h'] : []);
    assert.equal((await parts.vectorStore?.stats())?.items, report.chunks);
  }
  assert.deepEqual([(await found('config_0')).length, (await found('config_1')).length > 0], [0, true]);
});
