import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baselineOf, driftsOf, readBaseline, type Baseline } from '../../../src/core/eval/baseline.ts';
import { runFormat, type EvaluationRun } from '../../../src/core/eval/evaluationRun.ts';

function run(right: number, of: number, { measure = 'right', prefix = 'q', kind = 'address' } = {}): EvaluationRun {
  return { format: runFormat, measured: 'answers', settings: {}, items: Array.from({ length: of }, (_, index) => ({ kind, question: `${prefix}${index}`, expected: '', given: '', measures: { [measure]: index < right } })) };
}

function check(name: string, [before, now, slack]: readonly [EvaluationRun, EvaluationRun, number?], expected: readonly string[]): void {
  test(name, () => {
    const { drifts } = driftsOf(baselineOf(before), baselineOf(now), slack);
    assert.deepEqual(drifts.map(({ name: metric, before: old, now: reached }) => `${metric} ${old} ${reached ?? 'gone'}`), expected);
  });
}

check('equal figures do not drift', [run(9, 10), run(9, 10)], []);
check('better figures do not drift', [run(9, 10), run(10, 10)], []);
check('of the same questions one that is lost is a drift', [run(9, 10), run(8, 10)], ['all: right 0.9 0.8', 'address: right 0.9 0.8']);
check('slack forgives it', [run(9, 10), run(8, 10), 0.1], []);
check('slack forgives no more than it says', [run(9, 10), run(7, 10), 0.1], ['all: right 0.9 0.7', 'address: right 0.9 0.7']);
check('of other questions a fall within the interval is none', [run(9, 10), run(8, 10, { prefix: 'other' })], []);
check('of other questions a fall below the interval is one', [run(9, 10), run(2, 10, { prefix: 'other' })], ['all: right 0.9 0.2', 'address: right 0.9 0.2']);
check('a measure that is gone has drifted', [run(9, 10), run(9, 10, { measure: 'other' })], ['all: right 0.9 gone', 'address: right 0.9 gone']);
check('a kind that is gone with its questions has not', [run(9, 10), run(9, 10, { prefix: 'other', kind: 'trick' })], []);
check('nothing measured is a drift of all', [run(9, 10), run(0, 0)], ['all: right 0.9 gone']);

test('a third that is written and read again does not drift against itself', () => {
  const read = readBaseline(JSON.stringify(baselineOf(run(1, 3))), 'b.json').baseline as Baseline;
  assert.deepEqual(driftsOf(read, baselineOf(run(1, 3))), { drifts: [], sameQuestions: true });
});

test('what is no baseline is told', () => {
  const sound = baselineOf(run(1, 3));
  for (const text of ['', '{', 'null', '{}', JSON.stringify({ ...sound, metrics: [] }), JSON.stringify({ ...sound, metrics: [{ name: 'x', value: 7, low: 0 }] }), JSON.stringify({ ...sound, format: 'other' })]) {
    assert.match(readBaseline(text, 'b.json').problems[0]?.message ?? '', /b\.json is no baseline/, text);
  }
});
