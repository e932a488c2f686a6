import type { LocalIndex } from 'vectra';
import type { VectorItem } from '../core/index.ts';
import type { SqliteIndex } from './sqliteIndex.ts';
import { asVectraVector, int8Codec, quantize } from './vectraCodec.ts';
import { addPartition, cutPath, maxPartitionItems, partitionFor, readPartitions, writePartition, type Partition } from './vectraPartitions.ts';
import { createStagedStorage, type StagedStorage } from './vectraStorage.ts';

/** What vectra keeps beside each vector; items of equal metadata share one object. */
export interface ItemMetadata extends Record<string, string> {
  readonly file: string;
  readonly kind: string;
}

/** One partition as vectra sees it. */
export type PartitionIndex = LocalIndex<ItemMetadata>;

/**
 * The partitions of a vector store: vectra's `LocalIndex` on its own extension points, small, in path order, whole
 * files together where they fit. Changes happen in memory and are stored by `transaction`; calls must not overlap.
 */
export class PartitionSet {
  partitions: Partition[] = [];
  readonly #index: SqliteIndex;
  readonly #cacheBytes: number;
  readonly #storage: StagedStorage;
  readonly #cache = new Map<number, CachedPartition>();
  readonly #touched = new Set<Partition>();
  /** Where changed items live now; undefined: nowhere. */
  readonly #homes = new Map<string, number | undefined>();

  constructor(index: SqliteIndex, cacheBytes: number) {
    this.#index = index;
    this.#cacheBytes = cacheBytes;
    this.#storage = createStagedStorage(index);
  }

