import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mcNemar, wilson } from '../../../src/core/eval/proportions.ts';

/** Published values of Wilson's interval, to three digits. */
function check(hits: number, of: number, [low, high]: readonly [number, number]): void {
  test(`${hits} of ${of} is ${low} to ${high}`, () => {
    const found = wilson(hits, of);
    assert.ok(Math.abs(found.low - low) < 0.001 && Math.abs(found.high - high) < 0.001, JSON.stringify(found));
  });
}

check(10, 10, [0.722, 1]);
check(0, 10, [0, 0.278]);
check(5, 10, [0.237, 0.763]);
check(81, 263, [0.255, 0.366]);
check(0, 0, [0, 1]);

test('McNemar counts only where the two differ', () => {
  const pairs = (count: number, first: boolean, second: boolean): [boolean, boolean][] => Array.from({ length: count }, () => [first, second]);
  assert.deepEqual(mcNemar([...pairs(50, true, true), ...pairs(50, false, false)]), { onlyFirst: 0, onlySecond: 0, p: 1 });
  const six = mcNemar(pairs(6, false, true));
  assert.ok(Math.abs(six.p - 2 / 64) < 1e-9, 'six of six heads or tails');
  assert.ok(Math.abs(mcNemar([...pairs(1, true, false), ...pairs(9, false, true)]).p - 22 / 1024) < 1e-9);
  assert.ok(mcNemar(pairs(2000, false, true)).p < 1e-300, 'and no number overflows');
  assert.ok(mcNemar([...pairs(1000, false, true), ...pairs(1000, true, false)]).p > 0.9);
});
