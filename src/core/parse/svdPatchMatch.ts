/** Whether a name is meant by a patch's pattern: `TIM[1-8]`, `USART*,UART?`, `?~OPTIONAL`, `{A,B}R`. */
export function matchesPattern(pattern: string, name: string): boolean {
  return patternsIn(pattern).some(single => globRegExp(single).test(name));
}

/** The one of a pattern's alternatives that means the name. */
export function subpatternFor(pattern: string, name: string): string {
  return patternsIn(pattern).find(single => globRegExp(single).test(name)) ?? pattern;
}

/** A pattern that may match nothing without being a mistake. */
export function isOptional(pattern: string): boolean {
  return pattern.startsWith('?~');
}

/** Commas separate patterns, except within braces. */
function patternsIn(pattern: string): string[] {
  const text = pattern.replace(/^\?~/, '');
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1;
    if (text[index] === '}') depth -= 1;
    if (text[index] !== ',' || depth > 0) continue;
    parts.push(text.slice(start, index).trim());
    start = index + 1;
  }
  return [...parts, text.slice(start).trim()].filter(part => part !== '');
}

/** More stars than any real pattern has would make matching slow. */
const mostStars = 8;

function globRegExp(glob: string): RegExp {
  const literally = new RegExp(`^${glob.replace(/[^\w]/g, '\\$&')}$`);
  if (glob.split('*').length > mostStars) return literally;
  const source = glob.replace(/[.+^$()|\\]/g, '\\$&').replace(/\*+/g, '.*').replace(/\?/g, '.').replace(/\[!/g, '[^').replace(/\{([^{}]*)\}/g, (_, names: string) => `(?:${names.split(',').join('|')})`);
  try {
    return new RegExp(`^(?:${source})$`, 's');
  } catch {
    // An unclosed bracket means itself.
    return literally;
  }
}
