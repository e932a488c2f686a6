import fs from 'node:fs/promises';
import { parsedJson } from '../core/index.ts';
import { readNumbers } from './tensorNumbers.ts';

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
  const header = parsedJson(text);
  if (typeof header !== 'object' || header === null) throw new Error('its header is broken');
  return header as Record<string, unknown>;
}

function readTensor(name: string, entry: unknown, data: Buffer): FloatTensor {
  if (!isEntry(entry)) throw new Error(`its tensor "${name}" is not described as the format wants it`);
  const { dtype, shape, data_offsets: [start, end] } = entry;
  const width = widths[dtype];
  const count = shape.reduce((product, size) => product * size, 1);
  if (width !== undefined && (!Number.isSafeInteger(count) || start < 0 || end > data.length || end - start !== count * width)) throw new Error(`its tensor "${name}" is not whole`);
  const values = width === undefined ? undefined : readNumbers(dtype, data.subarray(start, end), count);
  if (values === undefined) throw new Error(`its tensor "${name}" has the type ${dtype}, which is not read here`);
  return { shape, values };
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null || !('dtype' in value) || !('shape' in value) || !('data_offsets' in value)) return false;
  const isCounts = (list: unknown): boolean => Array.isArray(list) && list.every(size => Number.isSafeInteger(size) && Number(size) >= 0);
  return typeof value.dtype === 'string' && isCounts(value.shape) && isCounts(value.data_offsets) && Array.isArray(value.data_offsets) && value.data_offsets.length === 2;
}

/** Types that this format and GGUF have in common, with the bytes of a number. */
const widths: Readonly<Record<string, number>> = { F32: 4, F16: 2, BF16: 2 };
