/** Sums of scores by the number of a passage. */
export interface PassageScores {
  add(passages: Int32Array, score: number): void;
  /** Those with the highest sums, of equal ones those of lower number, best first; all sums are 0 afterwards. */
  best(most: number): readonly { readonly passage: number; readonly score: number }[];
}

/** Sums in one array that grows to the largest number and is used again: a map takes longer. */
export function createPassageScores(): PassageScores {
  let sums = new Float64Array(0);
  let touched: number[] = [];
  return {
    add: (passages, score) => {
      const largest = passages.reduce((most, passage) => Math.max(most, passage), 0);
      if (largest >= sums.length) sums = grown(sums, largest + 1);
      for (const passage of passages) {
        if (sums[passage] === 0) touched.push(passage);
        sums[passage] = (sums[passage] ?? 0) + score;
      }
    },
    best: most => {
      const scored = touched.map(passage => ({ passage, score: sums[passage] ?? 0 }));
      for (const passage of touched) sums[passage] = 0;
      touched = [];
      const least = threshold(scored, most);
      return scored.filter(({ score }) => score >= least).sort((one, other) => other.score - one.score || one.passage - other.passage).slice(0, most);
    },
  };
}

function grown(sums: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.ceil(length * 1.2));
  larger.set(sums);
  return larger;
}

/** The score that so many have or exceed. Few scores are different, so that counting them is quicker than sorting all passages. */
function threshold(scored: readonly { readonly score: number }[], most: number): number {
  const counts = new Map<number, number>();
  for (const { score } of scored) counts.set(score, (counts.get(score) ?? 0) + 1);
  let above = 0;
  for (const [score, count] of [...counts].sort(([one], [other]) => other - one)) {
    above += count;
    if (above >= most) return score;
  }
  return 0;
}
