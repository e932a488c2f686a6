// One answer after the other, whatever is asked, stopped, edited and asked again in between.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { AnswerEvent } from '../../src/core/index.ts';
import { createChatRunner, type AskedTurn, type ChatRunner } from '../../src/vscode/chatRunner.ts';
import { openConversation } from '../../src/vscode/conversation.ts';
import { openConversationFiles } from '../../src/vscode/conversationFiles.ts';

interface Ground {
  readonly runner: ChatRunner;
  readonly conversation: ReturnType<typeof openConversation>;
  /** Lets the answer under way go on to its end. */
  readonly release: () => void;
  /** What the engine was asked: the question, how long the history was, and the text to go on with. */
  readonly asked: readonly string[];
  readonly until: (condition: () => boolean) => Promise<void>;
}

const question = (text: string): AskedTurn => ({ folder: 'file:///f', question: text, request: { kind: 'ask', question: text, attached: [] } });

function check(name: string, act: (ground: Ground) => Promise<void>): void {
  test(name, async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-runner-'));
    const conversation = openConversation({ files: openConversationFiles(folder), memory: { get: () => undefined, update: async () => undefined }, onFailure: error => { throw error; } });
    const asked: string[] = [];
    let gate = Promise.withResolvers<undefined>();
    let atOnce = 0;
    const runner = createChatRunner({
      conversation,
      ask: async function* (turn, _request, { history, soFar }, signal): AsyncGenerator<AnswerEvent> {
        asked.push([turn.question, history.length, soFar].filter(part => part !== undefined).join(' '));
        if (turn.question === 'crash') throw new Error('The engine is gone.');
        assert.equal(++atOnce, 1, 'one answer at a time');
        yield { type: 'text', text: `on ${turn.question}` };
        await Promise.race([gate.promise, signal.aborted ? undefined : new Promise(resolve => { signal.addEventListener('abort', resolve); })]);
        atOnce--;
        gate = Promise.withResolvers<undefined>();
        if (signal.aborted) return;
        yield { type: 'answer', answer: { text: `${soFar ?? ''}on ${turn.question}.`, writtenBy: 'model', citations: [], findings: [], corrections: [], prompt: { tokens: 1, quoted: 0, dropped: 0 }, timing: { retrieveMs: 0, firstTokenMs: 0, totalMs: 0, promptTokens: 0, cachedTokens: 0, outputTokens: 0 }, stopReason: 'end', problems: [] } };
      },
      around: async (_turn, work) => { await work(); },
    });
    const until = async (condition: () => boolean): Promise<void> => { for (let round = 0; round < 500 && !condition(); round++) await new Promise(resolve => { setImmediate(resolve); }); };
    await act({ runner, conversation, asked, until, release: () => { gate.resolve(undefined); } });
    await conversation.save();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
}

const states = ({ conversation }: Ground): string[] => conversation.turns().map(turn => `${turn.question}: ${turn.status}`);

check('a question while another is answered waits, and is asked with its answer', async ground => {
  const all = ground.runner.submit(question('first'));
  await ground.runner.submit(question('second'));
  assert.deepEqual(states(ground), ['first: waiting', 'second: queued']);
  ground.release();
  await ground.until(() => ground.asked.length === 2);
  assert.deepEqual(states(ground), ['first: done', 'second: waiting']);
  ground.release();
  await all;
  assert.deepEqual(states(ground), ['first: done', 'second: done']);
  assert.deepEqual(ground.asked, ['first 0', 'second 2']);
});

check('stop ends the answer, keeps its text and goes on with what waits', async ground => {
  const all = ground.runner.submit(question('first'));
  await ground.runner.submit(question('second'));
  await ground.until(() => ground.conversation.turns()[0]?.text !== '');
  ground.runner.stop();
  await ground.until(() => ground.asked.length === 2);
  assert.equal(ground.conversation.turns()[0]?.text, 'on first');
  ground.release();
  await all;
  assert.deepEqual(states(ground), ['first: stopped', 'second: done']);
});

check('a click on a handler goes before what waits', async ground => {
  const all = ground.runner.submit(question('first'));
  await ground.runner.submit(question('second'));
  const handler = ground.runner.submitNow(question('handler'));
  await ground.until(() => ground.asked.length > 1);
  for (let round = 0; round < 3; round++) {
    ground.release();
    await ground.until(() => ground.asked.length > round + 2);
  }
  await Promise.all([all, handler]);
  assert.deepEqual(states(ground).toSorted(), ['first: stopped', 'handler: done', 'second: done']);
});

check('what waits can be taken back or worded anew', async ground => {
  const all = ground.runner.submit(question('first'));
  await ground.runner.submit(question('second'));
  await ground.runner.submit(question('third'));
  const [, second, third] = ground.conversation.turns();
  ground.runner.withdraw(second?.id ?? '');
  await ground.runner.edit(third?.id ?? '', question('better'));
  ground.release();
  await ground.until(() => ground.asked.length === 2);
  ground.release();
  await all;
  assert.deepEqual(ground.asked, ['first 0', 'better 2']);
});

check('an edited question takes the place of all after it, even while that is written', async ground => {
  const first = ground.runner.submit(question('first'));
  ground.release();
  await first;
  const all = ground.runner.submit(question('second'));
  await ground.until(() => ground.asked.length === 2);
  const edited = ground.runner.edit(ground.conversation.turns()[0]?.id ?? '', question('changed'));
  await ground.until(() => ground.asked.length === 3);
  ground.release();
  await Promise.all([all, edited]);
  assert.deepEqual(states(ground), ['changed: done']);
});

check('a stopped answer goes on where it ended', async ground => {
  const all = ground.runner.submit(question('first'));
  await ground.until(() => ground.conversation.turns()[0]?.text !== '');
  ground.runner.stop();
  await all;
  const on = ground.runner.goOn(ground.conversation.turns()[0]?.id ?? '');
  await ground.until(() => ground.asked.length === 2);
  ground.release();
  await on;
  assert.deepEqual(ground.asked, ['first 0', 'first 0 on first']);
  assert.equal(ground.conversation.turns()[0]?.text, 'on firston first.');
});

check('asked again, the old answer is gone', async ground => {
  const all = ground.runner.submit(question('first'));
  ground.release();
  await all;
  const again = ground.runner.regenerate(ground.conversation.turns()[0]?.id ?? '');
  await ground.until(() => ground.asked.length === 2 && ground.conversation.turns()[0]?.text !== '');
  assert.equal(ground.conversation.turns()[0]?.text, 'on first', 'before the new one is finished');
  ground.release();
  await again;
  assert.deepEqual(ground.conversation.turns().map(({ text }) => text), ['on first.']);
});

check('a failure fails its turn, and what waits is asked all the same', async ground => {
  const all = ground.runner.submit(question('crash'));
  await ground.runner.submit(question('second'));
  await ground.until(() => ground.asked.length === 2);
  ground.release();
  await all;
  assert.deepEqual(states(ground), ['crash: failed', 'second: done']);
  assert.equal(ground.conversation.turns()[0]?.failure?.message, 'The engine is gone.');
});

check('leaving the conversation stops all of it', async ground => {
  const all = ground.runner.submit(question('first'));
  await ground.runner.submit(question('second'));
  ground.runner.stopAll();
  await all;
  assert.deepEqual(states(ground), ['first: stopped', 'second: stopped']);
  assert.equal(ground.asked.length, 1);
});
