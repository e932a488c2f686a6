import type { SqliteIndex } from './sqliteIndex.ts';

/** Passages that a query may touch in all: a share of the index, within these bounds, so that beyond some size an index answers no slower. */
export interface TouchBudget {
  readonly least: number;
  readonly share: number;
  readonly most: number;
}

/** How many passages hold a word, and which words begin with one: remembered until the index has grown or shrunk noticeably. */
export class WordStatistics {
  readonly #index: SqliteIndex;
  readonly #counts = new Map<string, number>();
  readonly #glued = new Map<string, readonly string[]>();
  #passages = 0;

  constructor(index: SqliteIndex) {
    this.#index = index;
  }

  /** The largest number of a passage: the exact count would be read row by row. */
  passages(): number {
    return Number(this.#index.statement('SELECT max(id) AS n FROM passage').get()?.['n'] ?? 0);
  }

  budget({ least, share, most }: TouchBudget): number {
    return Math.max(least, Math.min(most, Math.floor(this.passages() * share)));
  }

  /**
   * The words that occur, rarest first, as many as the budget of touched passages allows, at least one. What very
   * frequent words add to the order is little, and reading their lists is most of a query's time.
   */
  rarest(words: readonly string[], budget: number): string[] {
    this.#forgetWhenGrown();
    const counted = [...new Set(words)].map(word => ({ word, count: this.#count(word) })).filter(({ count }) => count > 0);
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

  /**
   * Words that are this one with a few letters behind it, as vendors write `PLLON` and `GPIOAEN`. FTS5 would put the
   * lists of all words with that beginning together anew for every query.
   */
  gluedTo(word: string): readonly string[] {
    this.#forgetWhenGrown();
    const known = this.#glued.get(word);
    if (known !== undefined) return known;
    // From `word` + a to `word` + z: behind a digit or `_` a word is also found by its parts.
    const found = this.#index.statement('SELECT term FROM word_counts WHERE term > ? AND term < ? ORDER BY doc DESC').all(`${word}\``, `${word}{`).map(row => String(row['term']));
    const glued = found.filter(term => term.length <= word.length + mostGluedLetters && /^[a-z\d]+$/.test(term)).slice(0, mostGlued);
    this.#glued.set(word, glued);
    return glued;
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
    const passages = this.passages();
    if (Math.abs(passages - this.#passages) <= this.#passages * 0.02 && this.#counts.size < 10_000) return;
    this.#counts.clear();
    this.#glued.clear();
    this.#passages = passages;
  }
}

const mostGluedLetters = 6;
const mostGlued = 60;
