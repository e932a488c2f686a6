import { accessAt, aliasAccess, registerOf, type AccessScope } from './cAccesses.ts';
import { bareReadAt, keptBareReads } from './cBareReads.ts';
import { emptyHandlers } from './cEmptyHandlers.ts';
import { attributesOf, readCall, readFunction, readBranches, readLoop, readUnclosedFunction, type FunctionHead } from './cFunctions.ts';
import { conditionAround, readInclude, readMacro } from './cMacros.ts';
import { markGuarded } from './cCritical.ts';
import { notePointer } from './cPointers.ts';
import { keptPrototypes, readPrototypes } from './cPrototypes.ts';
import type { FileScope, FunctionScope } from './cScope.ts';
import { ancestorOf, bareExpression, childByField, endLine, kindOf, noNode, startLine, textOf, type CTree } from './cTree.ts';
import { readBodyType, readTypedef } from './cTypes.ts';
import { readUse } from './cUses.ts';
import { readVariables } from './cVariables.ts';
import { readVectorTable } from './cVectors.ts';
import type { AccessFact, BareReadFact, FunctionFact, IncludeFact, Language, MacroFact, PointerFact, PrototypeFact, SourceFacts, TypeFact, UseFact, VariableFact, VectorFact } from './facts.ts';

/** Reads every fact out of a tree in one pass, in document order. `known`: the rest of the file, when the tree holds a piece of it. */
export function collectFacts(tree: CTree, language: Language, report: (problem: { readonly line: number; readonly message: string }) => void, known?: SourceFacts): SourceFacts {
  const collection: Collection = {
    tree, functions: [], accesses: [], variables: [], uses: [], macros: [], macroNodes: [], types: [], vectors: [], includes: [], pointers: [], bareReads: [], prototypes: [],
    file: { variables: new Map(), plainMacros: new Set() }, scopes: [], quiet: { from: 0, until: 0 }, same: undefined, unevaluatedUntil: 0, errors: 0, firstError: noNode,
  };
  if (known !== undefined) noteKnown(collection.file, known);
  for (let node = 0; node < tree.count; node += 1) {
    closeScopes(collection, node);
    visit(collection, node);
  }
  closeScopes(collection, tree.count);
  collection.functions.push(...emptyHandlers(tree.text));
  if (collection.errors > 0) report({ line: startLine(tree, collection.firstError), message: `${collection.errors} ${collection.errors === 1 ? 'place' : 'places'} could not be parsed as ${language === 'cpp' ? 'C++' : 'C'}; the rest was read` });
  const { functions, accesses, variables, uses, types, vectors, includes, pointers } = collection;
  const macros = withConditions(collection);
  const prototypes = keptPrototypes(collection.prototypes, functions);
  const bareReads = keptBareReads(collection.bareReads, known === undefined ? { accesses, includes, macros, types } : { accesses: [...known.accesses, ...accesses], includes: known.includes, macros: known.macros, types: known.types });
  return { language, functions, accesses, variables, uses, macros, types, vectors, includes, ...(pointers.length > 0 && { pointers }), ...(bareReads.length > 0 && { bareReads }), ...(prototypes.length > 0 && { prototypes }) };
}

interface Collection {
  readonly tree: CTree;
  readonly functions: FunctionFact[];
  readonly accesses: AccessFact[];
  readonly variables: VariableFact[];
  readonly uses: UseFact[];
  readonly macros: MacroFact[];
  /** The nodes of `macros`. */
  readonly macroNodes: number[];
  readonly types: TypeFact[];
  readonly vectors: VectorFact[];
  readonly includes: IncludeFact[];
  readonly pointers: PointerFact[];
  readonly bareReads: BareReadFact[];
  readonly prototypes: PrototypeFact[];
  readonly file: FileScope;
  /** Functions around the current node; more than one in C++ only. */
  readonly scopes: FunctionScope[];
  /** Nodes that belong to an access already read. */
  quiet: { readonly from: number; readonly until: number };
  /** While inside `R = (R & ~M) | V`: the register's text, and where the assignment ends. */
  same: { readonly text: string; readonly until: number } | undefined;
  /** Where an operand ends that is not evaluated: `sizeof(UDR0)` reads nothing. */
  unevaluatedUntil: number;
  errors: number;
  firstError: number;
}

