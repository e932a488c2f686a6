import type { DatabaseSync } from 'node:sqlite';

/** Shape of the tables; raise it with every change to them. */
const schemaVersion = 1;

/** How much more a word counts in a passage's symbol than in its text. */
const symbolWeight = '4.0';

/**
 * `content` is one distinct file content, `file` who holds it, `passage` one distinct chunk, `place` where it stands
 * in a content. `words` is contentless: the passage has the text, so FTS5 keeps only its index, with `detail=full`
 * because without positions bm25 means nothing there.
 */
const tables = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE content (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, facts BLOB NOT NULL, problems TEXT, problem_count INTEGER NOT NULL,
  accesses INTEGER NOT NULL, handlers INTEGER NOT NULL);
CREATE INDEX content_handlers ON content (id) WHERE handlers = 1;
CREATE TABLE file (path TEXT PRIMARY KEY, content INTEGER REFERENCES content, size INTEGER NOT NULL, modified REAL NOT NULL,
  priority INTEGER NOT NULL, skip TEXT) WITHOUT ROWID;
CREATE INDEX file_content ON file (content);
CREATE TABLE passage (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, symbol TEXT COLLATE NOCASE, text TEXT NOT NULL,
  priority INTEGER NOT NULL, embedded INTEGER NOT NULL DEFAULT 0);
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
CREATE VIRTUAL TABLE words USING fts5 (symbol, body, content='', contentless_delete=1, detail=full, tokenize="unicode61 remove_diacritics 0 tokenchars '_'");
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(${symbolWeight}, 1.0)');
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
  stamp(database, producer);
  database.exec('COMMIT');
}

/** True when the database was made by this version. */
export function schemaMatches(database: DatabaseSync, producer: string): boolean {
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get() === undefined) return false;
  return database.prepare("SELECT value FROM meta WHERE key = 'producer'").get()?.['value'] === stampText(producer);
}

function stamp(database: DatabaseSync, producer: string): void {
  database.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('producer', ?)").run(stampText(producer));
}

function stampText(producer: string): string {
  return `schema ${schemaVersion}, ${producer}`;
}
