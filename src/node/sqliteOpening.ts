import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatabaseSync } from 'node:sqlite';
import { isDamage } from './sqliteFailure.ts';
import { beginGeneration, createSchema, openSchema, schemaFit } from './sqliteSchema.ts';
import { WriterLock } from './writerLock.ts';

export interface SqliteIndexOptions {
  /** Folder of the index, made when missing; one index a folder. */
  readonly folder: string;
  /** Version of everything that produces what is stored: what an index holds of another one is replaced file by file. */
  readonly producer: string;
  /** Largest size of the database file; default: no limit. */
  readonly maxBytes?: number;
}

/**
 * How an index was found when it was opened. `outdated`: another producer filled it, so that it answers until its files
 * have been read anew; `other version`: its tables are other ones, and it was thrown away.
 */
export type IndexOpening = 'new' | 'existing' | 'outdated' | 'other version' | 'damaged' | 'in use' | 'read only';

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly lock: WriterLock | undefined;
  readonly opening: IndexOpening;
  /** An empty database in memory, as there is none to read yet. */
  readonly isStandIn?: boolean;
}

/** Opens the database of a folder: to write, where nothing else does, or else to read. */
export function openDatabase(options: SqliteIndexOptions): OpenedDatabase {
  fs.mkdirSync(options.folder, { recursive: true });
  if (fs.existsSync(databaseFile(options)) && !isWritable(options.folder)) return { database: openImmutable(options), lock: undefined, opening: 'read only' };
  const lock = WriterLock.tryAcquire(options.folder);
  try {
    return lock === undefined ? openForReading(options) : openForWriting(options, lock);
  } catch (error) {
    lock?.[Symbol.dispose]();
    throw error;
  }
}

/** A database that another process writes; an empty one as long as there is none that this version can read. */
export function openForReading(options: SqliteIndexOptions): OpenedDatabase {
  const database = fs.existsSync(databaseFile(options)) ? openSound(options) : undefined;
  if (database !== undefined && schemaFit(database, options.producer) !== 'none') return { database, lock: undefined, opening: 'in use' };
  database?.close();
  const empty = new DatabaseSync(':memory:');
  createSchema(empty, 'empty, until there is one to read');
  return { database: empty, lock: undefined, opening: 'in use', isStandIn: true };
}

/** A new, empty database in place of what is there. */
export function replaceDatabase(options: SqliteIndexOptions): DatabaseSync {
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

function isWritable(folder: string): boolean {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** On storage that cannot be written there is no log of changes beside the file either. */
function openImmutable(options: SqliteIndexOptions): DatabaseSync {
  const url = pathToFileURL(databaseFile(options));
  url.search = '?immutable=1';
  const database = new DatabaseSync(url, { readOnly: true });
  try {
    if (schemaFit(database, options.producer) === 'same') return database;
    throw new Error('it is readonly, and of another version');
  } catch (error) {
    database.close();
    throw error;
  }
}

function openForWriting(options: SqliteIndexOptions, lock: WriterLock): OpenedDatabase {
  if (!fs.existsSync(databaseFile(options))) return { database: replaceDatabase(options), lock, opening: 'new' };
  const database = openSound(options);
  if (database === undefined) return { database: replaceDatabase(options), lock, opening: 'damaged' };
  const fit = schemaFit(database, options.producer);
  if (fit === 'same') return { database, lock, opening: 'existing' };
  if (fit === 'other producer') {
    beginGeneration(database, options.producer);
    return { database, lock, opening: 'outdated' };
  }
  database.close();
  return { database: replaceDatabase(options), lock, opening: 'other version' };
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

function databaseFile({ folder }: SqliteIndexOptions): string {
  return path.join(folder, 'index.db');
}

const busyTimeoutMs = 5000;
