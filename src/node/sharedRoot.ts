import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { FileListing, Host, OpenIndex, OpenRoot } from '../core/index.ts';
import { openDiskHost } from './diskHost.ts';
import { reasonOf } from './listFiles.ts';
import { SqliteIndex } from './sqliteIndex.ts';

export interface SharedRootOptions {
  /** Absolute. */
  readonly folder: string;
  /** Holds the shared indexes, one folder a content. */
  readonly storage: string;
  readonly producer: string;
  readonly exclude: readonly string[];
  readonly log: (message: string) => void;
  readonly openStores: (database: SqliteIndex) => OpenIndex;
}

/** Files whose bytes count in the key; of the others the name and the size do. */
const sampledFiles = 64;
/** An index that no workspace has opened for so long is deleted. */
const keptDays = 60;

/**
 * Opens the index of a folder outside the workspace. It is named after the folder's content, so that it is built once a
 * machine, whichever workspace asks and wherever a copy lies. Rejects with a sentence when the folder cannot be read.
 */
export async function openSharedRoot(options: SharedRootOptions, signal?: AbortSignal): Promise<OpenRoot> {
  const folder = options.folder.replaceAll(path.sep, '/').replace(/\/+$/, '');
  const disk = openDiskHost({ workspace: folder, exclude: options.exclude, log: options.log });
  const listing = await listed(disk, folder, signal);
  const home = path.join(options.storage, await contentKey(folder, listing));
  const database = await SqliteIndex.open({ folder: home, producer: options.producer });
  await noteUse(home, folder);
  await forgetUnused(options.storage);
  return {
    layer: { folder, ...options.openStores(database) },
    host: withoutTimes(disk),
    sizeBytes: async () => databaseBytes(home),
    [Symbol.asyncDispose]: async () => database[Symbol.asyncDispose](),
  };
}

/** What a database takes on disk. */
export async function databaseBytes(folder: string): Promise<number> {
  const sizes = await Promise.all(['index.db', 'index.db-wal'].map(async name => (await fs.stat(path.join(folder, name)).catch(() => undefined))?.size ?? 0));
  return sizes.reduce((total, size) => total + size, 0);
}

async function listed(disk: Host, folder: string, signal: AbortSignal | undefined): Promise<FileListing> {
  try {
    return await disk.list(signal);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Error(`${folder} cannot be read (${reasonOf(error)}). Remove it from the knowledge, or put it back.`, { cause: error });
  }
}

/** Names and sizes of every file, and the bytes of a sample: reading an SDK whole would take longer than indexing a change. */
async function contentKey(folder: string, { files }: FileListing): Promise<string> {
  const hash = createHash('sha256');
  for (const { file, sizeBytes } of files) hash.update(`${file}\0${sizeBytes}\n`);
  const step = Math.max(1, Math.floor(files.length / sampledFiles));
  for (let index = 0; index < files.length; index += step) hash.update(await fs.readFile(path.join(folder, files[index]?.file ?? '')).catch(() => ''));
  return hash.digest('hex').slice(0, 16);
}

/** Times differ between copies of one content; what would change with them is in the key. */
function withoutTimes(disk: Host): Host {
  return {
    ...disk,
    list: async (signal, below) => {
      const { files, skipped } = await disk.list(signal, below);
      return { files: files.map(entry => ({ ...entry, modifiedMs: 0 })), skipped };
    },
  };
}

const useNote = 'used-for.txt';

/** Says in words what the folder with the nameless name is for; the file's time is that of the last use. */
async function noteUse(home: string, folder: string): Promise<void> {
  await fs.writeFile(path.join(home, useNote), `${folder}\n`).catch(() => undefined);
}

async function forgetUnused(storage: string): Promise<void> {
  for (const name of await fs.readdir(storage).catch((): string[] => [])) {
    const used = await fs.stat(path.join(storage, name, useNote)).catch(() => undefined);
    if (used === undefined || Date.now() - used.mtimeMs < keptDays * 24 * 3600 * 1000) continue;
    await fs.rm(path.join(storage, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
