import { describingComment } from './cComments.ts';
import { declaratorsOf, readSpecifiers, typeText, type Declarator } from './cDeclarators.ts';
import { childByField, childOfKind, childrenOf, endLine, fieldOf, kindOf, noNode, oneLine, parentOf, startLine, textOf, type CTree } from './cTree.ts';
import type { MemberFact, TypeFact } from './facts.ts';

/** Inline structs inside structs deeper than this are left out; real headers nest four deep. */
const deepestNesting = 12;

/** A struct, union, class or enum with a body: under its tag, and under the name its typedef gives. */
export function readBodyType(tree: CTree, node: number): TypeFact[] {
  const body = childByField(tree, node, 'body');
  if (body === noNode) return [];
  const kind = typeKind(tree, node);
  const tag = textOf(tree, childByField(tree, node, 'name'));
  const names = new Set([tag, ...typedefNames(tree, node)].filter(name => name !== ''));
  // An enum without a name still gives its enumerators.
  if (names.size === 0 && kind === 'enum') names.add('');
  if (names.size === 0) return [];
  const members = kind === 'enum' ? enumerators(tree, body) : membersOf(tree, body, 0);
  const place = { startLine: startLine(tree, node), endLine: endLine(tree, parentOf(tree, node) !== noNode && kindOf(tree, parentOf(tree, node)) === 'type_definition' ? parentOf(tree, node) : node) };
  return [...names].map(name => ({ kind, name, ...place, members }));
}

/** A typedef without a body of its own: `typedef uint32_t reg_t;`. */
export function readTypedef(tree: CTree, node: number): TypeFact[] {
  const type = childByField(tree, node, 'type');
  if (type === noNode || childByField(tree, type, 'body') !== noNode) return [];
  const specifiers = readSpecifiers(tree, node);
  const place = { startLine: startLine(tree, node), endLine: endLine(tree, node) };
  return declaratorsOf(tree, node).map(declarator => ({ kind: 'typedef', name: declarator.name, ...place, members: [], aliasOf: typeText(specifiers, declarator) }));
}

function typeKind(tree: CTree, node: number): 'struct' | 'union' | 'enum' {
  const kind = kindOf(tree, node);
  return kind === 'enum_specifier' ? 'enum' : kind === 'union_specifier' ? 'union' : 'struct';
}

function typedefNames(tree: CTree, node: number): string[] {
  const parent = parentOf(tree, node);
  if (kindOf(tree, parent) !== 'type_definition') return [];
  return declaratorsOf(tree, parent).filter(({ shape }) => shape === 'plain').map(({ name }) => name);
}

function enumerators(tree: CTree, body: number): MemberFact[] {
  return memberNodes(tree, body, 'enumerator').map(node => {
    const value = childByField(tree, node, 'value');
    const comment = describingComment(tree, tree.start[node] ?? 0, tree.end[node] ?? 0);
    return {
      name: textOf(tree, childByField(tree, node, 'name')), line: startLine(tree, node), type: '', dimensions: [],
      ...(value !== noNode && { value: oneLine(tree, value) }), ...(comment !== undefined && { comment }),
    };
  });
}

function membersOf(tree: CTree, body: number, depth: number): MemberFact[] {
  return memberNodes(tree, body, 'field_declaration').flatMap(node => membersOfDeclaration(tree, node, depth));
}

function membersOfDeclaration(tree: CTree, node: number, depth: number): MemberFact[] {
  const declarators = declaratorsOf(tree, node).filter(({ shape }) => shape !== 'function');
  const type = childByField(tree, node, 'type');
  const body = type === noNode ? noNode : childByField(tree, type, 'body');
  const nested = body !== noNode && depth < deepestNesting && !kindOf(tree, type).startsWith('enum') ? membersOf(tree, body, depth + 1) : undefined;
  const comment = describingComment(tree, tree.start[node] ?? 0, tree.end[node] ?? 0);
  const specifiers = readSpecifiers(tree, node);
  const bits = childOfKind(tree, node, 'bitfield_clause');
  const member = (declarator: Declarator | undefined): MemberFact => ({
    name: declarator?.name ?? '', line: startLine(tree, declarator?.node ?? node),
    type: `${specifiers.type}${declarator === undefined || declarator.stars === '' ? '' : ` ${declarator.stars}`}${bits === noNode ? '' : ` ${oneLine(tree, bits, 40)}`}`,
    dimensions: declarator?.dimensions ?? [],
    ...(comment !== undefined && { comment }), ...(isAlternative(tree, node) && { isAlternative: true }), ...(nested !== undefined && { members: nested }),
  });
  if (declarators.length > 0) return declarators.map(member);
  // Anonymous struct, union or padding bits.
  return nested !== undefined || bits !== noNode ? [member(undefined)] : [];
}

/** Whether a member belongs to a later branch of an `#if` whose first branch has members. */
function isAlternative(tree: CTree, node: number): boolean {
  for (let above = parentOf(tree, node); /^preproc_/.test(kindOf(tree, above)); above = parentOf(tree, above)) {
    if (/^preproc_(else|elif|elifdef)$/.test(kindOf(tree, above)) && childOfKind(tree, parentOf(tree, above), 'field_declaration') !== noNode) return true;
  }
  return false;
}

/** Members of a body, those inside `#if` blocks too, without descending into nested bodies. */
function memberNodes(tree: CTree, body: number, kind: string): number[] {
  const found: number[] = [];
  const waiting = childrenOf(tree, body).reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (kindOf(tree, node) === kind) found.push(node);
    else if (/^(preproc_(if|ifdef|else|elif|elifdef)|ERROR)$/.test(kindOf(tree, node))) waiting.push(...childrenOf(tree, node).filter(child => fieldOf(tree, child) !== 'condition').reverse());
  }
  return found;
}
