import type { Language, Tree } from 'web-tree-sitter';
import { lineAt, lineStarts } from '../text/lines.ts';
import type { BlankedSource } from './cBlank.ts';

/**
 * A syntax tree as flat arrays in document order: one walk over the WebAssembly tree, then plain numbers.
 * Punctuation is left out, operators are kept. A node is an index; `noNode` stands for none.
 */
export interface CTree extends BlankedSource {
  readonly count: number;
  readonly kinds: readonly string[];
  readonly fields: readonly (string | null)[];
  readonly kind: Uint16Array;
  readonly field: Uint16Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly parent: Int32Array;
  /** First node after the subtree. */
  readonly after: Uint32Array;
  /** Every comment, in order. */
  readonly comments: readonly number[];
  readonly lines: readonly number[];
}

export const noNode = -1;

/** Copies a tree out of WebAssembly; the tree may be deleted afterwards. */
export function flattenTree(tree: Tree, source: BlankedSource): CTree {
  const { language } = tree;
  const traits = traitsOf(language);
  const operatorField = language.fieldIdForName('operator') ?? -1;
  const commentKind = language.idForNodeType('comment', true) ?? -1;
  const size = tree.rootNode.descendantCount;
  const arrays = {
    kind: new Uint16Array(size), field: new Uint16Array(size), start: new Uint32Array(size), end: new Uint32Array(size),
    parent: new Int32Array(size), after: new Uint32Array(size),
  };
  const comments: number[] = [];
  const open: number[] = [];
  const cursor = tree.walk();
  let count = 0;
  walk: for (;;) {
    const kind = cursor.nodeTypeId;
    const trait = traits[kind] ?? kept;
    const field = trait === dropped ? 0 : cursor.currentFieldId;
    if (trait === kept || trait === leaf || field === operatorField) {
      arrays.kind[count] = Math.min(kind, language.types.length);
      arrays.field[count] = field;
      arrays.start[count] = cursor.startIndex;
      arrays.end[count] = cursor.endIndex;
      arrays.parent[count] = open.at(-1) ?? noNode;
      arrays.after[count] = count + 1;
      if (kind === commentKind) comments.push(count);
      count += 1;
      if (trait !== leaf && cursor.gotoFirstChild()) { open.push(count - 1); continue; }
    }
    while (!cursor.gotoNextSibling()) {
      const parent = open.pop();
      if (parent === undefined || !cursor.gotoParent()) break walk;
      arrays.after[parent] = count;
    }
  }
  cursor.delete();
  return { ...source, ...arrays, count, comments, kinds: [...language.types, 'ERROR'], fields: language.fields, lines: lineStarts(source.text) };
}

/** What is done with a kind of node. Every question put to the cursor costs a call into WebAssembly and several writes to its memory. */
const kept = 0;
/** Kept, and never has children. */
const leaf = 1;
/** Kept where it is an operator. */
const maybeOperator = 2;
const dropped = 3;

const leafKinds = new Set(['comment', 'identifier', 'field_identifier', 'type_identifier', 'primitive_type', 'number_literal', 'string_content', 'escape_sequence', 'preproc_arg', 'system_lib_string']);

/** By the grammar's number of the kind. */
function traitsOf(language: Language): Uint8Array {
  const known = knownTraits.get(language);
  if (known !== undefined) return known;
  const traits = Uint8Array.from(language.types, (name, id) => {
    if (language.nodeTypeIsNamed(id)) return leafKinds.has(name) ? leaf : kept;
    return /^(?:[(){}[\];:,"']|#\w*|\s*)$/.test(name) ? dropped : maybeOperator;
  });
  knownTraits.set(language, traits);
  return traits;
}

const knownTraits = new WeakMap<Language, Uint8Array>();

/** The grammar's name of a node; `ERROR` for what could not be parsed. */
export function kindOf(tree: CTree, node: number): string {
  return node < 0 ? '' : tree.kinds[tree.kind[node] ?? 0] ?? 'ERROR';
}

/** The role of a node in its parent: `left`, `declarator`; undefined when the grammar gives none. */
export function fieldOf(tree: CTree, node: number): string | undefined {
  return tree.fields[tree.field[node] ?? 0] ?? undefined;
}

/** A node's text as written, before any blanking. */
export function textOf(tree: CTree, node: number): string {
  return node < 0 ? '' : tree.text.slice(tree.start[node], tree.end[node]);
}

/** A node's text on one line, cut at `limit` characters. */
export function oneLine(tree: CTree, node: number, limit = 200): string {
  return node < 0 ? '' : squeeze(tree.text.slice(tree.start[node], Math.min(tree.end[node] ?? 0, (tree.start[node] ?? 0) + limit * 4)), limit);
}

/** Runs of white space as one blank, comments dropped, cut at `limit` characters with an ellipsis. */
export function squeeze(text: string, limit = 200): string {
  const plain = text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, ' ').replace(/\\\r?\n/g, ' ').replace(/\s+/g, ' ').trim();
  return plain.length <= limit ? plain : `${plain.slice(0, limit - 1)}…`;
}

export function firstChild(tree: CTree, node: number): number {
  return node >= 0 && (tree.after[node] ?? 0) > node + 1 ? node + 1 : noNode;
}

export function nextSibling(tree: CTree, node: number): number {
  const after = tree.after[node] ?? 0;
  return after < tree.count && tree.parent[after] === tree.parent[node] ? after : noNode;
}

/** The children, in order. */
export function childrenOf(tree: CTree, node: number): number[] {
  const children: number[] = [];
  for (let child = firstChild(tree, node); child !== noNode; child = nextSibling(tree, child)) children.push(child);
  return children;
}

/** The first child with that role. */
export function childByField(tree: CTree, node: number, field: string): number {
  for (let child = firstChild(tree, node); child !== noNode; child = nextSibling(tree, child)) if (fieldOf(tree, child) === field) return child;
  return noNode;
}

/** The first child of that kind. */
export function childOfKind(tree: CTree, node: number, kind: string): number {
  for (let child = firstChild(tree, node); child !== noNode; child = nextSibling(tree, child)) if (kindOf(tree, child) === kind) return child;
  return noNode;
}

export function parentOf(tree: CTree, node: number): number {
  return node < 0 ? noNode : tree.parent[node] ?? noNode;
}

/** The nearest node of one of the kinds above `node`. */
export function ancestorOf(tree: CTree, node: number, kinds: ReadonlySet<string>): number {
  let above = parentOf(tree, node);
  while (above !== noNode && !kinds.has(kindOf(tree, above))) above = parentOf(tree, above);
  return above;
}

/** 1-based line of the node's first character. */
export function startLine(tree: CTree, node: number): number {
  return lineAt(tree.lines, tree.start[node] ?? 0);
}

/** 1-based line of the node's last character. */
export function endLine(tree: CTree, node: number): number {
  return lineAt(tree.lines, Math.max((tree.end[node] ?? 1) - 1, tree.start[node] ?? 0));
}

/** 1-based column of the node's first character. */
export function startColumn(tree: CTree, node: number): number {
  const start = tree.start[node] ?? 0;
  return start - (tree.lines[lineAt(tree.lines, start) - 1] ?? 0) + 1;
}

/** Parentheses and casts around an expression taken off. */
export function bareExpression(tree: CTree, node: number): number {
  let inner = node;
  for (;;) {
    const kind = kindOf(tree, inner);
    const next = kind === 'parenthesized_expression' ? firstChild(tree, inner) : kind === 'cast_expression' ? childByField(tree, inner, 'value') : noNode;
    if (next === noNode) return inner;
    inner = next;
  }
}
