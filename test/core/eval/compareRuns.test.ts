import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRuns, type RunComparison } from '../../../src/core/eval/compareRuns.ts';
import { modelTextMeasure, runFormat, wholeAnswerMeasure, type EvaluationRun, type RunItem } from '../../../src/core/eval/evaluationRun.ts';
import { judgeAdapter } from '../../../src/core/eval/judgeAdapter.ts';
import { readRun } from '../../../src/core/eval/readRun.ts';

type Values = readonly (boolean | number)[];

function run(measures: Readonly<Record<string, Values>>, { settings = {}, measured = 'answers', prefix = 'q' }: { readonly settings?: Record<string, string>; readonly measured?: EvaluationRun['measured']; readonly prefix?: string } = {}): EvaluationRun {
  const questions = Math.max(...Object.values(measures).map(values => values.length));
  const items = Array.from({ length: questions }, (_, index): RunItem => ({
    kind: index % 2 === 0 ? 'address' : 'trick', question: `${prefix}${index}`, expected: '', given: '',
    measures: Object.fromEntries(Object.entries(measures).flatMap(([name, values]) => (values[index] === undefined ? [] : [[name, values[index]]]))),
  }));
  return { format: runFormat, measured, settings, items };
}

function of(value: boolean | number, count: number): Values {
  return Array.from({ length: count }, () => value);
}

function check(name: string, [first, second]: readonly [Values, Values], expected: Partial<RunComparison['whole'][number]>): void {
  test(name, () => {
    const [found] = compareRuns(run({ m: first }), run({ m: second })).whole;
    assert.ok(found !== undefined);
    assert.deepEqual({ ...found, ...expected }, found);
  });
}

check('six of six gained are better', [of(false, 6), of(true, 6)], { verdict: 'better', test: 'McNemar', gained: 6, lost: 0 });
check('five of five gained show nothing', [of(false, 5), of(true, 5)], { verdict: 'no difference shown', gained: 5 });
check('six of six lost are worse', [of(true, 6), of(false, 6)], { verdict: 'worse', lost: 6 });
check('as many lost as gained are no difference', [[...of(true, 20), ...of(false, 20)], [...of(false, 20), ...of(true, 20)]], { verdict: 'no difference shown', difference: 0, p: 1 });
check('ranks that rise are better by the bootstrap', [of(0.2, 10), of(0.5, 10)], { verdict: 'better', test: 'bootstrap' });
check('two ranks that rise show nothing', [of(0.2, 2), of(0.5, 2)], { verdict: 'no difference shown' });
check('equal ranks have an interval of nothing', [of(0.5, 30), of(0.5, 30)], { verdict: 'no difference shown', difference: 0, low: 0, high: 0 });

test('the same seed gives the same interval, and the interval holds the difference', () => {
  const mixed = Array.from({ length: 40 }, (_, index) => (index * 7 % 11) / 11);
  const other = Array.from({ length: 40 }, (_, index) => (index * 5 % 11) / 11);
  const compare = (seed: number): RunComparison => compareRuns(run({ m: mixed }), run({ m: other }), { seed });
  assert.deepEqual(compare(3), compare(3));
  assert.notDeepEqual(compare(3), compare(4));
  const [found] = compare(3).whole;
  assert.ok(found !== undefined && found.low < found.difference && found.difference < found.high);
});

test('only questions that both asked count, and a question asked twice counts once', () => {
  const first = run({ m: of(true, 10) });
  const second = { ...run({ m: of(true, 8) }), items: [...run({ m: of(true, 8) }).items, ...run({ m: of(true, 8) }).items, ...run({ m: of(true, 3) }, { prefix: 'new' }).items] };
  const { questions, onlyInFirst, onlyInSecond } = compareRuns(first, second);
  assert.deepEqual({ questions, onlyInFirst, onlyInSecond }, { questions: 8, onlyInFirst: 2, onlyInSecond: 3 });
});