  /** Reads the partitions anew, forgetting what is in memory. */
  reload(): void {
    this.#cache.clear();
    this.#touched.clear();
    this.#homes.clear();
    this.#storage.discard();
    this.partitions = readPartitions(this.#index);
  }

  /** Runs a change and stores it whole; when either fails, memory is as it was stored before. */
  async transaction(change: () => Promise<void>): Promise<void> {
    try {
      await change();
      this.#index.write(() => { this.#flush(); });
    } catch (error) {
      this.reload();
      throw error;
    }
    await this.#shrink();
    this.partitions = this.partitions.filter(({ items }) => items > 0);
    this.#touched.clear();
    this.#homes.clear();
    this.#storage.discard();
  }

  /** The partition in memory; kept there while the cache has room, and always while it is being changed. */
  async open(partition: Partition): Promise<PartitionIndex> {
    const cached = this.#cache.get(partition.id);
    if (cached !== undefined) return cached.index;
    // Loaded late: run from source, vectra's entry drags in 120 MB of packages for parts of it that are not used here.
    // esbuild.config.mjs stubs them, and bundles what LocalIndex needs.
    const { LocalIndex: VectraIndex } = await import('vectra');
    const index: PartitionIndex = new VectraIndex<ItemMetadata>(folder, fileOf(partition), this.#storage, int8Codec);
    if (!await index.isIndexCreated()) await index.createIndex();
    const bytes = await sizeOf(index);
    if (this.#touched.has(partition) || this.#cachedBytes() + bytes <= this.#cacheBytes) this.#cache.set(partition.id, { index, bytes });
    return index;
  }

  /** Deletes the items from the partitions that hold them. */
  async takeOut(ids: readonly string[]): Promise<void> {
    const byPartition = Map.groupBy(ids, id => Number(this.#index.statement('SELECT partition FROM vector_home WHERE id = ?').get(id)?.['partition'] ?? 0));
    for (const partition of this.partitions) {
      const leaving = byPartition.get(partition.id);
      if (leaving === undefined) continue;
      const index = await this.#change(partition);
      await index.deleteItems(leaving);
      partition.items = (await index.getIndexStats()).items;
    }
    for (const id of ids) this.#homes.set(id, undefined);
  }

  /** Adds items that no partition holds. */
  async putIn(file: string, items: readonly VectorItem[]): Promise<void> {
    const partition = await this.#roomFor(file, items.length);
    const index = await this.#change(partition);
    const metadata = new Map<string, ItemMetadata>();
    await index.beginUpdate();
    for (const { id, kind, vector } of items) {
      const shared = metadata.get(kind) ?? { file, kind };
      metadata.set(kind, shared);
      await index.insertItem({ id, metadata: shared, vector: asVectraVector(quantize(vector)) });
      this.#homes.set(id, partition.id);
    }
    await index.endUpdate();
    partition.items += items.length;
    if (file < partition.low) partition.low = file;
    if (file > partition.high) partition.high = file;
  }

  /** A partition with room for `count` more items: the file's own, a new one behind it, or half of its own. */
  async #roomFor(file: string, count: number): Promise<Partition> {
    const partition = partitionFor(this.partitions, file);
    if (partition !== undefined && partition.items + count <= maxPartitionItems) return partition;
    if (partition === undefined || file >= partition.high || !await this.#split(partition)) return addPartition(this.partitions, file, file);
    const half = partitionFor(this.partitions, file);
    return half !== undefined && half.items + count <= maxPartitionItems ? half : addPartition(this.partitions, file, file);
  }

  /** Moves the upper half of a partition's files to a new one; false when it holds one file only. */
  async #split(partition: Partition): Promise<boolean> {
    const lower = await this.#change(partition);
    const items = await lower.listItems();
    const cut = cutPath(items.map(({ metadata }) => metadata.file));
    if (cut === undefined) return false;
    const moving = items.filter(({ metadata }) => metadata.file >= cut);
    const upper = addPartition(this.partitions, cut, partition.high);
    const index = await this.#change(upper);
    await index.batchInsertItems(moving);
    await lower.deleteItems(moving.map(({ id }) => id));
    for (const { id } of moving) this.#homes.set(id, upper.id);
    upper.items = moving.length;
    partition.items -= moving.length;
    partition.high = items.reduce((high, { metadata: { file } }) => file < cut && file > high ? file : high, partition.low);
    return true;
  }

  async #change(partition: Partition): Promise<PartitionIndex> {
    this.#touched.add(partition);
    return this.open(partition);
  }

  /** Weighs what has changed again, and lets go of what no longer fits, oldest first. */
  async #shrink(): Promise<void> {
    for (const { id, items } of this.#touched) {
      const cached = this.#cache.get(id);
      if (items === 0) this.#cache.delete(id);
      else if (cached !== undefined) cached.bytes = await sizeOf(cached.index);
    }
    for (const id of this.#cache.keys()) {
      if (this.#cachedBytes() <= this.#cacheBytes) return;
      this.#cache.delete(id);
    }
  }

  #cachedBytes(): number {
    let sum = 0;
    for (const { bytes } of this.#cache.values()) sum += bytes;
    return sum;
  }

  #flush(): void {
    this.#storage.flush();
    for (const partition of this.#touched) {
      writePartition(this.#index, partition);
      if (partition.items === 0) this.#index.statement('DELETE FROM vector_blob WHERE path = ?').run(`${folder}/${fileOf(partition)}`);
    }
    for (const [id, partition] of this.#homes) {
      if (partition === undefined) this.#index.statement('DELETE FROM vector_home WHERE id = ?').run(id);
      else this.#index.statement('INSERT OR REPLACE INTO vector_home (id, partition) VALUES (?, ?)').run(id, partition);
    }
  }
}

interface CachedPartition {
  readonly index: PartitionIndex;
  bytes: number;
}

/** Name that stands for a folder in vectra's paths. */
const folder = 'vectors';
/** What an item costs in memory beside its vector. */
const itemOverheadBytes = 200;

function fileOf({ id }: Partition): string {
  return `${id}.i8`;
}

async function sizeOf(index: PartitionIndex): Promise<number> {
  const items = await index.listItems();
  return items.length * ((items[0]?.vector.length ?? 0) + itemOverheadBytes);
}
