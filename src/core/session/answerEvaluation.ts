import { checkAnswer } from '../answer/checkAnswer.ts';
import { deviceFacts } from '../answer/deviceFacts.ts';
import type { AnswerEvaluationEvent, AnswerEvaluationRequest } from '../engine.ts';
import { answerCase, type AnsweringParts } from '../eval/answerCases.ts';
import { makeAnswerSuite } from '../eval/makeAnswerSuite.ts';
import { scoreAnswers, type AnsweredCase } from '../eval/scoreAnswers.ts';
import { answerQuestion } from './answering.ts';
import type { HardwareCache } from './hardwareCache.ts';
import { indexedFacts } from './indexedFacts.ts';
import type { EngineParts } from './parts.ts';

const narrationTokens = 96;

/** Asks questions whose answers are known, of the model alone and with all of Halcyon, and holds one against the other. */
export async function* evaluateAnswers(request: AnswerEvaluationRequest, parts: EngineParts, hardware: HardwareCache, signal?: AbortSignal): AsyncGenerator<AnswerEvaluationEvent, void> {
  const { device } = await hardware.fullyDescribed();
  const facts = await indexedFacts(parts, device);
  const opened = request.withoutModel === true ? undefined : await parts.languageModel();
  const model = opened?.model;
  const noModel: EngineParts = { ...parts, languageModel: async () => ({ problem: { file: '', message: 'Measured without a model.' } }) };
  const answering: AnsweringParts = {
    model, signal, deviceName: device?.name ?? 'chip',
    ask: (question, stop) => answerQuestion({ question, maxTokens: narrationTokens }, model === undefined ? noModel : parts, hardware, { signal: stop }),
    check: async (question, text) => {
      const known = await deviceFacts(question, { device, facts, source: '', dossiers: [] });
      return checkAnswer(text, { device, facts, evidence: [], ...(known !== undefined && { asked: known.facts.slice(0, known.asked), missing: known.missing }) });
    },
  };
  const seeds = request.seeds ?? [1];
  const suites = await Promise.all(seeds.map(async seed => (await makeAnswerSuite(facts, device, { seed, ...(request.limit !== undefined && { limit: request.limit }) })).map(asked => ({ seed, asked }))));
  const all = suites.flat();
  const answered: AnsweredCase[] = [];
  for (const { seed, asked } of all) {
    const result = await answerCase(asked, seed, answering);
    if (result === undefined) break;
    answered.push(result);
    yield { type: 'progress', done: answered.length, total: all.length, answered: result };
  }
  yield { type: 'done', report: { ...scoreAnswers(answered), ...(model !== undefined && { model: model.info.name }), ...(device !== undefined && { device: device.name }), seeds, planned: all.length, problems: opened === undefined || opened.model !== undefined ? [] : [opened.problem] } };
}
