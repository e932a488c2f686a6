import type { ReportedProblem } from '../engine.ts';
import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';

const mostProblems = 10;
const longestMessage = 240;

/** What tools reported of some lines of a file, or of all that is given; the nearest to their beginning first. */
export function reportedEvidence(problems: readonly ReportedProblem[], within?: { readonly file: string; readonly line: number; readonly endLine: number }): EvidenceCandidate[] {
  const wanted = problems.filter(({ file, line }) => within === undefined || (file === within.file && line >= within.line && line <= within.endLine));
  const [first] = wanted;
  if (first === undefined) return [];
  const lines = wanted.slice(0, mostProblems).map(({ file, line, message, source }) => `${file}:${line}: ${oneLine(message)}${source === undefined ? '' : ` (${oneLine(source)})`}`);
  const more = wanted.length - mostProblems;
  return [{ kind: 'selection', title: 'Problems that tools report here', file: first.file, line: first.line, text: [...lines, ...more > 0 ? [`(and ${more} more)`] : []].join('\n') }];
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longestMessage ? line : `${line.slice(0, longestMessage - 1)}…`;
}
