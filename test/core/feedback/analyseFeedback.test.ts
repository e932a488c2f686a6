import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseFeedback, type FailureCause, type FoundPassage } from '../../../src/core/feedback/analyseFeedback.ts';
import type { FeedbackRecord } from '../../../src/core/feedback/feedbackRecord.ts';

const passages: readonly FoundPassage[] = [
  { file: 'uart.md', startLine: 3, endLine: 9, text: 'The baud rate is set by uart_set_baud before the clock is on: BRR is 0x8B.' },
  { file: 'main.c', startLine: 1, endLine: 20, text: 'int main(void) { uart_init(); }' },
];

/** Finds the passages that share a word with what is searched for. */
async function search(text: string, limit: number): Promise<readonly FoundPassage[]> {
  const words = text.toLowerCase().match(/\w{3,}/g) ?? [];
  return passages.filter(passage => words.some(word => passage.text.toLowerCase().split(/\W+/).includes(word))).slice(0, limit);
}

function record(given: Partial<FeedbackRecord>): FeedbackRecord {
  return { answerId: 'a', time: '', question: 'Which function sets the baud?', answer: 'uart_init', rating: 'down', ...given };
}

function check(name: string, records: readonly Partial<FeedbackRecord>[], causes: readonly FailureCause[]): void {
  test(name, async () => {
    const analysis = await analyseFeedback(records.map(record), { search, questionType: () => 'api use', peripherals: () => ['USART1'] });
    assert.deepEqual(analysis.failures.map(({ cause }) => cause), causes);
    assert.equal(analysis.proposals.reduce((sum, { failures }) => sum + failures, 0), causes.length);
    assert.deepEqual([analysis.answers, analysis.up], [Math.min(records.length, 1), records.at(-1)?.rating === 'up' ? 1 : 0]);
    assert.deepEqual(analysis.byPeripheral, causes.length === 0 ? {} : { USART1: causes.length });
    assert.deepEqual(analysis.byType, causes.length === 0 ? {} : { 'api use': causes.length });
  });
}

const correction = 'It is uart_set_baud.';
const contradicted = [{ claim: 'x', verdict: 'contradicted', evidence: 'y' }] as const;
check('what is found and not quoted did not fit', [{ correction, quoted: [] }], ['retrieved but not quoted']);
check('a name that the question has already decides nothing of its own', [{ question: 'Does uart_init set the baud?', correction: 'uart_init does not, uart_set_baud does.', quoted: [] }], ['retrieved but not quoted']);
check('what is indexed and not found was not retrieved', [{ correction, question: 'How quick is it?' }], ['not retrieved']);
check('what was quoted and not heeded is the model\'s', [{ correction, quoted: [{ kind: 'passage', file: 'uart.md', line: 4 }] }], ['quoted and not used']);
check('what was quoted and written against is contradicted', [{ correction, quoted: [{ kind: 'passage', file: 'uart.md', line: 4 }], findings: contradicted }], ['quoted but contradicted']);
check('another part of the same file was quoted', [{ correction, quoted: [{ kind: 'passage', file: 'uart.md', line: 40 }] }], ['retrieved but not quoted']);
check('what no document says is missing', [{ correction: 'It is set_rate_of_uart, always 0x99.' }], ['missing knowledge']);
check('what is found, by a record that keeps no quotes, decides nothing', [{ correction }], ['not decided']);
check('a rating alone decides nothing', [{}], ['not decided']);
check('a correction without names or numbers decides nothing', [{ correction: 'no, that is wrong' }], ['not decided']);
check('a rating of an answer that the check contradicts', [{ quoted: [{ kind: 'register', path: 'USART1.BRR' }], findings: contradicted }], ['quoted but contradicted']);
check('the last word on an answer counts', [{}, { rating: 'up' }], []);
check('a wrong citation is a failure', [{ rating: 'up', wrongCitations: [1] }], ['not decided']);
check('nothing said, nothing failed', [], []);
