import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attached } from '../../../src/core/engine.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { attachedEvidence, type AttachedEvidence } from '../../../src/core/session/attachedContext.ts';
import { memoryHost } from '../../memoryHost.ts';
import { fixtureText, fixtureTexts, sourceOf } from '../graph/factsOf.ts';

const facts = await sourceOf(fixtureTexts('fictional-mcu'));
const { device } = parseSvd(fixtureText('fictional-mcu', 'AX32.svd'), 'AX32.svd');
const long = Array.from({ length: 120 }, (_, index) => index === 70 ? 'void overrun(void);' : `int line${index + 1};`).join('\n');

function check(name: string, attached: Attached, expect: (found: AttachedEvidence) => void, question = 'Why is there an overrun?'): void {
  test(name, async () => {
    expect(await attachedEvidence([attached], { host: memoryHost({ 'long.c': long, 'blob.bin': new Uint8Array([0, 1, 2, 0, 255, 0]) }), facts, device, source: 'AX32.svd', question, functionAt: async (_file, line) => line < 60 ? { line: 10, endLine: 12 } : undefined }));
  });
}

check('a long file comes in pieces, the one that fits the question first', { kind: 'file', file: 'long.c' }, ({ candidates, problems }) => {
  assert.deepEqual(candidates.map(({ line, endLine }) => [line, endLine]), [[51, 100], [1, 50], [101, 120]]);
  assert.match(candidates[0]?.text ?? '', /^71: void overrun\(void\);$/m);
  assert.deepEqual(problems, []);
});
check('Chinese words find their piece too', { kind: 'file', file: 'long.c', text: long.replace('int line80;', 'int line80; /* 接收溢出 */') }, ({ candidates }) => { assert.deepEqual(candidates.map(({ line }) => line), [51, 1, 101]); }, '为什么会溢出？');
check('a selection comes with its line numbers', { kind: 'file', file: 'long.c', line: 3, endLine: 4 }, ({ candidates }) => {
  assert.deepEqual(candidates.map(({ text, line }) => ({ text, line })), [{ text: '3: int line3;\n4: int line4;', line: 3 }]);
});
check('a line may bring the whole function around it', { kind: 'file', file: 'long.c', line: 11, wholeFunction: true }, ({ candidates }) => { assert.deepEqual(candidates.map(({ line, endLine }) => [line, endLine]), [[10, 12]]); });
check('a line in no function brings its neighbours', { kind: 'file', file: 'long.c', line: 80, wholeFunction: true }, ({ candidates }) => { assert.deepEqual(candidates.map(({ line, endLine }) => [line, endLine]), [[65, 95]]); });
check('unsaved text counts instead of the file', { kind: 'file', file: 'gone.c', text: 'int unsaved;' }, ({ candidates }) => { assert.equal(candidates[0]?.text, '1: int unsaved;'); });
check('lines beyond the end are those at the end', { kind: 'file', file: 'long.c', line: 500 }, ({ candidates }) => { assert.deepEqual(candidates.map(({ line }) => line), [120]); });
check('a missing file is told', { kind: 'file', file: 'gone.c' }, ({ candidates, problems }) => {
  assert.deepEqual(candidates, []);
  assert.match(problems[0]?.message ?? '', /gone\.c: no such file/);
});
check('a binary file is told', { kind: 'file', file: 'blob.bin' }, ({ problems }) => { assert.match(problems[0]?.message ?? '', /blob\.bin is not a text file/); });
check('a register brings its card', { kind: 'register', path: 'UART0.CTRL' }, ({ candidates }) => { assert.deepEqual(candidates.map(({ path, kind }) => ({ path, kind })), [{ path: 'UART0.CTRL', kind: 'register' }]); });
check('a register that is not there is told', { kind: 'register', path: 'UART9.CTRL' }, ({ problems }) => { assert.equal(problems[0]?.message, 'UART9.CTRL is not in AX32.svd.'); });
check('a handler brings its dossier', { kind: 'handler', name: 'UART0_IRQHandler' }, ({ candidates }) => { assert.deepEqual(candidates.map(({ kind }) => kind), ['dossier']); });
check('a function that is no handler is told', { kind: 'handler', name: 'main' }, ({ problems }) => { assert.match(problems[0]?.message ?? '', /main is no interrupt handler/); });
check('text is quoted as it is', { kind: 'text', title: 'Problems of a.c', text: 'a.c:3: unused', file: 'a.c', line: 3 }, ({ candidates }) => { assert.deepEqual(candidates, [{ kind: 'selection', title: 'Problems of a.c', text: 'a.c:3: unused', file: 'a.c', line: 3 }]); });
