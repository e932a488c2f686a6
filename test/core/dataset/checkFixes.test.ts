import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFixes } from '../../../src/core/dataset/checkFixes.ts';
import type { Draft, Dropped } from '../../../src/core/dataset/example.ts';
import { noFacts } from '../../../src/core/graph/factSource.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import type { Problem } from '../../../src/core/text/problem.ts';
import { fixtureText } from '../graph/factsOf.ts';

const { device } = parseSvd(fixtureText('fictional-mcu', 'AX32.svd'), 'AX32.svd');
assert.ok(device !== undefined);
const chip = device;
const source = { chips: [{ file: 'AX32.svd', open: async () => ({ device: chip }) }], device: undefined, facts: noFacts };

/** What becomes of an answer that a person has written. */
async function fix(answer: string, reviewed: 'accepted' | 'fixed' = 'fixed', file = 'AX32.svd', question = 'What is the address of DMA.INTSTAT?') {
  const dropped: Dropped[] = [];
  const told: Problem[] = [];
  const draft: Draft & { readonly reviewed: 'accepted' | 'fixed' } = { source: 'register', question, answer, reviewed, provenance: { files: [file], licence: 'MIT' } };
  const drafts = await checkFixes([draft], { source, drop: drop => { dropped.push(drop); }, tell: problem => { told.push(problem); } });
  return { answers: drafts.map(left => left.answer), questions: drafts.map(left => left.question), dropped, told };
}

function check(name: string, answer: string, expected: { readonly answers: readonly string[]; readonly reason?: RegExp }): void {
  test(name, async () => {
    const { answers, dropped, told } = await fix(answer);
    assert.deepEqual(answers, expected.answers);
    assert.deepEqual([dropped.length, told.length], expected.reason === undefined ? [0, 0] : [1, 1]);
    if (expected.reason !== undefined) assert.match(dropped[0]?.reason ?? '', expected.reason);
    assert.doesNotMatch(JSON.stringify([dropped, told]), /hunter2Secret9/);
  });
}

check('what the chip does not deny stays', 'Look it up in the manual of the board.', { answers: ['Look it up in the manual of the board.'] });
check('what the chip denies is left out and told', 'DMA.INTSTAT is at 0x00000004.', { answers: [], reason: /description denies/ });
check('a key that was pasted keeps the answer out, and is not repeated', 'Set password = "hunter2Secret9" first.', { answers: [], reason: /^secret/ });

test('personal data is taken out of what people write', async () => {
  const { answers, questions } = await fix('Ask jo.miller@workshop.io for the board.', 'fixed', 'AX32.svd', 'Is jo.miller@workshop.io right about the board?');
  assert.deepEqual([answers, questions], [['Ask <email> for the board.'], ['Is <email> right about the board?']]);
});
test('what was accepted as it was is not looked at again', async () => { assert.equal((await fix('DMA.INTSTAT is at 0x00000004.', 'accepted')).answers.length, 1); });
test('without a description nothing is denied', async () => { assert.equal((await fix('DMA.INTSTAT is at 0x00000004.', 'fixed', 'notes.md')).answers.length, 1); });
