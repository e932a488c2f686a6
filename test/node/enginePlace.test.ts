// The engine in a thread and in a process of its own, and what a real native crash leaves behind.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { startEngine } from '../../src/node/engineClient.ts';
import type { EngineOptions } from '../../src/node/engineOptions.ts';
import { choosePlace } from '../../src/node/enginePlace.ts';
import { grammarsFolder } from '../../src/node/folders.ts';
import { nativeWorkFolder, openNativeWork } from '../../src/node/nativeWork.ts';

const workspace = path.resolve(import.meta.dirname, '../fixtures/fictional-mcu');
const entry = new URL('../../src/node/engineWorker.ts', import.meta.url);
const nativeWorkModule = JSON.stringify(new URL('../../src/node/nativeWork.ts', import.meta.url).href);

/** Runs `use` with a storage folder of its own. */
async function check(use: (storage: string) => Promise<void> | void): Promise<void> {
  const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-place-'));
  try {
    await use(storage);
  } finally {
    fs.rmSync(storage, { recursive: true, force: true });
  }
}

/** Another process that works natively, and aborts as native code does, or closes in good order. */
function workElsewhere(storage: string, work: 'process.abort()' | 'work.close(); process.exit()'): void {
  const folder = JSON.stringify(nativeWorkFolder(storage));
  spawnSync(process.execPath, ['--input-type=module', '-e', `import { openNativeWork } from ${nativeWorkModule}; const work = openNativeWork(${folder}); await work.during(async () => { ${work}; });`]);
}

for (const runIn of ['worker', 'process'] as const) {
  test(`the engine answers, streams and ends in its ${runIn}`, () => check(async storage => {
    await using engine = startEngine({ workspace, storage, grammars: grammarsFolder(), runIn, workerFile: entry });
    assert.equal(engine.notice, undefined);
    assert.match((await engine.device()).svd ?? '', /\.svd$/);
    const events = await Array.fromAsync(engine.index());
    assert.equal(events.at(-1)?.type, 'done');
  }));
}

test('a pause outlives the engine: the next one, told before its first run, keeps what was read, waits, and finishes when it may', () => check(async storage => {
  // So many that no run is through before it hears of the pause.
  const firmware = path.join(storage, 'firmware');
  fs.mkdirSync(firmware);
  for (let file = 0; file < 400; file += 1) fs.writeFileSync(path.join(firmware, `uart${file}.c`), `/** Driver ${file}. */\nint uart${file}(void)\n{\n  return ${file};\n}\n`.repeat(5));
  const start = (): ReturnType<typeof startEngine> => startEngine({ workspace: firmware, storage: path.join(storage, 'index'), grammars: grammarsFolder(), runIn: 'worker', workerFile: entry });
  const first = start();
  const held = (async () => {
    for await (const event of first.index({ embed: false })) if (event.type === 'progress' && event.phase === 'read' && event.done > 0) await first.pauseIndexing(true);
  })().catch(() => undefined);
  while ((await first.indexState()).paused !== true) await setTimeout(5);
  const { files: kept } = await first.indexState();
  await first[Symbol.asyncDispose]();
  await held;

  await using next = start();
  // As the editor does it: nothing is waited for.
  void next.pauseIndexing(true);
  const seen: string[] = [];
  const run = (async () => { for await (const event of next.index({ embed: false })) seen.push(event.type); })();
  const state = await next.indexState();
  await next.search('uart');
  assert.deepEqual([state.paused, state.files >= kept, seen.includes('done')], [true, true, false]);
  await next.pauseIndexing(false);
  await run;
  const after = await next.indexState();
  assert.deepEqual([seen.at(-1), after.paused, after.status], ['done', undefined, 'ready']);
  assert.equal(after.files, 400);
  assert.ok(kept < 400);
}));

test('a crash of its process fails the calls with a sentence, and nothing else', () => check(async storage => {
  const aborting = path.join(storage, 'aborting.mjs');
  fs.writeFileSync(aborting, 'process.once("message", () => { process.on("message", () => { process.abort(); }); });');
  const engine = startEngine({ workspace, storage, grammars: '', runIn: 'process', workerFile: aborting });
  const told = new Promise<string>(resolve => { engine.onCrash(resolve); });
  await assert.rejects(engine.device(), /The Halcyon engine stopped \(signal SIGABRT\)/);
  assert.match(await told, /SIGABRT/);
}));

/** The place chosen for the options, and whether a reason is given. */
function placeOf(storage: string, runIn?: EngineOptions['runIn']): [string, boolean] {
  const { runIn: chosen, notice } = choosePlace({ storage, runIn });
  return [chosen, notice !== undefined];
}

test('left to itself, the engine runs in a thread', () => check(storage => { assert.deepEqual(placeOf(storage), ['worker', false]); }));
test('after a crash in native code it runs in a process of its own and says so, until told otherwise', () => check(storage => {
  workElsewhere(storage, 'process.abort()');
  assert.deepEqual(placeOf(storage), ['process', true]);
  assert.deepEqual(placeOf(storage), ['process', true]);
  assert.deepEqual(placeOf(storage, 'worker'), ['worker', false]);
  assert.deepEqual(placeOf(storage), ['worker', false]);
}));
test('a process that ends in good order in the middle of work is no crash', () => check(storage => {
  workElsewhere(storage, 'work.close(); process.exit()');
  assert.deepEqual(placeOf(storage), ['worker', false]);
}));
test('another window that is at work is no crash', () => check(async storage => {
  await openNativeWork(nativeWorkFolder(storage)).during(async () => {
    assert.equal(fs.readdirSync(nativeWorkFolder(storage)).length, 1);
    assert.deepEqual(placeOf(storage), ['worker', false]);
  });
  assert.deepEqual(fs.readdirSync(nativeWorkFolder(storage)), []);
}));
test('work that fails takes its mark away', () => check(async storage => {
  await assert.rejects(openNativeWork(nativeWorkFolder(storage)).during(async () => { throw new Error('no memory'); }), /no memory/);
  assert.deepEqual(fs.readdirSync(nativeWorkFolder(storage)), []);
}));
test('a folder that cannot be written keeps nothing from working', () => check(async storage => {
  const file = path.join(storage, 'file');
  fs.writeFileSync(file, '');
  assert.equal(await openNativeWork(path.join(file, 'below')).during(async () => 7), 7);
}));
