import type { Host } from '../host.ts';
import { decodeDevice, encodeDevice } from '../parse/deviceBytes.ts';
import { parseDeviceFile } from '../parse/deviceFile.ts';
import type { SvdParse } from '../parse/svd.ts';
import { svdLimits } from '../parse/svdBudget.ts';
import { hashText } from '../text/hash.ts';
import { readSource } from './readSource.ts';
import type { LoadedPatches } from './svdPatches.ts';

/** Keeps read devices. Nothing here rejects: what is missing, damaged or not writable is simply not there. */
export interface DeviceCache {
  /** The file as it is on the disk now: a stamp that changes with its content, and the content's key if one was remembered for that stamp. */
  look(file: string): Promise<{ readonly stamp?: string; readonly contentKey?: string }>;
  remember(file: string, stamp: string, contentKey: string): Promise<void>;
  read(key: string): Promise<Uint8Array | undefined>;
  write(key: string, bytes: Uint8Array): Promise<void>;
}

/** A device read or remembered, with the key of all it was read from. */
export type OpenedDevice = SvdParse & { readonly key?: string };

/** Reads a chip's description with its patches, from the cache when it has been read before. */
export async function openDevice(host: Host, file: string, { patches, key: patchKey }: Pick<LoadedPatches, 'patches' | 'key'>, cache?: DeviceCache): Promise<OpenedDevice> {
  // Before the text is read: a file that changes meanwhile must not be remembered under its later stamp.
  const { stamp, contentKey: known } = await cache?.look(file) ?? {};
  const keyOf = (contentKey: string) => hashText(`${contentKey}\0${patchKey}\0${file}`);
  const kept = known === undefined ? undefined : await keptDevice(cache, keyOf(known));
  if (kept !== undefined) return kept;
  const source = await readSource(host, file, svdLimits.bytes);
  if ('problem' in source) return { problems: [source.problem] };
  const contentKey = hashText(source.text);
  const key = keyOf(contentKey);
  if (stamp !== undefined && contentKey !== known) await cache?.remember(file, stamp, contentKey);
  const sameContent = contentKey === known ? undefined : await keptDevice(cache, key);
  if (sameContent !== undefined) return sameContent;
  const parse = parseDeviceFile(source.text, file, patches);
  if (cache !== undefined && parse.device !== undefined) {
    const bytes = encodeDevice({ device: parse.device, problems: parse.problems });
    if (bytes !== undefined) await cache.write(key, bytes);
  }
  return { ...parse, key };
}

async function keptDevice(cache: DeviceCache | undefined, key: string): Promise<OpenedDevice | undefined> {
  const bytes = await cache?.read(key);
  const stored = bytes === undefined ? undefined : decodeDevice(bytes);
  return stored === undefined ? undefined : { ...stored, key };
}
