import type { Answer, AnswerEvent, Evidence } from '../core/index.ts';
import type { CheckedAnswer, EvidenceItem, PageCommand, Turn } from '../../webview/protocol.ts';
import type { Conversation } from './conversation.ts';
import { problemLine, sentenceOf } from './sentence.ts';

/** Feeds one stream of the engine into one turn; never rejects: a failure becomes the turn's own. */
export async function answerTurn(conversation: Conversation, id: string, events: AsyncIterable<AnswerEvent>, signal: AbortSignal): Promise<void> {
  try {
    let finished = false;
    for await (const event of events) {
      if (event.type === 'answer') finished = true;
      applyEvent(conversation, id, event);
    }
    if (!finished) conversation.change(id, stopped(conversation, id));
  } catch (error) {
    conversation.change(id, signal.aborted ? stopped(conversation, id) : failed(sentenceOf(error)));
  }
}

/** What was written before stays, and can go on. */
function stopped(conversation: Conversation, id: string): Partial<Turn> {
  return { status: 'stopped', canContinue: conversation.turn(id)?.text !== '' };
}

function applyEvent(conversation: Conversation, id: string, event: AnswerEvent): void {
  switch (event.type) {
    case 'dossier':
      conversation.change(id, { dossier: event.markdown });
      break;
    case 'facts':
      conversation.change(id, { dossier: event.facts.markdown });
      break;
    case 'repair':
      // What was written hinged on wrong claims: the next text takes its place.
      conversation.change(id, { text: '' });
      break;
    case 'evidence':
      conversation.change(id, { evidence: event.quoted.map(evidenceItem), dropped: event.dropped.map(evidenceItem), status: 'streaming' });
      break;
    case 'thinking':
      if (event.replacesText === true) conversation.change(id, { text: '', thinking: event.text });
      else conversation.append(id, 'thinking', event.text);
      break;
    case 'text':
      conversation.append(id, 'text', event.text);
      break;
    case 'answer':
      conversation.change(id, finishedTurn(event.answer));
      break;
  }
}

function finishedTurn(answer: Answer): Partial<Turn> {
  const reason = answer.problems.at(-1);
  // No word at all: the engine had no model, and its last problem says why.
  if (answer.text === '' && answer.stopReason !== 'cancelled' && reason !== undefined) return failed(problemLine(reason));
  return {
    text: answer.text, status: answer.stopReason === 'cancelled' ? 'stopped' : 'done', checked: checkedAnswer(answer),
    canContinue: answer.text !== '' && answer.stopReason !== 'end',
  };
}

function checkedAnswer(answer: Answer): CheckedAnswer {
  const { timing, prompt } = answer;
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
  return {
    citations: answer.citations.map(({ id, title, file, line, path }) => ({ id, title, ...placeOf({ file, line, path }) })),
    findings: answer.findings.map(({ claim, verdict, evidence, start, end }) => ({ claim, verdict, evidence, start, end })),
    notes: [...answer.corrections.map(({ claims, fact }) => `${claims.join(', ')} — ${fact}`), ...answer.problems.map(problemLine)],
    promptTokens: prompt.tokens,
    figures: `${prompt.tokens} → ${timing.outputTokens} tokens · ${seconds(timing.firstTokenMs)} + ${seconds(Math.max(0, timing.totalMs - timing.firstTokenMs))}`,
  };
}

function evidenceItem({ id, kind, title, text, file, line, path }: Evidence): EvidenceItem {
  return { id, kind, title, text, ...placeOf({ file, line, path }) };
}

function placeOf({ file, line, path }: { file: string | undefined; line: number | undefined; path: string | undefined }): { file?: string; line?: number; path?: string } {
  return { ...(file !== undefined && { file }), ...(line !== undefined && { line }), ...(path !== undefined && { path }) };
}

function failed(message: string): Partial<Turn> {
  const remedy = remedyFor(message);
  return { status: 'failed', failure: { message, ...(remedy !== undefined && { remedy }) } };
}

/** The engine speaks in sentences; these two are the ones that a button mends. */
function remedyFor(message: string): PageCommand | undefined {
  if (/engine (stopped|was closed)/i.test(message)) return 'restartEngine';
  return /model|\.gguf/i.test(message) ? 'selectModel' : undefined;
}
