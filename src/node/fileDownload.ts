// Written out rather than left to node-llama-cpp's createModelDownloader (ipull): that one does not verify a checksum, after
// a cancel resolves with the path of a file that is not there, fails on HTML answers only when the model is loaded, and can
// be reached only by loading the native runtime. What is needed is one stream into one file.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { freeDiskBytes, inGigabytes } from './diskSpace.ts';
import { requestFile, type FileResponse } from './fileRequest.ts';
import { WriterLock } from './writerLock.ts';

/** What to download, and how to tell that the right thing has arrived. */
export interface DownloadableFile {
  readonly url: string;
  readonly fileName: string;
  /** Expected size, for the check of the disk before anything is fetched. The server's answer counts. */
  readonly sizeBytes?: number;
  /** Without one, the hash that the server announces is used, if it does. */
  readonly sha256?: string;
  /** A larger file is refused, whatever the server says of its size; default: any size. */
  readonly mostBytes?: number;
  /** Looks at the whole file before it gets its name: a sentence that says why it is not what it should be, or undefined. */
  readonly findFault: (file: string) => Promise<string | undefined>;
  /** What to do when the server does not have it or does not give it: a sentence for the user. */
  readonly remedy: string;
}

export interface DownloadOptions {
  readonly folder: string;
  /** Cancels; what has arrived is kept for the next time. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Default false. */
  readonly offline?: boolean;
}

export interface DownloadProgress {
  readonly phase: 'downloading' | 'verifying';
  /** Bytes on disk, or hashed. */
  readonly doneBytes: number;
  /** 0 when neither the catalogue nor the server says. */
  readonly totalBytes: number;
}

/** What an interrupted download is called until it is whole. */
export const partialSuffix = '.partial';

/** What is known about an unfinished file, kept beside it. */
interface PartialState {
  readonly url: string;
  readonly etag?: string;
  readonly sha256?: string;
}

/** A cut connection is taken up again this often, as long as each time something arrived. */
const mostContinuations = 5;

const spareDiskBytes = 200_000_000;

/**
 * Downloads a file into the folder, going on where an earlier attempt ended; only ever called because the user asked for
 * it. The file appears under its name, in place of an older one, only when it is whole, its hash is right and no fault is
 * found in it. Rejects with a sentence for the user, or with the signal's reason when cancelled.
 */
export async function downloadFile(wanted: DownloadableFile, options: DownloadOptions): Promise<{ path: string }> {
  const { folder, signal, offline = false } = options;
  const file = path.join(folder, path.basename(wanted.fileName));
  signal?.throwIfAborted();
  if (offline) throw new Error(`${wanted.fileName} is not downloaded: offline mode is on. Turn off "halcyon.offline" to download it, or choose a file that you have.`);
  await fsPromises.mkdir(folder, { recursive: true });
  // Stays there: removing it would race with who is just about to take it.
  const lockFolder = path.join(folder, '.locks', path.basename(file));
  await fsPromises.mkdir(lockFolder, { recursive: true });
  using lock = WriterLock.tryAcquire(lockFolder);
  if (lock === undefined) throw new Error(`${wanted.fileName} is being downloaded already, perhaps by another window.`);
  const state = await fetchWhole(wanted, file, options);
  await verify(wanted, file, { ...options, ...(state.sha256 !== undefined && { announced: state.sha256 }) });
  await fsPromises.rename(file + partialSuffix, file);
  await fsPromises.rm(stateFile(file), { force: true });
  return { path: file };
}

