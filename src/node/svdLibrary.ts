import fs from 'node:fs/promises';
import path from 'node:path';
import type { SvdFile } from '../core/index.ts';
import { listPack } from './packFile.ts';
import { packPath } from './packPath.ts';

/** Where these descriptions are said to come from. */
const place = 'in the SVD folders';

/** Entries and levels of a folder that are looked at: a user may have named a home folder by mistake. */
const mostEntries = 100_000;
const mostLevels = 12;

/** Every chip description (SVD, ATDF) below the folders, absolute, those inside CMSIS-Packs included; folders that are missing or unreadable hold none. */
export async function svdLibrary(folders: readonly string[], signal?: AbortSignal): Promise<SvdFile[]> {
  const found: SvdFile[] = [];
  for (const folder of folders) {
    const files = await filesBelow(folder, signal);
    const packs = files.filter(file => /\.(pack|atpack)$/i.test(file));
    const packed = await inPacks(packs, signal);
    const descriptions = [...files.filter(file => /\.(svd|xml|atdf)$/i.test(file)).map((file): SvdFile => ({ file, place })), ...packed];
    found.push(...descriptions.sort((left, right) => (left.file < right.file ? -1 : left.file > right.file ? 1 : 0)));
  }
  return found;
}

/** Level by level, so that what lies near the top is found first; links are not followed, and the root of a disk is not searched. */
async function filesBelow(folder: string, signal?: AbortSignal): Promise<string[]> {
  const files: string[] = [];
  let entries = 0;
  let level = path.dirname(folder) === folder ? [] : [folder];
  for (let depth = 0; depth < mostLevels && level.length > 0 && entries < mostEntries; depth += 1) {
    const next: string[] = [];
    for (const current of level) {
      signal?.throwIfAborted();
      const listed = await fs.readdir(current, { withFileTypes: true }).catch(() => []);
      entries += listed.length;
      if (entries > mostEntries) break;
      for (const entry of listed) {
        if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git') next.push(path.join(current, entry.name));
        else if (entry.isFile() || entry.isSymbolicLink()) files.push(path.join(current, entry.name));
      }
    }
    level = next;
  }
  return files;
}

/** One pack after the other: each is a file of up to a gigabyte, of which only the directory is read. */
async function inPacks(packs: readonly string[], signal?: AbortSignal): Promise<SvdFile[]> {
  const found: SvdFile[] = [];
  for (const pack of packs) {
    signal?.throwIfAborted();
    const { entries, problems } = await listPack(pack, /\.(svd|atdf)$/i);
    found.push(...entries.map((entry): SvdFile => ({ file: packPath(pack, entry), place })), ...problems.map((fault): SvdFile => ({ file: pack, place, fault })));
  }
  return found;
}
