import type { Message } from '../model/languageModel.ts';
import { inertLine } from './inertText.ts';
import type { Evidence } from './prompt.ts';

/** A message of an earlier turn. One that was sent with evidence is kept as it was sent, so that a model need not read it again. */
export interface HistoryMessage extends Message {
  /** What the text quotes. */
  readonly evidence?: readonly Evidence[];
  /** What was asked, without the evidence around it. */
  readonly question?: string;
}

/** The turns that go into the prompt word for word, and the others in a few lines. */
export interface KeptHistory {
  readonly messages: readonly HistoryMessage[];
  readonly tokens: number;
  /** Empty when nothing was left out. */
  readonly summary: string;
}

/**
 * The newest turns that fit. Turns are left out in blocks, down to half of the budget at once, and the cut depends only on the
 * turns before it: a cut that moved at every question would make the model read the whole conversation anew each time.
 */
export async function keepHistory(history: readonly HistoryMessage[], budgetTokens: number, count: (text: string) => Promise<number>): Promise<KeptHistory> {
  const costs = await Promise.all(history.map(async ({ text }) => count(text)));
  const sum = (from: number, to: number): number => costs.slice(from, to).reduce((total, cost) => total + cost, 0);
  let first = 0;
  for (let end = 1; end <= history.length; end++) {
    if (sum(first, end) <= budgetTokens) continue;
    while (first < end && sum(first, end) > budgetTokens / 2) first++;
  }
  // A conversation that begins with an answer makes chat templates fail.
  while (history[first]?.role === 'assistant') first++;
  return { messages: history.slice(first), tokens: sum(first, history.length), summary: summaryOf(history.slice(0, first)) };
}

const mostSummarised = 8;
const longestQuestion = 120;
const longestAnswer = 160;

/** Who asked what, the first sentence of each answer, and the hardware that it was about: what later questions refer to. */
function summaryOf(messages: readonly HistoryMessage[]): string {
  if (messages.length === 0) return '';
  const lines = messages.flatMap((message, index) => {
    if (message.role !== 'user') return [];
    const reply = messages[index + 1];
    return [`- asked: ${cut(message.question ?? message.text, longestQuestion)}${reply?.role === 'assistant' ? `; answered: ${cut(firstSentence(reply.text), longestAnswer)}` : ''}`];
  });
  const paths = [...new Set(messages.flatMap(({ evidence = [] }) => evidence.flatMap(({ path }) => path ?? [])))].slice(0, 12);
  const left = lines.length - mostSummarised;
  return [
    'Earlier in this conversation:',
    ...left > 0 ? [`- ${left} older questions`] : [],
    ...lines.slice(-mostSummarised),
    ...paths.length > 0 ? [`- hardware spoken of: ${paths.join(', ')}`] : [],
  ].join('\n');
}

function firstSentence(text: string): string {
  return /^[\s\S]*?(?:[.!?](?=\s|$)|[。！？])/.exec(text.trim())?.[0] ?? text;
}

function cut(text: string, length: number): string {
  const line = inertLine(text);
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
