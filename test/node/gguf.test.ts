import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { checkGguf } from '../../src/node/gguf.ts';
import type { GgufMetadata } from '../../src/node/ggufModel.ts';
import { chatModel, integer, integers, strings, text, withKeys, writeGguf, type SmallGguf } from './smallGguf.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-gguf-'));
after(() => { fs.rmSync(folder, { recursive: true }); });

const whole = writeGguf(chatModel);

/** One content of a file → what the check must say about it: metadata, or a problem. */
function check(name: string, content: SmallGguf | Buffer | string, expected: Partial<GgufMetadata> | RegExp): void {
  test(name, async () => {
    const file = path.join(folder, `${name.replace(/\W/g, '-')}.gguf`);
    fs.writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : writeGguf(content));
    await expectCheck(file, expected);
  });
}

async function expectCheck(file: string, expected: Partial<GgufMetadata> | RegExp): Promise<void> {
  const result = await checkGguf(file);
  if (expected instanceof RegExp) {
    assert.ok(!result.ok, 'it passed');
    assert.match(result.problem, expected);
    assert.ok(result.problem.startsWith(file), 'it names the file');
    assert.match(result.problem, /(Choose|Download|Run|Change) [^.]*/, 'it names a remedy');
  } else {
    assert.ok(result.ok, result.ok ? '' : result.problem);
    assert.partialDeepStrictEqual(result.metadata, expected);
  }
}

check('describes a chat model', chatModel, { architecture: 'llama', name: 'Tiny', contextLength: 128, quantization: 'F32', hasChatTemplate: true, isEmbedder: false, embeddingLength: 16, parameters: 80, sizeBytes: whole.length });
check('counts keys and values of the layers: 2 layers, 2 heads, 4 elements each', chatModel, { cacheBytesPerToken: 2 * 2 * (4 + 4) * 2 });
check('adds up heads that differ from layer to layer', withKeys({ 'llama.attention.head_count_kv': integers(2, 1) }), { cacheBytesPerToken: 3 * (4 + 4) * 2 });
check('reads version 2 too', { ...chatModel, version: 2 }, { architecture: 'llama' });
check('knows a pretrained model by its missing template', withKeys({ 'tokenizer.chat_template': undefined }), { hasChatTemplate: false });
check('knows an embedder by its pooling', withKeys({ 'llama.pooling_type': integer(1) }), { isEmbedder: true });
check('knows a reranker', withKeys({ 'llama.pooling_type': integer(4) }), { isEmbedder: false, isReranker: true });
check('passes over a chat template of any length', withKeys({ 'tokenizer.chat_template': text('x'.repeat(3_000_000)) }), { hasChatTemplate: true });
check('keeps empty tokens apart', withKeys({ 'tokenizer.ggml.tokens': strings('', '', 'a', 'b') }), { architecture: 'llama' });

