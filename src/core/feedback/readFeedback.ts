import { hashText } from '../text/hash.ts';
import { jsonLines } from '../text/jsonLines.ts';
import type { Problem } from '../text/problem.ts';
import type { FeedbackRecord } from './feedbackRecord.ts';

/** The records of a file, in its order; lines that are none are told and left out. */
export function readFeedback(text: string, file: string): { readonly records: readonly FeedbackRecord[]; readonly problems: readonly Problem[] } {
  const records: FeedbackRecord[] = [];
  const problems: Problem[] = [];
  for (const { line, value } of jsonLines(text)) {
    const record = recordOf(value);
    if (record === undefined) problems.push({ file, line, message: 'This line is no feedback: it needs the texts question and answer, and was left out.' });
    else records.push(record);
  }
  return { records, problems };
}

/** One record an answer: later lines add to earlier ones, and the last rating and correction count; without a time the order of the file decides. */
export function joinedFeedback(records: readonly FeedbackRecord[]): FeedbackRecord[] {
  return [...Map.groupBy(records, ({ answerId }) => answerId).values()].map(all => all.reduce((before, after) => ({ ...before, ...after })));
}

/** Which answer a record is about. */
export function answerIdOf(question: string, answer: string): string {
  return hashText(`${question}\0${answer}`);
}

function recordOf(value: unknown): FeedbackRecord | undefined {
  if (typeof value !== 'object' || value === null || !('question' in value) || !('answer' in value)) return undefined;
  const { question, answer } = value;
  if (typeof question !== 'string' || typeof answer !== 'string' || question.trim() === '') return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  const { rating, signal } = given;
  return {
    question, answer, answerId: textOf(given, 'answerId') ?? answerIdOf(question, answer), time: textOf(given, 'time') ?? '',
    ...(rating === 'up' || rating === 'down') && { rating },
    ...(signal === 'copied' || signal === 'applied' || signal === 'undone') && { signal },
    ...textsOf(given, ['correction', 'device', 'model']),
    ...Array.isArray(given['wrongCitations']) && { wrongCitations: given['wrongCitations'].filter(item => typeof item === 'number') },
    ...Array.isArray(given['quoted']) && { quoted: quotedOf(given['quoted']) },
    ...Array.isArray(given['findings']) && { findings: findingsOf(given['findings']) },
  };
}

function textOf(given: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = given[name];
  return typeof value === 'string' ? value : undefined;
}

function textsOf(given: Readonly<Record<string, unknown>>, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap(name => {
    const value = textOf(given, name);
    return value === undefined ? [] : [[name, value]];
  }));
}

function quotedOf(items: readonly unknown[]): NonNullable<FeedbackRecord['quoted']> {
  return items.flatMap(item => {
    if (typeof item !== 'object' || item === null) return [];
    const given = item as Readonly<Record<string, unknown>>;
    const line = given['line'];
    return [{ kind: textOf(given, 'kind') ?? '', ...textsOf(given, ['file', 'path']), ...typeof line === 'number' && { line } }];
  });
}

function findingsOf(items: readonly unknown[]): NonNullable<FeedbackRecord['findings']> {
  return items.flatMap(item => {
    if (typeof item !== 'object' || item === null) return [];
    const given = item as Readonly<Record<string, unknown>>;
    const verdict = given['verdict'];
    const claim = textOf(given, 'claim');
    return claim !== undefined && (verdict === 'supported' || verdict === 'contradicted' || verdict === 'unknown') ? [{ claim, verdict, evidence: textOf(given, 'evidence') ?? '' }] : [];
  });
}
