import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectRegisterFacts } from '../../../src/core/dataset/collectRegisterFacts.ts';
import { chipFamily } from '../../../src/core/dataset/chipFamily.ts';
import type { DatasetSource } from '../../../src/core/dataset/datasetSource.ts';
import { contradictionsIn } from '../../../src/core/dataset/factCheck.ts';
import { seededRandom } from '../../../src/core/eval/seededSample.ts';
import { noFacts } from '../../../src/core/graph/factSource.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { fixtureText } from '../graph/factsOf.ts';

const { device } = parseSvd(fixtureText('fictional-mcu', 'AX32.svd'), 'AX32.svd');
assert.ok(device !== undefined);
const chip = device;
const source: Pick<DatasetSource, 'chips' | 'rest'> = { chips: [{ file: 'AX32.svd', open: async () => ({ device: chip, licence: 'MIT' }) }], rest: async () => undefined };
const drafts = await Array.fromAsync(collectRegisterFacts(source, { most: { register: 120, trick: 30 }, random: seededRandom(1), licenceOf: async () => 'MIT', drop: () => undefined }));

test('there are as many facts and questions in vain as asked for', () => {
  assert.deepEqual([drafts.filter(draft => draft.source === 'register').length, drafts.filter(draft => draft.source === 'trick').length], [120, 30]);
});

test('no answer is contradicted by the check, and every worse one to a fact is', async () => {
  for (const { question, answer, rejected, source: from } of drafts) {
    assert.deepEqual(await contradictionsIn(question, answer, { device: chip, facts: noFacts }), [], question);
    if (rejected !== undefined && from === 'register') assert.notDeepEqual(await contradictionsIn(question, rejected, { device: chip, facts: noFacts }), [], rejected);
  }
  assert.ok(drafts.filter(({ rejected }) => rejected !== undefined).length > 80);
});

test('a wrong answer to a question in vain names what was asked for', () => {
  for (const { rejected = '' } of drafts.filter(draft => draft.source === 'trick')) assert.doesNotMatch(rejected, /\b[A-Z] is at|of [A-Z],/);
});

test('of a long array the far elements are left out and told', async () => {
  const { device: long } = parseSvd(fixtureText('fictional-mcu', 'AX32.svd').replace('<dim>16</dim>', '<dim>60</dim>'), 'AX32.svd');
  const reasons: string[] = [];
  const made = await Array.fromAsync(collectRegisterFacts({ ...source, chips: [{ file: 'AX32.svd', open: async () => long === undefined ? {} : { device: long } }] }, { most: { register: 120, trick: 30 }, random: seededRandom(1), licenceOf: async () => 'MIT', drop: ({ reason }) => { reasons.push(reason); } }));
  assert.ok(made.length > 100 && reasons.includes('far element of an array'), JSON.stringify(reasons));
  assert.deepEqual(made.filter(({ question }) => /\[(?:1[6-9]|[2-9]\d|\d{3,})\]/.test(question)), []);
});

test('no question is for a far element of an array, and every answer is in the language of its question', () => {
  assert.deepEqual(drafts.filter(({ question }) => /\[(?:1[6-9]|[2-9]\d|\d{3,})\]/.test(question)), []);
  assert.deepEqual(drafts.filter(({ question, answer }) => /[\u3400-\u9fff]/.test(question) && !/[\u3400-\u9fff]/.test(answer)), []);
});

test('every example says its chip, family, file and licence', () => {
  for (const { provenance } of drafts) assert.deepEqual(provenance, { files: ['AX32.svd'], chip: chip.name, family: chipFamily(chip), licence: 'MIT' });
});

test('some are asked with the card of the register, others must be known, and each names its fact', () => {
  const facts = drafts.filter(draft => draft.source === 'register');
  const cards = facts.flatMap(({ context }) => context ?? []);
  assert.ok(cards.length > 0 && cards.length < facts.length);
  for (const card of cards) assert.match(card, /^\S+ @0x/);
  assert.match(facts[0]?.factKey ?? '', new RegExp(`^${chipFamily(chip)}\\|`));
});

for (const [name, family] of [['STM32F407', 'STM32F4'], ['ATSAMD21E18A', 'SAMD21'], ['nrf52840', 'NRF52'], ['nrf54l15_application', 'NRF54L'], ['LPC5502', 'LPC55'], ['GD32VF103', 'GD32VF1'], ['esp32s3', 'ESP32S3'], ['XMC4800', 'XMC4'], ['MCXC243', 'MCXC']] as const) {
  test(`${name} is of ${family}`, () => { assert.equal(chipFamily({ name }), family); });
}
