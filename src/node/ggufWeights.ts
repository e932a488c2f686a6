import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import { ForwardReader } from './ggufBytes.ts';
import { dataPlaceOf, readGgufHeader, type GgufHeader } from './ggufHeader.ts';

/** What an adapter must fit: the model's shape, and a mark of its weights. */
export interface BaseModel {
  readonly header: GgufHeader;
  readonly architecture: string;
  /**
   * SHA-256 of the last norm's weights. Norms stay in 32 bits in every quantisation, so all quantised files of a model
   * have one mark; a model that was trained further has another, unless only adapters were merged into it.
   * Absent where they are not in 32 bits.
   */
  readonly weightsMark?: string;
}

const markedTensor = 'output_norm.weight';

/** Reads what an adapter has to fit. Throws half a sentence saying what is wrong ("it …"). */
export async function readBaseModel(file: string): Promise<BaseModel> {
  await using reader = await ForwardReader.open(file);
  const header = await readGgufHeader(reader);
  const architecture = header.values.get('general.architecture');
  if (typeof architecture !== 'string') throw new Error('it names no architecture');
  const weightsMark = await markOf(file, header);
  return { header, architecture, ...(weightsMark !== undefined && { weightsMark }) };
}

async function markOf(file: string, header: GgufHeader): Promise<string | undefined> {
  const norm = header.tensors.find(({ name, type }) => name === markedTensor && type.name === 'F32');
  if (norm === undefined) return undefined;
  await using handle = await fs.open(file);
  const bytes = Buffer.alloc(norm.sizeBytes);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, dataPlaceOf(header).start + norm.offset);
  return bytesRead === bytes.length ? createHash('sha256').update(bytes).digest('hex') : undefined;
}
