import { splitIdentifier, type ChunkKind, type ScoredChunk } from '../core/index.ts';
import type { SqliteIndex } from './sqliteIndex.ts';

/** How much more an idea counts in a passage's symbol than in its text. */
const symbolBonus = 1.5;
/** An idea that more passages hold chooses none by itself; the least of these and the share of all. */
const smallestBudget = 4000;
const budgetShare = 0.03;
/** Passages whose symbols are looked at. */
const looked = 1000;

/**
 * The best passages by the ideas they hold. An idea counts once however many of its words a passage has, and the more
 * the rarer it is, so that a question's six words for an interrupt do not outweigh its one word for the port. What
 * nearly every passage holds chooses none, and only counts in the symbols of those that the other ideas have chosen.
 */
export function searchIdeas(index: SqliteIndex, ideas: readonly (readonly string[])[], limit: number): ScoredChunk[] {
  const passages = Number(index.statement('SELECT max(id) AS n FROM passage').get()?.['n'] ?? 0);
  const budget = Math.max(smallestBudget, Math.floor(passages * budgetShare));
  const counted = ideas.map(words => ({ words, query: anyOf(words) })).filter(({ query }) => query !== '')
    .map(idea => ({ ...idea, count: countUpTo(index, idea.query, budget + 1) })).filter(({ count }) => count > 0)
    .map(idea => ({ ...idea, weight: Math.log(1 + (passages + 1) / (idea.count + 0.5)) })).sort((one, other) => one.count - other.count);
  const choosing = counted.filter(({ count }, position) => position === 0 || count <= budget);
  if (choosing.length === 0 || limit <= 0) return [];
  return chosenBy(index, choosing).map(({ id, kind, symbol, score }) => ({ id, kind, score: score + symbolScore(symbol, counted) }))
    .sort((one, other) => other.score - one.score).slice(0, limit);
}

interface CountedIdea {
  readonly words: readonly string[];
  readonly query: string;
  readonly weight: number;
}

function chosenBy(index: SqliteIndex, ideas: readonly CountedIdea[]): { readonly id: string; readonly kind: ChunkKind; readonly symbol: string; readonly score: number }[] {
  const parts = ideas.map(() => 'SELECT rowid AS found, ? AS weight FROM words WHERE words MATCH ?');
  const sql = `SELECT hash, kind, symbol, score FROM (SELECT found, sum(weight) AS score FROM (${parts.join(' UNION ALL ')}) GROUP BY found ORDER BY score DESC, found LIMIT ?) JOIN passage ON passage.id = found`;
  return index.statement(sql).all(...ideas.flatMap(({ weight, query }) => [weight, query]), looked).map(row => ({ id: String(row['hash']), kind: row['kind'] as ChunkKind, symbol: typeof row['symbol'] === 'string' ? row['symbol'] : '', score: Number(row['score']) }));
}

/** What the ideas are worth in a symbol: more where they are most of it, so that `uart_init` is nearer to "initialize the UART" than `uart_dma_test_init`. */
function symbolScore(symbol: string, ideas: readonly CountedIdea[]): number {
  if (symbol === '') return 0;
  const parts = splitIdentifier(symbol);
  const text = ` ${parts.join(' ')} `;
  const held = ideas.filter(({ words }) => words.some(word => text.includes(` ${word} `)));
  const said = new Set(held.flatMap(({ words }) => words));
  const own = parts.length > 1 ? parts.slice(1) : parts;
  const share = own.filter(part => said.has(part)).length / own.length;
  return held.reduce((sum, { weight }) => sum + weight, 0) * symbolBonus * (0.5 + share / 2);
}

/** FTS5's way to ask for any of the words; one of several words is held with them side by side. */
function anyOf(words: readonly string[]): string {
  return words.filter(word => word !== '').map(word => `"${word.replaceAll('"', '""')}"${gluedNames.test(word) ? ' *' : ''}`).join(' OR ');
}

/** What vendors write together with what it is about, in `PLLON` and `GPIOAEN`: also found where a word begins with it. */
const gluedNames = /^(pll|hse|hsi|lse|lsi|gpio|dma|adc|dac|uart|usart|spi|i2c|pwm|rtc|usb|sdio|exti)$/;

function countUpTo(index: SqliteIndex, query: string, most: number): number {
  return Number(index.statement('SELECT count(*) AS n FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)').get(query, most)?.['n'] ?? 0);
}
