import type { ChunkFilter, ScoredChunk } from '../core/index.ts';
import { createInt8Kernel, type Int8Kernel } from './int8Kernel.ts';
import { quantize, type PartitionBytes } from './vectraCodec.ts';
import { maxPartitionItems } from './vectraPartitions.ts';

/** One partition in the kernel's memory. */
interface Block {
  readonly slot: number;
  readonly partition: Omit<PartitionBytes, 'vectors'>;
  /** Kinds of its items, each once. */
  readonly kinds: readonly unknown[];
}

/**
 * Partitions in WebAssembly memory, ready to be compared with a query. vectra keeps and changes the partitions; this
 * replaces its scan, which takes several times as long (`npm run bench:index` holds the two side by side). What exceeds the
 * limit is read again for every query.
 */
export class VectorScan {
  readonly #kernel: Int8Kernel = createInt8Kernel();
  readonly #cacheBytes: number;
  readonly #blocks = new Map<number, Block>();
  readonly #freeSlots: number[] = [];
  #slots = 0;
  #stride = 0;

  constructor(cacheBytes: number) {
    this.#cacheBytes = cacheBytes;
  }

  /** Lets go of a partition that has changed. */
  forget(partition: number): void {
    const block = this.#blocks.get(partition);
    if (block !== undefined) this.#freeSlots.push(block.slot);
    this.#blocks.delete(partition);
  }

  forgetAll(): void {
    for (const partition of [...this.#blocks.keys()]) this.forget(partition);
  }

  /** Adds what a partition holds to the best so far; `read` is called when it is not in memory. */
  compare(partition: number, read: () => PartitionBytes, query: ScanQuery): void {
    const known = this.#blocks.get(partition);
    const block = known ?? this.#load(read());
    if (block === undefined) return;
    this.#collect(block, query);
    if (known !== undefined) return;
    if (this.#slots * this.#slotBytes() <= this.#cacheBytes) this.#blocks.set(partition, block);
    else this.#freeSlots.push(block.slot);
  }

  #load({ vectors, ...partition }: PartitionBytes): Block | undefined {
    const { ids, dimensions } = partition;
    if (ids.length === 0 || ids.length > maxPartitionItems) return undefined;
    const stride = Math.ceil(dimensions / 16) * 16;
    if (stride !== this.#stride) this.#restart(stride);
    const slot = this.#freeSlots.pop() ?? this.#newSlot();
    const rows = new Int8Array(this.#kernel.memory.buffer, this.#slotStart(slot), ids.length * stride);
    if (stride === dimensions) rows.set(vectors);
    else rows.fill(0);
    if (stride !== dimensions) for (let row = 0; row < ids.length; row += 1) rows.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), row * stride);
    return { slot, partition, kinds: [...new Set(partition.metadata.map(({ kind }) => kind))] };
  }

  #collect({ slot, kinds, partition: { ids, norms, metadata, metadataOf, dimensions } }: Block, { vector, norm, best, admitsKind, admits }: ScanQuery): void {
    if (vector.length !== dimensions || !kinds.some(admitsKind)) return;
    const { buffer } = this.#kernel.memory;
    new Int8Array(buffer, 0, this.#stride).fill(0);
    new Int8Array(buffer, 0, dimensions).set(vector);
    const rows = this.#slotStart(slot);
    this.#kernel.dots(0, rows, this.#stride, { end: rows + ids.length * this.#stride, out: this.#stride });
    const dots = new Int32Array(buffer, this.#stride, ids.length);
    for (let position = 0; position < ids.length; position += 1) {
      const length = norm * (norms[position] ?? 0);
      const score = (dots[position] ?? 0) / length;
      // Few are better than the best so far, so that what they are is looked at last.
      if (length === 0 || score <= best.threshold || !admits(metadata[metadataOf[position] ?? 0] ?? {})) continue;
      best.offer(ids[position] ?? '', score);
    }
  }

  #restart(stride: number): void {
    this.forgetAll();
    this.#freeSlots.length = 0;
    this.#slots = 0;
    this.#stride = stride;
  }

  #newSlot(): number {
    this.#slots += 1;
    this.#kernel.reserve(this.#slotStart(this.#slots));
    return this.#slots - 1;
  }

  /** Memory: the query, its results, then the slots. */
  #slotStart(slot: number): number {
    return this.#stride + Math.ceil(maxPartitionItems * 4 / 16) * 16 + slot * this.#slotBytes();
  }

  #slotBytes(): number {
    return this.#stride * maxPartitionItems;
  }
}

/** A query in the form the scan compares with. */
export interface ScanQuery {
  readonly vector: Int8Array;
  readonly norm: number;
  readonly best: BestScores;
  /** Asked of a partition's kinds: without one that is wanted it need not be compared. */
  readonly admitsKind: (kind: unknown) => boolean;
  readonly admits: (metadata: Readonly<Record<string, unknown>>) => boolean;
}

export function scanQuery(vector: Float32Array, limit: number, { kinds, pathPrefix }: ChunkFilter): ScanQuery {
  const whole = quantize(vector);
  const wanted = kinds === undefined ? undefined : new Set<unknown>(kinds);
  const admitsKind = (kind: unknown): boolean => wanted?.has(kind) ?? true;
  const admits = ({ kind, file }: Readonly<Record<string, unknown>>): boolean => admitsKind(kind) && (pathPrefix === undefined || String(file).startsWith(pathPrefix));
  return { vector: whole, norm: Math.hypot(...whole), best: new BestScores(limit), admitsKind, admits };
}

/** The best of what is offered, in order. */
export class BestScores {
  /** What is not above it need not be offered. */
  threshold = Number.NEGATIVE_INFINITY;
  readonly #limit: number;
  readonly #sorted: ScoredChunk[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes an item whose score is above the threshold. */
  offer(id: string, score: number): void {
    const sorted = this.#sorted;
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.score ?? 0) >= score) low = middle + 1;
      else high = middle;
    }
    sorted.splice(low, 0, { id, score });
    if (sorted.length > this.#limit) sorted.pop();
    if (sorted.length === this.#limit) this.threshold = sorted.at(-1)?.score ?? this.threshold;
  }

  result(): readonly ScoredChunk[] {
    return this.#sorted;
  }
}
