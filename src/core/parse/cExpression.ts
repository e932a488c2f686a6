import { chainTop, contextOf, readChain } from './cChain.ts';
import { argumentNodes } from './cFunctions.ts';
import { ancestorOf, childByField, endLine, fieldOf, firstChild, kindOf, noNode, oneLine, parentOf, startColumn, startLine, textOf, type CTree } from './cTree.ts';
import type { AccessFact, FunctionFact, SourceFacts, VariableFact } from './facts.ts';

/** What stands at a cursor in C or C++, as plain data. Lines and columns are 1-based, `endColumn` is exclusive. */
export interface CExpression {
  /** `define`: the word stands in a macro's body, which the grammar leaves as text; `cast`: the `*` before the address of a register. */
  readonly kind: 'name' | 'member' | 'number' | 'define' | 'cast';
  /** The identifier or number right at the cursor. */
  readonly word: string;
  /** The smallest useful expression: `USART2->CR1` with the cursor on `CR1`, `USART2` with the cursor on `USART2`. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** `USART2` of `USART2->CR1`; the word itself when it is no member. */
  readonly base: string;
  /** Members up to the cursor: `['CR1']`. */
  readonly members: readonly string[];
  /** The whole register access that the word is part of: `GPIOA->MODER = 5` with the cursor on either name. */
  readonly access?: AccessFact;
  /** The register access in whose value, mask or comparison the word stands: `USART2->CR1 |= USART_CR1_UE` with the cursor on the mask. */
  readonly target?: AccessFact;
  /** The access by an address that the word is a part of: `*(volatile uint32_t *) (GPIOA_BASE + 0x18)` with the cursor on the offset. */
  readonly within?: AccessFact;
  /** What is done to the expression: assignment, comparison or test. */
  readonly operation?: CursorOperation;
  /** Set when the word stands where a type does, or where the code gives something its name: on no chip is that a block, unless a macro says so. */
  readonly role?: 'type' | 'declared';
  /** Set when the word is called: `NVIC_EnableIRQ(…)`. */
  readonly isCallee?: boolean;
  /** Set when the word is the number of a bit: in `_BV(PB5)` and `1 << PB5`. */
  readonly isBitNumber?: boolean;
  /** The macro or function in whose arguments the word stands. */
  readonly calledWith?: string;
  /** The arguments as written, when it is called. */
  readonly arguments?: readonly string[];
  readonly function?: CursorFunction;
  /** Where the base is declared in this file. */
  readonly declaration?: CursorDeclaration;
}

export interface CursorOperation {
  /** `=`, `|=`, `++`, `==`, `&`, or the macro's name. */
  readonly operator: string;
  /** The other operand, right-hand side or mask as written. */
  readonly value?: string;
}

export interface CursorFunction {
  readonly name: string;
  readonly startLine: number;
  readonly endLine: number;
}

export interface CursorDeclaration {
  readonly scope: 'local' | 'parameter' | 'global';
  readonly name: string;
  readonly type: string;
  readonly line: number;
  readonly initializer?: string;
}

/** The expression at a place; undefined on punctuation, comments, strings and blanks. */
export function expressionIn(tree: CTree, facts: SourceFacts, line: number, column: number): CExpression | undefined {
  const lineStart = tree.lines[line - 1];
  if (lineStart === undefined) return undefined;
  const offset = lineStart + column - 1;
  if (offset >= (tree.lines[line] ?? tree.text.length + 1)) return undefined;
  const leaf = leafAt(tree, offset);
  const kind = kindOf(tree, leaf);
  if (kind === 'preproc_arg') return inMacroBody(tree, offset, leaf);
  if (kind === '*') return dereference(tree, facts, leaf);
  if (isNamesOwn(tree, leaf)) return undefined;
  if (kind === 'number_literal' || kind === 'identifier' || kind === 'field_identifier' || kind === 'type_identifier') return describe(tree, facts, leaf);
  return undefined;
}

/** The register at a computed address, with the cursor on what takes its content. */
function dereference(tree: CTree, facts: SourceFacts, leaf: number): CExpression | undefined {
  const node = parentOf(tree, leaf);
  const access = kindOf(tree, node) === 'pointer_expression' ? accessAtNode(tree, facts, node) : undefined;
  if (access === undefined || access.members.length > 0) return undefined;
  const operation = operationOf(tree, node, access);
  const around = functionAround(tree, facts, leaf);
  return {
    kind: 'cast', word: '*', text: oneLine(tree, node, 300), ...spanOf(tree, node), base: access.base, members: [], access,
    ...(operation !== undefined && { operation }),
    ...(around !== undefined && { function: { name: around.name, startLine: around.startLine, endLine: around.endLine } }),
  };
}

const dereferences = new Set(['pointer_expression', 'expression_statement', 'compound_statement', 'function_definition']);

