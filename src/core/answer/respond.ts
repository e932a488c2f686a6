import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { GenerationUsage, LanguageModel, Message, ModelOrReason } from '../model/languageModel.ts';
import { separateThinking } from '../model/thinking.ts';
import { buildPrompt, type PromptParts } from '../prompt/buildPrompt.ts';
import type { Evidence, Prompt } from '../prompt/prompt.ts';
import type { Template } from '../prompt/templates.ts';
import type { Problem } from '../text/problem.ts';
import type { Answer, AnswerEvent, Citation, Finding } from './answer.ts';
import { checkAnswer } from './checkAnswer.ts';
import { citedIds } from './checkCitations.ts';
import { correctionsOf, hingesOn, repairRequest } from './corrections.ts';
import type { AnswerFacts } from './deviceFacts.ts';

/** What answering needs from around it. */
export interface AnswerParts {
  /** Asked only when the evidence is gathered: loading takes seconds, and facts need no model. */
  readonly openModel: () => Promise<ModelOrReason>;
  readonly device?: Device | undefined;
  readonly facts: FactSource;
  /** A task in the user's own words, where there are some. */
  readonly reword?: (template: Template) => Promise<{ readonly template: Template; readonly problems: readonly Problem[] }>;
  /** Milliseconds from an arbitrary start. */
  readonly now: () => number;
  /** Told what the model was sent for an answer, for the turns after it. */
  readonly remember?: (turn: SentTurn) => void;
}

/** A question as the model got it, with what it quotes. */
export interface SentTurn {
  readonly question: string;
  readonly text: string;
  readonly evidence: readonly Evidence[];
  readonly answer: string;
}

/** A prompt that waits for its budget, and what was found out while gathering its evidence. */
export interface Question {
  readonly prompt: Omit<PromptParts, 'budgetTokens' | 'totalTokens'>;
  readonly problems: readonly Problem[];
  /** What is known without a model. */
  readonly facts?: AnswerFacts | undefined;
  /** Value of `now` when the question came in, and how long the evidence took. */
  readonly startedMs: number;
  readonly retrieveMs: number;
  readonly maxTokens?: number | undefined;
  /** The answer as far as it got: the model goes on from there. */
  readonly soFar?: string | undefined;
  /** Most tokens of the prompt: two cores read few tokens of a 7B model in a second, so each costs the user a wait. */
  readonly mostPromptTokens: number;
}

const defaultMaxTokens = 400;
/** What was read before costs nothing more until the model is unloaded; then the user waits for all of it. */
const mostConversationTokens = 3000;

/** Shows facts and evidence, streams the model's text, and ends with the checked answer; where nothing asked for exists, or no model is there, the facts are the answer. */
export async function* respond(asked: Question, parts: AnswerParts, signal?: AbortSignal): AsyncGenerator<AnswerEvent> {
  const { facts } = asked;
  if (facts !== undefined) yield { type: 'facts', facts };
  if (facts?.isAbstention === true) {
    yield* abstain(facts, asked, parts);
    return;
  }
  const opened = await unlessAborted(parts.openModel(), signal);
  if (opened === undefined) {
    yield { type: 'evidence', quoted: [], dropped: [], retrieveMs: asked.retrieveMs };
    yield { type: 'answer', answer: { ...unanswered(noPrompt, asked, asked.problems, parts.now()), text: '', stopReason: 'cancelled' } };
    return;
  }
  const { template, problems = [] } = await parts.reword?.(asked.prompt.template) ?? { template: asked.prompt.template };
  const question = { ...asked, prompt: { ...asked.prompt, template }, problems: [...asked.problems, ...problems] };
  const prompt = await promptFor(question, opened.model);
  yield { type: 'evidence', quoted: prompt.quoted, dropped: prompt.dropped, retrieveMs: question.retrieveMs };
  if (opened.model === undefined) {
    yield { type: 'answer', answer: unanswered(prompt, question, [...question.problems, opened.problem], parts.now()) };
    return;
  }
  yield* answerWith(opened.model, { question, prompt, parts, signal });
}

