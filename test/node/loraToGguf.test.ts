// Adapters as PEFT saves them, made here, through the converter; one at work in a real small model where it is cached.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { checkAdapter } from '../../src/node/adapterCheck.ts';
import { LlamaLanguageModel } from '../../src/node/llamaLanguageModel.ts';
import { convertLora } from '../../src/node/loraToGguf.ts';
import { findModel } from '../../src/node/modelChoice.ts';
import { chatModel, text, writeGguf, type SmallGguf } from './smallGguf.ts';

interface Made {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly tensors?: Readonly<Record<string, MadeTensor>>;
  readonly base?: SmallGguf;
  /** Instead of the tensors. */
  readonly content?: Buffer;
}

interface MadeTensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** 16 wide, 4 heads of 4, 2 of them shared: `chatModel`. */
const base: SmallGguf = { ...chatModel, tensors: [...chatModel.tensors, { name: 'blk.0.attn_q.weight', dimensions: [16, 16] }, { name: 'blk.0.attn_k.weight', dimensions: [16, 8] }, { name: 'blk.0.attn_v.weight', dimensions: [16, 8] }, { name: 'blk.1.ffn_down.weight', dimensions: [32, 16] }] };
const qwen: SmallGguf = { ...base, keys: base.keys.map(([key, value]) => [key.replace(/^llama\./, 'qwen2.'), key === 'general.architecture' ? text('qwen2') : value] as const) };
const phi: SmallGguf = { ...base, keys: base.keys.map(([key, value]) => [key, key === 'general.architecture' ? text('phi3') : value] as const) };
const config = { peft_type: 'LORA', r: 1, lora_alpha: 2, bias: 'none', modules_to_save: null };

const pair = (module: string, columns: number, rows: number): Record<string, MadeTensor> => ({
  [`base_model.model.model.layers.${module}.lora_A.weight`]: { shape: [1, columns], values: numbers(columns) },
  [`base_model.model.model.layers.${module}.lora_B.weight`]: { shape: [rows, 1], values: numbers(rows) },
});

