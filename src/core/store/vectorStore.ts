import type { ChunkKind } from '../chunk/chunk.ts';
import type { ChunkFilter, ScoredChunk } from './textStore.ts';

/**
 * Vectors → chunks, for one embedder. Small enough for a remote store or a plain table behind it: items are addressed
 * by chunk id, the file only says where they belong, so that near files lie near and a path prefix can be searched alone.
 */
export interface VectorStore {
  /** Adds the items, replacing those of equal id, as one transaction. */
  upsert(items: readonly VectorItem[]): Promise<void>;
  /** Unknown ids are ignored. */
  deleteItems(ids: readonly string[]): Promise<void>;
  /** The `limit` most similar items by cosine, best first. */
  search(vector: Float32Array, limit: number, filter?: ChunkFilter): Promise<readonly ScoredChunk[]>;
  clear(): Promise<void>;
  stats(): Promise<VectorStats>;
}

export interface VectorItem {
  readonly id: string;
  /** The file the chunk is shown under; a chunk of several files has one vector. */
  readonly file: string;
  readonly kind: ChunkKind;
  readonly vector: Float32Array;
}

export interface VectorStats {
  readonly items: number;
  readonly partitions: number;
  readonly sizeBytes: number;
}
