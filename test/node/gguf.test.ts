// What is refused here would end the process if it reached the native runtime.
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { checkGguf } from '../../src/node/gguf.ts';
import { ggufFile, llamaTensors, withEntries, type GgufParts } from './ggufFile.ts';

let folder = '';
before(async () => { folder = await fs.mkdtemp(path.join(os.tmpdir(), 'halcyon-gguf-')); });
after(async () => { await fs.rm(folder, { recursive: true }); });

/** Writes a file, checks it, and compares the sentence; no sentence: it must pass. */
function check(name: string, content: Buffer | string | GgufParts, problem?: RegExp): void {
  test(name, async () => {
    const file = path.join(folder, 'model.gguf');
    await fs.writeFile(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : ggufFile(content));
    const found = await checkGguf(file);
    if (problem === undefined) {
      assert.deepEqual(found.ok ? undefined : found.problem, undefined);
      return;
    }
    assert.ok(!found.ok, 'it passed');
    assert.match(found.problem, problem);
    assert.ok(found.problem.startsWith(file), 'the sentence names the file');
    assert.match(found.problem, /\. (Download|Choose|Run) /, 'the sentence ends with the remedy');
  });
}

check('a whole small model passes', {});
check('version 2 of the format passes', { version: 2 });

// Other things than models
check('an empty file is told', '', /is empty/);
check('a page of HTML is told', '<!DOCTYPE html><html><body>Sign in</body></html>', /web page/);
check('a text file is told', 'hello, world\n', /text file/);
check('a git-lfs pointer is told, with its remedy', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 4683073184\n', /git lfs pull/);
check('a zip archive is told', Buffer.from('PK\x03\x04\x14\x00\x00\x00', 'latin1'), /zip archive/);
check('a safetensors file is told', Buffer.concat([Buffer.from([64, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{"embeddings.weight":{"dtype":"F32"}}')]), /safetensors/);
check('a file of the time before GGUF is told', Buffer.from('tjgg\x01\x00\x00\x00', 'latin1'), /old GGML/);
check('any other binary file is told', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), /not a GGUF model/);
check('four letters are not a model', 'GGUF', /ends in the middle of its header/);

// The header's own form
check('a big-endian file is told', { version: 0x03000000 }, /big-endian/);
check('version 1 is told', { version: 1 }, /discontinued/);
check('a later version is told', { version: 4 }, /newer/);
check('a count of tensors beyond reason', { claimedTensors: 2n ** 63n }, /claims to have .* tensors/);
check('a count of keys beyond reason', { claimedEntries: 2n ** 64n - 1n }, /claims to have .* keys/);
check('more keys claimed than there are', { claimedEntries: 20 }, /cannot be used/);
check('a key twice', { entries: [...withEntries({}), ['general.name', 'string', 'again']] }, /key "general\.name" twice/);
check('a list longer than the file', { entries: withEntries({ 'tokenizer.ggml.scores': ['array', { of: 'float32', items: [0], claimedLength: 1e9 }] }) }, /elements of|middle of its header/);
check('a key without name', { entries: [['', 'uint32', 1], ...withEntries({})] }, /has no name/);
check('control characters in names stay out of the sentence', { entries: [['a\u001b[31m', 'uint32', 1], ['a\u001b[31m', 'uint32', 1]] }, /"a\?\[31m" twice/);
for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) check(`a download that ended at ${share * 100} %`, ggufFile().subarray(0, Math.floor(ggufFile().length * share)), /middle of its header|not complete/);
check('a last tensor that is cut short', { dataBytes: 100 }, /not complete: \d+ of at least \d+ bytes/);

// Tensors
const [first, second] = llamaTensors;
assert.ok(first !== undefined && second !== undefined);
check('a tensor twice', { tensors: [first, second, first] }, /tensor "token_embd\.weight" twice/);
check('an unknown tensor type', { tensors: [{ ...first, type: 99 }, second] }, /unknown type 99/);
check('a removed tensor type', { tensors: [{ ...first, type: 4 }, second] }, /unknown type 4/);
check('rows that blocks cannot divide', { tensors: [{ ...first, type: 8 }, second] }, /rows of 8 elements, which the type Q8_0 cannot hold/);
check('five dimensions', { tensors: [{ ...first, dimensions: [1, 1, 1, 1, 1] }, second] }, /5 dimensions/);
check('a product of dimensions that overflows', { tensors: [{ ...first, dimensions: [2 ** 40, 2 ** 40] }, second], dataBytes: 0 }, /larger than any file/);
check('tensors that overlap', { tensors: [first, { ...second, offset: 0 }] }, /does not follow/);
check('a tensor name longer than the runtime takes', { tensors: [first, { ...second, name: 'n'.repeat(200) }] }, /200 bytes long/);
check('an alignment that is no power of two', { entries: withEntries({ 'general.alignment': ['uint32', 24] }) }, /alignment is 24/);
check('an alignment of zero', { entries: withEntries({ 'general.alignment': ['uint32', 0] }) }, /alignment is 0/);

// What kind of model it is
check('no architecture', { entries: withEntries({ 'general.architecture': undefined }) }, /does not say its architecture/);
check('an adapter is no model', { entries: withEntries({ 'general.type': ['string', 'adapter'] }) }, /holds an adapter/);
check('a later part of a split model', { entries: withEntries({ 'split.no': ['uint16', 1] }) }, /part 2 of/);
check('a model of pictures', { tensors: [{ name: 'v.patch_embd.weight', dimensions: [8] }] }, /no weights of a language model/);
check('a missing size', { entries: withEntries({ 'llama.embedding_length': undefined }) }, /llama\.embedding_length is missing/);
check('no layers', { entries: withEntries({ 'llama.block_count': ['uint32', 0] }) }, /llama\.block_count is missing or no positive/);
check('more layers than the runtime takes', { entries: withEntries({ 'llama.block_count': ['uint32', 5000] }) }, /block_count is 5000/);

// The vocabulary
check('no vocabulary', { entries: withEntries({ 'tokenizer.ggml.tokens': undefined }) }, /no vocabulary/);
check('a token twice', { entries: withEntries({ 'tokenizer.ggml.tokens': ['array', { of: 'string', items: ['<unk>', '<s>', '<s>', 'a'] }] }) }, /token "<s>" twice/);
check('fewer scores than tokens', { entries: withEntries({ 'tokenizer.ggml.scores': ['array', { of: 'float32', items: [0, 0] }] }) }, /scores is shorter/);
check('pairs of bytes without merges', { entries: withEntries({ 'tokenizer.ggml.model': ['string', 'gpt2'] }) }, /no merges/);

test('a chat model, a pretrained model, an embedder and a reranker are told apart', async () => {
  const file = path.join(folder, 'kind.gguf');
  const kindOf = async (parts: GgufParts): Promise<string> => {
    await fs.writeFile(file, ggufFile(parts));
    const found = await checkGguf(file);
    assert.ok(found.ok);
    const { isEmbedder, isReranker, hasChatTemplate } = found.metadata;
    return [isEmbedder && 'embedder', isReranker && 'reranker', hasChatTemplate && 'template'].filter(Boolean).join(' ');
  };
  assert.equal(await kindOf({}), 'template');
  assert.equal(await kindOf({ entries: withEntries({ 'tokenizer.chat_template': undefined }) }), '');
  assert.equal(await kindOf({ entries: withEntries({ 'tokenizer.chat_template': undefined, 'llama.pooling_type': ['uint32', 1] }) }), 'embedder');
  assert.equal(await kindOf({ entries: withEntries({ 'tokenizer.chat_template': undefined, 'llama.pooling_type': ['uint32', 4] }) }), 'reranker');
});

test('size, quantisation and cache are read', async () => {
  const file = path.join(folder, 'sizes.gguf');
  await fs.writeFile(file, ggufFile({ entries: withEntries({ 'general.file_type': ['uint32', 15] }) }));
  const found = await checkGguf(file);
  assert.ok(found.ok);
  const { architecture, name, contextLength, quantization, parameters, embeddingLength, sizeBytes, cacheBytesPerToken } = found.metadata;
  // One layer, one cached head of four elements, keys and values, two bytes each.
  assert.deepEqual({ architecture, name, contextLength, quantization, parameters, embeddingLength, sizeBytes, cacheBytesPerToken },
    { architecture: 'llama', name: 'tiny', contextLength: 128, quantization: 'Q4_K_M', parameters: 40, embeddingLength: 8, sizeBytes: ggufFile().length, cacheBytesPerToken: 16 });
});

test('a file that is not there, a folder, and a pipe', async () => {
  const problemOf = async (file: string): Promise<string> => {
    const found = await checkGguf(file);
    assert.ok(!found.ok);
    return found.problem;
  };
  assert.match(await problemOf(path.join(folder, 'none.gguf')), /is not there/);
  assert.match(await problemOf(folder), /is a folder/);
  if (process.platform === 'linux') assert.match(await problemOf('/dev/null'), /not an ordinary file/);
});

test('a file that may not be read', { skip: process.getuid?.() === 0 || process.platform === 'win32' ? 'permissions do not hold for this user' : false }, async () => {
  const file = path.join(folder, 'locked.gguf');
  await fs.writeFile(file, ggufFile(), { mode: 0o000 });
  const found = await checkGguf(file);
  assert.ok(!found.ok && /may not be read/.test(found.problem));
});
