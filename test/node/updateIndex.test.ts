import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFacts, prepareContent, readContent, updateIndex, type ContentReader, type Embedder } from '../../src/core/index.ts';
import { createSqliteCatalog } from '../../src/node/sqliteCatalog.ts';
import { packFacts } from '../../src/node/sqliteCommit.ts';
import { createSqliteTextStore } from '../../src/node/sqliteTextStore.ts';
import { createVectraStore } from '../../src/node/vectraStore.ts';
import { code, lastReport, workspace } from './indexedWorkspace.ts';
import { openIndex, temporaryFolder } from './storeFixtures.ts';

test('files that are looked at get their vectors first, though they lie in an SDK', async context => {
  const { update, parts } = await workspace(context, { 'src/a.c': code('alpha'), 'sdk/z.c': code('zeta') });
  const texts: string[] = [];
  const embedder: Embedder = { ...parts.embedder, embed: async (asked, signal) => { texts.push(...asked); return parts.embedder.embed(asked, signal); } };
  await update({ embed: false });
  await update({ first: ['sdk/z.c'] }, { embedder });
  assert.deepEqual(texts.flatMap(text => /void (\w+)/.exec(text)?.[1] ?? []), ['zeta', 'alpha']);
});
test('a first update indexes and embeds everything', async context => {
  const { update, parts, found } = await workspace(context, { 'src/a.c': code('alpha'), 'src/b.c': code('beta'), 'README.md': '# Readme\ntext\n' });
  const report = await update();
  assert.equal(report.files, 3);
  assert.equal(report.pending, 0);
  assert.equal(report.embedded, report.chunks);
  assert.deepEqual(Object.keys(report.seconds).sort(), ['embed', 'read', 'scan', 'total']);
  assert.ok((await found('alpha')).every(file => file === 'src/a.c'));
  assert.equal((await parts.vectorStore?.stats())?.items, report.chunks);
});
test('a second update reads, parses and embeds nothing', async context => {
  const { update, parsed, parts } = await workspace(context, { 'a.c': code('alpha') });
  const first = await update();
  parsed.length = 0;
  parts.embedder.embedded.length = 0;
  const second = await update({}, { host: { ...parts.host, read: async file => assert.fail(`${file} was read`) } });
  assert.deepEqual([parsed, parts.embedder.embedded, second.chunks], [[], [], first.chunks]);
});
test('a changed file alone is parsed again, and its unchanged chunks keep their vectors', async context => {
  const { update, parsed, write, parts, found } = await workspace(context, { 'a.c': code('alpha'), 'b.c': code('beta') });
  await update();
  parsed.length = 0;
  parts.embedder.embedded.length = 0;
  write('a.c', `${code('alpha')}// a new remark about gamma\n`);
  await update();
  assert.deepEqual(parsed, ['a.c']);
  assert.deepEqual(parts.embedder.embedded.filter(text => !text.includes('gamma')), []);
  assert.deepEqual(await found('gamma'), ['a.c']);
});
test('a touched file with the same content is not parsed', async context => {
  const { update, parsed, write } = await workspace(context, { 'a.c': code('alpha') });
  await update();
  parsed.length = 0;
  write('a.c', code('alpha'));
  await update();
  assert.deepEqual(parsed, []);
});
test('copies are parsed and embedded once and found once', async context => {
  const { update, parsed, parts, found } = await workspace(context, { 'one/a.c': code('alpha'), 'two/a.c': code('alpha'), 'three/a.c': code('alpha') });
  const report = await update();
  assert.equal(report.files, 3);
  assert.equal(parsed.length, 1);
  assert.equal(new Set(parts.embedder.embedded).size, parts.embedder.embedded.length);
  assert.equal(new Set(await found('alpha')).size, 1);
});
test('binary files are skipped with their reason, and not read again', async context => {
  const { update, parts } = await workspace(context, { 'data.txt': Uint8Array.from([1, 0, 2, 0, 0, 3]), 'a.c': code('alpha') });
  const first = await update();
  assert.deepEqual(first.skipped, [{ file: 'data.txt', reason: 'binary: holds zero bytes' }]);
  const second = await update({}, { host: { ...parts.host, read: async file => assert.fail(`${file} was read`) } });
  assert.deepEqual(second.skipped, first.skipped);
});
test('a minified file is skipped with its reason; a table of C, a project file and a short text in one line are not', async context => {
  const line = 'x=1;'.repeat(5000);
  const { update, parts } = await workspace(context, { 'page.js': line, 'table.c': `${code('alpha')}int t[] = {${line}};`, 'compile_commands.json': `[${'{},'.repeat(5000)}{}]`, 'short.js': 'x=1;'.repeat(1000), 'unknown': 'a word\n'.repeat(5000) });
  const { skipped } = await update();
  assert.deepEqual(skipped, [{ file: 'page.js', reason: 'minified: its lines have 20000 characters on average' }]);
  assert.equal([...(await parts.catalog.files()).values()].filter(({ skipReason }) => skipReason === undefined).length, 4);
});
test('a file that is not UTF-8 or has a huge line is indexed, and both are reported again by a later run', async context => {
  const { update } = await workspace(context, { 'a.c': Buffer.from('// gr\xfc\xdfe\n', 'latin1'), 'b.c': `int t[] = {${'1,'.repeat(2500)}};\n` });
  const messages = (await update()).problems.map(({ file, message }) => `${file}: ${message}`);
  assert.deepEqual(messages, ['a.c: not UTF-8: read as Windows-1252', 'b.c: line cut in the index: 4013 more characters']);
  assert.equal((await update()).problems.length, 2);
});
test('a parser that throws costs one file its structure', async context => {
  const { update, found } = await workspace(context, { 'a.c': code('alpha'), 'b.c': code('beta') });
  const report = await update({}, { parse: file => { if (file === 'a.c') throw new Error('out of luck'); return { facts: emptyFacts('c'), problems: [] }; } });
  assert.deepEqual(report.problems, [{ file: 'a.c', message: 'not parsed: out of luck' }]);
  assert.deepEqual([await found('alpha'), await found('beta')], [['a.c'], ['b.c']]);
});
test('a file on which the parser broke down is read again by the next update, and once it is parsed no more', async context => {
  const { update, parts, parsed } = await workspace(context, { 'a.c': code('alpha'), 'b.c': code('beta') });
  await update({}, { parse: file => { if (file === 'a.c') throw new Error('out of luck'); return parts.parse(file, code('beta')); } });
  assert.deepEqual(await parts.catalog.definitions('alpha'), []);
  parsed.length = 0;
  const report = await update();
  assert.deepEqual([parsed, report.problems, (await parts.catalog.definitions('alpha')).map(({ file }) => file)], [['a.c'], [], ['a.c']]);
  parsed.length = 0;
  await update();
  assert.deepEqual(parsed, []);
});
test('a parser that breaks down on every update is told of every time', async context => {
  const { update } = await workspace(context, { 'a.c': code('alpha') });
  const broken = { parse: () => { throw new Error('out of luck'); } };
  await update({}, broken);
  assert.deepEqual((await update({}, broken)).problems, [{ file: 'a.c', message: 'not parsed: out of luck' }]);
});
test('many files on which the parser broke down are read again; one that cost the reader its life is not', async context => {
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}.c`, code(`function_${index}`)]));
  const { update, parsed } = await workspace(context, files);
  const openReader = async (): Promise<ContentReader> => ({
    width: 1,
    // As the process that parses gives it.
    read: async (file, bytes) => {
      if (file === 'f0.c') throw new Error('out of memory');
      const found = await readContent(file, bytes, () => { throw new Error('out of luck'); });
      return 'content' in found ? { content: prepareContent(found.content, packFacts) } : found;
    },
    [Symbol.asyncDispose]: async () => undefined,
  });
  await update({}, { openReader });
  await update();
  assert.deepEqual([parsed.length, parsed.includes('f0.c')], [19, false]);
});
test('without an embedder words work and chunks stay pending; a later run embeds them', async context => {
  const { update, found } = await workspace(context, { 'a.c': code('alpha') });
  const report = await update({}, { embedder: undefined });
  assert.equal(report.pending, report.chunks);
  assert.ok((await found('alpha')).length > 0);
  assert.equal((await update()).pending, 0);
});
test('stopped while embedding, the next update goes on', async context => {
  const files = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`f${index}.c`, code(`function_${index}`)]));
  const { update, parts } = await workspace(context, files);
  const controller = new AbortController();
  const stopping: Embedder = { ...parts.embedder, embed: async texts => { controller.abort(new Error('enough')); return parts.embedder.embed(texts); } };
  await assert.rejects(lastReport(updateIndex({ ...parts, embedder: stopping }, {}, controller.signal)), /enough/);
  const done = parts.embedder.embedded.length;
  assert.equal((await parts.catalog.stats()).embedded, done);
  await update();
  assert.equal(parts.embedder.embedded.length, new Set(parts.embedder.embedded).size);
});
test('stopped while reading, what was committed stays', async context => {
  const { parts, update, parsed } = await workspace(context, { 'a.c': code('alpha'), 'b.c': code('beta'), 'c.c': code('gamma') });
  const controller = new AbortController();
  await assert.rejects(lastReport(updateIndex({ ...parts, parse: async (file, text) => { controller.abort(); return parts.parse(file, text); } }, {}, controller.signal)), /abort/i);
  parsed.length = 0;
  await update();
  assert.equal(parsed.length, 2);
});
test('an embedder that gives the wrong vectors is refused with a sentence', async context => {
  const { update, parts } = await workspace(context, { 'a.c': code('alpha') });
  await assert.rejects(update({}, { embedder: { ...parts.embedder, embed: async texts => texts.map(() => new Float32Array(3)) } }), /gave 3 numbers where 64 were due/);
  await assert.rejects(update({}, { embedder: { ...parts.embedder, embed: async () => [] } }), /gave no vector/);
});
test('a rebuild starts from nothing', async context => {
  const { update, parsed } = await workspace(context, { 'a.c': code('alpha') });
  await update();
  parsed.length = 0;
  const report = await update({ rebuild: true });
  assert.deepEqual([parsed, report.pending], [['a.c'], 0]);
});
test('documents beside the files are indexed once, replaced when they change, and forgotten when they are not named', async context => {
  const { update, found } = await workspace(context, { 'a.c': code('alpha') });
  let made = 0;
  const document = (contentKey: string, text: string) => ({
    file: '/svd/chip.svd', contentKey,
    content: () => { made += 1; return { facts: emptyFacts('svd'), problems: [], chunks: [{ id: contentKey, file: '/svd/chip.svd', startLine: 1, endLine: 1, kind: 'register' as const, symbol: 'USART2.CR1', text }] }; },
  });
  await update({}, { documents: [document('one', 'first text')] });
  await update({}, { documents: [document('one', 'first text')] });
  assert.deepEqual([made, await found('first')], [1, ['/svd/chip.svd']]);
  await update({}, { documents: [document('two', 'second text')] });
  assert.deepEqual([await found('first'), await found('second')], [[], ['/svd/chip.svd']]);
  await update();
  assert.deepEqual(await found('second'), []);
});
test('sources are embedded before what was installed', async context => {
  const { update, parts } = await workspace(context, { 'vendor/z.c': code('installed'), 'src/main.c': code('own') });
  await update();
  assert.ok(parts.embedder.embedded.findIndex(text => text.includes('own')) < parts.embedder.embedded.findIndex(text => text.includes('installed')));
});
test('progress goes from scanning over reading to embedding', async context => {
  const { parts } = await workspace(context, { 'a.c': code('alpha') });
  const phases: string[] = [];
  for await (const event of updateIndex(parts)) phases.push(event.type === 'progress' ? event.phase : event.type);
  assert.deepEqual([...new Set(phases)], ['scan', 'read', 'embed', 'done']);
});
test('an empty folder gives an empty report', async context => {
  const { update } = await workspace(context, {});
  const { files, chunks, skipped, problems } = await update();
  assert.deepEqual([files, chunks, skipped, problems], [0, 0, [], []]);
});
test('an index of another producer answers while it is built anew, and equal passages keep their vectors', async context => {
  const folder = temporaryFolder(context);
  const { parts, write } = await workspace(context, { 'a.c': code('alpha'), 'b.c': code('beta') });
  const opened = async (producer: string) => {
    const index = await openIndex(context, { folder, producer });
    return { index, text: createSqliteTextStore(index), parts: { ...parts, catalog: createSqliteCatalog(index), vectorStore: createVectraStore(index, { embedderId: parts.embedder.id }) } };
  };
  const old = await opened('one');
  await lastReport(updateIndex(old.parts));
  await old.index[Symbol.asyncDispose]();
  parts.embedder.embedded.length = 0;
  const current = await opened('two');
  assert.ok((await current.text.searchWords(['alpha'], 9)).length > 0, 'before');
  write('c.c', code('gamma'));
  const during: number[] = [];
  const progress: string[] = [];
  for await (const event of updateIndex(current.parts)) {
    during.push((await current.text.searchWords(['beta'], 9)).length);
    if (event.type === 'progress') progress.push(event.phase);
  }
  assert.ok(during.every(count => count > 0), `found in every step: ${during.join(' ')}`);
  assert.ok(progress.includes('read'));
  assert.ok(parts.embedder.embedded.every(text => text.includes('gamma')), 'only what is new is embedded');
  assert.ok((await current.parts.catalog.facts('a.c')) !== undefined);
  assert.equal((await current.parts.vectorStore.stats()).items, (await current.parts.catalog.stats()).chunks);
});
