import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { IndexError, inWords, isDamage, worded } from './sqliteFailure.ts';
import { openDatabase, openForReading, replaceDatabase, type IndexOpening, type OpenedDatabase, type SqliteIndexOptions } from './sqliteOpening.ts';
import { beginGeneration, generationOf, schemaFit } from './sqliteSchema.ts';
import { WriterLock } from './writerLock.ts';

/** How long an empty stand-in is read from before it is looked for the real one again. */
const lookAgainMs = 500;

/**
 * The database file of one index: catalog, words and vectors together, so that a file's share of all three is one
 * transaction. One process writes (a lock that dies with its process); others read what is committed.
 * Derived data: an index with other tables or a damaged one is replaced, never repaired; what another producer stored
 * stays until its file has been read anew.
 */
export class SqliteIndex implements AsyncDisposable {
  readonly folder: string;
  readonly opening: IndexOpening;
  #database: DatabaseSync;
  #lock: WriterLock | undefined;
  readonly #options: SqliteIndexOptions;
  readonly #statements = new Map<string, StatementSync>();
  #replacements = 0;
  #writes = 0;
  #generation: number;
  /** When the stand-in for a database that is not there yet was looked at last; undefined: it is the real one. */
  #standInSince: number | undefined;

  private constructor(options: SqliteIndexOptions, opened: OpenedDatabase) {
    this.folder = options.folder;
    this.#options = options;
    this.opening = opened.opening;
    this.#database = opened.database;
    this.#lock = opened.lock;
    this.#generation = generationOf(opened.database, options.producer);
    this.#standInSince = opened.isStandIn === true ? performance.now() : undefined;
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

  /** Changes with every commit, here or by another connection. */
  get version(): string {
    return `${this.#writes}:${this.foreignVersion}`;
  }

  /** What this producer stores carries this number; contents and passages of other numbers are outdated. */
  get generation(): number {
    return this.#generation;
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
    return this.#guarded(() => {
      this.#lookAgain();
      return work();
    });
  }

  /** Runs the work as one transaction: all of it or nothing. Takes over the writing when the former writer is gone. */
  write<T>(work: () => T): T {
    return this.#guarded(() => {
      this.#becomeWriter();
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#database.exec('COMMIT');
        this.#writes += 1;
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

  /** True when this process writes the index from now on, as it did before or because the former writer is gone. */
  tryToWrite(): boolean {
    try {
      this.#guarded(() => { this.#becomeWriter(); });
      return true;
    } catch {
      return false;
    }
  }

  #becomeWriter(): void {
    if (this.#lock !== undefined) return;
    if (this.opening === 'read only') throw new IndexError(`The index in ${this.folder} cannot be written: its storage is read-only. It is searched as it is; choose another storage folder to keep it up to date.`);
    this.#lock = WriterLock.tryAcquire(this.folder);
    if (this.#lock === undefined) throw new IndexError(`The index in ${this.folder} is being written by another Halcyon window; this one reads it and takes over when the other closes.`);
    const fit = this.#standInSince === undefined ? schemaFit(this.#database, this.#options.producer) : 'none';
    if (fit === 'none') this.#replace();
    if (fit === 'other producer') beginGeneration(this.#database, this.#options.producer);
    this.#generation = generationOf(this.#database, this.#options.producer);
  }

  /** Another process may have made the database since. */
  #lookAgain(): void {
    if (this.#standInSince === undefined || performance.now() - this.#standInSince < lookAgainMs) return;
    const opened = openForReading(this.#options);
    this.#standInSince = performance.now();
    if (opened.isStandIn === true) opened.database.close();
    else this.#use(opened.database);
  }

  #use(database: DatabaseSync): void {
    if (this.#database.isOpen) this.#database.close();
    this.#statements.clear();
    this.#replacements += 1;
    this.#database = database;
    this.#standInSince = undefined;
    this.#generation = generationOf(database, this.#options.producer);
  }

  #replace(): void {
    this.#database.close();
    this.#use(replaceDatabase(this.#options));
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
