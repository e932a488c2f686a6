// Linting through the engine, on a real index: named files, unsaved text, all files, and what goes wrong.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { LintEvent, LintReport, LintRequest } from '../../src/core/index.ts';
import { grammarsFolder } from '../../src/node/folders.ts';
import { openEngine, type OpenEngine } from '../../src/node/openEngine.ts';

const fixture = path.resolve(import.meta.dirname, '../fixtures/fictional-mcu');

/** Runs `use` on an engine over a copy of the fictional chip's firmware. */
function check(name: string, use: (engine: OpenEngine, folder: string) => Promise<void>, options: { readonly isIndexed?: boolean; readonly without?: string } = {}): void {
  test(name, async () => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-lint-'));
    const folder = path.join(root, 'firmware');
    fs.cpSync(fixture, folder, { recursive: true });
    if (options.without !== undefined) fs.rmSync(path.join(folder, options.without));
    const engine = openEngine({ workspace: folder, storage: path.join(root, 'index'), grammars: grammarsFolder() });
    try {
      if (options.isIndexed !== false) await Array.fromAsync(engine.index());
      await use(engine, folder);
    } finally {
      await engine.close();
      fs.rmSync(root, { recursive: true, force: true });
    }
  });
}

async function lint(engine: OpenEngine, request: LintRequest = {}, signal?: AbortSignal): Promise<LintReport> {
  const events: LintEvent[] = await Array.fromAsync(engine.lint(request, signal));
  const last = events.at(-1);
  assert.ok(last?.type === 'done');
  return last.report;
}

const found = ({ findings }: LintReport): string[] => findings.map(({ rule, file, startLine }) => `${file}:${startLine} ${rule}`);
const known = 'level.c:39 rmw-on-w1c';

check('all files: the flaw of the fixture is found, and nothing else', async engine => {
  const report = await lint(engine);
  assert.deepEqual(found(report), [known]);
  assert.ok(report.files >= 7 && report.bytes > 5000);
  assert.deepEqual(report.problems, []);
});

check('a file on disk, a text that is not saved, and the file again', async engine => {
  assert.deepEqual(found(await lint(engine, { file: 'level.c' })), [known]);
  const text = '#include "pump.h"\n#include "ax32.h"\nvoid stop(void) { UART0->STATUS |= UART_STATUS_OVERRUN; }\n';
  assert.deepEqual(found(await lint(engine, { file: 'level.c', text })), ['level.c:3 rmw-on-w1c']);
  assert.deepEqual(found(await lint(engine, { file: 'level.c' })), [known]);
});

check('what an unsaved text changes shows in the handlers of other files', async (engine, folder) => {
  const text = fs.readFileSync(path.join(folder, 'motor.c'), 'utf8');
  const changed = text.replace('static volatile uint32_t milliseconds', 'static uint32_t milliseconds');
  assert.deepEqual((await lint(engine, { file: 'motor.c', text: changed })).findings.map(({ rule }) => rule), ['missing-volatile']);
  assert.deepEqual(found(await lint(engine, { file: 'motor.c', text })), []);
});

check('a fix is an edit of the text that it was found in', async (engine, folder) => {
  const [finding] = (await lint(engine, { file: 'level.c' })).findings;
  const edit = finding?.fix?.edits[0];
  assert.ok(finding !== undefined);
  // INTSTAT's BUSY-like bits decide whether the fix is offered; the range must hold the expression in any case.
  const line = fs.readFileSync(path.join(folder, 'level.c'), 'utf8').split('\n')[finding.startLine - 1] ?? '';
  assert.equal(line.slice(finding.startColumn - 1, finding.endColumn - 1), 'DMA->INTSTAT |= DMA_INTSTAT_DONE0');
  if (edit !== undefined) assert.equal(line.slice(edit.startColumn - 1, edit.endColumn - 1), '|=');
});

check('only the rules that are asked for', async engine => {
  assert.deepEqual(found(await lint(engine, { rules: ['missing-volatile'] })), []);
  assert.match((await lint(engine, { rules: ['no-such-rule'] })).problems[0]?.message ?? '', /no-such-rule is no rule/);
});

check('some files by name; one that is not indexed is told', async engine => {
  const report = await lint(engine, { files: ['level.c', 'gone.c'] });
  assert.deepEqual([found(report), report.files], [[known], 1]);
  assert.match(report.problems[0]?.message ?? '', /1 file was not looked at/);
});

check('a file that is not there is a problem', async engine => {
  assert.match((await lint(engine, { file: 'gone.c' })).problems[0]?.message ?? '', /gone\.c: no such file/);
});

check('half-typed code gives what can be known', async engine => {
  const text = '#include "ax32.h"\nvoid stop(void) { UART0->STATUS |= UART_STATUS_OVERRUN;\n  if (UART0->';
  assert.deepEqual(found(await lint(engine, { file: 'typing.c', text })), ['typing.c:2 rmw-on-w1c']);
});

check('nothing, binary noise and a generated file of 50,000 lines come to an end', async engine => {
  assert.deepEqual(found(await lint(engine, { file: 'empty.c', text: '' })), []);
  assert.deepEqual(found(await lint(engine, { file: 'noise.c', text: '\u0001(((((}}}}->->|= &~\u0000"' })), []);
  const report = await lint(engine, { file: 'generated.c', text: `#include "ax32.h"\nvoid table(void) {\n${'  UART0->DATA = 1;\n'.repeat(50_000)}  UART0->STATUS |= 4;\n}\n` });
  assert.match(report.problems[0]?.message ?? '', /30001 register accesses were not looked at/);
});

check('a stopped run says how far it came', async engine => {
  const report = await lint(engine, {}, AbortSignal.abort());
  assert.match(report.problems.map(({ message }) => message).join(' '), /Stopped after 0 of \d+ files/);
  assert.deepEqual(found(await lint(engine)), [known]);
});

check('without an index that is said', async engine => {
  assert.match((await lint(engine)).problems[0]?.message ?? '', /Nothing is indexed yet/);
}, { isIndexed: false });

check('without a description the rules about code still hold, and it is said what is left out', async (engine, folder) => {
  const text = fs.readFileSync(path.join(folder, 'motor.c'), 'utf8').replace('static volatile uint32_t milliseconds', 'static uint32_t milliseconds');
  const report = await lint(engine, { file: 'motor.c', text });
  assert.deepEqual(report.findings.map(({ rule }) => rule), ['missing-volatile']);
  assert.match(report.problems[0]?.message ?? '', /Rules about registers were left out/);
}, { without: 'AX32.svd' });