/** Undefined as soon as the signal fires: a large model loads for up to a minute, and goes on loading for the next question. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  if (signal === undefined) return work;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const abort = (): void => { resolve(undefined); };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([promise, work]).finally(() => { signal.removeEventListener('abort', abort); });
}

interface Writing {
  readonly question: Question;
  readonly prompt: Prompt;
  readonly parts: AnswerParts;
  readonly signal: AbortSignal | undefined;
}

async function promptFor(question: Question, model: LanguageModel | undefined): Promise<Prompt> {
  const { mostPromptTokens, maxTokens = defaultMaxTokens, soFar } = question;
  const countTokens = model === undefined ? async (text: string) => Math.ceil(text.length / 3.5) : (text: string) => model.countTokens(text);
  const written = soFar === undefined ? 0 : await countTokens(soFar) + 32;
  const totalTokens = model === undefined ? mostPromptTokens : model.info.contextTokens - maxTokens - written - 64;
  return buildPrompt({ ...question.prompt, budgetTokens: Math.min(mostPromptTokens, totalTokens), totalTokens: Math.min(mostConversationTokens, totalTokens) }, countTokens);
}

/** The model's text; once more, with the facts, when the answer hinges on claims that are wrong. */
async function* answerWith(model: LanguageModel, writing: Writing): AsyncGenerator<AnswerEvent> {
  const { question, prompt, parts } = writing;
  const waitedMs = parts.now() - question.startedMs;
  const first = yield* generate(model, [...prompt.messages, ...goOn(question.soFar)], writing, question.soFar);
  const findings = await check(first.text, writing);
  const wrong = hingesOn(findings, question.facts);
  const messages = wrong.length === 0 || first.usage?.stopReason === 'cancelled' ? undefined : await repairMessages(first.text, wrong, { model, writing });
  if (messages === undefined) {
    yield { type: 'answer', answer: finished({ ...first, findings, waitedMs }, writing) };
    return;
  }
  yield { type: 'repair', wrong };
  const second = yield* generate(model, messages, writing);
  const secondFindings = await check(second.text, writing);
  const isBetter = second.text.trim() !== '' && contradicted(secondFindings) < contradicted(findings);
  const chosen = isBetter ? { ...second, findings: secondFindings } : { ...first, findings };
  const answer = finished({ ...chosen, usage: sumOf(first.usage, second.usage), waitedMs }, writing);
  yield { type: 'answer', answer: isBetter ? { ...answer, beforeRepair: { text: first.text, findings } } : answer };
}

interface Written {
  readonly text: string;
  readonly thinking: string;
  readonly usage: GenerationUsage | undefined;
}

async function* generate(model: LanguageModel, messages: readonly Message[], { question, signal }: Writing, soFar = ''): AsyncGenerator<AnswerEvent, Written> {
  let written = '';
  let thinking = '';
  let usage: GenerationUsage | undefined;
  for await (const event of separateThinking(model.generate(messages, { maxTokens: question.maxTokens ?? defaultMaxTokens, ...(signal !== undefined && { signal }) }))) {
    if (event.type === 'end') usage = event.usage;
    else if (event.type === 'textWasThinking') {
      thinking += written;
      yield { type: 'thinking', text: written, replacesText: true };
      written = '';
      // What stood there before was never thinking.
      if (soFar !== '') yield { type: 'text', text: soFar };
    } else {
      if (event.type === 'text') written += event.text;
      else thinking += event.text;
      yield event;
    }
  }
  return { text: soFar + written, thinking, usage };
}

/** The broken answer and the wish for its rest, as turns of the conversation: every chat template knows those. */
function goOn(soFar = ''): readonly Message[] {
  return soFar === '' ? [] : [{ role: 'assistant', text: soFar }, { role: 'user', text: 'Go on exactly where your answer broke off. Repeat nothing of it.' }];
}

async function check(text: string, { question: { facts }, prompt, parts }: Writing): Promise<Finding[]> {
  return checkAnswer(text, { device: parts.device, facts: parts.facts, evidence: prompt.quoted, ...(facts !== undefined && { asked: facts.facts.slice(0, facts.asked) }) });
}

/** Undefined where the context has no room left for a second answer. */
async function repairMessages(text: string, wrong: readonly Finding[], { model, writing }: { readonly model: LanguageModel; readonly writing: Writing }): Promise<readonly Message[] | undefined> {
  const { prompt, question } = writing;
  const added: readonly Message[] = [{ role: 'assistant', text }, { role: 'user', text: repairRequest(wrong) }];
  let tokens = prompt.tokens + (question.maxTokens ?? defaultMaxTokens);
  for (const message of added) tokens += await model.countTokens(message.text) + 16;
  return tokens > model.info.contextTokens ? undefined : [...prompt.messages, ...added];
}

