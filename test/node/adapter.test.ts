// LoRA adapters: what is refused before the native code sees it, and one at work in a real small model where it is cached.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { checkAdapter } from '../../src/node/adapterCheck.ts';
import { LlamaLanguageModel } from '../../src/node/llamaLanguageModel.ts';
import { findModel } from '../../src/node/modelChoice.ts';
import { chatModel, text, writeGguf, type SmallGguf } from './smallGguf.ts';

const sixteenAsFloat = 0x41800000;
const adapter: SmallGguf = {
  keys: [['general.type', text('adapter')], ['general.architecture', text('llama')], ['adapter.type', text('lora')], ['adapter.lora.alpha', { type: 6, value: sixteenAsFloat }]],
  tensors: [{ name: 'blk.0.attn_q.weight.lora_a', dimensions: [576, 4] }, { name: 'blk.0.attn_q.weight.lora_b', dimensions: [4, 576] }],
};

/** Runs `use` on a file with this content. */
async function check(content: Buffer | string, use: (file: string) => Promise<void>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-adapter-'));
  const file = path.join(folder, 'adapter.gguf');
  fs.writeFileSync(file, content);
  try {
    await use(file);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

test('an adapter for the model\'s architecture is taken', () => check(writeGguf(adapter), file => checkAdapter(file, 'llama')));
test('an adapter for another architecture is refused', () => check(writeGguf(adapter), file => assert.rejects(checkAdapter(file, 'qwen2'), /made for another kind of model \(llama, and the model is qwen2\)/)));
test('a model is no adapter', () => check(writeGguf(chatModel), file => assert.rejects(checkAdapter(file, 'llama'), /is no LoRA adapter/)));
test('an adapter without one half of a pair is refused', () => check(writeGguf({ ...adapter, tensors: adapter.tensors.slice(1) }), file => assert.rejects(checkAdapter(file, 'llama'), /it is not whole/)));
test('a text file is refused', () => check('no adapter', file => assert.rejects(checkAdapter(file, 'llama'), /adapter\.gguf cannot be used/)));
test('a file that is not there is refused', () => assert.rejects(checkAdapter('/nowhere/adapter.gguf', 'llama'), /\/nowhere\/adapter\.gguf cannot be used/));

const model = await findModel('chat', 'smollm2-135m').catch(() => undefined);
test('a model answers with an adapter', { skip: model === undefined && 'no model is cached' }, () => check(writeGguf(adapter), async file => {
  assert.ok(model !== undefined);
  await using loaded = await LlamaLanguageModel.open({ file: model, contextTokens: 256, adapters: [{ file }] });
  const events = await Array.fromAsync(loaded.generate([{ role: 'user', text: 'Say hello.' }], { maxTokens: 4 }));
  assert.ok(events.some(({ type }) => type === 'text'));
}));
