// What the model reads ahead is how the first question begins; else it has read for nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LanguageModel, Message, ModelOrReason } from '../../../src/core/model/languageModel.ts';
import { createEngine, type LocalEngine } from '../../../src/core/session/createEngine.ts';
import { memoryHost } from '../../memoryHost.ts';
import { quotingModel } from '../answer/quotingModel.ts';
import { fixtureText } from '../graph/factsOf.ts';

const files = { 'AX32.svd': fixtureText('fictional-mcu', 'AX32.svd'), '.halcyon/prompts/answer.md': 'Answer like a pirate.\n---\n{{question}}\n' };

/** An engine of a chip and no index, with what there is of a model. */
function engineWith(opened: ModelOrReason, isTrusted = true): LocalEngine {
  const none = async (): Promise<never> => Promise.reject(new Error('There is none.'));
  return createEngine({
    host: memoryHost(files), parser: none, index: none, languageModel: async () => opened, embedder: async () => undefined,
    hardwareChoice: async () => ({ svd: 'AX32.svd' }), trustsWorkspace: () => isTrusted,
  });
}

/** A model that keeps what it was sent, ahead and for an answer. */
function listening(): { readonly model: LanguageModel; readonly ahead: Message[][]; readonly asked: Message[][] } {
  const model = quotingModel({ contextTokens: 8192 });
  const ahead: Message[][] = [];
  const asked: Message[][] = [];
  return {
    ahead, asked, model: {
      ...model, prepare: async messages => { ahead.push([...messages]); },
      generate: (messages, options) => { asked.push([...messages]); return model.generate(messages, options); },
    },
  };
}

for (const isTrusted of [true, false]) {
  test(`what is read ahead is what the first question begins with, in a workspace that is ${isTrusted ? '' : 'not '}trusted`, async () => {
    const { model, ahead, asked } = listening();
    const engine = engineWith({ model }, isTrusted);
    await engine.prepareModel();
    await Array.fromAsync(engine.ask({ question: 'What is the pump for?' }));
    assert.deepEqual(ahead.map(messages => messages.map(({ role }) => role)), [['system']]);
    assert.deepEqual(asked[0]?.slice(0, 1), ahead[0]);
    assert.match(ahead[0]?.[0]?.text ?? '', /AX32/);
    assert.equal(ahead[0]?.[0]?.text.includes('pirate'), isTrusted);
  });
}

test('a model that reads nothing ahead, and none at all, are no failure', async () => {
  await engineWith({ model: quotingModel() }).prepareModel();
  await engineWith({ problem: { file: '', message: 'No model is there.' } }).prepareModel();
});
