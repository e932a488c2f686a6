/** Ways of training. `distill` learns a teacher's answers; `embedder` trains a sentence embedder on triplets. */
export const tuneMethods = ['lora', 'qlora', 'full', 'ia3', 'prefix', 'prompt', 'dpo', 'distill', 'embedder'] as const;
export type TuneMethod = typeof tuneMethods[number];

/** Whether a method gives a LoRA adapter, the one kind that llama.cpp and vLLM can load. */
export function givesLora(method: TuneMethod): boolean {
  return ['lora', 'qlora', 'dpo', 'distill'].includes(method);
}

/** What the recipe is told (`src/tune/job.py`): every number decided, every path absolute. */
export interface TuneJob {
  readonly method: TuneMethod;
  /** A `.gguf` file, or a folder of safetensors as published. */
  readonly base: string;
  readonly train: string;
  readonly validation: string | null;
  readonly output: string;
  readonly epochs: number;
  readonly learningRate: number;
  readonly batch: number;
  /** Batches whose gradients are added up before a step. */
  readonly accumulate: number;
  /** Longer examples are left out. */
  readonly maxTokens: number;
  readonly rank: number;
  readonly alpha: number;
  readonly dropout: number;
  readonly virtualTokens: number;
  readonly seed: number;
  /** Looks at the validation examples without gain after which the training ends; 0: never. */
  readonly patience: number;
  /** Steps between two looks, and between two checkpoints. */
  readonly evaluateEvery: number;
  readonly threads: number | null;
  /** -1: as the epochs say. */
  readonly maxSteps: number;
  readonly searchLearningRates: readonly number[];
  readonly searchBatches: readonly number[];
  readonly searchSteps: number;
}

/** What a person may decide. */
export type TuneChoices = { readonly [Key in Exclude<keyof TuneJob, 'method' | 'base' | 'train' | 'validation' | 'output' | 'searchLearningRates' | 'searchBatches'>]?: TuneJob[Key] | undefined } & {
  /** Tries learning rates and batch sizes on the validation examples first. */
  readonly search?: boolean | undefined;
};

export interface TunePlan extends Pick<TuneJob, 'method' | 'base' | 'train' | 'validation' | 'output'> {
  /** Of the base model. */
  readonly parameters: number;
  readonly examples: number;
}

/** Sizes up to which a row of defaults holds: larger models want smaller steps and have less memory to spare. */
const bySize = [
  { parameters: 0.6e9, loraRate: 5e-4, fullRate: 5e-5, batch: 8, accumulate: 1, rank: 16 },
  { parameters: 2.5e9, loraRate: 2e-4, fullRate: 2e-5, batch: 4, accumulate: 2, rank: 16 },
  { parameters: 9e9, loraRate: 1e-4, fullRate: 1e-5, batch: 1, accumulate: 8, rank: 16 },
  { parameters: Infinity, loraRate: 5e-5, fullRate: 5e-6, batch: 1, accumulate: 16, rank: 8 },
] as const;

/** Fills in everything that was not decided, by the model's size, the method and the number of examples. */
export function makeTuneJob({ parameters, examples, ...plan }: TunePlan, choices: TuneChoices): TuneJob {
  const size = bySize.find(row => parameters <= row.parameters) ?? bySize[3];
  const batch = choices.batch ?? (plan.method === 'embedder' ? 16 : size.batch);
  const accumulate = choices.accumulate ?? (plan.method === 'embedder' ? 1 : size.accumulate);
  const rank = choices.rank ?? size.rank;
  const learningRate = choices.learningRate ?? rateOf(plan.method, size);
  const stepsPerEpoch = Math.max(1, Math.ceil(examples / (batch * accumulate)));
  return {
    ...plan, batch, accumulate, rank, learningRate,
    epochs: choices.epochs ?? (plan.method === 'dpo' ? 1 : 3), maxTokens: choices.maxTokens ?? 1024, alpha: choices.alpha ?? rank * 2, dropout: choices.dropout ?? 0.05,
    virtualTokens: choices.virtualTokens ?? 20, seed: choices.seed ?? 1, patience: choices.patience ?? 3, evaluateEvery: choices.evaluateEvery ?? Math.min(200, Math.max(10, Math.floor(stepsPerEpoch / 4))),
    threads: choices.threads ?? null, maxSteps: choices.maxSteps ?? -1,
    searchLearningRates: choices.search === true ? [learningRate / 3, learningRate, learningRate * 3] : [],
    searchBatches: choices.search === true ? [batch, batch * 2] : [], searchSteps: choices.searchSteps ?? 20,
  };
}

function rateOf(method: TuneMethod, { loraRate, fullRate }: { readonly loraRate: number; readonly fullRate: number }): number {
  switch (method) {
    case 'full': return fullRate;
    case 'embedder': return 2e-5;
    // Preferences move a model off its path quickly.
    case 'dpo': return loraRate / 20;
    // Few numbers, far from their goal.
    case 'ia3': return loraRate * 10;
    case 'prefix': case 'prompt': return loraRate * 20;
    case 'lora': case 'qlora': case 'distill': return loraRate;
  }
}
