import type { Definition, FactSource } from '../graph/factSource.ts';
import type { SourceFacts } from '../parse/facts.ts';

/** The indexed facts with the open file's own in place of what the index knows of it: its macros count even when it was never indexed. */
export function withOpenFile(indexed: FactSource, file: string, facts: SourceFacts): FactSource {
  return {
    ...indexed,
    facts: async name => name === file ? facts : indexed.facts(name),
    definitions: async name => [...definitionsIn(facts, name).map(definition => ({ ...definition, file })), ...(await indexed.definitions(name)).filter(definition => definition.file !== file)],
  };
}

function definitionsIn({ macros, types, functions, variables }: SourceFacts, name: string): Omit<Definition, 'file'>[] {
  const enumerators = types.flatMap(type => type.kind === 'enum' ? type.members : []);
  const named = (facts: readonly { readonly name: string; readonly line: number }[], kind: Definition['kind']) => facts.filter(fact => fact.name === name).map(({ line }) => ({ name, kind, line }));
  return [
    ...named(macros, 'macro'), ...named(enumerators, 'enumerator'),
    ...named(types.map(type => ({ name: type.name, line: type.startLine })), 'type'),
    ...named(functions.map(fact => ({ name: fact.name, line: fact.startLine })), 'function'),
    ...named(variables.filter(fact => fact.function === undefined), 'variable'),
  ];
}
