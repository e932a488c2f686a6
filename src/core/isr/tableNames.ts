import type { FactSource } from '../graph/factSource.ts';
import type { MacroTable } from '../graph/macroTable.ts';
import { expandMacros } from '../graph/macroTokens.ts';
import type { FunctionFact, SourceFacts } from '../parse/facts.ts';
import { isHandlerName } from '../parse/handlerNames.ts';

/** The names by which a vector table may know a function. */
export interface TableNames {
  /** One where it is known: its own, or what a macro makes of it; several where the build chooses between macros. */
  readonly names: readonly string[];
  /** A macro renames the function. */
  readonly isMacro: boolean;
}

/** Where names are looked up. */
export interface NamingContext {
  readonly source: FactSource;
  readonly macros: MacroTable;
  readonly facts: SourceFacts;
}

/** `#define BUTTON_isr exti0_isr`, `#define STEPPER_IRQHandler HANDLER(5)`: the function stands in the table under the macro's name. Some compilers name the slot in an attribute. */
export async function tableNamesOf({ name, attributes }: FunctionFact, context: NamingContext): Promise<TableNames> {
  const slot = attributes.map(attribute => /^(?:vector|interrupt|__interrupt|__ISR)\((\w+_VECTOR)\b/i.exec(attribute)?.[1]).find(found => found !== undefined);
  if (slot !== undefined) return { names: [slot.replace(/^_/, '')], isMacro: false };
  const bodies = await macroBodies(name, context);
  await context.macros.load(bodies);
  const names = new Set(bodies.flatMap(body => {
    const [token, ...more] = expandMacros(body, context.macros.lookup) ?? [];
    return token !== undefined && more.length === 0 && isHandlerName(token) ? [token] : [];
  }));
  return { names: names.size > 0 ? [...names] : [name], isMacro: bodies.length > 0 };
}

/** Those of the file itself hide all others. */
async function macroBodies(name: string, { source, facts }: NamingContext): Promise<string[]> {
  const own = facts.macros.filter(macro => macro.name === name && macro.parameters === undefined);
  if (own.length > 0) return own.map(({ body }) => body);
  const bodies: string[] = [];
  for (const { kind, file, line } of await source.definitions(name)) {
    const macro = kind === 'macro' ? (await source.facts(file))?.macros.find(candidate => candidate.name === name && candidate.line === line && candidate.parameters === undefined) : undefined;
    if (macro !== undefined) bodies.push(macro.body);
  }
  return bodies;
}
