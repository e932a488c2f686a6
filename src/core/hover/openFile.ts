import type { FactSource } from '../graph/factSource.ts';
import { overlayFacts } from '../graph/overlayFacts.ts';
import type { SourceFacts } from '../parse/facts.ts';

/**
 * The indexed facts with the open file's own in place of what the index knows of it: its macros count even when it was
 * never indexed. Among several definitions in the file the one nearest above `line` comes first: board headers define
 * the same pins once for each board.
 */
export function withOpenFile(indexed: FactSource, open: { readonly file: string; readonly line: number }, facts: SourceFacts): FactSource {
  const overlaid = overlayFacts(indexed, open.file, facts);
  return {
    ...overlaid,
    definitions: async name => {
      const all = await overlaid.definitions(name);
      return [...nearest(all.filter(({ file }) => file === open.file), open.line), ...all.filter(({ file }) => file !== open.file)];
    },
  };
}

function nearest<Placed extends { readonly line: number }>(definitions: readonly Placed[], line: number): Placed[] {
  const distance = (other: number) => other <= line ? line - other : Number.MAX_SAFE_INTEGER - line + other;
  return definitions.toSorted((left, right) => distance(left.line) - distance(right.line));
}
