import type { GgufArray, GgufHeader, GgufValue } from './ggufHeader.ts';
import { defaultAlignment, padded, quantizationName, repackedTypes, valueType } from './ggufTypes.ts';

/** What a GGUF file says about its model. */
export interface GgufMetadata {
  /** `qwen2`, `llama`, `bert` … */
  readonly architecture: string;
  readonly name?: string;
  /** Tokens it was trained on at once. */
  readonly contextLength?: number;
  /** `Q4_K_M`, `Q8_0` … */
  readonly quantization?: string;
  readonly hasChatTemplate: boolean;
  /** It makes vectors and writes no text. */
  readonly isEmbedder: boolean;
  /** It scores pairs of texts: neither a chat model nor an embedder. */
  readonly isReranker: boolean;
  readonly embeddingLength?: number;
  readonly parameters?: number;
  readonly sizeBytes: number;
  /** Key and value cache of one token in F16, over all layers. */
  readonly cacheBytesPerToken?: number;
  /** Weights of which the runtime keeps a second copy for the processor. */
  readonly repackedBytes: number;
}

/** Architectures that write no text (llama.cpp's names). */
const embedderArchitectures = new Set(['bert', 'nomic-bert', 'nomic-bert-moe', 'jina-bert-v2', 'jina-bert-v3', 'modern-bert', 'neo-bert', 'eurobert', 'gemma-embedding', 't5encoder']);

/** `pooling_type` of models that score a pair of texts. */
const rankPooling = 4;

/** llama.cpp's `LLAMA_MAX_LAYERS` and `LLAMA_MAX_EXPERTS`: it asserts on more. */
const mostLayersOrExperts = 512;

/**
 * The first thing in a readable header that the native code would stumble over, as half a sentence with its remedy;
 * undefined when there is none.
 */
export function findModelFault(header: GgufHeader, fileBytes: number): string | undefined {
  return findKindFault(header) ?? findDataFault(header, fileBytes) ?? findShapeFault(header) ?? findVocabularyFault(header);
}

/** Says what the model is. Call it on a header without fault. */
export function readMetadata({ values, tensors }: GgufHeader, sizeBytes: number): GgufMetadata {
  const architecture = textOf(values.get('general.architecture')) ?? '';
  const number = (key: string): number | undefined => numberOf(values.get(`${architecture}.${key}`));
  const pooling = number('pooling_type') ?? 0;
  const isReranker = pooling === rankPooling;
  return {
    architecture,
    ...defined('name', textOf(values.get('general.name'))),
    ...defined('contextLength', number('context_length')),
    ...defined('quantization', quantizationName(numberOf(values.get('general.file_type')) ?? -1)),
    hasChatTemplate: values.has('tokenizer.chat_template'),
    isEmbedder: !isReranker && (embedderArchitectures.has(architecture) || pooling > 0),
    isReranker,
    ...defined('embeddingLength', number('embedding_length')),
    parameters: tensors.reduce((sum, { elements }) => sum + elements, 0),
    sizeBytes,
    ...defined('cacheBytesPerToken', cacheBytesPerToken(values, architecture)),
    repackedBytes: tensors.reduce((sum, { name, type, sizeBytes: bytes }) => sum + (repackedTypes.has(type.name) && name !== 'token_embd.weight' ? bytes : 0), 0),
  };
}

function findKindFault({ values, tensors }: GgufHeader): string | undefined {
  if (textOf(values.get('general.architecture')) === undefined) return 'it does not say its architecture. Choose another model file.';
  const kind = textOf(values.get('general.type')) ?? 'model';
  if (kind !== 'model') return `it holds ${kind === 'adapter' ? 'an adapter' : `"${kind.slice(0, 40)}"`}, not a whole model. Choose the file of the model.`;
  const part = numberOf(values.get('split.no')) ?? 0;
  if (part > 0) return `it is part ${part + 1} of ${numberOf(values.get('split.count')) ?? '?'} of a model. Choose the first part, with the others beside it.`;
  if (!tensors.some(({ name }) => name === 'token_embd.weight')) return 'it holds no weights of a language model. Choose another model file.';
  return undefined;
}

/** llama.cpp wants the tensors one after the other, each starting at a multiple of the alignment. */
function findDataFault({ values, tensors, endOffset }: GgufHeader, fileBytes: number): string | undefined {
  const alignment = numberOf(values.get('general.alignment')) ?? defaultAlignment;
  if (!isPowerOfTwo(alignment)) return `its alignment is ${alignment}, not a power of two. Download it again.`;
  const dataStart = padded(endOffset, alignment);
  let next = 0;
  let neededBytes = dataStart;
  for (const { name, offset, sizeBytes } of tensors) {
    if (offset !== next) return `its tensor ${name} does not follow the one before it. Download it again.`;
    neededBytes = dataStart + next + sizeBytes;
    next = padded(next + sizeBytes, alignment);
  }
  if (neededBytes > fileBytes) return `it is not complete: ${fileBytes} of at least ${neededBytes} bytes are there. Download it again.`;
  return undefined;
}