test('what differs in the settings is named', () => {
  assert.deepEqual(compareRuns(run({ m: [true] }, { settings: { model: 'a' } }), run({ m: [true] }, { settings: { model: 'a', adapters: 'x.gguf' } })).differing, [{ setting: 'adapters', first: 'none', second: 'x.gguf' }]);
});

function checkAdapter(name: string, [before, after]: readonly [EvaluationRun, EvaluationRun], reason: RegExp, offered = false): void {
  test(name, () => {
    const judged = judgeAdapter(before, after);
    assert.equal(judged.offered, offered, judged.reasons.join('\n'));
    assert.match(judged.reasons.join('\n'), reason);
  });
}

const tuned = { settings: { adapters: 'uart.gguf' } };
const half = [...of(true, 30), ...of(false, 30)];
checkAdapter('an adapter that is better and nowhere worse is offered', [run({ [modelTextMeasure]: half }), run({ [modelTextMeasure]: of(true, 60) }, tuned)], /^Better: model's text right, 0\.500 before, 1\.000/, true);
checkAdapter('one that is no better is not', [run({ [modelTextMeasure]: half }), run({ [modelTextMeasure]: half }, tuned)], /Nothing it is trained for/);
checkAdapter('one that is better at one thing and worse at another is not', [run({ [modelTextMeasure]: half, 'citations right': of(1, 60) }), run({ [modelTextMeasure]: of(true, 60), 'citations right': of(0.5, 60) }, tuned)], /Worse: citations right, 1\.000 before, 0\.500/);
checkAdapter('one that is worse at one kind alone is not', [
  run({ [modelTextMeasure]: Array.from({ length: 60 }, (_, index) => index % 2 === 1) }),
  run({ [modelTextMeasure]: Array.from({ length: 60 }, (_, index) => index % 2 === 0 || index > 20) }, tuned),
], /Worse: trick: model's text right/);
checkAdapter('too few questions decide nothing', [run({ [modelTextMeasure]: of(false, 20) }), run({ [modelTextMeasure]: of(true, 20) }, tuned)], /20 common questions are too few/);
checkAdapter('another model is not the adapter\'s doing', [run({ [modelTextMeasure]: half }, { settings: { model: 'a' } }), run({ [modelTextMeasure]: of(true, 60) }, { settings: { model: 'b', adapters: 'x' } })], /More than the adapter differs: model \(a; b\)/);
checkAdapter('the same adapter twice is no comparison', [run({ [modelTextMeasure]: half }, tuned), run({ [modelTextMeasure]: of(true, 60) }, tuned)], /the same adapters/);
checkAdapter('other questions are no comparison', [run({ [modelTextMeasure]: half, [wholeAnswerMeasure]: half }), run({ [modelTextMeasure]: of(true, 70) }, tuned)], /10 only with it/);
checkAdapter('retrieval says nothing of an adapter', [run({ [modelTextMeasure]: half }, { measured: 'retrieval' }), run({ [modelTextMeasure]: of(true, 60) }, tuned)], /two runs of eval answers/);

test('a run that was written is read again; what is none is told', () => {
  const written = run({ m: [true, 0.5, false] }, tuned);
  assert.deepEqual(readRun(JSON.stringify(written), 'a.json'), { run: written, problems: [] });
  for (const text of ['', '[]', '{}', 'null', '{"format":"halcyon-evaluation-9","measured":"answers","items":[]}', JSON.stringify({ ...written, items: 'none' })]) assert.match(readRun(text, 'a.json').problems[0]?.message ?? '', /a\.json is no run of halcyon eval/);
  const damaged = readRun(JSON.stringify({ ...written, items: [...written.items, null, { kind: 'x' }, { kind: 'x', question: 'y', measures: { m: 'yes', n: 7, o: true } }] }), 'a.json');
  assert.deepEqual(damaged.run?.items.at(-1)?.measures, { o: true });
  assert.match(damaged.problems[0]?.message ?? '', /2 of 6 questions cannot be read/);
});
