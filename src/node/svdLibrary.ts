import fs from 'node:fs/promises';
import path from 'node:path';
import type { SvdFile } from '../core/index.ts';
import { listPack, packPath } from './packFile.ts';

/** Every chip description (SVD, ATDF) below the folders, absolute, those inside CMSIS-Packs included; folders that are missing or unreadable hold none. */
export async function svdLibrary(folders: readonly string[]): Promise<SvdFile[]> {
  const lists = await Promise.all(folders.map(async folder => {
    try {
      const names = await fs.readdir(folder, { recursive: true });
      const packs = names.filter(name => /\.pack$/i.test(name)).map(name => path.join(folder, name));
      return [...names.filter(name => /\.(svd|xml|atdf)$/i.test(name)).map(name => path.join(folder, name)), ...await inPacks(packs)];
    } catch {
      return [];
    }
  }));
  return lists.flat().sort().map(file => ({ file, place: 'in the SVD folders' }));
}

/** One pack after the other: each is a file of up to a gigabyte, of which only the directory is read. */
async function inPacks(packs: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const pack of packs) {
    const { entries } = await listPack(pack, /\.(svd|atdf)$/i);
    found.push(...entries.map(entry => packPath(pack, entry)));
  }
  return found;
}
