import type { FeedbackRecord } from '../feedback/feedbackRecord.ts';
import { joinedFeedback } from '../feedback/readFeedback.ts';
import { normaliseLine, normaliseText } from './normaliseText.ts';
import { chipFamily } from './chipFamily.ts';
import { mostOf, type CollectOptions, type DatasetSource } from './datasetSource.ts';
import type { Draft } from './example.ts';
import { contradictionsIn } from './factCheck.ts';
import { unstated } from './licence.ts';

/** What users have said is right: corrections, with what they corrected as the worse answer, and answers they liked. */
export async function* collectFeedback(source: Pick<DatasetSource, 'feedback' | 'device' | 'facts' | 'rest'>, options: CollectOptions): AsyncGenerator<Draft> {
  let made = 0;
  for (const records of Map.groupBy(source.feedback, ({ question, device }) => `${normaliseLine(question).toLowerCase()}\0${device ?? ''}`).values()) {
    if (made >= mostOf(options, 'feedback') || options.signal?.aborted === true) return;
    const settled = settledAnswer(records);
    const question = records[0]?.question ?? '';
    const reason = 'reason' in settled ? settled.reason : await contradicted(settled, records, source);
    if (reason !== undefined) {
      options.drop({ source: 'feedback', reason, question });
      if (reason !== nothingRight) options.tell?.({ file: '', message: `Feedback on "${normaliseLine(question).slice(0, 80)}" was left out: ${reason}.` });
      continue;
    }
    if ('reason' in settled) continue;
    made += 1;
    yield { source: 'feedback', question, ...settled, provenance: { files: [], licence: unstated, ...chipOf(records, source) } };
    await source.rest();
  }
}

const nothingRight = 'no right answer is known';

/** The last word of the users: two that differ settle nothing. */
function settledAnswer(records: readonly FeedbackRecord[]): { readonly answer: string; readonly rejected?: string } | { readonly reason: string } {
  const answers = joinedFeedback(records);
  const corrections = new Map(answers.flatMap(record => (record.correction === undefined || record.correction.trim() === '' ? [] : [[normaliseText(record.correction), record] as const])));
  const [corrected, ...others] = corrections;
  if (others.length > 0) return { reason: 'its corrections differ from each other' };
  const liked = [...new Set(answers.filter(({ rating, wrongCitations = [] }) => rating === 'up' && wrongCitations.length === 0).map(({ answer }) => normaliseText(answer)))];
  const disliked = answers.filter(({ rating, correction }) => rating === 'down' && correction === undefined).map(({ answer }) => normaliseText(answer));
  if (corrected !== undefined) {
    const [answer, { answer: shown }] = corrected;
    if (disliked.includes(answer)) return { reason: 'the correction itself is rated wrong elsewhere' };
    return liked.includes(normaliseText(shown)) ? { reason: 'the answer that one user corrected another rated right' } : { answer, rejected: shown };
  }
  const [answer] = liked.filter(text => !disliked.includes(text));
  if (liked.length > 0 && answer === undefined) return { reason: 'the same answer is rated right and wrong' };
  return answer === undefined ? { reason: nothingRight } : { answer, ...(disliked[0] !== undefined && { rejected: disliked[0] }) };
}

/** A correction that the chip's own description denies is a mistake, or poison. */
async function contradicted({ answer }: { readonly answer: string }, records: readonly FeedbackRecord[], { device, facts }: Pick<DatasetSource, 'device' | 'facts'>): Promise<string | undefined> {
  const [first] = records;
  if (first === undefined) return undefined;
  if (device === undefined) return first.findings?.some(({ verdict }) => verdict === 'contradicted') === true && first.correction === undefined ? 'the check contradicted the answer' : undefined;
  const wrong = await contradictionsIn(first.question, answer, { device, facts });
  return wrong[0] === undefined ? undefined : `the chip's description says otherwise: ${wrong[0].evidence}`;
}

function chipOf(records: readonly FeedbackRecord[], { device }: Pick<DatasetSource, 'device'>): { readonly chip?: string; readonly family?: string } {
  const name = records.find(record => record.device !== undefined)?.device ?? device?.name;
  return name === undefined ? {} : { chip: name, family: chipFamily({ name }) };
}
