import type { ScoredChunk } from '../core/index.ts';
import type { SqliteIndex } from './sqliteIndex.ts';

/** How much more an idea counts in a passage's symbol than in its text. */
const symbolBonus = 1.5;
/** An idea that more passages hold chooses none by itself; the least of these and the share of all. */
const smallestBudget = 4000;
const budgetShare = 0.03;

/**
 * The best passages by the ideas they hold. An idea counts once however many of its words a passage has, and the more
 * the rarer it is, so that a question's six words for an interrupt do not outweigh its one word for the port.
 */
export function searchIdeas(index: SqliteIndex, ideas: readonly (readonly string[])[], limit: number): ScoredChunk[] {
  const passages = Number(index.statement('SELECT max(id) AS n FROM passage').get()?.['n'] ?? 0);
  const budget = Math.max(smallestBudget, Math.floor(passages * budgetShare));
  const counted = ideas.map(words => ({ query: anyOf(words), count: 0 })).filter(({ query }) => query !== '')
    .map(({ query }) => ({ query, count: countUpTo(index, query, budget + 1) })).filter(({ count }) => count > 0).sort((one, other) => one.count - other.count);
  const chosen = counted.filter(({ count }, position) => position === 0 || count <= budget);
  if (chosen.length === 0 || limit <= 0) return [];
  const parts = chosen.map(() => 'SELECT rowid AS found, ? AS weight FROM words WHERE words MATCH ? UNION ALL SELECT rowid, ? FROM words WHERE words MATCH ?');
  const values = chosen.flatMap(({ query, count }) => {
    const weight = Math.log(1 + (passages + 1) / (count + 0.5));
    return [weight, query, weight * symbolBonus, `symbol : (${query})`];
  });
  const sql = `SELECT hash, score FROM (SELECT found, sum(weight) AS score FROM (${parts.join(' UNION ALL ')}) GROUP BY found ORDER BY score DESC, found LIMIT ?) JOIN passage ON passage.id = found ORDER BY score DESC, found`;
  return index.statement(sql).all(...values, limit).map(row => ({ id: String(row['hash']), score: Number(row['score']) }));
}

/** FTS5's way to ask for any of the words; one of several words is held with them side by side. */
function anyOf(words: readonly string[]): string {
  return words.filter(word => word !== '').map(word => `"${word.replaceAll('"', '""')}"`).join(' OR ');
}

function countUpTo(index: SqliteIndex, query: string, most: number): number {
  return Number(index.statement('SELECT count(*) AS n FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)').get(query, most)?.['n'] ?? 0);
}
