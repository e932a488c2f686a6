import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';

/** Characters of a line that are quoted. */
const longestLine = 300;
/** Lines that are quoted or left out together. */
const linesPerPiece = 40;

/** Lines of a file, 1-based. */
export interface CodeLines {
  readonly first: number;
  readonly last: number;
  /** What they belong to, for the titles; absent: the file. */
  readonly name?: string | undefined;
  readonly perPiece?: number;
}

/** Code with line numbers, in pieces that are quoted or left out whole; line ends of either kind. */
export function codeEvidence(file: string, text: string, { first, last, name = file, perPiece = linesPerPiece }: CodeLines): EvidenceCandidate[] {
  const lines = text.split(/\r?\n/);
  const end = Math.min(last, lines.length);
  return Array.from({ length: Math.max(0, Math.ceil((end - first + 1) / perPiece)) }, (_, index): EvidenceCandidate => {
    const line = first + index * perPiece;
    const endLine = Math.min(end, line + perPiece - 1);
    const numbered = lines.slice(line - 1, endLine).map((content, offset) => `${line + offset}: ${content.slice(0, longestLine)}`).join('\n');
    return { kind: 'selection', title: `${name}, lines ${line} to ${endLine}`, text: numbered, file, line, endLine };
  });
}
