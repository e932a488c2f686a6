import type { FactSource } from '../graph/factSource.ts';
import type { EngineParts } from './parts.ts';

/** Knows nothing: what is left when there can be no index. */
const noFacts: FactSource = {
  facts: async () => undefined,
  definitions: async () => [],
  handlerFiles: async () => [],
  mentions: async () => [],
};

/** The index as a source of facts. A full disk or a broken index must not take the hover with it: then nothing is known of other files. */
export async function indexedFacts(parts: EngineParts): Promise<FactSource> {
  try {
    return (await parts.index()).catalog;
  } catch (error) {
    parts.host.log(`Working without the index: ${error instanceof Error ? error.message : String(error)}`);
    return noFacts;
  }
}
