// The whole engine on the sample firmware, on a real disk and real stores, without a model.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { AnswerEvent, IndexReport } from '../../src/core/index.ts';
import { grammarsFolder } from '../../src/node/folders.ts';
import { openEngine, type OpenEngine } from '../../src/node/openEngine.ts';
import type { EngineOptions } from '../../src/node/engineOptions.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures');
const fictional = path.join(fixtures, 'fictional-mcu');

/** Runs `use` on an engine over `workspace` with an index of its own. */
async function check(workspace: string, use: (engine: OpenEngine) => Promise<void>, options: Partial<EngineOptions> = {}): Promise<void> {
  const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-index-'));
  const engine = openEngine({ workspace, storage, grammars: grammarsFolder(), ...options });
  try {
    await use(engine);
  } finally {
    await engine.close();
    fs.rmSync(storage, { recursive: true, force: true });
  }
}

async function index(engine: OpenEngine): Promise<IndexReport> {
  const events = await Array.fromAsync(engine.index());
  const last = events.at(-1);
  assert.ok(last?.type === 'done');
  return last.report;
}

function emptyFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-workspace-'));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

async function lastAnswer(events: AsyncIterable<AnswerEvent>): Promise<{ types: string[]; answer: Extract<AnswerEvent, { type: 'answer' }>['answer'] }> {
  const all = await Array.fromAsync(events);
  const last = all.at(-1);
  assert.ok(last?.type === 'answer');
  return { types: all.map(({ type }) => type), answer: last.answer };
}

test('the SVD file of the workspace is found, and its registers are looked up, decoded and hovered', () => check(fictional, async engine => {
  const device = await engine.device();
  assert.match(device.svd ?? '', /\.svd$/);
  const svd = await engine.svd(device.svd ?? '');
  assert.ok(svd.device !== undefined);
  const register = svd.device.peripherals.flatMap(({ registers }) => registers).find(({ fields }) => fields.length > 1);
  assert.ok(register !== undefined);
  const { matches } = await engine.register(register.path);
  const [match] = matches;
  assert.ok(match !== undefined);
  assert.equal(match.address, register.address);
  assert.ok(match.sideEffects.length > 0);
  const decoded = await engine.decode(register.path, '0x1');
  assert.equal(decoded.path, register.path);
  assert.equal(decoded.fields.length, register.fields.length);
}));

test('a second index run reads nothing again', () => check(fictional, async engine => {
  const first = await index(engine);
  assert.ok(first.files > 5 && first.chunks > first.files && first.symbols > 20 && first.registerAccesses > 5, JSON.stringify(first));
  assert.deepEqual({ ...await index(engine), seconds: {} }, { ...first, seconds: {} });
  assert.equal((await engine.indexState()).status, 'ready');
}));

test('a function is found by its name and by its words', () => check(fictional, async engine => {
  await index(engine);
  const { isrs } = await engine.isr();
  const [isr] = isrs;
  assert.ok(isr !== undefined);
  const { hits } = await engine.search(isr.name);
  assert.equal(hits[0]?.file, isr.file);
}));

test('an answer without a model shows the computed facts and the evidence, and says what to do', () => check(fictional, async engine => {
  await index(engine);
  const [isr] = (await engine.isr()).isrs;
  const { types, answer } = await lastAnswer(engine.ask({ question: `What does ${isr?.name ?? ''} do?` }));
  assert.deepEqual(types, ['facts', 'evidence', 'answer']);
  assert.equal(answer.writtenBy, 'halcyon');
  assert.match(answer.text, new RegExp(isr?.name ?? 'no handler'));
  assert.ok(answer.citations.some(({ kind }) => kind === 'dossier'));
  assert.match(answer.problems.at(-1)?.message ?? '', /No model is chosen.*Select Model/);
}));

test('a register found as a passage leads to its card, not to a line of the SVD file', () => check(fictional, async engine => {
  await index(engine);
  const events = await Array.fromAsync(engine.ask({ question: 'which register keeps the watchdog quiet?' }));
  const evidence = events.flatMap(event => (event.type === 'evidence' ? event.quoted : []));
  assert.deepEqual(evidence.filter(({ path }) => path === 'SYS.WDKICK').map(({ kind, file }) => [kind, file]), [['passage', undefined]]);
}));

test('explaining a handler begins with its dossier, from the editor\'s unsaved text and before anything is indexed', () => check(fictional, async engine => {
  const text = 'volatile unsigned ticks;\n/* Counts. */\nvoid TIMER0_IRQHandler(void)\n{\n  ticks++;\n}\n';
  const events = await Array.fromAsync(engine.explain({ file: 'src/new.c', line: 5, text }));
  assert.equal(events[0]?.type, 'dossier');
  assert.equal(events[0].dossier.name, 'TIMER0_IRQHandler');
}));

