// LoRA adapters: what is refused before the native code sees it; `loraToGguf.test.ts` has one at work.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { checkAdapter } from '../../src/node/adapterCheck.ts';
import { chatModel, text, writeGguf, type SmallGguf } from './smallGguf.ts';

const sixteenAsFloat = 0x41800000;
const adapter: SmallGguf = {
  keys: [['general.type', text('adapter')], ['general.architecture', text('llama')], ['adapter.type', text('lora')], ['adapter.lora.alpha', { type: 6, value: sixteenAsFloat }]],
  tensors: [{ name: 'blk.0.attn_q.weight.lora_a', dimensions: [16, 4] }, { name: 'blk.0.attn_q.weight.lora_b', dimensions: [4, 16] }],
};
const model: SmallGguf = { ...chatModel, tensors: [...chatModel.tensors, { name: 'blk.0.attn_q.weight', dimensions: [16, 16] }] };
const otherKind = { ...model, keys: model.keys.map(([key, value]) => [key, key === 'general.architecture' ? text('qwen2') : value] as const) };
const otherSize = { ...model, tensors: [...chatModel.tensors, { name: 'blk.0.attn_q.weight', dimensions: [16, 32] }] };
/** The norm's weights are what `writeGguf` fills data with. */
const ownMark = createHash('sha256').update(Buffer.alloc(64, 1)).digest('hex');
const marked = (mark: string): SmallGguf => ({ ...adapter, keys: [...adapter.keys, ['general.base_model.0.name', text('Tiny')], ['halcyon.base.weights', text(mark)]] });

/** Checks an adapter of this content against a model: it is taken, or refused with the pattern. */
async function check(content: Buffer | string, against: SmallGguf, refusal?: RegExp): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-adapter-'));
  const [file, modelFile] = [path.join(folder, 'adapter.gguf'), path.join(folder, 'model.gguf')];
  fs.writeFileSync(file, content);
  fs.writeFileSync(modelFile, writeGguf(against));
  try {
    if (refusal === undefined) await checkAdapter(file, modelFile);
    else await assert.rejects(checkAdapter(file, modelFile), refusal);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

test('an adapter for the model is taken', () => check(writeGguf(adapter), model));
test('an adapter for another architecture is refused', () => check(writeGguf(adapter), otherKind, /made for another kind of model \(llama, and the model is qwen2\)/));
test('an adapter for a larger model of the family is refused', () => check(writeGguf(adapter), otherSize, /a model of another size: blk\.0\.attn_q\.weight does not fit/));
test('an adapter of layers that the model has not is refused', () => check(writeGguf(adapter), chatModel, /a model of another size/));
test('an adapter that was trained on these weights is taken', () => check(writeGguf(marked(ownMark)), model));
test('an adapter that was trained on other weights of the same shape is refused', () => check(writeGguf(marked('0'.repeat(64))), model, /trained on Tiny, whose weights are not those of this model/));
test('a model is no adapter', () => check(writeGguf(chatModel), model, /is no LoRA adapter/));
test('an adapter without one half of a pair is refused', () => check(writeGguf({ ...adapter, tensors: adapter.tensors.slice(1) }), model, /it is not whole/));
test('a text file is refused', () => check('no adapter', model, /adapter\.gguf cannot be used/));
test('a file that is not there is refused', () => assert.rejects(checkAdapter('/nowhere/adapter.gguf', '/nowhere/model.gguf'), /\/nowhere\/adapter\.gguf cannot be used/));
