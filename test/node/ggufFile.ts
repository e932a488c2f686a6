import { valueType } from '../../src/node/ggufTypes.ts';

/** A key with its type and value; `array` holds elements of one type. */
export type GgufEntry = readonly [key: string, type: keyof typeof valueType, value: GgufEntryValue];
type GgufEntryValue = string | number | boolean | { readonly of: keyof typeof valueType; readonly items: readonly (string | number)[]; readonly claimedLength?: number };

export interface GgufTensorEntry {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** Number of the type in the file; default 0, F32. */
  readonly type?: number;
  /** Default: behind the tensor before it. */
  readonly offset?: number;
}

/** A whole file to write; what is not given is that of a small valid model. */
export interface GgufParts {
  readonly magic?: string;
  readonly version?: number;
  readonly entries?: readonly GgufEntry[];
  readonly tensors?: readonly GgufTensorEntry[];
  readonly claimedTensors?: number | bigint;
  readonly claimedEntries?: number | bigint;
  readonly dataBytes?: number;
}

/** The keys of a small model of the llama architecture. */
export const llamaEntries: readonly GgufEntry[] = [
  ['general.architecture', 'string', 'llama'], ['general.name', 'string', 'tiny'], ['general.file_type', 'uint32', 0],
  ['llama.context_length', 'uint32', 128], ['llama.embedding_length', 'uint32', 8], ['llama.block_count', 'uint32', 1],
  ['llama.feed_forward_length', 'uint32', 8], ['llama.attention.head_count', 'uint32', 2], ['llama.attention.head_count_kv', 'uint32', 1],
  ['tokenizer.ggml.model', 'string', 'llama'], ['tokenizer.ggml.tokens', 'array', { of: 'string', items: ['<unk>', '<s>', '</s>', 'a'] }],
  ['tokenizer.ggml.scores', 'array', { of: 'float32', items: [0, 0, 0, 0] }], ['tokenizer.ggml.token_type', 'array', { of: 'int32', items: [2, 3, 3, 1] }],
  ['tokenizer.chat_template', 'string', '{{ messages }}'],
];

export const llamaTensors: readonly GgufTensorEntry[] = [{ name: 'token_embd.weight', dimensions: [8, 4] }, { name: 'output_norm.weight', dimensions: [8] }];

/** The entries with some replaced or, by `undefined`, left out; new ones go to the end. */
export function withEntries(changes: Readonly<Record<string, readonly [type: GgufEntry[1], value: GgufEntryValue] | undefined>>, entries: readonly GgufEntry[] = llamaEntries): GgufEntry[] {
  const kept = entries.flatMap(([key, type, value]): GgufEntry[] => {
    if (!(key in changes)) return [[key, type, value]];
    const change = changes[key];
    return change === undefined ? [] : [[key, ...change]];
  });
  const added = Object.entries(changes).flatMap(([key, change]): GgufEntry[] => (change === undefined || entries.some(([known]) => known === key) ? [] : [[key, ...change]]));
  return [...kept, ...added];
}

/** The file's bytes. */
export function ggufFile({ magic = 'GGUF', version = 3, entries = llamaEntries, tensors = llamaTensors, claimedTensors, claimedEntries, dataBytes }: GgufParts = {}): Buffer {
  const header: Buffer[] = [Buffer.from(magic, 'latin1'), number32(version), number64(claimedTensors ?? tensors.length), number64(claimedEntries ?? entries.length)];
  for (const [key, type, value] of entries) header.push(text(key), number32(valueType[type]), typed(type, value));
  let next = 0;
  for (const tensor of tensors) {
    header.push(text(tensor.name), number32(tensor.dimensions.length), ...tensor.dimensions.map(number64), number32(tensor.type ?? 0), number64(tensor.offset ?? next));
    next = Math.ceil((next + tensor.dimensions.reduce((product, size) => product * size, 4)) / 32) * 32;
  }
  const length = header.reduce((sum, { length: bytes }) => sum + bytes, 0);
  return Buffer.concat([...header, Buffer.alloc(Math.ceil(length / 32) * 32 - length), Buffer.alloc(dataBytes ?? next)]);
}

function typed(type: keyof typeof valueType, value: GgufEntryValue): Buffer {
  if (typeof value === 'object') return Buffer.concat([number32(valueType[value.of]), number64(value.claimedLength ?? value.items.length), ...value.items.map(item => typed(value.of, item))]);
  if (type === 'string') return text(String(value));
  if (type === 'float32') {
    const buffer = Buffer.alloc(4);
    buffer.writeFloatLE(Number(value));
    return buffer;
  }
  if (type === 'bool' || type === 'uint8' || type === 'int8') return Buffer.from([Number(value) & 0xff]);
  if (type === 'uint16' || type === 'int16') return number32(Number(value)).subarray(0, 2);
  return type === 'uint64' || type === 'int64' ? number64(Number(value)) : number32(Number(value));
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([number64(bytes.length), bytes]);
}

function number32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value >>> 0);
  return buffer;
}

function number64(value: number | bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
  return buffer;
}
