import fs from 'node:fs/promises';
import path from 'node:path';
import { checkAdapter } from './adapterCheck.ts';
import { requireSpace } from './diskSpace.ts';
import { ForwardReader } from './ggufBytes.ts';
import { dataPlaceOf, readGgufHeader, type DataPlace, type GgufHeader, type GgufTensor } from './ggufHeader.ts';
import { padded } from './ggufTypes.ts';
import { padding, writeWhole } from './ggufWriter.ts';
import { readableTypes, readNumbers, writableTypes, type WritableType } from './tensorNumbers.ts';

export interface LoraMerge {
  /** The `.gguf` file of the model; it stays as it is. */
  readonly model: string;
  readonly adapter: string;
  readonly output: string;
  /** Of the weights that the adapter changes; all others are copied as they are. */
  readonly type: WritableType;
  readonly signal?: AbortSignal | undefined;
}

/** What was merged. */
export interface MergedLora {
  readonly changed: number;
  readonly copied: number;
}

/** An open file with what stands before its weights. */
interface Opened {
  readonly handle: fs.FileHandle;
  readonly header: GgufHeader;
  readonly data: DataPlace;
}

interface Change {
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly rank: number;
  readonly scale: number;
}

/** Adds an adapter to its model's weights, in a file of its own that is there only when it is whole. Rejects with a sentence. */
export async function mergeLora(merge: LoraMerge): Promise<MergedLora> {
  const { model, adapter, output } = merge;
  await checkAdapter(adapter, model);
  await using files = new AsyncDisposableStack();
  const base = await open(model, files);
  const change = await open(adapter, files);
  const changed = base.header.tensors.filter(({ name }) => change.header.tensors.some(tensor => tensor.name === `${name}.lora_a`));
  const unread = changed.find(({ type }) => !readableTypes.includes(type.name));
  if (unread !== undefined) throw new Error(`${model} has weights of the type ${unread.type.name}, and only ${readableTypes.join(', ')} are merged here. Merge into the model's Q8_0 or F16 file, or use llama.cpp's llama-export-lora.`);
  await requireSpace(await folderOf(output), base.header.tensors.reduce((sum, { elements, sizeBytes }) => sum + Math.max(elements * 2, sizeBytes), 0), 'the merged model');
  await writeMerged({ base, change, changed: new Set(changed) }, merge);
  return { changed: changed.length, copied: base.header.tensors.length - changed.length };
}

async function open(file: string, files: AsyncDisposableStack): Promise<Opened> {
  const header = await (async () => {
    await using reader = await ForwardReader.open(file);
    return await readGgufHeader(reader);
  })();
  return { header, data: dataPlaceOf(header), handle: files.use(await fs.open(file)) };
}

async function folderOf(file: string): Promise<string> {
  const folder = path.dirname(file);
  await fs.mkdir(folder, { recursive: true });
  return folder;
}

interface Merging {
  readonly base: Opened;
  readonly change: Opened;
  readonly changed: ReadonlySet<GgufTensor>;
}

async function writeMerged(merging: Merging, { output, type, signal }: LoraMerge): Promise<void> {
  try {
    await writeWhole(output, mergedParts(merging, type), signal);
  } catch (error) {
    throw signal?.aborted === true ? new Error('The merge was stopped; nothing was written.') : error;
  }
}

/** The model's own metadata, the list of tensors with new types and places, and their numbers, a tensor at a time. */
async function* mergedParts(merging: Merging, type: WritableType): AsyncGenerator<Buffer> {
  const { base, changed } = merging;
  const head = await headOf(merging, type);
  yield head;
  yield padding(head.length, base.data.alignment);
  for (const tensor of base.header.tensors) {
    const raw = await readTensor(base, tensor);
    const bytes = changed.has(tensor) ? writableTypes[typeFor(tensor, type)].write(await added(tensor, raw, merging.change)) : raw;
    yield bytes;
    yield padding(bytes.length, base.data.alignment);
  }
}

