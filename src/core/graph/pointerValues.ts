import type { FunctionFact, SourceFacts, VariableFact } from '../parse/facts.ts';
import { splitBase, typeOfChain, valuesInInitializer } from './chainTypes.ts';
import type { FactSource } from './factSource.ts';

/** What is known of a variable, parameter, member or call that a register is reached through. */
export interface PointerValue {
  readonly type: string;
  /** What it may point at, as written: an initialiser, each side of `?:`, a table's entries, or the argument that every call in this file passes. */
  readonly values: readonly string[];
  /** The function in which `values` stand; absent at file scope. */
  readonly function: string | undefined;
  /** Facts of the file in which they stand. */
  readonly facts: SourceFacts;
}

/** Where a pointer is looked for. */
export interface PointerContext {
  readonly source: FactSource;
  readonly facts: SourceFacts;
  readonly function: string | undefined;
}

/** The variable, parameter or call at the root of `base` (`huart->Instance`, `uart`, `motors[1]->tim`); undefined when nothing declares one of that name. */
export async function valueOfPointer(context: PointerContext, base: string): Promise<PointerValue | undefined> {
  const call = /^[&*(\s]*([a-z]\w*)\s*\([^]*\)$/.exec(base)?.[1];
  if (call !== undefined) return returnedPointer(context, call);
  const split = splitBase(base);
  if (split === undefined) return undefined;
  const { root, rootIndex, steps } = split;
  const parameter = steps.length === 0 ? parameterValue(context, root) : undefined;
  if (parameter !== undefined) return parameter;
  const declared = await declarationOf(context, root);
  if (declared === undefined) return undefined;
  const { type, initializer, facts } = declared;
  const end = await typeOfChain(context.source, facts, type, steps) ?? type;
  const isTable = steps.length > 0 || rootIndex !== undefined;
  const texts = initializer === undefined ? [] : isTable ? await valuesInInitializer(context.source, facts, { type, initializer, rootIndex, steps }) : [initializer];
  return { type: end, values: [...new Set(texts.flatMap(pointees))], function: declared.function, facts };
}

interface Declared {
  readonly type: string;
  readonly initializer?: string | undefined;
  readonly function: string | undefined;
  readonly facts: SourceFacts;
}

async function declarationOf(context: PointerContext, root: string): Promise<Declared | undefined> {
  const { facts, function: inside } = context;
  const around = facts.functions.find(({ name }) => name === inside);
  const local = inside === undefined ? undefined : facts.variables.findLast(variable => variable.name === root && variable.function === inside);
  if (local !== undefined) return declared(local, facts);
  const parameter = around?.parameters.find(({ name }) => name === root);
  if (parameter !== undefined) return { type: parameter.type, function: inside, facts };
  const globals = facts.variables.filter(({ name, function: owner }) => name === root && owner === undefined);
  const own = globals.find(({ initializer }) => initializer !== undefined) ?? globals[0];
  // A table may be declared here and filled elsewhere.
  if (own !== undefined && (!own.isExtern || own.initializer !== undefined)) return declared(own, facts);
  return await memberOfClass(context, root) ?? await globalOf(context.source, root) ?? (own === undefined ? undefined : declared(own, facts));
}

/** `spi` in `SpiMaster::Init`, where the class declares `NRF_SPIM_Type *spi;`. */
async function memberOfClass({ source, facts, function: inside }: PointerContext, root: string): Promise<Declared | undefined> {
  const owner = inside === undefined ? undefined : /(\w+)::~?\w+$/.exec(inside)?.[1];
  const type = owner === undefined ? undefined : await typeOfChain(source, facts, owner, [{ name: root, index: undefined }]);
  return type === undefined ? undefined : { type, function: undefined, facts };
}

/** Files looked through for a global; a name declared in more is a common one. */
const mostFiles = 8;

async function globalOf(source: FactSource, root: string): Promise<Declared | undefined> {
  let found: Declared | undefined;
  for (const { file } of (await source.definitions(root)).filter(({ kind }) => kind === 'variable').slice(0, mostFiles)) {
    const facts = await source.facts(file);
    const variable = facts?.variables.find(({ name, function: inside, initializer, isExtern }) => name === root && inside === undefined && (initializer !== undefined || !isExtern))
      ?? facts?.variables.find(({ name, function: inside }) => name === root && inside === undefined);
    if (facts === undefined || variable === undefined) continue;
    if (variable.initializer !== undefined) return declared(variable, facts);
    found ??= declared(variable, facts);
  }
  return found;
}

function declared({ type, initializer, function: inside }: VariableFact, facts: SourceFacts): Declared {
  return { type, initializer, function: inside, facts };
}

function parameterValue({ facts, function: inside }: PointerContext, root: string): PointerValue | undefined {
  const around = facts.functions.find(({ name }) => name === inside);
  const isLocal = facts.variables.some(variable => variable.name === root && variable.function === inside);
  const position = around?.parameters.findIndex(({ name }) => name === root) ?? -1;
  if (around === undefined || inside === undefined || position === -1 || isLocal) return undefined;
  const passed = passedByAll(facts, around, position);
  return { type: around.parameters[position]?.type ?? '', values: passed === undefined ? [] : [passed.value], function: passed?.function, facts };
}

/** `uart_get_hw(uart)`: the type that the function's head names; of the Pico SDK's getters it is known without the head. */
async function returnedPointer({ source, facts }: PointerContext, name: string): Promise<PointerValue | undefined> {
  const nothing = { values: [], function: undefined, facts };
  for (const { kind, file } of (await source.definitions(name)).slice(0, mostFiles)) {
    const signature = kind === 'function' ? (await source.facts(file))?.functions.find(fact => fact.name === name)?.signature : undefined;
    const type = signature === undefined ? undefined : new RegExp(`(\\w+)\\s*\\*+\\s*${name}\\b`).exec(signature)?.[1];
    if (type !== undefined) return { type: `${type} *`, ...nothing };
  }
  const pico = /^(\w+)_get_hw$/.exec(name)?.[1];
  return pico === undefined ? undefined : { type: `${pico}_hw_t *`, ...nothing };
}

/** Names or cast addresses; anything else that must be computed at run time is not followed. */
function pointees(initializer: string): string[] {
  const ternary = /^\(*[^?]*\?\s*([^:?]+?)\s*:\s*([^:?]+?)\)*$/.exec(initializer);
  if (ternary !== null) return [ternary[1] ?? '', ternary[2] ?? ''].flatMap(pointees);
  // The cast before a number stays: it tells which struct lies at the address.
  const value = initializer.replace(/^\(\s*(?:const\s+|volatile\s+|struct\s+)*\w+\s*(?:const\s*|volatile\s*)*\*\s*\)\s*(?![\s\d(])/, '').trim();
  const isFollowed = /^[&(]*[A-Za-z_][\w>.[\]-]*\)*$|^\(.*\*\s*\)\s*\(?\w+\)?$|^\([^()]*\*(?:\s*const)?\s*\)\s*\([\w\s+()]+\)$|^0x[\da-f]+$/i.test(value) && !/^(NULL|nullptr|true|false)$/.test(value);
  return isFollowed ? [value.replace(/^&/, '')] : [];
}

/** A static function's argument, when every call in the file passes the same. */
function passedByAll(facts: SourceFacts, { name, isStatic }: FunctionFact, position: number): { readonly value: string; readonly function: string } | undefined {
  if (!isStatic) return undefined;
  const calls = facts.functions.flatMap(caller => caller.calls.filter(call => call.name === name).map(call => ({ value: call.arguments[position] ?? '', function: caller.name })));
  const [one] = calls;
  return one !== undefined && calls.every(({ value }) => value === one.value) && pointees(one.value).length === 1 && one.function !== name ? { value: pointees(one.value)[0] ?? '', function: one.function } : undefined;
}
