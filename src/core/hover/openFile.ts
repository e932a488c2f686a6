import type { Definition, FactSource } from '../graph/factSource.ts';
import type { SourceFacts } from '../parse/facts.ts';

/**
 * The indexed facts with the open file's own in place of what the index knows of it: its macros count even when it was
 * never indexed. Among several definitions in the file the one nearest above `line` comes first: board headers define
 * the same pins once for each board.
 */
export function withOpenFile(indexed: FactSource, open: { readonly file: string; readonly line: number }, facts: SourceFacts): FactSource {
  const { file } = open;
  return {
    ...indexed,
    facts: async name => name === file ? facts : indexed.facts(name),
    definitions: async name => [...nearest(definitionsIn(facts, name), open.line).map(definition => ({ ...definition, file })), ...(await indexed.definitions(name)).filter(definition => definition.file !== file)],
  };
}

function nearest<Placed extends { readonly line: number }>(definitions: readonly Placed[], line: number): Placed[] {
  const distance = (other: number) => other <= line ? line - other : Number.MAX_SAFE_INTEGER - line + other;
  return definitions.toSorted((left, right) => distance(left.line) - distance(right.line));
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
