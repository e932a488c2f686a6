import { oneOf } from '../eval/seededSample.ts';
import type { LanguageModel } from '../model/languageModel.ts';
import { modelText } from './modelText.ts';
import type { Draft } from './example.ts';

/** What a model is asked to make of a question; the answer stays, as it is what was computed or written. */
const tasks = [
  { name: 'paraphrase', ask: 'Say this question in other words. Keep every identifier, register name, number and quote exactly as it is.' },
  { name: 'evolved', ask: 'Rewrite this question as a firmware developer would ask it in the middle of work, in one or two sentences, with a plausible situation around it. It must have the same answer. Keep every identifier, register name, number and quote exactly as it is.' },
  { name: 'back-translation', ask: 'Translate this question into Chinese. Keep every identifier, register name, number and quote exactly as it is.', back: 'Translate this question into English. Keep every identifier, register name, number and quote exactly as it is.' },
] as const;

export interface TeachOptions {
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
}

const mostTokens = 160;

/** Further wordings of one question by a model: nothing of its answer is taken. */
export async function teachDraft(draft: Draft, model: LanguageModel, { random, signal }: TeachOptions): Promise<Draft[]> {
  const task = oneOf(tasks, random) ?? tasks[0];
  const first = await ask(model, task.ask, draft.question, signal);
  if (first === undefined) return [];
  if (task.name !== 'back-translation') return [{ ...draft, question: first, augmentation: task.name }];
  const back = await ask(model, task.back, first, signal);
  return [{ ...draft, question: first, augmentation: 'translation' }, ...back === undefined ? [] : [{ ...draft, question: back, augmentation: task.name }]];
}

/** One question as the model words it; undefined where what comes is none. */
async function ask(model: LanguageModel, instruction: string, question: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const text = await modelText(model, [{ role: 'system', text: `${instruction} Answer with the question alone.` }, { role: 'user', text: question }], { maxTokens: mostTokens, ...(signal !== undefined && { signal }) });
  const line = text.replace(/^\s*(?:question|rewritten question|问题)\s*[:：]\s*/i, '').replace(/^["“]|["”]$/g, '').trim();
  // A small model explains, or goes on, instead of asking.
  const isQuestion = /[?？]$/.test(line) || /^(?:please |can you )?(?:explain|describe|review|decode|summari[sz]e|write|tell|show|find|check|list|name|解释|说明|请)/i.test(line);
  return !isQuestion || line.includes('\n\n') || line.length > question.length * 4 + 200 ? undefined : line.replace(/\s+/g, ' ');
}
