// A small real embedder: a text's vector is the sum of pseudo-random directions of its words, so that the cosine of two texts follows the words they share.
import { tokenize, type Embedder } from '../../src/core/index.ts';

export interface HashingEmbedder extends Embedder {
  /** Texts embedded so far. */
  readonly embedded: string[];
}

export function hashingEmbedder(id = 'hashing', dimensions = 64): HashingEmbedder {
  const embedded: string[] = [];
  return {
    id, dimensions, embedded,
    embed: async (texts, signal) => {
      signal?.throwIfAborted();
      embedded.push(...texts);
      return texts.map(text => embedText(text, dimensions));
    },
  };
}

function embedText(text: string, dimensions: number): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const word of new Set(tokenize(text))) direction(word).forEach((value, index) => { sum[index % dimensions] = (sum[index % dimensions] ?? 0) + value; });
  const norm = Math.hypot(...sum) || 1;
  return sum.map(value => value / norm);

  function direction(word: string): Float32Array {
    let state = [...Buffer.from(word)].reduce((hash, byte) => Math.imul(hash ^ byte, 16777619) >>> 0, 2166136261);
    return Float32Array.from({ length: dimensions }, () => {
      state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
      return (state >>> 0) / 2 ** 31 - 1;
    });
  }
}
