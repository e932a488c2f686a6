import type { Dirent, Stats } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { FileEntry, FileListing, SkippedFile } from '../core/index.ts';
import { watchDrive, type DriveWatch } from './driveWatch.ts';
import { fileKind, isHardwareMaterial, outputReason } from './fileKinds.ts';
import { findGitFiles, gitFilesOf, type GitFiles } from './gitIndex.ts';
import { enterFolder, ignoredBy, rootRules, type RuleChain, type ScopeSettings, type Verdict } from './ignoreRules.ts';
import { isWithin } from './isWithin.ts';
import { LateError } from './withinTime.ts';

/** Folders read at the same time: enough to keep the disk busy, few enough to leave threads for others. */
const readersAtOnce = 8;
/** Entries looked at below ignored folders in search of hardware material; build trees can be larger than the workspace. */
const maxIgnoredEntries = 50_000;

export interface ListingSettings extends ScopeSettings {
  /** Default: one of its own. A folder whose drive does not answer is reported as unreachable. */
  readonly drive?: DriveWatch;
  /** Default: the workspace. Only what lies below this folder of it; nothing, where there is no such folder. */
  readonly below?: string;
}

/** Every file below the workspace that is in scope, and what is left out and why; never throws but for an unreadable root. */
export async function listFiles(workspace: string, settings: ListingSettings, signal?: AbortSignal): Promise<FileListing> {
  const { drive = watchDrive(), below } = settings;
  const walk: Walk = { workspace, drive, root: await drive.ask(() => fs.realpath(workspace)), files: [], skipped: [], linked: new Set(), ignoredEntries: 0, queue: [] };
  if (below === undefined) walk.queue.push({ folder: '', chain: await drive.ask(() => rootRules(workspace, settings)), ignored: undefined, git: await findGitFiles(workspace, '', drive) });
  else await planBelow(walk, settings, below);
  while (walk.queue.length > 0) {
    signal?.throwIfAborted();
    await Promise.all(walk.queue.splice(0, readersAtOnce).map(async item => readFolder(walk, item)));
  }
  if (walk.ignoredEntries > maxIgnoredEntries) walk.skipped.push({ file: '.', reason: `ignored folders hold more than ${maxIgnoredEntries} entries: hardware material in the rest was not looked for` });
  return { files: walk.files.sort(byPath), skipped: walk.skipped.sort(byPath) };
}

interface Walk {
  readonly workspace: string;
  readonly drive: DriveWatch;
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
  /** Set below an ignored folder: only hardware material and what git tracks is taken, and the folder is reported once, at its top. */
  readonly ignored: Verdict | undefined;
  readonly git: GitFiles;
}

