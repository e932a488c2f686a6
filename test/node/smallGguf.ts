// Writes GGUF files of a few hundred bytes, right ones and ones that are wrong in one chosen way.

/** A value of metadata with its type number in the format. */
export type SmallValue = { readonly type: 4 | 5 | 6; readonly value: number } | { readonly type: 8; readonly value: string } | { readonly type: 9; readonly element: number; readonly values: readonly (string | number)[]; readonly claimedLength?: bigint };

export interface SmallTensor {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** Default 0: F32. */
  readonly type?: number;
  /** Default: right behind the tensor before. */
  readonly offset?: number;
}

export interface SmallGguf {
  readonly magic?: string;
  readonly version?: number;
  readonly keys: readonly (readonly [key: string, value: SmallValue])[];
  readonly tensors: readonly SmallTensor[];
  readonly claimedKeys?: bigint;
  readonly claimedTensors?: bigint;
  /** Bytes of data; default: what the F32 tensors take. */
  readonly dataBytes?: number;
}

export const text = (value: string): SmallValue => ({ type: 8, value });
export const integer = (value: number): SmallValue => ({ type: 4, value });
export const strings = (...values: readonly string[]): SmallValue => ({ type: 9, element: 8, values });
export const integers = (...values: readonly number[]): SmallValue => ({ type: 9, element: 5, values });

/** A chat model of 64 parameters that has everything a model needs. */
export const chatModel: SmallGguf = {
  keys: [
    ['general.architecture', text('llama')], ['general.name', text('Tiny')], ['general.file_type', integer(0)],
    ['llama.context_length', integer(128)], ['llama.embedding_length', integer(16)], ['llama.block_count', integer(2)],
    ['llama.attention.head_count', integer(4)], ['llama.attention.head_count_kv', integer(2)],
    ['tokenizer.ggml.model', text('llama')], ['tokenizer.ggml.tokens', strings('<s>', '</s>', 'a', 'b')], ['tokenizer.ggml.token_type', integers(3, 3, 1, 1)],
    ['tokenizer.chat_template', text('{{ messages }}')],
  ],
  tensors: [{ name: 'token_embd.weight', dimensions: [16, 4] }, { name: 'output_norm.weight', dimensions: [16] }],
};

/** The chat model with some keys replaced, added or, where undefined, left out. */
export function withKeys(changes: Readonly<Record<string, SmallValue | undefined>>): SmallGguf {
  const keys = new Map<string, SmallValue>(chatModel.keys);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) keys.delete(key);
    else keys.set(key, value);
  }
  return { ...chatModel, keys: [...keys] };
}

export function writeGguf({ magic = 'GGUF', version = 3, keys, tensors, ...rest }: SmallGguf): Buffer {
  const parts: Buffer[] = [Buffer.from(magic, 'latin1'), u32(version), u64(rest.claimedTensors ?? BigInt(tensors.length)), u64(rest.claimedKeys ?? BigInt(keys.length))];
  for (const [key, value] of keys) parts.push(lengthAndBytes(key), valueBytes(value));
  let next = 0;
  for (const { name, dimensions, type = 0, offset } of tensors) {
    parts.push(lengthAndBytes(name), u32(dimensions.length), ...dimensions.map(size => u64(BigInt(size))), u32(type), u64(BigInt(offset ?? next)));
    next += padded(dimensions.reduce((product, size) => product * size, 4));
  }
  const header = Buffer.concat(parts);
  return Buffer.concat([header, Buffer.alloc(padded(header.length) - header.length), Buffer.alloc(rest.dataBytes ?? next, 1)]);
}

function valueBytes(value: SmallValue): Buffer {
  if (value.type === 8) return Buffer.concat([u32(8), lengthAndBytes(value.value)]);
  if (value.type !== 9) return Buffer.concat([u32(value.type), u32(value.value)]);
  const elements = value.values.map(element => (typeof element === 'string' ? lengthAndBytes(element) : u32(element)));
  return Buffer.concat([u32(9), u32(value.element), u64(value.claimedLength ?? BigInt(value.values.length)), ...elements]);
}

function lengthAndBytes(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([u64(BigInt(bytes.length)), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

function padded(size: number): number {
  return Math.ceil(size / 32) * 32;
}
