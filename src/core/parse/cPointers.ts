import type { FileScope, FunctionScope } from './cScope.ts';
import { bareExpression, childByField, firstChild, kindOf, noNode, oneLine, startLine, textOf, type CTree } from './cTree.ts';
import type { PointerFact } from './facts.ts';

/** What is read of a file so far. */
interface PointerReading {
  readonly tree: CTree;
  readonly scopes: readonly FunctionScope[];
  readonly pointers: PointerFact[];
  readonly file: FileScope;
}

/** Notes a name put into a struct's member: it may be a function, an interrupt or the peripheral of a HAL's handle; and a priority. */
export function notePointer({ tree, scopes, pointers, file }: PointerReading, node: number, { left, right }: { readonly left: number; readonly right: number }): void {
  const target = kindOf(tree, left) === 'field_expression' ? childByField(tree, left, 'field') : kindOf(tree, left) === 'field_designator' ? firstChild(tree, left) : noNode;
  let value = bareExpression(tree, right);
  if (kindOf(tree, value) === 'pointer_expression') value = bareExpression(tree, childByField(tree, value, 'argument'));
  const member = textOf(tree, target);
  // Priorities of interrupts are numbers and constants.
  const isPriority = /priority$/i.test(member);
  if (target === noNode || !(isPriority ? /^(identifier|number_literal)$/ : /^(qualified_)?identifier$/).test(kindOf(tree, value))) return;
  const name = textOf(tree, value);
  if (!isPriority && !/^(Instance|\w*IRQChannel(Cmd)?)$/.test(member) && isConstant(name) || scopes.at(-1)?.locals.has(name) === true || file.variables.has(name)) return;
  const base = kindOf(tree, left) === 'field_expression' ? oneLine(tree, childByField(tree, left, 'argument'), 60) : undefined;
  pointers.push({ member, ...(base !== undefined && { base }), value: name, line: startLine(tree, node) });
}

/** `NULL`, `GPIO_MODE_INPUT`, `true`: names that no function has. */
function isConstant(name: string): boolean {
  return /^([A-Z_][A-Z0-9_]*|true|false|nullptr)$/.test(name);
}
