import { basename } from 'node:path/posix';
import type { Chunk } from '../chunk/chunk.ts';
import { chunkDocument } from '../chunk/chunkDocument.ts';
import type { SourceFacts } from '../parse/facts.ts';
import { emptyFacts } from '../parse/emptyFacts.ts';
import type { FileRecord, ParsedContent } from '../store/catalog.ts';
import { decodeText, type DecodedText } from '../text/decodeText.ts';
import { hashBytes, hashText } from '../text/hash.ts';
import type { Problem } from '../text/problem.ts';
import { createCommitBatch, type CommitBatch } from './commitBatch.ts';
import type { IndexEvent } from './events.ts';
import { documentPriority, type ChangedFile, type UpdatePlan } from './planUpdate.ts';
import { createTicker } from './ticker.ts';
import type { IndexRun, KnownDocument } from './updateIndex.ts';

/** Reads one file's text into facts, and into chunks where the format knows better than `chunkDocument`. */
export type ParseFile = (file: string, text: string) => ParsedFile | Promise<ParsedFile>;

export interface ParsedFile {
  readonly facts: SourceFacts;
  readonly problems: readonly Problem[];
  readonly chunks?: readonly Chunk[];
}

/** Files read ahead while one is parsed. */
const readAhead = 4;

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

async function* addChanged(run: IndexRun, batch: CommitBatch, changed: readonly ChangedFile[]): AsyncGenerator<IndexEvent, void> {
  const ticker = createTicker(run.host);
  const total = changed.length;
  const reads = new Map<ChangedFile, Promise<FileBytes>>();
  for (const [done, file] of changed.entries()) {
    run.signal?.throwIfAborted();
    for (const next of changed.slice(done, done + readAhead)) if (!reads.has(next)) reads.set(next, readBytes(run, next.file));
    const bytes = await reads.get(file) ?? {};
    reads.delete(file);
    if (ticker()) yield { type: 'progress', phase: 'read', done, total, file: file.file };
    await addFile(run, batch, file, bytes);
  }
  if (total > 0) yield { type: 'progress', phase: 'read', done: total, total };
}

interface FileBytes {
  readonly bytes?: Uint8Array;
  readonly failure?: string;
}

async function readBytes({ host }: IndexRun, file: string): Promise<FileBytes> {
  try {
    const bytes = await host.read(file);
    return bytes === undefined ? {} : { bytes };
  } catch (error) {
    return { failure: messageOf(error) };
  }
}

async function addFile(run: IndexRun, batch: CommitBatch, file: ChangedFile, { bytes, failure }: FileBytes): Promise<void> {
  // What was indexed of a file that cannot be read just now stays; the next update tries again.
  if (failure !== undefined) run.skipped.push({ file: file.file, reason: failure, unreachable: true });
  else if (bytes === undefined) await run.catalog.remove(file.file);
  else await addBytes(run, batch, file, bytes);
}

async function addBytes({ parse }: IndexRun, batch: CommitBatch, file: ChangedFile, bytes: Uint8Array): Promise<void> {
  const contentKey = contentKeyOf(file.file, bytes);
  const stamp = { file: file.file, sizeBytes: file.sizeBytes, modifiedMs: file.modifiedMs, priority: file.priority };
  if (await batch.hasContent(contentKey)) {
    await batch.add({ record: { ...stamp, contentKey } });
    return;
  }
  const decoded = decodeText(bytes);
  const record: FileRecord = decoded.binary ? { ...stamp, skipReason: decoded.reason } : { ...stamp, contentKey };
  await batch.add(decoded.binary ? { record } : { record, content: await parseContent(parse, file.file, decoded) });
}

/** Copies of a file share their content; the name counts, as it decides how the file is read. */
function contentKeyOf(file: string, bytes: Uint8Array): string {
  return hashText(`${basename(file)}\n${hashBytes(bytes)}`);
}

async function parseContent(parse: ParseFile, file: string, { text, problem }: DecodedText): Promise<ParsedContent> {
  const noted: Problem[] = problem === undefined ? [] : [{ file, message: problem }];
  const { facts, problems, chunks } = await parseSafely(parse, file, text);
  if (chunks !== undefined) return { facts, chunks, problems: [...noted, ...problems] };
  const cut = chunkDocument(file, text, facts);
  return { facts, chunks: cut.chunks, problems: [...noted, ...problems, ...cut.problems] };
}

/** A parser that breaks its promise not to throw costs one file its structure, not the run. */
async function parseSafely(parse: ParseFile, file: string, text: string): Promise<ParsedFile> {
  try {
    return await parse(file, text);
  } catch (error) {
    return { facts: emptyFacts('text'), problems: [{ file, message: `not parsed: ${messageOf(error)}` }] };
  }
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
