/** Where code may be cut: after each of the lines, how deep in blocks; -1 within a statement, an argument list or a comment. */
export function statementBorders(lines: readonly string[]): Int16Array {
  const borders = new Int16Array(lines.length).fill(-1);
  const state: State = { braces: 0, brackets: 0, inComment: false, isWhole: true };
  for (const [index, line] of lines.entries()) {
    const isDirective = !state.inComment && /^\s*#/.test(line);
    const isContinued = /\\\s*$/.test(line);
    if (!isDirective) readLine(state, line);
    if (!state.inComment && state.brackets <= 0 && state.isWhole && !isContinued) borders[index] = Math.max(0, Math.min(state.braces, 99));
  }
  return borders;
}

interface State {
  braces: number;
  brackets: number;
  inComment: boolean;
  /** The last statement ended, or none began. */
  isWhole: boolean;
}

const tokens = /\/\*|\*\/|\/\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{}()[\];:,]|[^\s{}()[\];:,"'/*]+|\S/g;

function readLine(state: State, line: string): void {
  for (const [token] of line.matchAll(tokens)) {
    if (state.inComment) {
      if (token.endsWith('*/')) state.inComment = false;
      continue;
    }
    if (token === '//') return;
    if (token === '/*') state.inComment = true;
    else readToken(state, token);
  }
}

function readToken(state: State, token: string): void {
  if (token === '{' || token === '}') {
    state.braces += token === '{' ? 1 : -1;
    // A block ends whatever was left open before it, by a macro perhaps.
    state.brackets = 0;
    state.isWhole = true;
  } else if (token === '(' || token === '[') state.brackets += 1;
  else if (token === ')' || token === ']') {
    state.brackets -= 1;
    state.isWhole = false;
  } else state.isWhole = state.brackets <= 0 && (token === ';' || token === ':' || (token === ',' && state.braces > 0));
}
