import { argumentNodes } from './cFunctions.ts';
import { contextOf, isChainInside, readChain, type Chain, type ExpressionContext } from './cChain.ts';
import { isAddressMacro, registerMacro } from './cRegisterMacros.ts';
import { isUpperCase, typeOfName, type FileScope, type FunctionScope, type RegisterName } from './cScope.ts';
import { bareExpression, childByField, firstChild, kindOf, noNode, oneLine, startColumn, startLine, textOf, type CTree } from './cTree.ts';
import type { AccessFact } from './facts.ts';

/** What the recognisers look at. */
export interface AccessScope {
  readonly tree: CTree;
  readonly file: FileScope;
  readonly scope: FunctionScope | undefined;
}

/** An access with the node that holds the register, so that its inside is not read again. */
export interface FoundAccess {
  readonly access: AccessFact;
  readonly registerNode: number;
}

/** The register access that begins at a node: a chain, a dereferenced cast, a macro call, or an upper-case name that is assigned. */
export function accessAt(at: AccessScope, node: number): FoundAccess | undefined {
  switch (kindOf(at.tree, node)) {
    case 'field_expression':
    case 'subscript_expression': return isChainInside(at.tree, node) ? undefined : chainAccess(at, node);
    case 'pointer_expression': return isChainInside(at.tree, node) ? undefined : castAccess(at, node);
    case 'call_expression': return isChainInside(at.tree, node) ? undefined : callAccess(at, node);
    case 'identifier': return nameAccess(at, node);
    default: return undefined;
  }
}

/** The register that an expression reads as a whole: for `status = USART2->SR`. */
export function registerOf(at: AccessScope, expression: number): RegisterName | undefined {
  const { tree } = at;
  const bare = bareExpression(tree, expression);
  const found = accessAt(at, bare)?.access;
  if (found === undefined || found.kind !== 'read' || found.operator === '&' || (found.value !== undefined && kindOf(tree, bare) === 'call_expression')) return undefined;
  return { base: found.base, members: found.members };
}

