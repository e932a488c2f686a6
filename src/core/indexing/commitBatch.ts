import type { Catalog, FileUpdate } from '../store/catalog.ts';

/** Files gathered for one transaction: a transaction costs as much as ten small files. */
export interface CommitBatch {
  /** True when the content is stored or in the batch. */
  hasContent(contentKey: string): Promise<boolean>;
  /** Adds a file; stores the batch when it is full. */
  add(update: FileUpdate): Promise<void>;
  /** Stores what is left. */
  flush(): Promise<void>;
}

const mostFiles = 128;
/** The first batch is small, so that there is something to find at once, and a run that is killed early has got somewhere. */
const firstChunks = 100;
/** Keeps a transaction short, so that a search beside it does not wait; smaller ones leave the word index more to merge. */
const mostChunks = 800;

/** An empty batch for a catalog. */
export function createCommitBatch(catalog: Catalog): CommitBatch {
  let updates: FileUpdate[] = [];
  let chunks = 0;
  let fullAt = firstChunks;
  const flush = async () => {
    const full = updates;
    updates = [];
    chunks = 0;
    fullAt = Math.min(mostChunks, fullAt * 2);
    if (full.length > 0) await catalog.commit(...full);
  };
  return {
    hasContent: async contentKey => updates.some(({ record }) => record.contentKey === contentKey) || await catalog.hasContent(contentKey),
    add: async update => {
      updates.push(update);
      chunks += update.content?.chunks.length ?? 0;
      if (updates.length >= mostFiles || chunks >= fullAt) await flush();
    },
    flush,
  };
}
