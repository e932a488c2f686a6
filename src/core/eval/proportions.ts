/** A share of a number of trials, with the interval that holds the true share in 95 of 100 cases. */
export interface Proportion {
  readonly hits: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The normal distribution's 97.5 % point. */
const z = 1.959963984540054;

/** A share with Wilson's score interval, which holds near 0 and 1 too; without trials the interval is everything. */
export function wilson(hits: number, of: number): Proportion {
  if (of === 0) return { hits, of, share: 0, low: 0, high: 1 };
  const share = hits / of;
  const centre = (share + z * z / (2 * of)) / (1 + z * z / of);
  const half = z / (1 + z * z / of) * Math.sqrt(share * (1 - share) / of + z * z / (4 * of * of));
  return { hits, of, share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** Two ways of answering the same questions, where they differ. */
export interface McNemar {
  /** Questions that only the first answers rightly, and only the second. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** How likely a difference as large is if there is none: exact, two-sided. */
  readonly p: number;
}

/** McNemar's exact test over pairs of outcomes. */
export function mcNemar(pairs: readonly (readonly [boolean, boolean])[]): McNemar {
  const onlyFirst = pairs.filter(([first, second]) => first && !second).length;
  const onlySecond = pairs.filter(([first, second]) => !first && second).length;
  return { onlyFirst, onlySecond, p: Math.min(1, 2 * binomialTail(onlyFirst + onlySecond, Math.min(onlyFirst, onlySecond))) };
}

/** P(X ≤ most) of a fair coin thrown `throws` times, in logarithms: 0.5 to the power of 1100 is no number any more. */
function binomialTail(throws: number, most: number): number {
  let logTerm = -throws * Math.LN2;
  let sum = Math.exp(logTerm);
  for (let count = 1; count <= most; count += 1) {
    logTerm += Math.log((throws - count + 1) / count);
    sum += Math.exp(logTerm);
  }
  return sum;
}