check('refuses an empty file', '', /is empty/);
check('refuses a text file', 'Dear diary,\n', /is a text file/);
check('refuses a web page', '<!DOCTYPE html><html>Sign in</html>', /is a web page/);
check('refuses what git-lfs left', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n', /git lfs pull/);
check('refuses a zip archive', Buffer.from('PK\u0003\u0004\u0000\u0000'), /zip archive/);
check('refuses the format before GGUF', Buffer.from('tjgg\u0003\u0000\u0000\u0000'), /old GGML format/);
check('refuses safetensors', Buffer.concat([Buffer.from([64, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{"__metadata__":{}}')]), /safetensors/);
check('refuses other bytes', Buffer.from([1, 2, 3, 250, 251]), /is not a GGUF model/);
check('refuses a header of four bytes', 'GGUF', /ends in the middle/);
check('refuses big-endian files', { ...chatModel, version: 0x0300_0000 }, /big-endian/);
check('refuses version 1', { ...chatModel, version: 1 }, /first, discontinued version/);
check('refuses versions to come', { ...chatModel, version: 9 }, /version 9/);

check('bounds the number of keys', { ...chatModel, claimedKeys: 2n ** 63n }, /claims to have 9223372036854775808 keys/);
check('bounds the number of tensors', { ...chatModel, claimedTensors: 2n ** 40n }, /claims to have \d+ tensors/);
check('bounds the length of a list', withKeys({ 'tokenizer.ggml.scores': { type: 9, element: 6, values: [], claimedLength: 2n ** 62n } }), /elements of "tokenizer.ggml.scores"/);
check('bounds a list by the file that holds it', withKeys({ 'tokenizer.ggml.tokens': { type: 9, element: 8, values: ['a'], claimedLength: 200n } }), /ends in the middle|bytes long|unknown type/);
check('refuses a key twice', { ...chatModel, keys: [...chatModel.keys, ['general.name', text('Again')]] }, /key "general.name" twice/);
check('refuses a key without a name', { ...chatModel, keys: [['', text('x')], ...chatModel.keys] }, /has no name/);
check('refuses a key with a zero byte, which would end the process', { ...chatModel, keys: [['\0key', text('x')], ...chatModel.keys] }, /zero byte/);
check('refuses an unknown type of value', withKeys({ odd: { type: 9, element: 77, values: [1] } }), /unknown type 77/);
check('refuses lists of lists', withKeys({ odd: { type: 9, element: 9, values: [1] } }), /unknown type 9/);

check('refuses a tensor twice', { ...chatModel, tensors: [...chatModel.tensors, { name: 'token_embd.weight', dimensions: [16] }] }, /tensor "token_embd.weight" twice/);
check('refuses a tensor name longer than the runtime takes', { ...chatModel, tensors: [{ name: 'n'.repeat(64), dimensions: [1] }] }, /64 bytes long/);
check('refuses five dimensions', { ...chatModel, tensors: [{ name: 'token_embd.weight', dimensions: [1, 1, 1, 1, 1] }] }, /5 dimensions/);
check('refuses an unknown type of tensor', { ...chatModel, tensors: [{ name: 'token_embd.weight', dimensions: [16, 4], type: 36 }] }, /unknown type 36/);
check('refuses rows that do not fill blocks', { ...chatModel, tensors: [{ name: 'token_embd.weight', dimensions: [16, 4], type: 12 }] }, /Q4_K cannot hold/);
check('refuses a tensor without elements, which would end the process', { ...chatModel, tensors: [...chatModel.tensors, { name: 'output_norm.weight', dimensions: [16, 0] }] }, /output_norm.weight" is empty/);
check('refuses tensors larger than any file', { ...chatModel, tensors: [{ name: 'token_embd.weight', dimensions: [2 ** 50, 2 ** 50], offset: 0 }], dataBytes: 0 }, /larger than any file/);
check('refuses a tensor with a gap before it', { ...chatModel, tensors: [{ name: 'token_embd.weight', dimensions: [16, 4], offset: 32 }] }, /does not follow/);
check('refuses an alignment that is no power of two', withKeys({ 'general.alignment': integer(48) }), /alignment is 48/);
check('refuses an alignment of zero', withKeys({ 'general.alignment': integer(0) }), /alignment is 0/);
check('refuses a file whose data was cut', { ...chatModel, dataBytes: 255 }, /not complete: \d+ of at least \d+ bytes/);
for (const length of [24, 40, 100, 300, 500]) check(`refuses a file cut after ${length} bytes`, whole.subarray(0, length), /ends in the middle|not complete/);

check('refuses a file without an architecture', withKeys({ 'general.architecture': undefined }), /does not say its architecture/);
check('refuses an adapter', withKeys({ 'general.type': text('adapter') }), /holds an adapter/);
check('refuses a vision projector', withKeys({ 'general.type': text('mmproj') }), /holds "mmproj"/);
check('refuses the second part of a model', withKeys({ 'split.no': integer(1), 'split.count': integer(3) }), /part 2 of 3/);
check('refuses a vocabulary without weights', { ...chatModel, tensors: [] }, /no weights/);
for (const key of ['context_length', 'embedding_length', 'block_count']) {
  check(`refuses a model without ${key}`, withKeys({ [`llama.${key}`]: undefined }), new RegExp(`llama.${key} is missing`));
  check(`refuses a model with a ${key} of zero`, withKeys({ [`llama.${key}`]: integer(0) }), new RegExp(`llama.${key} is missing or no positive`));
}
const attention = { ...chatModel, tensors: [...chatModel.tensors, { name: 'blk.0.attn_q.weight', dimensions: [16, 16] }, { name: 'blk.0.ffn_up.weight', dimensions: [16, 32] }] };
const forward = ['llama.feed_forward_length', integer(32)] as const;
check('accepts layers with their sizes', { ...attention, keys: [...attention.keys, forward] }, { architecture: 'llama' });
check('accepts sizes that differ from layer to layer', { ...attention, keys: [...attention.keys, ['llama.feed_forward_length', integers(32, 0)]] }, { architecture: 'llama' });
check('refuses attention without a number of heads, which would end the process', { ...attention, keys: [...attention.keys.filter(([key]) => key !== 'llama.attention.head_count'), forward] }, /head_count is missing/);
check('refuses layers without their inner size, which would end the process', attention, /feed_forward_length is missing/);
check('refuses layers whose inner sizes are all zero', { ...attention, keys: [...attention.keys, ['llama.feed_forward_length', integers(0, 0)]] }, /feed_forward_length is missing or no positive/);
check('refuses heads of no size', withKeys({ 'llama.attention.key_length': integer(0) }), /key_length is no positive number/);
check('refuses more heads than numbers for a token, which would end the process', withKeys({ 'llama.attention.head_count': integer(17) }), /head_count is 17/);
check('refuses an unknown pooling, which would end the process', withKeys({ 'llama.pooling_type': integer(77) }), /pooling_type is none/);
check('refuses more layers than the runtime takes', withKeys({ 'llama.block_count': integer(5000) }), /block_count is 5000/);
check('refuses more experts than the runtime takes', withKeys({ 'llama.expert_count': integer(5000) }), /expert_count is 5000/);
check('refuses a model without a vocabulary', withKeys({ 'tokenizer.ggml.tokens': undefined }), /no vocabulary/);
check('refuses a vocabulary of numbers', withKeys({ 'tokenizer.ggml.tokens': integers(1, 2, 3, 4) }), /no vocabulary/);
check('refuses a token twice, which would end the process', withKeys({ 'tokenizer.ggml.tokens': strings('<s>', 'é', 'a', 'é') }), /token "é" twice/);
check('takes tokens up to their zero byte, as the runtime does', withKeys({ 'tokenizer.ggml.tokens': strings('<s>', '</s>', 'a\0b', 'a\0c') }), /token "a" twice/);
check('refuses fewer token types than tokens', withKeys({ 'tokenizer.ggml.token_type': integers(1, 1) }), /token_type is shorter/);
check('refuses a vocabulary without its kind', withKeys({ 'tokenizer.ggml.model': undefined }), /how text becomes tokens/);
check('refuses byte pairs without merges', withKeys({ 'tokenizer.ggml.model': text('gpt2') }), /no merges/);

test('refuses a folder', () => expectCheck(folder, /is a folder/));
test('refuses what is not there', () => expectCheck(path.join(folder, 'missing.gguf'), /is not there/));
test('does not wait for a pipe', { skip: process.platform === 'win32' }, async () => {
  const pipe = path.join(folder, 'pipe.gguf');
  assert.equal(spawnSync('mkfifo', [pipe]).status, 0);
  await expectCheck(pipe, /not an ordinary file/);
});
test('says when a file may not be read', { skip: process.getuid?.() === 0 || process.platform === 'win32' ? 'root reads everything' : false }, async () => {
  const file = path.join(folder, 'forbidden.gguf');
  fs.writeFileSync(file, whole, { mode: 0 });
  await expectCheck(file, /may not be read/);
});
test('answers for every file that differs from a right one in one byte', async () => {
  const file = path.join(folder, 'changed.gguf');
  for (let index = 0; index < whole.length; index++) {
    const changed = Buffer.from(whole);
    changed[index] = 0xff;
    fs.writeFileSync(file, changed);
    const result = await checkGguf(file);
    assert.ok(result.ok || result.problem.startsWith(file), `byte ${index}`);
  }
});
