import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cacheFolder } from './folders.ts';

/** How a model is run; which values are quickest depends on the machine. */
export interface ModelTuning {
  readonly threads?: number | undefined;
  readonly batchTokens: number;
  readonly flashAttention: boolean;
  /** Number format of the context's cache: `Q8_0` halves its memory and costs prompt speed. */
  readonly cacheType: 'F16' | 'Q8_0';
}

/** Speed of a model with a tuning. */
export interface TuningMeasurement extends ModelTuning {
  readonly promptTokensPerSecond: number;
  readonly outputTokensPerSecond: number;
}

/** What is used until something was measured. */
export const defaultTuning: ModelTuning = { batchTokens: 256, flashAttention: true, cacheType: 'F16' };

/** What a benchmark found out about a model file here. */
export interface RememberedTuning extends TuningMeasurement {
  readonly modelBytes: number;
}

/** The tuning measured for the file on this machine; undefined before the first benchmark, and after a change of processor. */
export function rememberedTuning(modelFile: string): RememberedTuning | undefined {
  return readAll()[keyOf(modelFile)];
}

/** Bytes of weights that this machine reads in a second, by whatever large enough model was measured on it. */
export function measuredBytesPerSecond(): number | undefined {
  const here = Object.entries(readAll()).filter(([key]) => key.endsWith(machineKey())).map(([, tuning]) => tuning);
  // Small models are bound by overhead, and would make large ones look slow.
  const [largest] = here.filter(({ modelBytes }) => modelBytes > 5e8).toSorted((a, b) => b.modelBytes - a.modelBytes);
  return largest === undefined ? undefined : largest.modelBytes * largest.outputTokensPerSecond;
}

/** Keeps the tuning for every later start. */
export function rememberTuning(modelFile: string, measured: TuningMeasurement): void {
  const all = { ...readAll(), [keyOf(modelFile)]: { ...measured, modelBytes: fs.statSync(modelFile).size } };
  fs.mkdirSync(cacheFolder(), { recursive: true });
  const fresh = `${tuningFile()}.${process.pid}`;
  fs.writeFileSync(fresh, JSON.stringify(all, undefined, 2));
  fs.renameSync(fresh, tuningFile());
}

/** Runs a model with a tuning and measures it. */
export type MeasureTuning = (tuning: ModelTuning) => Promise<TuningMeasurement>;

/**
 * Finds the quickest tuning, one setting after the other: threads by the writing, then batch and flash attention by the
 * reading. The quantised cache is measured last and not chosen: it saves memory, not time.
 */
export async function findTuning(measure: MeasureTuning, cores: number): Promise<{ readonly best: TuningMeasurement; readonly measured: readonly TuningMeasurement[] }> {
  const measured: TuningMeasurement[] = [];
  let best: TuningMeasurement | undefined;
  const tryOut = async (changes: readonly Partial<ModelTuning>[], speed: (measurement: TuningMeasurement) => number): Promise<void> => {
    for (const change of changes) {
      const result = await measure({ ...defaultTuning, ...pick(best), ...change });
      measured.push(result);
      if (best === undefined || speed(result) > speed(best)) best = result;
    }
  };
  await tryOut([...new Set([1, Math.max(1, cores - 1), cores])].map(threads => ({ threads })), ({ outputTokensPerSecond }) => outputTokensPerSecond);
  await tryOut([{ batchTokens: 128 }, { batchTokens: 512 }, { flashAttention: false }], ({ promptTokensPerSecond }) => promptTokensPerSecond);
  measured.push(await measure({ ...defaultTuning, ...pick(best), flashAttention: true, cacheType: 'Q8_0' }));
  if (best === undefined) throw new Error('No tuning could be measured.');
  return { best, measured };
}

function pick(tuning: ModelTuning | undefined): Partial<ModelTuning> {
  if (tuning === undefined) return {};
  const { threads, batchTokens, flashAttention, cacheType } = tuning;
  return { threads, batchTokens, flashAttention, cacheType };
}

function readAll(): Record<string, RememberedTuning> {
  try {
    return JSON.parse(fs.readFileSync(tuningFile(), 'utf8')) as Record<string, RememberedTuning>;
  } catch {
    return {};
  }
}

function tuningFile(): string {
  return path.join(cacheFolder(), 'tuning.json');
}

function keyOf(modelFile: string): string {
  return `${path.basename(modelFile)}|${machineKey()}`;
}

function machineKey(): string {
  return `${os.cpus()[0]?.model.trim() ?? ''} × ${os.availableParallelism()}`;
}
