import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFacts } from '../../src/core/index.ts';
import { createFactsCache } from '../../src/node/factsCache.ts';

/** Asks a cache of ten bytes for keys in turn, each entry of `sizes[key]` bytes, and compares which keys had to be unpacked. */
function check(name: string, asked: string, unpacked: string, sizes: Readonly<Record<string, number>> = {}): void {
  test(name, () => {
    const cache = createFactsCache(10);
    const seen: string[] = [];
    for (const key of Array.from(asked)) {
      cache.get(key, () => {
        seen.push(key);
        return { facts: emptyFacts('c'), sizeBytes: sizes[key] ?? 4 };
      });
    }
    assert.equal(seen.join(''), unpacked);
  });
}

check('what was asked for is at hand the next time', 'aaa', 'a');
check('the one not asked for longest goes when the room ends', 'abacba', 'abcba');
check('a file larger than the cache pushes the others out and is not kept', 'aLaL', 'aLaL', { L: 50 });

test('unknown content stays unknown, and is asked for again', () => {
  const cache = createFactsCache();
  let asked = 0;
  const nothing = (): undefined => { asked++; };
  assert.equal(cache.get('a', nothing), undefined);
  assert.equal(cache.get('a', nothing), undefined);
  assert.equal(asked, 2);
});
