import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankMetrics } from '../../../src/core/eval/rankMetrics.ts';
import { seededRandom, shuffled } from '../../../src/core/eval/seededSample.ts';

/** Figures of ranks, `-` for a question without an answer, as `recall@1 recall@5 recall@10 MRR nDCG`. */
function check(ranks: string, expected: string): void {
  const { recallAt1, recallAt5, recallAt10, mrr, ndcgAt10 } = rankMetrics(ranks.split(' ').filter(rank => rank !== '').map(rank => rank === '-' ? undefined : Number(rank)));
  assert.equal([recallAt1, recallAt5, recallAt10, mrr, ndcgAt10].map(value => value.toFixed(2)).join(' '), expected);
}

test('always first is perfect', () => { check('1 1', '1.00 1.00 1.00 1.00 1.00'); });
test('a rank of 3 counts among five and ten', () => { check('3', '0.00 1.00 1.00 0.33 0.50'); });
test('a question without an answer counts as nothing', () => { check('1 -', '0.50 0.50 0.50 0.50 0.50'); });
test('beyond the tenth place is not found', () => { check('11', '0.00 0.00 0.00 0.00 0.00'); });
test('no questions, no figures', () => { check('', '0.00 0.00 0.00 0.00 0.00'); });

test('the same seed gives the same order, another seed another one', () => {
  const letters = 'abcdefghijklmnop'.split('');
  assert.deepEqual(shuffled(letters, seededRandom(1)), shuffled(letters, seededRandom(1)));
  assert.notDeepEqual(shuffled(letters, seededRandom(1)), shuffled(letters, seededRandom(2)));
  assert.deepEqual(shuffled(letters, seededRandom(3)).toSorted(), letters);
});
