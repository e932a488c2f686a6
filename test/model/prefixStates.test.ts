// A system message that was read once is not read again after a start, whatever became of its file meanwhile.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { GenerationUsage, Message } from '../../src/core/index.ts';
import { LlamaLanguageModel } from '../../src/node/llamaLanguageModel.ts';
import { openPrefixStates } from '../../src/node/prefixStates.ts';
import { gemmaModel, missing, smallChatModel } from './models.ts';

const system: Message = { role: 'system', text: `You are brief. ${'The status register holds one flag for each event. '.repeat(20)}` };
const question: Message = { role: 'user', text: 'What is an interrupt?' };

/** Opens the model as a start does, lets `use` ask it, and unloads it. */
async function start<T>(file: string, folder: string, use: (model: LlamaLanguageModel) => Promise<T>): Promise<T> {
  await using model = await LlamaLanguageModel.open({ file, threads: 1, contextTokens: 1024, prefixStates: openPrefixStates(folder) });
  return await use(model);
}

async function ask(model: LlamaLanguageModel, messages: readonly Message[] = [system, question]): Promise<GenerationUsage & { text: string }> {
  let text = '';
  for await (const event of model.generate(messages, { maxTokens: 8 })) {
    if (event.type === 'end') return { ...event.usage, text };
    text += event.text;
  }
  throw new Error('the stream ended without its usage');
}

function check(name: string, file: string, use: (folder: string) => Promise<void>): void {
  test(name, { skip: missing(file) }, async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-states-'));
    try {
      await use(folder);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
}

for (const file of [smallChatModel, gemmaModel]) check(`${path.basename(file)}: after a start only what is new is read, and the answer is the same`, file, async folder => {
  const first = await start(file, folder, model => ask(model));
  assert.equal(first.cachedTokens, 0);
  const second = await start(file, folder, model => ask(model));
  assert.ok(second.promptTokens - second.cachedTokens <= 0.2 * second.promptTokens, JSON.stringify(second));
  assert.equal(second.text, first.text);
});

check('what was prepared is not read again by the first question, nor after a start', smallChatModel, async folder => {
  const prepared = await start(smallChatModel, folder, async model => {
    await model.prepare([system]);
    return ask(model);
  });
  assert.ok(prepared.cachedTokens > 0.8 * prepared.promptTokens, JSON.stringify(prepared));
  const later = await start(smallChatModel, folder, model => ask(model));
  assert.equal(later.cachedTokens, prepared.cachedTokens);
});

check('preparing takes nothing from a conversation', smallChatModel, async folder => {
  await start(smallChatModel, folder, async model => {
    const { text } = await ask(model);
    await model.prepare([{ role: 'system', text: 'Another beginning.' }]);
    const next = await ask(model, [system, question, { role: 'assistant', text }, { role: 'user', text: 'And a timer?' }]);
    assert.ok(next.promptTokens - next.cachedTokens <= 0.2 * next.promptTokens, JSON.stringify(next));
  });
});

check('a changed state is read anew, and the answer is the same', smallChatModel, async folder => {
  const first = await start(smallChatModel, folder, model => ask(model));
  for (const name of fs.readdirSync(folder)) fs.truncateSync(path.join(folder, name), 100_000);
  const second = await start(smallChatModel, folder, model => ask(model));
  assert.equal(second.cachedTokens, 0);
  assert.equal(second.text, first.text);
  assert.ok((await start(smallChatModel, folder, model => ask(model))).cachedTokens > 0, 'and it is kept again');
});

check('another system message has a state of its own', smallChatModel, async folder => {
  await start(smallChatModel, folder, model => ask(model));
  const other = await start(smallChatModel, folder, model => ask(model, [{ ...system, text: system.text.replace('brief', 'a poet') }, question]));
  assert.equal(other.cachedTokens, 0);
  assert.equal(fs.readdirSync(folder).length, 2);
});
