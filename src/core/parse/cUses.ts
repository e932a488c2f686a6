import { contextOf, chainTop, readChain } from './cChain.ts';
import { isUpperCase, type FileScope, type FunctionScope } from './cScope.ts';
import { fieldOf, kindOf, parentOf, startLine, textOf, type CTree } from './cTree.ts';
import type { UseFact } from './facts.ts';

/** The use of a global that an identifier is; undefined for locals, callees, constants in upper case, and names in declarators. */
export function readUse(tree: CTree, node: number, file: FileScope, scope: FunctionScope): UseFact | undefined {
  const name = textOf(tree, node);
  if (scope.locals.has(name) || name === scope.head.name) return undefined;
  const variable = file.variables.get(name);
  // A statement of its own is a macro that does something: `LED_ON;`.
  if (variable === undefined && isUpperCase(name) && kindOf(tree, parentOf(tree, node)) !== 'expression_statement') return undefined;
  if (isNoUse(tree, node)) return undefined;
  const top = chainTop(tree, node);
  const { kind, operator } = contextOf(tree, top);
  const chain = top === node ? undefined : readChain(tree, top);
  const member = chain === undefined ? '' : chain.rootIndex.replace(/\[.*\]/, '[]') + chain.steps.map(step => `${step.operator}${step.name}`).join('');
  // An array handed over decays to its address.
  const isAddress = operator === '&' || (variable?.isArray === true && top === node && kindOf(tree, parentOf(tree, node)) === 'argument_list');
  return {
    name, line: startLine(tree, node), kind, function: scope.head.name,
    ...(member !== '' && { member: member.slice(0, 80) }), ...(isAddress && { addressTaken: true }),
  };
}

function isNoUse(tree: CTree, node: number): boolean {
  const parent = parentOf(tree, node);
  const field = fieldOf(tree, node);
  const kind = kindOf(tree, parent);
  if (field === 'declarator' || field === 'name' || field === 'label') return true;
  if (kind === 'call_expression' && field === 'function') return true;
  return kind.startsWith('preproc_') || kind === 'sizeof_expression' || kind.endsWith('_declarator') && field !== 'value' || kind === 'attribute_specifier' || kind === 'argument_list' && kindOf(tree, parentOf(tree, parent)) === 'attribute_specifier';
}
