import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedIdeas } from '../../../src/core/retrieve/askedIdeas.ts';
import { wordForms } from '../../../src/core/retrieve/wordForms.ts';

/** The ideas of a question by their first words, and words that one of them must be searched for. */
function check(question: string, ideas: readonly string[], alsoWords: readonly string[] = []): void {
  const asked = askedIdeas(question);
  assert.deepEqual(asked.map(({ word }) => word), ideas);
  const words = asked.flatMap(idea => idea.words);
  for (const word of alsoWords) assert.ok(words.includes(word), `${word} in ${words.join(', ')}`);
}

test('a word brings its other forms and its synonyms', () => { check('Where are transmitted bytes?', ['transmitted', 'bytes'], ['transmit', 'tx', 'send', 'byte', 'octet']); });
test('a phrase of the glossary is one idea', () => { check('floating point unit', ['floating point unit'], ['fpu']); });
test('a Chinese question is searched in English', () => { check('环形缓冲区', ['环形', '形缓', '缓冲', '冲区', '环形缓冲区'], ['ring', 'ring buffer', 'buf']); });
test('words that say nothing are left out', () => { check('how do we use the', ['how', 'do', 'we', 'use', 'the']); });
test('an identifier counts whole and in parts', () => { check('USART_CR1', ['usart_cr1', 'usart', 'cr1', 'cr'], ['uart', 'serial']); });
test('that a function is asked for says nothing', () => { check('Which function blinks the lamp?', ['blinks', 'lamp'], ['led']); });
test('a Chinese question for a function says no more', () => { check('灯 的函数在哪里实现', ['灯']); });
test('a question for functions alone keeps the word', () => { check('which function', ['function'], ['routine']); });
test('nothing asked, no ideas', () => { check('  ?! ', []); });

function checkForms(word: string, wanted: readonly string[]): void {
  const forms = wordForms(word);
  for (const form of wanted) assert.ok(forms.includes(form), `${form} in ${forms.join(' ')}`);
  assert.ok(!forms.includes(word));
}

test('transmitting', () => { checkForms('transmitting', ['transmit', 'transmits', 'transmitted', 'transmission']); });
test('configuration', () => { checkForms('configuration', ['configure', 'configures', 'configured', 'configuring']); });
test('retries', () => { checkForms('retries', ['retry', 'retried', 'retrying']); });
test('buffers', () => { checkForms('buffers', ['buffer']); });
test('status is no plural', () => { assert.ok(!wordForms('status').includes('statu')); });
test('short words and names have no other forms', () => { assert.deepEqual([...wordForms('set'), ...wordForms('uart_init'), ...wordForms('cr1')], []); });
