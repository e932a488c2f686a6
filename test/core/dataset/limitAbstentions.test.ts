import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Draft, Dropped } from '../../../src/core/dataset/example.ts';
import { limitAbstentions } from '../../../src/core/dataset/limitAbstentions.ts';

type Known = Draft & { readonly id: string; readonly reviewed?: 'accepted' | 'fixed' };

const right = (count: number): Known[] => Array.from({ length: count }, (_, index) => ({ id: `r${index}`, source: 'register', question: `What is the address of DMA.CH${index}?`, answer: `DMA.CH${index} is at 0x4000000${index}.`, provenance: { files: ['a.svd'], licence: 'MIT' } }));
const vain = (count: number, more: Partial<Known> = {}): Known[] => Array.from({ length: count }, (_, index) => ({ id: `v${count - index}`, source: 'trick', question: `What is the address of DMA.CX${index}?`, answer: `DMA has no register CX${index}.`, provenance: { files: ['a.svd'], licence: 'MIT' }, ...more }));

/** How many of the answers that there is no such thing stay. */
function check(name: string, drafts: readonly Known[], share: number | undefined, kept: number): void {
  test(name, () => {
    const dropped: Dropped[] = [];
    const left = limitAbstentions(drafts, { share, drop: drop => { dropped.push(drop); } });
    assert.equal(left.filter(({ answer }) => answer.includes('has no')).length, kept);
    assert.equal(left.length + dropped.length, drafts.length);
    // Whatever the order in which they were collected, the same stay.
    assert.deepEqual(new Set(limitAbstentions(drafts.toReversed(), { share, drop: () => undefined }).map(({ id }) => id)), new Set(left.map(({ id }) => id)));
  });
}

check('by default twelve of a hundred', [...right(88), ...vain(60)], undefined, 12);
check('fewer than their share all stay', [...right(88), ...vain(5)], undefined, 5);
check('another share', [...right(50), ...vain(60)], 0.5, 50);
check('none at all', [...right(50), ...vain(60)], 0, 0);
check('all of them', [...right(5), ...vain(60)], 1, 60);
check('nothing else leaves none', vain(3), undefined, 0);
check('what a person accepted stays, whatever the share', [...right(5), ...vain(9, { reviewed: 'accepted' })], undefined, 9);
check('what a person accepted takes the places of others', [...right(88), ...vain(12, { reviewed: 'accepted' }), ...vain(9).map(draft => ({ ...draft, id: `a${draft.id}` }))], undefined, 12);
check('what users wrote stays', [...right(5), ...vain(4, { source: 'feedback' })], undefined, 4);
