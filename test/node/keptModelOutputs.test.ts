import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { GenerateOptions, LanguageModel, Message } from '../../src/core/index.ts';
import { keepModelOutputs, modelIdentity } from '../../src/node/keptModelOutputs.ts';
import { temporaryFolder } from './storeFixtures.ts';

/** Counts how often it is asked; the text tells the count, so that a kept text is known from a new one. */
function countingModel(stopReason: 'end' | 'cancelled' = 'end'): LanguageModel {
  let asked = 0;
  return {
    info: { name: 'counting', contextTokens: 100 }, countTokens: async text => text.length,
    generate: async function* () {
      asked += 1;
      yield { type: 'text', text: `answer ${asked}` };
      yield { type: 'end', usage: { promptTokens: 1, cachedTokens: 0, outputTokens: 1, firstTokenMs: 1, totalMs: 1, stopReason } };
    },
  };
}

async function textOf(model: LanguageModel, question: string, options: GenerateOptions = {}): Promise<string> {
  const messages: Message[] = [{ role: 'user', text: question }];
  let text = '';
  for await (const event of model.generate(messages, options)) if (event.type === 'text') text += event.text;
  return text;
}

test('the same prompt is answered once, in another process too; another prompt, model or sampling is asked again', async context => {
  const folder = temporaryFolder(context);
  const counting = countingModel();
  const model = keepModelOutputs(counting, { folder, identity: 'a' });
  assert.equal(await textOf(model, 'q'), 'answer 1');
  assert.equal(await textOf(model, 'q', { maxTokens: 512, temperature: 0 }), 'answer 1', 'defaults are what they stand for');
  assert.equal(await textOf(keepModelOutputs(counting, { folder, identity: 'a' }), 'q'), 'answer 1');
  assert.equal(await textOf(model, 'other'), 'answer 2');
  assert.equal(await textOf(model, 'q', { maxTokens: 9 }), 'answer 3');
  assert.equal(await textOf(keepModelOutputs(counting, { folder, identity: 'b' }), 'q'), 'answer 4');
});

test('what is drawn by chance, or was stopped, is never kept', async context => {
  const folder = temporaryFolder(context);
  const warm = keepModelOutputs(countingModel(), { folder, identity: 'a' });
  assert.equal(await textOf(warm, 'q', { temperature: 0.7 }), 'answer 1');
  assert.equal(await textOf(warm, 'q', { temperature: 0.7 }), 'answer 2');
  await textOf(keepModelOutputs(countingModel('cancelled'), { folder, identity: 'c' }), 'q');
  assert.deepEqual(fs.readdirSync(folder), []);
});

test('a damaged entry is written anew', async context => {
  const folder = temporaryFolder(context);
  const model = keepModelOutputs(countingModel(), { folder, identity: 'a' });
  await textOf(model, 'q');
  for (const [round, damage] of ['', '[]', '{"a":1}', '[{"type":"text"}]', '[null]'].entries()) {
    fs.writeFileSync(path.join(folder, fs.readdirSync(folder)[0] ?? ''), damage);
    assert.equal(await textOf(model, 'q'), `answer ${round + 2}`, damage);
  }
});

test('a folder that cannot be written costs only the cache', async context => {
  const file = path.join(temporaryFolder(context), 'file');
  fs.writeFileSync(file, '');
  const model = keepModelOutputs(countingModel(), { folder: path.join(file, 'below'), identity: 'a' });
  assert.equal(await textOf(model, 'q'), 'answer 1');
  assert.equal(await textOf(model, 'q'), 'answer 2');
});

test('the folder is bounded', async context => {
  const folder = temporaryFolder(context);
  for (let index = 0; index < 12; index += 1) await textOf(keepModelOutputs(countingModel(), { folder, identity: 'a', mostEntries: 10 }), `q${index}`);
  assert.ok(fs.readdirSync(folder).length <= 10, String(fs.readdirSync(folder).length));
});

test('weights that changed are another model, and so is an adapter at another strength', async context => {
  const file = path.join(temporaryFolder(context), 'm.gguf');
  fs.writeFileSync(file, 'a');
  const one = await modelIdentity(file);
  assert.equal(await modelIdentity(file), one);
  assert.notEqual(await modelIdentity(file, [{ file }]), one);
  assert.notEqual(await modelIdentity(file, [{ file, scale: 0.5 }]), await modelIdentity(file, [{ file }]));
  fs.writeFileSync(file, 'ab');
  assert.notEqual(await modelIdentity(file), one);
});
