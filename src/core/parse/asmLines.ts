/** One statement of an assembly file, GNU, Arm or IAR syntax, without comments. */
export interface AsmLine {
  /** 1-based. */
  readonly line: number;
  readonly label?: string;
  /** Directive or instruction, lower-case, with its dot: `.word`, `dcd`, `bl`. */
  readonly operation: string;
  /** What follows, as written. */
  readonly operands: string;
  readonly comment?: string;
}

/** The statements of an assembly text; lines that hold only comments are left out. */
export function asmLines(text: string): AsmLine[] {
  const found: AsmLine[] = [];
  let inBlock = false;
  text.split(/\r\n|\n|\r/).forEach((written, index) => {
    const { code, comment, open } = stripComments(written.slice(0, longestLine), inBlock);
    inBlock = open;
    if (code.trim() !== '') found.push(readStatement(code, index + 1, comment));
  });
  return found;
}

/** Longer lines are data. */
const longestLine = 2000;

/** Directives that may follow a label without a colon, which Arm and IAR allow. */
const bareLabelDirectives = /^(dcd|dcw|dcb|dc32|dc16|dc8|dc\.[lwb]|equ|space|proc|function|fill)$/i;

function readStatement(code: string, line: number, comment: string | undefined): AsmLine {
  const rest = { line, ...(comment !== undefined && { comment }) };
  const colon = /^\s*([A-Za-z_.$][\w.$]*)\s*:\s*(.*)$/.exec(code);
  if (colon !== null && !conditionDirectives.test(colon[1] ?? '')) return { ...rest, label: colon[1] ?? '', ...splitOperation(colon[2] ?? '') };
  const [first = '', second = ''] = code.trim().split(/\s+/, 2);
  const isAtMargin = /^[A-Za-z_]/.test(code);
  if (isAtMargin && (bareLabelDirectives.test(second) || second === '') && /^\w+$/.test(first) && !bareDirectives.test(first)) {
    return { ...rest, label: first, ...splitOperation(code.slice(first.length)) };
  }
  return { ...rest, ...splitOperation(code) };
}

/** Directives that stand at the margin in some files and are no labels. */
const bareDirectives = /^(end|endp|endif|else|if|elif|align|alignram|alignrom|data|code|text|thumb|arm|preserve8|require8|endfunc|endm|mend)$/i;

/** In Arm's `IF :DEF: X` the colon makes no label. */
const conditionDirectives = /^(if|elif|elseif)$/i;

function splitOperation(code: string): Pick<AsmLine, 'operation' | 'operands'> {
  const match = /^\s*(\S+)\s*(.*)$/.exec(code);
  return { operation: (match?.[1] ?? '').toLowerCase(), operands: (match?.[2] ?? '').trim() };
}

function stripComments(written: string, inBlock: boolean): { readonly code: string; readonly comment?: string; readonly open: boolean } {
  let code = written;
  const comments: string[] = [];
  if (inBlock) {
    const end = code.indexOf('*/');
    if (end === -1) return { code: '', open: true };
    code = code.slice(end + 2);
  }
  code = code.replace(/\/\*([^]*?)\*\//g, (_, words: string) => { comments.push(words.trim()); return ' '; });
  const open = code.indexOf('/*');
  if (open !== -1) code = code.slice(0, open);
  // `@` starts a comment on Arm, but `.type f, @function` and `"a",@progbits` do not.
  const line = /(?:\/\/|;|(?<![,"\s])\s+@(?!\w+$)|^\s*@|\s@\s)(.*)$/.exec(code);
  if (line !== null) {
    comments.push((line[1] ?? '').trim());
    code = code.slice(0, line.index);
  }
  const comment = comments.find(words => words !== '');
  return { code, ...(comment !== undefined && { comment }), open: open !== -1 };
}