/** Which register a chain names, or undefined when it looks like ordinary data. `certain`: a register macro says that it is one. */
function chainRegister(at: AccessScope, chain: Chain, certain: boolean): RegisterName | undefined {
  const { tree } = at;
  const { root, steps } = chain;
  const rootKind = kindOf(tree, root);
  const rootName = rootKind === 'identifier' ? textOf(tree, root) : '';
  const type = rootName === '' ? '' : typeOfName(rootName, at.file, at.scope) ?? '';
  const firstRegister = steps.findIndex(({ name }) => isRegisterName(name));
  const isBlock = (isUpperCase(rootName) && type === '') || /_hw$|bits$/.test(rootName) || (/^pio\d$/.test(rootName) && type === '') || isRegisterBlockType(type) || /^(\w+_get_hw|hw_(set|clear|xor)_alias)\s*\(/.test(oneLine(tree, root, 80));
  const isMapped = rootKind !== 'identifier' && firstRegister !== -1 && steps.some(({ operator }) => operator === '->');
  const throughPointer = firstRegister !== -1 && steps[firstRegister]?.operator === '->' && !isUpperCase(type);
  if (!certain && !isBlock && !isMapped && !throughPointer) return undefined;
  const split = isBlock || firstRegister === -1 ? lastArrowBefore(chain, isBlock) : firstRegister;
  const before = steps[split - 1];
  const base = before === undefined ? `${oneLine(tree, root, 120)}${chain.rootIndex}` : oneLine(tree, chainNode(tree, before.node), 120);
  return { base: stripParentheses(base), members: steps.slice(split).map(({ name, index }) => name + index) };
}

/** An access of a register's value through a local that was read from it: `status & USART_SR_RXNE`. */
export function aliasAccess(at: AccessScope, node: number): AccessFact | undefined {
  const name = textOf(at.tree, node);
  const register = at.scope?.aliases.get(name);
  if (register === undefined) return undefined;
  const context = contextOf(at.tree, node);
  if (context.kind !== 'read' || context.value === undefined) return undefined;
  return { ...describe(at, context, node, register), through: name };
}

function chainAccess(at: AccessScope, node: number): FoundAccess | undefined {
  const chain = readChain(at.tree, node);
  if (chain.steps.length === 0) return elementAccess(at, node, chain);
  const register = chainRegister(at, chain, false);
  return register === undefined ? undefined : { access: describe(at, contextOf(at.tree, node), node, register), registerNode: node };
}

/** `(&TIM2->CCR1)[2]`: the register two further. */
function elementAccess(at: AccessScope, node: number, { root, rootIndex }: Chain): FoundAccess | undefined {
  const { tree } = at;
  if (rootIndex === '' || kindOf(tree, root) !== 'pointer_expression' || textOf(tree, childByField(tree, root, 'operator')) !== '&') return undefined;
  const inner = readChain(tree, childByField(tree, root, 'argument'));
  const register = inner.steps.length === 0 ? undefined : chainRegister(at, inner, false);
  return register === undefined ? undefined : { access: describe(at, contextOf(tree, node), node, { base: oneLine(tree, node, 120), members: [] }), registerNode: node };
}

/** `*(volatile uint32_t *)0x40021018`. */
function castAccess(at: AccessScope, node: number): FoundAccess | undefined {
  const { tree } = at;
  if (textOf(tree, childByField(tree, node, 'operator')) !== '*') return undefined;
  let cast = childByField(tree, node, 'argument');
  while (kindOf(tree, cast) === 'parenthesized_expression') cast = firstChild(tree, cast);
  if (kindOf(tree, cast) === 'identifier') return placedPointer(at, cast) ? { access: describe(at, contextOf(tree, node), node, { base: textOf(tree, cast), members: [] }), registerNode: node } : undefined;
  if (kindOf(tree, cast) !== 'cast_expression') return undefined;
  const type = oneLine(tree, childByField(tree, cast, 'type'));
  const address = bareExpression(tree, childByField(tree, cast, 'value'));
  const isVolatile = /\b(volatile|__IOM?|v(u|s)?(int)?(8|16|32)|vuint\d+_t)\b/.test(tree.text.slice(tree.start[cast], tree.start[address]));
  const looksMapped = kindOf(tree, address) === 'number_literal' || (kindOf(tree, address) !== 'pointer_expression' && /\b[A-Z][A-Z0-9_]{3,}\b|0x[\da-fA-F]{5,}/.test(oneLine(tree, address)));
  if (!type.includes('*') || !(isVolatile || looksMapped)) return undefined;
  return { access: describe(at, contextOf(tree, node), node, { base: stripParentheses(oneLine(tree, address, 120)), members: [] }), registerNode: node };
}

/** `*bsrr` after `volatile uint32_t *const bsrr = (volatile uint32_t *) 0x40021018;`: a variable of its own, not what a caller passes. */
function placedPointer({ tree, file, scope }: AccessScope, node: number): boolean {
  const name = textOf(tree, node);
  const local = scope?.locals.get(name);
  if (scope?.head.parameters.some(parameter => parameter.name === name) === true) return false;
  const fact = local === undefined ? file.variables.get(name)?.fact : undefined;
  if (local === undefined && fact?.initializer === undefined) return false;
  return /\b(volatile|__IO|__I|__O|__IOM|io_\w+)\b[^*]*\*[^*]*$/.test(local ?? fact?.type ?? '');
}

function callAccess(at: AccessScope, node: number): FoundAccess | undefined {
  const { tree } = at;
  const callee = childByField(tree, node, 'function');
  if (kindOf(tree, callee) !== 'identifier') return undefined;
  const name = textOf(tree, callee);
  const nodes = argumentNodes(tree, node);
  const [only] = nodes;
  const macro = registerMacro(name);
  if (macro !== undefined) return macroAccess(at, node, name, nodes);
  if (only === undefined) return undefined;
  const context = contextOf(tree, node);
  // What can be assigned is a register, however many arguments say which: `DMA_CCR(DMA1, DMA_CHANNEL4) |= …`.
  if (nodes.length > 1) return isUpperCase(name) && context.kind !== 'read' ? { access: describe(at, context, node, { base: oneLine(tree, node, 120), members: [] }), registerNode: node } : undefined;
  if (isAddressMacro(name)) {
    // AVR's take an address of a space of its own: only the macro tells where that begins.
    return { access: describe(at, context, node, { base: stripParentheses(oneLine(tree, name.startsWith('_SFR_') ? node : only, 120)), members: [] }), registerNode: node };
  }
  if (!portBit.test(name) && (!isUpperCase(name) || !namesRegister(name, textOf(tree, only), context))) return undefined;
  return { access: describe(at, context, node, { base: oneLine(tree, node, 120), members: [] }), registerNode: node };
}

/** `PAout(5)`, `PBin(3)`: one pin by its bit-band alias, as many STM32 projects write it. */
const portBit = /^P[A-K](out|in)$/;

/** `TIM_CR1(TIM2)`: assigned, tested with a mask, or its argument is an instance of the block it is named after. */
function namesRegister(name: string, argument: string, context: ExpressionContext): boolean {
  if (!isUpperCase(argument) && !/^\w+$/.test(argument)) return context.kind !== 'read';
  const block = /^[A-Z]{2,}/.exec(name)?.[0];
  return context.kind !== 'read' || (block !== undefined && name.includes('_') && argument.startsWith(block) && /\d/.test(argument));
}

function macroAccess(at: AccessScope, node: number, name: string, nodes: readonly number[]): FoundAccess | undefined {
  const { tree } = at;
  const macro = registerMacro(name);
  const target = nodes[macro?.register ?? 0];
  if (macro === undefined || target === undefined) return undefined;
  let inner = bareExpression(tree, target);
  if (kindOf(tree, inner) === 'pointer_expression' && textOf(tree, childByField(tree, inner, 'operator')) === '&') inner = bareExpression(tree, childByField(tree, inner, 'argument'));
  const register = macroRegister(at, inner);
  if (register === undefined) return undefined;
  const given = macro.values.flatMap(position => nodes[position] === undefined ? [] : [oneLine(tree, nodes[position])]);
  // `sys_read32(a) & MASK` tests what it reads.
  const tested = macro.kind === 'read' && given.length === 0 ? contextOf(tree, node).value : undefined;
  const values = tested === undefined ? given : [oneLine(tree, tested)];
  const through = register.through;
  const access: AccessFact = {
    ...describe(at, { kind: macro.kind, node }, node, register), operator: name,
    ...(values.length > 0 && { value: values.join(', ') }), ...(through !== undefined && { through }),
  };
  return { access, registerNode: target };
}

function macroRegister(at: AccessScope, node: number): (RegisterName & { readonly through?: string }) | undefined {
  const { tree } = at;
  const kind = kindOf(tree, node);
  if (kind === 'field_expression' || kind === 'subscript_expression') return chainRegister(at, readChain(tree, node), true);
  if (kind !== 'identifier') {
    // A register macro in a register macro is no register; following them down would end in the stack's overflow.
    const isMacro = kind === 'call_expression' && registerMacro(textOf(tree, childByField(tree, node, 'function'))) !== undefined;
    const inner = isMacro ? undefined : accessAt(at, node)?.access;
    return inner ?? { base: stripParentheses(oneLine(tree, node, 120)), members: [] };
  }
  const name = textOf(tree, node);
  const alias = at.scope?.aliases.get(name);
  if (alias !== undefined) return { ...alias, through: name };
  return typeOfName(name, at.file, at.scope) === undefined && isUpperCase(name) ? { base: name, members: [] } : undefined;
}

/** `TIM1_CR1 = …`, `PORTB |= …`; reads of such names only where a mask tests them or AVR's port names leave no doubt. */
function nameAccess(at: AccessScope, node: number): FoundAccess | undefined {
  const { tree } = at;
  const name = textOf(tree, node);
  if (!isUpperCase(name) || isChainInside(tree, node) || at.scope === undefined || typeOfName(name, at.file, at.scope) !== undefined || at.file.plainMacros.has(name)) return undefined;
  const context = contextOf(tree, node);
  const isAvrPort = /^(PORT|PIN|DDR)[A-L]$/.test(name);
  if (context.operator === '&' || (context.kind === 'read' && !isAvrPort && !isTestedRegister(tree, node, context))) return undefined;
  return { access: describe(at, context, node, { base: name, members: [] }), registerNode: node };
}

/** The left side of `NAME & MASK` where both are upper case and the name has a register's look (`TIM1_SR`, `P1IN`). */
function isTestedRegister(tree: CTree, node: number, context: ExpressionContext): boolean {
  if (context.value === undefined || (tree.start[context.value] ?? 0) < (tree.start[node] ?? 0)) return false;
  const name = textOf(tree, node);
  return /\d|_(SR|CR|DR|ISR|IFG|IN|STATUS|CTRL|FLAGS?)$/.test(name) && /[A-Z]{2}/.test(textOf(tree, context.value)) && !/(MASK|_Msk|_Pos|_BIT\d*)$/i.test(name);
}

function describe({ tree, scope }: AccessScope, context: ExpressionContext, node: number, { base, members }: RegisterName): AccessFact {
  const { kind, operator, value } = context;
  return {
    line: startLine(tree, node), column: startColumn(tree, node), kind,
    ...(scope !== undefined && { function: scope.head.name }), base, members,
    ...(operator !== undefined && { operator }), ...(value !== undefined && value !== noNode && { value: oneLine(tree, value) }),
    expression: oneLine(tree, context.node),
  };
}

function isRegisterName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]+$/.test(name);
}

function isRegisterBlockType(type: string): boolean {
  return /\*/.test(type) && /(_TypeDef|(?<!Handle)_Type|_hw_t|_dev_t|_RegDef_t|_regs?(_t)?|_Regs|_MemMapPtr)\b/i.test(type) && !/(HandleTypeDef|InitTypeDef)\b/.test(type);
}

/** Chains of lower-case members: the last pointer is the block. */
function lastArrowBefore({ steps }: Chain, isBlock: boolean): number {
  if (isBlock) return 0;
  const last = steps.findLastIndex(({ operator }) => operator === '->');
  return last === -1 ? 0 : last;
}

/** The node of a step with its index, as far as the tree has one. */
function chainNode(tree: CTree, node: number): number {
  const parent = tree.parent[node] ?? noNode;
  return kindOf(tree, parent) === 'subscript_expression' && firstChild(tree, parent) === node ? parent : node;
}

function stripParentheses(text: string): string {
  let inner = text;
  while (/^\((?![^()]*\)\s*[\w(&*])[^]*\)$/.test(inner) && balanced(inner.slice(1, -1))) inner = inner.slice(1, -1).trim();
  return inner;
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
