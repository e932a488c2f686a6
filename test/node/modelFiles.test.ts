// Model files brought in, verified and deleted, on a real disk.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { listModels, type ListedModel } from '../../src/node/modelCatalog.ts';
import { deleteModel, importModel, modelsDiskBytes, verifyModel } from '../../src/node/modelFiles.ts';
import { chatModel, writeGguf } from './smallGguf.ts';

const chat = writeGguf(chatModel);

/** Runs `use` on a models folder that holds these files. */
async function check(files: Readonly<Record<string, Buffer | string>>, use: (folder: string, model: (id: string) => Promise<ListedModel>) => Promise<void>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-models-'));
  try {
    for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content);
    await use(folder, async id => {
      const model = (await listModels({ folder })).find(each => each.id === id);
      assert.ok(model !== undefined);
      return model;
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

test('a file whose hash is the publisher\'s is verified', () => check({ 'mine.gguf': chat }, async (_, model) => {
  assert.deepEqual(await verifyModel({ ...await model('mine'), sha256: createHash('sha256').update(chat).digest('hex') }), { id: 'mine', ok: true, hashMatches: true });
}));
test('a file that is not the publisher\'s is told', () => check({ 'qwen2.5-coder-1.5b-instruct-q4_k_m.gguf': chat }, async (_, model) => {
  const found = await verifyModel(await model('qwen2.5-coder-1.5b'));
  assert.equal(found.hashMatches, false);
  assert.match(found.problem ?? '', /SHA-256 differs\. Delete it and download it again/);
}));
test('a file of the user without a known hash is verified by its structure', () => check({ 'mine.gguf': chat }, async (_, model) => { assert.deepEqual(await verifyModel(await model('mine')), { id: 'mine', ok: true }); }));
test('a broken file is told', () => check({ 'broken.gguf': chat.subarray(0, 100) }, async (_, model) => { assert.match((await verifyModel(await model('broken'))).problem ?? '', /broken\.gguf/); }));
test('a model that is not here is told', () => check({}, async (_, model) => { assert.match((await verifyModel(await model('qwen2.5-coder-7b'))).problem ?? '', /is not on this machine/); }));
test('deleting takes what belongs to a file and tells what became free', () => check({ 'mine.gguf': chat, 'mine.gguf.partial': 'half', '.mine.gguf.verified': '12', 'other.gguf': chat }, async (folder, model) => {
  assert.equal(await deleteModel(await model('mine'), folder), chat.length + 6);
  assert.deepEqual(fs.readdirSync(folder), ['other.gguf']);
}));
test('deleting what is not here is told', () => check({}, async (folder, model) => { await assert.rejects(deleteModel(await model('qwen2.5-coder-7b'), folder), /nothing to delete/); }));
test('a file is brought in, and listed', () => check({ 'outside.txt': '' }, async folder => {
  const models = path.join(folder, 'models');
  fs.writeFileSync(path.join(folder, 'new.gguf'), chat);
  assert.deepEqual(await importModel(path.join(folder, 'new.gguf'), models), { path: path.join(models, 'new.gguf') });
  assert.ok((await listModels({ folder: models })).some(({ id, cached }) => id === 'new' && cached));
  await assert.rejects(importModel(path.join(folder, 'new.gguf'), models), /is among the models already/);
  assert.deepEqual(fs.readdirSync(models), ['new.gguf']);
}));
test('a broken file is not brought in', () => check({ 'broken.gguf': 'no model' }, async folder => {
  await assert.rejects(importModel(path.join(folder, 'broken.gguf'), path.join(folder, 'models')), /broken\.gguf is a text file, not a model/);
  assert.equal(fs.existsSync(path.join(folder, 'models')), false);
}));
test('the disk that the folder takes counts every file', () => check({ 'a.gguf': chat, 'b.gguf.partial': 'half' }, async folder => {
  assert.equal(await modelsDiskBytes(folder), chat.length + 4);
  assert.equal(await modelsDiskBytes(path.join(folder, 'none')), 0);
}));
