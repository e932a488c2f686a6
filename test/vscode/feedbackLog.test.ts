import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readFeedback } from '../../src/core/index.ts';
import { feedbackRecord, keepFeedback } from '../../src/vscode/feedbackLog.ts';
import type { KeptTurn } from '../../src/vscode/conversationLog.ts';

const turn: KeptTurn = {
  id: '1', folder: 'file:///f', question: 'Where is BAUD set?', status: 'done', text: 'In main.', dropped: [],
  evidence: [{ id: 1, kind: 'register', title: 'UART0.BAUD', text: 'secret code', path: 'UART0.BAUD' }],
  checked: { citations: [], notes: [], figures: '', findings: [{ claim: 'main', verdict: 'unknown', evidence: 'No function main.', start: 3, end: 7 }] },
};

test('ratings and corrections are read back as they were given, in their order', async () => {
  const folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-feedback-')), 'not there yet');
  const origin = { device: 'AX32', model: 'coder', time: '2026-01-01T00:00:00.000Z' };
  await keepFeedback(folder, feedbackRecord(turn, { rating: 'down' }, origin));
  await keepFeedback(folder, feedbackRecord(turn, { rating: 'down', correction: ' In console_init. ' }, origin));
  const text = fs.readFileSync(path.join(folder, 'feedback.jsonl'), 'utf8');
  const { records, problems } = readFeedback(text, 'feedback.jsonl');
  assert.deepEqual(problems, []);
  assert.deepEqual(records.map(({ rating, correction, device, model, quoted }) => ({ rating, correction, device, model, quoted })), [
    { rating: 'down', correction: undefined, device: 'AX32', model: 'coder', quoted: [{ kind: 'register', path: 'UART0.BAUD' }] },
    { rating: 'down', correction: 'In console_init.', device: 'AX32', model: 'coder', quoted: [{ kind: 'register', path: 'UART0.BAUD' }] },
  ]);
  assert.equal(new Set(records.map(({ answerId }) => answerId)).size, 1);
  assert.deepEqual(records[0]?.findings, [{ claim: 'main', verdict: 'unknown', evidence: 'No function main.' }]);
  assert.ok(!text.includes('secret code'), 'where the evidence stands is kept, not the code itself');
});