/** Fetches until the partial file is whole; returns what the server said about it. */
async function fetchWhole(wanted: DownloadableFile, file: string, options: DownloadOptions): Promise<PartialState> {
  for (let continuations = 0; ; continuations++) {
    const before = sizeOf(file + partialSuffix);
    try {
      return await fetchRest(wanted, file, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      const hasGrown = sizeOf(file + partialSuffix) > before;
      if (!(error instanceof CutConnection) || !hasGrown || continuations === mostContinuations) throw error;
    }
  }
}

/** Marks the one failure that is worth going on after. */
class CutConnection extends Error {}

/** Marks the one failure while writing that is the server's doing. */
class TooLarge extends Error {}

async function fetchRest(wanted: DownloadableFile, file: string, { folder, signal, onProgress }: DownloadOptions): Promise<PartialState> {
  const partial = file + partialSuffix;
  const known = readState(file, wanted);
  if (known === undefined) await fsPromises.rm(partial, { force: true });
  const haveBytes = sizeOf(partial);
  await requireDisk(folder, (wanted.sizeBytes ?? 0) - haveBytes, wanted.fileName);
  const response = await requestFile({ url: wanted.url, fileName: wanted.fileName, fromByte: haveBytes, etag: known?.etag, signal, alternative: wanted.remedy });
  if (response.isComplete) return known ?? { url: wanted.url };
  // Another file than the one begun, or a server that always sends everything: from the start.
  const isOther = known?.sha256 !== undefined && response.sha256 !== undefined && known.sha256 !== response.sha256;
  const startByte = response.startByte === haveBytes && !isOther ? haveBytes : 0;
  if (response.startByte !== startByte) {
    await response.cancel();
    await forget(file);
    return fetchRest(wanted, file, { folder, ...(signal && { signal }), ...(onProgress && { onProgress }) });
  }
  const state = { url: wanted.url, ...(response.etag !== undefined && { etag: response.etag }), ...(response.sha256 !== undefined && { sha256: response.sha256 }) };
  await fsPromises.writeFile(stateFile(file), JSON.stringify(state));
  const totalBytes = response.totalBytes ?? wanted.sizeBytes ?? 0;
  if (totalBytes > mostBytesOf(wanted)) {
    await response.cancel();
    await forget(file);
    throw new Error(tooLarge(wanted));
  }
  await requireDisk(folder, totalBytes - startByte, wanted.fileName);
  await writeBody(response, { partial, startByte, totalBytes, wanted, ...(onProgress && { onProgress }) });
  return state;
}

interface BodyTarget {
  readonly partial: string;
  readonly startByte: number;
  readonly totalBytes: number;
  readonly wanted: DownloadableFile;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

async function writeBody(response: FileResponse, { partial, startByte, totalBytes, wanted, onProgress }: BodyTarget): Promise<void> {
  await using handle = await fsPromises.open(partial, startByte > 0 ? 'r+' : 'w');
  const { fileName } = wanted;
  let doneBytes = startByte;
  try {
    for await (const bytes of response.body) {
      if (doneBytes + bytes.length > mostBytesOf(wanted)) throw new TooLarge(tooLarge(wanted));
      await handle.write(bytes, 0, bytes.length, doneBytes);
      doneBytes += bytes.length;
      onProgress?.({ phase: 'downloading', doneBytes, totalBytes });
    }
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    if (isDiskError(error)) throw new Error(`${fileName} could not be written to ${path.dirname(partial)} (${error.code ?? ''}). Make room on the disk, then download it again: it goes on where it ended.`, { cause: error });
    throw new CutConnection(cutSentence(fileName, doneBytes, totalBytes), { cause: error });
  }
  if (response.totalBytes !== undefined && doneBytes < response.totalBytes) throw new CutConnection(cutSentence(fileName, doneBytes, totalBytes));
}

function mostBytesOf({ mostBytes = Infinity }: DownloadableFile): number {
  return mostBytes;
}

function tooLarge(wanted: DownloadableFile): string {
  return `${wanted.fileName} was not downloaded: it is larger than ${Math.round(mostBytesOf(wanted) / 1e6)} MB, which no such file is. ${wanted.remedy}`;
}

function cutSentence(fileName: string, doneBytes: number, totalBytes: number): string {
  return `The connection was cut after ${doneBytes} of ${totalBytes} bytes of ${fileName}. Download it again: it goes on where it ended.`;
}

/** Throws, and throws the partial file away, when it is not the file it should be. */
async function verify(wanted: DownloadableFile, file: string, options: DownloadOptions & { readonly announced?: string }): Promise<void> {
  const partial = file + partialSuffix;
  const expected = (wanted.sha256 ?? options.announced)?.toLowerCase();
  if (expected !== undefined) {
    const found = await hashOf(partial, options);
    if (found !== expected) {
      await forget(file);
      throw new Error(`${wanted.fileName} arrived with the wrong checksum (SHA-256 ${found}, expected ${expected}) and was thrown away. Download it again; if that repeats, something on the way changes it.`);
    }
  }
  const fault = await wanted.findFault(partial);
  if (fault === undefined) return;
  await forget(file);
  throw new Error(fault);
}

async function hashOf(file: string, { signal, onProgress }: DownloadOptions): Promise<string> {
  const hash = createHash('sha256');
  const totalBytes = sizeOf(file);
  let doneBytes = 0;
  const count = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const bytes of source) {
      doneBytes += bytes.length;
      onProgress?.({ phase: 'verifying', doneBytes, totalBytes });
      yield bytes;
    }
  };
  await pipeline(fs.createReadStream(file, { highWaterMark: 1 << 20 }), count, hash, ...(signal === undefined ? [] : [{ signal }]));
  return hash.digest('hex');
}

async function requireDisk(folder: string, missingBytes: number, fileName: string): Promise<void> {
  const freeBytes = await freeDiskBytes(folder);
  if (missingBytes + spareDiskBytes > freeBytes) throw new Error(`${fileName} needs ${inGigabytes(missingBytes)} more on the disk of ${folder}, and ${inGigabytes(freeBytes)} are free. Make room, or set HALCYON_CACHE to a folder on a larger disk.`);
}

function stateFile(file: string): string {
  return `${file}${partialSuffix}.json`;
}

/** Undefined when the partial file, if any, cannot be gone on with: nothing says which file it belongs to. */
function readState(file: string, { url, sha256 }: DownloadableFile): PartialState | undefined {
  try {
    const state = JSON.parse(fs.readFileSync(stateFile(file), 'utf8')) as Partial<PartialState>;
    const isVerifiable = sha256 !== undefined || typeof state.sha256 === 'string' || typeof state.etag === 'string';
    if (state.url !== url || !isVerifiable) return undefined;
    return { url, ...(typeof state.etag === 'string' && { etag: state.etag }), ...(typeof state.sha256 === 'string' && { sha256: state.sha256 }) };
  } catch {
    return undefined;
  }
}

async function forget(file: string): Promise<void> {
  await fsPromises.rm(file + partialSuffix, { force: true });
  await fsPromises.rm(stateFile(file), { force: true });
}

function sizeOf(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && error.syscall === 'write';
}
