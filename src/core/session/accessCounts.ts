import { hashText } from '../text/hash.ts';
import { countAccesses, type AccessCounts } from '../graph/countAccesses.ts';
import { createGraph } from '../graph/graph.ts';
import type { UseCountReport } from '../engine.ts';
import type { Hardware } from './hardware.ts';
import type { EngineParts } from './parts.ts';

/** Milliseconds of work before other requests get their turn. */
const longestStretchMs = 15;

/**
 * Counts the uses of every register over the indexed files. What a content holds is counted once and kept: after a
 * saved source file only that file is read again, after a changed header everything.
 */
export function createAccessCounts(parts: EngineParts, hardware: () => Promise<Hardware>): (signal?: AbortSignal) => Promise<UseCountReport> {
  let basis = '';
  let known = new Map<string, AccessCounts>();
  return async signal => {
    const { device, svdKey } = await hardware();
    if (device === undefined) return { counts: {}, problems: [] };
    const { catalog } = await parts.index();
    const files = [...await catalog.files()].flatMap(([file, { contentKey }]) => contentKey === undefined || contentKey.startsWith('registers:') ? [] : [{ file, contentKey }]);
    // Macros and struct types of a header decide what an access in another file means.
    const now = hashText([svdKey ?? device.name, ...files.filter(({ file }) => /\.(h|hh|hpp|hxx|inc)$/i.test(file)).map(({ contentKey }) => contentKey).sort()].join(' '));
    if (now !== basis) known = new Map();
    basis = now;
    const graph = createGraph(catalog, device.name);
    const total = new Map<string, number>();
    let begun = parts.host.now();
    const rest = async (): Promise<void> => {
      if (parts.host.now() - begun < longestStretchMs) return;
      await parts.host.pause?.();
      begun = parts.host.now();
    };
    for (const { file, contentKey } of files) {
      if (signal?.aborted === true) return { counts: {}, problems: [] };
      const facts = known.has(contentKey) ? undefined : await catalog.facts(file);
      const counts = known.get(contentKey) ?? (facts === undefined ? new Map<string, number>() : await countAccesses(facts, { device, graph, rest }));
      known.set(contentKey, counts);
      for (const [address, count] of counts) total.set(address, (total.get(address) ?? 0) + count);
      await rest();
    }
    return { counts: Object.fromEntries(total), problems: [] };
  };
}
