import { lineAt, lineStarts } from '../text/lines.ts';

/** A compiler option found in a build file. */
export interface CompilerFlag {
  readonly kind: 'define' | 'cpu' | 'fpu' | 'mcu' | 'arch' | 'linkerScript';
  /** The macro's name, or the option's value. */
  readonly value: string;
  /** The option as written. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

/** Options that say something about the chip, each value at its first place: command lines, Makefiles, CMake lists, build flags of any format. */
export function findCompilerFlags(text: string): CompilerFlag[] {
  const starts = lineStarts(text);
  const found = new Map<string, CompilerFlag>();
  for (const match of text.matchAll(/-(D|mcpu=|mfpu=|mmcu=|march=|T)[ \t]*"?([A-Za-z_][\w.+/-]*)/g)) {
    const kind = kinds[match[1] ?? ''];
    const value = match[2] ?? '';
    const before = text.charAt(match.index - 1);
    if (kind === undefined || /[\w-]/.test(before) || isCommented(text, match.index) || found.has(`${kind} ${value}`)) continue;
    found.set(`${kind} ${value}`, { kind, value, text: match[0], line: lineAt(starts, match.index) });
  }
  return [...found.values()];
}

const kinds: Readonly<Record<string, CompilerFlag['kind']>> = { 'D': 'define', 'mcpu=': 'cpu', 'mfpu=': 'fpu', 'mmcu=': 'mcu', 'march=': 'arch', 'T': 'linkerScript' };

function isCommented(text: string, offset: number): boolean {
  const lineStart = text.lastIndexOf('\n', offset) + 1;
  return /^[ \t]*#/.test(text.slice(lineStart, offset));
}
