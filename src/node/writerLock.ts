import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * The right to write an index. Held as an open exclusive transaction on a database of its own: the operating system
 * releases it when the process dies, however it dies, so no stale lock file can keep an index closed.
 */
export class WriterLock implements Disposable {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The lock of the folder; undefined when another connection, in this process or another, holds it. */
  static tryAcquire(folder: string): WriterLock | undefined {
    const database = new DatabaseSync(path.join(folder, 'writer.lock'), { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE');
      return new WriterLock(database);
    } catch (error) {
      database.close();
      if (error instanceof Error && /locked|busy/i.test(error.message)) return undefined;
      throw error;
    }
  }

  [Symbol.dispose](): void {
    if (this.#database.isOpen) this.#database.close();
  }
}
