// A zip file as a test wants it, sound or not.
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
  /** What the directory says instead of the truth. */
  readonly statedSize?: number;
  readonly statedCrc?: number;
  readonly encrypted?: boolean;
  /** The directory says that its bytes are those of the entry before it. */
  readonly sharesBytes?: boolean;
}

/** The bytes of a zip file with these entries, deflated. */
export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const body = deflateRawSync(entry.content);
    const name = Buffer.from(entry.name);
    const common = commonHeader(entry, body.length, name.length);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, name, body]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(entry.sharesBytes === true ? offset - (bodies.at(-1)?.length ?? 0) : offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, place, name]));
    bodies.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

/** The 26 bytes that a file's own header and the directory share: version to the length of extra fields. */
function commonHeader({ content, statedSize, statedCrc, encrypted = false }: ZipEntry, packedLength: number, nameLength: number): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(0x800 | (encrypted ? 1 : 0), 2);
  header.writeUInt16LE(8, 4);
  header.writeUInt32LE(statedCrc ?? crc32(content), 10);
  header.writeUInt32LE(packedLength, 14);
  header.writeUInt32LE(statedSize ?? content.length, 18);
  header.writeUInt16LE(nameLength, 22);
  return header;
}
