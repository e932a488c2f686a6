import type { FileStorage } from 'vectra';
import type { SqliteIndex } from './sqliteIndex.ts';

/** vectra's files as rows of the index. What vectra writes is staged, until `flush` stores it within one transaction of the caller. */
export interface StagedStorage extends FileStorage {
  /** Stores what was staged; to be called within a transaction. */
  flush(): void;
  /** Forgets what was staged: after the transaction, or when it failed. */
  discard(): void;
}

/** Storage for vectra on the index's blob table; a folder is a path prefix. */
export function createStagedStorage(index: SqliteIndex): StagedStorage {
  /** Undefined: deleted. */
  const staged = new Map<string, Buffer | undefined>();
  const exists = (path: string) => staged.has(path) ? staged.get(path) !== undefined : index.read(() => index.statement('SELECT 1 FROM vector_blob WHERE path = ?').get(path) !== undefined);
  const list = (folder: string) => index.read(() => index.statement('SELECT path FROM vector_blob WHERE substr(path, 1, ?) = ?').all(folder.length + 1, `${folder}/`)).map(row => String(row['path']));
  const put = (path: string, content: Buffer | string) => { staged.set(path, Buffer.from(content)); };
  return {
    createFile: async (path, content) => {
      if (exists(path)) throw new Error(`${path} exists`);
      put(path, content);
    },
    upsertFile: async (path, content) => { put(path, content); },
    createFolder: async () => undefined,
    deleteFile: async path => { staged.set(path, undefined); },
    deleteFolder: async folder => { for (const path of list(folder)) staged.set(path, undefined); },
    getDetails: async path => {
      if (!exists(path)) throw new Error(`${path} does not exist`);
      return { name: nameOf(path), path, isFolder: false };
    },
    listFiles: async folder => list(folder).map(path => ({ name: nameOf(path), path, isFolder: false })),
    pathExists: async path => exists(path),
    readFile: async path => staged.get(path) ?? readBlob(index, path),
    flush: () => { for (const [path, content] of staged) store(index, path, content); },
    discard: () => { staged.clear(); },
  };
}

/** The bytes stored at a path; throws when there are none. */
export function readBlob(index: SqliteIndex, path: string): Buffer {
  const data = index.read(() => index.statement('SELECT data FROM vector_blob WHERE path = ?').get(path)?.['data']);
  if (!(data instanceof Uint8Array)) throw new Error(`${path} does not exist`);
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function store(index: SqliteIndex, path: string, content: Buffer | undefined): void {
  if (content === undefined) index.statement('DELETE FROM vector_blob WHERE path = ?').run(path);
  else index.statement('INSERT OR REPLACE INTO vector_blob (path, data) VALUES (?, ?)').run(path, content);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
