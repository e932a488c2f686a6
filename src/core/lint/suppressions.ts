import { commentLines } from './comments.ts';

/** Why a finding is not shown: the comment that hides it. */
export interface Suppression {
  /** The comment's line. */
  readonly line: number;
  /** What it says behind the rules; empty when it gives no reason. */
  readonly reason: string;
}

/** Rules that comments switch off, and where. */
export interface Suppressions {
  readonly hiding: (rule: string, line: number) => Suppression | undefined;
}

const marker = /halcyon-disable(-next-line|-line|-file)?\b[ \t]*([^\n]*)/;

/**
 * `// halcyon-disable-next-line RULE reason` hides a rule's findings of the next line, `halcyon-disable-line` those of
 * its own and `halcyon-disable-file` those of the whole file. Several rules stand with commas; none means all.
 */
export function readSuppressions(text: string): Suppressions {
  const lines = new Map<number, Map<string, Suppression>>();
  const whole = new Map<string, Suppression>();
  // Few files have such a comment, and taking a text apart costs more than looking for the word.
  const comments = text.includes('halcyon-disable') ? commentLines(text) : [];
  for (const { line, text: comment } of comments) {
    const [, where, rest = ''] = marker.exec(comment) ?? [];
    if (where === undefined) continue;
    const target = where === '-file' ? whole : linesFor(lines, where === '-next-line' ? line + 1 : line);
    const { rules, reason } = rulesOf(rest);
    for (const rule of rules) target.set(rule, { line, reason });
  }
  const find = (rules: ReadonlyMap<string, Suppression> | undefined, rule: string): Suppression | undefined => rules?.get(rule) ?? rules?.get('*');
  return { hiding: (rule, line) => find(lines.get(line), rule) ?? find(whole, rule) };
}

/** The comment that hides a rule's findings in the line below it. */
export function suppressionComment(rule: string): string {
  return `// halcyon-disable-next-line ${rule} reason`;
}

/** Rule ids before the reason: words with commas between them. */
function rulesOf(text: string): { readonly rules: readonly string[]; readonly reason: string } {
  const code = text.replace(/\s*\*\/.*$/, '');
  const [list = ''] = /^\s*[\w*-]+(?:\s*,\s*[\w*-]+)*/.exec(code) ?? [];
  const rules = list.split(',').map(rule => rule.trim()).filter(rule => rule !== '');
  return { rules: rules.length === 0 ? ['*'] : rules, reason: code.slice(list.length).trim() };
}

function linesFor(lines: Map<number, Map<string, Suppression>>, line: number): Map<string, Suppression> {
  const rules = lines.get(line) ?? new Map<string, Suppression>();
  lines.set(line, rules);
  return rules;
}
