import type { GgufMetadata } from './ggufModel.ts';

/** What the memory need of a model follows from. */
export interface MemoryDemand {
  readonly fileBytes: number;
  readonly contextTokens: number;
  /** What the file says; without it the need is estimated from the size, as for Q4_K_M. */
  readonly metadata?: Partial<Pick<GgufMetadata, 'cacheBytesPerToken' | 'repackedBytes' | 'isEmbedder'>>;
}

/** Parts of a Q4_K_M file of 7B: two thirds are arranged anew for the processor; 57 kB of cache for a token. */
const typicalRepackedShare = 2 / 3;
const typicalCacheShare = 1.3e-5;

/**
 * Memory that stays in use once a model runs on the processor: the weights, a second copy of those that the runtime
 * arranges for its vector units, the cache of the context and the buffers of a batch of 256 tokens. Measured for a 7B in
 * Q4_K_M: 7.8 to 8.0 GiB.
 */
export function neededMemoryBytes({ fileBytes, contextTokens, metadata }: MemoryDemand): number {
  const repacked = metadata?.repackedBytes ?? fileBytes * typicalRepackedShare;
  // An embedder looks at all tokens at once and keeps nothing between them.
  const cachePerToken = metadata?.isEmbedder === true ? 0 : metadata?.cacheBytesPerToken ?? fileBytes * typicalCacheShare;
  const batchBuffers = 60e6 + fileBytes * 0.04;
  return Math.round(fileBytes + repacked + cachePerToken * contextTokens + batchBuffers);
}
