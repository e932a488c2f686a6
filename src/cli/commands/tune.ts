import fs from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { datasetFolder } from '../../node/datasetFolder.ts';
import { tuneRecipeFolder } from '../../node/folders.ts';
import { convertLora, type ConvertedLora } from '../../node/loraToGguf.ts';
import { mergeLora, type MergedLora } from '../../node/mergeLora.ts';
import { findModel } from '../../node/modelChoice.ts';
import { tune, type Tuned } from '../../node/tune.ts';
import type { WritableType } from '../../node/tensorNumbers.ts';
import { openTuneEnvironment } from '../../node/tuneEnvironment.ts';
import { tuneMethods, type TuneChoices, type TuneMethod } from '../../node/tuneJob.ts';
import { lossLine } from '../../node/tuneLossPlot.ts';
import type { TuneEvent, TuneStep } from '../../node/tuneProcess.ts';
import { outputOf, watchInterrupt } from '../context.ts';
import { CommandFailure, endProgress, printReport, showProgress, WrongUsage, type Output, type Report } from '../output.ts';

interface Globals {
  readonly workspace: string;
  readonly model?: string;
  readonly threads?: string;
  readonly json?: boolean;
  readonly offline?: boolean;
}

interface RunOptions {
  readonly method: string;
  readonly data?: string;
  readonly base?: string;
  readonly out?: string;
  readonly teacher?: string;
  readonly search?: boolean;
  readonly prepare?: boolean;
  readonly epochs?: string;
  readonly learningRate?: string;
  readonly batch?: string;
  readonly accumulate?: string;
  readonly maxTokens?: string;
  readonly rank?: string;
  readonly seed?: string;
  readonly patience?: string;
  readonly evaluateEvery?: string;
  readonly maxSteps?: string;
}

/** `tune prepare|run|convert|merge`: train on the files of `dataset export`. */
export function addTuneCommands(program: Command): void {
  const group = program.command('tune').description('fine-tune a model on the examples of `dataset export`')
    .action(() => { throw new CommandFailure('tune: name what to do: halcyon tune prepare, run, convert or merge.'); });
  group.command('prepare').description('download the Python packages that training needs, up to 6 GB').exitOverride()
    .action((_: object, command: Command) => withSignal(command, async ({ output, globals, signal }) => {
      if (globals.offline === true) throw new CommandFailure('tune prepare downloads packages, and --offline forbids it.');
      const { python } = await openTuneEnvironment({ recipe: tuneRecipeFolder(), mayDownload: true, signal, log: line => { showProgress(output, line); } }).finally(() => { endProgress(output); });
      printReport(output, { python, problems: [] }, report => report.python);
    }));
  addRun(group);
  group.command('convert').description('turn a LoRA adapter of PEFT, trained anywhere, into one for the chat model').exitOverride()
    .argument('<folder>', 'with adapter_config.json and adapter_model.safetensors').requiredOption('--out <file>', 'the .gguf file to write')
    .action((folder: string, options: { readonly out: string }, command: Command) => withSignal(command, async ({ output, globals }) => {
      const base = await chatModel(globals);
      const file = path.resolve(options.out);
      const converted = await convertLora({ folder: path.resolve(folder), base, output: file });
      printReport(output, { ...converted, file, base, problems: [] }, renderConverted);
    }));
  addMerge(group);
}

function addMerge(group: Command): void {
  group.command('merge').description('add an adapter to the chat model\'s weights, in a file of its own').exitOverride()
    .argument('<adapter>', 'a .gguf file').requiredOption('--out <file>', 'the .gguf file to write').option('--type <type>', 'q8_0 or f16, of the weights that change; the others stay as they are', 'q8_0')
    .action((adapter: string, options: { readonly out: string; readonly type: string }, command: Command) => withSignal(command, async ({ output, globals, signal }) => {
      const [model, file] = [await chatModel(globals), path.resolve(options.out)];
      if (path.resolve(model) === file) throw new WrongUsage('--out names the model itself, which stays as it is: give another file.');
      const merged = await mergeLora({ model, adapter: path.resolve(adapter), output: file, type: typeOf(options.type), signal });
      printReport(output, { ...merged, file, model, problems: [] }, renderMerged);
    }));
}

function addRun(group: Command): void {
  group.command('run').description('train; run again, it goes on from its last checkpoint').exitOverride()
    .option('--method <method>', tuneMethods.join(', '), 'lora').option('--data <dir>', 'the exported dataset; default: .halcyon/dataset/export in the workspace')
    .option('--base <file|dir>', 'the model that is trained: a .gguf file, or a folder of safetensors as published; default: the chat model (--model)')
    .option('--out <dir>', 'where everything is written; default: .halcyon/tune/METHOD in the workspace').option('--teacher <file>', 'with distill: the teacher\'s answers, {"id", "answer"} a line')
    .option('--search', 'first try learning rates and batch sizes on the validation examples').option('--prepare', 'download the Python packages when they are missing')
    .option('--epochs <n>', 'times that every example is seen').option('--learning-rate <x>', 'default: by method and size of the model').option('--batch <n>', 'examples at once')
    .option('--accumulate <n>', 'batches a step').option('--max-tokens <n>', 'longer examples are left out; default: 1024').option('--rank <n>', 'of a LoRA adapter').option('--seed <n>', 'default: 1')
    .option('--patience <n>', 'looks at the validation examples without gain until it ends; 0: never').option('--evaluate-every <n>', 'steps between two looks').option('--max-steps <n>', 'instead of epochs')
    .action((options: RunOptions, command: Command) => withSignal(command, async ({ output, globals, signal }) => {
      const method = methodOf(options.method);
      const workspace = path.resolve(globals.workspace);
      const steps: TuneStep[] = [];
      const tuned = await tune({
        method, choices: choicesOf(options, globals), recipe: tuneRecipeFolder(), teacher: options.teacher === undefined ? undefined : path.resolve(options.teacher),
        data: options.data === undefined ? path.join(datasetFolder(workspace), 'export') : path.resolve(options.data),
        output: options.out === undefined ? path.join(workspace, '.halcyon', 'tune', method) : path.resolve(options.out),
        mayDownload: options.prepare === true && globals.offline !== true, ...await modelsOf(options, globals),
      }, { signal, log: line => { showProgress(output, line); }, onEvent: event => { showEvent(event, steps, output); } }).finally(() => { endProgress(output); });
      printReport(output, { ...tuned, problems: [] }, renderTuned);
      if (tuned.stopped) throw new CommandFailure(`tune: stopped at step ${tuned.steps}; run the same command again to go on.`);
    }));
}

