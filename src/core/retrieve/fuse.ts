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

/** Damps the first ranks, so that being found twice beats being first once (Cormack, Clarke, Büttcher 2009). */
const damping = 60;

/** Reciprocal rank fusion: an id's score is the sum of weight / (60 + rank) over the lists that hold it; best first. */
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

/** A set that an item belongs to, and how many of the set are shown while others are there. */
export interface Share {
  readonly of: string;
  readonly most: number;
}

/** The first `limit` items, of each set no more than its share while items of others are there. */
export function diversify<T>(items: readonly T[], sharesOf: (item: T) => readonly Share[], limit: number): T[] {
  const counts = new Map<string, number>();
  const first: T[] = [];
  const later: T[] = [];
  for (const item of items) {
    const shares = sharesOf(item);
    const fits = shares.every(({ of, most }) => (counts.get(of) ?? 0) < most);
    if (fits) for (const { of } of shares) counts.set(of, (counts.get(of) ?? 0) + 1);
    (fits ? first : later).push(item);
  }
  return [...first, ...later].slice(0, limit);
}
