import fs from 'node:fs/promises';
import path from 'node:path';
import { decodeText, parsePdsc, type SvdFile } from '../core/index.ts';
import { listPack, readPackEntry } from './packFile.ts';
import { packPath } from './packPath.ts';

/** Where the descriptions of packs are said to come from. */
const place = 'in an installed CMSIS-Pack';

/** A pack's `.pdsc` may list a thousand parts; a larger file is none. */
const mostBytes = 32 * 1024 * 1024;

/** The descriptions in the packs below a pack root, the newest version of each pack, unpacked or as the `.pack` file that was downloaded. */
export async function installedPacks(root: string, signal?: AbortSignal): Promise<SvdFile[]> {
  const unpacked = await matching(root, ['*/*/*/*.pdsc'], signal);
  const zipped = await matching(root, ['.Download/*.pack', '*/*/*.pack', '*.pack', '*.atpack', '*/*/*.atpack'], signal);
  const versions = Map.groupBy([...zipped.map(zippedPack), ...unpacked.map(unpackedPack)], ({ name }) => name);
  const found: SvdFile[] = [];
  for (const [, packs] of [...versions].sort(([one], [other]) => (one < other ? -1 : 1))) found.push(...await newestReadable(packs, signal));
  const listed = new Set(unpacked.map(file => path.dirname(file)));
  return [...found, ...await unlistedDescriptions(root, listed)];
}

/** The descriptions of the newest version that can be read, with what is wrong with newer ones. Of one version the unpacked one, which stands last, is read more quickly. */
async function newestReadable(packs: readonly Pack[], signal: AbortSignal | undefined): Promise<SvdFile[]> {
  const faults: SvdFile[] = [];
  for (const { file } of packs.toReversed().sort((left, right) => compareVersions(right.version, left.version))) {
    signal?.throwIfAborted();
    const found = /\.pdsc$/i.test(file) ? await unpackedDescriptions(file) : await zippedDescriptions(file);
    if (found.every(({ fault }) => fault === undefined)) return [...found, ...faults];
    faults.push(...found.filter(({ fault }) => fault !== undefined));
    const read = found.filter(({ fault }) => fault === undefined);
    if (read.length > 0) return [...read, ...faults];
  }
  return faults;
}

/** Packs copied by hand may lack their list: `Vendor/Pack/Version/…`, at the depths at which vendors file descriptions. */
async function unlistedDescriptions(root: string, listed: ReadonlySet<string>): Promise<SvdFile[]> {
  const files = await matching(root, ['*/*/*/*.svd', '*/*/*/*/*.svd', '*/*/*/*/*/*.svd', '*/*/*/atdf/*.atdf'], undefined);
  return files.filter(file => !listed.has(path.join(root, ...path.relative(root, file).split(path.sep).slice(0, 3)))).map(file => ({ file, place }));
}

/** A pack that is there, by its list or its zip file. */
interface Pack {
  /** `Keil.STM32F4xx_DFP`, lower-case. */
  readonly name: string;
  readonly version: string;
  readonly file: string;
}

function unpackedPack(file: string): Pack {
  return { name: path.basename(file, '.pdsc').toLowerCase(), version: path.basename(path.dirname(file)), file };
}

/** `Keil.STM32F4xx_DFP.2.17.0.pack`, or `Keil/STM32F4xx_DFP/2.17.0.pack` as cmsis-pack-manager files it. */
function zippedPack(file: string): Pack {
  const stem = path.basename(file).replace(/\.(at)?pack$/i, '');
  const [, name = '', version = ''] = /^(.*?)\.?(\d+\.\d+\.\d+[\w.+-]*)$/.exec(stem) ?? [];
  const folders = path.dirname(file).split(path.sep).slice(-2).join('.');
  return { name: (name === '' ? folders : name).toLowerCase(), version, file };
}

function compareVersions(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}

async function unpackedDescriptions(pdsc: string): Promise<SvdFile[]> {
  try {
    const { size } = await fs.stat(pdsc);
    if (size > mostBytes) return [unread(pdsc, `its list has ${Math.round(size / 1e6)} MB, more than any pack's`)];
    const listed = describe(await fs.readFile(pdsc), pdsc);
    const folder = path.dirname(pdsc);
    const outside = listed.filter(({ file }) => !isInside(file));
    return [
      ...listed.filter(({ file }) => isInside(file)).map(({ file, parts }) => ({ file: path.join(folder, file), place, parts })),
      ...(outside.length > 0 ? [unread(pdsc, `its list names ${outside[0]?.file ?? ''}, which lies outside the pack`)] : []),
    ];
  } catch (error) {
    return [unread(pdsc, error instanceof Error ? error.message : String(error))];
  }
}

async function zippedDescriptions(pack: string): Promise<SvdFile[]> {
  const { entries, problems } = await listPack(pack, /\.(svd|atdf)$|^[^/]+\.pdsc$/i);
  const faults = problems.map((fault): SvdFile => ({ file: pack, place, fault }));
  const list = entries.find(entry => /\.pdsc$/i.test(entry));
  // Without its list the pack's descriptions still have their names.
  const bytes = list === undefined ? undefined : await readPackEntry(pack, list).catch((error: unknown) => {
    faults.push({ file: pack, place, fault: error instanceof Error ? error.message : String(error) });
    return undefined;
  });
  const parts = new Map(bytes === undefined || list === undefined ? [] : describe(bytes, list).map(({ file, parts: names }) => [file.toLowerCase(), names]));
  const found = entries.filter(entry => entry !== list && !/\.pdsc$/i.test(entry)).map((entry): SvdFile => {
    const names = parts.get(entry.toLowerCase());
    return { file: packPath(pack, entry), place, ...(names !== undefined && { parts: names }) };
  });
  return [...found, ...faults];
}

function unread(pdsc: string, reason: string): SvdFile {
  return { file: pdsc, place, fault: `${pdsc} cannot be used in full (${reason.replace(/\.$/, '')}). Install the pack again, or choose the .svd file itself.` };
}

function describe(bytes: Uint8Array, file: string): { readonly file: string; readonly parts: readonly string[] }[] {
  const decoded = decodeText(bytes);
  return decoded.binary ? [] : [...parsePdsc(decoded.text, file).descriptions];
}

/** A list may name what it likes: only files of its own pack are read. */
function isInside(file: string): boolean {
  return !path.isAbsolute(file) && !/^[A-Za-z]:/.test(file) && !file.split('/').includes('..');
}

async function matching(root: string, patterns: readonly string[], signal?: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const name of fs.glob(patterns, { cwd: root })) {
      if (signal?.aborted === true || found.length >= mostPacks) break;
      found.push(path.join(root, name));
    }
  } catch {
    // A root that cannot be read holds none.
  }
  return found.sort();
}

/** All packs that there are in the public index, in several versions. */
const mostPacks = 5000;