/** The access whose address a number or name is computed into. */
function accessWithin(tree: CTree, facts: SourceFacts, leaf: number): AccessFact | undefined {
  const above = ancestorOf(tree, leaf, dereferences);
  const access = kindOf(tree, above) === 'pointer_expression' && above !== noNode ? accessAtNode(tree, facts, above) : undefined;
  return access?.members.length === 0 ? access : undefined;
}

/** The name of something that the code itself declares: `SpiModule::UART0`, `int UART0;` in a struct, `.UART0 = 1`. Headers' macros are none of these. */
function isNamesOwn(tree: CTree, leaf: number): boolean {
  const above = kindOf(tree, parentOf(tree, leaf));
  return above === 'qualified_identifier' || above === 'using_declaration' || kindOf(tree, leaf) === 'field_identifier' && (above === 'field_declaration' || above === 'field_designator');
}

/** `SPI` of `struct SPI bus` and `RTC &clock`; `USART2` of `int USART2(void)`. */
function roleOf(tree: CTree, leaf: number): CExpression['role'] {
  if (kindOf(tree, leaf) === 'type_identifier') return 'type';
  return /declarator$/.test(fieldOf(tree, leaf) ?? '') || kindOf(tree, parentOf(tree, leaf)) === 'reference_declarator' ? 'declared' : undefined;
}

/** The innermost node over the offset, or the one that ends right before it: the cursor may stand behind a word. */
function leafAt(tree: CTree, offset: number): number {
  const over = innermost(tree, offset);
  if (/identifier$|_literal$|preproc_arg/.test(kindOf(tree, over)) || offset === 0) return over;
  const before = innermost(tree, offset - 1);
  return /identifier$|number_literal/.test(kindOf(tree, before)) ? before : over;
}

function innermost(tree: CTree, offset: number): number {
  let found = noNode;
  let node = 0;
  while (node < tree.count) {
    if ((tree.start[node] ?? 0) <= offset && offset < (tree.end[node] ?? 0)) {
      found = node;
      node += 1;
      if ((tree.after[found] ?? 0) <= node) break;
    } else {
      node = tree.after[node] ?? tree.count;
      if (found !== noNode && node >= (tree.after[found] ?? 0)) break;
    }
  }
  return found;
}

function describe(tree: CTree, facts: SourceFacts, leaf: number): CExpression {
  const isMember = kindOf(tree, leaf) === 'field_identifier' && fieldOf(tree, leaf) === 'field';
  const start = isMember ? parentOf(tree, leaf) : leaf;
  const node = withIndex(tree, start);
  const chain = readChain(tree, node);
  const base = isMember ? oneLine(tree, chain.root, 120) + chain.rootIndex : textOf(tree, leaf);
  const top = chainTop(tree, node);
  const around = functionAround(tree, facts, leaf);
  const access = accessAtNode(tree, facts, top) ?? dereferenced(tree, facts, top) ?? accessOfElement(tree, facts, top) ?? accessOfMacro(tree, facts, top) ?? accessOfModification(tree, facts, top);
  const target = targetOf(tree, facts, leaf);
  const within = kindOf(tree, leaf) === 'number_literal' ? accessWithin(tree, facts, leaf) : undefined;
  // What is done with `PAout(5)` is done with the call.
  const operation = operationOf(tree, access === undefined && fieldOf(tree, leaf) === 'function' ? parentOf(tree, leaf) : top, access);
  const caller = textOf(tree, childByField(tree, ancestorOf(tree, leaf, calls), 'function'));
  const role = roleOf(tree, leaf);
  const declaration = declarationOf(facts, isMember ? textOf(tree, chain.root) : base, around, startLine(tree, leaf));
  return {
    kind: kindOf(tree, leaf) === 'number_literal' ? 'number' : isMember ? 'member' : 'name',
    word: textOf(tree, leaf), text: oneLine(tree, node, 300), ...spanOf(tree, node),
    base, members: isMember ? chain.steps.map(({ name, index }) => name + index) : [],
    ...(access !== undefined && { access }), ...(target !== undefined && { target }), ...(within !== undefined && { within }), ...(operation !== undefined && { operation }),
    ...(role !== undefined && { role }),
    ...(fieldOf(tree, leaf) === 'function' && { isCallee: true, arguments: argumentNodes(tree, parentOf(tree, leaf)).map(argument => oneLine(tree, argument)) }),
    ...(isBitNumber(tree, leaf) && { isBitNumber: true }), ...(caller !== '' && fieldOf(tree, leaf) !== 'function' && { calledWith: caller }),
    ...(around !== undefined && { function: { name: around.name, startLine: around.startLine, endLine: around.endLine } }),
    ...(declaration !== undefined && { declaration }),
  };
}

