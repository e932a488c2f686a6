import { writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { requireSpace } from './diskSpace.ts';
import { checkGguf } from './gguf.ts';
import { convertLora } from './loraToGguf.ts';
import { lossPlot } from './tuneLossPlot.ts';
import { findTuneData } from './tuneData.ts';
import { openTuneEnvironment } from './tuneEnvironment.ts';
import { writeDeployment, type Deployment } from './tuneDeployment.ts';
import { givesLora, makeTuneJob, type TuneChoices, type TuneJob, type TuneMethod } from './tuneJob.ts';
import { runTuneProcess, type TuneEvent, type TuneStep } from './tuneProcess.ts';

export interface TuneRequest {
  readonly method: TuneMethod;
  /** A `.gguf` file, or a folder of safetensors as published. */
  readonly base: string;
  /** The `.gguf` file that an adapter is made for, when the base is a folder. */
  readonly model?: string | undefined;
  /** Folder with the files of `halcyon dataset export`. */
  readonly data: string;
  readonly output: string;
  /** Folder of the recipe. */
  readonly recipe: string;
  readonly teacher?: string | undefined;
  readonly choices: TuneChoices;
  /** Whether Python's packages may be fetched. */
  readonly mayDownload: boolean;
  /** Default: the cache folder. */
  readonly environments?: string | undefined;
}

export interface TuneHandlers {
  readonly onEvent: (event: TuneEvent) => void;
  readonly log?: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface Tuned extends Omit<Deployment, 'model'> {
  /** Stopped before its end: the same request goes on from there. */
  readonly stopped: boolean;
  /** What the files in the output folder are for. */
  readonly files: readonly string[];
}

/** An adapter with its optimizer's state and two checkpoints is far smaller. */
const adapterBytes = 1e9;
/** A whole model in 32 bits, its optimizer's state, and two checkpoints of both. */
const bytesPerParameter = 40;

/** Trains, converts and describes. What an earlier run of the same output folder has done is taken up. Rejects with a sentence. */
export async function tune(request: TuneRequest, handlers: TuneHandlers): Promise<Tuned> {
  const parameters = await checkBase(request);
  const data = await findTuneData(request);
  await fs.mkdir(request.output, { recursive: true });
  await requireSpace(request.output, request.method === 'full' ? parameters * bytesPerParameter : adapterBytes, 'the training');
  const job = makeTuneJob({ ...request, ...data, parameters }, request.choices);
  await refuseOtherJob(job);
  const { log, signal } = handlers;
  const environment = await openTuneEnvironment({ recipe: request.recipe, mayDownload: request.mayDownload, log, signal, ...(request.environments !== undefined && { folder: request.environments }) });
  const steps = await stepsBefore(request.output);
  const ended = await runTuneProcess(job, { recipe: request.recipe, environment, signal, onEvent: event => {
    keepStep(event, steps, request.output);
    handlers.onEvent(event);
  } });
  const result = { output: request.output, job, examples: data.examples, steps: ended.step };
  if (ended.type === 'stopped') return { ...result, stopped: true, files: [] };
  // A search may have chosen otherwise than was planned.
  const whole = { ...result, stopped: false, job: { ...job, learningRate: ended.learningRate, batch: ended.batch }, ...(typeof ended.bestValidationLoss === 'number' && { bestValidationLoss: ended.bestValidationLoss }) };
  const adapter = await convert(request);
  const files = await writeDeployment({ ...whole, ...(adapter !== undefined && { adapter }), model: modelOf(request) });
  return { ...whole, files, ...(adapter !== undefined && { adapter }) };
}

/** The number of its parameters, when it can be trained at all. */
async function checkBase({ method, base }: TuneRequest): Promise<number> {
  const status = await fs.stat(base).catch(() => undefined);
  if (status === undefined) throw new Error(`${base}: no such model.`);
  if (!status.isDirectory()) {
    const check = await checkGguf(base);
    if (!check.ok) throw new Error(check.problem);
    if (method === 'embedder') throw new Error('An embedder is trained from a folder of safetensors as published, not from GGUF.');
    if (method === 'qlora') throw new Error('QLoRA takes the base model as a folder of safetensors as published, and a CUDA GPU; --method lora takes this file.');
    if (!check.metadata.hasChatTemplate || check.metadata.isEmbedder || check.metadata.isReranker) throw new Error(`${base} is no chat model: it has no chat template. Choose an instruct model.`);
    return check.metadata.parameters ?? 0;
  }
  const names = (await fs.readdir(base)).filter(name => name.endsWith('.safetensors'));
  if (names.length === 0) throw new Error(`${base} has no .safetensors file. Name the folder of a model as published, or a .gguf file.`);
  let bytes = 0;
  for (const name of names) bytes += (await fs.stat(path.join(base, name))).size;
  return bytes / 2;
}

/** A checkpoint of other data or another model must not be gone on from. */
async function refuseOtherJob(job: TuneJob): Promise<void> {
  const text = await fs.readFile(path.join(job.output, 'job.json'), 'utf8').catch(() => undefined);
  const checkpoints = await fs.readdir(path.join(job.output, 'checkpoints')).catch(() => []);
  if (text === undefined || !checkpoints.some(name => name.startsWith('checkpoint-'))) {
    await fs.rm(path.join(job.output, 'steps.jsonl'), { force: true });
    return;
  }
  const before = JSON.parse(text) as TuneJob;
  const changed = (['method', 'base', 'train', 'rank', 'seed', 'batch', 'maxTokens'] as const).filter(key => before[key] !== job[key]);
  if (changed.length > 0) throw new Error(`${job.output} holds a training that was begun with another ${changed.join(' and another ')}. Go on with the same, or name another --out.`);
}

async function stepsBefore(output: string): Promise<TuneStep[]> {
  const text = await fs.readFile(path.join(output, 'steps.jsonl'), 'utf8').catch(() => '');
  return text.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as TuneStep);
}

/** The plot can be looked at while the training runs, and nothing of it is lost when that is killed. */
function keepStep(event: TuneEvent, steps: TuneStep[], output: string): void {
  if (event.type === 'step') steps.push(event);
  else if (event.type === 'resumed') steps.splice(0, Infinity, ...steps.filter(({ step }) => step <= event.step));
  else return;
  writeFileSync(path.join(output, 'steps.jsonl'), steps.map(step => `${JSON.stringify(step)}\n`).join(''));
  writeFileSync(path.join(output, 'loss.svg'), lossPlot(steps));
}

/** Undefined for methods whose result llama.cpp cannot load as an adapter, or when no GGUF file is named. */
async function convert(request: TuneRequest): Promise<string | undefined> {
  const base = modelOf(request);
  if (base === undefined || !givesLora(request.method)) return undefined;
  const output = path.join(request.output, 'adapter.gguf');
  await convertLora({ folder: path.join(request.output, 'adapter'), base, output });
  return output;
}

function modelOf({ base, model }: TuneRequest): string | undefined {
  return model ?? (base.toLowerCase().endsWith('.gguf') ? base : undefined);
}
