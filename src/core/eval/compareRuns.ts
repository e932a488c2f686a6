import { bootstrapMean } from './bootstrap.ts';
import type { EvaluationRun, RunItem } from './evaluationRun.ts';
import { mcNemar } from './proportions.ts';

/** Two runs over the same questions. */
export interface RunComparison {
  readonly measured: EvaluationRun['measured'];
  /** Questions that both asked; only these count. */
  readonly questions: number;
  readonly onlyInFirst: number;
  readonly onlyInSecond: number;
  /** Settings that differ: name, first, second. */
  readonly differing: readonly { readonly setting: string; readonly first: string; readonly second: string }[];
  /** Over all questions. */
  readonly whole: readonly MeasureComparison[];
  readonly kinds: readonly (MeasureComparison & { readonly kind: string })[];
}

/** One measure in both runs; `difference` is the second's less the first's, with its 95 % interval. */
export interface MeasureComparison {
  readonly measure: string;
  readonly questions: number;
  readonly first: number;
  readonly second: number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Questions on which the second does worse, and better. */
  readonly lost: number;
  readonly gained: number;
  /** How the verdict was found; `p` is McNemar's. */
  readonly test: 'McNemar' | 'bootstrap';
  readonly p?: number;
  readonly verdict: ComparisonVerdict;
}

/** What can be said of the second run. */
export type ComparisonVerdict = 'better' | 'worse' | 'no difference shown';

/** Fewer questions that differ show nothing: five of five are as likely as 1 in 16 by chance. */
const fewestDiffering = 6;

/** Holds a run against an earlier one, question by question. A question that was asked twice counts once. */
export function compareRuns(first: EvaluationRun, second: EvaluationRun, { seed = 1 }: { readonly seed?: number } = {}): RunComparison {
  const before = byQuestion(first);
  const after = byQuestion(second);
  const pairs = [...before].flatMap(([key, one]) => {
    const other = after.get(key);
    return other === undefined ? [] : [[one, other] as const];
  });
  const kinds = Map.groupBy(pairs, ([{ kind }]) => kind);
  return {
    measured: second.measured, questions: pairs.length, onlyInFirst: before.size - pairs.length, onlyInSecond: after.size - pairs.length,
    differing: [...new Set([...Object.keys(first.settings), ...Object.keys(second.settings)])].filter(name => first.settings[name] !== second.settings[name]).map(setting => ({ setting, first: first.settings[setting] ?? 'none', second: second.settings[setting] ?? 'none' })),
    whole: compareMeasures(pairs, seed),
    kinds: [...kinds].flatMap(([kind, some]) => compareMeasures(some, seed).map(comparison => ({ kind, ...comparison }))),
  };
}

type Pair = readonly [RunItem, RunItem];

function byQuestion({ items }: EvaluationRun): Map<string, RunItem> {
  return new Map(items.map(item => [`${item.kind}\0${item.question}`, item]));
}

function compareMeasures(pairs: readonly Pair[], seed: number): MeasureComparison[] {
  const names = new Set(pairs.flatMap(([one]) => Object.keys(one.measures)));
  return [...names].flatMap(measure => {
    const values = pairs.flatMap(([one, other]) => {
      const before = one.measures[measure];
      const after = other.measures[measure];
      return before === undefined || after === undefined ? [] : [[before, after] as const];
    });
    return values.length === 0 ? [] : [compareMeasure(measure, values, seed)];
  });
}

function compareMeasure(measure: string, values: readonly (readonly [boolean | number, boolean | number])[], seed: number): MeasureComparison {
  const numbers = values.map(([before, after]) => [Number(before), Number(after)] as const);
  const { mean: difference, low, high } = bootstrapMean(numbers.map(([before, after]) => after - before), seed);
  const lost = numbers.filter(([before, after]) => after < before).length;
  const gained = numbers.filter(([before, after]) => after > before).length;
  const isYesNo = values.every(([before, after]) => typeof before === 'boolean' && typeof after === 'boolean');
  const p = isYesNo ? mcNemar(values.map(([before, after]) => [before === true, after === true])).p : undefined;
  const shown = p === undefined ? lost + gained >= fewestDiffering && (low > 0 || high < 0) : p < 0.05;
  const share = (side: 0 | 1): number => numbers.reduce((sum, pair) => sum + pair[side], 0) / numbers.length;
  return {
    measure, questions: values.length, first: share(0), second: share(1), difference, low, high, lost, gained,
    test: isYesNo ? 'McNemar' : 'bootstrap', ...p !== undefined && { p }, verdict: !shown ? 'no difference shown' : difference > 0 ? 'better' : 'worse',
  };
}
