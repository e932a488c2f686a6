import { dirname } from 'node:path/posix';
import { licenceOfFile, statedLicence, unstated } from '../dataset/licence.ts';
import type { Host } from '../host.ts';
import { decodeText } from '../text/decodeText.ts';

const names = ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'COPYING', 'COPYING.txt', 'LICENCE', 'LICENCE.txt', 'license.txt', 'LICENSE.rst', 'License.md'];
/** Folders above a file outside the workspace that are looked into. */
const mostLevels = 4;
const readBytes = 64 * 1024;

/** The licence of a file: its own first lines, else the nearest licence file above it; kept by file and folder. */
export function licenceFinder(host: Host): (file: string) => Promise<string> {
  const folders = new Map<string, Promise<string | undefined>>();
  const files = new Map<string, Promise<string>>();
  const ofFolder = (folder: string): Promise<string | undefined> => kept(folders, folder, async () => {
    for (const name of names) {
      const text = await headOf(host, folder === '' ? name : `${folder}/${name}`);
      if (text !== undefined) return licenceOfFile(text);
    }
    return undefined;
  });
  const find = async (file: string): Promise<string> => {
    const text = await headOf(host, file);
    const stated = text === undefined ? undefined : statedLicence(text);
    if (stated !== undefined) return stated;
    for (const folder of foldersAbove(file)) {
      const found = await ofFolder(folder);
      if (found !== undefined) return found;
    }
    return unstated;
  };
  return async file => kept(files, file, () => find(file));
}

function foldersAbove(file: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(file); folders.length < 40; folder = dirname(folder)) {
    const isTop = folder === '.' || folder === '/';
    folders.push(folder === '.' ? '' : folder);
    if (isTop || (file.startsWith('/') && folders.length >= mostLevels)) break;
  }
  return folders;
}

/** A file that cannot be read states nothing. */
async function headOf(host: Host, file: string): Promise<string | undefined> {
  const bytes = await host.read(file).catch(() => undefined);
  const decoded = bytes === undefined ? undefined : decodeText(bytes.subarray(0, readBytes));
  return decoded === undefined || decoded.binary ? undefined : decoded.text;
}

function kept<T>(known: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = work();
  known.set(key, made);
  return made;
}
