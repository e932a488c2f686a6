import type { SQLInputValue } from 'node:sqlite';
import type { ChunkFilter, ChunkKind, ScoredChunk, TextStore } from '../core/index.ts';
import { ideaSearch } from './sqliteIdeaSearch.ts';
import type { SqliteIndex } from './sqliteIndex.ts';
import { WordStatistics, type TouchBudget } from './sqliteWordStatistics.ts';

/** Word search on the index's FTS5 table. */
export function createSqliteTextStore(index: SqliteIndex): TextStore {
  const statistics = new WordStatistics(index);
  const searchIdeas = ideaSearch(index, statistics);
  return {
    searchWords: async (words, limit, filter = {}) => index.read(() => {
      const chosen = statistics.rarest(words, statistics.budget(touched));
      return chosen.length === 0 || limit <= 0 ? [] : searchAny(index, chosen, { limit, filter });
    }),
    searchIdeas: async (ideas, limit) => index.read(() => searchIdeas(ideas, limit)),
    wordCounts: async words => index.read(() => ({ passages: statistics.passages(), holding: statistics.counts(words) })),
  };
}

/** What a touched passage costs is mostly the look-up of its length. */
const touched: TouchBudget = { least: 4000, share: 0.05, most: 12_000 };

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
