import type { HeaderDefine } from './preprocess.ts';

/**
 * The comment that is about one macro: the one on its line; the one above it unless that heads a list of other names
 * ("Legacy defines"); on NXP's headers the one above `UART_C1_PE(x)`, which explains `UART_C1_PE_MASK` two lines before.
 */
export function macroComments(defines: ReadonlyMap<string, HeaderDefine>): (define: HeaderDefine, base: string) => string | undefined {
  const next = new Map<HeaderDefine, HeaderDefine>();
  let last: HeaderDefine | undefined;
  for (const define of defines.values()) {
    if (last !== undefined) next.set(last, define);
    last = define;
  }
  return (define, base) => {
    const own = define.isCommentAbove === true && isHeading(define, base, next.get(define)) ? undefined : define.comment;
    return own ?? functionComment(defines.get(base), base);
  };
}

/** A comment above is the macro's own when the next line is about the same field, or has its own comment, or there is a gap. */
function isHeading({ file, line }: HeaderDefine, base: string, following: HeaderDefine | undefined): boolean {
  return following !== undefined && following.file === file && following.line === line + 1 && following.comment === undefined && !following.name.startsWith(base);
}

/** `PE - Parity Enable`: said of the macro that takes a value, by the field's name. */
function functionComment(define: HeaderDefine | undefined, base: string): string | undefined {
  const { parameters, comment } = define ?? {};
  const named = /^(\w+) - /.exec(comment ?? '')?.[1];
  return parameters !== undefined && named !== undefined && (base === named || base.endsWith(`_${named}`)) ? comment : undefined;
}
