import type { Host } from '../host.ts';
import type { Embedder } from '../model/embedder.ts';
import type { Catalog, ParsedContent } from '../store/catalog.ts';
import type { VectorStore } from '../store/vectorStore.ts';
import type { SkippedFile } from '../host.ts';
import type { Problem } from '../text/problem.ts';
import { embedPending } from './embedPending.ts';
import type { IndexEvent, IndexOptions } from './events.ts';
import { indexFiles } from './indexFiles.ts';
import { planUpdate } from './planUpdate.ts';
import type { ContentReader, ParseFile } from './readContent.ts';
import { indexReport } from './report.ts';

/** What an update of the index works with. */
export interface IndexingParts {
  readonly host: Host;
  readonly catalog: Catalog;
  /** Absent: no vectors are made; what would get one stays pending. */
  readonly vectorStore?: VectorStore | undefined;
  readonly embedder?: Embedder | undefined;
  readonly parse: ParseFile;
  /** Opens other threads to parse many files in; absent: all is parsed here. */
  readonly openReader?: (() => Promise<ContentReader>) | undefined;
  /** Waits as long as indexing is paused, or until the signal fires; absent: it never is. */
  readonly resumed?: ((signal: AbortSignal | undefined) => Promise<void>) | undefined;
  /** What is indexed beside the workspace's files, such as the registers of the chip. Those that are not named any more are forgotten. */
  readonly documents?: readonly KnownDocument[] | undefined;
}

/** A document whose content is known without reading a file. */
export interface KnownDocument {
  readonly file: string;
  /** Equal keys, equal content. */
  readonly contentKey: string;
  readonly content: () => ParsedContent;
}

/** One update while it runs. */
export interface IndexRun extends IndexingParts {
  readonly options: IndexOptions;
  readonly signal: AbortSignal | undefined;
  /** Filled while the run goes on. */
  readonly skipped: SkippedFile[];
  readonly problems: Problem[];
  readonly seconds: Record<string, number>;
}

/**
 * Brings the index in step with the files: what changed by size, time and then content is read, parsed, cut and
 * committed file by file; then chunks without a vector get one, the most important first. Safe to stop at any moment:
 * the next update goes on. Throws the signal's reason when stopped, and a sentence when the index cannot be written.
 */
export async function* updateIndex(parts: IndexingParts, options: IndexOptions = {}, signal?: AbortSignal): AsyncGenerator<IndexEvent, void> {
  const run: IndexRun = { ...parts, options, signal, skipped: [], problems: [], seconds: {} };
  const start = parts.host.now();
  if (options.rebuild === true) await forgetAll(run);
  yield { type: 'progress', phase: 'scan', done: 0, total: 0 };
  const plan = await timed(run, 'scan', async () => planUpdate(run));
  yield* timedEvents(run, 'read', indexFiles(run, plan));
  if (options.embed !== false) yield* timedEvents(run, 'embed', embedPending(run));
  run.seconds['total'] = (parts.host.now() - start) / 1000;
  yield { type: 'done', report: await indexReport(run) };
}

/** The second half of an update alone: vectors for what has none. */
export async function* embedIndex(parts: IndexingParts, options: Pick<IndexOptions, 'first'> = {}, signal?: AbortSignal): AsyncGenerator<IndexEvent, void> {
  const run: IndexRun = { ...parts, options, signal, skipped: [], problems: [], seconds: {} };
  yield* timedEvents(run, 'embed', embedPending(run));
  yield { type: 'done', report: await indexReport(run) };
}

async function forgetAll({ catalog, vectorStore }: IndexRun): Promise<void> {
  await catalog.clear();
  await vectorStore?.clear();
}

async function timed<T>({ host, seconds }: IndexRun, phase: string, work: () => Promise<T>): Promise<T> {
  const start = host.now();
  const result = await work();
  seconds[phase] = (host.now() - start) / 1000;
  return result;
}

async function* timedEvents({ host, seconds }: IndexRun, phase: string, events: AsyncIterable<IndexEvent>): AsyncGenerator<IndexEvent, void> {
  const start = host.now();
  yield* events;
  seconds[phase] = (host.now() - start) / 1000;
}
