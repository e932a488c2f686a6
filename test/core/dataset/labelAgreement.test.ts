import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { annotate } from '../../../src/core/dataset/annotate.ts';
import { labelAgreement, readLabelled } from '../../../src/core/dataset/labelAgreement.ts';

const file = path.join(import.meta.dirname, '../../eval/annotation.jsonl');
const { labelled, problems } = readLabelled(fs.readFileSync(file, 'utf8'), file);

test('the rules agree with a person on most of the hand-labelled examples', () => {
  assert.deepEqual(problems, []);
  assert.ok(labelled.length >= 150);
  const { accuracy, scores } = labelAgreement(labelled.map(({ draft, gold }) => ({ gold, given: annotate(draft) })));
  for (const share of Object.values(accuracy)) assert.ok(share > 0.9, JSON.stringify(accuracy));
  assert.ok(scores.every(({ precision, recall }) => precision <= 1 && recall <= 1));
});

test('a line that is no labelled example is told', () => {
  assert.deepEqual(readLabelled('{"question":"x"}\n', 'a.jsonl').problems.map(({ line }) => line), [1]);
});

test('precision and recall are those of the label', () => {
  const easy = { questionType: 'bug', difficulty: 'easy', answerKind: 'value' } as const;
  const { scores } = labelAgreement([{ gold: easy, given: easy }, { gold: easy, given: { ...easy, difficulty: 'hard' } }]);
  const score = scores.find(({ label }) => label === 'easy');
  assert.deepEqual([score?.precision, score?.recall], [1, 0.5]);
  const other = scores.find(({ label }) => label === 'hard');
  assert.deepEqual([other?.precision, other?.recall, other?.wanted, other?.given], [0, 0, 0, 1]);
});
