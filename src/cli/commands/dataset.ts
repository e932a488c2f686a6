import path from 'node:path';
import type { Command } from 'commander';
import { exportFormats, type BuiltDataset, type Counts, type DatasetStats, type DropCount, type ExportFormat } from '../../core/index.ts';
import { writeBuild } from '../../node/datasetFolder.ts';
import { writeExport, type ExportReport } from '../../node/datasetExport.ts';
import { outputOf, withContext, type Context } from '../context.ts';
import { CommandFailure, WrongUsage, endProgress, printReport, showProgress, type Report } from '../output.ts';
import { built, folderOf, inWords, outText, type DatasetGlobals } from './datasetPlace.ts';
import { datasetRequest, type BuildFlags } from './datasetRequest.ts';
import { addDatasetReview } from './datasetReview.ts';

/** `dataset build|stats|review|export`. */
export function addDatasetCommands(program: Command): void {
  const dataset = program.command('dataset').description('training data from the workspace, its chip and its history')
    .action(() => { throw new CommandFailure('dataset: name what to do: halcyon dataset build, stats, review or export.'); });
  addBuild(dataset);
  dataset.command('stats').description('what the dataset holds, and what was left out and why').exitOverride().option('--out <dir>', outText)
    .action(async (options: { readonly out?: string }, command: Command) => {
      const globals = command.optsWithGlobals<DatasetGlobals>();
      const { report, problems } = await built(folderOf(globals, options));
      printReport(outputOf(globals), { ...report, problems: [...problems, ...report.problems] }, renderBuild);
    });
  dataset.command('export').description('files that trainers read, with a card and checksums').exitOverride().option('--out <dir>', outText)
    .option('--to <dir>', 'where they are written; default: export in the dataset\'s folder').option('--format <format...>', `${exportFormats.join(', ')}; default: all`)
    .action(async (options: { readonly out?: string; readonly to?: string; readonly format?: readonly string[] }, command: Command) => {
      const globals = command.optsWithGlobals<DatasetGlobals>();
      const folder = folderOf(globals, options);
      const report = await inWords(async () => writeExport(folder, { to: options.to === undefined ? path.join(folder, 'export') : path.resolve(options.to), formats: formatsOf(options.format) }));
      printReport(outputOf(globals), report, renderExport);
    });
  addDatasetReview(dataset);
}

function addBuild(dataset: Command): void {
  dataset.command('build').description('collect, clean, augment, label and split examples').exitOverride().option('--out <dir>', outText)
    .option('--chip <file...>', 'descriptions of further chips: SVD or ATDF files, or folders with some')
    .option('--licence <policy>', 'which sources may be used: permissive, open (copyleft as well), own (no stated licence as well) or any (all that do not forbid it)', 'own')
    .option('--per-source <n>', 'the most examples of each source; of questions in vain a quarter', '1000').option('--most <source=n...>', 'the most examples of one source: code=200')
    .option('--abstentions <percent>', 'the largest share of answers that the chip has no such thing', '12')
    .option('--seed <n>', 'another choice of examples', '1').option('--history <n>', 'commits that are looked at; 0: none', '1500')
    .option('--log <file...>', 'output of builds, beside the logs in the workspace').option('--feedback <file...>', 'what users said of answers: feedback.jsonl, which VS Code keeps under its User/workspaceStorage/*/halcyon.halcyon-embedded')
    .option('--exclude <file...>', 'questions that are kept for evaluation: suites of halcyon eval, raw answers, or one question a line')
    .option('--no-augment', 'only what is found, nothing made of it').option('--teach', 'the chat model (--model or --endpoint) writes further wordings, which are checked')
    .option('--teacher <url>', 'as --teach, by a server that speaks OpenAI\'s protocol').option('--teacher-model <name>', 'its model')
    .option('--label-with-model', 'the chat model labels instead of rules, where its labels are valid')
    .action((options: BuildFlags & { readonly out?: string }, command: Command) => withContext(withTeacher(command, options), async context => {
      const folder = folderOf(command.optsWithGlobals<DatasetGlobals>(), options);
      const { request, problems } = await datasetRequest(options, { folder, workspace: context.workspace, signal: context.signal });
      const dataset = await build(context, request);
      const { examples, ...rest } = dataset;
      const report = { ...rest, problems: [...problems, ...rest.problems], workspace: context.workspace, seed: request.seed ?? 1, policy: request.policy ?? 'own' };
      if (examples.length === 0) {
        printReport(context.output, report, renderBuild);
        throw new CommandFailure(`dataset build: no example is left, so nothing was written. ${report.problems.at(-1)?.message ?? ''}`);
      }
      await inWords(async () => writeBuild(folder, examples, report));
      printReport(context.output, { ...report, folder }, renderBuild);
    }));
}

