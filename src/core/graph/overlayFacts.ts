import type { FactSource } from './factSource.ts';
import type { SourceFacts } from '../parse/facts.ts';
import { definedNames, holdsHandlers, mentionedNames } from './names.ts';

/** The indexed facts, with one file as the editor shows it now: what the index knows of that file no longer counts. */
export function overlayFacts(indexed: FactSource, file: string, facts: SourceFacts): FactSource {
  // Worked out at the first question: a hover often asks for nothing but one register's name.
  const defined = once(() => Map.groupBy(definedNames(facts).map(definition => ({ ...definition, file })), ({ name }) => name));
  const mentioned = once(() => mentionedNames(facts));
  const withFile = (files: readonly string[], holds: boolean): readonly string[] => {
    const others = files.filter(name => name !== file);
    return holds ? [file, ...others] : others;
  };
  return {
    facts: async name => (name === file ? facts : indexed.facts(name)),
    definitions: async name => [...defined().get(name) ?? [], ...(await indexed.definitions(name)).filter(definition => definition.file !== file)],
    handlerFiles: async () => withFile(await indexed.handlerFiles(), holdsHandlers(facts)),
    mentions: async name => withFile(await indexed.mentions(name), mentioned().has(name)),
    ...(indexed.namesStarting !== undefined && { namesStarting: async (prefix: string, limit: number) => await indexed.namesStarting?.(prefix, limit) ?? [] }),
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => made ??= make();
}
