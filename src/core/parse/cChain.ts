import type { AccessKind } from './facts.ts';
import { childByField, fieldOf, firstChild, kindOf, nextSibling, noNode, oneLine, parentOf, textOf, type CTree } from './cTree.ts';

/** `a->b[1].c` taken apart: the root expression and the members after it. */
export interface Chain {
  /** The innermost expression: an identifier, a call or a cast. */
  readonly root: number;
  /** Index after the root itself: `[2]`. */
  readonly rootIndex: string;
  readonly steps: readonly ChainStep[];
}

export interface ChainStep {
  readonly operator: '->' | '.';
  readonly name: string;
  /** `[1]` after the member; empty when there is none. */
  readonly index: string;
  readonly node: number;
}

/** Members deeper than this are not a register access but a hostile file. */
const longestChain = 64;

/** Reads a member chain from its outermost node. */
export function readChain(tree: CTree, node: number): Chain {
  const steps: ChainStep[] = [];
  let index = '';
  let root = node;
  for (let length = 0; length < longestChain; length += 1) {
    const kind = kindOf(tree, root);
    if (kind === 'field_expression') {
      const operator = textOf(tree, childByField(tree, root, 'operator')) === '->' ? '->' : '.';
      steps.push({ operator, name: textOf(tree, childByField(tree, root, 'field')), index, node: root });
      index = '';
      root = childByField(tree, root, 'argument');
    } else if (kind === 'subscript_expression') {
      index = `[${oneLine(tree, subscriptIndex(tree, root), 60)}]${index}`;
      root = childByField(tree, root, 'argument');
    } else if (kind === 'parenthesized_expression' && kindOf(tree, firstChild(tree, root)) !== 'comma_expression') {
      root = firstChild(tree, root);
    } else break;
  }
  return { root, rootIndex: index, steps: steps.reverse() };
}

/** Whether this node continues a chain of its parent: then the parent is the one to look at. */
export function isChainInside(tree: CTree, node: number): boolean {
  const kind = kindOf(tree, parentOf(tree, node));
  return (kind === 'field_expression' || kind === 'subscript_expression') && fieldOf(tree, node) === 'argument';
}

/** The outermost node of the chain that a node begins. */
export function chainTop(tree: CTree, node: number): number {
  let top = node;
  for (;;) {
    if (isChainInside(tree, top)) top = parentOf(tree, top);
    else if (kindOf(tree, parentOf(tree, top)) === 'parenthesized_expression' && isChainInside(tree, parentOf(tree, top))) top = parentOf(tree, top);
    else return top;
  }
}

/** What is done to an expression by what stands around it. */
export interface ExpressionContext {
  readonly kind: AccessKind;
  /** `=`, `|=`, `++`; `&` for an address; absent for reads. */
  readonly operator?: string;
  /** The right-hand side, or the mask of `R & MASK`. */
  readonly value?: number;
  /** The node that does it: the assignment, increment or test. */
  readonly node: number;
}

/** Looks outwards from an expression, through parentheses and casts, for what is done to it. */
export function contextOf(tree: CTree, expression: number): ExpressionContext {
  let inner = expression;
  let parent = parentOf(tree, inner);
  while (kindOf(tree, parent) === 'parenthesized_expression') {
    inner = parent;
    parent = parentOf(tree, inner);
  }
  const kind = kindOf(tree, parent);
  const operator = textOf(tree, childByField(tree, parent, 'operator'));
  if (kind === 'assignment_expression' && fieldOf(tree, inner) === 'left') {
    return { kind: operator === '=' ? 'write' : 'modify', operator, value: childByField(tree, parent, 'right'), node: parent };
  }
  if (kind === 'update_expression') return { kind: 'modify', operator, node: parent };
  if (kind === 'pointer_expression' && operator === '&') return { kind: 'read', operator: '&', node: parent };
  const tested = testedMask(tree, inner);
  return tested === noNode ? { kind: 'read', node: expression } : { kind: 'read', value: tested, node: parentOf(tree, tested) };
}

/** `M` of `x & M` or `M & x`, through casts and parentheses around `x`. */
function testedMask(tree: CTree, node: number): number {
  let inner = node;
  let parent = parentOf(tree, inner);
  while (kindOf(tree, parent) === 'parenthesized_expression' || (kindOf(tree, parent) === 'cast_expression' && fieldOf(tree, inner) === 'value')) {
    inner = parent;
    parent = parentOf(tree, inner);
  }
  if (kindOf(tree, parent) !== 'binary_expression' || textOf(tree, childByField(tree, parent, 'operator')) !== '&') return noNode;
  return childByField(tree, parent, fieldOf(tree, inner) === 'left' ? 'right' : 'left');
}

function subscriptIndex(tree: CTree, node: number): number {
  const index = childByField(tree, node, 'index');
  if (index !== noNode) return index;
  // The C++ grammar wraps indices in a list.
  const list = childByField(tree, node, 'indices');
  return list === noNode ? nextSibling(tree, firstChild(tree, node)) : firstChild(tree, list) === noNode ? list : firstChild(tree, list);
}
