import { definedFunctions, type DefinedFunction } from '../graph/definedFunctions.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { SourceFacts } from '../parse/facts.ts';

/** With more, the member is a driver interface that everything implements: following all of them would be wrong for most. */
const mostTargets = 4;
/** Files looked into for one member's name. */
const mostFiles = 40;

/** The functions that the sources put into a member of that name, where they are few; those of the caller's own file alone, where it puts some there. */
export async function pointedFunctions(source: FactSource, member: string, caller: { readonly file: string; readonly facts: SourceFacts }): Promise<DefinedFunction[]> {
  const own = namesPutInto(caller.facts, member);
  const others = own.length > 0 ? [] : (await source.mentions(member)).slice(0, mostFiles);
  const places = own.length > 0 ? [{ file: caller.file, facts: caller.facts }] : (await Promise.all(others.map(async file => ({ file, facts: await source.facts(file) })))).flatMap(({ file, facts }) => (facts === undefined ? [] : [{ file, facts }]));
  const found = new Map<string, DefinedFunction>();
  for (const { file, facts } of places) {
    for (const name of namesPutInto(facts, member)) {
      const target = found.has(name) ? undefined : await functionNamed(source, name, { file, facts });
      if (target !== undefined) found.set(name, target);
    }
  }
  return found.size > mostTargets ? [] : [...found.values()];
}

function namesPutInto(facts: SourceFacts, member: string): string[] {
  return (facts.pointers ?? []).filter(pointer => pointer.member === member).map(({ value }) => value);
}

async function functionNamed(source: FactSource, name: string, place: { readonly file: string; readonly facts: SourceFacts }): Promise<DefinedFunction | undefined> {
  const own = place.facts.functions.find(fact => fact.name === name);
  if (own !== undefined) return { ...place, function: own };
  for await (const found of definedFunctions(source, name)) return found;
  return undefined;
}
