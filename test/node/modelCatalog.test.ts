import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { neededMemoryBytes, type MemoryDemand } from '../../src/node/neededMemory.ts';
import { listModels, type ListedModel } from '../../src/node/modelCatalog.ts';
import { chatModel, integer, withKeys, writeGguf } from './smallGguf.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-catalog-'));
after(() => { fs.rmSync(root, { recursive: true }); });

/** Files in a models folder, and an id → what the list says of it; undefined when it must not be listed. */
function check(name: string, files: Readonly<Record<string, Buffer | string>>, expected: Readonly<Record<string, Partial<ListedModel> | undefined>>): void {
  test(name, async () => {
    const folder = fs.mkdtempSync(path.join(root, 'models-'));
    for (const [fileName, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, fileName), content);
    const models = await listModels({ folder });
    for (const [id, wanted] of Object.entries(expected)) {
      const model = models.find(listed => listed.id === id);
      if (wanted === undefined) assert.equal(model, undefined);
      else assert.partialDeepStrictEqual(model, wanted);
      if (model?.cached === true) assert.equal(model.path, path.join(folder, model.fileName));
    }
  });
}

const chat = writeGguf(chatModel);

check('offers a chat model and an embedder in an empty folder', {}, {
  'qwen2.5-coder-7b': { role: 'chat', isDefault: true, cached: false },
  'all-minilm-l6-v2': { role: 'embedder', isDefault: true, cached: false },
  'smollm2-135m': undefined,
});
check('finds a catalogued model, with the size it has on disk', { 'qwen2.5-coder-1.5b-instruct-q4_k_m.gguf': chat }, { 'qwen2.5-coder-1.5b': { cached: true, sizeBytes: chat.length } });
check('tells how much of a download is there', { 'qwen2.5-coder-1.5b-instruct-q4_k_m.gguf.partial': chat }, { 'qwen2.5-coder-1.5b': { cached: false, partialBytes: chat.length, sizeBytes: 1_117_320_768 } });
check('shows the models of the tests when they are there', { 'SmolLM2-135M-Instruct-Q4_1.gguf': chat }, { 'smollm2-135m': { cached: true, license: 'Apache-2.0' } });
check('finds a chat model of the user', { 'mine.gguf': chat }, { mine: { role: 'chat', cached: true, contextTokens: 128, followsInstructions: true, sizeBytes: chat.length } });
check('finds an embedder of the user', { 'vectors.gguf': writeGguf(withKeys({ 'llama.pooling_type': integer(1) })) }, { vectors: { role: 'embedder', cached: true } });
check('tells a pretrained model apart', { 'base.gguf': writeGguf(withKeys({ 'tokenizer.chat_template': undefined })) }, { base: { role: 'chat', followsInstructions: false } });
check('leaves rerankers out', { 'rank.gguf': writeGguf(withKeys({ 'llama.pooling_type': integer(4) })) }, { rank: undefined });
check('lists an unusable file with its problem, not as cached', { 'cut.gguf': chat.subarray(0, 200) }, { cut: { cached: false } });
check('lists a model in several files once', { 'big-00001-of-00002.gguf': chat, 'big-00002-of-00002.gguf': chat }, { 'big-00001-of-00002': { cached: true }, 'big-00002-of-00002': undefined });
check('ignores other files', { 'notes.txt': 'x', '.mine.gguf.verified': 'x' }, { 'notes.txt': undefined, notes: undefined });

test('an unusable file names what is wrong', async () => {
  const folder = fs.mkdtempSync(path.join(root, 'models-'));
  fs.writeFileSync(path.join(folder, 'page.gguf'), '<html>');
  const page = (await listModels({ folder })).find(({ id }) => id === 'page');
  assert.match(page?.problem ?? '', /page\.gguf is a web page/);
});

test('a file is checked again when it has changed', async () => {
  const folder = fs.mkdtempSync(path.join(root, 'models-'));
  const file = path.join(folder, 'growing.gguf');
  fs.writeFileSync(file, chat.subarray(0, 300));
  const cached = async () => (await listModels({ folder })).find(({ id }) => id === 'growing')?.cached;
  assert.equal(await cached(), false);
  fs.writeFileSync(file, chat);
  assert.equal(await cached(), true);
});

test('a folder that does not exist is an empty one', async () => {
  const models = await listModels({ folder: path.join(root, 'nowhere') });
  assert.ok(models.length > 0 && models.every(({ cached }) => !cached));
});

test('every download is complete, encrypted, hashed, and has a name of its own', async () => {
  const models = await listModels({ folder: path.join(root, 'nowhere') });
  for (const { id, url, fileName, sha256, sizeBytes, license } of models) {
    assert.ok(url?.startsWith('https://huggingface.co/') === true && url.endsWith(`/${fileName}`), id);
    assert.match(sha256 ?? '', /^[0-9a-f]{64}$/, id);
    assert.ok(sizeBytes > 1e6 && license !== '', id);
  }
  assert.equal(new Set(models.map(({ id }) => id)).size, models.length);
  assert.deepEqual(models.filter(({ isDefault }) => isDefault).map(({ role }) => role).sort(), ['chat', 'embedder']);
});

/** What a model takes, in gigabytes. */
function checkMemory(name: string, demand: MemoryDemand, [atLeast, atMost]: readonly [number, number]): void {
  test(name, () => {
    const needed = neededMemoryBytes(demand) / 1e9;
    assert.ok(needed >= atLeast && needed <= atMost, `${needed} GB`);
  });
}

const gibibyte = 2 ** 30 / 1e9;
checkMemory('a 7B in Q4_K_M takes what was measured', { fileBytes: 4_683_073_536, contextTokens: 8192, metadata: { cacheBytesPerToken: 57_344 } }, [7.8 * gibibyte, 8.0 * gibibyte]);
checkMemory('without metadata the estimate is near', { fileBytes: 4_683_073_536, contextTokens: 8192 }, [7.8 * gibibyte, 8.1 * gibibyte]);
checkMemory('weights that are not repacked count once', { fileBytes: 1e9, contextTokens: 0, metadata: { repackedBytes: 0 } }, [1.0, 1.2]);
checkMemory('an embedder keeps no cache', { fileBytes: 25e6, contextTokens: 512, metadata: { repackedBytes: 0, isEmbedder: true, cacheBytesPerToken: 1e6 } }, [0.02, 0.1]);
