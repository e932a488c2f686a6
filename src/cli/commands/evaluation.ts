import type { Command } from 'commander';
import { readRetrievalCases, retrievedItem, type EvaluationRun, type Problem, type RunItem, type RetrievalCase, type RetrievalEvaluation, type RetrievalEvaluationRequest, type SearchMode } from '../../core/index.ts';
import { addAnnotationEvaluation } from './annotationEvaluation.ts';
import { addAnswerEvaluation } from './answerEvaluation.ts';
import { addRunComparison } from './evaluationComparison.ts';
import { addRunDestinations, checkDestinations, keepRun, type RunDestinations } from './evaluationBaseline.ts';
import { evaluationRun } from './evaluationRuns.ts';
import { withContext, type Context } from '../context.ts';
import { textOf } from '../files.ts';
import { CommandFailure, WrongUsage, endProgress, printReport, showProgress } from '../output.ts';
import { wholeNumber } from '../wholeNumber.ts';

interface RetrievalOptions extends RunDestinations {
  readonly mode: string;
  readonly limit: string;
  readonly seed: string;
  readonly suite?: readonly string[];
}

/** `eval retrieval|answers|annotation|compare`: how well what is known beforehand is found, answered and labelled, and two such runs side by side. */
export function addEvaluationCommands(program: Command): void {
  const evaluation = program.command('eval').description('measure retrieval and answers on questions with known answers')
    .action(() => { throw new CommandFailure('eval: name what to measure: halcyon eval retrieval, or halcyon eval answers.'); });
  addAnswerEvaluation(evaluation);
  addAnnotationEvaluation(evaluation);
  addRunComparison(evaluation);
  addRunDestinations(evaluation.command('retrieval').description('recall, MRR and nDCG of words, vectors and both, by kind of question').exitOverride()
    .option('--mode <mode>', 'words, vectors, hybrid or all', 'all').option('--limit <n>', 'questions of each kind', '40')
    .option('--seed <n>', 'another choice of questions', '1').option('--suite <file...>', 'questions of a JSON file, instead of some made from the index'))
    .action((options: RetrievalOptions, command: Command) => withContext(command, async context => {
      const { request, problems } = await requestOf(options);
      await checkDestinations(options, 'retrieval');
      const { report, run } = await evaluate(context, request);
      const { drifted } = await keepRun(options, run);
      const whole = { ...report, problems: [...problems, ...report.problems] };
      printReport(context.output, whole, renderEvaluation);
      if (drifted !== undefined) throw new CommandFailure(`eval retrieval: ${drifted}`);
      const missed = whole.bars.filter(({ holds }) => !holds);
      if (missed.length > 0) throw new CommandFailure(`eval retrieval: missed ${missed.map(({ name, reached, wanted }) => `${name} (recall@10 ${figure(reached)}, wanted ${figure(wanted)})`).join(', ')}.`);
    }));
}

async function requestOf({ mode, limit, seed, suite }: RetrievalOptions): Promise<{ readonly request: RetrievalEvaluationRequest; readonly problems: readonly Problem[] }> {
  if (!['all', 'hybrid', 'words', 'vectors'].includes(mode)) throw new WrongUsage(`--mode ${mode}: give words, vectors, hybrid or all.`);
  const modes = mode === 'all' ? {} : { modes: [mode as SearchMode] };
  const counts = { perKind: wholeNumber('--limit', limit), seed: wholeNumber('--seed', seed) };
  if (suite === undefined) return { request: { ...modes, ...counts }, problems: [] };
  const cases: RetrievalCase[] = [];
  const problems: Problem[] = [];
  for (const file of suite) {
    const read = readRetrievalCases(await textOf(file), file);
    cases.push(...read.cases);
    problems.push(...read.problems);
  }
  if (cases.length === 0) throw new CommandFailure(`eval retrieval: no question in ${suite.join(', ')}. ${problems.map(({ file, message }) => `${file}: ${message}`).join('; ')}`);
  return { request: { ...modes, cases }, problems };
}

async function evaluate({ engine, output, signal }: Context, request: RetrievalEvaluationRequest): Promise<{ readonly report: RetrievalEvaluation; readonly run: EvaluationRun }> {
  let report: RetrievalEvaluation | undefined;
  const items: RunItem[] = [];
  for await (const event of engine.evaluateRetrieval(request, signal)) {
    if (event.type === 'done') report = event.report;
    else {
      items.push(...[retrievedItem(event.outcomes)].filter(item => item !== undefined));
      if (event.done % 10 === 0) showProgress(output, `question ${event.done}/${event.total}`);
    }
  }
  endProgress(output);
  if (report === undefined || report.questions === 0) throw new CommandFailure('eval retrieval: nothing is indexed that questions could be made from; run: halcyon index');
  return { report, run: evaluationRun('retrieval', items, { embedder: report.embedder }) };
}

/** The table, the bars, and the questions that failed with what was found instead. */
function renderEvaluation({ questions, kinds, bars, failures, latency }: RetrievalEvaluation): string {
  const columns = (cells: readonly string[]): string => cells.map((cell, column) => column < 2 ? cell.padEnd([22, 9][column] ?? 0) : cell.padStart(10)).join('').trimEnd();
  return [
    `${questions} questions`,
    columns(['kind', 'mode', 'questions', 'recall@1', 'recall@5', 'recall@10', 'MRR', 'nDCG@10']),
    ...kinds.map(score => columns([score.kind, score.mode, String(score.questions), ...[score.recallAt1, score.recallAt5, score.recallAt10, score.mrr, score.ndcgAt10].map(figure)])),
    '',
    ...bars.map(({ name, wanted, reached, questions: asked, holds }) => `${holds ? 'holds ' : 'MISSED'}  ${name}: recall@10 ${figure(reached)} of ${asked} questions, wanted ${figure(wanted)}`),
    ...latency.map(({ mode, p50Ms, p95Ms }) => `${mode}: half of the questions within ${p50Ms.toFixed(1)} ms, 95 % within ${p95Ms.toFixed(1)} ms`),
    ...failures.length === 0 ? [] : ['', `${failures.length} questions whose answer is not among the first ten:`],
    ...failures.map(({ kind, question, wanted, found }) => `  ${kind}: ${question}\n      wanted ${wanted}\n      found  ${found.join('; ') || 'nothing'}`),
  ].join('\n');
}

function figure(value: number): string {
  return value.toFixed(3);
}
