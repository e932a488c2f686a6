import type { Chunk } from '../chunk/chunk.ts';
import type { TextStore } from '../store/textStore.ts';
import { tokenize } from '../text/words.ts';
import type { AskedIdea } from './askedIdeas.ts';
import type { RankedList } from './fuse.ts';
import { nameParts } from './namedPlaces.ts';

/** Passages each way of searching contributes before they are fused. */
export const candidates = 50;

/** Lists by the question's words: its own as they stand, and its ideas in any words. */
export async function wordLists(question: string, ideas: readonly AskedIdea[], textStore: TextStore, weights: { readonly words: number; readonly ideas: number }): Promise<RankedList[]> {
  const own = ideas.map(({ word }) => word);
  const words = own.length === 0 ? [] : (await textStore.searchWords(own, candidates)).map(({ id }) => id);
  const groups = [...ideas.map(idea => idea.words), ...nameParts(question).map(phrase => [phrase])];
  const found = (await textStore.searchIdeas?.(groups, candidates) ?? []).map(({ id }) => id);
  return [{ source: 'words', weight: weights.words, ids: words }, { source: 'words', weight: weights.ideas, ids: found }];
}

/** Which of the question's words a passage holds, as they were asked: `overrun, clear`. */
export function heldWords({ text, symbol = '' }: Chunk, ideas: readonly AskedIdea[]): string[] {
  const held = new Set(tokenize(`${symbol}\n${text}`));
  const found = ideas.flatMap(({ word, words }) => {
    if (held.has(word)) return [word];
    const other = words.find(candidate => candidate.split(' ').every(part => held.has(part)));
    return other === undefined ? [] : [`${other} (${word})`];
  });
  return found.slice(0, mostShown);
}

const mostShown = 6;
