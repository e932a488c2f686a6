import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Draft, Dropped } from '../../../src/core/dataset/example.ts';
import { likeness } from '../../../src/core/dataset/minHash.ts';
import { splitDrafts } from '../../../src/core/dataset/splitExamples.ts';
import { oneOf, seededRandom } from '../../../src/core/eval/seededSample.ts';

const words = ['ring', 'buffer', 'overrun', 'clock', 'divider', 'prescaler', 'stream', 'parity', 'channel', 'latch', 'timer', 'pulse', 'edge', 'level', 'mask', 'event', 'window', 'guard', 'retry', 'frame'];

/** What a test must not share with what is trained on, and the likeness of texts that nobody calls another. */
const placesOf = ({ provenance: { family, files } }: Draft): string[] => [...family === undefined ? [] : [family], ...files];
const textOf = ({ question, answer }: Draft): string => `${question}\n${answer}`;
const alike = 0.7;

/** Examples of random families, files and texts, some of them copies of others with a word changed. */
function randomDrafts(seed: number): Draft[] {
  const random = seededRandom(seed);
  const drafts: Draft[] = [];
  const text = (length: number): string => Array.from({ length }, () => oneOf(words, random) ?? '').join(' ');
  for (let index = 0; index < 200; index += 1) {
    const copied = random() < 0.2 ? oneOf(drafts, random) : undefined;
    const family = random() < 0.5 ? `FAM${Math.floor(random() * 8)}` : undefined;
    const files = family === undefined || random() < 0.1 ? [`file${Math.floor(random() * 40)}.c`, ...random() < 0.1 ? [`file${Math.floor(random() * 40)}.c`] : []] : [];
    drafts.push({ source: 'code', question: copied?.question ?? text(6), answer: copied === undefined ? text(24) : `${copied.answer} ${text(1)}`, provenance: { files, licence: 'MIT', ...(family !== undefined && { family }) } });
  }
  return drafts;
}

for (let seed = 1; seed <= 20; seed += 1) {
  test(`no family, file or nearly equal text is on two sides, with seed ${seed}`, () => {
    const dropped: Dropped[] = [];
    const drafts = randomDrafts(seed);
    const placed = splitDrafts(drafts, { random: seededRandom(seed), drop: drop => { dropped.push(drop); } });
    assert.equal(placed.length + dropped.length, drafts.length);
    const sides = new Map<string, Set<string>>();
    for (const draft of placed) for (const place of placesOf(draft)) sides.set(place, (sides.get(place) ?? new Set()).add(draft.split));
    assert.ok(sides.size > 8);
    assert.deepEqual([...sides].filter(([, splits]) => splits.size > 1), []);
    const held = placed.filter(({ split }) => split !== 'train');
    for (const one of held) for (const other of placed) if (one.split !== other.split) assert.ok(likeness(textOf(one), textOf(other)) < alike, `${one.question} / ${other.question}`);
  });
}

test('many small files fill all three sides', () => {
  const drafts = randomDrafts(5).map((draft, index): Draft => ({ ...draft, question: `${draft.question} ${index}`, provenance: { files: [`own${index % 30}.c`], licence: 'MIT' } }));
  const placed = splitDrafts(drafts, { random: seededRandom(1), drop: () => undefined });
  assert.deepEqual([...new Set(placed.map(({ split }) => split))].sort(), ['test', 'train', 'validation']);
});
