import type { Machine } from './machine.ts';
import type { ListedModel } from './modelCatalog.ts';

/** How a model would do on a machine. */
export interface ModelAdvice {
  readonly id: string;
  readonly role: ListedModel['role'];
  readonly needBytes: number;
  /** Into the memory the machine has, with a quarter of it left to everything else. */
  readonly fits: boolean;
  /** Into what is free now. */
  readonly fitsNow: boolean;
  /** Tokens written in a second; absent for models that write none. */
  readonly tokensPerSecond?: number;
  readonly recommended: boolean;
}

/** What the advice goes by besides machine and catalogue. */
export interface AdviceContext {
  readonly contextTokens: number;
  /** Bytes of weights read in a second, measured here by a benchmark; without one, the machine's cores are counted. */
  readonly bytesPerSecond?: number | undefined;
}

/** Two cores were measured at 4.6 to 6.2 tokens a second of a 4.68 GB file. Memory, not cores, is the limit beyond six. */
const bytesPerSecondOfCore = 12e9;
const mostBytesPerSecondOfCores = 70e9;
const bytesPerSecondOfGpu = 250e9;
/** What a token costs besides the reading of weights: it is what bounds small models. */
const secondsPerToken = 0.006;
/** Slower than this nobody waits for an answer. */
const fewestTokensPerSecond = 3;
/** A larger model than the usual one has to be as quick as reading. */
const fewestOfLargeModel = 8;
const largeBytes = 6e9;
const shareForModels = 0.75;

/** Every model of the catalogue with its need and its likely speed; one a role is recommended: the most capable that fits and is quick enough. */
export function adviseModels(models: readonly ListedModel[], machine: Machine, context: AdviceContext): ModelAdvice[] {
  const known = models.filter(({ problem, contextTokens }) => problem === undefined && contextTokens > 0);
  const judged = known.map(model => ({ model, advice: judge(model, machine, context) }));
  const best = new Map<ListedModel['role'], string>();
  for (const { model, advice } of judged.toSorted((a, b) => b.model.sizeBytes - a.model.sizeBytes)) {
    const quickEnough = (advice.tokensPerSecond ?? Infinity) >= (model.sizeBytes > largeBytes ? fewestOfLargeModel : fewestTokensPerSecond);
    if (!best.has(model.role) && model.url !== undefined && advice.fits && quickEnough) best.set(model.role, model.id);
  }
  return judged.map(({ advice }) => ({ ...advice, recommended: best.get(advice.role) === advice.id }));
}

/** Memory at a context, from the need at the catalogue's. */
function memoryAt({ memoryBytes, sizeBytes, contextTokens: trained, cacheBytesPerToken }: ListedModel, contextTokens: number): number {
  const cache = cacheBytesPerToken ?? sizeBytes * 1.3e-5;
  return Math.round(memoryBytes + cache * (Math.min(contextTokens, trained) - Math.min(8192, trained)));
}

function judge(model: ListedModel, machine: Machine, { contextTokens, bytesPerSecond }: AdviceContext): Omit<ModelAdvice, 'recommended'> {
  const needBytes = memoryAt(model, contextTokens);
  const onGpu = machine.gpuMemoryBytes > needBytes;
  const ofCores = bytesPerSecond ?? Math.min(mostBytesPerSecondOfCores, machine.cores * bytesPerSecondOfCore);
  const speed = 1 / (model.sizeBytes / (onGpu ? bytesPerSecondOfGpu : ofCores) + secondsPerToken);
  return {
    id: model.id, role: model.role, needBytes,
    fits: onGpu || needBytes <= machine.memoryBytes * shareForModels, fitsNow: onGpu || needBytes <= machine.freeBytes,
    ...(model.role === 'chat' && { tokensPerSecond: Number(speed.toPrecision(2)) }),
  };
}
