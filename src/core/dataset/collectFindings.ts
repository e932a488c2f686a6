import { oneOf, shuffled } from '../eval/seededSample.ts';
import type { LintFinding } from '../lint/finding.ts';
import type { SourceFacts } from '../parse/facts.ts';
import { chipFamily } from './chipFamily.ts';
import { mostOf, type CollectOptions, type DatasetSource } from './datasetSource.ts';
import type { Draft } from './example.ts';
import { sentence } from './normaliseText.ts';
import { fencedCode, fenceLanguage, placedCode, withoutIndent } from './sourceLines.ts';

/** Lines on either side of a finding, within its function. */
const linesAround = 12;
/** Of one rule: a mistake that a code base makes everywhere is to be learnt once. */
const mostOfRule = 60;

/** Code with a mistake in it: what is wrong, and how it is written instead. */
export async function* collectFindings(source: Pick<DatasetSource, 'findings' | 'device' | 'text' | 'catalog' | 'rest'>, options: CollectOptions): AsyncGenerator<Draft> {
  let made = 0;
  const ofRule = new Map<string, number>();
  for (const finding of shuffled(await source.findings(options.signal), options.random)) {
    if (made >= mostOf(options, 'lint') || options.signal?.aborted === true) return;
    const reason = finding.certainty === 'possible' ? 'finding is only possible' : (ofRule.get(finding.rule) ?? 0) >= mostOfRule ? 'enough of this rule' : undefined;
    const text = reason === undefined ? await source.text(finding.file) : undefined;
    if (reason !== undefined || text === undefined) {
      options.drop({ source: 'lint', reason: reason ?? 'file cannot be read', question: finding.message, file: finding.file });
      continue;
    }
    ofRule.set(finding.rule, (ofRule.get(finding.rule) ?? 0) + 1);
    made += 1;
    yield {
      ...askedOf(finding, text.split('\n'), await source.catalog.facts(finding.file), options.random), source: 'lint',
      provenance: { files: [finding.file], line: finding.startLine, endLine: finding.endLine, licence: await options.licenceOf(finding.file), ...(source.device !== undefined && { chip: source.device.name, family: chipFamily(source.device) }) },
    };
    await source.rest();
  }
}

function askedOf(finding: LintFinding, lines: readonly string[], facts: SourceFacts | undefined, random: () => number): Pick<Draft, 'question' | 'context' | 'answer' | 'rejected'> {
  const inside = facts?.functions.find(({ startLine, endLine }) => startLine <= finding.startLine && finding.startLine <= endLine);
  const start = Math.max(inside?.startLine ?? 1, finding.startLine - linesAround);
  const end = Math.min(inside?.endLine ?? lines.length, finding.endLine + linesAround);
  const name = inside === undefined ? 'this code' : `\`${inside.name}\``;
  const question = (oneOf(['What is wrong in @?', 'Review @ for register and interrupt mistakes.', 'Is there a bug in @?'], random) ?? '@').replace('@', () => name);
  const message = sentence(finding.message);
  const fixed = fixedLines(finding, lines);
  const mended = fixed === undefined ? '' : `\n${finding.fix?.title.replace(/([^.:])$/, '$1:') ?? 'Instead:'}\n${fencedCode(withoutIndent(fixed).join('\n'), fenceLanguage(finding.file))}`;
  return {
    question, context: placedCode(finding.file, lines, { start, end }),
    answer: `Line ${finding.startLine}: ${message}${finding.certainty === 'likely' ? ' This is likely, not certain: it depends on what is not seen here.' : ''}${mended}`,
    // What a model that knows no side effects says of it.
    rejected: `${inside === undefined ? 'The code' : name} looks correct: the register accesses in it do what they are meant to, and nothing needs to be changed.`,
  };
}

/** The lines that the fix changes, as they read afterwards; undefined where there is no fix or one that spans files. */
function fixedLines({ fix }: LintFinding, lines: readonly string[]): string[] | undefined {
  if (fix === undefined || fix.edits.length === 0) return undefined;
  const first = Math.min(...fix.edits.map(({ startLine }) => startLine));
  const last = Math.max(...fix.edits.map(({ endLine }) => endLine));
  if (last - first > 12) return undefined;
  const starts: number[] = [];
  let text = '';
  for (const line of lines.slice(first - 1, last)) {
    starts.push(text.length);
    text += `${line}\n`;
  }
  const offset = (line: number, column: number): number => (starts[line - first] ?? 0) + column - 1;
  for (const edit of fix.edits.toSorted((a, b) => b.startLine - a.startLine || b.startColumn - a.startColumn)) {
    text = text.slice(0, offset(edit.startLine, edit.startColumn)) + edit.text + text.slice(offset(edit.endLine, edit.endColumn));
  }
  return text.trimEnd().split('\n');
}
