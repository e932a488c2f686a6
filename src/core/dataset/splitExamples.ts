import { shuffled } from '../eval/seededSample.ts';
import { hashText } from '../text/hash.ts';
import { droppedOf } from './droppedOf.ts';
import type { Draft, Dropped, Split } from './example.ts';
import { clustersOf, nearDuplicates } from './minHash.ts';

export interface SplitOptions {
  readonly random: () => number;
  readonly drop: (dropped: Dropped) => void;
}

/** The share of the examples that each of validation and test is to have; what is left is for training. */
const heldShare = 0.1;

/** A group of this share may be held back, even where it is more than was wanted: few chips make large groups. */
const largestShare = 0.2;

/** Likeness from which two examples may not stand on two sides. */
const leakLikeness = 0.7;

/**
 * Puts examples into their splits so that no chip family and no file is in two of them; of examples that are alike across
 * splits, those outside of training are left out.
 */
export function splitDrafts<D extends Draft>(drafts: readonly D[], options: SplitOptions): (D & { readonly split: Split })[] {
  const keys = groupKeys(drafts);
  const groups = Map.groupBy(drafts, (_, index) => keys[index] ?? index);
  const wanted = drafts.length * heldShare;
  const placed: (D & { readonly split: Split })[] = [];
  const filled = { validation: 0, test: 0 };
  // The largest first would leave nothing to train on but crumbs: it trains. The others fill up what is short.
  const ordered = [...groups.values()].sort((a, b) => b.length - a.length);
  const [largest = [], ...others] = ordered;
  placed.push(...largest.map(draft => ({ ...draft, split: 'train' as const })));
  for (const group of byKind(shuffled(others, options.random))) {
    const split: Split = (['test', 'validation'] as const).find(name => filled[name] < wanted && filled[name] + group.length <= Math.max(wanted * 1.5, drafts.length * largestShare)) ?? 'train';
    if (split !== 'train') filled[split] += group.length;
    placed.push(...group.map(draft => ({ ...draft, split })));
  }
  return withoutLeaks(placed, options.drop);
}

/** Groups of chips and groups of files in turn, so that both kinds of question are in every split. */
function byKind<D extends Draft>(groups: readonly (readonly D[])[]): (readonly D[])[] {
  const ofChips = groups.filter(([first]) => first?.provenance.family !== undefined);
  const ofFiles = groups.filter(([first]) => first?.provenance.family === undefined);
  return Array.from({ length: Math.max(ofChips.length, ofFiles.length) }, (_, index) => [ofChips[index], ofFiles[index]]).flat().filter(group => group !== undefined);
}

/** What may not be torn apart has the same number: examples that share a family or a file, by however many steps. */
function groupKeys(drafts: readonly Draft[]): number[] {
  const firstWith = new Map<string, number>();
  const pairs: (readonly [number, number])[] = [];
  for (const [index, draft] of drafts.entries()) {
    for (const key of leakKeys(draft)) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, index);
      else pairs.push([first, index]);
    }
  }
  return clustersOf(drafts.length, pairs);
}

/** What an example shares with others that a test must not see: its family, its files, the commit, and where it has none of these, its question. */
function leakKeys({ provenance: { files, family, commit }, question }: Draft): string[] {
  const keys = [...family === undefined ? [] : [`family ${family}`], ...files.map(file => `file ${file}`), ...commit === undefined ? [] : [`commit ${commit}`]];
  return keys.length === 0 ? [`question ${hashText(question)}`] : keys;
}

/** Texts that are alike though nothing ties their places together: the same register on two families, a copied file. */
function withoutLeaks<D extends Draft>(placed: readonly (D & { readonly split: Split })[], drop: SplitOptions['drop']): (D & { readonly split: Split })[] {
  const { pairs } = nearDuplicates(placed.map(leakText), leakLikeness);
  const firsts = clustersOf(placed.length, pairs);
  const clusters = Map.groupBy(placed.keys(), index => firsts[index] ?? index);
  const left = new Set<number>();
  for (const members of clusters.values()) {
    const splits = new Set(members.map(index => placed[index]?.split));
    if (splits.size < 2) continue;
    const kept = splits.has('train') ? 'train' : 'validation';
    for (const index of members) if (placed[index]?.split !== kept) left.add(index);
  }
  return placed.filter((draft, index) => {
    if (left.has(index)) drop(droppedOf(draft, 'alike to one in another split'));
    return !left.has(index);
  });
}

/** Question and answer, whatever the chip is called. */
function leakText({ question, answer }: Pick<Draft, 'question' | 'answer'>): string {
  return `${question}\n${answer}`;
}
