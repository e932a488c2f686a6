import fs from 'node:fs/promises';
import { crc32 as checksum } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

/** What a pack holds, as far as it can be trusted. */
export interface PackListing {
  /** Names inside the pack, `/` between folders. */
  readonly entries: readonly string[];
  /** Why some or all of it is left out, for the user. */
  readonly problems: readonly string[];
}

/** Real packs hold up to 30,000 files, and their descriptions up to 30 MB. */
const mostEntries = 100_000;
const mostBytes = 256 * 1024 * 1024;

/** Deflate cannot shrink text further than about 1000 to 1; real SVD files reach 40 to 1. */
const mostRatio = 1032;

/** The files of a CMSIS-Pack whose names match. Only the zip's directory is read; nothing is unpacked. Never rejects. */
export async function listPack(pack: string, wanted: RegExp): Promise<PackListing> {
  const entries: string[] = [];
  try {
    await withEntries(pack, async found => { entries.push(...found.map(entry => entry.fileName).filter(name => wanted.test(name))); });
    return { entries, problems: [] };
  } catch (error) {
    return { entries: [], problems: [unusable(pack, error)] };
  }
}

/** The bytes of one file of a pack; undefined when the pack is not there, or does not hold it. Rejects with a sentence naming the pack. */
export async function readPackEntry(pack: string, name: string): Promise<Uint8Array | undefined> {
  let bytes: Uint8Array | undefined;
  try {
    await withEntries(pack, async (entries, zip) => {
      const entry = entries.find(({ fileName }) => fileName === name);
      if (entry !== undefined) bytes = await inflate(entry, zip);
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(unusable(pack, error), { cause: error });
  }
  return bytes;
}

/** Reads the whole directory first: what is wrong with any entry speaks against all. */
async function withEntries(pack: string, use: (entries: readonly Entry[], zip: ZipFile) => Promise<void>): Promise<void> {
  const zip = await yauzl.openPromise(pack, { autoClose: false, lazyEntries: true });
  try {
    if (zip.entryCount > mostEntries) throw new Error(`it says that it holds ${zip.entryCount} files, more than any pack`);
    const entries = await readDirectory(pack, zip);
    refuseOverlaps(entries);
    await use(entries, zip);
  } finally {
    zip.close();
  }
}

/** The directory in one read: entry by entry from the disk takes seconds for large packs. */
async function readDirectory(pack: string, zip: ZipFile): Promise<Entry[]> {
  const directory = await directoryBytes(pack);
  const source = directory === undefined ? zip : await yauzl.fromBufferPromise(directory, { lazyEntries: true });
  const entries: Entry[] = [];
  for await (const entry of source.eachEntry()) entries.push(entry);
  return entries;
}

/** The record that ends a zip file, and the longest comment behind it. */
const endBytes = 22;
const longestComment = 65_535;

/** A directory beyond this is read from the disk. */
const mostDirectoryBytes = 32 * 1024 * 1024;

/** The directory and the record that ends it, as a zip file without files; undefined where the record only points to a zip64 one. */
async function directoryBytes(pack: string): Promise<Buffer | undefined> {
  await using file = await fs.open(pack);
  const { size } = await file.stat();
  const tail = Buffer.alloc(Math.min(size, endBytes + longestComment));
  await file.read(tail, 0, tail.length, size - tail.length);
  const at = tail.lastIndexOf('PK\u0005\u0006', tail.length - endBytes, 'latin1');
  if (at < 0) return undefined;
  const [bytes, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  if (bytes > mostDirectoryBytes || offset + bytes > size) return undefined;
  const directory = Buffer.alloc(bytes + endBytes);
  await file.read(directory, 0, bytes, offset);
  tail.copy(directory, bytes, at, at + endBytes);
  directory.writeUInt32LE(0, bytes + 16);
  directory.writeUInt16LE(0, bytes + 20);
  return directory;
}

/** A file's own header before its bytes, without its name. */
const headerBytes = 30;

/** Files that share their bytes are how a small zip unfolds to petabytes; no packer writes them. */
function refuseOverlaps(entries: readonly Entry[]): void {
  const inOrder = entries.toSorted((left, right) => left.relativeOffsetOfLocalHeader - right.relativeOffsetOfLocalHeader);
  inOrder.forEach((entry, index) => {
    const next = inOrder[index + 1];
    if (next !== undefined && next.relativeOffsetOfLocalHeader < entry.relativeOffsetOfLocalHeader + headerBytes + entry.compressedSize) throw new Error(`${entry.fileName} and ${next.fileName} share their bytes`);
  });
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
