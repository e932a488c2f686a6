import type { Definition, FactSource } from '../../../src/core/graph/factSource.ts';
import type { SourceFacts } from '../../../src/core/parse/facts.ts';
import { definedNames, holdsHandlers, mentionedNames } from '../../../src/core/graph/names.ts';

/** A fact source over facts in memory, by file; it answers as the catalog of an indexed workspace does. */
export function memoryFactSource(files: ReadonlyMap<string, SourceFacts>): FactSource {
  const definitions = new Map<string, Definition[]>();
  const mentions = new Map<string, string[]>();
  for (const [file, facts] of files) {
    for (const definition of definedNames(facts)) definitions.set(definition.name, [...definitions.get(definition.name) ?? [], { ...definition, file }]);
    for (const name of mentionedNames(facts)) mentions.set(name, [...mentions.get(name) ?? [], file]);
  }
  return {
    facts: async file => files.get(file),
    definitions: async name => definitions.get(name) ?? [],
    handlerFiles: async () => [...files].filter(([, facts]) => holdsHandlers(facts)).map(([file]) => file),
    mentions: async name => mentions.get(name) ?? [],
  };
}
