import { docStartLine } from './cComments.ts';
import { declaratorsOf } from './cDeclarators.ts';
import { endLine, startLine, type CTree } from './cTree.ts';
import type { FunctionFact, PrototypeFact } from './facts.ts';

/** The functions that a declaration at file scope announces. */
export function readPrototypes(tree: CTree, node: number): PrototypeFact[] {
  return declaratorsOf(tree, node).filter(({ shape, name }) => shape === 'function' && name !== '').map(({ name }) => {
    const line = startLine(tree, node);
    return { name, docStartLine: Math.min(line, docStartLine(tree, tree.start[node] ?? 0)), startLine: line, endLine: endLine(tree, node) };
  });
}

/** Those of functions that the file does not define itself, as whoever asks for one of these wants the definition. */
export function keptPrototypes(found: readonly PrototypeFact[], functions: readonly Pick<FunctionFact, 'name'>[]): PrototypeFact[] {
  if (found.length === 0) return [];
  const defined = new Set(functions.map(({ name }) => name));
  return found.filter(({ name }) => !defined.has(name));
}
