import type { ChunkKind } from '../chunk/chunk.ts';

/** Words → chunks. Filled by the catalog's commits, so that words and facts of a file appear together. */
export interface TextStore {
  /** The best chunks that hold any of the words, best first; very frequent words are left out where rarer ones are there. */
  searchWords(words: readonly string[], limit: number, filter?: ChunkFilter): Promise<readonly ScoredChunk[]>;
  /** The best chunks by the ideas they hold, each given as the words for it; an idea counts once, and more in the symbol. A word of several parts is held with these side by side. */
  searchIdeas?(ideas: readonly (readonly string[])[], limit: number): Promise<readonly ScoredChunk[]>;
  /** How rare the words are here: what a score rests on. */
  wordCounts(words: readonly string[]): Promise<WordCounts>;
}

export interface WordCounts {
  /** About how many passages there are. */
  readonly passages: number;
  /** In how many of them each of the words occurs, in the order asked. */
  readonly holding: readonly number[];
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
  /** Where the store has it at hand. */
  readonly kind?: ChunkKind;
}
