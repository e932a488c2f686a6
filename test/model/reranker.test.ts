// The ranking model's adapter, with real weights under a made-up head: see rankingModel.ts.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { grammarsFolder } from '../../src/node/folders.ts';
import { LlamaReranker } from '../../src/node/llamaReranker.ts';
import { openEngine } from '../../src/node/openEngine.ts';
import { embedderModel, missing } from './models.ts';
import { writeRankingModel } from './rankingModel.ts';

const skip = missing(embedderModel);
let folder = '';
let model = '';

before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-reranker-'));
  model = path.join(folder, 'ranking.gguf');
  if (skip === false) await writeRankingModel(embedderModel, model);
});
after(() => { fs.rmSync(folder, { recursive: true, force: true }); });

async function check(passages: readonly string[], expected: (scores: readonly number[]) => void): Promise<void> {
  await using reranker = await LlamaReranker.open({ file: model, threads: 2 });
  const scores = await reranker.rank('where is the overrun flag cleared', passages);
  assert.equal(scores.length, passages.length);
  for (const score of scores) assert.ok(score >= 0 && score <= 1, String(score));
  expected(scores);
}

const overrun = 'The UART lost a byte because the receive buffer overran.';
const cat = 'The cat sleeps on the warm window sill.';

test('each passage has a score of its own, wherever it stands', { skip }, () => check([overrun, cat, overrun], ([first, other, last]) => {
  assert.equal(first, last);
  assert.notEqual(first, other);
}));
test('a passage longer than the window and an empty one have scores', { skip }, () => check(['overrun '.repeat(900), ''], () => undefined));
test('no passages, no scores', { skip }, () => check([], () => undefined));
test('ranking can be stopped', { skip }, async () => {
  await using reranker = await LlamaReranker.open({ file: model, threads: 2 });
  await assert.rejects(reranker.rank('overrun', [overrun], AbortSignal.abort()), /abort/i);
});

/** Searches a workspace of two files with the model that the user named; answers the order of what is found, and what was logged. */
async function searched(rerankerFile: string | undefined): Promise<{ readonly found: readonly string[]; readonly logged: string }> {
  const workspace = path.join(folder, 'work');
  fs.mkdirSync(workspace, { recursive: true });
  for (const name of ['overrun', 'parity', 'framing', 'noise']) fs.writeFileSync(path.join(workspace, `${name}.c`), `int clear_${name}_flag(void)\n{\n  return ${name.length};\n}\n`);
  const lines: string[] = [];
  const engine = openEngine({ workspace, storage: path.join(folder, 'storage'), grammars: grammarsFolder(), ...(rerankerFile !== undefined && { rerankerFile }) }, line => lines.push(line));
  try {
    await Array.fromAsync(engine.index({ embed: false }));
    const { hits } = await engine.search('where is a flag cleared');
    return { found: hits.map(({ file, startLine }) => `${file}:${startLine}`), logged: lines.join('\n') };
  } finally {
    await engine.close();
  }
}

test('the engine asks the model that the user named', { skip }, async () => {
  const plain = await searched(undefined);
  const ranked = await searched(model);
  assert.deepEqual([...ranked.found].sort(), [...plain.found].sort());
  assert.notDeepEqual(ranked.found, plain.found);
  assert.equal(ranked.logged, '');
});
test('a model that ranks nothing is left out, with its reason', { skip }, async () => {
  const plain = await searched(undefined);
  const { found, logged } = await searched(embedderModel);
  assert.deepEqual(found, plain.found);
  assert.match(logged, /keep the order they were found in: .*all-MiniLM-L6-v2-Q8_0\.gguf is no ranking model/);
});
test('a model that is not there is left out, with its reason', { skip }, async () => {
  const { found, logged } = await searched(path.join(folder, 'nowhere.gguf'));
  assert.ok(found.length > 0);
  assert.match(logged, /keep the order they were found in: .*nowhere\.gguf is not there/);
});
