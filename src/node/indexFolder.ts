import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { isWithin } from './isWithin.ts';

/** The folder for a workspace's index below `storageRoot`: named after it for people, and by the hash of its real path. Throws when it would lie inside the workspace. */
export function indexFolder(workspace: string, storageRoot: string): string {
  const real = realPath(workspace);
  const name = path.basename(real).replace(/[^\w.-]+/g, '-').slice(0, 40);
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 16);
  const folder = path.join(path.resolve(storageRoot), `${name}-${hash}`);
  if (isWithin(realPath(storageRoot), real)) throw new Error(`The index would lie inside the workspace ${workspace}: choose a storage folder outside of it.`);
  return folder;
}

/** The real path, as far as the folder exists. */
function realPath(folder: string): string {
  const absolute = path.resolve(folder);
  try {
    return fs.realpathSync.native(absolute);
  } catch {
    const parent = path.dirname(absolute);
    return parent === absolute ? absolute : path.join(realPath(parent), path.basename(absolute));
  }
}
