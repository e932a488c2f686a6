import { cleanComment, describingComment } from './cComments.ts';
import { childByField, childrenOf, fieldOf, kindOf, noNode, oneLine, parentOf, startLine, textOf, type CTree } from './cTree.ts';
import type { IncludeFact, MacroFact } from './facts.ts';

/** Longer bodies are kept to this length: data tables and generated code, never a value. */
const longestBody = 2000;

/** A `#define`, with the comment that describes it. */
export function readMacro(tree: CTree, node: number): MacroFact | undefined {
  const name = textOf(tree, childByField(tree, node, 'name'));
  if (name === '') return undefined;
  const value = childByField(tree, node, 'value');
  const parameterList = childByField(tree, node, 'parameters');
  const { body, trailing } = splitTrailingComment(textOf(tree, value));
  const last = value === noNode ? childByField(tree, node, 'name') : value;
  const comment = trailing ?? describingComment(tree, tree.start[node] ?? 0, tree.end[last] ?? 0);
  return {
    name, line: startLine(tree, node), body,
    ...(parameterList !== noNode && { parameters: macroParameters(tree, parameterList) }),
    ...(comment !== undefined && { comment }),
  };
}

/** An `#include` with the path as written, without its quotes. */
export function readInclude(tree: CTree, node: number): IncludeFact | undefined {
  const path = textOf(tree, childByField(tree, node, 'path')).replace(/^[<"]|[>"]$/g, '');
  return path === '' ? undefined : { path, line: startLine(tree, node) };
}

/** The `#if` conditions around a node as one text, an `#else` as the negation of what comes before it; empty at the top. */
export function conditionAround(tree: CTree, node: number): string {
  const parts: string[] = [];
  for (let inner = node, above = parentOf(tree, node); above !== noNode; inner = above, above = parentOf(tree, above)) {
    const kind = kindOf(tree, above);
    if (!/^preproc_(if|ifdef|elif|elifdef)$/.test(kind)) continue;
    const name = textOf(tree, childByField(tree, above, 'name'));
    const own = name === '' ? oneLine(tree, childByField(tree, above, 'condition'), 120) : `${/^\s*#\s*ifndef/.test(textOf(tree, above)) ? '!' : ''}defined(${name})`;
    // The branch after it hangs below it in the tree.
    if (fieldOf(tree, inner) === 'alternative') parts.unshift(`!(${own})`);
    else parts.unshift(own);
  }
  return parts.join(' && ');
}

function macroParameters(tree: CTree, list: number): string[] {
  const names = childrenOf(tree, list).filter(child => kindOf(tree, child) === 'identifier').map(child => textOf(tree, child));
  return /\.\.\.\s*\)$/.test(textOf(tree, list)) ? [...names, '...'] : names;
}

/** The grammar leaves `// …` in the body; a `//` inside a string is not one. */
function splitTrailingComment(written: string): { readonly body: string; readonly trailing?: string } {
  const text = written.slice(0, longestBody * 2);
  const match = /^((?:[^"'/]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/(?![/*]))*)(\/[/*][^]*)$/.exec(text);
  const code = match?.[1] ?? text;
  const body = code.replace(/\\\r?\n/g, ' ').replace(/\s+/g, ' ').trim();
  const trailing = match?.[2] === undefined ? undefined : cleanComment(match[2]);
  return { body: body.slice(0, longestBody), ...(trailing !== undefined && { trailing }) };
}
