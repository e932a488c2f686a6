import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPassageScores } from '../../src/node/passageScores.ts';

/** What is best of scores added to lists of passages, as `passage:score`. */
function check(sentence: string, added: readonly (readonly [passages: readonly number[], score: number])[], most: number, expected: string): void {
  test(sentence, () => {
    const scores = createPassageScores();
    // The second round must not see the first one's sums.
    for (let round = 0; round < 2; round += 1) {
      for (const [passages, score] of added) scores.add(Int32Array.from(passages), score);
      assert.equal(scores.best(most).map(found => `${found.passage}:${found.score}`).join(' '), expected);
    }
  });
}

check('scores of one passage are added', [[[1, 2], 1], [[2, 3], 2]], 9, '2:3 3:2 1:1');
check('equal ones come by their numbers', [[[5, 3, 4], 1]], 2, '3:1 4:1');
check('no more than wanted', [[[1, 2, 3], 1], [[2, 3], 1], [[3], 1]], 2, '3:3 2:2');
check('a larger number than any before loses no sum', [[[1], 1], [[1, 9000], 2]], 9, '1:3 9000:2');
check('nothing added, nothing found', [], 9, '');
