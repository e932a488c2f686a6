import type { Problem } from '../text/problem.ts';

/** What an update of the index shall do. */
export interface IndexOptions {
  /** Throw the index away first. */
  readonly rebuild?: boolean;
  /** Default true: also compute vectors, when an embedder is there. */
  readonly embed?: boolean;
  /** Only these files (saved, renamed, deleted); default: everything that changed. */
  readonly files?: readonly string[];
  /** Files that the user looks at: their passages get vectors before all others. */
  readonly first?: readonly string[];
  /** Once the words are in, read the device header too, which the first hover would otherwise ask for: for whoever stays open. */
  readonly prepareHovers?: boolean;
}

/** What an update of the index tells while it runs; `done` comes last. */
export type IndexEvent =
  | { readonly type: 'progress'; readonly phase: 'scan' | 'read' | 'embed'; readonly done: number; readonly total: number; readonly file?: string; /** The folder outside the workspace that is being indexed. */ readonly root?: string }
  | { readonly type: 'done'; readonly report: IndexReport };

/** One folder's part of the index. */
export interface IndexedRoot {
  /** Absolute; empty for the workspace. */
  readonly folder: string;
  readonly files: number;
  readonly chunks: number;
  /** What its index takes on disk. */
  readonly sizeBytes: number;
}

/** The state of the index after an update. */
export interface IndexReport {
  readonly files: number;
  readonly chunks: number;
  readonly symbols: number;
  readonly registerAccesses: number;
  readonly embedded: number;
  /** Chunks still without a vector. */
  readonly pending: number;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** The folders that were indexed, the workspace (`''`) first; absent for a single folder's own report. */
  readonly roots?: readonly IndexedRoot[];
  /** Seconds by phase: scan, read (parse, chunk, words), embed, total. */
  readonly seconds: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
}
