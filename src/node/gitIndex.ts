import fs from 'node:fs/promises';
import path from 'node:path';
import type { DriveWatch } from './driveWatch.ts';

/** The files that a git repository tracks, which its rules do not leave out whatever they say. */
export interface GitFiles {
  /** Whether it tracks a file, by its name below the workspace. Reads the index at the first question. */
  readonly tracks: (file: string) => Promise<boolean>;
}

/** An index of this size lists a million files. */
const largestIndex = 256 * 1024 * 1024;
const largestPointer = 4096;
const mostLevelsAbove = 32;

/** The repository that a folder of the workspace belongs to: its own, or one around it, also above the workspace. */
export async function findGitFiles(workspace: string, folder: string, drive: DriveWatch): Promise<GitFiles> {
  let current = path.join(workspace, folder);
  for (let level = 0; level < mostLevelsAbove; level += 1) {
    const top = current;
    const found = await drive.ask(() => fs.lstat(path.join(top, '.git')).catch(() => undefined));
    if (found !== undefined) return gitFilesOf(workspace, top, drive);
    current = path.dirname(current);
    if (current === top) break;
  }
  return { tracks: async () => false };
}

/** The repository whose tree begins at a folder that holds a `.git`. */
export function gitFilesOf(workspace: string, folder: string, drive: DriveWatch): GitFiles {
  let known: Promise<ReadonlySet<string>> | undefined;
  return {
    tracks: async file => {
      known ??= drive.ask(() => trackedBelow(folder));
      return (await known).has(path.relative(folder, path.join(workspace, file)).replaceAll(path.sep, '/'));
    },
  };
}

/** Nothing where there is no index that can be read: then the rules decide alone. */
async function trackedBelow(folder: string): Promise<ReadonlySet<string>> {
  try {
    const home = await gitFolder(path.join(folder, '.git'));
    const file = path.join(home, 'index');
    if ((await fs.stat(file)).size > largestIndex) return new Set();
    return new Set(trackedPaths(await fs.readFile(file), await hashBytes(home)));
  } catch {
    return new Set();
  }
}

/** `.git` itself, or the folder that it names in a worktree and in a submodule. */
async function gitFolder(entry: string): Promise<string> {
  const stats = await fs.stat(entry);
  if (stats.isDirectory()) return entry;
  const pointer = stats.size > largestPointer ? undefined : /^gitdir: (.+)$/m.exec(await fs.readFile(entry, 'utf8'))?.[1];
  return pointer === undefined ? entry : path.resolve(path.dirname(entry), pointer.trim());
}

/** A repository says in its configuration when it names objects by SHA-256; a worktree's is that of the main one. */
async function hashBytes(home: string): Promise<number> {
  const common = await fs.readFile(path.join(home, 'commondir'), 'utf8').catch(() => '.');
  const configuration = await fs.readFile(path.resolve(home, common.trim(), 'config'), 'utf8').catch(() => '');
  return /^\s*objectformat\s*=\s*sha256\s*$/im.test(configuration) ? 32 : 20;
}

const fixedBytes = 40;

/** The paths in an index file of git, versions 2 to 4; none where it is damaged or of another version. */
function trackedPaths(bytes: Buffer, hashLength: number): string[] {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') return [];
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  const paths: string[] = [];
  let former = '';
  let at = 12;
  while (paths.length < count) {
    const entry = entryAt(bytes, at, { version, hashLength, former });
    if (entry === undefined) return [];
    former = entry.path;
    paths.push(entry.path);
    at = entry.next;
  }
  return paths;
}

function entryAt(bytes: Buffer, start: number, { version, hashLength, former }: { readonly version: number; readonly hashLength: number; readonly former: string }): { readonly path: string; readonly next: number } | undefined {
  const flagsAt = start + fixedBytes + hashLength;
  if (version < 2 || version > 4 || flagsAt + 4 > bytes.length) return undefined;
  const isExtended = version >= 3 && (bytes.readUInt16BE(flagsAt) & 0x4000) !== 0;
  let at = flagsAt + (isExtended ? 4 : 2);
  let kept = '';
  if (version === 4) {
    const dropped = variableNumber(bytes, at);
    kept = Buffer.from(former).toString('utf8', 0, Math.max(0, Buffer.byteLength(former) - dropped.value));
    at = dropped.next;
  }
  const end = bytes.indexOf(0, at);
  if (end === -1) return undefined;
  // Filled up with zeros to a multiple of eight, one at least, but for version 4.
  return { path: kept + bytes.toString('utf8', at, end), next: version === 4 ? end + 1 : start + ((end - start + 8) & ~7) };
}

/** Seven bits a byte, the most significant first; each byte that is followed counts one more. */
function variableNumber(bytes: Buffer, start: number): { readonly value: number; readonly next: number } {
  let at = start;
  let byte = bytes[at] ?? 0;
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    at += 1;
    byte = bytes[at] ?? 0;
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, next: at + 1 };
}
