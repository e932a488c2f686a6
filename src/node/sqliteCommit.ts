import type { SQLOutputValue } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { prepareContent, type FileUpdate, type PreparedChunk, type PreparedContent, type SourceFacts } from '../core/index.ts';
import type { SqliteIndex } from './sqliteIndex.ts';

/** Stores a file's record and content; to be called within a transaction. */
export function commitFile(index: SqliteIndex, { record, content }: FileUpdate): void {
  const known = index.statement('SELECT content FROM file WHERE path = ?').get(record.file);
  const former = contentIn(known);
  const current = record.contentKey === undefined ? null : storeContent(index, record.contentKey, record.priority, content);
  index.statement(known === undefined ? insertFile : updateFile).run(current, record.sizeBytes, record.modifiedMs, record.priority, record.skipReason ?? null, record.file);
  if (former !== undefined && former !== current) dropUnheld(index, former);
}

/**
 * A new row is inserted and no more: a statement that may be rolled back by itself, as one that inserts or updates, makes
 * SQLite ask FTS5 to write out the words of each file alone, and merging those again costs much of the time of storing.
 */
const insertFile = 'INSERT INTO file (content, size, modified, priority, skip, path) VALUES (?, ?, ?, ?, ?, ?)';
const updateFile = 'UPDATE file SET content = ?, size = ?, modified = ?, priority = ?, skip = ? WHERE path = ?';

/** Forgets a file, and its content where no other file holds it; to be called within a transaction. */
export function removeFile(index: SqliteIndex, file: string): void {
  const former = contentIn(index.statement('SELECT content FROM file WHERE path = ?').get(file));
  index.statement('DELETE FROM file WHERE path = ?').run(file);
  if (former !== undefined) dropUnheld(index, former);
}

/** Facts as stored. */
export function packFacts(facts: SourceFacts): Uint8Array {
  return deflateRawSync(JSON.stringify(facts), { level: 3 });
}

/** Facts as they were before `packFacts`. */
export function unpackFacts(packed: Uint8Array): SourceFacts {
  return JSON.parse(inflateRawSync(packed).toString('utf8')) as SourceFacts;
}

function contentIn(file: Readonly<Record<string, SQLOutputValue>> | undefined): number | undefined {
  const content = file?.['content'];
  return typeof content === 'number' ? content : undefined;
}

function storeContent(index: SqliteIndex, key: string, priority: number, content: FileUpdate['content']): number {
  const known = index.statement('SELECT id, generation FROM content WHERE key = ?').get(key);
  const id = Number(known?.['id']);
  if (known?.['generation'] === index.generation) {
    index.statement('UPDATE passage SET priority = ? WHERE priority > ? AND id IN (SELECT passage FROM place WHERE content = ?)').run(priority, priority, id);
    return id;
  }
  if (content === undefined) throw new Error(`content ${key} is neither stored nor given`);
  const prepared = 'form' in content ? content : prepareContent(content, packFacts);
  if (known === undefined) return storePrepared(index, { key, priority, id: null }, prepared);
  const passages = emptyContent(index, id);
  storePrepared(index, { key, priority, id }, prepared);
  dropUnplaced(index, passages);
  return id;
}

interface ContentRow {
  readonly key: string;
  readonly priority: number;
  /** Null: a new row. */
  readonly id: number | null;
}

