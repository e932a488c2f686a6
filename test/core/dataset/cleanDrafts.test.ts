import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanDrafts } from '../../../src/core/dataset/cleanDrafts.ts';
import type { Draft, Dropped } from '../../../src/core/dataset/example.ts';

const base: Draft = { source: 'code', question: 'What does `ring_take` do?', context: 'int ring_take(void) { return 1; }', answer: 'Takes the oldest byte out of the receive ring and never blocks.', provenance: { files: ['ring.c'], licence: 'MIT' } };
const chipFact = (value: string, question: string): Draft => ({ source: 'register', question, answer: `USART2.CR1 resets to ${value}.`, factKey: `STM32F4|reset|USART2.CR1|${value}`, provenance: { files: ['chip.svd'], chip: 'STM32F407', family: 'STM32F4', licence: 'MIT' } });

/** What is dropped of the drafts, by reason, in order. */
function check(name: string, drafts: readonly Draft[], reasons: readonly string[], excluded: { readonly questions?: readonly string[]; readonly facts?: readonly string[] } = {}): void {
  test(name, () => {
    const dropped: Dropped[] = [];
    const { drafts: kept } = cleanDrafts(drafts, { policy: 'own', excludedQuestions: excluded.questions ?? [], excludedFacts: new Set(excluded.facts), drop: drop => { dropped.push(drop); } });
    assert.deepEqual(dropped.map(({ reason }) => reason), reasons);
    assert.equal(kept.length + dropped.length, drafts.length);
  });
}

check('what is fine stays', [base], []);
check('a licence that is not admitted', [{ ...base, provenance: { ...base.provenance, licence: 'forbidden' } }], ['licence: forbidden']);
check('too short and too long', [{ ...base, answer: 'x' }, { ...base, answer: 'word '.repeat(2000) }], ['too short', 'too long']);
check('an answer that says nothing', [{ ...base, answer: 'TODO' }], ['boilerplate']);
check('a secret in the code', [{ ...base, context: 'const char *password = "hunter2Secret9";' }], ['secret: credential in code']);
check('the same again in other spelling', [base, { ...base, question: 'what does  ring_take do' }], ['exact duplicate']);
check('nearly the same in another file', [base, { ...base, context: 'int ring_take(void) { return 2; }', answer: `${base.answer} `.repeat(1), provenance: { files: ['copy.c'], licence: 'MIT' } }], ['near duplicate']);
check('two answers to one question', [base, { ...base, answer: 'Frees all of the memory at once, whatever is in it.' }], ['conflicting answers', 'conflicting answers']);
check('two values of one fact, in whatever words', [chipFact('0x0', 'What does USART2.CR1 reset to?'), chipFact('0x1', 'USART2.CR1 的复位值是多少？')], ['conflicting answers', 'conflicting answers']);
check('a question of an evaluation set', [base], ['asked in an evaluation set'], { questions: ['What does ring_take do'] });
check('a fact of an evaluation set, in other words', [chipFact('0x0', 'What does USART2.CR1 reset to?')], ['asked in an evaluation set'], { facts: ['STM32F4|reset|USART2.CR1|0x0'] });
check('what a user has settled stays among conflicting answers', [{ ...base, source: 'feedback' }, { ...base, answer: 'Frees all of the memory at once, whatever is in it.' }], ['conflicting answers']);
check('other words for one question are alike on purpose', [base, { ...base, question: 'Please tell me: what does `ring_take` do?', augmentation: 'insertion' }], []);

test('a secret is not shown where it is counted, and persons are taken out', () => {
  const dropped: Dropped[] = [];
  const { drafts, redacted } = cleanDrafts([{ ...base, question: 'Is "password" = "hunter2Secret9" right?' }, { ...base, answer: 'Ask jane.doe@chipmaker.com for the timing of the receive ring.' }], { policy: 'own', excludedQuestions: [], excludedFacts: new Set(), drop: drop => { dropped.push(drop); } });
  assert.equal(dropped[0]?.question, '(not shown)');
  assert.equal(drafts[0]?.answer, 'Ask <email> for the timing of the receive ring.');
  assert.deepEqual(redacted, { 'mail address': 1 });
});