/** llama.cpp makes the shapes of the tensors from these numbers, and asserts that none is zero. */
function findShapeFault({ values, tensors }: GgufHeader): string | undefined {
  const architecture = textOf(values.get('general.architecture')) ?? '';
  const hasLayerTensor = (part: string): boolean => tensors.some(({ name }) => name.startsWith('blk.') && name.includes(part));
  const needed = ['context_length', 'embedding_length', 'block_count'];
  if (hasLayerTensor('.attn_')) needed.push('attention.head_count');
  if (hasLayerTensor('.ffn_')) needed.push('feed_forward_length');
  for (const key of needed) {
    if (!isSize(values.get(`${architecture}.${key}`))) return `its key ${architecture}.${key} is missing or no positive number. Choose another model file.`;
  }
  for (const key of ['attention.head_count_kv', 'attention.key_length', 'attention.value_length']) {
    const value = values.get(`${architecture}.${key}`);
    if (value !== undefined && !isSize(value)) return `its key ${architecture}.${key} is no positive number. Choose another model file.`;
  }
  const heads = numberOf(values.get(`${architecture}.attention.head_count`)) ?? 0;
  if (heads > (numberOf(values.get(`${architecture}.embedding_length`)) ?? 0)) return `its key ${architecture}.attention.head_count is ${heads}, more than it has numbers for a token. Choose another model file.`;
  const pooling = values.get(`${architecture}.pooling_type`);
  if (pooling !== undefined && ![0, 1, 2, 3, rankPooling].includes(numberOf(pooling) ?? -1)) return `its key ${architecture}.pooling_type is none that the runtime knows. Choose another model file.`;
  for (const key of ['block_count', 'expert_count']) {
    const value = numberOf(values.get(`${architecture}.${key}`)) ?? 0;
    if (value > mostLayersOrExperts) return `its key ${architecture}.${key} is ${value}, more than the runtime takes. Choose another model file.`;
  }
  return undefined;
}

/** A positive number, or one for each layer: those may be zero where a layer lacks the part. */
function isSize(value: GgufValue | undefined): boolean {
  const numbers = typeof value === 'object' ? value.numbers ?? [] : [value];
  const areCounts = numbers.every(number => typeof number === 'number' && Number.isInteger(number) && number >= 0 && number < 2 ** 31);
  return areCounts && numbers.some(number => typeof number === 'number' && number > 0);
}

function findVocabularyFault({ values }: GgufHeader): string | undefined {
  const tokens = arrayOf(values.get('tokenizer.ggml.tokens'));
  if (tokens?.elementType !== valueType.string || tokens.length === 0) return 'it holds no vocabulary. Choose another model file.';
  if (tokens.duplicate !== undefined) return `its vocabulary has the token "${tokens.duplicate.slice(0, 40).replace(/\p{Cc}/gu, '?')}" twice. Choose another model file.`;
  for (const key of ['tokenizer.ggml.scores', 'tokenizer.ggml.token_type']) {
    const list = values.get(key);
    if (list !== undefined && (arrayOf(list)?.length ?? 0) < tokens.length) return `its key ${key} is shorter than its vocabulary. Download it again.`;
  }
  if (textOf(values.get('tokenizer.ggml.model')) === undefined) return 'it does not say how text becomes tokens. Choose another model file.';
  if (textOf(values.get('tokenizer.ggml.model')) === 'gpt2' && arrayOf(values.get('tokenizer.ggml.merges')) === undefined) return 'its vocabulary has no merges. Choose another model file.';
  return undefined;
}

/** Keys and values of every layer, two bytes an element; some architectures give the heads of each layer. */
function cacheBytesPerToken(values: GgufHeader['values'], architecture: string): number | undefined {
  const value = (key: string): GgufValue | undefined => values.get(`${architecture}.${key}`);
  const layers = numberOf(value('block_count'));
  const embedding = numberOf(value('embedding_length'));
  const heads = numberOf(value('attention.head_count')) ?? arrayOf(value('attention.head_count'))?.numbers?.[0];
  if (layers === undefined || embedding === undefined || heads === undefined || !(heads > 0)) return undefined;
  const keyLength = numberOf(value('attention.key_length')) ?? embedding / heads;
  const valueLength = numberOf(value('attention.value_length')) ?? embedding / heads;
  const cacheHeads = value('attention.head_count_kv');
  const headsOverLayers = arrayOf(cacheHeads)?.numbers?.reduce((sum, count) => sum + count, 0) ?? layers * (numberOf(cacheHeads) ?? heads);
  return Math.ceil(headsOverLayers * (keyLength + valueLength) * 2);
}

function textOf(value: GgufValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: GgufValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function arrayOf(value: GgufValue | undefined): GgufArray | undefined {
  return typeof value === 'object' ? value : undefined;
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(value) && value > 0 && Number.isInteger(Math.log2(value));
}

function defined<Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> {
  return value === undefined ? {} : { [key]: value } as Record<Key, Value>;
}
