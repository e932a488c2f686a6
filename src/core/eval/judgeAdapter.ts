import type { EvaluationRun } from './evaluationRun.ts';
import { modelTextMeasure, wholeAnswerMeasure } from './evaluationRun.ts';
import { compareRuns, type RunComparison } from './compareRuns.ts';

/** Whether an adapter may be offered, and why. */
export interface AdapterJudgement {
  readonly offered: boolean;
  /** One sentence each; what speaks against it where it is not offered. */
  readonly reasons: readonly string[];
  readonly comparison: RunComparison;
}

/** What an adapter is trained for: one of these must be better, and nothing worse. */
const aims: readonly string[] = ['model alone right', modelTextMeasure, wholeAnswerMeasure];

/** Fewer questions than this say too little about a model to switch to it. */
const fewestQuestions = 50;

/** An adapter is offered only where it is shown to be better, and no measure, over all questions or of one kind, is shown to be worse. */
export function judgeAdapter(without: EvaluationRun, withAdapter: EvaluationRun, options: { readonly seed?: number } = {}): AdapterJudgement {
  const comparison = compareRuns(without, withAdapter, options);
  const better = comparison.whole.filter(({ measure, verdict }) => aims.includes(measure) && verdict === 'better');
  const worse = [...comparison.whole, ...comparison.kinds].filter(({ verdict }) => verdict === 'worse');
  const against = [
    ...without.measured !== 'answers' || withAdapter.measured !== 'answers' ? ['An adapter is judged by two runs of eval answers.'] : [],
    ...otherThings(comparison),
    ...comparison.onlyInFirst + comparison.onlyInSecond > 0 ? [`The runs did not ask the same questions: ${comparison.onlyInFirst} only without the adapter, ${comparison.onlyInSecond} only with it.`] : [],
    ...comparison.questions < fewestQuestions ? [`${comparison.questions} common questions are too few; ask at least ${fewestQuestions}.`] : [],
    ...better.length === 0 ? ['Nothing it is trained for is shown to be better.'] : [],
    ...worse.map(({ measure, first, second, ...rest }) => `Worse: ${'kind' in rest ? `${String(rest.kind)}: ` : ''}${measure}, ${first.toFixed(3)} before, ${second.toFixed(3)} with it.`),
  ];
  return { offered: against.length === 0, reasons: against.length > 0 ? against : better.map(({ measure, first, second }) => `Better: ${measure}, ${first.toFixed(3)} before, ${second.toFixed(3)} with it.`), comparison };
}

/** Whatever else differs may be what made the difference. */
function otherThings({ differing }: RunComparison): string[] {
  const others = differing.filter(({ setting }) => setting !== 'adapters');
  return [
    ...others.length === 0 ? [] : [`More than the adapter differs: ${others.map(({ setting, first, second }) => `${setting} (${first}; ${second})`).join(', ')}.`],
    ...differing.length > others.length ? [] : ['Both runs used the same adapters.'],
  ];
}
