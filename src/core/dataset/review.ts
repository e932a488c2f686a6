import { jsonLines } from '../text/jsonLines.ts';
import type { Problem } from '../text/problem.ts';
import { droppedOf } from './droppedOf.ts';
import type { Draft, Dropped, ReviewedDraft } from './example.ts';
import { exampleId } from './exampleId.ts';
import { normaliseText } from './normaliseText.ts';

/** What a person said of one example: one line of `verdicts.jsonl`, which only grows; the last line of an example counts. */
export interface ReviewVerdict {
  readonly id: string;
  readonly verdict: 'accept' | 'fix' | 'reject';
  /** The right words, of a fix. */
  readonly question?: string;
  readonly answer?: string;
  /** ISO 8601, as the surface knows it. */
  readonly time: string;
}

/** The verdicts of a file, the last of each example; lines that are none are told and left out. */
export function readVerdicts(text: string, file: string): { readonly verdicts: ReadonlyMap<string, ReviewVerdict>; readonly problems: readonly Problem[] } {
  const verdicts = new Map<string, ReviewVerdict>();
  const problems: Problem[] = [];
  for (const { line, value } of jsonLines(text)) {
    const verdict = verdictOf(value);
    if (verdict === undefined) problems.push({ file, line, message: 'This line is no verdict: it needs id and verdict (accept, fix with an answer, or reject), and was left out.' });
    else verdicts.set(verdict.id, verdict);
  }
  return { verdicts, problems };
}

function verdictOf(value: unknown): ReviewVerdict | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, verdict, question, answer, time } = value as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' || id === '' || (verdict !== 'accept' && verdict !== 'fix' && verdict !== 'reject')) return undefined;
  if (verdict === 'fix' && (typeof answer !== 'string' || answer.trim() === '')) return undefined;
  return { id, verdict, time: typeof time === 'string' ? time : '', ...(typeof question === 'string' && { question }), ...(typeof answer === 'string' && { answer }) };
}

/** The drafts as people want them: rejected ones are gone, and a mended one has what it said before as its worse answer. */
export function applyVerdicts(drafts: readonly Draft[], verdicts: ReadonlyMap<string, ReviewVerdict>, drop: (dropped: Dropped) => void): ReviewedDraft[] {
  return drafts.flatMap(draft => {
    const id = exampleId(draft);
    const said = verdicts.get(id);
    if (said === undefined) return [{ ...draft, id }];
    if (said.verdict === 'accept') return [{ ...draft, id, reviewed: 'accepted' as const }];
    if (said.verdict === 'fix' && said.answer !== undefined) {
      const { factKey, ...rest } = draft;
      // The rules no longer know which fact the person's words state.
      return [{ ...rest, id, ...(said.question !== undefined && { question: said.question }), answer: normaliseText(said.answer), rejected: draft.answer, reviewed: 'fixed' as const, ...(said.answer === draft.answer && factKey !== undefined && { factKey }) }];
    }
    drop(droppedOf(draft, 'rejected in review'));
    return [];
  });
}
