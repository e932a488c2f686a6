import fs from 'node:fs/promises';

/** A tensor of a safetensors file, its numbers widened to 32 bits. */
export interface FloatTensor {
  /** As PyTorch has it: rows first. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Far above the header of any real model. */
const mostHeaderBytes = 100 << 20;

/** Reads every tensor of a file of moderate size, such as an adapter. Throws half a sentence saying what is wrong ("it …"). */
export async function readSafetensors(file: string): Promise<Map<string, FloatTensor>> {
  const content = await fs.readFile(file);
  const headerBytes = content.length < 8 ? -1 : Number(content.readBigUInt64LE(0));
  if (headerBytes < 2 || headerBytes > mostHeaderBytes || 8 + headerBytes > content.length) throw new Error('it is no safetensors file, or not whole');
  const data = content.subarray(8 + headerBytes);
  const tensors = new Map<string, FloatTensor>();
  for (const [name, entry] of Object.entries(entriesOf(content.toString('utf8', 8, 8 + headerBytes)))) {
    if (name !== '__metadata__') tensors.set(name, readTensor(name, entry, data));
  }
  return tensors;
}

function entriesOf(text: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(text);
    if (typeof header === 'object' && header !== null) return header as Record<string, unknown>;
  } catch {
    // Told below, as every other thing that is no header.
  }
  throw new Error('its header is broken');
}

function readTensor(name: string, entry: unknown, data: Buffer): FloatTensor {
  if (!isEntry(entry)) throw new Error(`its tensor "${name}" is not described as the format wants it`);
  const { dtype, shape, data_offsets: [start, end] } = entry;
  const width = widths[dtype];
  if (width === undefined) throw new Error(`its tensor "${name}" has the type ${dtype}, which is not read here`);
  const count = shape.reduce((product, size) => product * size, 1);
  if (!Number.isSafeInteger(count) || start < 0 || end > data.length || end - start !== count * width) throw new Error(`its tensor "${name}" is not whole`);
  return { shape, values: widened(data.subarray(start, end), dtype, count) };
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null || !('dtype' in value) || !('shape' in value) || !('data_offsets' in value)) return false;
  const isCounts = (list: unknown): boolean => Array.isArray(list) && list.every(size => Number.isSafeInteger(size) && Number(size) >= 0);
  return typeof value.dtype === 'string' && isCounts(value.shape) && isCounts(value.data_offsets) && Array.isArray(value.data_offsets) && value.data_offsets.length === 2;
}

const widths: Readonly<Record<string, number>> = { F32: 4, F16: 2, BF16: 2 };

function widened(bytes: Buffer, dtype: string, count: number): Float32Array {
  const values = new Float32Array(count);
  // A float of 16 bits with 8 of exponent is the upper half of one with 32.
  const bits = new Uint32Array(values.buffer);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let index = 0; index < count; index++) {
    if (dtype === 'F32') values[index] = view.getFloat32(index * 4, true);
    else if (dtype === 'BF16') bits[index] = view.getUint16(index * 2, true) << 16;
    else values[index] = halfFloat(view.getUint16(index * 2, true));
  }
  return values;
}

function halfFloat(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const [exponent, fraction] = [(bits >> 10) & 0x1f, bits & 0x3ff];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
