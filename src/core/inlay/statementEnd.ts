/** A place in a text; both 1-based. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Lines that a statement may go on for. */
const longestStatement = 60;

/** The place right behind the statement that begins at `start`: behind its `;`; undefined when it has no end nearby. */
export function statementEnd(lines: readonly string[], start: TextPlace): TextPlace | undefined {
  for (let line = start.line; line < start.line + longestStatement && line <= lines.length; line += 1) {
    const text = blanked(lines[line - 1] ?? '');
    const at = text.indexOf(';', line === start.line ? start.column - 1 : 0);
    if (at !== -1) return { line, column: at + 2 };
  }
  return undefined;
}

/** Strings, characters and comments within the line as blanks: a `;` in them ends nothing. */
function blanked(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\*.*?\*\/|\/\/.*$/g, match => ' '.repeat(match.length));
}