/** Rows that are no whole blocks can only be written one number at a time. */
function typeFor({ dimensions }: GgufTensor, type: WritableType): WritableType {
  return (dimensions[0] ?? 1) % writableTypes[type].blockElements === 0 ? type : 'F16';
}

async function headOf({ base, changed }: Merging, type: WritableType): Promise<Buffer> {
  const { tensors, endOffset } = base.header;
  const head = await readBytes(base.handle, 0, endOffset);
  const sizes = tensors.map(({ name, dimensions }) => 8 + Buffer.byteLength(name) + 4 + dimensions.length * 8 + 12);
  let at = endOffset - sizes.reduce((sum, size) => sum + size, 0);
  let offset = 0;
  for (const [index, tensor] of tensors.entries()) {
    at += sizes[index] ?? 0;
    const written = changed.has(tensor) ? typeFor(tensor, type) : undefined;
    if (written !== undefined) head.writeUInt32LE(writableTypes[written].number, at - 12);
    head.writeBigUInt64LE(BigInt(offset), at - 8);
    const bytes = written === undefined ? tensor.sizeBytes : tensor.elements / writableTypes[written].blockElements * writableTypes[written].blockBytes;
    offset += padded(bytes, base.data.alignment);
  }
  nameType(head, writableTypes[type].fileType);
  return head;
}

/** `general.file_type`, where the model has it as 32 bits. */
function nameType(head: Buffer, fileType: number): void {
  const key = Buffer.from('\u0011\0\0\0\0\0\0\0general.file_type\u0004\0\0\0', 'latin1');
  const at = head.indexOf(key);
  if (at >= 0) head.writeUInt32LE(fileType, at + key.length);
}

/** W + scale · B · A. */
async function added(tensor: GgufTensor, raw: Buffer, change: Opened): Promise<Float32Array> {
  const values = numbersOf(tensor, raw);
  const { a, b, rank, scale } = await changeOf(tensor.name, change);
  const columns = tensor.dimensions[0] ?? 1;
  for (let row = 0, start = 0; start < values.length; row++, start += columns) {
    for (let inner = 0; inner < rank; inner++) {
      const factor = scale * (b[row * rank + inner] ?? 0);
      for (let column = 0, from = inner * columns; column < columns; column++, from++) values[start + column] = (values[start + column] ?? 0) + factor * (a[from] ?? 0);
    }
  }
  return values;
}

async function changeOf(name: string, change: Opened): Promise<Change> {
  const half = async (suffix: string): Promise<readonly [GgufTensor, Float32Array]> => {
    const tensor = change.header.tensors.find(each => each.name === `${name}.${suffix}`);
    if (tensor === undefined) throw new Error(`The adapter is not whole: ${name} has no ${suffix}.`);
    return [tensor, numbersOf(tensor, await readTensor(change, tensor))];
  };
  const [, a] = await half('lora_a');
  const [{ dimensions }, b] = await half('lora_b');
  const rank = dimensions[0] ?? 1;
  const alpha = change.header.values.get('adapter.lora.alpha');
  return { a, b, rank, scale: typeof alpha === 'number' && alpha !== 0 ? alpha / rank : 1 };
}

function numbersOf({ name, type, elements }: GgufTensor, raw: Buffer): Float32Array {
  const values = readNumbers(type.name, raw, elements);
  if (values === undefined) throw new Error(`${name} is of the type ${type.name}, and only ${readableTypes.join(', ')} are merged here.`);
  return values;
}

function readTensor({ handle, data }: Opened, { offset, sizeBytes }: GgufTensor): Promise<Buffer> {
  return readBytes(handle, data.start + offset, sizeBytes);
}

async function readBytes(handle: fs.FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let read = 0; read < length;) {
    const { bytesRead } = await handle.read(bytes, read, Math.min(length - read, 1 << 30), position + read);
    if (bytesRead === 0) throw new Error('The file ends before its last tensor.');
    read += bytesRead;
  }
  return bytes;
}
