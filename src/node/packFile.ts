import { crc32 as checksum } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

/** What a pack holds, as far as it can be trusted. */
export interface PackListing {
  /** Names inside the pack, `/` between folders. */
  readonly entries: readonly string[];
  /** Why some or all of it is left out, for the user. */
  readonly problems: readonly string[];
}

/** Separates a pack's own path from the path of a file in it: `Keil.STM32F4xx_DFP.2.17.0.pack!/CMSIS/SVD/STM32F407.svd`. */
const separator = '!/';

/** Real packs hold up to 30,000 files, and their descriptions up to 30 MB. */
const mostEntries = 200_000;
const mostBytes = 256 * 1024 * 1024;

/** Deflate cannot shrink text further than about 1000 to 1; real SVD files reach 40 to 1. */
const mostRatio = 1032;

/** The parts of a name that leads into a pack; undefined for other files. */
export function splitPackPath(file: string): { readonly pack: string; readonly entry: string } | undefined {
  const at = file.search(/\.(pack|zip)!\//i);
  if (at < 0) return undefined;
  const end = file.indexOf(separator, at);
  return { pack: file.slice(0, end), entry: file.slice(end + separator.length) };
}

/** The name under which a file in a pack can be read. */
export function packPath(pack: string, entry: string): string {
  return pack + separator + entry;
}

/** The files of a CMSIS-Pack whose names match. Only the zip's directory is read; nothing is unpacked. Never rejects. */
export async function listPack(pack: string, wanted: RegExp): Promise<PackListing> {
  const entries: string[] = [];
  try {
    await eachEntry(pack, entry => {
      if (wanted.test(entry.fileName)) entries.push(entry.fileName);
      return false;
    });
    return { entries, problems: [] };
  } catch (error) {
    return { entries: [], problems: [unusable(pack, error)] };
  }
}

/** The bytes of one file of a pack; undefined when the pack is not there, or does not hold it. Rejects with a sentence naming the pack. */
export async function readPackEntry(pack: string, name: string): Promise<Uint8Array | undefined> {
  let bytes: Uint8Array | undefined;
  try {
    await eachEntry(pack, async (entry, zip) => {
      if (entry.fileName !== name) return false;
      bytes = await inflate(entry, zip);
      return true;
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(unusable(pack, error), { cause: error });
  }
  return bytes;
}

/** Goes through the directory until `visit` says that it has seen enough. */
async function eachEntry(pack: string, visit: (entry: Entry, zip: ZipFile) => boolean | Promise<boolean>): Promise<void> {
  const zip = await yauzl.openPromise(pack, { autoClose: false, lazyEntries: true });
  try {
    if (zip.entryCount > mostEntries) throw new Error(`it says that it holds ${zip.entryCount} files, more than any pack`);
    for await (const entry of zip.eachEntry()) {
      if (await visit(entry, zip)) return;
    }
  } finally {
    zip.close();
  }
}

async function inflate(entry: Entry, zip: ZipFile): Promise<Uint8Array> {
  const { fileName, uncompressedSize, compressedSize } = entry;
  if (entry.isEncrypted()) throw new Error(`${fileName} is encrypted`);
  if (uncompressedSize > mostBytes) throw new Error(`${fileName} would have ${Math.round(uncompressedSize / 1e6)} MB`);
  if (uncompressedSize > (compressedSize + 64) * mostRatio) throw new Error(`${fileName} would unfold to ${uncompressedSize} bytes from ${compressedSize}`);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  // The stream itself holds the size against the directory's, and ends with an error when it differs.
  for await (const part of await zip.openReadStreamPromise(entry) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    parts.push(part);
  }
  const whole = Buffer.concat(parts, bytes);
  if (checksum(whole) !== entry.crc32 >>> 0) throw new Error(`${fileName} is damaged: its checksum is another than the pack states`);
  return whole;
}

function unusable(pack: string, error: unknown): string {
  const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
  return `${pack} cannot be read as a CMSIS-Pack (${reason}). Fetch it again, or choose the .svd file itself.`;
}
