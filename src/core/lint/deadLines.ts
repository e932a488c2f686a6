/** Lines that no build for the chip holds: behind `#if 0`, or behind the names of other AVR chips alone, up to the `#else` or `#endif`. */
export function deadLines(lines: readonly string[], deviceName?: string): ReadonlySet<number> {
  const dead = new Set<number>();
  /** How each open `#if` stands, the innermost last. */
  const open: ('dead' | 'live')[] = [];
  for (const [index, line] of lines.entries()) {
    const [, word = '', condition = ''] = /^\s*#\s*(if|ifdef|ifndef|elif|else|endif)\b\s*(.*)$/.exec(line) ?? [];
    if (open.includes('dead') && word !== 'endif' && word !== 'else' && word !== 'elif') dead.add(index + 1);
    if (word === 'if' || word === 'ifdef' || word === 'ifndef') open.push(isNever(word, condition, deviceName) ? 'dead' : 'live');
    else if (word === 'else' || word === 'elif') open.splice(-1, 1, 'live');
    else if (word === 'endif') open.pop();
  }
  return dead;
}

function isNever(word: string, condition: string, deviceName: string | undefined): boolean {
  if (word === 'if' && /^\(?\s*(0|false)\s*\)?\s*($|\/[/*])/.test(condition)) return true;
  return deviceName !== undefined && word !== 'ifndef' && isForOtherChips(condition, deviceName);
}

/** `defined(__AVR_ATmega128__) || defined(__AVR_ATmega1280__)`: compilers define the one that they compile for. */
function isForOtherChips(condition: string, deviceName: string): boolean {
  const code = condition.replace(/\/[/*].*$/, '').trim();
  if (!/^AT(mega|tiny|xmega)/i.test(deviceName) || !/^(defined\s*)?\(?\s*__AVR_\w+__\s*\)?(\s*\|\|\s*defined\s*\(?\s*__AVR_\w+__\s*\)?)*$/.test(code)) return false;
  const names = [...code.matchAll(/__AVR_(AT\w+?)__/g)].map(([, name = '']) => name.toUpperCase());
  return names.length > 0 && names.length === code.split('||').length && names.every(name => name !== deviceName.toUpperCase());
}
