import fs from 'node:fs/promises';
import path from 'node:path';
import { baseWeightsKey } from './adapterCheck.ts';
import { readBaseModel, type BaseModel } from './ggufWeights.ts';
import { writeGgufFile, type WrittenTensor, type WrittenValue } from './ggufWriter.ts';
import { readLoraSettings, scaleOf, type LoraSettings } from './loraSettings.ts';
import { readSafetensors, type FloatTensor } from './safetensors.ts';

export interface LoraConversion {
  /** What PEFT saved: `adapter_config.json` and `adapter_model.safetensors`. */
  readonly folder: string;
  /** The model that will use it, a `.gguf` file of any quantisation. */
  readonly base: string;
  readonly output: string;
}

export interface ConvertedLora {
  readonly architecture: string;
  readonly rank: number;
  /** Weights of the model that are changed. */
  readonly changed: number;
}

/** Turns a LoRA adapter of PEFT into one for llama.cpp. Rejects with a sentence that names the folder and the remedy. */
export async function convertLora({ folder, base, output }: LoraConversion): Promise<ConvertedLora> {
  const model = await readBaseModel(base).catch((error: unknown) => { throw new Error(`${base} cannot be the adapter's model: ${reasonOf(error)}.`); });
  try {
    const settings = await readLoraSettings(path.join(folder, 'adapter_config.json'));
    const pairs = pairsOf(await readSafetensors(path.join(folder, 'adapter_model.safetensors')));
    const tensors = [...pairs].flatMap(([module, pair]) => convertPair(module, pair, { model, settings }));
    await fs.mkdir(path.dirname(output), { recursive: true });
    await writeGgufFile(output, metadataOf(model, settings), tensors);
    return { architecture: model.architecture, rank: settings.rank, changed: pairs.size };
  } catch (error) {
    throw new Error(`The adapter in ${folder} cannot be converted: ${reasonOf(error)}.`, { cause: error });
  }
}

function metadataOf({ architecture, header, weightsMark }: BaseModel, { alpha }: LoraSettings): Map<string, WrittenValue> {
  const name = header.values.get('general.name');
  return new Map<string, WrittenValue>([
    ['general.type', 'adapter'], ['general.architecture', architecture], ['adapter.type', 'lora'], ['adapter.lora.alpha', { type: 'float32', value: alpha }],
    ...(typeof name === 'string' ? [['general.base_model.count', { type: 'uint32', value: 1 }], ['general.base_model.0.name', name]] as const : []),
    ...(weightsMark === undefined ? [] : [[baseWeightsKey, weightsMark]] as const),
  ]);
}

interface Pair {
  readonly a: FloatTensor;
  readonly b: FloatTensor;
}

/** The two halves of each change by the module that they change. */
function pairsOf(tensors: ReadonlyMap<string, FloatTensor>): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const [name, a] of tensors) {
    const half = /^(.*)\.lora_([AB])(?:\.default)?\.weight$/.exec(name);
    if (half === null) throw new Error(`it trains ${name}, which an adapter for llama.cpp cannot hold`);
    if (half[2] === 'B') continue;
    const b = tensors.get(name.replace('.lora_A', '.lora_B'));
    if (b === undefined) throw new Error(`it is not whole: the other half of ${name} is missing`);
    pairs.set((half[1] ?? '').replace(/^base_model\.model\./, '').replace('language_model.', '').replace(/^model\./, ''), { a, b });
  }
  if (pairs.size === 0 || pairs.size * 2 !== tensors.size) throw new Error('it is not whole');
  return pairs;
}

const attention: Readonly<Record<string, string>> = { 'self_attn.q_proj': 'attn_q', 'self_attn.k_proj': 'attn_k', 'self_attn.v_proj': 'attn_v', 'self_attn.o_proj': 'attn_output', 'mlp.gate_proj': 'ffn_gate', 'mlp.up_proj': 'ffn_up', 'mlp.down_proj': 'ffn_down' };

/** Architectures whose weights have these names; of the first llama.cpp keeps queries and keys in another order. */
const permuted = new Set(['llama']);
const asIs = new Set(['qwen2', 'qwen3', 'gemma', 'gemma2', 'gemma3', 'mistral3']);

function convertPair(module: string, { a, b }: Pair, { model, settings }: { readonly model: BaseModel; readonly settings: LoraSettings }): WrittenTensor[] {
  const { architecture, header } = model;
  if (!permuted.has(architecture) && !asIs.has(architecture)) throw new Error(`the layout of ${architecture} models is not known here; llama.cpp's convert_lora_to_gguf.py may know it`);
  const name = ggufName(module);
  const weight = header.tensors.find(tensor => tensor.name === name);
  const [rank = 0, columns = 0] = a.shape;
  const [rows = 0, otherRank] = b.shape;
  if (weight === undefined || weight.dimensions[0] !== columns || weight.dimensions[1] !== rows || rank !== otherRank) {
    throw new Error(`it was made for another model: ${module} does not fit ${weight === undefined ? 'any of its weights' : `${weight.dimensions.join(' × ')} weights`}`);
  }
  // llama.cpp knows one scale for the whole adapter; what differs for a module goes into its weights.
  const factor = scaleOf(module, rank, settings) / (settings.alpha / rank);
  const scaled = factor === 1 ? b.values : b.values.map(value => value * factor);
  const heads = headsOf(name, model);
  return [
    { name: `${name}.lora_a`, dimensions: [columns, rank], values: a.values },
    { name: `${name}.lora_b`, dimensions: [rank, rows], values: heads === undefined ? scaled : permuteRows(scaled, rank, heads) },
  ];
}

function ggufName(module: string): string {
  const layer = /^layers\.(\d+)\.(.+)$/.exec(module);
  const part = module === 'lm_head' ? 'output' : attention[layer?.[2] ?? ''];
  if (part === undefined) throw new Error(`it trains ${module}, which an adapter for llama.cpp cannot hold`);
  return layer === null ? `${part}.weight` : `blk.${layer[1] ?? ''}.${part}.weight`;
}

function headsOf(name: string, { architecture, header }: BaseModel): number | undefined {
  const part = /\.attn_([qk])\./.exec(name)?.[1];
  if (part === undefined || !permuted.has(architecture)) return undefined;
  const all = header.values.get(`${architecture}.attention.head_count`);
  const shared = header.values.get(`${architecture}.attention.head_count_kv`);
  const heads = part === 'k' && typeof shared === 'number' ? shared : all;
  if (typeof heads !== 'number' || heads < 1) throw new Error('its model does not say how many heads it has');
  return heads;
}

/** PyTorch has the halves of each head's rotated pairs one after the other, llama.cpp pair by pair. */
function permuteRows(values: Float32Array, columns: number, heads: number): Float32Array {
  const rows = values.length / columns;
  const half = rows / heads / 2;
  if (!Number.isInteger(half)) throw new Error('its rows cannot be shared among the heads');
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const [head, inHead] = [Math.floor(row / (half * 2)), row % (half * 2)];
    const from = head * half * 2 + (inHead % 2) * half + Math.floor(inHead / 2);
    result.set(values.subarray(from * columns, (from + 1) * columns), row * columns);
  }
  return result;
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? `it lacks a file (${message})` : message.replace(/\.$/, '');
}
