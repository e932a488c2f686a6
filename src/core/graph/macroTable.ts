import type { TypeFact } from '../parse/facts.ts';
import { chipAgreement, conditionAgreement } from './chipAgreement.ts';
import type { Definition, FactSource } from './factSource.ts';
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
export function createMacroTable(source: FactSource, chip?: string): MacroTable {
  const known = new Map<string, MacroValue | undefined>();
  const load = async (texts: readonly string[]): Promise<void> => {
    const waiting = new Set(texts.flatMap(namesIn));
    let fetched = 0;
    for (const name of waiting) {
      // Noted after the wait only: a second text that needs the same name meanwhile fetches it again rather than miss it.
      const value = known.has(name) ? known.get(name) : await macroOf(source, name, chip);
      fetched += known.has(name) ? 0 : 1;
      known.set(name, value);
      if (fetched > mostNames) return;
      if (value !== undefined) for (const inner of namesIn(value.body)) waiting.add(inner);
    }
  };
  return { load, lookup: name => known.get(name) };
}

/** Definitions compared; a name defined more often is a build system's. */
const mostDefinitions = 24;

/** The macro or enumerator of that name. Among several definitions those for this chip come first, then the source's order. */
async function macroOf(source: FactSource, name: string, chip: string | undefined): Promise<MacroValue | undefined> {
  const definitions = (await source.definitions(name)).filter(({ kind }) => kind === 'macro' || kind === 'enumerator');
  let best: { readonly value: MacroValue; readonly rank: number } | undefined;
  for (const definition of definitions.slice(0, mostDefinitions)) {
    const { value, condition } = await valueOf(source, definition);
    const rank = definitions.length === 1 ? 0 : ranks[conditionAgreement(condition ?? '', chip)] * 3 + ranks[chipAgreement(definition.file, chip)];
    if (value !== undefined && (best === undefined || rank < best.rank)) best = { value, rank };
    if (best?.rank === 0) break;
  }
  return best?.value;
}

const ranks = { same: 0, unknown: 0, other: 2 } as const;

async function valueOf(source: FactSource, { name, kind, file, line }: Definition): Promise<{ readonly value?: MacroValue; readonly condition?: string | undefined }> {
  const facts = await source.facts(file);
  if (kind === 'macro') {
    const macro = facts?.macros.find(fact => fact.name === name && fact.line === line) ?? facts?.macros.find(fact => fact.name === name);
    return macro === undefined || macro.body === '' ? {} : { value: { body: macro.body, ...(macro.parameters !== undefined && { parameters: macro.parameters }) }, condition: macro.condition };
  }
  for (const type of facts?.types ?? []) {
    const value = type.kind === 'enum' ? enumeratorValue(type, name) : undefined;
    if (value !== undefined) return { value: { body: value } };
  }
  return {};
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
