import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceFacts } from '../../../src/core/answer/deviceFacts.ts';
import { answerCase } from '../../../src/core/eval/answerCases.ts';
import type { AnswerCase } from '../../../src/core/eval/answerCase.ts';
import { makeAnswerSuite } from '../../../src/core/eval/makeAnswerSuite.ts';
import { scoreAnswers, type AnsweredCase } from '../../../src/core/eval/scoreAnswers.ts';
import { checkAnswer } from '../../../src/core/answer/checkAnswer.ts';
import { ask, type AskParts } from '../../../src/core/answer/ask.ts';
import type { LanguageModel } from '../../../src/core/model/languageModel.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { isrDossiers } from '../../../src/core/isr/isrDossiers.ts';
import { dossierPromptText } from '../../../src/core/isr/dossierText.ts';
import { fixtureText, fixtureTexts, sourceOf } from '../graph/factsOf.ts';
import { quotingModel } from '../answer/quotingModel.ts';

const facts = await sourceOf(fixtureTexts('fictional-mcu'));
const { device } = parseSvd(fixtureText('fictional-mcu', 'AX32.svd'), 'AX32.svd');
assert.ok(device !== undefined);
const chip = device;

const parts: AskParts = {
  openModel: async () => ({ problem: { file: '', message: 'No model.' } }), device: chip, facts, now: () => 0, source: 'AX32.svd',
  retriever: { search: async () => [] },
  dossierOf: async name => {
    const [dossier] = (await isrDossiers(facts, chip, { name })).isrs;
    return dossier === undefined ? undefined : { dossier, text: dossierPromptText(dossier) };
  },
};

async function answerAll(suite: readonly AnswerCase[], model?: LanguageModel): Promise<AnsweredCase[]> {
  const answered: AnsweredCase[] = [];
  for (const asked of suite) {
    const result = await answerCase(asked, 1, {
      model, deviceName: chip.name, ask: question => ask({ question, maxTokens: 60 }, model === undefined ? parts : { ...parts, openModel: async () => ({ model }) }),
      check: async (question, text) => {
        const known = await deviceFacts(question, { device: chip, facts, source: '', dossiers: [] });
        return checkAnswer(text, { device: chip, facts, evidence: [], ...(known !== undefined && { asked: known.facts.slice(0, known.asked) }) });
      },
    });
    assert.ok(result !== undefined);
    answered.push(result);
  }
  return answered;
}

const suite = await makeAnswerSuite(facts, chip, { limit: 150 });

test('the same seed makes the same questions, another one others, none twice', async () => {
  assert.equal(suite.length, 150);
  assert.deepEqual(await makeAnswerSuite(facts, chip, { limit: 150 }), suite);
  assert.notDeepEqual(await makeAnswerSuite(facts, chip, { limit: 150, seed: 2 }), suite);
  assert.equal(new Set(suite.map(({ question }) => question)).size, suite.length);
  assert.ok(new Set(suite.map(({ kind }) => kind)).size >= 10, [...new Set(suite.map(({ kind }) => kind))].join());
});

test('what is computed answers every kind of question, and refuses what does not exist', async () => {
  const answered = await answerAll(suite);
  const missed = answered.filter(({ judgement }) => judgement !== 'right').map(item => `${item.case.question} → ${item.facts}`);
  assert.deepEqual(missed, []);
  const scores = scoreAnswers(answered);
  assert.ok(scores.bars.every(({ holds }) => holds));
  assert.equal(scores.abstention.refusedWrongly.hits, 0);
  assert.equal(scores.closedBook.of, 0);
});

test('a model that lies is found out: its wrong claims are marked, and the facts stay right', async () => {
  const registerQuestions = suite.filter(({ kind }) => ['reset value', 'field position', 'address', 'access'].includes(kind));
  const answered = await answerAll(registerQuestions, quotingModel({ adding: 'It is 0xDEAD0001, bit 61, and it is write-only.' }));
  const scores = scoreAnswers(answered);
  assert.equal(scores.registerFacts.share, 1);
  assert.ok(scores.closedBook.share < 0.2);
  assert.ok(scores.wrongMarked.of >= registerQuestions.length, 'each question has at least one wrong text');
  assert.equal(scores.wrongMarked.share, 1, JSON.stringify(answered.filter(({ closedBook }) => closedBook?.judgement === 'wrong' && !closedBook.findings.some(({ verdict }) => verdict === 'contradicted')).map(item => [item.case.question, item.closedBook?.text])));
  assert.ok(answered.some(({ repaired }) => !repaired), 'a second lie is no repair');
  assert.ok(scores.difference.p < 0.001);
});

test('without chip and sources there is nothing to ask', async () => {
  const none = { facts: async () => undefined, definitions: async () => [], handlerFiles: async () => [], mentions: async () => [] };
  assert.deepEqual(await makeAnswerSuite(none, undefined), []);
  assert.equal(scoreAnswers([]).questions, 0);
});
