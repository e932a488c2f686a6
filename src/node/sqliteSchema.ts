import type { DatabaseSync } from 'node:sqlite';

/** Shape of the tables; raise it with every change to them. */
const schemaVersion = 3;

/** How much a word counts in a passage's symbol, its heading, its comments and its other text. */
const wordWeights = '8.0, 4.0, 2.0, 1.0';

/**
 * `content` is one distinct file content, `file` who holds it, `passage` one distinct chunk, `place` where it stands
 * in a content. `words` is contentless: the passage has the text, so FTS5 keeps only its index, with `detail=full`
 * because without positions bm25 means nothing there. A `generation` is what one producer stored: what is older
 * answers until its file has been read anew, and passages whose text is the same then keep their vector.
 */
const tables = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE content (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, facts BLOB NOT NULL, problems TEXT, problem_count INTEGER NOT NULL,
  accesses INTEGER NOT NULL, handlers INTEGER NOT NULL, generation INTEGER NOT NULL);
CREATE INDEX content_handlers ON content (id) WHERE handlers = 1;
CREATE TABLE file (path TEXT PRIMARY KEY, content INTEGER REFERENCES content, size INTEGER NOT NULL, modified REAL NOT NULL,
  priority INTEGER NOT NULL, skip TEXT) WITHOUT ROWID;
CREATE INDEX file_content ON file (content);
CREATE TABLE passage (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, symbol TEXT COLLATE NOCASE, text TEXT NOT NULL,
  priority INTEGER NOT NULL, embedded INTEGER NOT NULL DEFAULT 0, generation INTEGER NOT NULL);
CREATE INDEX passage_symbol ON passage (symbol) WHERE symbol IS NOT NULL;
CREATE INDEX passage_pending ON passage (priority, id) WHERE embedded = 0;
CREATE TABLE place (content INTEGER NOT NULL, start INTEGER NOT NULL, passage INTEGER NOT NULL, stop INTEGER NOT NULL,
  PRIMARY KEY (content, start, passage)) WITHOUT ROWID;
CREATE INDEX place_passage ON place (passage, content);
CREATE TABLE orphan (hash TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE definition (content INTEGER NOT NULL, name INTEGER NOT NULL, kind TEXT NOT NULL, line INTEGER NOT NULL,
  PRIMARY KEY (content, name, kind, line)) WITHOUT ROWID;
CREATE INDEX definition_name ON definition (name, content);
CREATE TABLE mention (content INTEGER NOT NULL, name INTEGER NOT NULL, PRIMARY KEY (content, name)) WITHOUT ROWID;
CREATE INDEX mention_name ON mention (name, content);
CREATE VIRTUAL TABLE words USING fts5 (symbol, heading, comment, body, content='', contentless_delete=1, detail=full, tokenize="unicode61 remove_diacritics 0 tokenchars '_'");
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(${wordWeights})');
CREATE VIRTUAL TABLE word_counts USING fts5vocab (words, row);
CREATE TABLE vector_partition (id INTEGER PRIMARY KEY, low TEXT NOT NULL, high TEXT NOT NULL, items INTEGER NOT NULL);
CREATE TABLE vector_blob (path TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE vector_home (id TEXT PRIMARY KEY, partition INTEGER NOT NULL) WITHOUT ROWID;
`;

/** Settings of a connection; the first statement that touches the file, so it is here that a damaged one shows. */
export function openSchema(database: DatabaseSync, maxBytes: number | undefined): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;');
  if (maxBytes !== undefined) database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / 4096))}`);
  database.prepare('SELECT count(*) FROM sqlite_schema').get();
}

/** Makes the tables of an empty database. */
export function createSchema(database: DatabaseSync, producer: string): void {
  database.exec('BEGIN IMMEDIATE');
  database.exec(tables);
  setMeta(database, 'schema', String(schemaVersion));
  setMeta(database, 'producer', producer);
  setMeta(database, 'generation', '1');
  database.exec('COMMIT');
}

/** Whether this version can use the database: as it is, only to read until every file was read anew, or not at all. */
export function schemaFit(database: DatabaseSync, producer: string): 'same' | 'other producer' | 'none' {
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get() === undefined) return 'none';
  if (meta(database, 'schema') !== String(schemaVersion)) return 'none';
  return meta(database, 'producer') === producer ? 'same' : 'other producer';
}

/** From now on the producer stores in this database: every file counts as changed. */
export function beginGeneration(database: DatabaseSync, producer: string): void {
  database.exec('BEGIN IMMEDIATE');
  setMeta(database, 'producer', producer);
  setMeta(database, 'generation', String(Number(meta(database, 'generation')) + 1));
  database.exec('UPDATE file SET size = -1');
  database.exec('COMMIT');
}

/** The number of what the producer stores; -1, which nothing carries, when another one stores here. */
export function generationOf(database: DatabaseSync, producer: string): number {
  return schemaFit(database, producer) === 'same' ? Number(meta(database, 'generation')) : -1;
}

function meta(database: DatabaseSync, key: string): string | undefined {
  const value = database.prepare('SELECT value FROM meta WHERE key = ?').get(key)?.['value'];
  return typeof value === 'string' ? value : undefined;
}

function setMeta(database: DatabaseSync, key: string, value: string): void {
  database.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, value);
}