/** `PB5` of `_BV(PB5)`, `1 << PB5`, `sbi(PORTB, PB5)`. */
function isBitNumber(tree: CTree, leaf: number): boolean {
  let inner = leaf;
  while (kindOf(tree, parentOf(tree, inner)) === 'parenthesized_expression') inner = parentOf(tree, inner);
  const parent = parentOf(tree, inner);
  if (kindOf(tree, parent) === 'binary_expression') return fieldOf(tree, inner) === 'right' && textOf(tree, childByField(tree, parent, 'operator')) === '<<' && /^\(*(\w+\s*\)\s*)?(0[xX])?0*1[uUlL]*\)*$/.test(textOf(tree, childByField(tree, parent, 'left')));
  if (kindOf(tree, parent) !== 'argument_list') return false;
  return /^(_BV|BV|BIT|bit|sbi|cbi|bit_is_set|bit_is_clear|loop_until_bit_is_(set|clear)|sys_(set|clear)_bit)$/.test(textOf(tree, childByField(tree, parentOf(tree, parent), 'function')));
}

function spanOf(tree: CTree, node: number): Pick<CExpression, 'line' | 'column' | 'endLine' | 'endColumn'> {
  const last = endLine(tree, node);
  return { line: startLine(tree, node), column: startColumn(tree, node), endLine: last, endColumn: (tree.end[node] ?? 0) - (tree.lines[last - 1] ?? 0) + 1 };
}

/** `AFR[1]` belongs together: the index is part of the register's name. */
function withIndex(tree: CTree, node: number): number {
  let whole = node;
  while (kindOf(tree, parentOf(tree, whole)) === 'subscript_expression' && fieldOf(tree, whole) === 'argument') whole = parentOf(tree, whole);
  return whole;
}

function accessAtNode(tree: CTree, facts: SourceFacts, node: number): AccessFact | undefined {
  const line = startLine(tree, node);
  const column = startColumn(tree, node);
  return facts.accesses.find(access => access.line === line && access.column === column);
}

/** The access of `*bsrr` with the cursor on the pointer. */
function dereferenced(tree: CTree, facts: SourceFacts, node: number): AccessFact | undefined {
  const above = parentOf(tree, node);
  const access = kindOf(tree, above) === 'pointer_expression' ? accessAtNode(tree, facts, above) : undefined;
  return access?.members.length === 0 && access.base === textOf(tree, node) && /^[A-Za-z_]\w*$/.test(access.base) ? access : undefined;
}

/** The access of `(&TIM2->CCR1)[2]` with the cursor on the register that is counted from. */
function accessOfElement(tree: CTree, facts: SourceFacts, node: number): AccessFact | undefined {
  let above = parentOf(tree, node);
  if (kindOf(tree, above) !== 'pointer_expression') return undefined;
  above = parentOf(tree, above);
  while (kindOf(tree, above) === 'parenthesized_expression') above = parentOf(tree, above);
  return kindOf(tree, above) === 'subscript_expression' ? accessAtNode(tree, facts, above) : undefined;
}

const calls = new Set(['call_expression']);

/** The access of a register macro around its register argument: `SET_BIT(USART1->CR1, …)`. */
function accessOfMacro(tree: CTree, facts: SourceFacts, node: number): AccessFact | undefined {
  const call = ancestorOf(tree, node, calls);
  const access = call === noNode ? undefined : accessAtNode(tree, facts, call);
  const text = oneLine(tree, node, 120);
  return access !== undefined && `${access.base}${access.members.join('')}`.replace(/\W/g, '').includes(text.replace(/\W/g, '')) ? access : undefined;
}

const assignments = new Set(['assignment_expression']);

/** In `R = (R & ~M) | V` the second R is no access of its own, since the whole is noted as one modification at the first: here it is read. */
function accessOfModification(tree: CTree, facts: SourceFacts, node: number): AccessFact | undefined {
  const assignment = ancestorOf(tree, node, assignments);
  if (assignment === noNode) return undefined;
  const left = childByField(tree, assignment, 'left');
  const access = textOf(tree, left) === textOf(tree, node) ? accessAtNode(tree, facts, left) : undefined;
  if (access === undefined) return undefined;
  const { base, members, function: inside } = access;
  return { line: startLine(tree, node), column: startColumn(tree, node), kind: 'read', ...(inside !== undefined && { function: inside }), base, members, expression: oneLine(tree, node, 200) };
}

const statements = new Set(['expression_statement', 'compound_statement', 'function_definition', 'translation_unit']);

