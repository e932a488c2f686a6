import type { Command } from 'commander';
import { judgeAdapter, compareRuns, type AdapterJudgement, type MeasureComparison, type RunComparison } from '../../core/index.ts';
import { outputOf } from '../context.ts';
import { CommandFailure, printReport, type Report } from '../output.ts';
import { wholeNumber } from '../wholeNumber.ts';
import { runOf } from './evaluationRuns.ts';

interface CompareOptions {
  readonly seed: string;
  readonly adapterOffer?: true;
}

/** `eval compare`: two runs over the same questions, one held against the other. */
export function addRunComparison(evaluation: Command): void {
  evaluation.command('compare <first> <second>').description('what the second run does better and worse than the first, question by question').exitOverride()
    .option('--seed <n>', 'choice of the samples that intervals are made from', '1')
    .option('--adapter-offer', 'decide whether the adapter of the second run is to be offered: shown to be better, and nothing shown to be worse')
    .action(async (first: string, second: string, options: CompareOptions, command: Command) => {
      const seed = wholeNumber('--seed', options.seed, 0);
      const [one, other] = [await runOf(first), await runOf(second)];
      if (one.run.measured !== other.run.measured) throw new CommandFailure(`eval compare: ${first} measured ${one.run.measured}, ${second} ${other.run.measured}.`);
      const problems = [...one.problems, ...other.problems];
      const comparison = compareRuns(one.run, other.run, { seed });
      if (comparison.questions === 0) throw new CommandFailure(`eval compare: ${first} and ${second} have no question in common.`);
      const judgement = options.adapterOffer === true ? judgeAdapter(one.run, other.run, { seed }) : undefined;
      printReport(outputOf(command.optsWithGlobals()), { ...comparison, ...judgement !== undefined && { adapter: { offered: judgement.offered, reasons: judgement.reasons } }, problems }, report => renderComparison(report, judgement));
      if (judgement?.offered === false) throw new CommandFailure('eval compare: the adapter is not offered.');
    });
}

/** The table over all questions, and the kinds where a difference is shown. */
function renderComparison({ questions, onlyInFirst, onlyInSecond, differing, whole, kinds }: RunComparison & Partial<Report>, judgement?: AdapterJudgement): string {
  const shown = kinds.filter(({ verdict }) => verdict !== 'no difference shown');
  return [
    `${questions} questions that both asked${onlyInFirst + onlyInSecond === 0 ? '' : `; ${onlyInFirst} only the first, ${onlyInSecond} only the second`}`,
    ...differing.map(({ setting, first, second }) => `${setting}: ${first} → ${second}`),
    row(['measure', 'questions', 'first', 'second', 'difference (95 %)', 'lost/gained', 'p', '']),
    ...whole.map(comparison => comparisonRow(comparison.measure, comparison)),
    ...shown.length === 0 ? [] : ['', 'by kind, where a difference is shown:', ...shown.map(comparison => comparisonRow(`${comparison.kind}: ${comparison.measure}`, comparison))],
    ...kinds.length === 0 ? [] : [`${whole.length + kinds.length} comparisons: of so many, ${Math.ceil((whole.length + kinds.length) / 20)} may differ by chance alone.`],
    ...judgement === undefined ? [] : ['', judgement.offered ? 'The adapter is offered.' : 'The adapter is not offered.', ...judgement.reasons.map(reason => `  ${reason}`)],
  ].join('\n');
}

function comparisonRow(name: string, { questions, first, second, difference, low, high, lost, gained, p, verdict }: MeasureComparison): string {
  return row([name, String(questions), first.toFixed(3), second.toFixed(3), `${signed(difference)} (${signed(low)} to ${signed(high)})`, `${lost}/${gained}`, p === undefined ? '' : p.toPrecision(2), verdict]);
}

function row(cells: readonly string[]): string {
  return cells.map((cell, column) => cell.padEnd([42, 11, 8, 8, 28, 13, 10, 0][column] ?? 0)).join('').trimEnd();
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
}
