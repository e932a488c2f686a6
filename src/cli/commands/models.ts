import path from 'node:path';
import type { Command } from 'commander';
import { modelsFolder } from '../../node/folders.ts';
import { probeMachine, type Machine } from '../../node/machine.ts';
import { adviseModels, type ModelAdvice } from '../../node/modelAdvice.ts';
import { listModels, type ListedModel } from '../../node/modelCatalog.ts';
import { findModel } from '../../node/modelChoice.ts';
import { downloadModel } from '../../node/modelDownload.ts';
import { deleteModel, importModel, modelsDiskBytes, verifyModel, type ModelVerification } from '../../node/modelFiles.ts';
import { findTuning, measuredBytesPerSecond, rememberTuning, type TuningMeasurement } from '../../node/modelTuning.ts';
import { outputOf, watchInterrupt } from '../context.ts';
import { CommandFailure, endProgress, printReport, showProgress, WrongUsage, type Output, type Report } from '../output.ts';

/** What an action is given. */
interface Request {
  /** A model's id or a file. */
  readonly target: string | undefined;
  readonly contextTokens: number;
  readonly output: Output;
  readonly offline: boolean;
  readonly signal: AbortSignal;
}

const actions: Readonly<Record<string, (request: Request) => Promise<void>>> = { list, recommend, download, verify, delete: remove, import: bringIn, bench };

/** `models`: the catalogue and the cache, what fits this machine, and how fast it is. */
export function addModelCommands(program: Command): void {
  program.command('models').description('models: list, recommend, download, verify, delete, import, bench')
    .argument('[action]', Object.keys(actions).join(', '), 'list').argument('[model]', 'an id of the list, or a .gguf file')
    .option('--context <tokens>', 'context that the memory need is told for', '8192')
    .action(async (action: string, target: string | undefined, options: { context: string }, command: Command) => {
      const globals = command.optsWithGlobals<{ json?: boolean; offline?: boolean }>();
      const run = actions[action];
      if (run === undefined) throw new WrongUsage(`models ${action}: no such action; there are ${Object.keys(actions).join(', ')}.`);
      const contextTokens = Number(options.context);
      if (!Number.isInteger(contextTokens) || contextTokens < 1) throw new WrongUsage(`--context ${options.context}: give a whole number of tokens.`);
      using interrupt = watchInterrupt();
      await run({ target, contextTokens, output: outputOf(globals), offline: globals.offline === true, signal: interrupt.signal });
    });
}

async function list({ output }: Request): Promise<void> {
  const models = await listModels({ folder: modelsFolder() });
  printReport(output, { models, folder: modelsFolder(), diskBytes: await modelsDiskBytes(modelsFolder()), problems: [] }, renderModels);
}

async function recommend({ output, contextTokens }: Request): Promise<void> {
  // The runtime is loaded only here: listing has to be quick.
  const { probeGpus } = await import('../../node/llamaMachine.ts');
  const machine = probeMachine(await probeGpus());
  const models = await listModels({ folder: modelsFolder() });
  const advice = adviseModels(models, machine, { contextTokens, bytesPerSecond: measuredBytesPerSecond() });
  printReport(output, { machine, contextTokens, advice: advice.map(each => ({ ...each, license: licenseOf(models, each.id), sizeBytes: models.find(({ id }) => id === each.id)?.sizeBytes ?? 0 })), problems: [] }, renderAdvice);
}

async function download({ target, output, offline, signal }: Request): Promise<void> {
  const model = await named(target);
  const { url } = model;
  if (url === undefined) throw new CommandFailure(`${model.id} is not in the catalogue, so there is nowhere to download it from.`);
  const file = await downloadModel({ ...model, url }, {
    folder: modelsFolder(), offline, signal,
    onProgress: ({ phase, doneBytes, totalBytes }) => { showProgress(output, `${phase} ${gigabytes(doneBytes)} of ${gigabytes(totalBytes)}`); },
  }).finally(() => { endProgress(output); });
  printReport(output, { ...file, problems: [] }, report => report.path);
}

async function verify({ target, output, signal }: Request): Promise<void> {
  const models = target === undefined ? (await listModels({ folder: modelsFolder() })).filter(({ cached, problem }) => cached || problem !== undefined) : [await named(target)];
  const verified: ModelVerification[] = [];
  for (const model of models) verified.push(await verifyModel(model, signal));
  printReport(output, { verified, problems: verified.flatMap(({ problem }) => (problem === undefined ? [] : [{ file: '', message: problem }])) }, report => report.verified.map(({ id, ok, hashMatches }) => `${ok ? '✓' : '✗'} ${id}${hashMatches === true ? '  the publisher\'s file' : ''}`).join('\n'));
  if (verified.some(({ ok }) => !ok)) throw new CommandFailure('');
}

