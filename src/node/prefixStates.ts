import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileStamp } from './fileStamp.ts';

/** Beginnings of prompts as a model has read them, kept on disk: after a start they need not be read again. */
export interface PrefixStates {
  /** Hands what is kept under the key to `load`; false when nothing is, when the file is not the one that was written, or when it cannot be loaded. */
  restore(key: string, load: (file: string) => Promise<void>): Promise<boolean>;
  /** Keeps what `save` writes; a full disk means that nothing is kept, nothing else. */
  keep(key: string, save: (file: string) => Promise<void>): Promise<void>;
}

/** What a state depends on: with anything of it another, the state is another model's. */
export interface PrefixStateOf {
  /** The model's file and its adapters'. */
  readonly files: readonly string[];
  /** Version of the runtime, which alone knows the format. */
  readonly runtime: string;
  /** Settings that change the format or the numbers in it. */
  readonly settings: unknown;
  readonly tokens: readonly number[];
}

/** States kept at most, and what they take at most: 200 tokens of a 7B model are 10 to 100 MB. */
export interface PrefixStateLimits {
  readonly mostFiles?: number;
  readonly mostBytes?: number;
}

const defaultLimits = { mostFiles: 8, mostBytes: 512e6 };
const ending = '.state';
/** A file that was begun so long ago belongs to a process that is gone. */
const abandonedMs = 3_600_000;

/** Where the states lie, below the storage folder of the engines: what a system message says belongs to whoever may read the index. */
export function prefixStatesFolder(storage: string): string {
  return path.join(storage, 'prefix-states');
}

/** The name that a state is kept under. Rejects when a file is gone. */
export async function prefixStateKey({ files, runtime, settings, tokens }: PrefixStateOf): Promise<string> {
  const stamps = await Promise.all(files.map(fileStamp));
  return createHash('sha256').update(JSON.stringify([stamps, runtime, settings, tokens])).digest('hex').slice(0, 32);
}

/**
 * States in the folder, each named after its key and its own hash: the native code may end the process on a file that is not
 * what it wrote, so a file whose content does not fit its name is never handed to it.
 */
export function openPrefixStates(folder: string, limits: PrefixStateLimits = {}): PrefixStates {
  return {
    restore: async (key, load) => {
      const file = (await statesIn(folder)).find(({ name }) => name.startsWith(`${key}-`))?.file;
      if (file === undefined) return false;
      try {
        if (path.basename(file) !== stateName(key, await hashOf(file))) throw new Error('The file is not the one that was written.');
        await load(file);
        const now = new Date();
        await fs.promises.utimes(file, now, now).catch(() => undefined);
        return true;
      } catch {
        await fs.promises.rm(file, { force: true }).catch(() => undefined);
        return false;
      }
    },
    keep: async (key, save) => {
      const fresh = path.join(folder, `${key}.${randomUUID()}.writing`);
      try {
        await fs.promises.mkdir(folder, { recursive: true });
        await save(fresh);
        await fs.promises.rename(fresh, path.join(folder, stateName(key, await hashOf(fresh))));
        await makeRoom(folder, { ...defaultLimits, ...limits });
      } catch {
        await fs.promises.rm(fresh, { force: true }).catch(() => undefined);
      }
    },
  };
}

function stateName(key: string, hash: string): string {
  return `${key}-${hash.slice(0, 32)}${ending}`;
}

interface KeptState {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  readonly usedMs: number;
}

/** The states, used last first. */
async function statesIn(folder: string, end = ending): Promise<KeptState[]> {
  const names = await fs.promises.readdir(folder).catch(() => []);
  const states = await Promise.all(names.filter(name => name.endsWith(end)).map(async (name): Promise<KeptState[]> => {
    const file = path.join(folder, name);
    // Another window may have taken it away meanwhile.
    const status = await fs.promises.stat(file).catch(() => undefined);
    return status === undefined ? [] : [{ name, file, bytes: status.size, usedMs: status.mtimeMs }];
  }));
  return states.flat().toSorted((a, b) => b.usedMs - a.usedMs);
}

async function makeRoom(folder: string, { mostFiles, mostBytes }: Required<PrefixStateLimits>): Promise<void> {
  let bytes = 0;
  const states = await statesIn(folder);
  const tooMuch = states.filter((state, index) => {
    bytes += state.bytes;
    return index >= mostFiles || bytes > mostBytes;
  });
  const abandoned = (await statesIn(folder, '.writing')).filter(({ usedMs }) => Date.now() - usedMs > abandonedMs);
  await Promise.all([...tooMuch, ...abandoned].map(({ file }) => fs.promises.rm(file, { force: true })));
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(fs.createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
