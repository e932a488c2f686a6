import fs from 'node:fs/promises';
import path from 'node:path';

/** Every chip description (SVD, ATDF) below the folders, absolute; folders that are missing or unreadable hold none. */
export async function svdLibrary(folders: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(folders.map(async folder => {
    try {
      const names = await fs.readdir(folder, { recursive: true });
      return names.filter(name => /\.(svd|xml|atdf)$/i.test(name)).map(name => path.join(folder, name));
    } catch {
      return [];
    }
  }));
  return lists.flat().sort();
}
