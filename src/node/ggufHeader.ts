import type { ForwardReader } from './ggufBytes.ts';
import { defaultAlignment, fixedValueBytes, padded, tensorTypes, valueType, type TensorType } from './ggufTypes.ts';

/** An array among the metadata: its length, and only what a check needs of its elements. */
export interface GgufArray {
  readonly elementType: number;
  readonly length: number;
  /** Small arrays of integers, such as one number for each layer. */
  readonly numbers?: readonly number[];
  /** The first string that occurred twice, where all must differ. */
  readonly duplicate?: string;
}

export type GgufValue = string | number | boolean | GgufArray;

export interface GgufTensor {
  readonly name: string;
  readonly type: TensorType;
  readonly elements: number;
  /** The shortest stride first, as the format has it: a row's length, then the count of rows. */
  readonly dimensions: readonly number[];
  readonly sizeBytes: number;
  /** From the start of the file's data. */
  readonly offset: number;
}

/** What stands before the weights. */
export interface GgufHeader {
  readonly version: number;
  readonly values: ReadonlyMap<string, GgufValue>;
  readonly tensors: readonly GgufTensor[];
  /** Where the header ends; the data starts at the next multiple of the alignment. */
  readonly endOffset: number;
}

/** Where a file's data begins, and what each tensor in it is aligned to. */
export interface DataPlace {
  readonly start: number;
  readonly alignment: number;
}

/** For a file that may state any alignment: one that is no positive number counts as none. */
export function dataPlaceOf({ values, endOffset }: GgufHeader): DataPlace {
  const stated = values.get('general.alignment');
  const alignment = typeof stated === 'number' && stated > 0 ? stated : defaultAlignment;
  return { start: padded(endOffset, alignment), alignment };
}

/** Far above any real model; below what would cost noticeable memory or time. */
const limits = { keys: 65_536, keyBytes: 65_535, tensors: 131_072, tensorNameBytes: 63, dimensions: 4, strings: 4_000_000, keptStringBytes: 4096, keptNumbers: 4096 };

/** Reads the header of a GGUF file, version 2 or 3. Throws half a sentence saying what is wrong ("it …"). */
export async function readGgufHeader(reader: ForwardReader): Promise<GgufHeader> {
  await reader.need(24);
  reader.skip(4);
  const version = reader.take(4).readUInt32LE();
  if (version === 0 || (version & 0xffff) === 0) throw new Error('it was written for big-endian machines');
  if (version === 1) throw new Error('it has the first, discontinued version of the format');
  if (version > 3) throw new Error(`it has version ${version} of the format, newer than this program reads`);
  const tensorCount = takeCount(reader, limits.tensors, 'tensors');
  const keyCount = takeCount(reader, limits.keys, 'keys');
  const values = await readValues(reader, keyCount);
  const tensors = await readTensors(reader, tensorCount);
  return { version, values, tensors, endOffset: reader.position };
}

async function readValues(reader: ForwardReader, count: number): Promise<Map<string, GgufValue>> {
  const values = new Map<string, GgufValue>();
  for (let index = 0; index < count; index++) {
    const key = await readString(reader, limits.keyBytes);
    if (key === '') throw new Error(`its key ${index} has no name`);
    if (values.has(key)) throw new Error(`it has the key ${printable(key)} twice`);
    await reader.need(4);
    values.set(key, await readValue(reader, reader.take(4).readUInt32LE(), key));
  }
  return values;
}

async function readValue(reader: ForwardReader, type: number, key: string): Promise<GgufValue> {
  if (type === valueType.string) return readLongString(reader);
  if (type === valueType.array) return readArray(reader, key);
  return readFixed(reader, type, key);
}

async function readFixed(reader: ForwardReader, type: number, key: string): Promise<number | boolean> {
  const bytes = fixedValueBytes(type);
  if (bytes === undefined) throw new Error(`its key ${printable(key)} has the unknown type ${type}`);
  await reader.need(bytes);
  const value = reader.take(bytes);
  if (type === valueType.bool) return value[0] !== 0;
  if (type === valueType.float32) return value.readFloatLE();
  if (type === valueType.float64) return value.readDoubleLE();
  if (type === valueType.uint64) return Number(value.readBigUInt64LE());
  if (type === valueType.int64) return Number(value.readBigInt64LE());
  const isSigned = type === valueType.int8 || type === valueType.int16 || type === valueType.int32;
  return isSigned ? value.readIntLE(0, bytes) : value.readUIntLE(0, bytes);
}

async function readArray(reader: ForwardReader, key: string): Promise<GgufArray> {
  await reader.need(12);
  const elementType = reader.take(4).readUInt32LE();
  const length = takeCount(reader, reader.remainingBytes, `elements of ${printable(key)}`);
  if (elementType === valueType.string) return readStrings(reader, key, length);
  const bytes = fixedValueBytes(elementType);
  if (bytes === undefined) throw new Error(`its key ${printable(key)} is a list of the unknown type ${elementType}`);
  const isKept = length <= limits.keptNumbers && elementType !== valueType.bool;
  if (!isKept) {
    reader.skip(length * bytes);
    return { elementType, length };
  }
  const numbers: number[] = [];
  for (let index = 0; index < length; index++) numbers.push(Number(await readFixed(reader, elementType, key)));
  return { elementType, length, numbers };
}

