// Indexes of a given size for measuring: passages of a real repository repeated under other names, with made-up vectors.
import fs from 'node:fs';
import path from 'node:path';
import { readContent, parseSource, type Chunk, type FileUpdate, type ParsedContent, type VectorItem } from '../src/core/index.ts';
import { openDiskHost } from '../src/node/diskHost.ts';
import { grammarsFolder } from '../src/node/folders.ts';
import { indexFolder } from '../src/node/indexFolder.ts';
import { embedderId } from '../src/node/llamaEmbedder.ts';
import { indexProducer } from '../src/node/openEngine.ts';
import { openParser } from '../src/node/openParser.ts';
import { createSqliteCatalog } from '../src/node/sqliteCatalog.ts';
import { SqliteIndex } from '../src/node/sqliteIndex.ts';
import { createVectraStore } from '../src/node/vectraStore.ts';
import { clusteredVectors } from './benchVectors.ts';

/** What the small sentence models make. */
const dimensions = 384;
/** Bytes of source that are repeated: enough for words to be as various as in a real index. */
const sampleBytes = 12e6;

/** Gives every passage of a workspace's index a made-up vector, as if of that model; answers how many there are. */
export async function fillVectors(workspace: string, storage: string, embedderFile: string): Promise<number> {
  await using index = await SqliteIndex.open({ folder: indexFolder(workspace, storage), producer: indexProducer });
  return await fillIndex(index, embedderFile);
}

export interface IndexGrowth {
  readonly workspace: string;
  /** The folder whose index it shall be. */
  readonly into: string;
  readonly storage: string;
  /** Passages in all. */
  readonly size: number;
  readonly embedderFile: string | undefined;
}

/** Adds copies of the workspace's files under other names until there are so many passages; answers how many there are. */
export async function growIndex({ workspace, into, storage, size, embedderFile }: IndexGrowth): Promise<number> {
  await using index = await SqliteIndex.open({ folder: indexFolder(into, storage), producer: indexProducer });
  const catalog = createSqliteCatalog(index);
  const { chunks, files } = await catalog.stats();
  const parsed = chunks < size ? await parsedFiles(workspace) : [];
  let batch: FileUpdate[] = [];
  for (let number = files, stored = chunks; stored < size; number += 1) {
    const original = parsed[number % parsed.length];
    if (original === undefined) throw new Error(`${workspace} holds nothing to repeat`);
    const update = copyOf(original, Math.floor(number / parsed.length), size - stored);
    stored += update.content?.chunks.length ?? 0;
    batch.push(update);
    if (batch.length < 32 && stored < size) continue;
    await catalog.commit(...batch);
    batch = [];
  }
  if (embedderFile !== undefined) await fillIndex(index, embedderFile);
  return (await catalog.stats()).chunks;
}

/** Writes texts of that many passages, as a JSON list; grows the index where it is smaller. */
export async function writeTexts(growth: IndexGrowth, file: string): Promise<void> {
  await growIndex(growth);
  await using index = await SqliteIndex.open({ folder: indexFolder(growth.into, growth.storage), producer: indexProducer });
  fs.writeFileSync(file, JSON.stringify(index.statement('SELECT text FROM passage ORDER BY id LIMIT ?').all(growth.size).map(({ text }) => text)));
}

async function fillIndex(index: SqliteIndex, embedderFile: string): Promise<number> {
  const catalog = createSqliteCatalog(index);
  const id = embedderId(embedderFile);
  const store = createVectraStore(index, { embedderId: id });
  const { embedded } = await catalog.stats();
  const vector = clusteredVectors(1 + embedded, dimensions);
  for (;;) {
    const pending = await catalog.pendingChunks(2000, id);
    if (pending.length === 0) return (await catalog.stats()).embedded;
    await store.upsert(pending.map((chunk): VectorItem => ({ id: chunk.id, kind: chunk.kind, file: chunk.file, vector: vector() })));
    await catalog.markEmbedded(pending.map(chunk => chunk.id), id);
  }
}

interface ParsedSource {
  readonly file: string;
  readonly content: ParsedContent;
}

async function parsedFiles(workspace: string): Promise<ParsedSource[]> {
  const host = openDiskHost({ workspace, exclude: [], hidden: [] });
  const { files } = await host.list();
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const step = Math.max(1, total / sampleBytes);
  await using parser = await openParser(grammarsFolder());
  const parsed: ParsedSource[] = [];
  for (let at = 0; at < files.length; at += step) {
    const { file } = files[Math.floor(at)] ?? { file: '' };
    const bytes = await host.read(file);
    const found = bytes === undefined ? undefined : await readContent(file, bytes, (name, text) => parseSource(parser, name, text));
    if (found !== undefined && 'content' in found && found.content.chunks.length > 0) parsed.push({ file, content: found.content });
  }
  return parsed;
}

/** The first copy is the file itself; in others every symbol carries the copy's number. */
function copyOf({ file, content }: ParsedSource, copy: number, most: number): FileUpdate {
  const name = `copy${copy}/${file}`;
  const key = `${name}#${copy}`;
  const chunks = content.chunks.slice(0, most).map((chunk, position): Chunk => ({
    ...chunk, id: `${key}#${position}`, file: name, text: `${chunk.text}\n/* ${path.basename(file)} ${copy} */`, ...(chunk.symbol !== undefined && { symbol: copy === 0 ? chunk.symbol : `${chunk.symbol}_${copy}` }),
  }));
  return { record: { file: name, contentKey: key, sizeBytes: 1, modifiedMs: 1, priority: 0 }, content: { ...content, chunks } };
}
