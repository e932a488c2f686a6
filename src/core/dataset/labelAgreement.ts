import { jsonLines } from '../text/jsonLines.ts';
import type { Problem } from '../text/problem.ts';
import type { Draft, ExampleLabels } from './example.ts';
import { answerKinds, difficulties, questionTypes } from './labelNames.ts';

/** An example with the labels that a person gave it. */
export interface LabelledDraft {
  readonly draft: Draft;
  readonly gold: GoldLabels;
}

export type GoldLabels = Pick<ExampleLabels, 'questionType' | 'difficulty' | 'answerKind'>;

/** How well one label is found. */
export interface LabelScore {
  readonly kind: keyof GoldLabels;
  readonly label: string;
  /** How many a person gave it to, and how many the rules. */
  readonly wanted: number;
  readonly given: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface LabelAgreement {
  readonly examples: number;
  readonly scores: readonly LabelScore[];
  /** Share of the examples whose label is the person's, and the mean F1 of labels that a person gave at all. */
  readonly accuracy: Readonly<Record<keyof GoldLabels, number>>;
  readonly macroF1: Readonly<Record<keyof GoldLabels, number>>;
}

/** The hand-labelled examples of a file; lines that are none are told and left out. */
export function readLabelled(text: string, file: string): { readonly labelled: readonly LabelledDraft[]; readonly problems: readonly Problem[] } {
  const labelled: LabelledDraft[] = [];
  const problems: Problem[] = [];
  for (const { line, value } of jsonLines(text)) {
    if (isLabelled(value)) labelled.push({ draft: value, gold: value.gold });
    else problems.push({ file, line, message: 'This line is no labelled example: it needs question, answer, source, provenance and the labels under "gold".' });
  }
  return { labelled, problems };
}

function isLabelled(value: unknown): value is Draft & { readonly gold: GoldLabels } {
  if (typeof value !== 'object' || value === null) return false;
  const { question, answer, source, provenance, gold } = value as Readonly<Record<string, unknown>>;
  if (![question, answer, source].every(text => typeof text === 'string') || typeof provenance !== 'object' || provenance === null || typeof gold !== 'object' || gold === null) return false;
  const labels = gold as Readonly<Record<string, unknown>>;
  return questionTypes.some(name => name === labels['questionType']) && difficulties.some(name => name === labels['difficulty']) && answerKinds.some(name => name === labels['answerKind']);
}

/** Precision, recall and F1 of every label that somebody gave. */
export function labelAgreement(pairs: readonly { readonly gold: GoldLabels; readonly given: GoldLabels }[]): LabelAgreement {
  const kinds = [['questionType', questionTypes], ['difficulty', difficulties], ['answerKind', answerKinds]] as const;
  const scores = kinds.flatMap(([kind, labels]) => labels.map(label => scoreOf(kind, label, pairs)).filter(({ wanted, given }) => wanted + given > 0));
  const of = <T>(make: (kind: keyof GoldLabels) => T): Record<keyof GoldLabels, T> => ({ questionType: make('questionType'), difficulty: make('difficulty'), answerKind: make('answerKind') });
  return {
    examples: pairs.length, scores,
    accuracy: of(kind => share(pairs.filter(({ gold, given }) => gold[kind] === given[kind]).length, pairs.length)),
    macroF1: of(kind => {
      const wanted = scores.filter(score => score.kind === kind && score.wanted > 0);
      return share(wanted.reduce((sum, { f1 }) => sum + f1, 0), wanted.length);
    }),
  };
}

function scoreOf(kind: keyof GoldLabels, label: string, pairs: readonly { readonly gold: GoldLabels; readonly given: GoldLabels }[]): LabelScore {
  const wanted = pairs.filter(({ gold }) => gold[kind] === label).length;
  const given = pairs.filter(pair => pair.given[kind] === label).length;
  const both = pairs.filter(pair => pair.gold[kind] === label && pair.given[kind] === label).length;
  return { kind, label, wanted, given, precision: share(both, given), recall: share(both, wanted), f1: share(2 * both, wanted + given) };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
