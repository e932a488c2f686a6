import type { Finding } from '../answer/answer.ts';
import { registerFactKinds, trickKind, type AnswerCase, type Judgement } from './answerCase.ts';
import { mcNemar, wilson, type McNemar, type Proportion } from './proportions.ts';

/** One question with all that was said to it: a line of the raw file. */
export interface AnsweredCase {
  readonly seed: number;
  readonly case: AnswerCase;
  /** The model alone; absent where there is no model. */
  readonly closedBook?: AnsweredText;
  /** The model's text with Halcyon's evidence; absent where no model was asked. */
  readonly narration?: AnsweredText;
  /** What Halcyon computed, as shown above the text. */
  readonly facts: string;
  readonly factsJudgement: Judgement;
  /** Halcyon said that what is asked for does not exist, and asked no model. */
  readonly abstained: boolean;
  /** The whole answer: the facts where there are any, else the text with its corrections. */
  readonly judgement: Judgement;
  readonly repaired: boolean;
  readonly promptTokens: number;
  readonly totalMs: number;
}

export interface AnsweredText {
  readonly text: string;
  readonly judgement: Judgement;
  readonly findings: readonly Finding[];
  /** Citations `[n]`, and those that exist and support their sentence. */
  readonly cited: number;
  readonly citedRightly: number;
}

export interface AnswerScores {
  readonly questions: number;
  readonly kinds: readonly AnswerKindScore[];
  /** Over all questions: the whole answer, the model's text with evidence, the model alone. */
  readonly whole: Proportion;
  readonly narration: Proportion;
  readonly closedBook: Proportion;
  /** The model alone against the whole answer, on the same questions. */
  readonly difference: McNemar;
  readonly registerFacts: Proportion;
  /** Texts that say something wrong, and those whose wrong claim nobody marked. */
  readonly hallucinated: { readonly closedBook: Proportion; readonly narration: Proportion; readonly unmarked: Proportion };
  /** Of texts with a wrong register fact, closed-book or with Halcyon, those with the claim marked. */
  readonly wrongMarked: Proportion;
  /** Of texts with a right register fact, those that were marked as wrong all the same. */
  readonly rightMarked: Proportion;
  readonly citations: Proportion;
  readonly abstention: { readonly halcyon: Proportion; readonly closedBook: Proportion; readonly refusedWrongly: Proportion };
  readonly bars: readonly AnswerBar[];
}

export interface AnswerKindScore {
  readonly kind: string;
  readonly whole: Proportion;
  readonly narration: Proportion;
  readonly closedBook: Proportion;
}

export interface AnswerBar {
  readonly name: string;
  readonly wanted: number;
  readonly reached: number;
  readonly of: number;
  readonly holds: boolean;
}

/** Every figure of a set of answered questions. */
export function scoreAnswers(answered: readonly AnsweredCase[]): AnswerScores {
  const kinds = [...Map.groupBy(answered, item => item.case.kind)].map(([kind, items]): AnswerKindScore => ({ kind, ...accuracies(items) }));
  const tricks = answered.filter(item => item.case.kind === trickKind);
  const others = answered.filter(item => item.case.kind !== trickKind);
  const facts = answered.filter(item => registerFactKinds.includes(item.case.kind));
  const texts = facts.flatMap(({ closedBook, narration }) => [closedBook, narration].filter(text => text !== undefined));
  const marked = (judgement: Judgement): Proportion => share(texts.filter(text => text.judgement === judgement), text => text.findings.some(({ verdict, claim }) => verdict === 'contradicted' && !claim.startsWith('[')));
  const narrations = answered.flatMap(({ narration }) => narration ?? []);
  const figures = {
    registerFacts: share(facts, item => item.judgement === 'right'), wrongMarked: marked('wrong'),
    abstention: { halcyon: share(tricks, item => item.abstained || item.judgement === 'right'), closedBook: share(tricks.flatMap(({ closedBook }) => closedBook ?? []), text => text.judgement === 'right'), refusedWrongly: share(others, item => item.abstained) },
  };
  return {
    questions: answered.length, kinds, ...accuracies(answered), ...figures, rightMarked: marked('right'),
    difference: mcNemar(answered.flatMap(item => (item.closedBook === undefined ? [] : [[item.closedBook.judgement === 'right', item.judgement === 'right'] as const]))),
    hallucinated: hallucinations(answered),
    citations: wilson(narrations.reduce((sum, text) => sum + text.citedRightly, 0), narrations.reduce((sum, text) => sum + text.cited, 0)),
    bars: [bar('register facts', 0.95, figures.registerFacts), bar('wrong register claims marked', 1, figures.wrongMarked), bar('abstains on trick questions', 0.95, figures.abstention.halcyon)],
  };
}

function accuracies(items: readonly AnsweredCase[]): Pick<AnswerKindScore, 'whole' | 'narration' | 'closedBook'> {
  const isRight = ({ judgement }: { readonly judgement: Judgement }): boolean => judgement === 'right';
  return { whole: share(items, isRight), narration: share(items.flatMap(({ narration }) => narration ?? []), isRight), closedBook: share(items.flatMap(({ closedBook }) => closedBook ?? []), isRight) };
}

function hallucinations(answered: readonly AnsweredCase[]): AnswerScores['hallucinated'] {
  const isWrong = (text: AnsweredText): boolean => text.judgement === 'wrong';
  const narrations = answered.flatMap(({ narration }) => narration ?? []);
  return {
    closedBook: share(answered.flatMap(({ closedBook }) => closedBook ?? []), isWrong), narration: share(narrations, isWrong),
    unmarked: share(narrations, text => isWrong(text) && !text.findings.some(({ verdict }) => verdict === 'contradicted')),
  };
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): Proportion {
  return wilson(items.filter(holds).length, items.length);
}

/** Where nothing was tried, a bar neither holds nor is missed; it counts as held. */
function bar(name: string, wanted: number, { share: reached, of }: Proportion): AnswerBar {
  return { name, wanted, reached, of, holds: of === 0 || reached >= wanted };
}
