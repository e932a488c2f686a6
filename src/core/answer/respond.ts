import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { GenerationUsage, ModelOrReason } from '../model/languageModel.ts';
import { buildPrompt, type PromptParts } from '../prompt/buildPrompt.ts';
import type { Evidence, Prompt } from '../prompt/prompt.ts';
import type { Problem } from '../text/problem.ts';
import type { Answer, AnswerEvent, Citation } from './answer.ts';
import { checkAnswer } from './checkAnswer.ts';
import { citedIds } from './checkReferences.ts';

/** What answering needs from around it. */
export interface AnswerParts {
  /** Asked only when the evidence is gathered: loading takes seconds, and facts need no model. */
  readonly openModel: () => Promise<ModelOrReason>;
  readonly device?: Device | undefined;
  readonly facts: FactSource;
  /** Milliseconds from an arbitrary start. */
  readonly now: () => number;
}

/** A prompt that waits for its budget, and what was found out while gathering its evidence. */
export interface Question {
  readonly prompt: Omit<PromptParts, 'budgetTokens'>;
  readonly problems: readonly Problem[];
  /** Value of `now` when the question came in, and how long the evidence took. */
  readonly startedMs: number;
  readonly retrieveMs: number;
  readonly maxTokens?: number | undefined;
  /** Most tokens of the prompt: two cores read 15 to 85 of a 7B model in a second, so each costs the user a wait. */
  readonly mostPromptTokens: number;
}

const defaultMaxTokens = 400;

/** Shows the evidence, streams the model's text, and ends with the checked answer; without a model the evidence is the answer. */
export async function* respond(question: Question, parts: AnswerParts, signal?: AbortSignal): AsyncGenerator<AnswerEvent> {
  const maxTokens = question.maxTokens ?? defaultMaxTokens;
  const opened = await parts.openModel();
  const { model } = opened;
  const { mostPromptTokens } = question;
  const budgetTokens = model === undefined ? mostPromptTokens : Math.min(mostPromptTokens, model.info.contextTokens - maxTokens - 64);
  const countTokens = model === undefined ? async (text: string) => Math.ceil(text.length / 3.5) : (text: string) => model.countTokens(text);
  const prompt = await buildPrompt({ ...question.prompt, budgetTokens }, countTokens);
  yield { type: 'evidence', quoted: prompt.quoted, dropped: prompt.dropped, retrieveMs: question.retrieveMs };
  if (opened.model === undefined) {
    yield { type: 'answer', answer: unanswered(prompt, question, [...question.problems, opened.problem], parts.now()) };
    return;
  }
  let text = '';
  let usage: GenerationUsage | undefined;
  const promptReadyMs = parts.now();
  for await (const event of opened.model.generate(prompt.messages, { maxTokens, ...(signal !== undefined && { signal }) })) {
    if (event.type === 'end') usage = event.usage;
    else {
      text += event.text;
      yield event;
    }
  }
  yield { type: 'answer', answer: await finish({ text, prompt, usage, question, waitedMs: promptReadyMs - question.startedMs }, parts) };
}

interface Generated {
  readonly text: string;
  readonly prompt: Prompt;
  readonly usage: GenerationUsage | undefined;
  readonly question: Question;
  /** From the question to the prompt handed to the model. */
  readonly waitedMs: number;
}

async function finish({ text, prompt, usage, question, waitedMs }: Generated, parts: AnswerParts): Promise<Answer> {
  const findings = await checkAnswer(text, { device: parts.device, facts: parts.facts, evidence: prompt.quoted });
  return {
    text, findings,
    citations: citedIds(text).flatMap(id => prompt.quoted.filter(evidence => evidence.id === id)).map(toCitation),
    prompt: { tokens: prompt.tokens, quoted: prompt.quoted.length, dropped: prompt.dropped.length },
    timing: {
      retrieveMs: question.retrieveMs, firstTokenMs: waitedMs + (usage?.firstTokenMs ?? 0), totalMs: parts.now() - question.startedMs,
      promptTokens: usage?.promptTokens ?? prompt.tokens, cachedTokens: usage?.cachedTokens ?? 0, outputTokens: usage?.outputTokens ?? 0,
    },
    stopReason: usage?.stopReason ?? 'end',
    problems: prompt.quoted.length === 0 ? [...question.problems, nothingFound] : question.problems,
  };
}

const nothingFound: Problem = { file: '', message: 'Nothing in the index or the chip\'s description fits this question, so the answer rests on no evidence. Name a register, a function or a file, or rebuild the index.' };

function unanswered(prompt: Prompt, question: Question, problems: readonly Problem[], nowMs: number): Answer {
  const elapsedMs = nowMs - question.startedMs;
  return {
    text: '', findings: [], citations: prompt.quoted.map(toCitation), problems, stopReason: 'end',
    prompt: { tokens: prompt.tokens, quoted: prompt.quoted.length, dropped: prompt.dropped.length },
    timing: { retrieveMs: question.retrieveMs, firstTokenMs: elapsedMs, totalMs: elapsedMs, promptTokens: 0, cachedTokens: 0, outputTokens: 0 },
  };
}

function toCitation({ id, kind, title, file, line, path }: Evidence): Citation {
  return { id, kind, title, ...(file !== undefined && { file }), ...(line !== undefined && { line }), ...(path !== undefined && { path }) };
}
