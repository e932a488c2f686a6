/**
 * Lines of an assembly file with the assemblers' own conditions written as the preprocessor's, so that one reader does
 * for both: `.ifdef X`, and Arm's `IF :DEF: X` with its short form `[ :DEF: X`, `|`, `]`. What they test are the assembler's symbols, of which a build's
 * definitions say nothing: the text keeps the directive, which no macro answers.
 */
export function asmConditionLines(lines: readonly string[]): readonly string[] {
  return lines.map(written => {
    const line = shortForms(written);
    const [, , word = '', behind = ''] = directive.exec(line) ?? [];
    const rest = behind.replace(/\s*(;|@|\/\/|\/\*).*$/, '').trim();
    switch (word.toLowerCase()) {
      case '': return line;
      case 'else': return '#else';
      case 'endif': return '#endif';
      case 'elseif':
      case 'elif': return `#elif ${rest}`;
      default: return `#if ${/^\s*(\S+)/.exec(line)?.[1] ?? word} ${rest}`;
    }
  });
}

/** Arm's signs for IF, ELSE and ENDIF, alone in front of what they test. */
function shortForms(line: string): string {
  const [, sign, rest = ''] = /^\s+(\[|\||\])(?:\s+(.*))?$/.exec(line) ?? [];
  if (sign === undefined || (sign !== '[' && !/^(;.*)?$/.test(rest))) return line;
  return sign === '[' ? ` IF ${rest}` : sign === '|' ? ' ELSE' : ' ENDIF';
}

/** Last line of what begins at a line under the same conditions: what stands behind its `#else` or `#endif` is another thing. */
export function endUnderConditions(lines: readonly string[], startLine: number, endLine: number): number {
  let depth = 0;
  for (let line = startLine + 1; line <= endLine; line += 1) {
    const word = /^\s*#\s*(if|el|endif)/.exec(lines[line - 1] ?? '')?.[1];
    if (word === 'if') depth += 1;
    else if (word !== undefined && depth === 0) return line - 1;
    else if (word === 'endif') depth -= 1;
  }
  return endLine;
}

/** `.if`, `.ifdef`, `.ifeq`, `.elseif`; `IF`, `ELIF`, `ELSE`, `ENDIF` in capitals or not, alone in front of what they test. */
const directive = /^\s*(\.?)(if(?:n?def|notdef|n?eq|ne|g[te]|l[te]|n?c|n?b|eqs|nes)?|else|elseif|elif|endif)\b(?!:|\s*=)(.*)$/i;