/** Climbs to the assignment, test or macro call whose value holds the node. */
function targetOf(tree: CTree, facts: SourceFacts, leaf: number): AccessFact | undefined {
  for (let inner = leaf, above = parentOf(tree, leaf); above !== noNode && !statements.has(kindOf(tree, above)); inner = above, above = parentOf(tree, above)) {
    if (isArithmetic(tree, above)) return undefined;
    const found = targetBeside(tree, facts, above, inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a register's value is divided by, or ordered against, is no mask of it. */
function isArithmetic(tree: CTree, node: number): boolean {
  return kindOf(tree, node) === 'binary_expression' && /^([-*/%]|[<>]=?|&&|\|\|)$/.test(textOf(tree, childByField(tree, node, 'operator')));
}

function targetBeside(tree: CTree, facts: SourceFacts, above: number, inner: number): AccessFact | undefined {
  const kind = kindOf(tree, above);
  if (kind === 'assignment_expression' && fieldOf(tree, inner) === 'right') return accessAtNode(tree, facts, opened(tree, childByField(tree, above, 'left')));
  if (kind === 'binary_expression') return accessAtNode(tree, facts, opened(tree, childByField(tree, above, fieldOf(tree, inner) === 'left' ? 'right' : 'left')));
  if (kind === 'call_expression' && fieldOf(tree, inner) === 'arguments') return accessAtNode(tree, facts, above);
  return undefined;
}

/** Parentheses and casts taken off. */
function opened(tree: CTree, node: number): number {
  let inner = node;
  for (;;) {
    const kind = kindOf(tree, inner);
    if (kind === 'parenthesized_expression') inner = firstChild(tree, inner);
    else if (kind === 'cast_expression') inner = childByField(tree, inner, 'value');
    else return inner;
  }
}

function operationOf(tree: CTree, top: number, access: AccessFact | undefined): CursorOperation | undefined {
  const context = contextOf(tree, top);
  const operator = context.operator ?? (context.value === undefined ? access?.operator : '&');
  if (operator !== undefined) {
    const value = context.value === undefined ? access?.value : oneLine(tree, context.value);
    return { operator, ...(value !== undefined && { value }) };
  }
  let inner = top;
  while (kindOf(tree, parentOf(tree, inner)) === 'parenthesized_expression') inner = parentOf(tree, inner);
  const parent = parentOf(tree, inner);
  if (kindOf(tree, parent) !== 'binary_expression') return undefined;
  const other = childByField(tree, parent, fieldOf(tree, inner) === 'left' ? 'right' : 'left');
  return { operator: textOf(tree, childByField(tree, parent, 'operator')), value: oneLine(tree, other) };
}

function functionAround(tree: CTree, facts: SourceFacts, leaf: number): FunctionFact | undefined {
  const line = startLine(tree, leaf);
  return facts.functions.find(fact => fact.startLine <= line && line <= fact.endLine);
}

function declarationOf(facts: SourceFacts, name: string, around: FunctionFact | undefined, line: number): CursorDeclaration | undefined {
  if (around !== undefined) {
    const locals = facts.variables.filter(fact => fact.name === name && fact.function === around.name && around.startLine <= fact.line && fact.line <= line);
    const local = locals.at(-1);
    if (local !== undefined) return declarationFrom('local', local);
    const parameter = around.parameters.find(fact => fact.name === name);
    if (parameter !== undefined) return { scope: 'parameter', ...parameter, line: around.startLine };
  }
  const global = facts.variables.find(fact => fact.name === name && fact.function === undefined);
  return global === undefined ? undefined : declarationFrom('global', global);
}

function declarationFrom(scope: CursorDeclaration['scope'], { name, type, line, initializer }: VariableFact): CursorDeclaration {
  return { scope, name, type, line, ...(initializer !== undefined && { initializer }) };
}

/** Macro bodies are plain text to the grammar: the word at the cursor, with `base->` before it. */
function inMacroBody(tree: CTree, offset: number, node: number): CExpression | undefined {
  const start = tree.start[node] ?? 0;
  // A comment behind the body, or a text in it, is the grammar's body too.
  const body = tree.text.slice(start, tree.end[node]).replace(/\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g, hidden => ' '.repeat(hidden.length));
  for (const match of body.matchAll(/0[xX][\da-fA-F]+|\b[A-Za-z_]\w*(?:\s*(?:->|\.)\s*[A-Za-z_]\w*(?:\[\w+\])?)*/g)) {
    const from = start + match.index;
    if (offset < from || offset > from + match[0].length) continue;
    const until = match[0].slice(offset - from).search(/[^\w]/);
    const text = until === -1 ? match[0] : match[0].slice(0, offset - from + until);
    const [base = '', ...members] = text.split(/\s*(?:->|\.)\s*/);
    const line = lineOfOffset(tree, from);
    const column = from - (tree.lines[line - 1] ?? 0) + 1;
    return { kind: 'define', word: members.at(-1) ?? base, text, line, column, endLine: line, endColumn: column + text.length, base, members };
  }
  return undefined;
}

function lineOfOffset(tree: CTree, offset: number): number {
  let line = 1;
  while ((tree.lines[line] ?? Infinity) <= offset) line += 1;
  return line;
}
