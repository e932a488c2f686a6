import type { Dirent, Stats } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { FileEntry, FileListing, SkippedFile } from '../core/index.ts';
import { fileKind, isHardwareMaterial, outputReason } from './fileKinds.ts';
import { enterFolder, ignoredBy, rootRules, type RuleChain, type ScopeSettings } from './ignoreRules.ts';
import { isWithin } from './isWithin.ts';
import { driveTimeoutMs, LateError, withinTime } from './withinTime.ts';

/** Folders read at the same time: enough to keep the disk busy, few enough to leave threads for others. */
const readersAtOnce = 8;
/** Entries looked at below ignored folders in search of hardware material; build trees can be larger than the workspace. */
const maxIgnoredEntries = 50_000;

export interface ListingSettings extends ScopeSettings {
  /** Default 20 s: a folder whose drive takes longer for one answer is reported as unreachable. */
  readonly timeoutMs?: number;
}

/** Every file below the workspace that is in scope, and what is left out and why; never throws but for an unreadable root. */
export async function listFiles(workspace: string, settings: ListingSettings, signal?: AbortSignal): Promise<FileListing> {
  const { timeoutMs = driveTimeoutMs } = settings;
  const walk: Walk = { workspace, timeoutMs, root: await withinTime(fs.realpath(workspace), timeoutMs), files: [], skipped: [], linked: new Set(), ignoredEntries: 0, queue: [] };
  walk.queue.push({ folder: '', chain: await withinTime(rootRules(workspace, settings), timeoutMs), ignored: undefined });
  while (walk.queue.length > 0) {
    signal?.throwIfAborted();
    await Promise.all(walk.queue.splice(0, readersAtOnce).map(async item => readFolder(walk, item)));
  }
  if (walk.ignoredEntries > maxIgnoredEntries) walk.skipped.push({ file: '.', reason: `ignored folders hold more than ${maxIgnoredEntries} entries: hardware material in the rest was not looked for` });
  return { files: walk.files.sort(byPath), skipped: walk.skipped.sort(byPath) };
}

interface Walk {
  readonly workspace: string;
  readonly timeoutMs: number;
  /** Real path of the workspace. */
  readonly root: string;
  readonly files: FileEntry[];
  readonly skipped: SkippedFile[];
  /** Real paths of linked folders outside the workspace that were entered. */
  readonly linked: Set<string>;
  readonly queue: FolderToRead[];
  ignoredEntries: number;
}

interface FolderToRead {
  readonly folder: string;
  readonly chain: RuleChain;
  /** Set below an ignored folder: only hardware material is taken, and the folder is reported once, at its top. */
  readonly ignored: string | undefined;
}

async function readFolder(walk: Walk, item: FolderToRead): Promise<void> {
  try {
    await readEntries(walk, item);
  } catch (error) {
    // What was found of it before its drive went away is in; the rest stays as it was.
    const { folder } = item;
    walk.skipped.push({ file: folder === '' ? './' : `${folder}/`, reason: `cannot be read: ${reasonOf(error)}`, unreachable: true });
  }
}

async function readEntries(walk: Walk, { folder, chain, ignored }: FolderToRead): Promise<void> {
  const absolute = path.join(walk.workspace, folder);
  const entries = await withinTime(fs.readdir(absolute, { withFileTypes: true }), walk.timeoutMs);
  if (ignored !== undefined) {
    walk.ignoredEntries += entries.length;
    if (walk.ignoredEntries > maxIgnoredEntries) return;
  }
  const inner = folder === '' || ignored !== undefined ? chain : await withinTime(enterFolder(chain, absolute, folder), walk.timeoutMs);
  for (const entry of entries) await readEntry(walk, { folder, chain: inner, ignored }, entry);
}

