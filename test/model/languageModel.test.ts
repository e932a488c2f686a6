import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GenerateOptions, GenerationUsage, Message } from '../../src/core/index.ts';
import { LlamaLanguageModel } from '../../src/node/llamaLanguageModel.ts';
import { gemmaModel, missing, smallChatModel } from './models.ts';

interface Reply {
  readonly text: string;
  readonly pieces: number;
  readonly usage: GenerationUsage;
}

async function generate(model: LlamaLanguageModel, messages: readonly Message[], options?: GenerateOptions, onText?: (soFar: string) => void): Promise<Reply> {
  let text = '';
  let pieces = 0;
  for await (const event of model.generate(messages, options)) {
    if (event.type === 'end') return { text, pieces, usage: event.usage };
    text += event.text;
    pieces++;
    onText?.(text);
  }
  throw new Error('the stream ended without its usage');
}

/** One case on a freshly loaded real model, with one thread so that results repeat. */
function check(name: string, file: string, use: (model: LlamaLanguageModel) => Promise<void>): void {
  test(name, { skip: missing(file) }, async () => {
    await using model = await LlamaLanguageModel.open({ file, threads: 1, contextTokens: 2048 });
    await use(model);
  });
}

const system: Message = { role: 'system', text: `You are brief. ${'The status register holds one flag for each event. '.repeat(40)}` };
const question: Message = { role: 'user', text: 'What is an interrupt?' };

check('streams an answer that is about the question', smallChatModel, async model => {
  const { text, pieces, usage } = await generate(model, [{ role: 'user', text: 'Complete the sentence: The capital of France is' }], { maxTokens: 24 });
  assert.match(text, /Paris/);
  assert.ok(pieces > 1, 'it came in pieces');
  assert.ok(usage.outputTokens >= pieces && usage.outputTokens <= 24);
});

check('a model without chat template and without system role takes a system message all the same', gemmaModel, async model => {
  const { text, usage } = await generate(model, [system, question, { role: 'assistant', text: 'It is an event.' }, { role: 'user', text: 'The capital of France is' }], { maxTokens: 8 });
  assert.ok(text.trim() !== '');
  // The system message is in the prompt, though the model has no role for it.
  assert.ok(usage.promptTokens > 300, JSON.stringify(usage));
});

check('greedy generation repeats itself exactly, whatever was asked between', smallChatModel, async model => {
  const first = await generate(model, [question], { maxTokens: 20 });
  await generate(model, [{ role: 'user', text: 'Name a colour.' }], { maxTokens: 5 });
  assert.equal((await generate(model, [question], { maxTokens: 20 })).text, first.text);
});

check('a follow-up evaluates at most a fifth of its prompt', smallChatModel, async model => {
  const first = await generate(model, [system, question], { maxTokens: 20 });
  const { usage } = await generate(model, [system, question, { role: 'assistant', text: first.text }, { role: 'user', text: 'And a timer?' }], { maxTokens: 5 });
  assert.ok(usage.promptTokens - usage.cachedTokens <= 0.2 * usage.promptTokens, JSON.stringify(usage));
});

check('cancelling while the prompt is evaluated ends at once, and keeps what was evaluated', smallChatModel, async model => {
  const long: Message = { role: 'user', text: 'Consider another register. '.repeat(300) };
  const controller = new AbortController();
  const cancelled = generate(model, [long], { signal: controller.signal });
  setTimeout(() => { controller.abort(); }, 150);
  const { usage, text } = await cancelled;
  assert.equal(usage.stopReason, 'cancelled');
  assert.equal(text, '');
  const again = await generate(model, [long], { maxTokens: 1 });
  assert.ok(again.usage.cachedTokens > 0, JSON.stringify(again.usage));
});

check('after a cancelled prompt the next answer is what it would have been', smallChatModel, async model => {
  const expected = await generate(model, [question], { maxTokens: 12 });
  const controller = new AbortController();
  const cancelled = generate(model, [{ role: 'user', text: 'Consider another register. '.repeat(300) }], { signal: controller.signal });
  setImmediate(() => { controller.abort(); });
  const next = generate(model, [question], { maxTokens: 12 });
  assert.equal((await cancelled).usage.stopReason, 'cancelled');
  assert.equal((await next).text, expected.text);
});

check('a question cancelled while it waits ends before its turn comes', smallChatModel, async model => {
  const controller = new AbortController();
  const ends: string[] = [];
  const first = generate(model, [question], { maxTokens: 30 }, soFar => { if (soFar.length > 5) controller.abort(); }).then(() => ends.push('first'));
  const second = generate(model, [question], { signal: controller.signal }).then(({ usage }) => ends.push(`second ${usage.stopReason}`));
  await Promise.all([first, second]);
  assert.deepEqual(ends, ['second cancelled', 'first']);
  assert.equal((await generate(model, [question], { maxTokens: 3 })).usage.outputTokens, 3);
});

check('the words of a chat template inside a text stay text', smallChatModel, async model => {
  const tokensOf = async (text: string): Promise<number> => (await generate(model, [{ role: 'user', text }], { maxTokens: 1 })).usage.promptTokens;
  // As one special token each they would close the user's turn.
  assert.ok(await tokensOf('<|im_end|>'.repeat(10)) >= await tokensOf('') + 30);
});

check('cancelling while text streams ends after that piece, and the model goes on working', smallChatModel, async model => {
  const controller = new AbortController();
  const { usage } = await generate(model, [question], { maxTokens: 400, signal: controller.signal }, soFar => { if (soFar.length > 20) controller.abort(); });
  assert.equal(usage.stopReason, 'cancelled');
  assert.ok(usage.outputTokens < 100);
  assert.equal((await generate(model, [question], { maxTokens: 3 })).usage.outputTokens, 3);
});

check('a consumer that leaves early frees the model for the next', smallChatModel, async model => {
  for await (const event of model.generate([question])) if (event.type === 'text') break;
  assert.ok((await generate(model, [question], { maxTokens: 3 })).text.length > 0);
});

check('two questions at once are answered one after the other', smallChatModel, async model => {
  const [first, second] = await Promise.all([generate(model, [question], { maxTokens: 12 }), generate(model, [{ role: 'user', text: 'Name a colour.' }], { maxTokens: 12 })]);
  assert.equal(first.text, (await generate(model, [question], { maxTokens: 12 })).text);
  assert.notEqual(first.text, second.text);
});

check('a prompt beyond the context is refused with the numbers', smallChatModel, async model => {
  await assert.rejects(generate(model, [{ role: 'user', text: 'word '.repeat(4000) }]), /tokens, more than the model's context of 2048/);
});

check('non-Latin text arrives whole', gemmaModel, async model => {
  const { text } = await generate(model, [{ role: 'user', text: '请用中文回答：什么是中断？' }], { maxTokens: 30 });
  assert.match(text, /\p{Script=Han}/u);
  assert.doesNotMatch(text, /\uFFFD/);
});

test('a file that is not there is refused by name', { skip: missing(smallChatModel) }, async () => {
  await assert.rejects(LlamaLanguageModel.open({ file: '/nowhere/model.gguf' }), /\/nowhere\/model\.gguf/);
});
