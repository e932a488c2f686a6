import type { FunctionFact, SourceFacts } from '../parse/facts.ts';
import type { FactSource } from './factSource.ts';

/** A function with the file that defines it. */
export interface DefinedFunction {
  readonly file: string;
  readonly facts: SourceFacts;
  readonly function: FunctionFact;
}

/** The definitions of a function among the first `most` of its name: those that every file sees, a header's static ones among them, and `from`'s own. */
export async function* definedFunctions(source: FactSource, name: string, { from, most }: { readonly from?: string | undefined; readonly most?: number } = {}): AsyncGenerator<DefinedFunction, void> {
  for (const { kind, file } of (await source.definitions(name)).slice(0, most)) {
    const facts = kind === 'function' ? await source.facts(file) : undefined;
    const found = facts?.functions.find(fact => fact.name === name && (!fact.isStatic || file === from || isHeader(file)));
    if (facts !== undefined && found !== undefined) yield { file, facts, function: found };
  }
}

function isHeader(file: string): boolean {
  return /\.(h|hh|hpp|hxx|h\+\+|inl|ipp|tpp)$/i.test(file);
}
