import { hashText } from '../text/hash.ts';
import { parsedJson } from '../text/json.ts';
import type { Problem } from '../text/problem.ts';
import type { EvaluationRun, RunItem } from './evaluationRun.ts';
import { kindsOf, measureScores } from './measureScores.ts';

/** What a measurement reached when it was last accepted: small enough to be kept beside the code. */
export interface Baseline {
  readonly format: typeof baselineFormat;
  readonly measured: EvaluationRun['measured'];
  readonly settings: Readonly<Record<string, string>>;
  /** Which questions were asked. */
  readonly questions: string;
  readonly metrics: readonly BaselineMetric[];
}

/** One figure by name, with the lower end of its interval. */
export interface BaselineMetric {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly of: number;
}

/** A figure that fell; without `now` it was not measured this time. */
export interface Drift {
  readonly name: string;
  readonly before: number;
  readonly now?: number;
}

const baselineFormat = 'halcyon-baseline-1';

/** The figures of a run, over all questions and by kind. */
export function baselineOf({ measured, settings, items }: EvaluationRun): Baseline {
  return {
    format: baselineFormat, measured, settings, questions: questionsHash(items),
    metrics: [...metricsOf('all', items), ...kindsOf(items).flatMap(([kind, some]) => metricsOf(kind, some))],
  };
}

/**
 * The figures that fell below the baseline. Of the same questions any fall counts that is larger than `slack`; of other
 * questions only one below the baseline's interval, as another choice of questions gives other figures.
 */
export function driftsOf(before: Baseline, now: Baseline, slack = 0): { readonly drifts: readonly Drift[]; readonly sameQuestions: boolean } {
  const sameQuestions = before.questions === now.questions;
  const found = new Map(now.metrics.map(metric => [metric.name, metric.value]));
  const drifts = before.metrics.flatMap(({ name, value, low }): Drift[] => {
    const reached = found.get(name);
    // Kinds come and go with the sources that questions are made from; a whole measure does not.
    if (reached === undefined) return sameQuestions || name.startsWith('all: ') ? [{ name, before: value }] : [];
    const floor = (sameQuestions ? value : low) - slack;
    return reached < floor - rounding ? [{ name, before: value, now: reached }] : [];
  });
  return { drifts, sameQuestions };
}

/** A baseline out of a file's text; without it the problem says why. */
export function readBaseline(text: string, file: string): { readonly baseline?: Baseline; readonly problems: readonly Problem[] } {
  const value = parsedJson(text);
  return isBaseline(value) ? { baseline: value, problems: [] } : { problems: [{ file, message: `${file} is no baseline: it is written by --write-baseline, and holds figures from 0 to 1.` }] };
}

const rounding = 1e-9;

function metricsOf(kind: string, items: readonly RunItem[]): BaselineMetric[] {
  return measureScores(items).map(({ measure, mean, low, questions }) => ({ name: `${kind}: ${measure}`, value: rounded(mean), low: rounded(low), of: questions }));
}

function questionsHash(items: readonly RunItem[]): string {
  return hashText(items.map(({ kind, question, expected }) => `${kind}\0${question}\0${expected}`).sort().join('\n'));
}

/** Short enough for a diff that people read. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function isBaseline(value: unknown): value is Baseline {
  if (typeof value !== 'object' || value === null) return false;
  const { format, measured, questions, metrics, settings } = value as Partial<Readonly<Record<keyof Baseline, unknown>>>;
  return format === baselineFormat && (measured === 'answers' || measured === 'retrieval') && typeof questions === 'string' && typeof settings === 'object' && settings !== null
    && Array.isArray(metrics) && metrics.length > 0 && metrics.every(isMetric);
}

function isMetric(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name, value: reached, low } = value as Partial<Readonly<Record<keyof BaselineMetric, unknown>>>;
  return typeof name === 'string' && [reached, low].every(number => typeof number === 'number' && number >= 0 && number <= 1);
}
