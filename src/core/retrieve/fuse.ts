/** Ids in order of one way of searching, best first. */
export interface RankedList {
  readonly source: string;
  readonly weight: number;
  readonly ids: readonly string[];
  /** Places left free before the first: what is only near comes below what was asked for. */
  readonly offset?: number;
  /** Why an id is in the list, in words for people. */
  readonly why?: ReadonlyMap<string, string>;
}

export interface FusedId {
  readonly id: string;
  readonly score: number;
  readonly sources: readonly string[];
  readonly why: readonly string[];
}

/**
 * Damps the first ranks, so that being found twice beats being first once. Cormack, Clarke and Büttcher (2009) have 60,
 * for lists of a thousand; with that, passages far down in each of our lists came before the first of one. Measured
 * with `halcyon eval retrieval`.
 */
const damping = 15;

/** Reciprocal rank fusion: an id's score is the sum of weight / (15 + rank) over the lists that hold it; best first. */
export function fuse(lists: readonly RankedList[]): FusedId[] {
  const found = new Map<string, { score: number; sources: Set<string>; why: Set<string> }>();
  for (const { source, weight, ids, offset = 0, why } of lists) {
    for (const [position, id] of [...new Set(ids)].entries()) {
      const entry = found.get(id) ?? { score: 0, sources: new Set(), why: new Set() };
      entry.score += weight / (damping + offset + position + 1);
      entry.sources.add(source);
      const reason = why?.get(id);
      if (reason !== undefined) entry.why.add(reason);
      found.set(id, entry);
    }
  }
  return [...found].map(([id, { score, sources, why }]) => ({ id, score, sources: [...sources], why: [...why] }))
    .sort((one, other) => other.score - one.score);
}

/** A set that an item belongs to, and how many of the set are shown at their full score. */
export interface Share {
  readonly of: string;
  readonly most: number;
}

/** What an item beyond its set's share counts: enough to come before what was hardly asked for. */
const beyondShare = 0.75;

/** The first `limit` items by their score, which is lowered for what goes beyond the share of one of its sets. */
export function diversify<T extends { readonly score: number }>(items: readonly T[], sharesOf: (item: T) => readonly Share[], limit: number): T[] {
  const counts = new Map<string, number>();
  const weighed = items.map(item => {
    const shares = sharesOf(item);
    for (const { of } of shares) counts.set(of, (counts.get(of) ?? 0) + 1);
    const fits = shares.every(({ of, most }) => (counts.get(of) ?? 0) <= most);
    return { item, score: fits ? item.score : item.score * beyondShare };
  });
  return weighed.sort((one, other) => other.score - one.score).slice(0, limit).map(({ item }) => item);
}
