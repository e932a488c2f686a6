import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { isRecord, parsedJson } from '../core/index.ts';
import type { TuneEnvironment } from './tuneEnvironment.ts';
import type { TuneJob } from './tuneJob.ts';

/** What a training tells while it runs (`src/tune/events.py`). */
export type TuneEvent =
  | { readonly type: 'loading' }
  | { readonly type: 'data'; readonly part: 'train' | 'validation'; readonly examples: number; readonly tooLong: number }
  | { readonly type: 'resumed'; readonly step: number }
  | { readonly type: 'tried'; readonly learningRate: number; readonly batch: number; readonly validationLoss: number }
  | TuneStep
  | { readonly type: 'trained'; readonly step: number; readonly bestStep?: number | null; readonly bestValidationLoss?: number | null; readonly learningRate: number; readonly batch: number }
  /** A file for other programs, and how far the farthest number that it gives is from the trained model's. */
  | { readonly type: 'exported'; readonly file: string; readonly farthest: number }
  | { readonly type: 'stopped'; readonly step: number }
  | { readonly type: 'failed'; readonly message: string };

/** One point of the loss plot. */
export interface TuneStep {
  readonly type: 'step';
  readonly step: number;
  readonly of: number;
  readonly loss?: number;
  readonly validationLoss?: number;
  readonly learningRate?: number | null;
}

export interface TuneProcessOptions {
  readonly recipe: string;
  readonly environment: TuneEnvironment;
  readonly onEvent: (event: TuneEvent) => void;
  readonly signal?: AbortSignal | undefined;
}

/** The recipe's folder may be one that nothing is written into, and its lines are read as they come. The rest the recipe sets itself. */
const forPython = { PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1' };

/** Runs the recipe to its end. The signal stops it after the step it is in, with a checkpoint to go on from. Rejects with a sentence. */
export async function runTuneProcess(job: TuneJob, { recipe, environment, onEvent, signal }: TuneProcessOptions): Promise<Extract<TuneEvent, { type: 'trained' | 'stopped' }>> {
  const jobFile = path.join(job.output, 'job.json');
  await fs.writeFile(jobFile, JSON.stringify(job, undefined, 1));
  const child = spawn(environment.python, [path.join(recipe, 'main.py'), jobFile], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...forPython } });
  const stop = (): void => { child.kill('SIGINT'); };
  signal?.addEventListener('abort', stop, { once: true });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { errors = (errors + text).slice(-4000); });
  const ended = new Promise<number | null>((resolve, reject) => { child.on('error', reject).on('close', resolve); });
  ended.catch(() => undefined);
  let last: TuneEvent | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = eventOf(line);
    if (event === undefined) continue;
    last = event;
    onEvent(event);
  }
  const code = await ended;
  signal?.removeEventListener('abort', stop);
  if (last?.type === 'trained' || last?.type === 'stopped') return last;
  if (signal?.aborted === true) return { type: 'stopped', step: 0 };
  throw new Error(last?.type === 'failed' ? last.message : `The training ended before its time (${code === null ? 'killed, perhaps for want of memory' : `exit code ${code}`}); run the same command again to go on from the last checkpoint. ${errors.trim().split('\n').slice(-3).join('\n')}`);
}

/** A line that is none of ours is passed over. */
function eventOf(line: string): TuneEvent | undefined {
  const event = parsedJson(line);
  return isRecord(event) && 'type' in event ? event as unknown as TuneEvent : undefined;
}