/** The teacher takes the place of the endpoint for this command. */
function withTeacher(command: Command, { teacher, teacherModel }: Pick<BuildFlags, 'teacher' | 'teacherModel'>): Command {
  if (teacher !== undefined) {
    command.parent?.parent?.setOptionValue('endpoint', teacher);
    if (teacherModel !== undefined) command.parent?.parent?.setOptionValue('endpointModel', teacherModel);
  }
  return command;
}

async function build({ engine, output, signal }: Context, request: Parameters<Context['engine']['buildDataset']>[0]): Promise<BuiltDataset> {
  let dataset: BuiltDataset | undefined;
  for await (const event of engine.buildDataset(request, signal)) {
    if (event.type === 'done') ({ dataset } = event);
    else showProgress(output, `${event.step}: ${event.made} examples`);
  }
  endProgress(output);
  if (dataset === undefined) throw new CommandFailure('dataset build: stopped; the dataset that was there before is as it was.');
  return dataset;
}

function formatsOf(given: readonly string[] | undefined): readonly ExportFormat[] {
  const unknown = given?.find(format => !exportFormats.some(known => known === format));
  if (unknown !== undefined) throw new WrongUsage(`--format ${unknown}: give ${exportFormats.join(', ')}.`);
  return given === undefined ? exportFormats : exportFormats.filter(format => given.includes(format));
}

function renderBuild({ stats, dropped, redacted, folder }: Report & { readonly stats: DatasetStats; readonly dropped: readonly DropCount[]; readonly redacted: Counts; readonly folder?: string }): string {
  const taken = Object.entries(redacted);
  return [
    `${stats.examples} examples, ${stats.preferencePairs} with a worse answer beside the right one, ${stats.reviewed} reviewed${folder === undefined ? '' : `; in ${folder}`}`,
    ...([['source', stats.sources], ['split', stats.splits], ['question', stats.questionTypes], ['difficulty', stats.difficulties], ['answer', stats.answerKinds], ['licence', stats.licences], ['chip family', stats.families], ['made by', stats.augmentations]] as const)
      .flatMap(([title, counts]) => (Object.keys(counts).length === 0 ? [] : [`${title.padEnd(12)} ${Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', ')}`])),
    ...dropped.length === 0 ? [] : ['', `${dropped.reduce((sum, { count }) => sum + count, 0)} left out:`, ...dropped.map(({ reason, count, samples: [sample = ''] }) => `  ${String(count).padStart(6)}  ${reason}${sample === '' ? '' : `, as ${sample.slice(0, 90)}`}`)],
    ...taken.length === 0 ? [] : [`personal data taken out: ${taken.map(([kind, count]) => `${kind} ${count}`).join(', ')}`],
  ].join('\n');
}

function renderExport({ folder, files }: ExportReport): string {
  return [...files.map(({ name, count, sha256 }) => `${name.padEnd(28)} ${String(count).padStart(7)} rows  ${sha256.slice(0, 16)}…`), `with README.md and SHA256SUMS, in ${folder}`].join('\n');
}
