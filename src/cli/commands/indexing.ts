import type { Command } from 'commander';
import type { IndexReport, SearchHit, SearchMode, SearchReport } from '../../core/index.ts';
import { withContext, type Context } from '../context.ts';
import { indexText, problemLines } from '../indexText.ts';
import { CommandFailure, WrongUsage, endProgress, printReport, showProgress } from '../output.ts';

/** `index` and `search`. */
export function addIndexCommands(program: Command): void {
  program.command('index').description('bring the index of the workspace up to date (.gitignore and .halcyonignore count; files.exclude is the editor\'s and does not)')
    .option('--rebuild', 'throw the index away first').option('--no-embed', 'words and symbols only')
    .action((options: { rebuild?: boolean; embed: boolean }, command: Command) => withContext(command, async context => {
      printIndex(context, await runIndex(context, { rebuild: options.rebuild === true, embed: options.embed }));
    }));
  program.command('search').description('find passages for a question').argument('<query>')
    .option('-k <n>', 'how many', '10').option('--mode <mode>', 'hybrid, words or vectors', 'hybrid')
    .action((query: string, options: { k: string; mode: string }, command: Command) => withContext(command, async context => {
      if (!isMode(options.mode)) throw new WrongUsage(`--mode ${options.mode}: give hybrid, words or vectors.`);
      const limit = Number(options.k);
      if (!Number.isInteger(limit) || limit < 1) throw new WrongUsage(`-k ${options.k}: give a whole number above 0.`);
      printReport(context.output, await context.engine.search(query, { limit, mode: options.mode }, context.signal), renderSearch);
    }));
}

/** Runs the index to its end with a progress line; a cancelled run fails with how to go on. */
export async function runIndex(context: Context, options: { readonly rebuild?: boolean; readonly embed?: boolean }): Promise<IndexReport> {
  let report: IndexReport | undefined;
  for await (const event of context.engine.index(options, context.signal)) {
    if (event.type === 'done') report = event.report;
    else showProgress(context.output, `${event.phase} ${event.done}/${event.total} ${event.file ?? ''}`);
  }
  endProgress(context.output);
  if (report === undefined || context.signal.aborted) throw new CommandFailure('index: cancelled; what is done is kept, and the next run goes on from there.');
  return report;
}

/** Prints what an update has done, problems of one kind together; with `--json` everything. */
function printIndex({ output, workspace }: Context, report: IndexReport): void {
  printReport(output, { ...report, problems: output.json ? report.problems : [] }, whole => indexText(whole, workspace));
  if (!output.json && !output.quiet) for (const line of problemLines(report.problems)) process.stderr.write(`${line}\n`);
}

function renderSearch(report: SearchReport): string {
  if (report.hits.length === 0) return 'nothing found (is the folder indexed? run: halcyon index)';
  return report.hits.map(hit => {
    const symbol = hit.symbol === undefined ? '' : `  ${hit.symbol}`;
    const preview = hit.text.split('\n').filter(line => line.trim() !== '').slice(0, 3).map(line => `      ${line.slice(0, 110)}`);
    const also = hit.alsoIn === undefined ? [] : [`      also in ${hit.alsoIn.slice(0, 3).join(', ')}${othersOf(hit, 3)}`];
    return [`${String(hit.rank).padStart(3)}  ${hit.file}:${hit.startLine}-${hit.endLine}${symbol}  (${hit.why})${hit.inactive === true ? '  (inactive in this build)' : ''}`, ...also, ...preview].join('\n');
  }).join('\n');
}

function othersOf({ alsoIn = [], alsoInCount = alsoIn.length }: SearchHit, named: number): string {
  return alsoInCount > named ? ` and ${alsoInCount - named} more` : '';
}

function isMode(mode: string): mode is SearchMode {
  return ['hybrid', 'words', 'vectors'].includes(mode);
}
