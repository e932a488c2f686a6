/** How a language writes comments: `hash` is `#` at the start of a word, `slash` is `//`. */
export interface CommentStyle {
  readonly block?: boolean;
  readonly slash?: boolean;
  readonly hash?: boolean;
}

/** The text with comments and what stands in strings overwritten by blanks: same length, same lines. */
export function blankComments(text: string, { block = false, slash = false, hash = false }: CommentStyle): string {
  const sorts = ['"(?:[^"\\\\\\n]|\\\\.)*"'];
  if (block) sorts.push('/\\*[^]*?(?:\\*/|$)');
  if (slash) sorts.push('//[^\\n]*');
  if (hash) sorts.push('(?<![^\\s])#[^\\n]*');
  return text.replace(new RegExp(sorts.join('|'), 'g'), found => (found.startsWith('"') ? found.replace(/[{}();#/*]/g, ' ') : found.replace(/[^\r\n]/g, ' ')));
}

/** 1-based first line of the run of comment lines right above a line; the line itself when there is none. `mark` begins a comment line. */
export function commentLinesAbove(lines: readonly string[], line: number, mark = /^\s*#/): number {
  let first = line;
  if (/\*\/\s*$/.test(lines[first - 2] ?? '') && /^\s*\/?\*/.test(lines[first - 2] ?? '')) {
    let above = first - 1;
    while (above > 1 && first - above < 60 && !(lines[above - 1] ?? '').includes('/*')) above -= 1;
    return (lines[above - 1] ?? '').includes('/*') ? above : first;
  }
  while (mark.test(lines[first - 2] ?? '')) first -= 1;
  return first;
}
