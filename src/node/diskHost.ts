import fs from 'node:fs/promises';
import path from 'node:path';
import type { Host } from '../core/index.ts';
import { enterFolder, ignoredBy, rootRules, type ScopeSettings } from './ignoreRules.ts';
import { fileReason, isMissing, listFiles, reasonOf, sizeReason } from './listFiles.ts';
import { readPackEntry } from './packFile.ts';
import { splitPackPath } from './packPath.ts';
import { driveTimeoutMs, withinTime } from './withinTime.ts';

export interface DiskHostOptions extends ScopeSettings {
  /** Absolute path of the workspace folder. */
  readonly workspace: string;
  /** Default: messages are dropped. */
  readonly log?: (message: string) => void;
}

/** A larger file is read by nothing here and would not fit in memory beside a model. */
const maxReadBytes = 256 * 1024 * 1024;

/** The workspace on disk. */
export function openDiskHost({ workspace, log = () => undefined, ...settings }: DiskHostOptions): Host {
  const absolute = (file: string) => path.resolve(workspace, file);
  return {
    list: async signal => listFiles(workspace, settings, signal),
    skipReason: async file => skipReason(workspace, settings, file),
    read: async file => {
      const packed = splitPackPath(file);
      return packed === undefined ? readWhole(absolute(file), file) : readPackEntry(absolute(packed.pack), packed.entry);
    },
    stat: async file => {
      const stats = await fs.stat(absolute(splitPackPath(file)?.pack ?? file)).catch(() => undefined);
      return stats?.isFile() === true ? { sizeBytes: stats.size, modifiedMs: stats.mtimeMs } : undefined;
    },
    log,
    pause: () => new Promise<void>(resolve => { setImmediate(resolve); }),
    now: () => performance.now(),
  };
}

async function readWhole(absolute: string, file: string): Promise<Uint8Array | undefined> {
  try {
    const stats = await withinTime(fs.stat(absolute), driveTimeoutMs);
    // Reading a pipe or a device may never end.
    if (!stats.isFile() && !stats.isDirectory()) throw new Error('it is a device, a pipe or a socket');
    const { size } = stats;
    if (size > maxReadBytes) throw new Error(`${file} is larger than ${maxReadBytes / 1024 / 1024} MB`);
    return await withinTime(fs.readFile(absolute), driveTimeoutMs);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new Error(`${file} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

/** The same verdict as the listing's, for one file: the rules of every folder above it are read. */
async function skipReason(workspace: string, settings: ScopeSettings, file: string): Promise<string | undefined> {
  if (path.isAbsolute(file) || file.startsWith('..')) return undefined;
  let chain = await rootRules(workspace, settings);
  let ignored: string | undefined;
  const parts = file.split('/');
  for (let depth = 1; depth < parts.length; depth += 1) {
    const folder = parts.slice(0, depth).join('/');
    const verdict = ignoredBy(chain, folder, true);
    if (verdict?.strict === true) return verdict.reason;
    ignored ??= verdict?.reason;
    if (ignored === undefined) chain = await enterFolder(chain, path.join(workspace, folder), folder);
  }
  const stats = await fs.stat(path.join(workspace, file)).catch(() => undefined);
  return fileReason(file, chain, ignored) ?? (stats === undefined ? undefined : sizeReason(file, stats));
}
