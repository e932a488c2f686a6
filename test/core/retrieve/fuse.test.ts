import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diversify, fuse } from '../../../src/core/retrieve/fuse.ts';
import { meaningful, synonymsOf } from '../../../src/core/retrieve/glossary.ts';
import { tokenize } from '../../../src/core/text/words.ts';

/** Lists as `source: a b c`, weight 1. */
function check(lists: readonly string[], expected: readonly string[]): void {
  const ranked = lists.map(list => {
    const [source = '', ids = ''] = list.split(': ');
    return { source, weight: 1, ids: ids.split(' ') };
  });
  assert.deepEqual(fuse(ranked).map(({ id, sources }) => `${id} ${sources.join('+')}`), expected);
}

test('one list keeps its order', () => { check(['words: a b c'], ['a words', 'b words', 'c words']); });
test('found twice beats first once', () => { check(['words: a b', 'vectors: c b'], ['b words+vectors', 'a words', 'c vectors']); });
test('a repeat in one list counts once', () => { check(['words: a a b'], ['a words', 'b words']); });
test('weight decides between equals', () => {
  assert.equal(fuse([{ source: 'words', weight: 1, ids: ['a'] }, { source: 'symbol', weight: 2, ids: ['b'] }])[0]?.id, 'b');
});
test('no lists, nothing found', () => { check([], []); });

/** Hits as letters of their files with a score behind, `a9 a8 b7`; two of a file are shown at their full score. */
function checkDiversity(hits: string, limit: number, expected: string): void {
  const items = hits.split(' ').map(hit => ({ hit, file: hit.charAt(0), score: Number(hit.slice(1)) }));
  assert.equal(diversify(items, ({ file }) => [{ of: file, most: 2 }], limit).map(({ hit }) => hit).join(' '), expected);
}

test('a third hit of one file waits for those of others that are nearly as good', () => { checkDiversity('a90 a85 a80 b70', 3, 'a90 a85 b70'); });
test('it does not wait for what was hardly asked for', () => { checkDiversity('a90 a85 a80 b30', 3, 'a90 a85 a80'); });
test('with nothing else it is shown all the same', () => { checkDiversity('a9 a8 a7', 3, 'a9 a8 a7'); });

function checkSynonyms(question: string, wanted: readonly string[]): void {
  const found = synonymsOf(question.toLowerCase(), tokenize(question));
  for (const word of wanted) assert.ok(found.includes(word), `${word} in ${found.join(' ')}`);
}

test('an ISR is an interrupt handler', () => { checkSynonyms('Which ISR clears it?', ['interrupt', 'irq', 'interrupt handler', '中断']); });
test('a Chinese question finds English code', () => { checkSynonyms('串口中断在哪里清除标志?', ['uart', 'interrupt', 'clear', 'flag']); });
test('a plural counts', () => { checkSynonyms('list interrupts', ['irq']); });
test('what the question holds is not repeated', () => { assert.ok(!synonymsOf('uart', ['uart']).includes('uart')); });
test('no term, no synonyms', () => { assert.deepEqual(synonymsOf('hello', ['hello']), []); });
test('empty words are left out', () => { assert.deepEqual(meaningful(tokenize('Where is the baud rate set?')), ['baud', 'rate']); });
