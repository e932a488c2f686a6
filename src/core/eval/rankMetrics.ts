/** How well a set of questions was answered, each figure from 0 to 1. */
export interface RankMetrics {
  readonly questions: number;
  readonly recallAt1: number;
  readonly recallAt5: number;
  readonly recallAt10: number;
  /** Mean of 1 / rank of the first answer, 0 where none is among the ten. */
  readonly mrr: number;
  /** With one wanted answer a question: mean of 1 / log2(1 + rank). */
  readonly ndcgAt10: number;
}

/**
 * Figures of questions by the rank of the first true answer, undefined where none was found. Any of a question's true
 * places answers it, so that the ideal ranking has one answer, in the first place.
 */
export function rankMetrics(ranks: readonly (number | undefined)[]): RankMetrics {
  const mean = (worth: (rank: number) => number): number => ranks.length === 0 ? 0 : ranks.reduce<number>((sum, rank) => sum + (rank === undefined || rank > 10 ? 0 : worth(rank)), 0) / ranks.length;
  return {
    questions: ranks.length,
    recallAt1: mean(rank => Number(rank <= 1)),
    recallAt5: mean(rank => Number(rank <= 5)),
    recallAt10: mean(() => 1),
    mrr: mean(rank => 1 / rank),
    ndcgAt10: mean(rank => 1 / Math.log2(1 + rank)),
  };
}
