import fs from 'node:fs/promises';
import { isRecord, parsedJson } from '../core/index.ts';

/** What `adapter_config.json` says of a LoRA adapter. */
export interface LoraSettings {
  readonly rank: number;
  readonly alpha: number;
  /** Scaled by the root of the rank. */
  readonly rankStabilized: boolean;
  /** Alphas of modules that differ, by the end of their name or a pattern for it. */
  readonly alphaPattern: Readonly<Record<string, number>>;
}

/** Settings that change how the adapter works in a way that llama.cpp does not know. */
const unknownToLlama: readonly (readonly [string, string])[] = [['use_dora', 'DoRA'], ['lora_bias', 'a bias'], ['modules_to_save', 'whole modules beside the adapter'], ['fan_in_fan_out', 'transposed weights'], ['trainable_token_indices', 'tokens of its own']];

/** Reads and checks the settings. Throws half a sentence saying what is wrong. */
export async function readLoraSettings(file: string): Promise<LoraSettings> {
  const config = parsedJson(await fs.readFile(file, 'utf8'));
  if (!isRecord(config)) throw new Error('its adapter_config.json is broken');
  const type = config['peft_type'];
  if (type !== 'LORA') throw new Error(`it is ${typeof type === 'string' ? `a ${type} adapter` : 'no adapter of PEFT'}, and llama.cpp takes only LoRA`);
  for (const [key, what] of unknownToLlama) if (isSet(config[key])) throw new Error(`it uses ${what}, which llama.cpp does not know; merge it into the model instead`);
  const bias = config['bias'];
  if (typeof bias === 'string' && bias !== 'none') throw new Error('it trains biases, which an adapter for llama.cpp cannot hold');
  const [rank, alpha] = [config['r'], config['lora_alpha']];
  if (typeof rank !== 'number' || typeof alpha !== 'number' || !(rank >= 1) || !(alpha > 0)) throw new Error('its adapter_config.json names neither rank nor alpha');
  const patterns = Object.entries(config['alpha_pattern'] ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return { rank, alpha, rankStabilized: config['use_rslora'] === true, alphaPattern: Object.fromEntries(patterns) };
}

/** How strongly one module's change works. */
export function scaleOf(module: string, rank: number, { alpha, rankStabilized, alphaPattern }: LoraSettings): number {
  const own = Object.entries(alphaPattern).find(([pattern]) => module === pattern || module.endsWith(`.${pattern}`))?.[1] ?? alpha;
  return own / (rankStabilized ? Math.sqrt(rank) : rank);
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);
}
