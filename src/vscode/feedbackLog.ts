import fs from 'node:fs/promises';
import path from 'node:path';
import type { Rating } from '../../webview/protocol.ts';
import { answerIdOf, type FeedbackRecord } from '../core/index.ts';
import type { KeptTurn } from './conversationLog.ts';

/** What is known of an answer besides its turn. */
export interface AnswerOrigin {
  readonly device?: string | undefined;
  readonly model?: string | undefined;
  readonly time: string;
}

/** What a user said of an answer, as one record. */
export function feedbackRecord(turn: KeptTurn, said: { readonly rating: Rating; readonly correction?: string | undefined }, { device, model, time }: AnswerOrigin): FeedbackRecord {
  const { question, text } = turn;
  return {
    answerId: answerIdOf(question, text), time, question, answer: text, rating: said.rating,
    ...(said.correction !== undefined && said.correction.trim() !== '' && { correction: said.correction.trim() }),
    ...(device !== undefined && { device }), ...(model !== undefined && { model }),
    quoted: turn.evidence.map(({ kind, file, line, path: register }) => ({ kind, ...(file !== undefined && { file }), ...(line !== undefined && { line }), ...(register !== undefined && { path: register }) })),
    findings: (turn.checked?.findings ?? []).map(({ claim, verdict, evidence }) => ({ claim, verdict, evidence })),
  };
}

/** Adds a line to `feedback.jsonl` in the folder; the file only grows, and nothing else writes it. */
export async function keepFeedback(folder: string, record: FeedbackRecord): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  await fs.appendFile(path.join(folder, 'feedback.jsonl'), `${JSON.stringify(record)}\n`);
}