/** Converts; `expected` are the numbers of the halves that it names, or the refusal. */
async function check(made: Made, expected: RegExp | Readonly<Record<string, readonly number[]>>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-lora-'));
  try {
    const output = path.join(folder, 'out.gguf');
    fs.writeFileSync(path.join(folder, 'base.gguf'), writeGguf(made.base ?? base));
    fs.writeFileSync(path.join(folder, 'adapter_config.json'), JSON.stringify({ ...config, ...made.config }));
    fs.writeFileSync(path.join(folder, 'adapter_model.safetensors'), made.content ?? safetensors(made.tensors ?? {}));
    const conversion = convertLora({ folder, base: path.join(folder, 'base.gguf'), output });
    if (expected instanceof RegExp) {
      await assert.rejects(conversion, expected);
      assert.deepEqual(fs.readdirSync(folder).filter(name => name.startsWith('out')), [], 'nothing is left half-written');
      return;
    }
    await conversion;
    await checkAdapter(output, path.join(folder, 'base.gguf'));
    const bytes = fs.readFileSync(output);
    for (const [half, values] of Object.entries(expected)) assert.ok(bytes.includes(Buffer.from(half)) && bytes.includes(floats(values)), half);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

test('a Llama\'s queries are put pair by pair within each head', () => check({ tensors: pair('0.self_attn.q_proj', 16, 16) }, { 'blk.0.attn_q.weight.lora_a': numbers(16), 'blk.0.attn_q.weight.lora_b': [1, 3, 2, 4, 5, 7, 6, 8, 9, 11, 10, 12, 13, 15, 14, 16] }));
test('its keys by the heads that are shared', () => check({ tensors: pair('0.self_attn.k_proj', 16, 8) }, { 'blk.0.attn_k.weight.lora_b': [1, 3, 2, 4, 5, 7, 6, 8] }));
test('its values stay as they are', () => check({ tensors: pair('0.self_attn.v_proj', 16, 8) }, { 'blk.0.attn_v.weight.lora_b': numbers(8) }));
test('a Qwen\'s queries stay as they are', () => check({ base: qwen, tensors: pair('0.self_attn.q_proj', 16, 16) }, { 'blk.0.attn_q.weight.lora_b': numbers(16) }));
test('the feed-forward part has its names', () => check({ tensors: pair('1.mlp.down_proj', 32, 16) }, { 'blk.1.ffn_down.weight.lora_a': numbers(32) }));
test('an alpha of a module\'s own goes into its weights', () => check({ config: { alpha_pattern: { v_proj: 4 } }, tensors: pair('0.self_attn.v_proj', 16, 8) }, { 'blk.0.attn_v.weight.lora_b': numbers(8).map(value => value * 2) }));
test('an adapter for a wider model is refused', () => check({ tensors: pair('0.self_attn.v_proj', 32, 8) }, /made for another model: layers\.0\.self_attn\.v_proj does not fit 16 × 8 weights/));
test('an adapter for a deeper model is refused', () => check({ tensors: pair('7.self_attn.v_proj', 16, 8) }, /does not fit any of its weights/));
test('an architecture that is not known is refused', () => check({ base: phi, tensors: pair('0.self_attn.v_proj', 16, 8) }, /the layout of phi3 models is not known here/));
test('a DoRA adapter is refused', () => check({ config: { use_dora: true }, tensors: pair('0.self_attn.v_proj', 16, 8) }, /uses DoRA, which llama\.cpp does not know; merge it/));
test('(IA)³ is no LoRA', () => check({ config: { peft_type: 'IA3' } }, /it is a IA3 adapter, and llama\.cpp takes only LoRA/));
test('embeddings that were trained beside are refused', () => check({ tensors: { 'base_model.model.model.embed_tokens.weight': { shape: [1], values: [1] } } }, /trains base_model\.model\.model\.embed_tokens\.weight, which an adapter for llama\.cpp cannot hold/));
test('half a pair is refused', () => check({ tensors: Object.fromEntries(Object.entries(pair('0.self_attn.v_proj', 16, 8)).slice(0, 1)) }, /the other half of .* is missing/));
test('an empty adapter is refused', () => check({}, /it is not whole/));
test('a file that was cut off is refused', () => check({ content: safetensors(pair('0.self_attn.v_proj', 16, 8)).subarray(0, -4) }, /is not whole/));
test('a file of zeros is refused', () => check({ content: Buffer.alloc(64) }, /no safetensors file/));
test('a header that claims the world is refused', () => check({ content: Buffer.alloc(64, 0xff) }, /no safetensors file/));
test('a folder without an adapter is refused', () => assert.rejects(convertLora({ folder: '/nowhere', base: '/nowhere/base.gguf', output: '/nowhere/out.gguf' }), /base\.gguf cannot be the adapter's model/));

const smollm = await findModel('chat', 'smollm2-135m').catch(() => undefined);
test('a real model answers otherwise with a converted adapter, and as before with one that changes nothing', { skip: smollm === undefined && 'no model is cached' }, async () => {
  assert.ok(smollm !== undefined);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-lora-'));
  try {
    fs.writeFileSync(path.join(folder, 'adapter_config.json'), JSON.stringify(config));
    const answers: string[] = [];
    for (const strength of [undefined, 0, 2]) {
      const file = path.join(folder, 'out.gguf');
      if (strength !== undefined) {
        const all = Array.from({ length: 30 }, (_, layer) => ({ [`base_model.model.model.layers.${layer}.self_attn.q_proj.lora_A.weight`]: { shape: [1, 576], values: numbers(576).map(Math.sin) }, [`base_model.model.model.layers.${layer}.self_attn.q_proj.lora_B.weight`]: { shape: [576, 1], values: numbers(576).map(value => Math.cos(value) * strength) } }));
        fs.writeFileSync(path.join(folder, 'adapter_model.safetensors'), safetensors(Object.assign({}, ...all) as Record<string, MadeTensor>));
        await convertLora({ folder, base: smollm, output: file });
        await checkAdapter(file, smollm);
      }
      await using loaded = await LlamaLanguageModel.open({ file: smollm, contextTokens: 256, ...(strength !== undefined && { adapters: [{ file }] }) });
      const events = await Array.fromAsync(loaded.generate([{ role: 'user', text: 'What is the capital of France?' }], { maxTokens: 12 }));
      answers.push(events.map(event => (event.type === 'text' ? event.text : '')).join(''));
    }
    assert.equal(answers[1], answers[0]);
    assert.notEqual(answers[2], answers[0]);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function safetensors(tensors: Readonly<Record<string, MadeTensor>>): Buffer {
  let offset = 0;
  const header = Object.fromEntries(Object.entries(tensors).map(([name, { shape, values }]) => [name, { dtype: 'F32', shape, data_offsets: [offset, offset += values.length * 4] }]));
  const json = Buffer.from(JSON.stringify({ __metadata__: { format: 'pt' }, ...header }));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([size, json, ...Object.values(tensors).map(({ values }) => floats(values))]);
}

function floats(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes;
}
