import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { decodeText, parseDeviceFile, svdMatchScore } from '../core/index.ts';
import { requestBytes } from './boundedRequest.ts';
import { downloadFile, type DownloadOptions } from './fileDownload.ts';

/** A chip description that a public collection holds. */
export interface CollectionFile {
  /** Folder of the vendor: `STMicro`. */
  readonly vendor: string;
  readonly fileName: string;
  readonly url: string;
  readonly sizeBytes: number;
  /** Git's hash of the content (SHA-1 over `blob <size>\0` and the bytes), as the collection's listing announces it. */
  readonly blobHash: string;
}

/** Where a collection is listed and where its files lie; both are asked only on the user's click. */
export interface SvdCollection {
  readonly name: string;
  /** A GitHub tree listing. */
  readonly listingUrl: string;
  /** Paths of the listing are resolved against it. */
  readonly filesUrl: string;
}

/** The community's collection of vendors' files: https://github.com/cmsis-svd/cmsis-svd-data. */
export const publicCollection: SvdCollection = {
  name: 'cmsis-svd-data',
  listingUrl: 'https://api.github.com/repos/cmsis-svd/cmsis-svd-data/git/trees/main?recursive=1',
  filesUrl: 'https://raw.githubusercontent.com/cmsis-svd/cmsis-svd-data/main/',
};

/** What a download left. */
export interface KeptFile {
  readonly path: string;
  /** Also in `<path>.sha256`. */
  readonly sha256: string;
}

const remedy = 'Download the chip vendor\'s .svd file or CMSIS-Pack yourself and choose it with "Halcyon: Choose SVD File…".';

/** The largest listing and the largest description known have 6 and 24 MB; packs go up to some 1.5 GB. */
const most = { listingBytes: 100_000_000, descriptionBytes: 200_000_000, packBytes: 3_000_000_000 };

/** Every chip description of a collection. Rejects with a sentence, or with the signal's reason. */
export async function listCollection(collection: SvdCollection, asking: Pick<DownloadOptions, 'signal' | 'offline'> = {}): Promise<CollectionFile[]> {
  const name = `The list of ${collection.name}`;
  const bytes = await requestBytes({ url: collection.listingUrl, name, mostBytes: most.listingBytes, remedy }, asking);
  return readListing(bytes, collection) ?? fail(`${name} could not be read: the server's answer has another form than expected. ${remedy}`);
}

/** The files that describe a part, best first. */
export function filesForPart(files: readonly CollectionFile[], part: string): CollectionFile[] {
  return files.map(file => ({ file, score: svdMatchScore(part, file.fileName) })).filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score).map(({ file }) => file);
}

/** Downloads one file of a collection, compares it with the announced hash and reads it once. Nothing appears under its name unless it is whole and describes a chip. */
export async function downloadSvd(file: CollectionFile, options: DownloadOptions): Promise<KeptFile> {
  const fileName = safeName(file.fileName);
  const findFault = async (partial: string): Promise<string | undefined> => {
    const bytes = await fs.readFile(partial);
    const found = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    if (found === file.blobHash) return faultOf(bytes, fileName);
    return `${fileName} arrived with the wrong checksum (${found}, expected ${file.blobHash}) and was thrown away. Download it again; if that repeats, something on the way changes it.`;
  };
  const { url, sizeBytes } = file;
  return withHash(await downloadFile({ url, fileName, sizeBytes, findFault, remedy, mostBytes: most.descriptionBytes }, { ...options, folder: path.join(options.folder, safeName(file.vendor)) }));
}

/** Downloads a description (`.svd`, `.atdf`) or a CMSIS-Pack (`.pack`, `.atpack`) from an address the user gave. Its SHA-256 is kept beside it. */
export async function downloadSvdFrom(address: string, options: DownloadOptions): Promise<KeptFile> {
  const url = URL.canParse(address) ? new URL(address) : fail(`${address} is not an address: it should begin with https://.`);
  const fileName = safeName(decodeURIComponent(url.pathname.split('/').at(-1) ?? ''));
  if (!/^https?:$/.test(url.protocol)) fail(`${address} cannot be downloaded: give an address that begins with https://.`);
  if (!/\.(svd|xml|atdf|pack|atpack)$/i.test(fileName)) fail(`${address} does not lead to a chip description: it should end in .svd, .atdf, .pack or .atpack.`);
  const isPack = /\.(at)?pack$/i.test(fileName);
  const findFault = isPack ? (partial: string) => packFault(partial, fileName) : async (partial: string) => faultOf(await fs.readFile(partial), fileName);
  return withHash(await downloadFile({ url: address, fileName, findFault, remedy, mostBytes: isPack ? most.packBytes : most.descriptionBytes }, options));
}

function readListing(bytes: Buffer, { filesUrl }: SvdCollection): CollectionFile[] | undefined {
  try {
    const { tree } = JSON.parse(bytes.toString('utf8')) as { readonly tree?: readonly { readonly path?: unknown; readonly size?: unknown; readonly sha?: unknown }[] };
    return tree?.flatMap(({ path: file, size, sha }) => {
      if (typeof file !== 'string' || typeof size !== 'number' || typeof sha !== 'string' || !/\.(svd|xml)$/i.test(file)) return [];
      const [fileName = '', vendor = ''] = file.split('/').reverse();
      return [{ fileName, vendor, url: new URL(file.split('/').map(encodeURIComponent).join('/'), filesUrl).href, sizeBytes: size, blobHash: sha }];
    });
  } catch {
    return undefined;
  }
}

/** Says in a file beside it what was downloaded, so that it can be compared later and elsewhere. */
async function withHash({ path: file }: { readonly path: string }): Promise<KeptFile> {
  const sha256 = await hashOfFile(file);
  await fs.writeFile(`${file}.sha256`, `${sha256}  ${path.basename(file)}\n`);
  return { path: file, sha256 };
}

async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

async function packFault(partial: string, fileName: string): Promise<string | undefined> {
  await using handle = await fs.open(partial, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer.toString('latin1') === 'PK' ? undefined : `What arrived as ${fileName} is no CMSIS-Pack (a zip file) and was thrown away. ${remedy}`;
}

function faultOf(bytes: Buffer, fileName: string): string | undefined {
  const decoded = decodeText(bytes);
  const { device, problems } = decoded.binary ? { device: undefined, problems: [] } : parseDeviceFile(decoded.text, fileName);
  return device === undefined ? `What arrived as ${fileName} describes no chip and was thrown away${problems[0] === undefined ? '.' : `: ${problems[0].message}`}` : undefined;
}

/** A name from elsewhere never leads out of the folder. */
function safeName(name: string): string {
  return path.basename(name.replaceAll('\\', '/')).replace(/[^\w.+ ()-]/g, '_').replace(/^\.+$/, '_');
}

function fail(sentence: string): never {
  throw new Error(sentence);
}
