/** Rules that a comment switches off, and where. */
export interface Suppressions {
  readonly hides: (rule: string, line: number) => boolean;
}

const marker = /halcyon-disable(-next-line|-line|-file)?\b[ \t]*([\w, \t*-]*)/;

/**
 * `// halcyon-disable-next-line RULE reason` hides a rule's findings of the next line, `halcyon-disable-line` those of
 * its own and `halcyon-disable-file` those of the whole file. Several rules stand with commas; none means all.
 */
export function readSuppressions(text: string): Suppressions {
  const lines = new Map<number, Set<string>>();
  const whole = new Set<string>();
  if (text.includes('halcyon-disable')) {
    for (const [index, line] of text.split('\n').entries()) {
      const [, where, rest = ''] = marker.exec(line) ?? [];
      if (where === undefined) continue;
      const rules = rulesOf(rest);
      const target = where === '-file' ? whole : linesFor(lines, where === '-next-line' ? index + 2 : index + 1);
      for (const rule of rules) target.add(rule);
    }
  }
  const isIn = (rules: ReadonlySet<string> | undefined, rule: string): boolean => rules !== undefined && (rules.has(rule) || rules.has('*'));
  return { hides: (rule, line) => isIn(whole, rule) || isIn(lines.get(line), rule) };
}

/** The comment that hides a rule's findings in the line below it. */
export function suppressionComment(rule: string): string {
  return `// halcyon-disable-next-line ${rule} reason`;
}

/** Rule ids before the reason: words with commas between them. */
function rulesOf(text: string): string[] {
  const [, list = ''] = /^\s*([\w*-]+(?:\s*,\s*[\w*-]+)*)/.exec(text) ?? [];
  const rules = list.split(',').map(rule => rule.trim()).filter(rule => rule !== '');
  return rules.length === 0 ? ['*'] : rules;
}

function linesFor(lines: Map<number, Set<string>>, line: number): Set<string> {
  const rules = lines.get(line) ?? new Set<string>();
  lines.set(line, rules);
  return rules;
}
