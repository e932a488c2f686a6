import type { IndexCodec, IndexData, IndexItem } from 'vectra';

/** A vector as vectra holds it for us: its arithmetic reads any array of numbers by position, whatever its type declares. */
export function asVectraVector(vector: Int8Array | Float32Array): number[] {
  return vector as unknown as number[];
}

/** The vector scaled to whole numbers of −127…127; cosine does not see the scale. */
export function quantize(vector: Float32Array): Int8Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest === 0 ? 0 : 127 / largest;
  return Int8Array.from(vector, value => Math.round(value * scale));
}

/**
 * A partition as bytes: a header in JSON (ids, and per item its file and kind), then the norms as float32, then the
 * vectors as int8, which are read back as views without a copy. vectra's own codecs cost twenty times the time and memory.
 */
export const int8Codec: IndexCodec = {
  extension: '.i8',
  serializeIndex: data => Buffer.concat(partsOf(data)),
  deserializeIndex: read,
  serializeCatalog: value => Buffer.from(JSON.stringify(value)),
  deserializeCatalog: buffer => JSON.parse(buffer.toString('utf8')) as ReturnType<IndexCodec['deserializeCatalog']>,
  serializeMetadata: value => Buffer.from(JSON.stringify(value)),
  deserializeMetadata: buffer => JSON.parse(buffer.toString('utf8')) as ReturnType<IndexCodec['deserializeMetadata']>,
};

interface Header {
  readonly version: number;
  readonly dimensions: number;
  readonly ids: readonly string[];
  /** Distinct metadata, and per item its position there. */
  readonly metadata: readonly IndexItem['metadata'][];
  readonly metadataOf: readonly number[];
}

function partsOf({ version, items }: IndexData): Uint8Array[] {
  const positions = new Map<string, number>();
  const metadata: IndexItem['metadata'][] = [];
  const metadataOf = items.map(item => {
    const key = JSON.stringify(item.metadata);
    const position = positions.get(key) ?? metadata.push(item.metadata) - 1;
    positions.set(key, position);
    return position;
  });
  const header: Header = { version, dimensions: items[0]?.vector.length ?? 0, ids: items.map(({ id }) => id), metadata, metadataOf };
  const text = Buffer.from(JSON.stringify(header));
  const padding = Buffer.alloc((4 - (text.length % 4)) % 4, ' ');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length + padding.length);
  const norms = new Uint8Array(Float32Array.from(items, ({ norm }) => norm).buffer);
  return [length, text, padding, norms, ...items.map(({ vector }) => new Uint8Array(Int8Array.from(vector).buffer))];
}

function read(buffer: Buffer): IndexData {
  const headerEnd = 4 + buffer.readUInt32LE(0);
  const header = JSON.parse(buffer.toString('utf8', 4, headerEnd)) as Header;
  const count = header.ids.length;
  const vectorsStart = headerEnd + count * 4;
  if (buffer.length !== vectorsStart + count * header.dimensions) throw new Error('a vector partition has the wrong length');
  const items = header.ids.map((id, position): IndexItem => {
    const start = buffer.byteOffset + vectorsStart + position * header.dimensions;
    const vector = new Int8Array(buffer.buffer, start, header.dimensions);
    return { id, metadata: header.metadata[header.metadataOf[position] ?? 0] ?? {}, vector: asVectraVector(vector), norm: buffer.readFloatLE(headerEnd + position * 4) };
  });
  return { version: header.version, metadata_config: {}, items };
}
