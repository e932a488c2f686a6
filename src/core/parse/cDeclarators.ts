import { isVolatileWord, qualifiersAround } from './cBlank.ts';
import { childByField, childrenOf, fieldOf, firstChild, kindOf, noNode, oneLine, textOf, type CTree } from './cTree.ts';

/** What stands before the declarators of a declaration. */
export interface Specifiers {
  /** Type with its qualifiers, storage class left out: `volatile uint32_t`. */
  readonly type: string;
  readonly isStatic: boolean;
  readonly isExtern: boolean;
  readonly isVolatile: boolean;
  readonly isConst: boolean;
}

/** One declared name with what its declarator makes of the type. */
export interface Declarator {
  readonly name: string;
  /** The node that holds the name. */
  readonly node: number;
  /** What the name itself is, from the operator nearest to it. */
  readonly shape: 'plain' | 'pointer' | 'array' | 'function';
  /** `*`, `**`, `(*)()`: what follows the specifiers in the type's text. */
  readonly stars: string;
  /** Array lengths as written. */
  readonly dimensions: readonly string[];
  readonly isVolatilePointer: boolean;
  readonly isConstPointer: boolean;
  /** The initialiser's node. */
  readonly value: number;
  /** The parameter list's node, for functions and function pointers. */
  readonly parameters: number;
}

/** Reads type, qualifiers and storage class of a declaration, parameter, member or function definition. */
export function readSpecifiers(tree: CTree, node: number): Specifiers {
  const words: string[] = [];
  let storage = '';
  const children = childrenOf(tree, node);
  const firstDeclarator = children.find(child => fieldOf(tree, child) === 'declarator') ?? noNode;
  // A struct written inline has qualifiers of its own inside.
  const body = children.find(child => childByField(tree, child, 'body') !== noNode) ?? firstDeclarator;
  const end = body === noNode ? tree.end[node] ?? 0 : tree.start[body] ?? 0;
  const macros = qualifiersAround(tree, tree.start[node] ?? 0, end).map(({ word }) => word);
  if (macros.some(isVolatileWord)) words.push('volatile');
  for (const child of children) {
    const kind = kindOf(tree, child);
    if (kind === 'type_qualifier') words.push(textOf(tree, child));
    else if (kind === 'storage_class_specifier') storage += ` ${textOf(tree, child)}`;
    else if (fieldOf(tree, child) === 'type') words.push(typeName(tree, child));
  }
  return {
    type: words.filter(word => !/^(register|inline|_Noreturn)$/.test(word)).join(' '),
    isStatic: /\bstatic\b/.test(storage) || macros.some(word => word.includes('STATIC')),
    isExtern: /\bextern\b/.test(storage),
    isVolatile: words.includes('volatile'),
    isConst: words.includes('const') || macros.some(word => word === '__I' || word === '__IM'),
  };
}

/** Reads a declarator down to its name; undefined when it has none (abstract, or not parsable). */
export function readDeclarator(tree: CTree, declarator: number): Declarator | undefined {
  const state = { stars: '', shape: 'plain' as Declarator['shape'], dimensions: [] as string[], isVolatilePointer: false, isConstPointer: false, value: noNode, parameters: noNode };
  let node = declarator;
  while (node !== noNode) {
    const kind = kindOf(tree, node);
    if (isNameKind(kind)) return { ...state, name: textOf(tree, node), node };
    if (kind === 'init_declarator') state.value = childByField(tree, node, 'value');
    else if (kind === 'pointer_declarator') {
      const qualifiers = childrenOf(tree, node).filter(child => kindOf(tree, child) === 'type_qualifier').map(child => textOf(tree, child));
      Object.assign(state, { shape: 'pointer', stars: `${state.stars}*`, isVolatilePointer: qualifiers.includes('volatile'), isConstPointer: qualifiers.includes('const') });
    } else if (kind === 'array_declarator') {
      state.shape = 'array';
      state.dimensions.push(oneLine(tree, childByField(tree, node, 'size'), 80));
    } else if (kind === 'function_declarator') {
      Object.assign(state, { shape: 'function', parameters: childByField(tree, node, 'parameters') });
    }
    node = innerDeclarator(tree, node, kind);
  }
  return undefined;
}

/** The type's text for a variable, parameter or member. */
export function typeText(specifiers: Pick<Specifiers, 'type'>, declarator: Declarator | undefined): string {
  if (declarator === undefined) return specifiers.type;
  const stars = declarator.parameters !== noNode && declarator.shape !== 'function' ? '(*)()' : declarator.stars;
  return `${specifiers.type}${stars === '' ? '' : ` ${stars}`}${declarator.dimensions.map(size => `[${size}]`).join('')}`;
}

/** The declarators of a declaration, member or parameter. */
export function declaratorsOf(tree: CTree, node: number): Declarator[] {
  return childrenOf(tree, node).filter(child => fieldOf(tree, child) === 'declarator')
    .flatMap(child => readDeclarator(tree, child) ?? []);
}

/** The text of a type node; bodies of structs and enums are left out. */
function typeName(tree: CTree, node: number): string {
  const keyword = /^(struct|union|enum|class)_specifier$/.exec(kindOf(tree, node))?.[1];
  if (keyword === undefined) return oneLine(tree, node, 120);
  return `${keyword} ${textOf(tree, childByField(tree, node, 'name'))}`.trim();
}

function isNameKind(kind: string): boolean {
  return kind === 'identifier' || kind === 'field_identifier' || kind === 'type_identifier' || kind === 'qualified_identifier'
    || kind === 'operator_name' || kind === 'destructor_name' || kind === 'primitive_type';
}

function innerDeclarator(tree: CTree, node: number, kind: string): number {
  const inner = childByField(tree, node, 'declarator');
  if (inner !== noNode) return inner;
  if (kind !== 'parenthesized_declarator' && kind !== 'reference_declarator' && kind !== 'attributed_declarator') return noNode;
  for (let child = firstChild(tree, node); child !== noNode && child < (tree.after[node] ?? 0); child = tree.after[child] ?? tree.count) {
    const childKind = kindOf(tree, child);
    if (isNameKind(childKind) || childKind.endsWith('_declarator')) return child;
  }
  return noNode;
}
