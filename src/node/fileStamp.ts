import fs from 'node:fs/promises';
import path from 'node:path';

/** What tells a file from another one without reading it, as hashing gigabytes takes longer than answering. Rejects when it is gone. */
export async function fileStamp(file: string): Promise<readonly [name: string, bytes: number, modifiedMs: number]> {
  const { size, mtimeMs } = await fs.stat(file);
  return [path.resolve(file), size, mtimeMs];
}
