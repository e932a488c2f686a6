import type { Chunk } from '../chunk/chunk.ts';

export type SearchMode = 'hybrid' | 'words' | 'vectors';

/** One retrieved passage and why it was found. */
export interface Hit {
  /** 1-based. */
  readonly rank: number;
  /** Fused score: only its order means something. */
  readonly score: number;
  /** What found it: `words`, `vectors`, `symbol`, `file`, `register`, `access`, `handler`, `graph`. */
  readonly sources: readonly string[];
  /** In words for people: `names uart_send`, `words: overrun, clear`, `writes USART2.CR1`. */
  readonly why: readonly string[];
  readonly chunk: Chunk;
  /** It stands under an `#if` that does not hold in this build. */
  readonly inactive?: true;
  /** Other files that hold the same passage, the first of them; absent: there is none. */
  readonly alsoIn?: readonly string[];
  /** How many other files hold it, where more do than `alsoIn` names. */
  readonly alsoInCount?: number;
}

export interface SearchOptions {
  /** Default 10. */
  readonly limit?: number;
  /** Default hybrid. */
  readonly mode?: SearchMode;
}

/** Question in, ranked passages out. */
export interface Retriever {
  search(question: string, options?: SearchOptions, signal?: AbortSignal): Promise<readonly Hit[]>;
  /** Why passages may be missed just now, one sentence each: no embedding model, vectors still to come. */
  limits?(): Promise<readonly string[]>;
}
