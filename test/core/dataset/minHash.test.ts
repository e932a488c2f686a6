import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clustersOf, likeness, nearDuplicates } from '../../../src/core/dataset/minHash.ts';
import { seededRandom } from '../../../src/core/eval/seededSample.ts';

const random = seededRandom(7);
const words = Array.from({ length: 400 }, (_, index) => `word${index}`);
const text = (): string[] => Array.from({ length: 60 }, () => words[Math.floor(random() * words.length)] ?? '');
/** Texts of which every third is its predecessor with one or two words changed. */
const texts = Array.from({ length: 100 }).flatMap((_, index) => {
  const first = text();
  return index % 2 === 0 ? [first] : [first, first.with(5 + index % 40, 'changed')];
}).map(list => list.join(' '));

test('every pair that is alike enough is found, and no other', () => {
  const expected = texts.flatMap((left, first) => texts.slice(first + 1).flatMap((right, offset) => likeness(left, right) >= 0.8 ? [`${first} ${first + 1 + offset}`] : []));
  const { pairs, uncompared } = nearDuplicates(texts, 0.8);
  assert.ok(expected.length >= 50, 'the sample holds pairs');
  assert.deepEqual(pairs.map(pair => pair.join(' ')).sort(), expected.sort());
  assert.equal(uncompared, 0);
});

test('the same question of two registers is no duplicate', () => { assert.ok(likeness('What is the reset value of TIM2.CR1? TIM2.CR1 resets to 0x0.', 'What is the reset value of USART1->BRR? USART1.BRR resets to 0x8.') < 0.5); });
test('two ways of writing a path are one', () => { assert.equal(likeness('which bit of TIM2->CR1 is CEN', 'which bit of TIM2.CR1 is CEN'), 1); });
test('clusters join through others', () => { assert.deepEqual(clustersOf(5, [[3, 4], [0, 3]]), [0, 1, 2, 0, 0]); });
test('empty texts are like nothing', () => { assert.deepEqual(nearDuplicates(['', '', 'a b c d']).pairs, []); });
