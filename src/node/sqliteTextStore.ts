import type { SQLInputValue } from 'node:sqlite';
import type { ChunkFilter, ChunkKind, ScoredChunk, TextStore } from '../core/index.ts';
import { searchIdeas } from './sqliteIdeaSearch.ts';
import type { SqliteIndex } from './sqliteIndex.ts';

/** Word search on the index's FTS5 table. */
export function createSqliteTextStore(index: SqliteIndex): TextStore {
  const frequencies = new WordFrequencies(index);
  return {
    searchWords: async (words, limit, filter = {}) => index.read(() => {
      const chosen = frequencies.rarest(words);
      return chosen.length === 0 || limit <= 0 ? [] : searchAny(index, chosen, { limit, filter });
    }),
    searchIdeas: async (ideas, limit) => index.read(() => searchIdeas(index, ideas, limit)),
    wordCounts: async words => index.read(() => ({ passages: passageCount(index), holding: frequencies.counts(words) })),
  };
}

/** Passages that a query may touch in all: beyond it, its most frequent words are dropped. */
const smallestBudget = 4000;
const budgetShare = 0.05;

/** How many passages hold a word, remembered until the index has grown or shrunk noticeably. */
class WordFrequencies {
  readonly #index: SqliteIndex;
  readonly #counts = new Map<string, number>();
  #passages = 0;

  constructor(index: SqliteIndex) {
    this.#index = index;
  }

  /**
   * The words that occur, rarest first, as many as the budget of touched passages allows, at least one. What very
   * frequent words add to the order is little, and reading their lists is most of a query's time.
   */
  rarest(words: readonly string[]): string[] {
    this.#forgetWhenGrown();
    const counted = [...new Set(words)].map(word => ({ word, count: this.#count(word) })).filter(({ count }) => count > 0);
    const budget = Math.max(smallestBudget, this.#passages * budgetShare);
    let used = 0;
    return counted.sort((one, other) => one.count - other.count).filter(({ count }, position) => {
      used += count;
      return position === 0 || used <= budget;
    }).map(({ word }) => word);
  }

  counts(words: readonly string[]): number[] {
    this.#forgetWhenGrown();
    return words.map(word => this.#count(word));
  }

  #count(word: string): number {
    const known = this.#counts.get(word);
    if (known !== undefined) return known;
    const count = Number(this.#index.statement('SELECT doc FROM word_counts WHERE term = ?').get(word)?.['doc'] ?? 0);
    // A word that is absent now may come with the next file.
    if (count > 0) this.#counts.set(word, count);
    return count;
  }

  #forgetWhenGrown(): void {
    const passages = passageCount(this.#index);
    if (Math.abs(passages - this.#passages) <= this.#passages * 0.02 && this.#counts.size < 10_000) return;
    this.#counts.clear();
    this.#passages = passages;
  }
}

/** The largest id: the exact number would be counted row by row. */
function passageCount(index: SqliteIndex): number {
  return Number(index.statement('SELECT max(id) AS n FROM passage').get()?.['n'] ?? 0);
}

function searchAny(index: SqliteIndex, words: readonly string[], { limit, filter }: { readonly limit: number; readonly filter: ChunkFilter }): ScoredChunk[] {
  const conditions: string[] = [];
  const values: SQLInputValue[] = [words.map(word => `"${word.replaceAll('"', '""')}"`).join(' OR ')];
  if (filter.kinds !== undefined) {
    conditions.push(`AND passage.kind IN (${filter.kinds.map(() => '?').join(', ')})`);
    values.push(...filter.kinds);
  }
  if (filter.pathPrefix !== undefined) {
    conditions.push('AND EXISTS (SELECT 1 FROM place JOIN file ON file.content = place.content WHERE place.passage = passage.id AND substr(file.path, 1, ?) = ?)');
    values.push(filter.pathPrefix.length, filter.pathPrefix);
  }
  // Without a condition FTS5 sorts by itself and stops at the limit, before any join.
  const sql = conditions.length === 0
    ? 'SELECT hash, kind, score FROM (SELECT rowid AS found, rank AS score FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?) JOIN passage ON passage.id = found ORDER BY score'
    : `SELECT hash, kind, rank AS score FROM words JOIN passage ON passage.id = words.rowid WHERE words MATCH ? ${conditions.join(' ')} ORDER BY rank LIMIT ?`;
  return index.statement(sql).all(...values, limit).map(row => ({ id: String(row['hash']), score: -Number(row['score']), kind: row['kind'] as ChunkKind }));
}
