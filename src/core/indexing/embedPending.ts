import type { Embedder } from '../model/embedder.ts';
import type { VectorItem, VectorStore } from '../store/vectorStore.ts';
import type { IndexEvent } from './events.ts';
import { createTicker } from './ticker.ts';
import type { IndexRun } from './updateIndex.ts';

/** Chunks embedded and committed together: enough for the embedder to work in parallel, few enough to stop soon. */
const batchSize = 64;

/** Deletes vectors of chunks that are gone, then gives a vector to every chunk without one, most important first. Resumes where it was stopped. */
export async function* embedPending(run: IndexRun): AsyncGenerator<IndexEvent, void> {
  const { catalog, vectorStore, embedder, signal, host, options: { first = [] } } = run;
  if (vectorStore === undefined) return;
  await deleteOrphans(run, vectorStore);
  if (embedder === undefined) return;
  const ticker = createTicker(host);
  const { total, start } = await progressStart(run, embedder);
  await catalog.embedFirst?.(first);
  for (let done = start; ;) {
    await run.resumed?.(signal);
    signal?.throwIfAborted();
    const chunks = await catalog.pendingChunks(batchSize, embedder.id);
    if (chunks.length === 0) break;
    if (ticker()) yield { type: 'progress', phase: 'embed', done, total, ...(chunks[0] !== undefined && { file: chunks[0].file }) };
    const vectors = await embedder.embed(chunks.map(({ text }) => text), signal);
    await vectorStore.upsert(chunks.map(({ id, kind, file }, index): VectorItem => ({ id, kind, file, vector: vectorAt(vectors, index, embedder) })));
    await catalog.markEmbedded(chunks.map(({ id }) => id), embedder.id);
    done += chunks.length;
  }
  yield { type: 'progress', phase: 'embed', done: total, total };
}

async function progressStart({ catalog }: IndexRun, embedder: Embedder): Promise<{ readonly total: number; readonly start: number }> {
  // Asking for pending chunks first makes those of another embedder pending.
  await catalog.pendingChunks(1, embedder.id);
  const { chunks, embedded } = await catalog.stats();
  return { total: chunks, start: embedded };
}

async function deleteOrphans({ catalog }: IndexRun, vectorStore: VectorStore): Promise<void> {
  for (;;) {
    const orphans = await catalog.orphans(500);
    if (orphans.length === 0) return;
    await vectorStore.deleteItems(orphans);
    await catalog.forgetOrphans(orphans);
  }
}

function vectorAt(vectors: readonly Float32Array[], index: number, embedder: Embedder): Float32Array {
  const vector = vectors[index];
  if (vector?.length !== embedder.dimensions) throw new Error(`The embedding model ${embedder.id} gave ${vector === undefined ? 'no vector' : `${vector.length} numbers`} where ${embedder.dimensions} were due. Choose another embedding model.`);
  return vector;
}
