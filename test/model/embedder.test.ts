// The embedder, with the real all-MiniLM-L6-v2.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LlamaEmbedder } from '../../src/node/llamaEmbedder.ts';
import { embedderModel, missing } from './models.ts';

const skip = missing(embedderModel);

async function check(texts: readonly string[], expected: (vectors: readonly Float32Array[]) => void): Promise<void> {
  await using embedder = await LlamaEmbedder.open({ file: embedderModel, threads: 2 });
  const vectors = await embedder.embed(texts);
  assert.equal(vectors.length, texts.length);
  for (const vector of vectors) assert.equal(vector.length, embedder.dimensions);
  expected(vectors);
}

const sentences = [
  'The UART lost a byte because the receive buffer overran.',
  'Serial port overrun: data arrived faster than it was read.',
  'The cat sleeps on the warm window sill.',
];

test('passages of one meaning lie closer than others', { skip }, () => check(sentences, ([overrun, serial, cat]) => {
  assert.ok(cosine(overrun, serial) > cosine(overrun, cat) + 0.2);
}));

test('vectors have length one', { skip }, () => check(sentences, vectors => {
  for (const vector of vectors) assert.ok(Math.abs(cosine(vector, vector) - 1) < 1e-4);
}));

test('many passages come back in the order they were given', { skip }, () => check([...sentences, ...sentences.toReversed()], vectors => {
  for (const [index, vector] of vectors.entries()) assert.ok(cosine(vector, vectors[5 - index]) > 0.999);
}));

test('a passage longer than the window is cut, not refused', { skip }, () => check(['overrun '.repeat(4000), 'x'.repeat(5000)], vectors => {
  for (const vector of vectors) assert.ok(vector.some(value => value !== 0));
}));

test('an empty passage has a vector of zeros', { skip }, () => check([''], ([vector]) => {
  assert.ok(vector?.every(value => value === 0));
}));

test('a signal that has fired stops the work', { skip }, async () => {
  await using embedder = await LlamaEmbedder.open({ file: embedderModel, threads: 1 });
  await assert.rejects(embedder.embed(sentences, AbortSignal.abort()), { name: 'AbortError' });
});

function cosine(one: Float32Array | undefined, other: Float32Array | undefined): number {
  assert.ok(one !== undefined && other !== undefined);
  return one.reduce((sum, value, index) => sum + value * (other[index] ?? Number.NaN), 0);
}
