/** An error of a compiler or linker whose kind is known. */
export interface BuildError {
  readonly kind: 'undefined reference' | 'missing header' | 'undeclared name' | 'multiple definition' | 'region overflow' | 'section does not fit';
  /** The symbol, header, region or section that it is about. */
  readonly name: string;
  /** Bytes of an overflow, the region of a section, places of definitions; empty where there is none. */
  readonly detail: string;
  /** The line with those around it that belong to it. */
  readonly text: string;
  /** 1-based line of the log. */
  readonly line: number;
}

/** The errors of a build's output that GCC, Clang and GNU ld word; how many lines say "error" and are of no known kind. */
export function findBuildErrors(log: string): { readonly errors: readonly BuildError[]; readonly unknown: number } {
  const lines = log.split('\n').map(line => line.replace(colours, '').trimEnd());
  const errors: BuildError[] = [];
  let unknown = 0;
  for (const [index, line] of lines.entries()) {
    const known = kinds.flatMap(({ kind, pattern }) => {
      const match = pattern.exec(line);
      return match === null ? [] : [{ kind, name: match[1] ?? '', detail: match[2] ?? '' }];
    })[0];
    if (known !== undefined) errors.push({ ...known, text: around(lines, index), line: index + 1 });
    else if (/\berror:/i.test(line) && !/ld returned|Error \d+$/.test(line)) unknown += 1;
  }
  return { errors, unknown };
}

// eslint-disable-next-line no-control-regex -- terminals' colours begin with this character
const colours = /\u001b\[[\d;]*m/g;

const kinds: readonly { readonly kind: BuildError['kind']; readonly pattern: RegExp }[] = [
  { kind: 'undefined reference', pattern: /undefined (?:reference to|symbol:) [`'"‘]?([\w:~]+)/ },
  { kind: 'missing header', pattern: /(?:fatal error|error): [`'"‘]?([\w./+-]+\.h(?:pp|h)?)['"’]?(?:: No such file| file not found)/ },
  { kind: 'undeclared name', pattern: /error: (?:use of undeclared identifier |implicit declaration of function |call to undeclared function |unknown type name )?[`'"‘](\w+)['"’](?: undeclared|;|$| was not declared| \[-W|.*implicit)/ },
  { kind: 'multiple definition', pattern: /multiple definition of [`'"‘]([\w:~]+)['"’](?:; (.{1,120}first defined here))?/ },
  { kind: 'region overflow', pattern: /region [`'"‘]([\w.-]+)['"’] overflowed by (\d+) bytes/ },
  { kind: 'section does not fit', pattern: /section [`'"‘]([\w.-]+)['"’] will not fit in region [`'"‘]([\w.-]+)['"’]/ },
];

/** The error with the line before that says in which function, and the excerpt below it. */
function around(lines: readonly string[], index: number): string {
  const before = /: in function |: In function |In file included/i.test(lines[index - 1] ?? '') ? [lines[index - 1] ?? ''] : [];
  const below: string[] = [];
  for (const line of lines.slice(index + 1, index + 4)) {
    if (!/^\s*(?:\d+ )?\s*\|/.test(line)) break;
    below.push(line);
  }
  return [...before, lines[index] ?? '', ...below].join('\n');
}
