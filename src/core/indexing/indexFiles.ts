import { basename } from 'node:path/posix';
import type { FileRecord } from '../store/catalog.ts';
import { hashBytes, hashText } from '../text/hash.ts';
import { createCommitBatch, type CommitBatch } from './commitBatch.ts';
import type { IndexEvent } from './events.ts';
import { documentPriority, type ChangedFile, type UpdatePlan } from './planUpdate.ts';
import { readContent, type ContentReader, type ReadContent } from './readContent.ts';
import { startAhead } from './startAhead.ts';
import { createTicker } from './ticker.ts';
import type { IndexRun, KnownDocument } from './updateIndex.ts';

/** Reads what changed and commits it in batches of whole files, then forgets what is gone: in this order, as a renamed file keeps its content. */
export async function* indexFiles(run: IndexRun, plan: UpdatePlan): AsyncGenerator<IndexEvent, void> {
  const batch = createCommitBatch(run.catalog);
  try {
    await addDocuments(run, batch, plan.documents);
    yield* addChanged(run, batch, plan.changed);
  } finally {
    // What was parsed when the run was stopped is worth keeping.
    await batch.flush();
  }
  for (let start = 0; start < plan.removed.length; start += filesPerRemoval) {
    run.signal?.throwIfAborted();
    await run.catalog.remove(...plan.removed.slice(start, start + filesPerRemoval));
  }
}

const filesPerRemoval = 200;

/** From here on it pays to start other threads: below, a saved file is indexed sooner without. */
const manyFiles = 16;
const manyBytes = 1024 * 1024;
/** Bytes of files being read and parsed at the same time; a file's tree takes tens of times its size. */
const bytesAhead = 4 * 1024 * 1024;

async function* addChanged(run: IndexRun, batch: CommitBatch, changed: readonly ChangedFile[]): AsyncGenerator<IndexEvent, void> {
  const ticker = createTicker(run.host);
  const total = changed.length;
  await using reader = isMuch(changed) ? await run.openReader?.() : undefined;
  const limits = { items: 2 + 2 * (reader?.width ?? 1), costOf: ({ sizeBytes }: ChangedFile) => sizeBytes, cost: bytesAhead };
  const started = new Set<string>();
  let done = 0;
  for await (const { item, result } of startAhead(changed, limits, async file => readFile(run, batch, file, { reader, started }))) {
    await run.resumed?.(run.signal);
    run.signal?.throwIfAborted();
    if (ticker()) yield { type: 'progress', phase: 'read', done, total, file: item.file };
    await addFile(run, batch, item, result);
    done += 1;
  }
  if (total > 0) yield { type: 'progress', phase: 'read', done: total, total };
}

function isMuch(changed: readonly ChangedFile[]): boolean {
  return changed.length >= manyFiles || changed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) >= manyBytes;
}

/** Nothing in it: the file is gone. */
interface FileRead {
  readonly failure?: string;
  readonly content?: { readonly key: string; readonly bytes: Uint8Array; /** Absent when the content was known already, or a file before this one has it. */ readonly read?: ReadContent };
}

interface Reading {
  readonly reader: ContentReader | undefined;
  /** Contents that are being read. */
  readonly started: Set<string>;
}

async function readFile(run: IndexRun, batch: CommitBatch, { file }: ChangedFile, { reader, started }: Reading): Promise<FileRead> {
  try {
    const bytes = run.signal?.aborted === true ? undefined : await run.host.read(file);
    if (bytes === undefined) return {};
    const key = contentKeyOf(file, bytes);
    if (started.has(key) || await batch.hasContent(key)) return { content: { key, bytes } };
    started.add(key);
    // Without other threads the file is parsed when its turn comes: nothing is gained by parsing ahead.
    return { content: reader === undefined ? { key, bytes } : { key, bytes, read: await readBeside(reader, file, bytes) } };
  } catch (error) {
    return { failure: messageOf(error) };
  }
}

/** A file that costs the reader its life keeps its words, and is not tried again: every start would pay for it. */
async function readBeside(reader: ContentReader, file: string, bytes: Uint8Array): Promise<ReadContent> {
  try {
    return await reader.read(file, bytes);
  } catch (error) {
    const found = await readContent(file, bytes, () => { throw error; });
    if ('skipReason' in found) return found;
    const { facts, chunks, problems } = found.content;
    return { content: { facts, chunks, problems } };
  }
}

async function addFile(run: IndexRun, batch: CommitBatch, file: ChangedFile, { failure, content }: FileRead): Promise<void> {
  // What was indexed of a file that cannot be read just now stays; the next update tries again.
  if (failure !== undefined) run.skipped.push({ file: file.file, reason: failure, unreachable: true });
  else if (content === undefined) await run.catalog.remove(file.file);
  else await addContent(run, batch, file, content);
}

async function addContent({ parse }: IndexRun, batch: CommitBatch, file: ChangedFile, { key, bytes, read }: NonNullable<FileRead['content']>): Promise<void> {
  const stamp = { file: file.file, sizeBytes: file.sizeBytes, modifiedMs: file.modifiedMs, priority: file.priority };
  if (await batch.hasContent(key)) {
    await batch.add({ record: { ...stamp, contentKey: key } });
    return;
  }
  const found = read ?? await readContent(file.file, bytes, parse);
  if ('skipReason' in found) await batch.add({ record: { ...stamp, skipReason: found.skipReason } });
  else if (found.content.brokeDown === true) await batch.add({ record: { ...stamp, contentKey: `${key}${brokenKey}`, modifiedMs: neverModified }, content: found.content });
  else await batch.add({ record: { ...stamp, contentKey: key }, content: found.content });
}

/** Under a key and a stamp that no file has, what a parser left undone is found out by the next update. */
const brokenKey = '-broke-down';
const neverModified = -1;

/** Copies of a file share their content; the name counts, as it decides how the file is read. */
function contentKeyOf(file: string, bytes: Uint8Array): string {
  return hashText(`${basename(file)}\n${hashBytes(bytes)}`);
}

async function addDocuments({ signal }: IndexRun, batch: CommitBatch, documents: readonly KnownDocument[]): Promise<void> {
  for (const document of documents) {
    signal?.throwIfAborted();
    const record = documentRecord(document);
    await batch.add(await batch.hasContent(document.contentKey) ? { record } : { record, content: document.content() });
  }
}

function documentRecord({ file, contentKey }: KnownDocument): FileRecord {
  return { file, contentKey, sizeBytes: 0, modifiedMs: 0, priority: documentPriority };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
