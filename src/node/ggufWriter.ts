import fs from 'node:fs/promises';
import { padded, valueType } from './ggufTypes.ts';

/** A value of metadata: a text, or a number with its type in the format. */
export type WrittenValue = string | { readonly type: 'uint32' | 'float32'; readonly value: number };

/** A tensor of 32-bit floats. */
export interface WrittenTensor {
  readonly name: string;
  /** A row's length first, as the format has it. */
  readonly dimensions: readonly number[];
  readonly values: Float32Array;
}

const float32Tensor = 0;

/** Writes a GGUF file, under another name until it is whole. */
export async function writeGgufFile(file: string, values: ReadonlyMap<string, WrittenValue>, tensors: readonly WrittenTensor[]): Promise<void> {
  await writeWhole(file, ggufParts(values, tensors));
}

/** Writes a file of these parts, under another name until it is whole; nothing is left of one that was not. */
export async function writeWhole(file: string, parts: Iterable<Buffer> | AsyncIterable<Buffer>, signal?: AbortSignal): Promise<void> {
  const part = `${file}.part`;
  try {
    await fs.writeFile(part, parts, { ...(signal !== undefined && { signal }) });
    await fs.rename(part, file);
  } catch (error) {
    await fs.rm(part, { force: true });
    throw error;
  }
}

function* ggufParts(values: ReadonlyMap<string, WrittenValue>, tensors: readonly WrittenTensor[]): Generator<Buffer> {
  const header = Buffer.concat([Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(values.size), ...[...values].flatMap(([key, value]) => [text(key), valueBytes(value)]), ...tensorInfos(tensors)]);
  yield header;
  yield padding(header.length);
  for (const { values: floats } of tensors) {
    const bytes = floatBytes(floats);
    yield bytes;
    yield padding(bytes.length);
  }
}

/** The zeros that fill up so many bytes. */
export function padding(size: number, alignment?: number): Buffer {
  return Buffer.alloc(padded(size, alignment) - size);
}

function tensorInfos(tensors: readonly WrittenTensor[]): Buffer[] {
  let offset = 0;
  return tensors.map(({ name, dimensions, values }) => {
    const info = Buffer.concat([text(name), u32(dimensions.length), ...dimensions.map(u64), u32(float32Tensor), u64(offset)]);
    offset += padded(values.length * 4);
    return info;
  });
}

function valueBytes(value: WrittenValue): Buffer {
  if (typeof value === 'string') return Buffer.concat([u32(valueType.string), text(value)]);
  if (value.type === 'uint32') return Buffer.concat([u32(valueType.uint32), u32(value.value)]);
  return Buffer.concat([u32(valueType.float32), floatBytes(Float32Array.of(value.value))]);
}

function floatBytes(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([u64(bytes.length), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
