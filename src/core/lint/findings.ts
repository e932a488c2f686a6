import { deadLines } from './deadLines.ts';
import type { LintCertainty, LintFinding, LintFix, LintHit, LintSeverity, SuppressedFinding, TextRange } from './finding.ts';
import { lintRule } from './lintRules.ts';
import { readSuppressions } from './suppressions.ts';

/** What the hits of one file come to. */
export interface RangedFindings {
  readonly findings: readonly LintFinding[];
  /** Those that comments hide. */
  readonly hidden: readonly SuppressedFinding[];
}

/** What the hits of one file come to, with its text: ranges, fixes, and those hidden by comments apart. */
export function findingsOf(hits: readonly LintHit[], text: string | undefined, deviceName?: string): RangedFindings {
  const lines = text?.split(/\r?\n/) ?? [];
  const { hiding } = readSuppressions(text ?? '');
  const dead = deadLines(lines, deviceName);
  const live = hits.filter(hit => !dead.has(hit.line) && (hit.endsLine === undefined || endsLine(hit, lines)));
  const findings = distinct(live).map(hit => findingOf(hit, lines)).toSorted((left, right) => left.startLine - right.startLine || left.startColumn - right.startColumn || (left.rule < right.rule ? -1 : 1));
  const hidden = findings.flatMap((finding): SuppressedFinding[] => {
    const comment = hiding(finding.rule, finding.startLine);
    return comment === undefined ? [] : [{ ...finding, reason: comment.reason, commentLine: comment.line }];
  });
  return { findings: findings.filter(({ rule, startLine }) => hiding(rule, startLine) === undefined), hidden };
}

/** Nothing but the ends of blocks and comments follows the expression. */
function endsLine({ line, column = 1, expression = '' }: LintHit, lines: readonly string[]): boolean {
  const rest = (lines[line - 1] ?? '').slice(column - 1 + expression.length);
  return /^[\s;})]*(\/\/.*|\/\*.*)?$/.test(rest);
}

function findingOf(hit: LintHit, lines: readonly string[]): LintFinding {
  const range = rangeOf(hit, lines);
  const fix = fixOf(hit, range, lines);
  const { rule, certainty, file, message, related = [] } = hit;
  return { rule, severity: severityOf(rule, certainty), certainty, file, ...range, message: worded(message, certainty), related, ...(fix !== undefined && { fix }) };
}

function severityOf(rule: string, certainty: LintCertainty): LintSeverity {
  const severity = lintRule(rule)?.severity ?? 'warning';
  return certainty === 'possible' ? 'hint' : severity;
}

/** What is not certain says so itself: an editor shows nothing but the message. */
function worded(message: string, certainty: LintCertainty): string {
  return certainty === 'certain' ? message : `${certainty === 'likely' ? 'Likely' : 'Check'}: ${message}`;
}

/** The expression where it stands, else the line's code. */
function rangeOf({ line, column, expression }: LintHit, lines: readonly string[]): TextRange {
  const text = lines[line - 1] ?? '';
  const start = column ?? columnOf(expression, text) ?? text.length - text.trimStart().length + 1;
  const code = text.replace(/\s*(\/\/.*|\/\*.*)?$/, '');
  const isHere = expression !== undefined && text.startsWith(expression, start - 1);
  const end = isHere ? start + expression.length : Math.max(code.length + 1, start + 1);
  return { startLine: line, startColumn: start, endLine: line, endColumn: end };
}

/** Where a name stands in a line as a word of its own, first. */
function columnOf(name: string | undefined, text: string): number | undefined {
  if (name === undefined) return undefined;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!/\w/.test(text[at - 1] ?? ' ') && !/\w/.test(text[at + name.length] ?? ' ')) return at + 1;
  }
  return undefined;
}

/** The replacement as an edit of the text, where what is to be replaced stands once: in the finding's range, or in its line where the rule names no column. */
function fixOf({ fix, column }: LintHit, { startLine, startColumn, endColumn }: TextRange, lines: readonly string[]): LintFix | undefined {
  if (fix === undefined) return undefined;
  const text = lines[startLine - 1] ?? '';
  const [first, behind] = column === undefined ? [1, text.length + 1] : [startColumn, endColumn];
  const code = text.slice(first - 1, behind - 1);
  const place = code.indexOf(fix.find);
  if (place === -1 || code.includes(fix.find, place + 1)) return undefined;
  const from = first + place;
  return { title: fix.title, edits: [{ startLine, startColumn: from, endLine: startLine, endColumn: from + fix.find.length, text: fix.replace }] };
}

/** The surest first. */
const certainties: readonly LintCertainty[] = ['certain', 'likely', 'possible'];

/** One finding a rule, place and thing, however many handlers lead there: the surest. */
function distinct(hits: readonly LintHit[]): LintHit[] {
  const byPlace = Map.groupBy(hits, ({ rule, line, column, expression }) => `${rule} ${line} ${column ?? expression ?? ''}`);
  return [...byPlace.values()].flatMap(same => same.toSorted((left, right) => certainties.indexOf(left.certainty) - certainties.indexOf(right.certainty)).slice(0, 1));
}
