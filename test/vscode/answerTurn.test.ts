import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { Answer, AnswerEvent } from '../../src/core/index.ts';
import { answerTurn } from '../../src/vscode/answerTurn.ts';
import { openConversation } from '../../src/vscode/conversation.ts';
import { openConversationFiles } from '../../src/vscode/conversationFiles.ts';
import type { Turn } from '../../webview/protocol.ts';

const answer: Answer = {
  text: 'At 0x40.', citations: [{ id: 1, kind: 'register', title: 'UART0.CTRL', path: 'UART0.CTRL' }],
  findings: [{ claim: '0x40', verdict: 'contradicted', evidence: 'UART0.CTRL is at 0x44.', start: 3, end: 7 }],
  prompt: { tokens: 100, quoted: 1, dropped: 0 }, timing: { retrieveMs: 1, firstTokenMs: 500, totalMs: 2500, promptTokens: 100, cachedTokens: 0, outputTokens: 9 },
  writtenBy: 'model', corrections: [], stopReason: 'end', problems: [],
};
const text: AnswerEvent = { type: 'text', text: 'At 0x40.' };

test('a finished answer carries its citations, findings and figures', () => check([text, { type: 'answer', answer }], {
  status: 'done', text: 'At 0x40.',
  checked: { citations: [{ id: 1, title: 'UART0.CTRL', path: 'UART0.CTRL' }], findings: answer.findings, notes: [], figures: '100 → 9 tokens · 0.5 s + 2.0 s' },
}));

test('what the engine could not do becomes a note with its place', () => check([text, { type: 'answer', answer: { ...answer, problems: [{ file: 'a.c', line: 3, message: 'Too long.' }] } }], {
  status: 'done', text: 'At 0x40.', checked: { notes: ['a.c:3: Too long.'] },
}));

test('a stopped answer keeps its text, and can go on', () => check([text, { type: 'answer', answer: { ...answer, stopReason: 'cancelled' } }], { status: 'stopped', text: 'At 0x40.', canContinue: true }));

test('an answer that came to its end has nothing to go on with', () => check([text, { type: 'answer', answer }], { status: 'done', canContinue: false }));

test('an answer as long as it may be can go on', () => check([text, { type: 'answer', answer: { ...answer, stopReason: 'length' } }], { status: 'done', canContinue: true }));

test('thinking is kept apart', () => check([{ type: 'thinking', text: 'Hm, ' }, { type: 'thinking', text: 'UART.' }, text, { type: 'answer', answer }], { thinking: 'Hm, UART.', text: 'At 0x40.' }));

test('text that was thinking after all moves', () => check([{ type: 'text', text: 'Hm.' }, { type: 'thinking', text: 'Hm.', replacesText: true }, text, { type: 'answer', answer }], { thinking: 'Hm.', text: 'At 0x40.' }));

test('what the prompt quotes, and what it had no room for, is shown with its place', () => check([{ type: 'evidence', quoted: [{ id: 1, kind: 'register', title: 'UART0.CTRL', text: 'bits', path: 'UART0.CTRL' }], dropped: [{ id: 2, kind: 'passage', title: 'init', text: 'code', file: 'a.c', line: 3, endLine: 9 }], retrieveMs: 1 }, text], {
  evidence: [{ id: 1, kind: 'register', title: 'UART0.CTRL', text: 'bits', path: 'UART0.CTRL' }], dropped: [{ id: 2, kind: 'passage', title: 'init', text: 'code', file: 'a.c', line: 3 }],
}));

test('facts are shown as they were computed', () => check([{ type: 'facts', facts: { facts: [], asked: 0, missing: [], isAbstention: false, markdown: '**UART0**' } }, text], { dossier: '**UART0**' }));

test('text that hinged on wrong claims makes room for what is written anew', () => check([{ type: 'text', text: 'At 0x44.' }, { type: 'repair', wrong: [] }, text], { text: 'At 0x40.' }));

test('a stream that ends without an answer counts as stopped', () => check([text], { status: 'stopped', text: 'At 0x40.' }));

test('without a model the turn fails with the reason and the button that mends it', () => check([{ type: 'answer', answer: { ...answer, text: '', problems: [{ file: '', message: 'No chat model is chosen.' }] } }], {
  status: 'failed', text: '', failure: { message: 'No chat model is chosen.', remedy: 'selectModel' },
}));

test('an engine that breaks off fails the turn with its sentence', () => check([text, new Error('The Halcyon engine stopped (exit code 134).')], {
  status: 'failed', text: 'At 0x40.', failure: { message: 'The Halcyon engine stopped (exit code 134).', remedy: 'restartEngine' },
}));

test('an error after Stop is no failure', () => check([text, new Error('aborted')], { status: 'stopped', text: 'At 0x40.' }, AbortSignal.abort()));

async function check(events: readonly (AnswerEvent | Error)[], expected: Partial<Omit<Turn, 'checked'>> & { readonly checked?: object }, signal = new AbortController().signal): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-turn-'));
  const conversation = openConversation({ files: openConversationFiles(folder), memory: { get: () => undefined, update: async () => undefined }, onFailure: error => { throw error; } });
  const id = conversation.begin({ folder: 'file:///f', question: 'why?' });
  await answerTurn(conversation, id, streamOf(events), signal);
  const [turn] = conversation.turns();
  await conversation.save();
  fs.rmSync(folder, { recursive: true });
  assert.ok(turn);
  assert.partialDeepStrictEqual(turn, expected);
}

async function* streamOf(events: readonly (AnswerEvent | Error)[]): AsyncGenerator<AnswerEvent> {
  for (const event of events) {
    if (event instanceof Error) throw event;
    yield event;
  }
}