function visit(collection: Collection, node: number): void {
  const { tree } = collection;
  switch (kindOf(tree, node)) {
    case 'preproc_def':
    case 'preproc_function_def': { visitMacro(collection, node); return; }
    case 'preproc_include': { keep(collection.includes, readInclude(tree, node)); return; }
    case 'function_definition': { openScope(collection, node); return; }
    case 'function_declarator': { openUnclosedScope(collection, node); return; }
    case 'initializer_pair': { notePointer(collection, node, { left: childByField(tree, node, 'designator'), right: childByField(tree, node, 'value') }); return; }
    case 'declaration': { visitDeclaration(collection, node); return; }
    case 'type_definition': collection.types.push(...readTypedef(tree, node)); return;
    case 'struct_specifier':
    case 'class_specifier':
    case 'union_specifier':
    case 'enum_specifier': collection.types.push(...readBodyType(tree, node)); return;
    case 'assignment_expression': { notePointer(collection, node, { left: childByField(tree, node, 'left'), right: childByField(tree, node, 'right') }); noteAlias(collection, childByField(tree, node, 'left'), childByField(tree, node, 'right')); return; }
    case 'while_statement':
    case 'do_statement':
    case 'for_statement': collection.scopes.at(-1)?.loops.push({ fact: readLoop(tree, node), after: tree.after[node] ?? tree.count, hasExit: false, isLeft: false }); return;
    case 'if_statement':
    case 'switch_statement': collection.scopes.at(-1)?.branches.push(...readBranches(tree, node)); return;
    case 'break_statement':
    case 'return_statement':
    case 'goto_statement': { leaveLoops(collection, node); return; }
    case 'sizeof_expression':
    case 'alignof_expression':
    case 'offsetof_expression':
    case 'decltype': { leaveUnevaluated(collection, node); return; }
    case 'call_expression': visitCall(collection, node); return;
    case 'field_expression':
    case 'subscript_expression':
    case 'pointer_expression': { visitAccess(collection, node); return; }
    case 'identifier': { visitIdentifier(collection, node); return; }
    case 'ERROR': collection.errors += 1; if (collection.firstError === noNode) collection.firstError = node; return;
    default:
  }
}

function keep<T>(list: T[], fact: T | undefined): void {
  if (fact !== undefined) list.push(fact);
}

function visitMacro(collection: Collection, node: number): void {
  const macro = readMacro(collection.tree, node);
  if (macro === undefined) return;
  collection.macros.push(macro);
  collection.macroNodes.push(node);
  if (isPlainNumber(macro)) collection.file.plainMacros.add(macro.name);
}

function isPlainNumber({ parameters, body }: MacroFact): boolean {
  return parameters === undefined && /^[(\s]*(0[xX][\da-fA-F]+|\d+)[uUlL)\s]*$/.test(body);
}

function noteKnown(file: FileScope, { variables, macros }: SourceFacts): void {
  for (const fact of variables) if (fact.function === undefined) file.variables.set(fact.name, { fact, isArray: fact.type.endsWith(']') });
  for (const macro of macros) if (isPlainNumber(macro)) file.plainMacros.add(macro.name);
}

/** Macros defined once need no condition: whoever sees one sees it. */
function withConditions({ tree, macros, macroNodes }: Collection): MacroFact[] {
  const counts = new Map<string, number>();
  for (const { name } of macros) counts.set(name, (counts.get(name) ?? 0) + 1);
  if (counts.size === macros.length) return macros;
  return macros.map((macro, index) => {
    const condition = (counts.get(macro.name) ?? 0) > 1 ? conditionAround(tree, macroNodes[index] ?? noNode) : '';
    return condition === '' ? macro : { ...macro, condition };
  });
}

function openScope(collection: Collection, node: number): void {
  const { tree } = collection;
  const head = readFunction(tree, node);
  if (head === undefined) return;
  endUnclosed(collection, node);
  startScope(collection, head, { after: tree.after[node] ?? tree.count, body: childByField(tree, node, 'body') });
}

