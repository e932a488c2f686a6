import { bootstrapMean, type MeanInterval } from './bootstrap.ts';
import type { RunItem } from './evaluationRun.ts';
import { wilson } from './proportions.ts';

/** One measure over some questions: of what is yes or no, Wilson's interval, else the bootstrap's. */
export interface MeasureScore extends MeanInterval {
  readonly measure: string;
  readonly questions: number;
}

/** Every measure of some questions; a question counts where it was measured. */
export function measureScores(items: readonly RunItem[]): MeasureScore[] {
  const names = new Set(items.flatMap(({ measures }) => Object.keys(measures)));
  return [...names].map(measure => {
    const values = items.flatMap(item => item.measures[measure] ?? []);
    if (!values.every(value => typeof value === 'boolean')) return { measure, questions: values.length, ...bootstrapMean(values.map(Number)) };
    const { share: mean, low, high } = wilson(values.filter(Boolean).length, values.length);
    return { measure, questions: values.length, mean, low, high };
  });
}

/** The questions by their kind, in the order of the kinds' names. */
export function kindsOf(items: readonly RunItem[]): (readonly [string, readonly RunItem[]])[] {
  return [...Map.groupBy(items, ({ kind }) => kind)].sort(([one], [other]) => one < other ? -1 : 1);
}
