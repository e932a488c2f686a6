import type { Answer, AnswerEvent, Finding } from '../answer/answer.ts';
import type { LanguageModel } from '../model/languageModel.ts';
import type { AnswerCase } from './answerCase.ts';
import { judgeAnswer } from './judgeAnswer.ts';
import type { AnsweredCase, AnsweredText } from './scoreAnswers.ts';

export interface AnsweringParts {
  /** Absent: only what Halcyon computes is measured. */
  readonly model?: LanguageModel | undefined;
  readonly deviceName: string;
  readonly ask: (question: string, signal?: AbortSignal) => AsyncIterable<AnswerEvent>;
  /** The check of answers, without any evidence: for what the model says by itself. */
  readonly check: (question: string, text: string) => Promise<readonly Finding[]>;
  readonly signal?: AbortSignal | undefined;
}

const closedBookTokens = 48;

/** Asks one question of the model alone and of Halcyon, and judges what each says. */
export async function answerCase(asked: AnswerCase, seed: number, parts: AnsweringParts): Promise<AnsweredCase | undefined> {
  const alone = parts.model === undefined ? undefined : await closedBook(asked, parts.model, parts);
  let answer: Answer | undefined;
  for await (const event of parts.ask(asked.question, parts.signal)) if (event.type === 'answer') answer = event.answer;
  if (answer === undefined || parts.signal?.aborted === true) return undefined;
  const { facts } = answer;
  const shown = facts === undefined ? '' : (facts.isAbstention ? facts.missing : facts.facts.slice(0, Math.max(1, facts.asked))).map(({ text }) => text).join('\n');
  const narration = answer.writtenBy === 'model' ? judged(answer.text, answer.findings, asked) : undefined;
  const factsJudgement = judgeAnswer(shown, asked);
  return {
    seed, case: asked, facts: shown, factsJudgement, abstained: facts?.isAbstention === true, repaired: answer.beforeRepair !== undefined,
    judgement: factsJudgement === 'none' ? narration?.judgement ?? 'none' : factsJudgement,
    promptTokens: answer.timing.promptTokens, totalMs: answer.timing.totalMs,
    ...(alone !== undefined && { closedBook: alone }), ...(narration !== undefined && { narration }),
  };
}

async function closedBook(asked: AnswerCase, model: LanguageModel, { deviceName, check, signal }: AnsweringParts): Promise<AnsweredText> {
  let text = '';
  const messages = [{ role: 'system' as const, text: `You answer questions of firmware developers about the ${deviceName} in one or two sentences.` }, { role: 'user' as const, text: asked.question }];
  for await (const event of model.generate(messages, { maxTokens: closedBookTokens, ...(signal !== undefined && { signal }) })) if (event.type === 'text') text += event.text;
  return judged(text, await check(asked.question, text), asked);
}

/** A citation counts as right unless the check says otherwise. */
function judged(text: string, findings: readonly Finding[], asked: AnswerCase): AnsweredText {
  const citations = [...text.matchAll(/(?<![\w\]])\[\d{1,2}\]/g)];
  const wrong = findings.filter(({ claim, verdict }) => verdict !== 'supported' && /^\[\d+\]$/.test(claim)).length;
  return { text, findings, judgement: judgeAnswer(text, asked), cited: citations.length, citedRightly: Math.max(0, citations.length - wrong) };
}
