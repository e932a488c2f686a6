import type { Language, SourceFacts } from './facts.ts';

/** Facts of a file about which nothing is known but its language. */
export function emptyFacts(language: Language): SourceFacts {
  return { language, functions: [], accesses: [], variables: [], uses: [], macros: [], types: [], vectors: [], includes: [] };
}