function contradicted(findings: readonly Finding[]): number {
  return findings.filter(({ verdict }) => verdict === 'contradicted').length;
}

function sumOf(first: GenerationUsage | undefined, second: GenerationUsage | undefined): GenerationUsage | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return { ...first, outputTokens: first.outputTokens + second.outputTokens, totalMs: first.totalMs + second.totalMs, stopReason: second.stopReason };
}

interface Finished extends Written {
  readonly findings: readonly Finding[];
  /** From the question to the prompt handed to the model. */
  readonly waitedMs: number;
}

function finished({ text, thinking, usage, findings, waitedMs }: Finished, { question, prompt, parts }: Writing): Answer {
  parts.remember?.({ question: question.prompt.question, text: prompt.messages.at(-1)?.text ?? '', evidence: prompt.fresh, answer: text });
  return {
    text, ...(thinking !== '' && { thinking }), findings, writtenBy: 'model', corrections: correctionsOf(findings), ...(question.facts !== undefined && { facts: question.facts }),
    citations: citedIds(text).filter(id => !isUnsupported(id, findings)).flatMap(id => prompt.quoted.filter(evidence => evidence.id === id)).map(toCitation),
    prompt: { tokens: prompt.tokens, quoted: prompt.quoted.length, dropped: prompt.dropped.length },
    timing: {
      retrieveMs: question.retrieveMs, firstTokenMs: waitedMs + (usage?.firstTokenMs ?? 0), totalMs: parts.now() - question.startedMs,
      promptTokens: usage?.promptTokens ?? prompt.tokens, cachedTokens: usage?.cachedTokens ?? 0, outputTokens: usage?.outputTokens ?? 0,
    },
    stopReason: usage?.stopReason ?? 'end',
    problems: prompt.quoted.length === 0 ? [...question.problems, nothingFound] : question.problems,
  };
}

/** What no sentence that cites it finds support in is no source of the answer; where it is cited, it is marked. */
function isUnsupported(id: number, findings: readonly Finding[]): boolean {
  const own = findings.filter(({ claim }) => claim === `[${id}]`);
  return own.length > 0 && own.every(({ verdict }) => verdict !== 'supported');
}

const nothingFound: Problem = { file: '', message: 'Nothing in the index or the chip\'s description fits this question, so the answer rests on no evidence. Name a register, a function or a file, or rebuild the index.' };

/** What does not exist needs no model, and none could say more of it. */
async function* abstain(facts: AnswerFacts, question: Question, parts: AnswerParts): AsyncGenerator<AnswerEvent> {
  const text = facts.missing.map(missing => missing.text).join(' ');
  yield { type: 'evidence', quoted: [], dropped: [], retrieveMs: question.retrieveMs };
  yield { type: 'text', text };
  yield { type: 'answer', answer: { ...unanswered(noPrompt, question, question.problems, parts.now()), text } };
}

const noPrompt: Prompt = { messages: [], tokens: 0, quoted: [], dropped: [], fresh: [] };

function unanswered(prompt: Prompt, question: Question, problems: readonly Problem[], nowMs: number): Answer {
  const elapsedMs = nowMs - question.startedMs;
  const { facts } = question;
  const text = facts?.facts.slice(0, Math.max(1, facts.asked)).map(fact => fact.text).join('\n') ?? '';
  return {
    text, writtenBy: 'halcyon', ...(facts !== undefined && { facts }), findings: [], corrections: [], citations: prompt.quoted.map(toCitation), problems, stopReason: 'end',
    prompt: { tokens: prompt.tokens, quoted: prompt.quoted.length, dropped: prompt.dropped.length },
    timing: { retrieveMs: question.retrieveMs, firstTokenMs: elapsedMs, totalMs: elapsedMs, promptTokens: 0, cachedTokens: 0, outputTokens: 0 },
  };
}

function toCitation({ id, kind, title, file, line, path }: Evidence): Citation {
  return { id, kind, title, ...(file !== undefined && { file }), ...(line !== undefined && { line }), ...(path !== undefined && { path }) };
}