/** In half-typed code the parser finds a function's head and a brace, and no end. */
function openUnclosedScope(collection: Collection, node: number): void {
  const { tree } = collection;
  const around = tree.parent[node] ?? noNode;
  if (kindOf(tree, around) !== 'ERROR' || !/^\s*\{/.test(tree.blanked.slice(tree.end[node], (tree.end[node] ?? 0) + 80))) return;
  const head = readUnclosedFunction(tree, node);
  if (head === undefined) return;
  endUnclosed(collection, node);
  startScope(collection, head, { after: tree.after[around] ?? tree.count, body: noNode });
  const scope = collection.scopes.at(-1);
  if (scope !== undefined) scope.lastLine = endLine(tree, around);
}

/** A function without closing brace ends before the next one. */
function endUnclosed(collection: Collection, node: number): void {
  const scope = collection.scopes.at(-1);
  if (scope?.head.isUnclosed !== true) return;
  scope.after = node;
  scope.lastLine = Math.max(scope.head.startLine, startLine(collection.tree, node) - 1);
  closeScopes(collection, node);
}

function startScope(collection: Collection, head: FunctionHead, { after, body }: { readonly after: number; readonly body: number }): void {
  const scope: FunctionScope = { head, after, body, places: [], calls: [], loops: [], branches: [], locals: new Map(), aliases: new Map() };
  for (const { name, type } of head.parameters) if (name !== '') scope.locals.set(name, type);
  collection.scopes.push(scope);
}

function closeScopes(collection: Collection, node: number): void {
  const { scopes, functions } = collection;
  for (let scope = scopes.at(-1); scope !== undefined && node >= scope.after; scope = scopes.at(-1)) {
    markGuarded(collection, scope);
    functions.push({ ...scope.head, ...(scope.lastLine !== undefined && { endLine: scope.lastLine }), calls: scope.calls, ...(scope.loops.length > 0 && { loops: scope.loops.map(({ fact, hasExit }) => ({ ...fact, hasExit })) }), ...(scope.branches.length > 0 && { branches: scope.branches }) });
    scopes.pop();
  }
}

function visitDeclaration(collection: Collection, node: number): void {
  const { tree, file } = collection;
  const scope = collection.scopes.at(-1);
  if (scope === undefined) collection.prototypes.push(...readPrototypes(tree, node));
  for (const declared of readVariables(tree, node, scope?.head.name)) {
    const { fact, value } = declared;
    collection.variables.push(fact);
    if (scope === undefined) {
      file.variables.set(fact.name, declared);
      if (value !== noNode) collection.vectors.push(...readVectorTable(tree, fact.name, value, attributesOf(tree, node, noNode)));
    } else if (!fact.isExtern) {
      scope.locals.set(fact.name, fact.type);
      const register = value === noNode ? undefined : registerOf({ tree, file, scope }, value);
      if (register !== undefined) scope.aliases.set(fact.name, register);
    }
  }
}

/** Notes `status = USART2->SR`, and `R = (R & ~M) | V` as one modification. */
function noteAlias(collection: Collection, left: number, right: number): void {
  const { tree, file } = collection;
  const scope = collection.scopes.at(-1);
  if (scope === undefined) return;
  const name = textOf(tree, left);
  if (kindOf(tree, left) !== 'identifier' || !scope.locals.has(name)) return;
  const register = registerOf({ tree, file, scope }, right);
  if (register === undefined) scope.aliases.delete(name);
  else scope.aliases.set(name, register);
}

const breakable = new Set(['for_statement', 'while_statement', 'do_statement', 'switch_statement', 'for_range_loop']);

/** `break` ends the loop around it, unless a `switch` is nearer; `return` and `goto` end all. */
function leaveLoops({ tree, scopes }: Collection, node: number): void {
  const loops = scopes.at(-1)?.loops ?? [];
  const isBreak = kindOf(tree, node) === 'break_statement';
  if (isBreak && kindOf(tree, ancestorOf(tree, node, breakable)) === 'switch_statement') return;
  for (let index = loops.length - 1; index >= 0; index -= 1) {
    const loop = loops[index];
    if (loop === undefined || loop.after <= node) continue;
    if (loop.isLeft) return;
    loop.hasExit = true;
    if (isBreak) return;
    loop.isLeft = true;
  }
}

function leaveUnevaluated(collection: Collection, node: number): void {
  collection.unevaluatedUntil = Math.max(collection.unevaluatedUntil, collection.tree.after[node] ?? 0);
}

/** Operators that a grammar takes for functions. */
const unevaluating = /^(typeof|typeof_unqual|__typeof|__typeof__|sizeof|alignof|_Alignof|__alignof__|offsetof|__builtin_offsetof|__builtin_types_compatible_p|decltype|noexcept)$/;

function visitCall(collection: Collection, node: number): void {
  if (unevaluating.test(textOf(collection.tree, childByField(collection.tree, node, 'function')))) { leaveUnevaluated(collection, node); return; }
  const scope = collection.scopes.at(-1);
  const call = scope === undefined ? undefined : readCall(collection.tree, node);
  if (scope !== undefined && call !== undefined) scope.places.push({ list: 'calls', index: scope.calls.push(call) - 1, node });
  visitAccess(collection, node);
}

function visitAccess(collection: Collection, node: number): void {
  if (isQuiet(collection, node) || node < collection.unevaluatedUntil) return;
  const { tree, file } = collection;
  const at: AccessScope = { tree, file, scope: collection.scopes.at(-1) };
  const found = accessAt(at, node);
  if (found === undefined) return;
  // Macro calls name the register in an argument: only that one is done with, the others may hold further accesses.
  collection.quiet = { from: found.registerNode, until: tree.after[found.registerNode] ?? 0 };
  const { access } = found;
  at.scope?.places.push({ list: 'accesses', index: collection.accesses.length, node });
  const text = textOf(tree, found.registerNode);
  if (collection.same !== undefined && node < collection.same.until && access.kind === 'read' && text === collection.same.text) return;
  const right = access.operator === '=' ? childByField(tree, assignmentAround(tree, node), 'right') : noNode;
  if (right !== noNode && readsItself(tree, right, text)) {
    collection.same = { text, until: tree.after[right] ?? 0 };
    collection.accesses.push({ ...access, kind: 'modify' });
  } else collection.accesses.push(access);
}

function visitIdentifier(collection: Collection, node: number): void {
  const { tree, file } = collection;
  const scope = collection.scopes.at(-1);
  if (scope === undefined || node < collection.unevaluatedUntil) return;
  const use = readUse(tree, node, file, scope);
  if (use !== undefined) scope.places.push({ list: 'uses', index: collection.uses.push(use) - 1, node });
  if (isQuiet(collection, node)) return;
  keep(collection.accesses, aliasAccess({ tree, file, scope }, node));
  const before = collection.accesses.length;
  visitAccess(collection, node);
  // The right side of `R = R | M` belongs to the assignment.
  const isSame = collection.same !== undefined && node < collection.same.until && textOf(tree, node) === collection.same.text;
  if (collection.accesses.length === before && !isSame) keep(collection.bareReads, bareReadAt({ tree, file, scope }, node));
}

function isQuiet({ quiet }: Collection, node: number): boolean {
  return node >= quiet.from && node < quiet.until;
}

function assignmentAround(tree: CTree, node: number): number {
  let above = tree.parent[node] ?? noNode;
  while (kindOf(tree, above) === 'parenthesized_expression') above = tree.parent[above] ?? noNode;
  return above;
}

/** Whether the right-hand side reads the register that is assigned: by its text, which is how people write it. */
function readsItself(tree: CTree, right: number, register: string): boolean {
  const start = tree.start[bareExpression(tree, right)] ?? 0;
  const at = tree.text.slice(start, Math.min(tree.end[right] ?? 0, start + 400)).indexOf(register);
  return at !== -1 && !/\w/.test(tree.text.charAt(start + at + register.length));
}
