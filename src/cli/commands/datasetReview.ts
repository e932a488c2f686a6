import readline from 'node:readline/promises';
import type { Command } from 'commander';
import type { Example, Problem, ReviewVerdict } from '../../core/index.ts';
import { keepVerdict, readReview } from '../../node/datasetFolder.ts';
import { outputOf } from '../context.ts';
import { CommandFailure, WrongUsage, printReport } from '../output.ts';
import { wholeNumber } from '../wholeNumber.ts';
import { built, folderOf, inWords, outText, type DatasetGlobals } from './datasetPlace.ts';

interface ReviewFlags {
  readonly out?: string;
  readonly limit: string;
  readonly source?: string;
  readonly accept?: readonly string[];
  readonly reject?: readonly string[];
  readonly fix?: string;
  readonly answer?: string;
  readonly question?: string;
}

/** `dataset review`: one example after the other in a terminal, or verdicts named by id. */
export function addDatasetReview(dataset: Command): void {
  dataset.command('review').description('accept, mend or reject examples; the next build heeds it').exitOverride().option('--out <dir>', outText)
    .option('--limit <n>', 'how many are shown', '20').option('--source <source>', 'only those of one source')
    .option('--accept <id...>', 'these are right').option('--reject <id...>', 'these are not to be trained on').option('--fix <id>', 'this one says instead:').option('--answer <text>', 'the right answer').option('--question <text>', 'a better question')
    .action(async (flags: ReviewFlags, command: Command) => {
      const globals = command.optsWithGlobals<DatasetGlobals>();
      const output = outputOf(globals);
      const folder = folderOf(globals, flags);
      const { examples, problems } = await built(folder);
      const review = await inWords(async () => readReview(folder));
      const given = verdictsOf(flags, examples);
      for (const verdict of given) await inWords(async () => keepVerdict(folder, verdict));
      const waiting = waitingFor(examples, new Set([...review.verdicts.keys(), ...given.map(({ id }) => id)]), flags);
      const report = { verdicts: given.length, waiting: waiting.map(({ id, source, question, context, answer, labels, provenance }) => ({ id, source, question, ...(context !== undefined && { context }), answer, labels, provenance })), problems: [...problems, ...review.problems] as Problem[] };
      if (given.length === 0 && !output.json && process.stdin.isTTY) await reviewAll(waiting, folder);
      else printReport(output, report, render);
    });
}

/** Those nobody has looked at, by an order that mixes the sources: ids are hashes. */
function waitingFor(examples: readonly Example[], known: ReadonlySet<string>, { limit, source }: Pick<ReviewFlags, 'limit' | 'source'>): Example[] {
  const most = wholeNumber('--limit', limit);
  return examples.filter(example => !known.has(example.id) && (source === undefined || example.source === source)).sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, most);
}

function verdictsOf({ accept = [], reject = [], fix, answer, question }: ReviewFlags, examples: readonly Example[]): ReviewVerdict[] {
  const time = new Date().toISOString();
  if ((fix === undefined) !== (answer === undefined)) throw new WrongUsage('--fix needs the right answer: --fix ID --answer TEXT.');
  const unknown = [...accept, ...reject, ...fix === undefined ? [] : [fix]].find(id => !examples.some(example => example.id === id));
  if (unknown !== undefined) throw new CommandFailure(`dataset review: ${unknown} is no example of this dataset; halcyon dataset review --json shows their ids.`);
  return [
    ...accept.map((id): ReviewVerdict => ({ id, verdict: 'accept', time })), ...reject.map((id): ReviewVerdict => ({ id, verdict: 'reject', time })),
    ...fix === undefined || answer === undefined ? [] : [{ id: fix, verdict: 'fix' as const, answer, ...(question !== undefined && { question }), time }],
  ];
}

async function reviewAll(waiting: readonly Example[], folder: string): Promise<void> {
  const asking = readline.createInterface({ input: process.stdin, output: process.stdout });
  try {
    for (const [index, example] of waiting.entries()) {
      process.stdout.write(`\n[${index + 1}/${waiting.length}] ${shown(example)}\n`);
      const said = (await asking.question('(a)ccept, (f)ix, (r)eject, (s)kip, (q)uit: ')).trim().toLowerCase();
      if (said.startsWith('q')) return;
      const time = new Date().toISOString();
      const answer = said.startsWith('f') ? (await asking.question('the right answer: ')).trim() : '';
      if (said.startsWith('a')) await keepVerdict(folder, { id: example.id, verdict: 'accept', time });
      else if (said.startsWith('r')) await keepVerdict(folder, { id: example.id, verdict: 'reject', time });
      else if (answer !== '') await keepVerdict(folder, { id: example.id, verdict: 'fix', answer, time });
    }
  } finally {
    asking.close();
  }
}

function render({ verdicts, waiting }: { readonly verdicts: number; readonly waiting: readonly Pick<Example, 'id' | 'source' | 'question' | 'context' | 'answer' | 'provenance'>[]; readonly problems: readonly Problem[] }): string {
  return [...verdicts === 0 ? [] : [`${verdicts} ${verdicts === 1 ? 'verdict' : 'verdicts'} kept; the next build heeds ${verdicts === 1 ? 'it' : 'them'}`], ...waiting.map(shown)].join('\n\n');
}

function shown({ id, source, question, context, answer, provenance }: Pick<Example, 'id' | 'source' | 'question' | 'context' | 'answer' | 'provenance'>): string {
  return [`${id}  ${source}  ${provenance.files.slice(0, 2).join(', ')}${provenance.line === undefined ? '' : `:${provenance.line}`}`, `Q: ${question}`, ...context === undefined ? [] : [context.split('\n').map(line => `   | ${line}`).join('\n')], `A: ${answer}`].join('\n');
}
