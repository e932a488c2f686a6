import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { DeviceCache } from '../core/index.ts';
import { splitPackPath } from './packPath.ts';

export interface DeviceCacheOptions {
  readonly folder: string;
  /** Files are looked for from here. */
  readonly workspace: string;
  /** Who wrote: what another producer wrote is not read. */
  readonly producer?: string;
  /** Larger folders lose what was used least lately. */
  readonly mostBytes?: number;
}

/** Counted up with every change of what reading a description gives or of how it is stored: older entries are then read anew. */
const deviceProducer = 'halcyon-device-5';

const defaultMostBytes = 200_000_000;

/** A file changed so lately may change again within the same tick of the file system's clock. */
const settleMs = 2000;

/** Left behind by a process that was killed while writing. */
const abandonedMs = 3_600_000;

/** Read devices as flat files, one an entry: written whole under another name and then renamed, checked by length and CRC. */
export function openDeviceCache({ folder, workspace, producer = deviceProducer, mostBytes = defaultMostBytes }: DeviceCacheOptions): DeviceCache {
  const entry = (name: string) => path.join(folder, createHash('sha256').update(`${producer}\0${name}`).digest('hex').slice(0, 40));
  const stampEntry = (file: string) => entry(`stamp:${path.resolve(workspace, file)}`);
  return {
    look: async file => {
      const stamp = await stampOf(path.resolve(workspace, file));
      if (stamp === undefined) return {};
      const [remembered, contentKey] = new TextDecoder().decode(await readChecked(stampEntry(file))).split('\n');
      return remembered === stamp && contentKey !== undefined ? { stamp, contentKey } : { stamp };
    },
    remember: async (file, stamp, contentKey) => { await writeChecked(stampEntry(file), new TextEncoder().encode(`${stamp}\n${contentKey}`)); },
    read: async key => readChecked(entry(key)),
    write: async (key, bytes) => {
      await writeChecked(entry(key), bytes);
      await makeRoom(folder, mostBytes).catch(() => undefined);
    },
  };
}

/** Size, identity and both times: the change time cannot be set back, so no edit goes unseen. Undefined when the file is missing or too fresh to tell. */
async function stampOf(file: string): Promise<string | undefined> {
  // A description inside a pack changes with the pack.
  const stats = await fs.stat(splitPackPath(file)?.pack ?? file, { bigint: true }).catch(() => undefined);
  if (stats?.isFile() !== true || Date.now() - Number(stats.ctimeMs) < settleMs) return undefined;
  return [stats.size, stats.dev, stats.ino, stats.mtimeNs, stats.ctimeNs].join(' ');
}

/** CRC-32 and length, before the content. */
const headBytes = 8;

async function readChecked(file: string): Promise<Uint8Array | undefined> {
  const bytes = await fs.readFile(file).catch(() => undefined);
  if (bytes === undefined || bytes.length < headBytes) return undefined;
  const content = bytes.subarray(headBytes);
  if (bytes.readUInt32BE(4) !== content.length || bytes.readUInt32BE(0) !== crc32(content)) return undefined;
  // What is used stays longest; a folder that cannot be written only loses its order.
  const now = new Date();
  await fs.utimes(file, now, now).catch(() => undefined);
  return content;
}

async function writeChecked(file: string, content: Uint8Array): Promise<void> {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(crc32(content), 0);
  head.writeUInt32BE(content.length, 4);
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(temporary, [head, content], { flag: 'wx' });
    await fs.rename(temporary, file);
  } catch {
    // A full or read-only disk: the device is read anew the next time.
    await fs.rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function makeRoom(folder: string, mostBytes: number): Promise<void> {
  const names = await fs.readdir(folder);
  const files = await Promise.all(names.map(async name => {
    const stats = await fs.stat(path.join(folder, name)).catch(() => undefined);
    return { file: path.join(folder, name), size: stats?.size ?? 0, used: stats?.mtimeMs ?? 0, isTemporary: name.endsWith('.tmp') };
  }));
  let total = 0;
  for (const { file, size, used, isTemporary } of files.sort((left, right) => right.used - left.used)) {
    if (isTemporary && Date.now() - used < abandonedMs) continue;
    total += size;
    if (isTemporary || total > mostBytes) await fs.rm(file, { force: true }).catch(() => undefined);
  }
}
