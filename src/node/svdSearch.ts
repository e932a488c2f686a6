import fs from 'node:fs/promises';
import path from 'node:path';
import type { SvdFile } from '../core/index.ts';

/** The chip descriptions of this machine, without a long wait for slow disks. */
export interface SvdSearch {
  /** What the search has found; what is known from last time where it takes too long. */
  list(): Promise<readonly SvdFile[]>;
  /** The next call searches again. */
  forget(): void;
}

export interface SvdSearchOptions {
  /** Goes through the tools' folders and the user's. */
  readonly search: (signal: AbortSignal) => Promise<readonly SvdFile[]>;
  /** Where the last result is kept. */
  readonly file: string;
  /** Called when a search that took too long has ended with another result than was given meanwhile. */
  readonly onLateResult: () => void;
  /** How long a hover may have to wait for it; default: one and a half seconds. */
  readonly patienceMs?: number;
}

/**
 * Home folders may lie on slow network drives: after a while the last result is used, the search goes on, and a change is
 * told afterwards. A search that fails leaves the last result in place.
 */
export function createSvdSearch(options: SvdSearchOptions): SvdSearch {
  let running: { readonly done: Promise<readonly SvdFile[]>; readonly controller: AbortController } | undefined;
  let known: Promise<readonly SvdFile[]> | undefined;
  const start = (): NonNullable<typeof running> => {
    const controller = new AbortController();
    const before = known ??= kept(options.file);
    const done = options.search(controller.signal).then(async found => {
      if (controller.signal.aborted) return before;
      known = Promise.resolve(found);
      if (JSON.stringify(found) !== JSON.stringify(await before)) await keep(options.file, found);
      return found;
    }).catch(() => before);
    return { done, controller };
  };
  const tellLater = async (run: NonNullable<typeof running>, given: readonly SvdFile[]): Promise<void> => {
    const found = await run.done;
    if (!run.controller.signal.aborted && JSON.stringify(found) !== JSON.stringify(given)) options.onLateResult();
  };
  return {
    list: async () => {
      const run = running ??= start();
      const found = await within(run.done, options.patienceMs ?? 1500);
      if (found !== undefined) return found;
      const given = await known ?? [];
      void tellLater(run, given);
      return given;
    },
    forget: () => {
      running?.controller.abort();
      running = undefined;
    },
  };
}

async function within<T>(done: Promise<T>, milliseconds: number): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => { resolve(undefined); }, milliseconds);
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The format of the kept list: counted up with every change of it. */
const format = 1;

async function kept(file: string): Promise<readonly SvdFile[]> {
  try {
    const parsed = JSON.parse(await fs.readFile(file, 'utf8')) as { readonly format?: unknown; readonly files?: unknown } | null;
    return parsed?.format === format && Array.isArray(parsed.files) && parsed.files.every(isSvdFile) ? parsed.files : [];
  } catch {
    // Missing or damaged: only speed is lost.
    return [];
  }
}

function isSvdFile(value: unknown): value is SvdFile {
  return typeof value === 'object' && value !== null && 'file' in value && typeof value.file === 'string' && 'place' in value && typeof value.place === 'string'
    && (!('fault' in value) || typeof value.fault === 'string')
    && (!('parts' in value) || (Array.isArray(value.parts) && value.parts.every(part => typeof part === 'string')));
}

async function keep(file: string, files: readonly SvdFile[]): Promise<void> {
  try {
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(`${file}.${process.pid}`, JSON.stringify({ format, files }));
    await fs.rename(`${file}.${process.pid}`, file);
  } catch {
    // Without it the next start has nothing to fall back on, no more.
  }
}
