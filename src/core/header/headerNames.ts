import { evaluateExpression } from '../graph/evaluate.ts';
import type { MacroLookup, MacroValue } from '../graph/macroTokens.ts';
import type { MacroFact, SourceFacts, TypeFact } from '../parse/facts.ts';

/** What one device header, with the headers that it builds on, defines. */
export interface HeaderNames {
  /** The device header's own path: what everything is said to come from. */
  readonly file: string;
  /** In the order of the file; the device header's own first. */
  readonly macros: readonly MacroFact[];
  readonly types: ReadonlyMap<string, TypeFact>;
  readonly enums: readonly TypeFact[];
  readonly lookup: MacroLookup;
  /** The value of an expression with the header's names; undefined when it is not constant. */
  readonly evaluate: (expression: string) => bigint | undefined;
}

/** Gathers the names of a device header; `others` lend their macros (`BIT`, `REG32`, memory bases) and types. */
export function headerNames(file: string, own: SourceFacts, others: readonly SourceFacts[] = []): HeaderNames {
  const values = new Map<string, MacroValue>();
  const types = new Map<string, TypeFact>();
  for (const facts of [own, ...others]) {
    for (const macro of facts.macros) if (!values.has(macro.name) && macro.body !== '') values.set(macro.name, { body: macro.body, ...(macro.parameters !== undefined && { parameters: macro.parameters }) });
    for (const type of facts.types) {
      if (!types.has(type.name)) types.set(type.name, type);
      if (type.kind === 'enum') for (const [name, body] of enumerators(type)) if (!values.has(name)) values.set(name, { body });
    }
  }
  const lookup: MacroLookup = name => values.get(name);
  return { file, macros: own.macros, types, enums: own.types.filter(({ kind }) => kind === 'enum'), lookup, evaluate: expression => evaluateExpression(expression, lookup) };
}

/** Enumerators with their values as expressions: one without a value is one more than the last. */
export function enumerators({ members }: TypeFact): (readonly [string, string])[] {
  let base = '0';
  let steps = -1;
  return members.map(({ name, value }) => {
    steps = value === undefined ? steps + 1 : 0;
    base = value ?? base;
    return [name, steps === 0 ? base : `((${base}) + ${steps})`] as const;
  });
}