interface Request {
  readonly output: Output;
  readonly globals: Globals;
  readonly signal: AbortSignal;
}

/** Ctrl+C stops. */
async function withSignal(command: Command, action: (request: Request) => Promise<void>): Promise<void> {
  const globals = command.optsWithGlobals<Globals>();
  using interrupt = watchInterrupt();
  await action({ output: outputOf(globals), globals, signal: interrupt.signal });
}

async function modelsOf({ base }: RunOptions, globals: Globals): Promise<{ readonly base: string; readonly model?: string }> {
  if (base === undefined) return { base: await chatModel(globals) };
  const isFolder = (await fs.stat(base).catch(() => undefined))?.isDirectory() === true;
  const model = isFolder ? await findModel('chat', globals.model) : undefined;
  return { base: path.resolve(base), ...(model !== undefined && { model }) };
}

async function chatModel({ model }: Globals): Promise<string> {
  const file = await findModel('chat', model);
  if (file === undefined) throw new CommandFailure('No chat model is on this machine: `halcyon models download ID` brings one, or name a file with --model.');
  return file;
}

function methodOf(name: string): TuneMethod {
  const method = tuneMethods.find(known => known === name);
  if (method === undefined) throw new WrongUsage(`--method ${name}: give ${tuneMethods.join(', ')}.`);
  return method;
}

function typeOf(name: string): WritableType {
  const type = (['Q8_0', 'F16'] as const).find(known => known === name.toUpperCase());
  if (type === undefined) throw new WrongUsage(`--type ${name}: give q8_0 or f16; others are made of such a file by llama.cpp's llama-quantize.`);
  return type;
}

function choicesOf(options: RunOptions, { threads }: Globals): TuneChoices {
  const whole = (name: string, value: string | undefined, least = 1): number | undefined => numberOf(name, value, number => Number.isInteger(number) && number >= least, `a whole number from ${least}`);
  const positive = (name: string, value: string | undefined): number | undefined => numberOf(name, value, number => number > 0, 'a number above 0');
  return {
    search: options.search, epochs: positive('--epochs', options.epochs), learningRate: positive('--learning-rate', options.learningRate), batch: whole('--batch', options.batch), accumulate: whole('--accumulate', options.accumulate),
    maxTokens: whole('--max-tokens', options.maxTokens, 16), rank: whole('--rank', options.rank), seed: whole('--seed', options.seed, 0), patience: whole('--patience', options.patience, 0),
    evaluateEvery: whole('--evaluate-every', options.evaluateEvery), maxSteps: whole('--max-steps', options.maxSteps), threads: whole('--threads', threads),
  };
}

function numberOf(name: string, value: string | undefined, holds: (number: number) => boolean, what: string): number | undefined {
  if (value === undefined) return undefined;
  if (!holds(Number(value))) throw new WrongUsage(`${name} ${value}: give ${what}.`);
  return Number(value);
}

function showEvent(event: TuneEvent, steps: TuneStep[], output: Output): void {
  if (event.type === 'step') {
    steps.push(event);
    const validation = steps.findLast(({ validationLoss }) => validationLoss !== undefined)?.validationLoss;
    showProgress(output, `step ${event.step}/${event.of}  loss ${lossLine(steps)} ${(event.loss ?? steps.findLast(({ loss }) => loss !== undefined)?.loss ?? 0).toFixed(3)}${validation === undefined ? '' : `  validation ${validation.toFixed(3)}`}`);
  } else if (event.type === 'tried') showProgress(output, `learning rate ${event.learningRate}, batch ${event.batch}: validation ${event.validationLoss.toFixed(3)}`);
  else if (event.type === 'data') showProgress(output, `${event.part}: ${event.examples} examples, ${event.tooLong} too long`);
  else if (event.type === 'resumed') showProgress(output, `going on from step ${event.step}`);
  else if (event.type === 'loading') showProgress(output, 'loading the model');
}

function renderTuned({ stopped, job, examples, steps, bestValidationLoss, adapter, output, files }: Tuned & Report): string {
  if (stopped) return '';
  return [
    `${job.method}: ${steps} steps over ${examples} examples, learning rate ${job.learningRate}, batch ${job.batch} × ${job.accumulate}${bestValidationLoss === undefined ? '' : `; best validation loss ${bestValidationLoss.toFixed(4)}`}`,
    ...(adapter === undefined ? [] : [`adapter for the chat model: ${adapter}`, 'try it: halcyon eval answers --adapter FILE, against the same without']), `in ${output}:`, ...files.map(file => `  ${file}`),
  ].join('\n');
}

function renderConverted({ file, architecture, rank, changed }: ConvertedLora & { readonly file: string } & Report): string {
  return `${file}: rank ${rank}, changes ${changed} weights of a ${architecture} model`;
}

function renderMerged({ file, changed, copied }: MergedLora & { readonly file: string } & Report): string {
  return `${file}: ${changed} weights changed, ${copied} copied as they were`;
}
