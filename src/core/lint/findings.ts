import { deadLines } from './deadLines.ts';
import type { LintCertainty, LintFinding, LintFix, LintHit, LintSeverity, TextRange } from './finding.ts';
import { lintRule } from './lintRules.ts';
import { readSuppressions } from './suppressions.ts';

/** What the hits of one file come to, with its text: ranges, fixes, and those hidden by comments counted. */
export function findingsOf(hits: readonly LintHit[], text: string | undefined, deviceName?: string): { readonly findings: readonly LintFinding[]; readonly suppressed: number } {
  const lines = text?.split('\n') ?? [];
  const { hides } = readSuppressions(text ?? '');
  const dead = deadLines(lines, deviceName);
  const live = hits.filter(({ line }) => !dead.has(line));
  const shown = live.filter(({ rule, line }) => !hides(rule, line));
  const findings = distinct(shown).map(hit => findingOf(hit, lines)).toSorted((left, right) => left.startLine - right.startLine || left.startColumn - right.startColumn || (left.rule < right.rule ? -1 : 1));
  return { findings, suppressed: live.length - shown.length };
}

function findingOf(hit: LintHit, lines: readonly string[]): LintFinding {
  const range = rangeOf(hit, lines);
  const fix = fixOf(hit, range, lines);
  const { rule, certainty, file, message, related = [] } = hit;
  return { rule, severity: severityOf(rule, certainty), certainty, file, ...range, message: worded(message, certainty), related, ...(fix !== undefined && { fix }) };
}

function severityOf(rule: string, certainty: LintCertainty): LintSeverity {
  const severity = lintRule(rule)?.severity ?? 'warning';
  if (certainty !== 'possible') return severity;
  return severity === 'error' ? 'warning' : severity === 'warning' ? 'information' : 'hint';
}

/** What is not certain says so itself: an editor shows nothing but the message. */
function worded(message: string, certainty: LintCertainty): string {
  return certainty === 'certain' ? message : `${certainty === 'likely' ? 'Likely' : 'Possibly'}: ${message}`;
}

/** The expression where it stands, else the line's code. */
function rangeOf({ line, column, expression }: LintHit, lines: readonly string[]): TextRange {
  const text = lines[line - 1] ?? '';
  const start = column ?? text.length - text.trimStart().length + 1;
  const code = text.replace(/\s*(\/\/.*|\/\*.*)?$/, '');
  const isHere = expression !== undefined && text.startsWith(expression, start - 1);
  const end = isHere ? start + expression.length : Math.max(code.length + 1, start + 1);
  return { startLine: line, startColumn: start, endLine: line, endColumn: end };
}

/** The replacement as an edit of the text, where what is to be replaced stands in the finding's range once. */
function fixOf({ fix }: LintHit, { startLine, startColumn, endColumn }: TextRange, lines: readonly string[]): LintFix | undefined {
  if (fix === undefined) return undefined;
  const code = (lines[startLine - 1] ?? '').slice(startColumn - 1, endColumn - 1);
  const place = code.indexOf(fix.find);
  if (place === -1 || code.includes(fix.find, place + 1)) return undefined;
  const from = startColumn + place;
  return { title: fix.title, edits: [{ startLine, startColumn: from, endLine: startLine, endColumn: from + fix.find.length, text: fix.replace }] };
}

/** One finding a rule and place, however many handlers lead there: the surest. */
function distinct(hits: readonly LintHit[]): LintHit[] {
  const order: readonly LintCertainty[] = ['certain', 'likely', 'possible'];
  const byPlace = Map.groupBy(hits, ({ rule, line, column }) => `${rule} ${line} ${column ?? ''}`);
  return [...byPlace.values()].flatMap(same => same.toSorted((left, right) => order.indexOf(left.certainty) - order.indexOf(right.certainty)).slice(0, 1));
}
