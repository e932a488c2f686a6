import { splitIdentifier, type ChunkKind, type ScoredChunk } from '../core/index.ts';
import { createPassageScores } from './passageScores.ts';
import type { SqliteIndex } from './sqliteIndex.ts';
import type { TouchBudget, WordStatistics } from './sqliteWordStatistics.ts';

/** How much more an idea counts in a passage's symbol than in its text. */
const symbolBonus = 1.5;
/** An idea that more passages hold chooses none by itself. */
const choosingBudget: TouchBudget = { least: 4000, share: 0.03, most: 16_000 };
/** Where every idea is that frequent, the rarest chooses all the same, among so many times as many. */
const budgetsOfRarest = 4;
/** Passages whose symbols are looked at. */
const looked = 1000;

/**
 * The best passages by the ideas they hold. An idea counts once however many of its words a passage has, and the more
 * the rarer it is, so that a question's six words for an interrupt do not outweigh its one word for the port. What
 * nearly every passage holds chooses none, and only counts in the symbols of those that the other ideas have chosen.
 */
export function ideaSearch(index: SqliteIndex, statistics: WordStatistics): (ideas: readonly (readonly string[])[], limit: number) => ScoredChunk[] {
  const scores = createPassageScores();
  return (ideas, limit) => {
    const passages = statistics.passages();
    const budget = statistics.budget(choosingBudget);
    const weightOf = (count: number): number => Math.log(1 + (passages + 1) / (count + 0.5));
    const found = ideas.map(words => ({ words, query: anyOf(words, statistics) })).filter(({ query }) => query !== '')
      .map(idea => ({ ...idea, held: passagesWith(index, idea.query, budget + 1) })).filter(({ held }) => held.length > 0)
      .map(idea => ({ ...idea, weight: weightOf(idea.held.length) })).sort((one, other) => one.held.length - other.held.length);
    const [rarest] = found;
    if (rarest === undefined || limit <= 0) return [];
    const choosing = rarest.held.length > budget
      ? [{ ...rarest, held: passagesWith(index, rarest.query, budget * budgetsOfRarest) }]
      : found.filter(({ held }) => held.length <= budget);
    for (const { held, weight } of choosing) scores.add(held, weight);
    const symbolScore = symbolScores(found);
    return symbolsOf(index, scores.best(looked)).map(({ id, kind, symbol, score }) => ({ id, kind, score: score + symbolScore(symbol) }))
      .sort((one, other) => other.score - one.score).slice(0, limit);
  };
}

interface FoundIdea {
  readonly words: readonly string[];
  readonly weight: number;
}

/** Numbers of the passages that match, at most so many. As one text: a row each would cost far more than finding them. */
function passagesWith(index: SqliteIndex, query: string, most: number): Int32Array {
  const row = index.statement("SELECT count(*) AS n, group_concat(found, ' ') AS ids FROM (SELECT rowid AS found FROM words WHERE words MATCH ? LIMIT ?)").get(query, most);
  return numbersIn(String(row?.['ids'] ?? ''), Number(row?.['n'] ?? 0));
}

function numbersIn(text: string, count: number): Int32Array {
  const numbers = new Int32Array(count);
  let number = 0;
  let position = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === blank) {
      numbers[position] = number;
      position += 1;
      number = 0;
    } else number = number * 10 + code - digitZero;
  }
  if (count > 0) numbers[position] = number;
  return numbers;
}

const blank = 32;
const digitZero = 48;

interface LookedPassage {
  readonly id: string;
  readonly kind: ChunkKind;
  readonly symbol: string;
  readonly score: number;
}

function symbolsOf(index: SqliteIndex, best: readonly { readonly passage: number; readonly score: number }[]): LookedPassage[] {
  const scores = new Map(best.map(({ passage, score }) => [passage, score]));
  const rows = index.statement('SELECT passage.id, hash, kind, symbol FROM json_each(?) JOIN passage ON passage.id = value').all(JSON.stringify(best.map(({ passage }) => passage)));
  return rows.map(row => ({ id: String(row['hash']), kind: row['kind'] as ChunkKind, symbol: typeof row['symbol'] === 'string' ? row['symbol'] : '', score: scores.get(Number(row['id'])) ?? 0 }));
}

/** What the ideas are worth in a symbol: more where they are most of it, so that `uart_init` is nearer to "initialize the UART" than `uart_dma_test_init`. */
function symbolScores(ideas: readonly FoundIdea[]): (symbol: string) => number {
  const byWord = new Map<string, FoundIdea[]>();
  for (const idea of ideas) for (const word of idea.words) byWord.set(word, [...byWord.get(word) ?? [], idea]);
  const phrases = [...byWord.keys()].filter(word => word.includes(' '));
  return symbol => {
    const parts = symbol === '' ? [] : splitIdentifier(symbol);
    const text = ` ${parts.join(' ')} `;
    const held = new Set([...parts, ...phrases.filter(phrase => text.includes(` ${phrase} `))].flatMap(word => byWord.get(word) ?? []));
    if (held.size === 0) return 0;
    const own = parts.length > 1 ? parts.slice(1) : parts;
    const share = own.filter(part => byWord.has(part)).length / own.length;
    return [...held].reduce((sum, { weight }) => sum + weight, 0) * symbolBonus * (0.5 + share / 2);
  };
}

/** FTS5's way to ask for any of the words; one of several words is held with them side by side. */
function anyOf(words: readonly string[], statistics: WordStatistics): string {
  const all = words.filter(word => word !== '').flatMap(word => gluedNames.test(word) ? [word, ...statistics.gluedTo(word)] : [word]);
  return [...new Set(all)].map(word => `"${word.replaceAll('"', '""')}"`).join(' OR ');
}

/** What vendors write together with what it is about, in `PLLON` and `GPIOAEN`: also found where a word begins with it. */
const gluedNames = /^(pll|hse|hsi|lse|lsi|gpio|dma|adc|dac|uart|usart|spi|i2c|pwm|rtc|usb|sdio|exti)$/;
