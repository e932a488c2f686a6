import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, AnswerEvent } from '../../../src/core/answer/answer.ts';
import { ask, type AskParts, type AskQuestion } from '../../../src/core/answer/ask.ts';
import { explain } from '../../../src/core/answer/explain.ts';
import type { SentTurn } from '../../../src/core/answer/respond.ts';
import type { LanguageModel, Message } from '../../../src/core/model/languageModel.ts';
import type { Evidence } from '../../../src/core/prompt/prompt.ts';
import type { HistoryMessage } from '../../../src/core/prompt/history.ts';
import { quotingModel } from './quotingModel.ts';
import { testChip, testSources } from './testChip.ts';

interface Seen {
  /** What the model was sent. */
  readonly messages: readonly Message[];
  readonly remembered: readonly SentTurn[];
  readonly events: readonly AnswerEvent[];
  readonly quoted: readonly Evidence[];
  readonly dropped: readonly Evidence[];
  readonly answer: Answer;
}

/** Passages of so many words, each under its own name. */
const found = (...sizes: readonly number[]): AskParts['retriever'] => ({
  search: async () => sizes.map((words, index) => ({ rank: index + 1, score: 1, sources: ['words'], why: [], chunk: { id: `${index}`, file: 'a.c', startLine: 1, endLine: 2, kind: 'function', symbol: `found${index}`, text: 'word '.repeat(words) } })),
});

async function seeing(work: (parts: AskParts) => AsyncIterable<AnswerEvent>, model: LanguageModel = quotingModel({ contextTokens: 100_000 }), passages = found(10)): Promise<Seen> {
  const messages: Message[] = [];
  const remembered: SentTurn[] = [];
  const watched = { ...model, generate: (...asked: Parameters<typeof model.generate>) => { messages.push(...asked[0]); return model.generate(...asked); } };
  const events = await Array.fromAsync(work({
    openModel: async () => ({ model: watched }), device: testChip, facts: testSources, now: () => 0, source: 'test407.svd', retriever: passages, dossierOf: async () => undefined,
    remember: turn => { remembered.push(turn); },
  }));
  const evidence = events.find(event => event.type === 'evidence');
  const last = events.at(-1);
  assert.ok(evidence !== undefined && last?.type === 'answer');
  return { messages, remembered, events, quoted: evidence.quoted, dropped: evidence.dropped, answer: last.answer };
}

/** Asks, and looks at what the model was sent and what came. */
function check(name: string, asked: AskQuestion, expect: (seen: Seen) => void, ...ground: readonly [LanguageModel?, AskParts['retriever']?]): void {
  test(name, async () => { expect(await seeing(parts => ask(asked, parts), ...ground)); });
}

const long = found(500);
const past: readonly HistoryMessage[] = [
  { role: 'user', text: 'as it was sent of ring_take', question: 'What does ring_take do?', evidence: [{ id: 1, kind: 'passage', title: 'ring_take', text: 'int ring_take(void);' }] },
  { role: 'assistant', text: 'It takes a byte [1].' },
];

check('what was sent is remembered with its evidence', { question: 'How is it built?' }, ({ messages, remembered, answer }) => {
  assert.deepEqual(remembered.map(({ question, evidence, ...sent }) => ({ question, titles: evidence.map(({ title }) => title), ...sent })),
    [{ question: 'How is it built?', titles: ['found0'], text: messages.at(-1)?.text, answer: answer.text }]);
});

check('a follow-up that names nothing new takes in no long passage', { question: 'And why does ring_take do so?', history: past }, ({ dropped }) => {
  assert.deepEqual(dropped.map(({ title }) => title), ['found0']);
}, undefined, long);

check('one that names something new takes it in', { question: 'And ring_put?', history: past }, ({ quoted }) => {
  assert.deepEqual(quoted.map(({ title }) => title), ['ring_take', 'found0']);
}, undefined, long);

check('a long conversation is shortened, however much the model could read', { question: 'And?', history: Array.from({ length: 4 }, () => [{ role: 'user' as const, text: 'word '.repeat(500) }, { role: 'assistant' as const, text: 'Yes.' }]).flat() }, ({ messages }) => {
  assert.ok(messages.length < 8);
  assert.match(messages[0]?.text ?? '', /Earlier in this conversation:/);
});