function storePrepared(index: SqliteIndex, row: ContentRow, content: PreparedContent): number {
  const { facts, problems, problemCount, accesses, holdsHandlers, chunks } = content;
  const { lastInsertRowid } = index.statement(`INSERT${row.id === null ? '' : ' OR REPLACE'} INTO content (id, key, facts, problems, problem_count, accesses, handlers, generation) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(row.id, row.key, facts, problems.length === 0 ? null : JSON.stringify(problems), problemCount, accesses, holdsHandlers ? 1 : 0, index.generation);
  const id = Number(lastInsertRowid);
  for (const chunk of chunks) storeChunk(index, id, row.priority, chunk);
  storeNames(index, id, content);
  return id;
}

function storeChunk(index: SqliteIndex, content: number, priority: number, chunk: PreparedChunk): void {
  const passage = passageOf(index, priority, chunk);
  index.statement('INSERT OR IGNORE INTO place (content, start, passage, stop) VALUES (?, ?, ?, ?)').run(content, chunk.startLine, passage, chunk.endLine);
}

function passageOf(index: SqliteIndex, priority: number, chunk: PreparedChunk): number {
  const known = index.statement('SELECT id, generation FROM passage WHERE hash = ?').get(chunk.id);
  if (known === undefined) {
    const { lastInsertRowid } = index.statement('INSERT INTO passage (hash, kind, symbol, text, priority, generation) VALUES (?, ?, ?, ?, ?, ?)')
      .run(chunk.id, chunk.kind, chunk.symbol ?? null, chunk.text, priority, index.generation);
    storeWords(index, Number(lastInsertRowid), chunk);
    index.statement('DELETE FROM orphan WHERE hash = ?').run(chunk.id);
    return Number(lastInsertRowid);
  }
  const id = Number(known['id']);
  index.statement('UPDATE passage SET priority = ? WHERE id = ? AND priority > ?').run(priority, id, priority);
  if (known['generation'] !== index.generation) {
    index.statement('UPDATE passage SET kind = ?, symbol = ?, text = ?, generation = ? WHERE id = ?').run(chunk.kind, chunk.symbol ?? null, chunk.text, index.generation, id);
    index.statement('DELETE FROM words WHERE rowid = ?').run(id);
    storeWords(index, id, chunk);
  }
  return id;
}

function storeWords(index: SqliteIndex, passage: number, { words }: PreparedChunk): void {
  index.statement('INSERT INTO words (rowid, symbol, heading, comment, body) VALUES (?, ?, ?, ?, ?)').run(passage, words.symbol, words.heading, words.comment, words.body);
}

function storeNames(index: SqliteIndex, content: number, { definitions, mentions }: PreparedContent): void {
  const define = index.statement('INSERT OR IGNORE INTO definition (content, name, kind, line) VALUES (?, ?, ?, ?)');
  for (const { name, kind, line } of definitions) define.run(content, nameId(index, name), kind, line);
  const mention = index.statement('INSERT OR IGNORE INTO mention (content, name) VALUES (?, ?)');
  for (const name of mentions) mention.run(content, nameId(index, name));
}

function nameId(index: SqliteIndex, name: string): number {
  const known = index.statement('SELECT id FROM name WHERE text = ?').get(name)?.['id'];
  return typeof known === 'number' ? known : Number(index.statement('INSERT INTO name (text) VALUES (?)').run(name).lastInsertRowid);
}

/** Deletes a content that no file holds any more. */
function dropUnheld(index: SqliteIndex, content: number): void {
  if (index.statement('SELECT 1 FROM file WHERE content = ? LIMIT 1').get(content) !== undefined) return;
  const passages = emptyContent(index, content);
  index.statement('DELETE FROM content WHERE id = ?').run(content);
  dropUnplaced(index, passages);
}

/** Deletes what hangs on a content; answers the passages that stood in it. */
function emptyContent(index: SqliteIndex, content: number): number[] {
  const passages = index.statement('SELECT DISTINCT passage FROM place WHERE content = ?').all(content).map(row => Number(row['passage']));
  for (const table of ['place', 'definition', 'mention']) index.statement(`DELETE FROM ${table} WHERE content = ?`).run(content);
  return passages;
}

/** Deletes those passages that stand nowhere any more; those with a vector are noted as orphans. */
function dropUnplaced(index: SqliteIndex, passages: readonly number[]): void {
  for (const passage of passages) {
    if (index.statement('SELECT 1 FROM place WHERE passage = ? LIMIT 1').get(passage) !== undefined) continue;
    index.statement('INSERT OR IGNORE INTO orphan (hash) SELECT hash FROM passage WHERE id = ? AND embedded = 1').run(passage);
    index.statement('DELETE FROM words WHERE rowid = ?').run(passage);
    index.statement('DELETE FROM passage WHERE id = ?').run(passage);
  }
}