test('a model file that is none is refused by name, and the evidence is still shown', () => check(fictional, async engine => {
  const { answer } = await lastAnswer(engine.ask({ question: 'What is here?' }));
  assert.match(answer.problems.at(-1)?.message ?? '', /broken\/model\.gguf/);
}, { modelFile: path.join(fixtures, 'broken/model.gguf') }));

test('an empty folder gives empty reports, no errors', () => check(emptyFolder(), async engine => {
  const device = await engine.device();
  assert.equal(device.device, undefined);
  assert.equal((await index(engine)).files, 0);
  assert.deepEqual((await engine.isr()).isrs, []);
  assert.deepEqual((await engine.search('uart')).hits, []);
  assert.match((await engine.register('USART2.SR')).problems[0]?.message ?? '', /Choose SVD File/);
  const { answer } = await lastAnswer(engine.ask({ question: 'What is USART2?' }));
  assert.equal(answer.citations.length, 0);
}));

test('an SVD file that is a page of HTML is named with a remedy', () => check(emptyFolder({ 'chip.svd': '<!doctype html><html><body>Not found</body></html>', 'main.c': 'int main(void) { return 0; }\n' }), async engine => {
  const { problems } = await engine.register('USART2.SR');
  assert.match(`${problems[0]?.file ?? ''} ${problems[0]?.message ?? ''}`, /chip\.svd/);
  assert.match(problems[0]?.message ?? '', /Choose SVD File/);
}));

test('a lone SVD file of another chip is not taken for this one', () => check(emptyFolder({
  'platformio.ini': '[env:a]\nboard = disco_f407vg\n', 'soc702_reg.svd': fs.readFileSync(path.join(fictional, 'AX32.svd'), 'utf8'),
}), async engine => {
  const device = await engine.device();
  assert.match(device.device ?? '', /^STM32F407/);
  assert.equal(device.svd, undefined);
  assert.match(device.problems.map(({ message }) => message).join('\n'), /soc702_reg\.svd describes AX32, but the workspace is for STM32F407/);
}));

test('a hover in a file that does not exist is a problem, not an exception', () => check(fictional, async engine => {
  const report = await engine.hover({ file: 'src/gone.c', line: 1, column: 1 });
  assert.equal(report.kind, 'none');
  assert.match(report.problems[0]?.message ?? '', /src\/gone\.c/);
}));

test('a cancelled index run keeps what it did, and the next one finishes', () => check(path.join(fixtures, 'stm32f4-uart'), async engine => {
  const controller = new AbortController();
  for await (const event of engine.index({}, controller.signal)) if (event.type === 'progress' && event.phase === 'read' && event.done > 1) controller.abort();
  const kept = (await engine.indexState()).files;
  assert.ok(kept > 0, 'what was read before is there');
  assert.ok((await index(engine)).files > 5);
}));

test('a paused index run goes no further until it is resumed, and can be searched meanwhile', () => check(path.join(fixtures, 'stm32f4-uart'), async engine => {
  const done: number[] = [];
  const run = (async () => {
    for await (const event of engine.index()) {
      if (done.length === 0) await engine.pauseIndexing(true);
      done.push(event.type === 'progress' ? event.done : -1);
    }
  })();
  while ((await engine.indexState()).paused !== true) await setTimeout(20);
  await setTimeout(300);
  const { length } = done;
  await setTimeout(300);
  assert.equal(done.length, length);
  assert.ok(!done.includes(-1));
  await engine.search('uart');
  await engine.pauseIndexing(false);
  await run;
  assert.equal(done.at(-1), -1);
  assert.equal((await engine.indexState()).paused, undefined);
}));
test('a paused index run can be cancelled', () => check(path.join(fixtures, 'stm32f4-uart'), async engine => {
  await engine.pauseIndexing(true);
  const controller = new AbortController();
  const run = Array.fromAsync(engine.index({}, controller.signal));
  await setTimeout(100);
  controller.abort();
  assert.ok((await run).every(({ type }) => type === 'progress'));
}));

test('a storage folder inside the workspace is refused, and the hover still works', async () => {
  const workspace = emptyFolder({ 'main.c': 'int value;\n' });
  await check(workspace, async engine => {
    await assert.rejects(index(engine), /inside the workspace/);
    assert.equal((await engine.hover({ file: 'main.c', line: 1, column: 5 })).kind, 'none');
  }, { storage: path.join(workspace, '.index') });
});
