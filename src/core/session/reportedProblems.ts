import type { ReportedProblem } from '../engine.ts';
import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';

const mostProblems = 10;
const longestMessage = 240;

/** What tools reported in the lines that are spoken of; all that is given where no lines are. */
export function reportedEvidence(problems: readonly ReportedProblem[], spokenOf: readonly Pick<EvidenceCandidate, 'file' | 'line' | 'endLine'>[]): EvidenceCandidate[] {
  const places = spokenOf.filter(({ line, endLine }) => line !== undefined && endLine !== undefined);
  const wanted = places.length === 0 ? problems : problems.filter(({ file, line }) => places.some(place => place.file === file && (place.line ?? 0) <= line && line <= (place.endLine ?? 0)));
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
