import type { Stats } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Host } from '../core/index.ts';
import { watchDrive, type DriveWatch } from './driveWatch.ts';
import { findGitFiles } from './gitIndex.ts';
import type { ScopeSettings } from './ignoreRules.ts';
import { fileReason, isMissing, listFiles, noFile, reasonOf, rulesAbove, sizeReason } from './listFiles.ts';
import { readPackEntry } from './packFile.ts';
import { splitPackPath, type PackPath } from './packPath.ts';
import { LateError } from './withinTime.ts';

export interface DiskHostOptions extends ScopeSettings {
  /** Absolute path of the workspace folder. */
  readonly workspace: string;
  /** Default: messages are dropped. */
  readonly log?: (message: string) => void;
  /** Default: one of its own. */
  readonly drive?: DriveWatch;
}

/** A larger file is read by nothing here and would not fit in memory beside a model. */
const maxReadBytes = 256 * 1024 * 1024;
/** Read with one question to the drive: a slow one that goes on answering is not away. */
const pieceBytes = 4 * 1024 * 1024;

/** The workspace on disk. */
export function openDiskHost({ workspace, log = () => undefined, drive = watchDrive(), ...settings }: DiskHostOptions): Host {
  const disk: Disk = { workspace, drive, settings };
  return {
    list: async (signal, below) => listFiles(workspace, { ...settings, drive, ...(below !== undefined && { below }) }, signal),
    skipReason: async file => inWords(file, async () => skipReason(disk, file)),
    read: async file => {
      const packed = splitPackPath(file);
      return packed === undefined ? inWords(file, async () => readWhole(disk, file)) : readPacked(disk, file, packed);
    },
    stat: async file => inWords(file, async () => {
      const stats = await statOf(disk, splitPackPath(file)?.pack ?? file);
      return stats?.isFile() === true ? { sizeBytes: stats.size, modifiedMs: stats.mtimeMs } : undefined;
    }),
    log,
    pause: () => new Promise<void>(resolve => { setImmediate(resolve); }),
    now: () => performance.now(),
  };
}

interface Disk {
  readonly workspace: string;
  readonly drive: DriveWatch;
  readonly settings: ScopeSettings;
}

/** Undefined where there is no such file; other failures in a sentence that names it. */
async function inWords<T>(file: string, work: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new Error(`${file} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

/** What is wrong with a pack is in words already. */
async function readPacked({ workspace, drive }: Disk, file: string, { pack, entry }: PackPath): Promise<Uint8Array | undefined> {
  return drive.ask(() => readPackEntry(path.resolve(workspace, pack), entry)).catch((error: unknown) => {
    throw error instanceof LateError ? new Error(`${file} cannot be read: ${error.message}`, { cause: error }) : error;
  });
}

/** Up to the length that it has at first: what is added meanwhile gives the file another stamp, and it is read again. */
async function readWhole({ workspace, drive }: Disk, file: string): Promise<Uint8Array> {
  const absolute = path.resolve(workspace, file);
  const stats = await drive.ask(() => fs.stat(absolute));
  if (stats.isDirectory()) throw new Error('it is a folder');
  if (!stats.isFile()) throw new Error(noFile);
  if (stats.size > maxReadBytes) throw new Error(`it is larger than ${maxReadBytes / 1024 / 1024} MB`);
  const opened = await openFile(drive, absolute);
  try {
    const bytes = new Uint8Array(stats.size);
    let filled = 0;
    for (let read = -1; read !== 0 && filled < bytes.length; filled += read) {
      const start = filled;
      ({ bytesRead: read } = await drive.ask(() => opened.read(bytes, start, Math.min(pieceBytes, bytes.length - start))));
    }
    return bytes.subarray(0, filled);
  } finally {
    // Closing waits for a read that does not come back.
    void opened.close().catch(() => undefined);
  }
}

async function openFile(drive: DriveWatch, absolute: string): Promise<fs.FileHandle> {
  let isLate = false;
  try {
    return await drive.ask(async () => {
      const opened = await fs.open(absolute);
      if (isLate) await opened.close();
      return opened;
    });
  } catch (error) {
    isLate = true;
    throw error;
  }
}

/** The same verdict as the listing's, for one file: the rules of every folder above it are read. */
async function skipReason(disk: Disk, file: string): Promise<string | undefined> {
  if (path.isAbsolute(file) || file.startsWith('..')) return undefined;
  const { chain, verdict, within } = await rulesAbove(disk, disk.settings, file);
  if (verdict?.strict === true) return verdict.reason;
  const stats = await statOf(disk, file);
  const git = await findGitFiles(disk.workspace, within, disk.drive);
  return await fileReason(file, { chain, ignored: verdict, git }) ?? (stats === undefined ? undefined : sizeReason(file, stats));
}

async function statOf({ workspace, drive }: Disk, file: string): Promise<Stats | undefined> {
  return drive.ask(() => fs.stat(path.resolve(workspace, file))).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}