/** Tokens must all differ, or the native code ends the process; other lists of strings are only walked over. */
async function readStrings(reader: ForwardReader, key: string, length: number): Promise<GgufArray> {
  if (length > limits.strings) throw new Error(`its key ${printable(key)} has ${length} strings`);
  const isVocabulary = key === 'tokenizer.ggml.tokens';
  const seen = new Set<string>();
  let duplicate: string | undefined;
  for (let index = 0; index < length; index++) {
    // Not awaited where the bytes are there already: a vocabulary has a quarter of a million strings.
    if (!reader.has(8)) await reader.need(8);
    const bytes = takeSize(reader);
    if (!isVocabulary) {
      reader.skip(bytes);
      continue;
    }
    if (!reader.has(bytes)) await reader.need(bytes);
    const token = readToken(reader.take(bytes), index);
    if (seen.has(token)) duplicate ??= Buffer.from(token, 'latin1').toString('utf8');
    seen.add(token);
  }
  return { elementType: valueType.string, length, ...(duplicate !== undefined && { duplicate }) };
}

/** As llama.cpp takes it: up to a zero byte, and empty ones with names of their own. Latin-1 keeps different bytes different. */
function readToken(bytes: Buffer, index: number): string {
  const zero = bytes.indexOf(0);
  const token = bytes.toString('latin1', 0, zero < 0 ? bytes.length : zero);
  return token === '' ? `[EMPTY_${index}]` : token;
}

async function readTensors(reader: ForwardReader, count: number): Promise<GgufTensor[]> {
  const tensors: GgufTensor[] = [];
  const names = new Set<string>();
  for (let index = 0; index < count; index++) {
    const tensor = await readTensor(reader);
    if (names.has(tensor.name)) throw new Error(`it has the tensor ${printable(tensor.name)} twice`);
    names.add(tensor.name);
    tensors.push(tensor);
  }
  return tensors;
}

async function readTensor(reader: ForwardReader): Promise<GgufTensor> {
  const name = await readString(reader, limits.tensorNameBytes);
  await reader.need(4);
  const dimensionCount = reader.take(4).readUInt32LE();
  if (dimensionCount > limits.dimensions) throw new Error(`its tensor ${printable(name)} has ${dimensionCount} dimensions`);
  await reader.need(dimensionCount * 8 + 12);
  const dimensions = Array.from({ length: dimensionCount }, () => reader.take(8).readBigUInt64LE());
  const typeNumber = reader.take(4).readUInt32LE();
  const type = tensorTypes.get(typeNumber);
  if (type === undefined) throw new Error(`its tensor ${printable(name)} has the unknown type ${typeNumber}`);
  if (dimensions.includes(0n)) throw new Error(`its tensor ${printable(name)} is empty`);
  const elements = dimensions.reduce((product, size) => product * size, 1n);
  const rowElements = dimensions[0] ?? 1n;
  if (rowElements % BigInt(type.blockElements) !== 0n) throw new Error(`its tensor ${printable(name)} has rows of ${rowElements.toString()} elements, which the type ${type.name} cannot hold`);
  const sizeBytes = elements / BigInt(type.blockElements) * BigInt(type.blockBytes);
  const offset = reader.take(8).readBigUInt64LE();
  const largest = BigInt(Number.MAX_SAFE_INTEGER);
  if (elements > largest || sizeBytes > largest || offset > largest) throw new Error(`its tensor ${printable(name)} is larger than any file`);
  return { name, type, elements: Number(elements), dimensions: dimensions.map(Number), sizeBytes: Number(sizeBytes), offset: Number(offset) };
}

async function readString(reader: ForwardReader, limitBytes: number): Promise<string> {
  await reader.need(8);
  const bytes = takeSize(reader);
  if (bytes > limitBytes) throw new Error(`a name in it is ${bytes} bytes long`);
  await reader.need(bytes);
  const name = reader.take(bytes).toString('utf8');
  // llama.cpp's strings end there, so that an empty or a double name could hide behind it.
  if (name.includes('\0')) throw new Error('a name in it has a zero byte');
  return name;
}

/** The beginning of a value; the rest, of a chat template for instance, is skipped. */
async function readLongString(reader: ForwardReader): Promise<string> {
  await reader.need(8);
  const bytes = takeSize(reader);
  if (bytes > reader.remainingBytes) throw new Error('it ends in the middle of its header');
  const kept = Math.min(bytes, limits.keptStringBytes);
  await reader.need(kept);
  const text = reader.take(kept).toString('utf8');
  reader.skip(bytes - kept);
  return text;
}

function takeCount(reader: ForwardReader, limit: number, what: string): number {
  const count = reader.take(8).readBigUInt64LE();
  if (count > BigInt(limit)) throw new Error(`it claims to have ${count.toString()} ${what}`);
  return Number(count);
}

function takeSize(reader: ForwardReader): number {
  const size = reader.take(8).readBigUInt64LE();
  if (size > BigInt(reader.remainingBytes)) throw new Error('it ends in the middle of its header');
  return Number(size);
}

/** Names come from the file: shortened, and without what would garble a terminal. */
function printable(name: string): string {
  return `"${name.slice(0, 64).replace(/\p{Cc}/gu, '?')}"`;
}
