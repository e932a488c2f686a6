import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { answeredItem, type AnswerEvaluation, type AnswerEvaluationRequest, type AnsweredCase, type EvaluationRun, type Proportion, type RunItem } from '../../core/index.ts';
import { addRunDestinations, checkDestinations, keepRun, type RunDestinations } from './evaluationBaseline.ts';
import { adapterNames, evaluationRun } from './evaluationRuns.ts';
import { modelOutputsFolder } from '../../node/folders.ts';
import { withContext, type Context } from '../context.ts';
import { CommandFailure, endProgress, printReport, showProgress } from '../output.ts';
import { wholeNumber } from '../wholeNumber.ts';

interface AnswerOptions extends RunDestinations {
  readonly limit: string;
  readonly seed: readonly string[];
  readonly raw?: string;
  /** commander's `--no-cache`. */
  readonly cache: boolean;
  /** commander's `--no-model-text`. */
  readonly modelText: boolean;
}

/** `eval answers`: questions with known answers, asked of the model alone and with everything else. */
export function addAnswerEvaluation(evaluation: Command): void {
  addRunDestinations(evaluation.command('answers').description('accuracy, hallucinations, marks and refusals on questions with known answers').exitOverride()
    .option('--limit <n>', 'questions of each seed', '300').option('--seed <n...>', 'choices of questions', ['1'])
    .option('--raw <file>', 'where every question and answer is written, one JSON document a line; default: halcyon-eval-answers.jsonl in the current folder')
    .option('--no-model-text', 'measure only what is computed, without a model'))
    .option('--no-cache', 'let the model write again what it has written to the same prompt before')
    .action((options: AnswerOptions, command: Command) => withContext(command, async context => {
      const request: AnswerEvaluationRequest = { limit: wholeNumber('--limit', options.limit), seeds: options.seed.map(seed => wholeNumber('--seed', seed)), withoutModel: !options.modelText };
      await checkDestinations(options, 'answers');
      const { report, items } = await evaluate(context, request, path.resolve(options.raw ?? 'halcyon-eval-answers.jsonl'));
      const { drifted } = context.signal.aborted ? {} : await keepRun(options, answerRun(report, items, adapterNames(command)));
      printReport(context.output, report, renderAnswers);
      if (context.signal.aborted) throw new CommandFailure(`stopped after ${report.questions} of ${report.planned} questions.`);
      if (drifted !== undefined) throw new CommandFailure(`eval answers: ${drifted}`);
      const missed = report.bars.filter(({ holds }) => !holds);
      if (missed.length > 0) throw new CommandFailure(`eval answers: missed ${missed.map(({ name, reached, wanted }) => `${name} (${reached.toFixed(3)}, wanted ${wanted.toFixed(2)})`).join(', ')}.`);
    }, options.cache ? { keptOutputs: modelOutputsFolder() } : {}));
}

async function evaluate({ engine, output, signal }: Context, request: AnswerEvaluationRequest, rawFile: string): Promise<{ readonly report: AnswerEvaluation & { readonly raw: string }; readonly items: readonly RunItem[] }> {
  const items: RunItem[] = [];
  let report: AnswerEvaluation | undefined;
  let raw: number;
  try {
    raw = fs.openSync(rawFile, 'w');
  } catch (error) {
    throw new CommandFailure(`${rawFile}: cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    for await (const event of engine.evaluateAnswers(request, signal)) {
      if (event.type === 'done') report = event.report;
      else {
        items.push(answeredItem(event.answered));
        fs.writeSync(raw, `${JSON.stringify(event.answered)}\n`);
        showProgress(output, progressText(event.done, event.total, event.answered));
      }
    }
  } finally {
    fs.closeSync(raw);
  }
  endProgress(output);
  if (report === undefined || report.questions === 0) throw new CommandFailure('eval answers: neither a chip\'s description nor indexed sources are here to make questions from; name one with --svd, or run: halcyon index');
  return { report: { ...report, raw: rawFile }, items };
}

/** A run of answers with what it was measured with. */
function answerRun({ device, model }: AnswerEvaluation, items: readonly RunItem[], adapters: string | undefined): EvaluationRun {
  return evaluationRun('answers', items, { device, model: model ?? 'none', adapters });
}

function progressText(done: number, total: number, { judgement, case: { kind } }: AnsweredCase): string {
  return `question ${done}/${total}: ${kind}, ${judgement}`;
}

/** The table by kind, then what is wrong, marked and refused, then the bars. */
function renderAnswers({ raw, ...report }: AnswerEvaluation & { readonly raw: string }): string {
  const { questions, seeds, kinds, whole, narration, closedBook, difference, hallucinated, wrongMarked, rightMarked, citations, abstention, bars } = report;
  const row = (cells: readonly string[]): string => cells.map((cell, column) => cell.padEnd(column === 0 ? 18 : 30)).join('').trimEnd();
  return [
    `${questions} questions of ${seeds.length === 1 ? 'one seed' : `${seeds.length} seeds`} about ${report.device ?? 'the sources'}, ${report.model === undefined ? 'without a model' : `with ${report.model}`}`,
    row(['right', 'whole answer', 'model\'s text with evidence', 'model alone']),
    ...[...kinds, { kind: 'all', whole, narration, closedBook }].map(score => row([score.kind, figure(score.whole), figure(score.narration), figure(score.closedBook)])),
    '',
    ...closedBook.of === 0 ? [] : [`model alone against whole answer: ${difference.onlyFirst} only the model, ${difference.onlySecond} only the whole answer, McNemar p = ${difference.p.toPrecision(2)}`],
    `texts that say something wrong: model alone ${figure(hallucinated.closedBook)}; with evidence ${figure(hallucinated.narration)}, nothing of it marked ${figure(hallucinated.unmarked)}`,
    `register facts wrong in a text, and marked: ${figure(wrongMarked)}; right, and marked as wrong all the same: ${figure(rightMarked)}`,
    `citations that exist and support their sentence: ${figure(citations)}`,
    `what does not exist is refused: ${figure(abstention.halcyon)}, by the model alone ${figure(abstention.closedBook)}; refused though it exists: ${figure(abstention.refusedWrongly)}`,
    '',
    ...bars.map(({ name, wanted, reached, of, holds }) => `${of === 0 ? 'not tried' : holds ? 'holds    ' : 'MISSED   '}  ${name}: ${reached.toFixed(3)} of ${of}, wanted ${wanted.toFixed(2)}`),
    `every question and answer: ${raw}`,
  ].join('\n');
}

function figure({ hits, of, share, low, high }: Proportion): string {
  return of === 0 ? '-' : `${share.toFixed(3)} (${low.toFixed(2)}–${high.toFixed(2)}) ${hits}/${of}`;
}
