import { qualifiersAround } from './cBlank.ts';
import { docStartLine } from './cComments.ts';
import { declaratorsOf, readDeclarator, readSpecifiers, typeText } from './cDeclarators.ts';
import { childByField, childrenOf, endLine, firstChild, kindOf, noNode, oneLine, squeeze, startLine, textOf, type CTree } from './cTree.ts';
import type { BranchFact, CallFact, FunctionFact, LoopFact, ParameterFact } from './facts.ts';

/** A function's facts without what the walk through its body adds. */
export type FunctionHead = Omit<FunctionFact, 'calls' | 'loops' | 'branches'>;

/** Reads a function definition; undefined when no name can be made out. */
export function readFunction(tree: CTree, node: number): FunctionHead | undefined {
  const declarator = readDeclarator(tree, childByField(tree, node, 'declarator'));
  if (declarator === undefined) return undefined;
  const body = childByField(tree, node, 'body');
  const headEnd = body === noNode ? tree.end[node] ?? 0 : tree.start[body] ?? 0;
  const qualifiers = qualifiersAround(tree, tree.start[node] ?? 0, headEnd);
  const start = Math.min(tree.start[node] ?? 0, qualifiers[0]?.start ?? Infinity);
  const specifiers = readSpecifiers(tree, node);
  const wrapper = declarator.parameters === noNode && /^[A-Z_]+$/.test(specifiers.type) ? [specifiers.type] : [];
  return {
    name: declarator.name, startLine: startLine(tree, node), endLine: endLine(tree, node), docStartLine: docStartLine(tree, start),
    signature: squeeze(tree.text.slice(start, Math.min(headEnd, start + 1200)), 300),
    parameters: declarator.parameters === noNode ? [] : readParameters(tree, declarator.parameters),
    isStatic: specifiers.isStatic,
    attributes: [...wrapper, ...vectorPragma(tree.text, start), ...qualifiers.map(({ word }) => word).filter(word => !/^__(IO|I|O|IM|OM|IOM)$/.test(word)), ...attributesOf(tree, node, body)],
  };
}

/** A function whose closing brace is still missing, from its declarator: it ends where the parser gave up. */
export function readUnclosedFunction(tree: CTree, node: number): FunctionHead | undefined {
  const declarator = readDeclarator(tree, node);
  if (declarator === undefined || declarator.parameters === noNode) return undefined;
  const start = tree.text.lastIndexOf('\n', tree.start[node] ?? 0) + 1;
  const line = startLine(tree, node);
  return {
    name: declarator.name, startLine: line, endLine: line, docStartLine: docStartLine(tree, start), isUnclosed: true,
    signature: squeeze(tree.text.slice(start, tree.end[node]), 300), parameters: readParameters(tree, declarator.parameters),
    isStatic: /\bstatic\b/.test(tree.text.slice(start, tree.start[node])), attributes: vectorPragma(tree.text, start),
  };
}

/** `#pragma vector = TIMER0_A0_VECTOR` on the line above: MSP430's way of naming the slot. */
function vectorPragma(text: string, start: number): string[] {
  const vector = /#[ \t]*pragma[ \t]+vector[ \t]*=[ \t]*([^\n]+?)\s*$/.exec(text.slice(Math.max(0, start - 200), start))?.[1];
  return vector === undefined ? [] : [`vector(${squeeze(vector, 120)})`];
}

/** A call with its argument texts; undefined when the callee has no name worth keeping. */
export function readCall(tree: CTree, node: number): CallFact | undefined {
  const callee = childByField(tree, node, 'function');
  const kind = kindOf(tree, callee);
  if (kind !== 'identifier' && kind !== 'field_expression' && kind !== 'qualified_identifier' && kind !== 'template_function') return undefined;
  return { name: oneLine(tree, callee, 80), line: startLine(tree, node), arguments: argumentNodes(tree, node).map(argument => oneLine(tree, argument)) };
}

/** A `for`, `while` or `do` loop; whether it can be left shows only further on. */
export function readLoop(tree: CTree, node: number): Omit<LoopFact, 'hasExit'> {
  const condition = childByField(tree, node, 'condition');
  const body = childByField(tree, node, 'body');
  return {
    line: startLine(tree, node), endLine: endLine(tree, node),
    condition: oneLine(tree, condition).replace(/^\((.*)\)$/, '$1').trim(),
    isEmpty: childrenOf(tree, body).every(child => isNothing(tree, child)),
  };
}

/** The arms of an `if` or the body of a `switch`; what stands on the condition's own line may be the condition. */
export function readBranches(tree: CTree, node: number): BranchFact[] {
  const condition = oneLine(tree, childByField(tree, node, 'condition'), 80).replace(/^\((.*)\)$/, '$1').trim();
  const arm = (field: string): readonly [number, number][] => {
    const inner = childByField(tree, node, field);
    return inner === noNode ? [] : [[startLine(tree, inner), endLine(tree, inner)]];
  };
  if (kindOf(tree, node) === 'switch_statement') return arm('body').map(([line, end]) => ({ line, endLine: end, condition, isSwitch: true }));
  return [...arm('consequence').map(([line, end]) => ({ line, endLine: end, condition })), ...arm('alternative').map(([line, end]) => ({ line, endLine: end, condition, isElse: true as const }))];
}

/** A comment, or a lone `;`. */
function isNothing(tree: CTree, node: number): boolean {
  const kind = kindOf(tree, node);
  return kind === 'comment' || kind === 'expression_statement' && childrenOf(tree, node).every(child => kindOf(tree, child) === 'comment');
}

/** The argument nodes of a call, comments left out. */
export function argumentNodes(tree: CTree, call: number): number[] {
  return childrenOf(tree, childByField(tree, call, 'arguments')).filter(child => kindOf(tree, child) !== 'comment');
}

/** Attribute texts of a declaration as written: `weak`, `section(".isr_vector")`. */
export function attributesOf(tree: CTree, node: number, before: number): string[] {
  const found: string[] = [];
  const end = before === noNode ? tree.after[node] ?? 0 : before;
  for (let inner = node + 1; inner < end; inner += 1) {
    const kind = kindOf(tree, inner);
    if (kind === 'attribute_specifier') found.push(...childrenOf(tree, firstArgumentList(tree, inner)).map(child => oneLine(tree, child, 120)));
    else if (kind === 'attribute_declaration') found.push(...childrenOf(tree, inner).map(child => oneLine(tree, child, 120)));
    else if (kind === 'initializer_list' || kind === 'compound_statement') inner = (tree.after[inner] ?? inner + 1) - 1;
  }
  return found;
}

function firstArgumentList(tree: CTree, node: number): number {
  const child = firstChild(tree, node);
  return child === noNode ? node : child;
}

function readParameters(tree: CTree, list: number): ParameterFact[] {
  return childrenOf(tree, list).flatMap(node => {
    if (!/^(optional_)?parameter_declaration$/.test(kindOf(tree, node))) return [];
    const specifiers = readSpecifiers(tree, node);
    const [declarator] = declaratorsOf(tree, node);
    if (declarator === undefined && /^(void)?$/.test(textOf(tree, node).trim())) return [];
    return [{ name: declarator?.name ?? '', type: typeText(specifiers, declarator) }];
  });
}
