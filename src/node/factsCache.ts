import type { SourceFacts } from '../core/index.ts';

/** Facts unpacked lately, by content key: equal keys have equal facts, so nothing here ever goes stale. */
export interface FactsCache {
  get(contentKey: string, unpack: () => Packed | undefined): SourceFacts | undefined;
}

export interface Packed {
  readonly facts: SourceFacts;
  /** Size as stored: what an entry counts against the limit. */
  readonly sizeBytes: number;
}

/** Unpacked facts take about ten times their stored size, and one hover asks a device header a dozen times. */
const mostBytes = 4 * 1024 * 1024;

export function createFactsCache(limitBytes = mostBytes): FactsCache {
  const entries = new Map<string, Packed>();
  let total = 0;
  const makeRoom = (): void => {
    for (const [key, { sizeBytes }] of entries) {
      if (total <= limitBytes) return;
      entries.delete(key);
      total -= sizeBytes;
    }
  };
  return {
    get: (contentKey, unpack) => {
      const known = entries.get(contentKey);
      const entry = known ?? unpack();
      if (entry === undefined) return undefined;
      // The order of a Map is that of insertion: what was asked for last goes to the end, and out last.
      entries.delete(contentKey);
      entries.set(contentKey, entry);
      if (known === undefined) {
        total += entry.sizeBytes;
        makeRoom();
      }
      return entry.facts;
    },
  };
}
