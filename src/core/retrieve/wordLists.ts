import type { Chunk } from '../chunk/chunk.ts';
import type { ScoredChunk, TextStore } from '../store/textStore.ts';
import { tokenize } from '../text/words.ts';
import type { AskedIdea } from './askedIdeas.ts';
import type { RankedList } from './fuse.ts';
import { meaningful } from './glossary.ts';
import { nameParts } from './namedPlaces.ts';

/** Passages each way of searching contributes before they are fused. */
export const candidates = 100;

/** Lists by the question's words: its own as they stand, and its ideas in any words. */
export async function wordLists(question: string, ideas: readonly AskedIdea[], textStore: TextStore, weights: { readonly words: number; readonly ideas: number }): Promise<RankedList[]> {
  const all = tokenize(question);
  const meant = meaningful(all);
  const own = meant.length > 0 ? meant : all;
  const words = own.length === 0 ? [] : idsOf(await textStore.searchWords(own, candidates * 4));
  const groups = [...ideas.map(idea => idea.words), ...nameParts(question).map(phrase => [phrase])];
  const found = idsOf(await textStore.searchIdeas?.(groups, candidates * 4) ?? []);
  return [{ source: 'words', weight: weights.words, ids: words }, { source: 'words', weight: weights.ideas, ids: found }];
}

/** The best, few of them registers: a chip has thousands, which say much the same, and would leave no place for code. */
function idsOf(hits: readonly ScoredChunk[]): string[] {
  let registers = 0;
  const chosen = hits.filter(({ kind }) => {
    if (kind === 'register') registers += 1;
    return kind !== 'register' || registers <= mostRegisters;
  });
  return chosen.slice(0, candidates).map(({ id }) => id);
}

const mostRegisters = 20;

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
