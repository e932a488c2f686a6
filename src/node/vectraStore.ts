import type { VectorItem, VectorStats, VectorStore } from '../core/index.ts';
import type { SqliteIndex } from './sqliteIndex.ts';
import { maxPartitionItems } from './vectraPartitions.ts';
import { PartitionSet } from './vectraPartitionSet.ts';

export interface VectraStoreOptions {
  /** Vectors of another embedder are thrown away with the first new one, and never searched. */
  readonly embedderId: string;
  /** Default 256 MB: vectors kept in memory between searches; what does not fit is read each time. */
  readonly cacheBytes?: number;
}

/** A vector store on vectra, its partitions rows of the SQLite index. */
export function createVectraStore(index: SqliteIndex, options: VectraStoreOptions): VectorStore {
  const { embedderId, cacheBytes = 256 * 1024 * 1024 } = options;
  const set = new PartitionSet(index, cacheBytes);
  let version = '';
  let last: Promise<unknown> = Promise.resolve();
  /** One call after the other: vectra's updates await inside, and two at once would lose one. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(async () => {
      const current = index.foreignVersion;
      if (current !== version) set.reload();
      version = current;
      return work();
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  const usable = () => embedderOf(index) === embedderId;
  return {
    upsert: async items => inTurn(async () => {
      if (!usable()) empty(index, set, embedderId);
      await upsert(set, items);
    }),
    deleteItems: async ids => inTurn(async () => { if (usable()) await set.transaction(async () => set.takeOut(ids)); }),
    search: async (vector, limit, filter = {}) => inTurn(async () => usable() && limit > 0 ? set.search(vector, limit, filter) : []),
    clear: async () => inTurn(async () => { empty(index, set, embedderId); }),
    stats: async () => inTurn(async () => statsOf(index, set)),
  };
}

async function upsert(set: PartitionSet, items: readonly VectorItem[]): Promise<void> {
  // Of equal ids the last counts.
  const distinct = [...new Map(items.map(item => [item.id, item])).values()];
  if (distinct.length === 0) return;
  await set.transaction(async () => {
    await set.takeOut(distinct.map(({ id }) => id));
    for (const [file, own] of Map.groupBy(distinct, item => item.file)) {
      for (let start = 0; start < own.length; start += maxPartitionItems) await set.putIn(file, own.slice(start, start + maxPartitionItems));
    }
  });
}

function empty(index: SqliteIndex, set: PartitionSet, embedderId: string): void {
  index.write(() => {
    for (const table of ['vector_partition', 'vector_blob', 'vector_home']) index.statement(`DELETE FROM ${table}`).run();
    index.statement("INSERT OR REPLACE INTO meta (key, value) VALUES ('vectors', ?)").run(embedderId);
  });
  set.reload();
}

function embedderOf(index: SqliteIndex): string | undefined {
  const value = index.statement("SELECT value FROM meta WHERE key = 'vectors'").get()?.['value'];
  return typeof value === 'string' ? value : undefined;
}

function statsOf(index: SqliteIndex, { partitions }: PartitionSet): VectorStats {
  const sizeBytes = Number(index.statement('SELECT total(length(data)) AS n FROM vector_blob').get()?.['n'] ?? 0);
  return { items: partitions.reduce((sum, { items }) => sum + items, 0), partitions: partitions.length, sizeBytes };
}
