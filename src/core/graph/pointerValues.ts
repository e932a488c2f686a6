import type { FunctionFact, SourceFacts } from '../parse/facts.ts';

/** What is known of a variable or parameter that a register is reached through. */
export interface PointerValue {
  readonly type: string;
  /** What it points at, as written: an initialiser, or the argument that every call in this file passes. */
  readonly value?: string;
  /** The function in which `value` stands; absent at file scope. */
  readonly function: string | undefined;
}

/** The variable or parameter at the root of `base` (`huart->Instance`, `uart`); undefined when the file declares none of that name. */
export function valueOfPointer(facts: SourceFacts, functionName: string | undefined, base: string): PointerValue | undefined {
  const [, root = '', rest = ''] = /^[&*(\s]*([A-Za-z_]\w*)\s*(.*)$/.exec(base) ?? [];
  const around = facts.functions.find(({ name }) => name === functionName);
  const local = functionName === undefined ? undefined : facts.variables.findLast(variable => variable.name === root && variable.function === functionName);
  const position = around?.parameters.findIndex(({ name }) => name === root) ?? -1;
  if (local === undefined && around !== undefined && position !== -1) {
    const passed = rest === '' ? passedByAll(facts, around, position) : undefined;
    return { type: around.parameters[position]?.type ?? '', ...(passed !== undefined && { value: passed.value }), function: passed?.function };
  }
  const variable = local ?? facts.variables.find(({ name, function: inside }) => name === root && inside === undefined);
  if (variable === undefined) return undefined;
  const value = rest === '' ? pointee(variable.initializer) : undefined;
  return { type: variable.type, ...(value !== undefined && { value }), function: variable.function };
}

/** A name or cast address; anything that must be computed at run time is not followed. */
function pointee(initializer: string | undefined): string | undefined {
  // The cast before a number stays: it tells which struct lies at the address.
  const value = initializer?.replace(/^\(\s*\w+\s*\*\s*\)\s*(?![\s\d(])/, '').trim();
  return value !== undefined && /^[&(]*[A-Za-z_][\w>.-]*\)*$|^\(.*\*\s*\)\s*\(?\w+\)?$|^0x[\da-f]+$/i.test(value) && !/^(NULL|nullptr|true|false)$/.test(value) ? value.replace(/^&/, '') : undefined;
}

/** A static function's argument, when every call in the file passes the same. */
function passedByAll(facts: SourceFacts, { name, isStatic }: FunctionFact, position: number): { readonly value: string; readonly function: string } | undefined {
  if (!isStatic) return undefined;
  const calls = facts.functions.flatMap(caller => caller.calls.filter(call => call.name === name).map(call => ({ value: call.arguments[position] ?? '', function: caller.name })));
  const [one] = calls;
  return one !== undefined && calls.every(({ value }) => value === one.value) && pointee(one.value) !== undefined && one.function !== name ? one : undefined;
}