check('the task words the question', { question: 'uart_init', task: 'reviewFunction' }, ({ messages }) => { assert.match(messages.at(-1)?.text ?? '', /Review uart_init\./); });
check('an unknown task is a question', { question: 'uart_init', task: 'sing' }, ({ messages }) => { assert.match(messages.at(-1)?.text ?? '', /Question: uart_init/); });

check('what is attached may be longer than what is found', { question: 'Why?', attached: { candidates: [{ kind: 'selection', title: 'mine.c', text: 'word '.repeat(1500) }], problems: [] } }, ({ quoted }) => {
  assert.deepEqual(quoted.map(({ title }) => title), ['mine.c', 'found0']);
});

check('an answer that broke off is a turn of its own, and its rest is wished for', { question: 'Why?', soFar: 'Because' }, ({ messages }) => {
  assert.deepEqual(messages.slice(-2).map(({ role }) => role), ['assistant', 'user']);
  assert.equal(messages.at(-2)?.text, 'Because');
});

check('what is written already leaves less room for evidence', { question: 'Why?', soFar: 'so '.repeat(700) }, ({ dropped }) => {
  assert.deepEqual(dropped.map(({ title }) => title), ['found0']);
}, quotingModel({ contextTokens: 1700 }), long);

test('an explanation that broke off goes on, too', async () => {
  const { messages, answer } = await seeing(parts => explain({ code: [{ kind: 'selection', title: 'a.c', text: '1: int a;' }], beside: [], title: 'a.c:1', soFar: 'It is ' }, parts), quotingModel({ adding: 'a variable.' }));
  assert.equal(messages.at(-2)?.text, 'It is ');
  assert.match(answer.text, /^It is a variable\./);
});

test('text that turns out to be thinking is taken back', async () => {
  const quoting = quotingModel();
  const model = { ...quoting, generate: async function* (...asked: Parameters<typeof quoting.generate>) {
    yield { type: 'text' as const, text: 'Is it [9]?' };
    yield { type: 'text' as const, text: '</think>' };
    yield* quoting.generate(...asked);
  } };
  const { events, answer } = await seeing(parts => ask({ question: 'Why?' }, parts), model);
  assert.deepEqual(events.filter(({ type }) => type === 'thinking'), [{ type: 'thinking', text: 'Is it [9]?', replacesText: true }]);
  assert.equal(answer.thinking, 'Is it [9]?');
  assert.match(answer.text, /^found0 \(a\.c:1\) \[1\]/);
});

test('thinking that a template opened takes nothing of the answer that it goes on with', async () => {
  const quoting = quotingModel();
  const model = { ...quoting, generate: async function* (...asked: Parameters<typeof quoting.generate>) {
    yield { type: 'text' as const, text: 'Where was I?</think>' };
    yield* quoting.generate(...asked);
  } };
  const { events, answer } = await seeing(parts => ask({ question: 'Why?', soFar: 'Because of ' }, parts), model);
  assert.equal(answer.thinking, 'Where was I?');
  assert.match(answer.text, /^Because of /);
  const taken = events.findIndex(event => event.type === 'thinking' && event.replacesText === true);
  assert.deepEqual(events[taken], { type: 'thinking', text: 'Where was I?', replacesText: true });
  assert.deepEqual(events[taken + 1], { type: 'text', text: 'Because of ' });
});

test('a question that is stopped while the model loads ends at once', async () => {
  const controller = new AbortController();
  const loading = Promise.withResolvers<never>();
  const { answer } = await seeing(parts => ask({ question: 'Why?' }, { ...parts, openModel: () => {
    controller.abort();
    return loading.promise;
  } }, controller.signal), quotingModel());
  assert.equal(answer.stopReason, 'cancelled');
  assert.equal(answer.text, '');
});

check('what does not support the sentence that cites it is no source of the answer, and is marked where it is cited', { question: 'How are bytes received?' }, ({ answer }) => {
  assert.deepEqual(answer.citations.map(({ id }) => id), [2]);
  assert.deepEqual(answer.findings.filter(({ claim }) => claim.startsWith('[')).map(({ claim, verdict }) => `${claim} ${verdict}`), ['[1] unknown', '[2] supported']);
}, {
  ...quotingModel({ contextTokens: 100_000 }),
  generate: async function* () {
    yield { type: 'text', text: 'The flag AB_CDE tells it [1]. Then `found1()` takes it [2].' };
    yield { type: 'end', usage: { promptTokens: 1, cachedTokens: 0, outputTokens: 1, firstTokenMs: 1, totalMs: 1, stopReason: 'end' } };
  },
}, found(10, 10));
