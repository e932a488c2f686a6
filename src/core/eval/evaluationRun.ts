import type { AnsweredCase, AnsweredText } from './scoreAnswers.ts';
import type { AnswerCase } from './answerCase.ts';
import { trickKind } from './answerCase.ts';
import { rankMetrics } from './rankMetrics.ts';
import type { RetrievalOutcome } from './scoreRetrieval.ts';

/** One measurement kept as a file: every question with what came of it, so that two runs can be held against each other. */
export interface EvaluationRun {
  readonly format: typeof runFormat;
  readonly measured: 'retrieval' | 'answers';
  /** What it was measured with, by name: chip, model, adapters, template. */
  readonly settings: Readonly<Record<string, string>>;
  readonly items: readonly RunItem[];
}

/** One question of a run. */
export interface RunItem {
  readonly kind: string;
  readonly question: string;
  readonly expected: string;
  readonly given: string;
  /** By name; more is better for all: yes or no, or a number from 0 to 1. */
  readonly measures: Readonly<Record<string, boolean | number>>;
  /** What the check says of the text, with whether the text is right; absent where no model wrote one. */
  readonly checked?: { readonly said: CheckedAs; readonly right: boolean };
  readonly milliseconds?: number;
}

/** The check's word on a whole text, the gravest of its findings first. */
export type CheckedAs = 'contradicted' | 'unknown' | 'supported' | 'nothing checked';

/** Which form of run files this reads and writes. */
export const runFormat = 'halcyon-evaluation-1';

/** The measure that says how good the whole answer is. */
export const wholeAnswerMeasure = 'whole answer right';

/** The measure of what a model makes of the evidence. */
export const modelTextMeasure = 'model\'s text right';

/** A question that was answered, as a part of a run. */
export function answeredItem(answered: AnsweredCase): RunItem {
  const { case: asked, closedBook, narration, judgement, abstained, totalMs } = answered;
  const given = [answered.facts, narration?.text ?? ''].filter(text => text !== '').join('\n');
  return {
    kind: asked.kind, question: asked.question, expected: expectedText(asked), given, milliseconds: totalMs,
    measures: {
      [wholeAnswerMeasure]: judgement === 'right',
      'refused only what does not exist': abstained === (asked.kind === trickKind) || (asked.kind === trickKind && judgement === 'right'),
      ...narration !== undefined && { [modelTextMeasure]: narration.judgement === 'right', 'model\'s text says nothing wrong': narration.judgement !== 'wrong' },
      ...narration !== undefined && narration.cited > 0 && { 'citations right': narration.citedRightly / narration.cited },
      ...closedBook !== undefined && { 'model alone right': closedBook.judgement === 'right', 'model alone says nothing wrong': closedBook.judgement !== 'wrong' },
    },
    ...narration !== undefined && { checked: { said: checkedAs(narration), right: narration.judgement === 'right' } },
  };
}

/** One question asked of the index in every way of searching, as a part of a run. */
export function retrievedItem(outcomes: readonly RetrievalOutcome[]): RunItem | undefined {
  const best = outcomes.find(({ mode }) => mode === 'hybrid') ?? outcomes[0];
  if (best === undefined) return undefined;
  return {
    kind: best.kind, question: best.question, expected: best.wanted, given: best.found.join('; '), milliseconds: best.milliseconds,
    measures: Object.fromEntries(outcomes.flatMap(({ mode, rank }): [string, boolean | number][] => {
      const { recallAt1, recallAt5, recallAt10, mrr, ndcgAt10 } = rankMetrics([rank]);
      return [[`${mode} recall@1`, recallAt1 === 1], [`${mode} recall@5`, recallAt5 === 1], [`${mode} recall@10`, recallAt10 === 1], [`${mode} MRR`, mrr], [`${mode} nDCG@10`, ndcgAt10]];
    })),
  };
}

function checkedAs({ findings }: AnsweredText): CheckedAs {
  const verdicts = new Set(findings.filter(({ claim }) => !/^\[\d+\]$/.test(claim)).map(({ verdict }) => verdict));
  return (['contradicted', 'unknown', 'supported'] as const).find(verdict => verdicts.has(verdict)) ?? 'nothing checked';
}

function expectedText({ expected }: AnswerCase): string {
  switch (expected.type) {
    case 'number': return expected.value;
    case 'bits': return expected.high === expected.low ? `bit ${expected.high}` : `bits ${expected.high}:${expected.low}`;
    case 'access': return expected.value;
    case 'clear': return `writing ${expected.by}`;
    case 'interrupt': return `interrupt ${expected.value}`;
    case 'names': return expected.wanted.join(', ');
    case 'anyName': return expected.wanted.join(' or ');
    case 'absent': return 'that it does not exist';
  }
}
