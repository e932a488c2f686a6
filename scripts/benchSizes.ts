// Indexes of a given size for measuring: passages of a real repository repeated under other names, with made-up vectors.
import { execFileSync } from 'node:child_process';
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

export interface IndexGrowth {
  /** The folder whose index it shall be. */
  readonly into: string;
  readonly storage: string;
  /** Where the passages come from, and how many there shall be in all; absent: none are added. */
  readonly workspace?: string;
  readonly size?: number;
  /** Every passage gets a vector as if of that model; absent: none. */
  readonly embedderFile?: string | undefined;
  /** Where the texts are written to, as a JSON list. */
  readonly textFile?: string;
}

/** Adds what is missing, in a process of its own so that its memory is not counted; answers how many passages there are. */
export function storeAside(growth: IndexGrowth): number {
  return Number(execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', import.meta.filename, JSON.stringify(growth)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
}

async function store({ into, storage, workspace, size = 0, embedderFile, textFile }: IndexGrowth): Promise<number> {
  await using index = await SqliteIndex.open({ folder: indexFolder(into, storage), producer: indexProducer });
  if (workspace !== undefined) await growIndex(index, workspace, size);
  if (embedderFile !== undefined) await fillVectors(index, embedderFile);
  if (textFile !== undefined) fs.writeFileSync(textFile, JSON.stringify(index.statement('SELECT text FROM passage ORDER BY id LIMIT ?').all(size).map(({ text }) => text)));
  return (await createSqliteCatalog(index).stats()).chunks;
}

/** Adds copies of the workspace's files under other names until there are so many passages. */
async function growIndex(index: SqliteIndex, workspace: string, size: number): Promise<void> {
  const catalog = createSqliteCatalog(index);
  const { chunks, files } = await catalog.stats();
  if (chunks >= size) return;
  const parsed = await parsedFiles(workspace);
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
}

async function fillVectors(index: SqliteIndex, embedderFile: string): Promise<void> {
  const catalog = createSqliteCatalog(index);
  const id = embedderId(embedderFile);
  const vectors = createVectraStore(index, { embedderId: id });
  const vector = clusteredVectors(1 + (await catalog.stats()).embedded, dimensions);
  for (let pending = await catalog.pendingChunks(2000, id); pending.length > 0; pending = await catalog.pendingChunks(2000, id)) {
    await vectors.upsert(pending.map((chunk): VectorItem => ({ id: chunk.id, kind: chunk.kind, file: chunk.file, vector: vector() })));
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

const [, script, asked] = process.argv;
if (script === import.meta.filename && asked !== undefined) console.log(await store(JSON.parse(asked) as IndexGrowth));
