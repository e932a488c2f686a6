import { isRecord } from '../text/json.ts';
import type { Problem } from '../text/problem.ts';
import type { RetrievalAnswer, RetrievalCase } from './retrievalCase.ts';

/** Kinds of the questions in a suite that says none. */
const defaultKind = 'written English';

/**
 * Questions with their answers out of a JSON file: a list of `{ "kind"?, "question", "answers": [{ "file"?, "symbol"?, "holds"? }] }`.
 * What is wrong with one of them is a problem, and the others count.
 */
export function readRetrievalCases(text: string, file: string): { readonly cases: readonly RetrievalCase[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const cases = entriesOf(text, file, problems).flatMap((entry, position) => {
    const made = caseOf(entry);
    if (typeof made !== 'string') return [made];
    problems.push({ file, message: `question ${position + 1} is left out: ${made}` });
    return [];
  });
  return { cases, problems };
}

function entriesOf(text: string, file: string, problems: Problem[]): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value as readonly unknown[];
    problems.push({ file, message: 'no list of questions' });
  } catch (error) {
    problems.push({ file, message: `no JSON: ${error instanceof Error ? error.message : String(error)}` });
  }
  return [];
}

/** The question, or what is wrong with it. */
function caseOf(entry: unknown): RetrievalCase | string {
  if (!isRecord(entry)) return 'it is no object';
  const { kind = defaultKind, question, answers } = entry;
  if (typeof kind !== 'string') return '"kind" is no text';
  if (typeof question !== 'string' || question.trim() === '') return 'it has no "question"';
  if (!Array.isArray(answers) || answers.length === 0) return 'it has no "answers"';
  const read = answers.map(answerOf);
  const sound = read.filter(answer => answer !== undefined);
  return sound.length === read.length ? { kind, question, answers: sound } : 'an answer has none of "file", "symbol" and "holds", or one that is no text';
}

function answerOf(value: unknown): RetrievalAnswer | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value).filter(([key]) => ['file', 'symbol', 'holds'].includes(key));
  if (entries.length === 0 || entries.length < Object.keys(value).length || entries.some(([, part]) => typeof part !== 'string' || part === '')) return undefined;
  return Object.fromEntries(entries);
}
