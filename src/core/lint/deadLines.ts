/** Lines that no build holds: behind `#if 0`, up to its `#else` or `#endif`. */
export function deadLines(lines: readonly string[]): ReadonlySet<number> {
  const dead = new Set<number>();
  /** How each open `#if` stands, the innermost last. */
  const open: ('dead' | 'live')[] = [];
  for (const [index, line] of lines.entries()) {
    const [, word = '', condition = ''] = /^\s*#\s*(if|ifdef|ifndef|elif|else|endif)\b\s*(.*)$/.exec(line) ?? [];
    if (open.includes('dead') && word !== 'endif' && word !== 'else' && word !== 'elif') dead.add(index + 1);
    if (word === 'if' || word === 'ifdef' || word === 'ifndef') open.push(word === 'if' && /^\(?\s*(0|false)\s*\)?\s*($|\/[/*])/.test(condition) ? 'dead' : 'live');
    else if (word === 'else' || word === 'elif') open.splice(-1, 1, 'live');
    else if (word === 'endif') open.pop();
  }
  return dead;
}
