// What the editor's chip views ask the engine, over a worker-like boundary's plain data, on a real index.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { grammarsFolder } from '../../src/node/folders.ts';
import { openEngine, type OpenEngine } from '../../src/node/openEngine.ts';

const fixture = path.resolve(import.meta.dirname, '../fixtures/fictional-mcu');

/** Runs `use` on an engine over a copy of the fictional chip's firmware. */
async function check(use: (engine: OpenEngine, folder: string) => Promise<void>, isIndexed = true): Promise<void> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-browsing-'));
  const folder = path.join(root, 'firmware');
  fs.cpSync(fixture, folder, { recursive: true });
  const engine = openEngine({ workspace: folder, storage: path.join(root, 'index'), grammars: grammarsFolder() });
  try {
    if (isIndexed) await Array.fromAsync(engine.index());
    await use(engine, folder);
  } finally {
    await engine.close();
    fs.rmSync(root, { recursive: true, force: true });
  }
}

test('every counted use is one that is listed, and the other way round', () => check(async engine => {
  const { counts } = await engine.useCounts();
  assert.ok(Object.keys(counts).length > 5);
  for (const name of ['UART0.CTRL', 'UART0.STATUS', 'SYS.CLOCKEN', 'TIMER0.EVENT']) {
    const { matches: [match] } = await engine.register(name);
    assert.ok(match);
    assert.equal(counts[match.address], (await engine.xref(name)).accesses.length, name);
  }
}));

test('uses are counted again after a file has changed', () => check(async (engine, folder) => {
  const { matches: [match] } = await engine.register('TIMER0.TOP');
  assert.ok(match);
  const before = (await engine.useCounts()).counts[match.address] ?? 0;
  fs.appendFileSync(path.join(folder, 'motor.c'), '\nvoid more(void) { TIMER0->TOP = 5; }\n');
  await Array.fromAsync(engine.index({ files: ['motor.c'] }));
  assert.equal((await engine.useCounts()).counts[match.address], before + 1);
}));

test('a cancelled count gives nothing, and the next one everything', () => check(async engine => {
  assert.deepEqual((await engine.useCounts(AbortSignal.abort())).counts, {});
  assert.ok(Object.keys((await engine.useCounts()).counts).length > 5);
}));

test('without an index the uses are said to be unknown', () => check(async engine => {
  assert.match((await engine.xref('UART0.CTRL')).problems[0]?.message ?? '', /Nothing is indexed yet/);
}, false));

test('a name of the code is told where the chip has none of it, and a name of neither is said to be none', () => check(async engine => {
  const { symbol, accesses, problems } = await engine.xref(' console_init() ');
  assert.deepEqual([symbol?.name, symbol?.definitions.map(({ file, kind }) => `${file} ${kind}`), accesses, problems], ['console_init', ['console.c function'], [], []]);
  assert.ok(symbol?.uses.some(({ file, kind }) => file === 'main.c' && kind === 'call'));
  for (const name of ['no_such_name', 'UART0.NOSUCH']) {
    const report = await engine.xref(name);
    assert.deepEqual([report.symbol, report.problems.map(({ message }) => message)], [undefined, [`${name} is no register or field of AX32`]]);
  }
}));

test('completion knows the macros of indexed headers by their beginning', () => check(async engine => {
  const text = 'void f(void) { UART0->CTRL = UART_CTRL_RX';
  const { items } = await engine.completions({ file: 'new.c', text, line: 1, column: text.length + 1 });
  assert.deepEqual(items.map(({ label }) => label), ['UART_CTRL_RXIE', 'UART_CTRL_RXMARK_Msk', 'UART_CTRL_RXMARK_Pos'].filter(label => fs.readFileSync(path.join(fixture, 'ax32.h'), 'utf8').includes(label)));
}));

test('hints come from the disk where the editor has no unsaved text', () => check(async engine => {
  const { inlays } = await engine.inlays({ file: 'console.c', startLine: 1, endLine: 60 });
  assert.ok(inlays.some(({ path: where }) => where === 'GPIOA.PINCFG[0]'), JSON.stringify(inlays));
  assert.match((await engine.inlays({ file: 'gone.c', startLine: 1, endLine: 2 })).problems[0]?.message ?? '', /gone\.c/);
}));

test('without a chip a name of the code is told all the same, and one that is not there with both reasons', async () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-browsing-'));
  fs.mkdirSync(path.join(root, 'work'));
  fs.writeFileSync(path.join(root, 'work/a.c'), 'int step(void) { return 1; }\nint walk(void) { return step(); }\n');
  const engine = openEngine({ workspace: path.join(root, 'work'), storage: path.join(root, 'index'), grammars: grammarsFolder() });
  const messages = async (name: string) => (await engine.xref(name)).problems.map(({ message }) => message);
  assert.match((await messages('step')).join(), /^Nothing is indexed yet/);
  await Array.fromAsync(engine.index({ embed: false }));
  assert.deepEqual((await engine.xref('step')).symbol?.uses.map(({ kind, line }) => `${kind} ${line}`), ['call 2']);
  assert.match((await messages('leap')).join('\n'), /Choose.*\nNo indexed file names leap\.$/);
  assert.match((await messages('UART0.CTRL')).join('\n'), /Choose.*$/);
  await engine.close();
  fs.rmSync(root, { recursive: true, force: true });
});

test('a folder without a chip has no rows, and says what to do', async () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-browsing-'));
  fs.mkdirSync(path.join(root, 'empty'));
  const engine = openEngine({ workspace: path.join(root, 'empty'), storage: path.join(root, 'index'), grammars: grammarsFolder() });
  for (const { problems } of [await engine.outline(), await engine.outlineFind('uart'), await engine.xref('UART0.CTRL')]) assert.match(problems[0]?.message ?? '', /Choose/);
  assert.deepEqual([(await engine.useCounts()).counts, (await engine.completions({ file: 'a.c', text: 'RCC->', line: 1, column: 6 })).items], [{}, []]);
  await engine.close();
  fs.rmSync(root, { recursive: true, force: true });
});