async function remove({ target, output }: Request): Promise<void> {
  const model = await named(target);
  const freedBytes = await deleteModel(model, modelsFolder());
  printReport(output, { id: model.id, freedBytes, problems: [] }, report => `${report.id}: ${gigabytes(report.freedBytes)} are free again`);
}

async function bringIn({ target, output }: Request): Promise<void> {
  if (target === undefined) throw new WrongUsage('models import FILE: name the .gguf file.');
  printReport(output, { ...await importModel(path.resolve(target), modelsFolder()), problems: [] }, report => report.path);
}

async function bench({ target, output }: Request): Promise<void> {
  const file = await findModel('chat', target);
  if (file === undefined) throw new CommandFailure('No chat model is on this machine: `halcyon models download ID` brings one.');
  const { measureTuning } = await import('../../node/llamaBench.ts');
  const { best, measured } = await findTuning(async tuning => {
    showProgress(output, `${tuning.threads ?? 1} threads, batch ${tuning.batchTokens}, flash attention ${tuning.flashAttention ? 'on' : 'off'}, cache ${tuning.cacheType}`);
    return await measureTuning(file, tuning);
  }, probeMachine().cores);
  endProgress(output);
  rememberTuning(file, best);
  printReport(output, { file, best, measured, problems: [] }, renderBench);
}

async function named(target: string | undefined): Promise<ListedModel> {
  if (target === undefined) throw new WrongUsage('Name a model: `halcyon models list` prints the ids.');
  const model = (await listModels({ folder: modelsFolder() })).find(({ id }) => id === target);
  if (model === undefined) throw new CommandFailure(`${target}: no such id in the catalogue or the models folder. \`halcyon models list\` prints the ids.`);
  return model;
}

function licenseOf(models: readonly ListedModel[], id: string): string {
  return models.find(model => model.id === id)?.license ?? 'unknown';
}

function renderModels({ models, folder, diskBytes }: Report & { readonly models: readonly ListedModel[]; readonly folder: string; readonly diskBytes: number }): string {
  const rows = models.map(model => `${model.cached ? '●' : '○'} ${model.id.padEnd(34)} ${model.role.padEnd(9)} ${gigabytes(model.sizeBytes).padStart(8)}  ${gigabytes(model.memoryBytes).padStart(8)} of memory  ${model.license}`);
  return [...rows, `${gigabytes(diskBytes)} in ${folder}`].join('\n');
}

type PrintedAdvice = ModelAdvice & { readonly license: string; readonly sizeBytes: number };

function renderAdvice({ machine, contextTokens, advice }: Report & { readonly machine: Machine; readonly contextTokens: number; readonly advice: readonly PrintedAdvice[] }): string {
  const gpus = machine.gpus.length === 0 ? 'no graphics processor that the installed runtime can use' : `${machine.gpus.join(', ')} with ${gigabytes(machine.gpuMemoryBytes)}`;
  const rows = advice.map(({ id, recommended, sizeBytes, needBytes, fits, fitsNow, tokensPerSecond, license }) => [
    recommended ? '→' : ' ', id.padEnd(34), gigabytes(sizeBytes).padStart(8), `needs ${gigabytes(needBytes)}`.padEnd(14),
    (fits ? fitsNow ? 'fits' : 'fits when other programs are closed' : 'does not fit').padEnd(12), tokensPerSecond === undefined ? '' : `~${tokensPerSecond} tokens/s`, license,
  ].join(' '));
  return [`${machine.processor}, ${machine.cores} cores, ${gigabytes(machine.memoryBytes)} of memory, ${gigabytes(machine.freeBytes)} free; ${gpus}`, `With a context of ${contextTokens} tokens:`, ...rows].join('\n');
}

function renderBench({ best, measured }: Report & { readonly best: TuningMeasurement; readonly measured: readonly TuningMeasurement[] }): string {
  return measured.map(each => `${each === best ? '→' : ' '} ${each.threads ?? '?'} threads, batch ${String(each.batchTokens).padStart(3)}, flash attention ${each.flashAttention ? 'on ' : 'off'}, cache ${each.cacheType.padEnd(4)}  reads ${each.promptTokensPerSecond} and writes ${each.outputTokensPerSecond} tokens/s`).join('\n');
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
