import type { SqliteIndex } from './sqliteIndex.ts';

/** A run of neighbouring files whose vectors are one vectra index. */
export interface Partition {
  readonly id: number;
  /** First and last path by string order. */
  low: string;
  high: string;
  items: number;
}

/** Most items of a partition: what one saved file rewrites, and what one scan step reads. */
export const maxPartitionItems = 1500;

/** Every partition in path order. */
export function readPartitions(index: SqliteIndex): Partition[] {
  return index.read(() => index.statement('SELECT id, low, high, items FROM vector_partition').all())
    .map(row => ({ id: Number(row['id']), low: String(row['low']), high: String(row['high']), items: Number(row['items']) }))
    .sort(inOrder);
}

/** Stores the partition's row, or deletes it when it is empty; to be called within a transaction. */
export function writePartition(index: SqliteIndex, { id, low, high, items }: Partition): void {
  if (items === 0) index.statement('DELETE FROM vector_partition WHERE id = ?').run(id);
  else index.statement('INSERT OR REPLACE INTO vector_partition (id, low, high, items) VALUES (?, ?, ?, ?)').run(id, low, high, items);
}

/** The partition in whose range a file belongs: the last that starts at or before it, else the first. */
export function partitionFor(partitions: readonly Partition[], file: string): Partition | undefined {
  return partitions.findLast(({ low }) => low <= file) ?? partitions[0];
}

/** Adds a new partition for a file, keeping the order. */
export function addPartition(partitions: Partition[], low: string, high: string): Partition {
  const id = 1 + partitions.reduce((largest, partition) => Math.max(largest, partition.id), 0);
  const partition = { id, low, high, items: 0 };
  partitions.push(partition);
  partitions.sort(inOrder);
  return partition;
}

/** The path at which a full partition is cut in two, so that whole files stay together; undefined when it holds one file only. */
export function cutPath(files: readonly string[]): string | undefined {
  const sorted = [...files].sort();
  const middle = sorted[sorted.length >> 1];
  const border = middle === sorted[0] ? sorted.find(file => file !== middle) : middle;
  return border;
}

/** True when some file of the partition may start with the prefix. */
export function mayHold({ low, high }: Partition, prefix: string): boolean {
  return high >= prefix && low.slice(0, prefix.length) <= prefix;
}

function inOrder(one: Partition, other: Partition): number {
  if (one.low !== other.low) return one.low < other.low ? -1 : 1;
  return one.id - other.id;
}
