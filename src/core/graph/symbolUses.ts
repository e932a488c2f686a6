import type { FunctionFact, SourceFacts, UseFact } from '../parse/facts.ts';
import type { Definition, FactSource } from './factSource.ts';
import type { RegisterAccess } from './findAccesses.ts';

/** One place in the code that uses a name of the code itself. */
export interface SymbolUse {
  readonly file: string;
  readonly line: number;
  /** Name of the enclosing function; absent at file scope. */
  readonly function?: string;
  /** Of a variable as of a register; `passed`: within an argument; `assigned`: put into a struct member; `vector`: a slot of a vector table. */
  readonly kind: RegisterAccess['kind'] | 'call' | 'passed' | 'assigned' | 'vector';
  /** The call with its arguments, the member, the slot: what there is to see beside the place. */
  readonly expression?: string;
  /** It stands under an `#if` that does not hold in this build. */
  readonly inactive?: true;
}

/** Where a name is defined, or where it is only announced. */
export interface SymbolDefinition extends Definition {
  /** An `extern`, or a prototype of a function that no indexed file defines. */
  readonly declared?: true;
  readonly inactive?: true;
}

/** Where a function, variable, macro, type or enumerator is defined and used. */
export interface SymbolUses {
  readonly name: string;
  /** Of a function that no file defines, its prototypes. */
  readonly definitions: readonly SymbolDefinition[];
  readonly uses: readonly SymbolUse[];
}

/** Everything that the indexed files say of a name, uses in file order; undefined when they do not know it. */
export async function symbolUses(source: FactSource, name: string): Promise<SymbolUses | undefined> {
  const definitions = await source.definitions(name);
  const files = new Set([...await source.mentions(name), ...definitions.map(({ file }) => file)]);
  const uses: SymbolUse[] = [];
  const declarations: SymbolDefinition[] = [];
  for (const file of [...files].sort()) {
    const facts = await source.facts(file);
    if (facts === undefined) continue;
    uses.push(...usesIn(facts, name).map(use => ({ file, ...use })).sort((one, other) => one.line - other.line));
    declarations.push(...declarationsIn(facts, name).map(found => ({ name, file, ...found })));
  }
  const known = definitions.length === 0 ? declarations : definitions.map(definition => declarations.find(({ file, line }) => file === definition.file && line === definition.line) ?? definition);
  return known.length === 0 && uses.length === 0 ? undefined : { name, definitions: known, uses };
}

function declarationsIn({ prototypes = [], variables }: SourceFacts, name: string): Omit<SymbolDefinition, 'name' | 'file'>[] {
  return [
    ...prototypes.filter(prototype => prototype.name === name).map(({ startLine }) => ({ kind: 'function' as const, line: startLine, declared: true as const })),
    ...variables.filter(variable => variable.name === name && variable.isExtern).map(({ line }) => ({ kind: 'variable' as const, line, declared: true as const })),
  ];
}

/** Names in an expression that are no members. */
const namePattern = /(?<![\w.>])[A-Za-z_]\w*/g;

type UseHere = Omit<SymbolUse, 'file'>;

function usesIn(facts: SourceFacts, name: string): UseHere[] {
  const vectors = facts.vectors.filter(({ handler }) => handler === name).map(({ line, index, indexText }): UseHere => ({ line, kind: 'vector', expression: indexText ?? `slot ${index}` }));
  const pointers = (facts.pointers ?? []).filter(({ value }) => value === name || value === `&${name}`).map(({ line, base, member }): UseHere => ({ line, kind: 'assigned', expression: base === undefined ? `.${member}` : `${base}->${member}` }));
  return distinct([...facts.functions.flatMap(inside => calls(inside, name)), ...facts.uses.filter(use => use.name === name).map(useHere), ...vectors, ...pointers]);
}

function calls({ name: inside, calls: made }: FunctionFact, name: string): UseHere[] {
  return made.flatMap(({ name: called, line, arguments: given }): UseHere[] => {
    const expression = `${called}(${given.join(', ')})`.slice(0, 200);
    if (called === name) return [{ line, function: inside, kind: 'call', expression }];
    return given.some(argument => argument.match(namePattern)?.includes(name)) ? [{ line, function: inside, kind: 'passed', expression }] : [];
  });
}

function useHere({ line, kind, function: inside, member, addressTaken, name }: UseFact): UseHere {
  return { line, function: inside, kind: addressTaken === true ? 'address' : kind, expression: `${name}${member ?? ''}` };
}

/** A read says nothing beside another use in its line, such as the call that passes what is read. */
function distinct(uses: readonly UseHere[]): UseHere[] {
  const saysMore = ({ kind }: UseHere): boolean => kind !== 'read' && kind !== 'address';
  const lines = new Set(uses.filter(saysMore).map(({ line }) => line));
  return uses.filter(use => saysMore(use) || !lines.has(use.line));
}
