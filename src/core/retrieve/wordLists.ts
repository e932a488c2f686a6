import type { Chunk } from '../chunk/chunk.ts';
import type { Catalog } from '../store/catalog.ts';
import type { TextStore } from '../store/textStore.ts';
import { splitIdentifier, tokenize } from '../text/words.ts';
import type { AskedIdea } from './askedIdeas.ts';
import type { RankedList } from './fuse.ts';
import { nameParts } from './namedPlaces.ts';

/** Passages each way of searching contributes before they are fused. */
export const candidates = 50;
/** Passages that are looked at more closely, by what their symbol says. */
const looked = 120;

/** Lists by the question's words: its own as they stand, and its ideas in any words. */
export async function wordLists(question: string, ideas: readonly AskedIdea[], { textStore, catalog }: { readonly textStore: TextStore; readonly catalog: Catalog }, weights: { readonly words: number; readonly ideas: number }): Promise<RankedList[]> {
  const own = ideas.map(({ word }) => word);
  const words = own.length === 0 ? [] : (await textStore.searchWords(own, candidates)).map(({ id }) => id);
  const lists: RankedList[] = [{ source: 'words', weight: weights.words, ids: words }];
  const groups = [...ideas.map(idea => idea.words), ...nameParts(question).map(phrase => [phrase])];
  const found = await textStore.searchIdeas?.(groups, looked) ?? [];
  if (found.length === 0) return lists;
  const chunks = new Map((await catalog.chunks(found.map(({ id }) => id))).map(chunk => [chunk.id, chunk] as const));
  const scored = found.flatMap(({ id, score }) => {
    const chunk = chunks.get(id);
    return chunk === undefined ? [] : [{ id, score: score * (1 + precision(chunk, ideas)) }];
  });
  return [...lists, { source: 'words', weight: weights.ideas, ids: scored.sort((one, other) => other.score - one.score).slice(0, candidates).map(({ id }) => id) }];
}

/** How much of a symbol's name the question asks for: `uart_init` is nearer to "initialize the UART" than `uart_dma_test_init`. */
function precision({ symbol, kind }: Chunk, ideas: readonly AskedIdea[]): number {
  if (symbol === undefined || kind === 'header') return 0;
  const parts = splitIdentifier(symbol).slice(1);
  const words = new Set(ideas.flatMap(idea => idea.words));
  const asked = parts.filter(part => words.has(part)).length;
  return parts.length === 0 ? Number(words.has(symbol.toLowerCase())) : asked / parts.length;
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