async function readEntry(walk: Walk, { folder, chain, ignored }: FolderToRead, entry: Dirent): Promise<void> {
  const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
  if (entry.isSymbolicLink()) await readLink(walk, { folder, chain, ignored }, file);
  else if (entry.isDirectory()) planFolder(walk, file, chain, ignored);
  else if (entry.isFile()) await takeFile(walk, file, chain, ignored);
}

function planFolder(walk: Walk, folder: string, chain: RuleChain, ignored: string | undefined): void {
  const verdict = ignoredBy(chain, folder, true);
  if (verdict !== undefined && ignored === undefined) walk.skipped.push({ file: `${folder}/`, reason: verdict.reason });
  if (verdict?.strict !== true) walk.queue.push({ folder, chain, ignored: ignored ?? verdict?.reason });
}

async function takeFile(walk: Walk, file: string, chain: RuleChain, ignored: string | undefined): Promise<void> {
  const reason = fileReason(file, chain, ignored);
  if (reason === undefined) await addFile(walk, file);
  else if (ignored === undefined) walk.skipped.push({ file, reason });
}

async function addFile(walk: Walk, file: string): Promise<void> {
  try {
    const stats = await withinTime(fs.stat(path.join(walk.workspace, file)), walk.timeoutMs);
    const reason = sizeReason(file, stats);
    if (reason === undefined) walk.files.push({ file, sizeBytes: stats.size, modifiedMs: stats.mtimeMs });
    else walk.skipped.push({ file, reason });
  } catch (error) {
    // The other files of the folder would each take as long.
    if (error instanceof LateError) throw error;
    // A file that went away between listing and asking is simply not there.
    if (!isMissing(error)) walk.skipped.push({ file, reason: `cannot be read: ${reasonOf(error)}`, unreachable: true });
  }
}

/** Links to files count as files. Links to folders are entered once, and only where they leave the workspace: inside it the folder is read anyway. */
async function readLink(walk: Walk, { chain, ignored }: FolderToRead, file: string): Promise<void> {
  const target = await unlessLate(fs.realpath(path.join(walk.workspace, file)), walk);
  const stats = target === undefined ? undefined : await unlessLate(fs.stat(target), walk);
  if (target === undefined || stats === undefined) walk.skipped.push({ file, reason: 'a link to nothing' });
  else if (stats.isFile()) await takeFile(walk, file, chain, ignored);
  else if (stats.isDirectory() && isOutside(walk.root, target) && !walk.linked.has(target)) {
    walk.linked.add(target);
    planFolder(walk, file, chain, ignored);
  } else walk.skipped.push({ file: `${file}/`, reason: 'a link to a folder that is read elsewhere' });
}

async function unlessLate<T>(work: Promise<T>, { timeoutMs }: Walk): Promise<T | undefined> {
  return withinTime(work, timeoutMs).catch((error: unknown) => {
    if (error instanceof LateError) throw error;
    return undefined;
  });
}

/** Neither inside the workspace nor around it: both would be read twice, or for ever. */
function isOutside(root: string, target: string): boolean {
  return !isWithin(target, root) && !isWithin(root, target);
}

/** Why a file is left out by its name and the rules. */
export function fileReason(file: string, chain: RuleChain, ignored: string | undefined): string | undefined {
  const verdict = ignoredBy(chain, file, false);
  if (verdict?.strict === true) return verdict.reason;
  if (isHardwareMaterial(file)) return undefined;
  return outputReason(file) ?? ignored ?? verdict?.reason;
}

/** Why a file is left out by its size. */
export function sizeReason(file: string, { size }: Stats): string | undefined {
  const { name, maxBytes } = fileKind(file);
  return size > maxBytes ? `${(size / 1024 / 1024).toFixed(1)} MB is more than is read of a ${name} (${maxBytes / 1024 / 1024} MB)` : undefined;
}

/** The system's words for what went wrong, without its call and path. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^\w+: ([^,]+)/.exec(message)?.[1] ?? message;
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function byPath(one: { readonly file: string }, other: { readonly file: string }): number {
  return one.file < other.file ? -1 : Number(one.file > other.file);
}
