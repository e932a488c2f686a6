import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { createSchema, openSchema, schemaMatches } from './sqliteSchema.ts';
import { WriterLock } from './writerLock.ts';

export interface SqliteIndexOptions {
  /** Folder of the index, made when missing; one index a folder. */
  readonly folder: string;
  /** Version of everything that produces what is stored: an index of another one is thrown away. */
  readonly producer: string;
  /** Largest size of the database file; default: no limit. */
  readonly maxBytes?: number;
}

/** How an index was found when it was opened. */
export type IndexOpening = 'new' | 'existing' | 'other version' | 'damaged' | 'in use';

/**
 * The database file of one index: catalog, words and vectors together, so that a file's share of all three is one
 * transaction. One process writes (a lock that dies with its process); others read what is committed.
 * Derived data: an index of another version or a damaged one is replaced, never repaired.
 */
export class SqliteIndex implements AsyncDisposable {
  readonly folder: string;
  readonly opening: IndexOpening;
  #database: DatabaseSync;
  #lock: WriterLock | undefined;
  readonly #options: SqliteIndexOptions;
  readonly #statements = new Map<string, StatementSync>();
  #replacements = 0;

  private constructor(options: SqliteIndexOptions, opened: OpenedDatabase) {
    this.folder = options.folder;
    this.#options = options;
    this.opening = opened.opening;
    this.#database = opened.database;
    this.#lock = opened.lock;
  }

  /** Rejects with a sentence naming the folder when there can be no index there. */
  static async open(options: SqliteIndexOptions): Promise<SqliteIndex> {
    return new SqliteIndex(options, inWords(options.folder, () => openDatabase(options)));
  }

  /** True while this process is the one that writes. */
  get isWriter(): boolean {
    return this.#lock !== undefined;
  }

  /** Changes whenever another connection has committed or the database was replaced: what is cached from before is stale. */
  get foreignVersion(): string {
    return `${this.#replacements}:${String(this.statement('PRAGMA data_version').get()?.['data_version'])}`;
  }

  /** The prepared statement for the text, kept. */
  statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** Runs work that only reads; its failures become sentences. */
  read<T>(work: () => T): T {
    return this.#guarded(work);
  }

  /** Runs the work as one transaction: all of it or nothing. Takes over the writing when the former writer is gone. */
  write<T>(work: () => T): T {
    return this.#guarded(() => {
      this.#becomeWriter();
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#database.exec('COMMIT');
        return result;
      } catch (error) {
        // SQLite has rolled back by itself after a full disk.
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /** Throws everything away and starts empty. */
  clear(): void {
    inWords(this.folder, () => {
      this.#becomeWriter();
      this.#replace();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
    this.#lock?.[Symbol.dispose]();
    this.#lock = undefined;
  }

  #becomeWriter(): void {
    if (this.#lock !== undefined) return;
    this.#lock = WriterLock.tryAcquire(this.folder);
    if (this.#lock === undefined) throw new IndexError(`The index in ${this.folder} is being written by another Halcyon window; this one reads it and takes over when the other closes.`);
    if (!schemaMatches(this.#database, this.#options.producer)) this.#replace();
  }

  #replace(): void {
    this.#database.close();
    this.#statements.clear();
    this.#replacements += 1;
    this.#database = replaceDatabase(this.#options);
  }

  /** A page that turns out to be damaged empties the index: it is derived data, and half of it is worse than none. */
  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!isDamage(error) || this.#lock === undefined) throw worded(this.folder, error);
      this.#replace();
      throw new IndexError(`The index in ${this.folder} was damaged and has been emptied; index again.`, { cause: error });
    }
  }
}

/** A failure of the index, told in a sentence for the user. */
export class IndexError extends Error {
  override readonly name = 'IndexError';
}

interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly lock: WriterLock | undefined;
  readonly opening: IndexOpening;
}

function openDatabase(options: SqliteIndexOptions): OpenedDatabase {
  fs.mkdirSync(options.folder, { recursive: true });
  const lock = WriterLock.tryAcquire(options.folder);
  try {
    return lock === undefined ? openForReading(options) : openForWriting(options, lock);
  } catch (error) {
    lock?.[Symbol.dispose]();
    throw error;
  }
}

function openForWriting(options: SqliteIndexOptions, lock: WriterLock): OpenedDatabase {
  if (!fs.existsSync(databaseFile(options))) return { database: replaceDatabase(options), lock, opening: 'new' };
  const database = openSound(options);
  if (database === undefined) return { database: replaceDatabase(options), lock, opening: 'damaged' };
  if (schemaMatches(database, options.producer)) return { database, lock, opening: 'existing' };
  database.close();
  return { database: replaceDatabase(options), lock, opening: 'other version' };
}

/** Another process writes. Its file may not be there yet or be of another version: then this one sees an empty index until it takes over. */
function openForReading(options: SqliteIndexOptions): OpenedDatabase {
  const database = fs.existsSync(databaseFile(options)) ? openSound(options) : undefined;
  if (database !== undefined && schemaMatches(database, options.producer)) return { database, lock: undefined, opening: 'in use' };
  database?.close();
  const empty = new DatabaseSync(':memory:');
  createSchema(empty, 'empty, until the writer is gone');
  return { database: empty, lock: undefined, opening: 'in use' };
}

/** The database when its file can be read; undefined when it is damaged. */
function openSound(options: SqliteIndexOptions): DatabaseSync | undefined {
  const database = new DatabaseSync(databaseFile(options), { timeout: busyTimeoutMs });
  try {
    openSchema(database, options.maxBytes);
    return database;
  } catch (error) {
    database.close();
    if (isDamage(error)) return undefined;
    throw error;
  }
}

/** A new, empty database in place of what is there. */
function replaceDatabase(options: SqliteIndexOptions): DatabaseSync {
  const file = databaseFile(options);
  for (const suffix of ['', '-wal', '-shm', '-journal']) fs.rmSync(file + suffix, { force: true });
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    openSchema(database, options.maxBytes);
    createSchema(database, options.producer);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function databaseFile({ folder }: SqliteIndexOptions): string {
  return path.join(folder, 'index.db');
}

const busyTimeoutMs = 5000;
const corruptCode = 11;
const fullCode = 13;
const notADatabaseCode = 26;

function codeOf(error: unknown): number | undefined {
  // The low byte of an extended result code is the plain one.
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** Runs the work; what goes wrong becomes a sentence that names the folder and the remedy. */
function inWords<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw worded(folder, error);
  }
}

function worded(folder: string, error: unknown): IndexError {
  return error instanceof IndexError ? error : new IndexError(sentence(folder, error), { cause: error });
}

function isDamage(error: unknown): boolean {
  return codeOf(error) === corruptCode || codeOf(error) === notADatabaseCode;
}

function sentence(folder: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  if (code === fullCode || /ENOSPC/.test(message)) return `The disk is full: the index in ${folder} could not be written. Free some space and index again; what was indexed before is kept.`;
  if (isDamage(error)) return `The index in ${folder} is damaged (${message}). Run "Halcyon: Rebuild Index".`;
  if (/no such module: fts5/i.test(message)) return `The SQLite of this editor lacks full-text search (FTS5), which the index in ${folder} needs. Update the editor.`;
  if (/EACCES|EPERM|EROFS|readonly/i.test(message)) return `The index in ${folder} cannot be written: ${message}. Choose another storage folder or mend its permissions.`;
  return `The index in ${folder} failed: ${message}`;
}
