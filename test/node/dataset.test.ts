// The dataset on disk: built by a real engine from a real workspace, put in place as a whole, reviewed and exported.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { BuiltDataset, DatasetRequest } from '../../src/core/index.ts';
import { writeExport } from '../../src/node/datasetExport.ts';
import { keepVerdict, readBuild, readReview, replaceFolder, writeBuild } from '../../src/node/datasetFolder.ts';
import { readHistory } from '../../src/node/gitHistory.ts';
import { openEngine } from '../../src/node/openEngine.ts';
import { git } from './git.ts';
import { temporaryFolder } from './storeFixtures.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The dataset of a workspace that is indexed first. */
async function build(context: TestContext, workspace: string, request: DatasetRequest): Promise<BuiltDataset> {
  const engine = openEngine({ workspace, storage: temporaryFolder(context), grammars: path.join(root, 'grammars') });
  try {
    for await (const event of engine.index()) if (event.type === 'done') break;
    for await (const event of engine.buildDataset(request)) if (event.type === 'done') return event.dataset;
    return assert.fail('no dataset');
  } finally {
    await engine.close();
  }
}

const fixture = path.join(root, 'test/fixtures/stm32f4-uart');
const small: DatasetRequest = { most: { register: 20, trick: 10, use: 5, code: 10 }, augment: false };
const report = (dataset: BuiltDataset) => ({ ...dataset, workspace: fixture, seed: 1, policy: 'own' });

test('a workspace gives facts, handlers, findings, uses and code; the same seed gives the same', async context => {
  // The questions of the automatic evaluation cover all that so small a description holds: another chip gives facts.
  const request = { ...small, chips: [path.join(root, 'test/fixtures/fictional-mcu/AX32.svd')] };
  const first = await build(context, fixture, request);
  for (const source of ['register', 'trick', 'handler', 'lint', 'use', 'code']) assert.ok((first.stats.sources[source] ?? 0) > 0, source);
  assert.deepEqual((await build(context, fixture, request)).examples, first.examples);
});

test('a rejected example is gone, a mended one has the person\'s words and the old ones as the worse answer', async context => {
  const { examples } = await build(context, fixture, small);
  const [rejected, fixed] = examples;
  assert.ok(rejected !== undefined && fixed !== undefined);
  const again = await build(context, fixture, { ...small, verdicts: [{ id: rejected.id, verdict: 'reject', time: '' }, { id: fixed.id, verdict: 'fix', answer: 'A better answer.', time: '' }] });
  assert.equal(again.examples.some(({ id }) => id === rejected.id), false);
  const mended = again.examples.find(({ id }) => id === fixed.id);
  assert.deepEqual([mended?.answer, mended?.rejected, mended?.reviewed], ['A better answer.', fixed.answer, 'fixed']);
});

test('feedback that the chip denies, and feedback that contradicts itself, is left out and told', async context => {
  const said = (answerId: string, question: string, answer: string, rest: object) => ({ answerId, time: '', question, answer, ...rest });
  const { problems, stats } = await build(context, fixture, { ...small, feedback: [
    said('1', 'Which bit of USART2.CR1 is RE?', 'It is bit 9.', { rating: 'down', correction: 'RE is bit 7 of USART2.CR1.' }),
    said('2', 'Why are bytes lost?', 'Unknown.', { correction: 'The sensor handler waits too long.' }), said('3', 'Why are bytes lost?', 'No idea.', { correction: 'The ring is too small.' }),
    said('4', 'How big is the receive ring?', '128 bytes, see RING_SIZE.', { rating: 'up' }),
  ] });
  assert.equal(stats.sources['feedback'], 1);
  assert.equal(problems.filter(({ message }) => /Which bit of USART2\.CR1 is RE.*description says otherwise/.test(message)).length, 1);
  assert.equal(problems.filter(({ message }) => /Why are bytes lost.*corrections differ/.test(message)).length, 1);
});

/** What a workspace of these files is told. */
function checkConcern(name: string, files: Readonly<Record<string, string>>, message: RegExp): void {
  test(name, async context => {
    const folder = path.join(temporaryFolder(context), 'work');
    fs.mkdirSync(folder);
    for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, file), text);
    assert.match((await build(context, folder, { augment: false })).problems.map(problem => problem.message).join('\n'), message);
  });
}

const take = '/* Takes the oldest byte out of the receive ring and never blocks the caller. */\nint ring_take(void)\n{\n  return bytes[tail++];\n}\n';
checkConcern('nothing to learn from is told', {}, /Nothing was found to make examples of/);
checkConcern('a handful of examples is told to be too few', { 'ring.c': take }, /One example is too few to train on/);
checkConcern('licences that forbid everything are told', { 'ring.c': `/* Strictly confidential. */\n${take}` }, /licences of the sources keep all 1 examples out/);
checkConcern('secrets in the sources are told', { 'wifi.c': '/* Joins the network of the workshop and waits for an address. */\nint wifi_join(void)\n{\n  const char *password = "hunter2Secret9";\n  return join(password);\n}\n' }, /1 examples were left out, as they hold keys/);

