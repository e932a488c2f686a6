import type { ChunkKind } from '../chunk/chunk.ts';

/** Words → chunks. Filled by the catalog's commits, so that words and facts of a file appear together. */
export interface TextStore {
  /** The best chunks that hold any of the words, best first; very frequent words are left out where rarer ones are there. */
  searchWords(words: readonly string[], limit: number, filter?: ChunkFilter): Promise<readonly ScoredChunk[]>;
  /** About how many passages there are. */
  passages(): Promise<number>;
}

export interface ChunkFilter {
  readonly kinds?: readonly ChunkKind[];
  /** Path prefix of the files, such as `src/`. */
  readonly pathPrefix?: string;
}

export interface ScoredChunk {
  readonly id: string;
  /** Higher is better; comparable only within one answer. */
  readonly score: number;
}
