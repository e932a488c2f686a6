import type { TypeFact } from '../parse/facts.ts';
import type { FactSource } from './factSource.ts';
import { cTokens, type MacroLookup, type MacroValue } from './macroTokens.ts';

/** Macros and enumerators of a fact source, fetched when first needed and then at hand without waiting. */
export interface MacroTable {
  /** Fetches every macro that the texts need, directly or through other macros. */
  load(texts: readonly string[]): Promise<void>;
  /** What has been fetched. */
  readonly lookup: MacroLookup;
}

/** Names fetched for one text; a register macro needs a dozen. */
const mostNames = 400;

/** A table over a source; what it fetched stays until it is dropped, so make a new one after the files changed. */
export function createMacroTable(source: FactSource): MacroTable {
  const known = new Map<string, MacroValue | undefined>();
  const load = async (texts: readonly string[]): Promise<void> => {
    const waiting = new Set(texts.flatMap(namesIn));
    let fetched = 0;
    for (const name of waiting) {
      // Noted after the wait only: a second text that needs the same name meanwhile fetches it again rather than miss it.
      const value = known.has(name) ? known.get(name) : await macroOf(source, name);
      fetched += known.has(name) ? 0 : 1;
      known.set(name, value);
      if (fetched > mostNames) return;
      if (value !== undefined) for (const inner of namesIn(value.body)) waiting.add(inner);
    }
  };
  return { load, lookup: name => known.get(name) };
}

/** The macro or enumerator of that name; the first definition counts when there are several. */
async function macroOf(source: FactSource, name: string): Promise<MacroValue | undefined> {
  for (const { kind, file, line } of await source.definitions(name)) {
    if (kind !== 'macro' && kind !== 'enumerator') continue;
    const facts = await source.facts(file);
    if (kind === 'macro') {
      const macro = facts?.macros.find(fact => fact.name === name && fact.line === line) ?? facts?.macros.find(fact => fact.name === name);
      if (macro !== undefined && macro.body !== '') return { body: macro.body, ...(macro.parameters !== undefined && { parameters: macro.parameters }) };
    } else {
      for (const type of facts?.types ?? []) {
        const value = type.kind === 'enum' ? enumeratorValue(type, name) : undefined;
        if (value !== undefined) return { body: value };
      }
    }
  }
  return undefined;
}

/** An enumerator's value as an expression: the last one given before it, plus the steps since. */
function enumeratorValue({ members }: TypeFact, name: string): string | undefined {
  const position = members.findIndex(member => member.name === name);
  if (position === -1) return undefined;
  const given = members.findLastIndex((member, index) => index <= position && member.value !== undefined);
  return given === -1 ? String(position) : `((${members[given]?.value ?? '0'}) + ${position - given})`;
}

function namesIn(text: string): string[] {
  return cTokens(text).filter(token => /^[A-Za-z_]/.test(token));
}
