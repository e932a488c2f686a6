import fs from 'node:fs/promises';

/** What the disk of a folder has free for this user. */
export async function freeDiskBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await fs.statfs(folder);
  return bavail * bsize;
}

/** Rejects with a sentence when the disk has not so much free. */
export async function requireSpace(folder: string, bytes: number, what: string): Promise<void> {
  const freeBytes = await freeDiskBytes(folder);
  if (freeBytes < bytes) throw new Error(`The disk of ${folder} has ${inGigabytes(freeBytes)} free, and ${what} may take ${inGigabytes(bytes)}. Make room, or name a folder on another disk (the results: --out; the packages: HALCYON_CACHE).`);
}

export function inGigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
