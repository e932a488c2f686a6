import type { DownloadOptions } from './fileDownload.ts';
import { requestFile } from './fileRequest.ts';

/** A text of a server that is read at once. */
export interface BoundedRequest {
  readonly url: string;
  /** For sentences: `The list of cmsis-svd-data`. */
  readonly name: string;
  readonly mostBytes: number;
  /** What the user can do instead: a sentence. */
  readonly remedy: string;
}

/** Reads a server's answer into memory, within bounds; nothing is asked in offline mode. Rejects with a sentence, or with the signal's reason. */
export async function requestBytes({ url, name, mostBytes, remedy }: BoundedRequest, { signal, offline = false }: Pick<DownloadOptions, 'signal' | 'offline'>): Promise<Buffer> {
  signal?.throwIfAborted();
  if (offline) throw new Error(`${name} is not downloaded: offline mode is on. Turn off "halcyon.offline" to download it, or choose a file that you have.`);
  const response = await requestFile({ url, fileName: name, fromByte: 0, etag: undefined, signal, alternative: remedy });
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    bytes += part.length;
    if (bytes > mostBytes) throw new Error(`${name} could not be read: it does not end. ${remedy}`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
