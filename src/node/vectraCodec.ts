import type { IndexCodec, IndexData, IndexItem } from 'vectra';

/** A vector as vectra holds it for us: its arithmetic reads any array of numbers by position, whatever its type declares. */
export function asVectraVector(vector: Int8Array): number[] {
  return vector as unknown as number[];
}

/** The vector scaled to whole numbers of −127…127; cosine does not see the scale. */
export function quantize(vector: Float32Array): Int8Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest === 0 ? 0 : 127 / largest;
  const whole = new Int8Array(vector.length);
  for (let index = 0; index < vector.length; index += 1) whole[index] = Math.round((vector[index] ?? 0) * scale);
  return whole;
}

/** A partition as it lies in storage. */
export interface PartitionBytes {
  readonly ids: readonly string[];
  /** Distinct metadata, and per item its position there. */
  readonly metadata: readonly IndexItem['metadata'][];
  readonly metadataOf: readonly number[];
  readonly dimensions: number;
  readonly norms: Float32Array;
  /** Row after row, a view of the bytes read. */
  readonly vectors: Int8Array;
}

/** Reads what the codec wrote; throws when the bytes are not whole. */
export function readPartitionBytes(bytes: Uint8Array): PartitionBytes {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerEnd = 4 + buffer.readUInt32LE(0);
  const { ids, metadata, metadataOf, dimensions } = JSON.parse(buffer.toString('utf8', 4, headerEnd)) as Header;
  const vectorsStart = headerEnd + ids.length * 4;
  if (buffer.length !== vectorsStart + ids.length * dimensions) throw new Error('a vector partition has the wrong length');
  const norms = Float32Array.from(ids, (_, position) => buffer.readFloatLE(headerEnd + position * 4));
  return { ids, metadata, metadataOf, dimensions, norms, vectors: new Int8Array(bytes.buffer, bytes.byteOffset + vectorsStart, ids.length * dimensions) };
}

/**
 * A partition as bytes: a header in JSON (ids, and per item its file and kind), then the norms as float32, then the
 * vectors as int8, which are read back as views without a copy. vectra's own codecs cost twenty times the time and memory.
 */
export const int8Codec: IndexCodec = {
  extension: '.i8',
  serializeIndex: data => Buffer.concat(partsOf(data)),
  deserializeIndex: buffer => dataOf(readPartitionBytes(buffer)),
  serializeCatalog: value => Buffer.from(JSON.stringify(value)),
  deserializeCatalog: buffer => JSON.parse(buffer.toString('utf8')) as ReturnType<IndexCodec['deserializeCatalog']>,
  serializeMetadata: value => Buffer.from(JSON.stringify(value)),
  deserializeMetadata: buffer => JSON.parse(buffer.toString('utf8')) as ReturnType<IndexCodec['deserializeMetadata']>,
};

interface Header {
  readonly dimensions: number;
  readonly ids: readonly string[];
  readonly metadata: readonly IndexItem['metadata'][];
  readonly metadataOf: readonly number[];
}

function partsOf({ items }: IndexData): Uint8Array[] {
  const positions = new Map<string, number>();
  const metadata: IndexItem['metadata'][] = [];
  const metadataOf = items.map(item => {
    const key = `${String(item.metadata['kind'])}\n${String(item.metadata['file'])}`;
    const position = positions.get(key) ?? metadata.push(item.metadata) - 1;
    positions.set(key, position);
    return position;
  });
  const header: Header = { dimensions: items[0]?.vector.length ?? 0, ids: items.map(({ id }) => id), metadata, metadataOf };
  const text = Buffer.from(JSON.stringify(header));
  const padding = Buffer.alloc((4 - (text.length % 4)) % 4, ' ');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length + padding.length);
  const norms = new Uint8Array(Float32Array.from(items, ({ norm }) => norm).buffer);
  return [length, text, padding, norms, ...items.map(({ vector }) => bytesOf(vector))];
}

function bytesOf(vector: readonly number[]): Uint8Array {
  const whole = vector as unknown as Int8Array;
  return new Uint8Array(whole.buffer, whole.byteOffset, whole.length);
}

function dataOf({ ids, metadata, metadataOf, dimensions, norms, vectors }: PartitionBytes): IndexData {
  const items = ids.map((id, position): IndexItem => ({
    id, metadata: metadata[metadataOf[position] ?? 0] ?? {}, norm: norms[position] ?? 0,
    vector: asVectraVector(vectors.subarray(position * dimensions, (position + 1) * dimensions)),
  }));
  return { version: 1, metadata_config: {}, items };
}
