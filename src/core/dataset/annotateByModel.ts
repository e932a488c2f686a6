import type { LanguageModel } from '../model/languageModel.ts';
import type { Draft, ExampleLabels } from './example.ts';
import { annotate } from './annotate.ts';
import { answerKinds, difficulties, questionTypes } from './labelNames.ts';
import { modelText } from './modelText.ts';

/** The form that a model's labels have; a local model can write nothing else. */
const schema = {
  type: 'object', required: ['questionType', 'difficulty', 'answerKind'], additionalProperties: false,
  properties: { questionType: { enum: questionTypes }, difficulty: { enum: difficulties }, answerKind: { enum: answerKinds } },
} as const;

const instruction = `You label questions of firmware developers. questionType: what the question is about, one of ${questionTypes.join(', ')}. difficulty: easy (one fact), medium (some lines to read), hard (several places, timing or judgement). answerKind: what the answer is, one of ${answerKinds.join(', ')}. Answer with JSON alone.`;
const mostCharacters = 1200;

/** Labels by a model; by the rules where what it writes is none of the labels. Names are always found by the rules. */
export async function annotateByModel(draft: Draft, model: LanguageModel, signal?: AbortSignal): Promise<{ readonly labels: ExampleLabels; readonly isByModel: boolean }> {
  const byRules = annotate(draft);
  const text = await modelText(model, [{ role: 'system', text: instruction }, { role: 'user', text: `Question: ${draft.question}\n\nAnswer: ${draft.answer.slice(0, mostCharacters)}` }], { maxTokens: 60, jsonSchema: schema, ...(signal !== undefined && { signal }) });
  const said = labelsIn(text);
  return said === undefined ? { labels: byRules, isByModel: false } : { labels: { ...byRules, ...said }, isByModel: true };
}

function labelsIn(text: string): Pick<ExampleLabels, 'questionType' | 'difficulty' | 'answerKind'> | undefined {
  const json = /\{[^{}]*\}/.exec(text)?.[0];
  if (json === undefined) return undefined;
  try {
    const said = JSON.parse(json) as Readonly<Record<string, unknown>>;
    const questionType = questionTypes.find(name => name === said['questionType']);
    const difficulty = difficulties.find(name => name === said['difficulty']);
    const answerKind = answerKinds.find(name => name === said['answerKind']);
    return questionType === undefined || difficulty === undefined || answerKind === undefined ? undefined : { questionType, difficulty, answerKind };
  } catch {
    return undefined;
  }
}
