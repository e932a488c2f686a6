/** What comments of one line of C say; line 1 comes first. */
export interface CommentLine {
  readonly line: number;
  readonly text: string;
}

/** A string, a raw string, a character, or a comment of either kind, whichever comes first. */
const token = /(?<![A-Za-z_])(?:u8|[uUL])?R"([^()\\\s]{0,16})\([\s\S]*?\)\1"|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'|\/\/(?:\\\r?\n|[^\n])*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** The comments of a C text, line by line: what a string only quotes is no comment. */
export function commentLines(text: string): CommentLine[] {
  const found: CommentLine[] = [];
  let [line, counted] = [1, 0];
  for (const { 0: code, index } of text.matchAll(token)) {
    if (!/^\/[/*]/.test(code)) continue;
    line += lineFeeds(text.slice(counted, index));
    counted = index;
    found.push(...code.split('\n').map((part, offset) => ({ line: line + offset, text: part })));
  }
  return found;
}

function lineFeeds(text: string): number {
  return text.split('\n').length - 1;
}
