import type { LocalIndex } from 'vectra';
import type { ChunkFilter, ScoredChunk, VectorItem } from '../core/index.ts';
import type { SqliteIndex } from './sqliteIndex.ts';
import { asVectraVector, int8Codec, quantize, readPartitionBytes } from './vectraCodec.ts';
import { addPartition, cutPath, maxPartitionItems, mayHold, partitionFor, readPartitions, writePartition, type Partition } from './vectraPartitions.ts';
import { scanQuery, VectorScan } from './vectraScan.ts';
import { createStagedStorage, readBlob, type StagedStorage } from './vectraStorage.ts';

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
  readonly #scan: VectorScan;
  readonly #storage: StagedStorage;
  /** The few partitions changed last: whoever saves a file saves it again. */
  readonly #open = new Map<number, PartitionIndex>();
  readonly #touched = new Set<Partition>();
  /** Partitions between vectra's `beginUpdate` and `endUpdate`: each is written as bytes once a transaction, however many files it takes. */
  readonly #updating = new Map<Partition, PartitionIndex>();
  /** Where changed items live now; undefined: nowhere. */
  readonly #homes = new Map<string, number | undefined>();

  constructor(index: SqliteIndex, cacheBytes: number) {
    this.#index = index;
    this.#scan = new VectorScan(cacheBytes);
    this.#storage = createStagedStorage(index);
  }

  /** Reads the partitions anew, forgetting what is in memory. */
  reload(): void {
    this.#open.clear();
    this.#scan.forgetAll();
    this.#forgetChange();
    this.partitions = readPartitions(this.#index);
  }

  /** Runs a change and stores it whole; when either fails, memory is as it was stored before. */
  async transaction(change: () => Promise<void>): Promise<void> {
    try {
      await change();
      for (const partition of [...this.#updating.keys()]) await this.#settle(partition);
      this.#index.write(() => { this.#flush(); });
    } catch (error) {
      this.reload();
      throw error;
    }
    for (const { id, items } of this.#touched) {
      this.#scan.forget(id);
      if (items === 0) this.#open.delete(id);
    }
    for (const id of [...this.#open.keys()].slice(0, -maxOpen)) this.#open.delete(id);
    this.partitions = this.partitions.filter(({ items }) => items > 0);
    this.#forgetChange();
  }

  /** The items most similar to the vector, of partitions that may hold what the filter wants. */
  search(vector: Float32Array, limit: number, filter: ChunkFilter): readonly ScoredChunk[] {
    const query = scanQuery(vector, limit, filter);
    for (const partition of this.partitions) {
      if (filter.pathPrefix !== undefined && !mayHold(partition, filter.pathPrefix)) continue;
      this.#scan.compare(partition.id, () => readPartitionBytes(readBlob(this.#index, pathOf(partition))), query);
    }
    return query.best.result();
  }

  /** Deletes the items from the partitions that hold them. */
  async takeOut(ids: readonly string[]): Promise<void> {
    const byPartition = Map.groupBy(new Set(ids), id => Number(this.#index.statement('SELECT partition FROM vector_home WHERE id = ?').get(id)?.['partition'] ?? 0));
    for (const partition of this.partitions) {
      const leaving = byPartition.get(partition.id);
      if (leaving === undefined) continue;
      const index = await this.#change(partition);
      await index.deleteItems(leaving);
      partition.items -= leaving.length;
    }
    for (const id of ids) this.#homes.set(id, undefined);
  }

  /** Adds items that no partition holds. */
  async putIn(file: string, items: readonly VectorItem[]): Promise<void> {
    const partition = await this.#roomFor(file, items.length);
    const index = await this.#change(partition);
    const metadata = new Map<string, ItemMetadata>();
    for (const { id, kind, vector } of items) {
      const shared = metadata.get(kind) ?? { file, kind };
      metadata.set(kind, shared);
      await index.insertItem({ id, metadata: shared, vector: asVectraVector(quantize(vector)) });
      this.#homes.set(id, partition.id);
    }
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
    await this.#settle(partition);
    const items = await (await this.#openIndex(partition)).listItems();
    const cut = cutPath(items.map(({ metadata }) => metadata.file));
    if (cut === undefined) return false;
    const moving = items.filter(({ metadata }) => metadata.file >= cut);
    const upper = addPartition(this.partitions, cut, partition.high);
    const index = await this.#change(upper);
    for (const item of moving) {
      await index.insertItem(item);
      this.#homes.set(item.id, upper.id);
    }
    await (await this.#change(partition)).deleteItems(moving.map(({ id }) => id));
    upper.items = moving.length;
    partition.items -= moving.length;
    partition.high = items.reduce((high, { metadata: { file } }) => file < cut && file > high ? file : high, partition.low);
    return true;
  }

  async #change(partition: Partition): Promise<PartitionIndex> {
    this.#touched.add(partition);
    const index = await this.#openIndex(partition);
    if (!this.#updating.has(partition)) await index.beginUpdate();
    this.#updating.set(partition, index);
    return index;
  }

  /** Ends an update, so that what changed can be listed. */
  async #settle(partition: Partition): Promise<void> {
    await this.#updating.get(partition)?.endUpdate();
    this.#updating.delete(partition);
  }

  async #openIndex(partition: Partition): Promise<PartitionIndex> {
    const opened = this.#open.get(partition.id);
    // Last in the map is last used.
    this.#open.delete(partition.id);
    const index = opened ?? await createPartitionIndex(partition, this.#storage);
    this.#open.set(partition.id, index);
    return index;
  }

  #forgetChange(): void {
    this.#touched.clear();
    this.#updating.clear();
    this.#homes.clear();
    this.#storage.discard();
  }

  #flush(): void {
    this.#storage.flush();
    for (const partition of this.#touched) {
      writePartition(this.#index, partition);
      if (partition.items === 0) this.#index.statement('DELETE FROM vector_blob WHERE path = ?').run(pathOf(partition));
    }
    for (const [id, partition] of this.#homes) {
      if (partition === undefined) this.#index.statement('DELETE FROM vector_home WHERE id = ?').run(id);
      else this.#index.statement('INSERT OR REPLACE INTO vector_home (id, partition) VALUES (?, ?)').run(id, partition);
    }
  }
}

/** Partitions kept open for changes. */
const maxOpen = 4;
/** Name that stands for a folder in vectra's paths. */
const folder = 'vectors';

async function createPartitionIndex(partition: Partition, storage: StagedStorage): Promise<PartitionIndex> {
  // Loaded late, and by what changes vectors only: run from source, vectra's entry drags in 120 MB of packages for parts
  // of it that are not used here. esbuild.config.mjs stubs them, and bundles what LocalIndex needs.
  const { LocalIndex: VectraIndex } = await import('vectra');
  const index: PartitionIndex = new VectraIndex<ItemMetadata>(folder, fileOf(partition), storage, int8Codec);
  if (!await index.isIndexCreated()) await index.createIndex();
  return index;
}

function pathOf(partition: Partition): string {
  return `${folder}/${fileOf(partition)}`;
}

function fileOf({ id }: Partition): string {
  return `${id}.i8`;
}
