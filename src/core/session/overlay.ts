import type { FactSource } from '../graph/factSource.ts';
import type { SourceFacts } from '../parse/facts.ts';
import { definedNames, holdsHandlers, mentionedNames } from '../store/names.ts';

/** The indexed facts, with one file as the editor shows it now: what the index knows of that file no longer counts. */
export function overlayFacts(indexed: FactSource, file: string, facts: SourceFacts): FactSource {
  const defined = definedNames(facts).map(definition => ({ ...definition, file }));
  const mentioned = mentionedNames(facts);
  const withFile = (files: readonly string[], holds: boolean): readonly string[] => {
    const others = files.filter(name => name !== file);
    return holds ? [file, ...others] : others;
  };
  return {
    facts: async name => (name === file ? facts : indexed.facts(name)),
    definitions: async name => [...defined.filter(definition => definition.name === name), ...(await indexed.definitions(name)).filter(definition => definition.file !== file)],
    handlerFiles: async () => withFile(await indexed.handlerFiles(), holdsHandlers(facts)),
    mentions: async name => withFile(await indexed.mentions(name), mentioned.has(name)),
  };
}
