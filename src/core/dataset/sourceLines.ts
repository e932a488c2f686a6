/** Code with its place in front, as evidence is quoted: what an answer says of lines can be read off it. */
export function placedCode(file: string, lines: readonly string[], range: { readonly start: number; readonly end: number }): string {
  const start = Math.max(1, range.start);
  const end = Math.min(lines.length, range.end);
  const width = String(end).length;
  return `${file}\n${lines.slice(start - 1, end).map((line, index) => `${String(start + index).padStart(width)}| ${line}`.trimEnd()).join('\n')}`;
}

/** Code as an answer gives it. */
export function fencedCode(code: string, language: string): string {
  return `\`\`\`${language}\n${code.replace(/^\n+|\s+$/g, '')}\n\`\`\``;
}

/** The language that a fence names for a file. */
export function fenceLanguage(file: string): string {
  return /\.(cc|cpp|cxx|hpp|hh|ino)$/i.test(file) ? 'cpp' : /\.(s|asm)$/i.test(file) ? 'asm' : /\.py$/i.test(file) ? 'python' : /\.(mk|mak)$|makefile/i.test(file) ? 'make' : /\.cmake$|CMakeLists/i.test(file) ? 'cmake' : /\.rs$/i.test(file) ? 'rust' : /\.[ch]$|\.inc$/i.test(file) ? 'c' : '';
}

/** The lines without the blanks that all of them begin with. */
export function withoutIndent(lines: readonly string[]): string[] {
  const indents = lines.filter(line => line.trim() !== '').map(line => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const least = Math.min(...indents, Number.MAX_SAFE_INTEGER);
  return lines.map(line => line.slice(Math.min(least, line.length)));
}
