import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerIdOf, readFeedback } from '../../../src/core/feedback/readFeedback.ts';

/** A file's records as JSON without what follows from question and answer, and the lines that are none. */
function check(name: string, lines: readonly unknown[], expected: readonly object[], badLines: readonly number[] = []): void {
  test(name, () => {
    const { records, problems } = readFeedback(lines.map(line => typeof line === 'string' ? line : JSON.stringify(line)).join('\n'), 'feedback.jsonl');
    assert.deepEqual(records.map(({ answerId, ...rest }) => {
      assert.equal(answerId, answerIdOf(rest.question, rest.answer));
      return rest;
    }), expected);
    assert.deepEqual(problems.map(({ line }) => line), badLines);
  });
}

const asked = { question: 'Q?', answer: 'A.', time: '2026-01-02T03:04:05Z' };

check('an empty file holds nothing', [''], []);
check('a rating is read', [{ ...asked, rating: 'up' }], [{ ...asked, rating: 'up' }]);
check('so are a bad rating and what was done with the answer', [{ ...asked, rating: 'down', signal: 'copied' }, { ...asked, signal: 'undone' }], [{ ...asked, rating: 'down', signal: 'copied' }, { ...asked, signal: 'undone' }]);
check('a correction is read with what was quoted and found', [{ ...asked, correction: 'B.', device: 'X1', model: 'm', wrongCitations: [2], quoted: [{ kind: 'file', file: 'a.c', line: 3 }], findings: [{ claim: 'bit 5', verdict: 'contradicted', evidence: 'bit 6' }] }],
  [{ ...asked, correction: 'B.', device: 'X1', model: 'm', wrongCitations: [2], quoted: [{ kind: 'file', file: 'a.c', line: 3 }], findings: [{ claim: 'bit 5', verdict: 'contradicted', evidence: 'bit 6' }] }]);
check('members of another type are left out', [{ ...asked, rating: 'maybe', correction: 5, signal: 'eaten', quoted: ['a', { kind: 1, line: 'x' }], findings: [{ claim: 'c', verdict: 'so so' }], wrongCitations: ['1'] }], [{ ...asked, quoted: [{ kind: '' }], findings: [], wrongCitations: [] }]);
check('lines that are no feedback are told by their numbers', [{ ...asked }, 'half a li', '[]', '{"question":"Q"}', '{"question":1,"answer":"a"}', 'null'], [asked], [2, 3, 4, 5, 6]);

test('the id that a line gives stays', () => { assert.deepEqual(readFeedback(JSON.stringify({ ...asked, answerId: 'x1' }), 'feedback.jsonl').records.map(({ answerId }) => answerId), ['x1']); });
