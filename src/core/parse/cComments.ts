import { lineAt } from '../text/lines.ts';
import { endLine, startLine, textOf, type CTree } from './cTree.ts';

/** First line of the comment block right above a declaration that starts at `start`; the declaration's own line when there is none. */
export function docStartLine(tree: CTree, start: number): number {
  let from = start;
  let first = lineAt(tree.lines, start);
  for (let index = commentBefore(tree, start); index >= 0; index -= 1) {
    const comment = tree.comments[index] ?? 0;
    if (!standsAlone(tree, comment) || !touches(tree, comment, from)) break;
    from = tree.start[comment] ?? 0;
    first = lineAt(tree.lines, from);
  }
  return first;
}

/** The comment that describes a macro or member: after it on its last line, else alone on the line above it. */
export function describingComment(tree: CTree, start: number, end: number): string | undefined {
  const index = commentBefore(tree, end);
  const inside = tree.comments[index] ?? -1;
  if (inside >= 0 && (tree.start[inside] ?? 0) >= start && lineAt(tree.lines, tree.start[inside] ?? 0) === lineAt(tree.lines, end - 1)) return cleanComment(textOf(tree, inside));
  const following = tree.comments[index + 1] ?? -1;
  if (following >= 0 && lineAt(tree.lines, tree.start[following] ?? 0) === lineAt(tree.lines, end - 1) && /^[\s;,}]*$/.test(tree.blanked.slice(end, tree.start[following]))) {
    return cleanComment(textOf(tree, following));
  }
  const above = tree.comments[commentBefore(tree, start)] ?? -1;
  if (above < 0 || !standsAlone(tree, above) || !touches(tree, above, start)) return undefined;
  return cleanComment(textOf(tree, above));
}

/** A comment's words without its frame; undefined when nothing is left or it is a section banner. */
export function cleanComment(comment: string): string | undefined {
  if (/[*=\-/#]{6,}/.test(comment)) return undefined;
  const words = comment.replace(/^\/\*+[!<]*|\*+\/$/g, '').replace(/^\s*(\/\/+[!<]*|\*+(?!\/))/gm, '').replace(/[@\\](brief|details|note)\b/g, '').replace(/\s+/g, ' ').trim();
  return words === '' ? undefined : words.slice(0, 300);
}

/** Index of the last comment that ends at or before the offset; -1 when there is none. */
function commentBefore(tree: CTree, offset: number): number {
  let low = 0;
  let high = tree.comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tree.end[tree.comments[middle] ?? 0] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Nothing but white space before it on its line. */
function standsAlone(tree: CTree, comment: number): boolean {
  const start = tree.start[comment] ?? 0;
  return tree.text.slice(tree.lines[startLine(tree, comment) - 1], start).trim() === '';
}

/** Directly above: no blank line and no code between. */
function touches(tree: CTree, comment: number, offset: number): boolean {
  if (lineAt(tree.lines, offset) - endLine(tree, comment) > 1) return false;
  return tree.blanked.slice(tree.end[comment], offset).trim() === '';
}