test('an export has every format, a card and right checksums', async context => {
  const folder = temporaryFolder(context);
  const dataset = await build(context, fixture, small);
  await writeBuild(folder, dataset.examples, report(dataset));
  const to = path.join(folder, 'export');
  const { files } = await writeExport(folder, { to, formats: ['chat', 'sharegpt', 'alpaca', 'dpo', 'triplets'] });
  assert.deepEqual([...new Set(files.map(({ format }) => format))], ['chat', 'sharegpt', 'alpaca', 'dpo', 'triplets']);
  for (const { name, sha256 } of files) assert.equal(createHash('sha256').update(fs.readFileSync(path.join(to, name))).digest('hex'), sha256);
  const [line = ''] = fs.readFileSync(path.join(to, 'chat.train.jsonl'), 'utf8').split('\n');
  assert.deepEqual((JSON.parse(line) as { messages: { role: string }[] }).messages.map(({ role }) => role), ['system', 'user', 'assistant']);
  assert.match(fs.readFileSync(path.join(to, 'README.md'), 'utf8'), /# Training data from stm32f4-uart/);
});

test('a folder that holds something else is not replaced by an export', async context => {
  const folder = temporaryFolder(context);
  const dataset = await build(context, fixture, small);
  await writeBuild(folder, dataset.examples, report(dataset));
  const to = path.join(folder, 'mine');
  fs.mkdirSync(to);
  fs.writeFileSync(path.join(to, 'thesis.tex'), 'x');
  await assert.rejects(writeExport(folder, { to, formats: ['chat'] }), /thesis\.tex, which is no export/);
  assert.ok(fs.existsSync(path.join(to, 'thesis.tex')));
});

test('a folder is replaced as a whole, left when a file cannot be written, and found again after a kill between the renames', async context => {
  const folder = path.join(temporaryFolder(context), 'data');
  await replaceFolder(folder, [{ name: 'a', text: 'one' }]);
  await assert.rejects(replaceFolder(folder, [{ name: 'b', text: 'two' }, { name: 'no/such/folder', text: '' }]), /could not be written, and what was there before is as it was/);
  assert.deepEqual(fs.readdirSync(path.dirname(folder)), ['data']);
  assert.equal(fs.readFileSync(path.join(folder, 'a'), 'utf8'), 'one');
  fs.renameSync(folder, `${folder}.old`);
  await assert.rejects(replaceFolder(folder, [{ name: 'no/such/folder', text: '' }]));
  assert.equal(fs.readFileSync(path.join(folder, 'a'), 'utf8'), 'one');
});

test('verdicts are only added, and half a line of a killed writer spoils none behind it', async context => {
  const folder = temporaryFolder(context);
  await keepVerdict(folder, { id: 'a', verdict: 'accept', time: '' });
  fs.appendFileSync(path.join(folder, 'verdicts.jsonl'), '{"id":"b","verd');
  await keepVerdict(folder, { id: 'a', verdict: 'reject', time: '' });
  const { verdicts, problems } = await readReview(folder);
  assert.deepEqual([[...verdicts.values()].map(({ verdict }) => verdict), problems.map(({ line }) => line)], [['reject'], [2]]);
});

test('no dataset is a sentence that says what to do', async context => {
  await assert.rejects(readBuild(temporaryFolder(context)), /no dataset is here\. Build one first: halcyon dataset build/);
});

test('the history gives messages and changes; without one the reason is told', async context => {
  const folder = temporaryFolder(context);
  const none = await readHistory(folder);
  assert.deepEqual(none.commits, []);
  assert.match(none.problems[0]?.message ?? '', /no git history|not installed/);
  if (/not installed/.test(none.problems[0]?.message ?? '')) return;
  git(folder, 'init', '-q');
  fs.writeFileSync(path.join(folder, 'a.c'), 'int a;\n');
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'Count the bytes that the ring has lost\n\nNobody saw them.');
  const { commits: [commit], problems } = await readHistory(folder);
  assert.deepEqual([commit?.subject, commit?.body, commit?.files, problems], ['Count the bytes that the ring has lost', 'Nobody saw them.', ['a.c'], []]);
  assert.match(commit?.diff ?? '', /\+int a;/);
});


test('of a history merges are left out, a huge change is cut and the rest is whole', async context => {
  const folder = temporaryFolder(context);
  if ((await readHistory(folder)).problems.some(({ message }) => /not installed/.test(message))) return;
  const write = (name: string, text: string): void => { fs.writeFileSync(path.join(folder, name), text); git(folder, 'add', '.'); };
  git(folder, 'init', '-q', '-b', 'main');
  write('vendor.c', 'int table[] = { 1, 2, 3 };\n'.repeat(20_000));
  git(folder, 'commit', '-qm', 'Add the drivers of the vendor');
  git(folder, 'checkout', '-qb', 'side');
  write('ring.c', '/* Größe des Rings */\nint size = 64;\n');
  git(folder, 'commit', '-qm', 'Say how large the ring is');
  git(folder, 'checkout', '-q', 'main');
  write('uart.c', 'int rate = 9600;\n');
  git(folder, 'commit', '-qm', 'Set the rate of the console');
  git(folder, 'merge', '-q', '--no-ff', '-m', 'Merge the ring', 'side');
  const { commits, problems } = await readHistory(folder);
  assert.deepEqual([commits.map(({ subject, isCut = false }) => `${subject}: ${isCut}`).sort(), problems], [['Add the drivers of the vendor: true', 'Say how large the ring is: false', 'Set the rate of the console: false'], []]);
  assert.ok(commits.every(({ diff }) => diff.length <= 8000));
  assert.match(commits.find(({ files: [file] }) => file === 'ring.c')?.diff ?? '', /\+\/\* Größe des Rings \*\/\n\+int size = 64;$/);
  const stop = new AbortController();
  stop.abort();
  assert.match((await readHistory(folder, { signal: stop.signal })).problems[0]?.message ?? '', /stopped/);
});