/** The folder below which to look, by the rules of all folders above it. */
async function planBelow(walk: Walk, settings: ListingSettings, folder: string): Promise<void> {
  const stats = await unlessLate(walk, () => fs.stat(path.join(walk.workspace, folder)));
  if (stats?.isDirectory() !== true) return;
  const { chain, verdict, within } = await rulesAbove(walk, settings, folder);
  const own = verdict ?? ignoredBy(chain, folder, true);
  if (own !== undefined) walk.skipped.push({ file: `${folder}/`, reason: own.reason });
  if (own?.strict !== true) walk.queue.push({ folder, chain, ignored: own, git: await findGitFiles(walk.workspace, within, walk.drive) });
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

async function readEntries(walk: Walk, { folder, chain, ignored, git: around }: FolderToRead): Promise<void> {
  const absolute = path.join(walk.workspace, folder);
  const entries = await walk.drive.ask(() => fs.readdir(absolute, { withFileTypes: true }));
  if (ignored !== undefined) {
    walk.ignoredEntries += entries.length;
    if (walk.ignoredEntries > maxIgnoredEntries) return;
  }
  const inner = folder === '' || ignored !== undefined ? chain : await walk.drive.ask(() => enterFolder(chain, absolute, folder));
  // A submodule, or a clone in the workspace.
  const git = folder !== '' && ignored === undefined && entries.some(({ name }) => name === '.git') ? gitFilesOf(walk.workspace, absolute, walk.drive) : around;
  for (const entry of entries) await readEntry(walk, { folder, chain: inner, ignored, git }, entry);
}

async function readEntry(walk: Walk, item: FolderToRead, entry: Dirent): Promise<void> {
  const { folder, ignored } = item;
  const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
  if (entry.isSymbolicLink()) await readLink(walk, item, file);
  else if (entry.isDirectory()) planFolder(walk, item, file);
  else if (entry.isFile()) await takeFile(walk, item, file);
  // Reading it may never end.
  else if (ignored === undefined) walk.skipped.push({ file, reason: noFile });
}

function planFolder(walk: Walk, { chain, ignored, git }: FolderToRead, folder: string): void {
  const verdict = ignoredBy(chain, folder, true);
  if (verdict !== undefined && ignored === undefined) walk.skipped.push({ file: `${folder}/`, reason: verdict.reason });
  if (verdict?.strict !== true) walk.queue.push({ folder, chain, ignored: ignored ?? verdict, git });
}

async function takeFile(walk: Walk, item: FolderToRead, file: string): Promise<void> {
  const { ignored } = item;
  const reason = await fileReason(file, item);
  if (reason === undefined) await addFile(walk, file);
  else if (ignored === undefined) walk.skipped.push({ file, reason });
}

async function addFile(walk: Walk, file: string): Promise<void> {
  try {
    const stats = await walk.drive.ask(() => fs.stat(path.join(walk.workspace, file)));
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
async function readLink(walk: Walk, item: FolderToRead, file: string): Promise<void> {
  const target = await unlessLate(walk, () => fs.realpath(path.join(walk.workspace, file)));
  const stats = target === undefined ? undefined : await unlessLate(walk, () => fs.stat(target));
  if (target === undefined || stats === undefined) walk.skipped.push({ file, reason: 'a link to nothing' });
  else if (stats.isFile()) await takeFile(walk, item, file);
  else if (stats.isDirectory() && isOutside(walk.root, target) && !walk.linked.has(target)) {
    walk.linked.add(target);
    planFolder(walk, item, file);
  } else walk.skipped.push({ file: `${file}/`, reason: 'a link to a folder that is read elsewhere' });
}

async function unlessLate<T>({ drive }: Walk, question: () => Promise<T>): Promise<T | undefined> {
  return drive.ask(question).catch((error: unknown) => {
    if (error instanceof LateError) throw error;
    return undefined;
  });
}

/** Neither inside the workspace nor around it: both would be read twice, or for ever. */
function isOutside(root: string, target: string): boolean {
  return !isWithin(target, root) && !isWithin(root, target);
}

/** The rules of every folder above a file or folder, and what they say of the outermost of these folders that is left out. */
export async function rulesAbove({ workspace, drive }: Pick<Walk, 'workspace' | 'drive'>, settings: ScopeSettings, file: string): Promise<{ readonly chain: RuleChain; readonly verdict: Verdict | undefined; /** The folder that holds the one that is left out, or the file. */ readonly within: string }> {
  let chain = await drive.ask(() => rootRules(workspace, settings));
  let loose: Verdict | undefined;
  let within = path.posix.dirname(file);
  const parts = file.split('/');
  for (let depth = 1; depth < parts.length; depth += 1) {
    const folder = parts.slice(0, depth).join('/');
    const verdict = ignoredBy(chain, folder, true);
    if (verdict?.strict === true) return { chain, verdict, within };
    if (loose === undefined && verdict !== undefined) within = path.posix.dirname(folder);
    loose ??= verdict;
    const outer = chain;
    if (loose === undefined) chain = await drive.ask(() => enterFolder(outer, path.join(workspace, folder), folder));
  }
  return { chain, verdict: loose, within };
}

/** Why a file is left out by its name and the rules; those of git do not hold for what it tracks. */
export async function fileReason(file: string, { chain, ignored, git }: Pick<FolderToRead, 'chain' | 'ignored' | 'git'>): Promise<string | undefined> {
  const verdict = ignoredBy(chain, file, false);
  if (verdict?.strict === true) return verdict.reason;
  if (isHardwareMaterial(file)) return undefined;
  const reason = outputReason(file);
  const left = ignored ?? verdict;
  if (reason !== undefined || left === undefined) return reason;
  const isByGit = left.byGit === true && (verdict === undefined || verdict.byGit === true);
  return isByGit && await git.tracks(file) ? undefined : left.reason;
}

/** Why a file is left out by its size. */
export function sizeReason(file: string, { size }: Stats): string | undefined {
  const { name, maxBytes } = fileKind(file);
  return size > maxBytes ? `${(size / 1024 / 1024).toFixed(1)} MB is more than is read of a ${name} (${maxBytes / 1024 / 1024} MB)` : undefined;
}

/** Why what is neither a file nor a folder is not read. */
export const noFile = 'it is a device, a pipe or a socket';

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
