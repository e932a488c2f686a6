// Every wrong position of a real chip's fields is marked, and no right one is, in the sentences that models write.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAnswer } from '../../../src/core/answer/checkAnswer.ts';
import { deviceFacts } from '../../../src/core/answer/deviceFacts.ts';
import type { Device } from '../../../src/core/device/device.ts';
import { registerPlaces } from '../../../src/core/device/places.ts';
import { realDevice } from '../device/realDevice.ts';
import { memoryFactSource } from '../graph/memoryFactSource.ts';

const device = realDevice('STM32F407.svd');
const facts = memoryFactSource(new Map());

interface SampleField {
  readonly register: string;
  readonly name: string;
  readonly high: number;
  readonly low: number;
}

/** About two hundred fields, spread over the chip; names that a register has twice say nothing. */
function sampleFields(of: Device): SampleField[] {
  const fields = [...registerPlaces(of)].filter(({ path }) => /^\w+\.\w+$/.test(path)).flatMap(({ path, register }) =>
    register.fields.filter(({ name }) => register.fields.filter(other => other.name === name).length === 1 && /^[A-Z]\w+$/.test(name))
      .map(({ name, bitOffset, bitWidth }) => ({ register: path.replace('.', '->'), name, high: bitOffset + bitWidth - 1, low: bitOffset })));
  return fields.filter((_, index) => index % Math.ceil(fields.length / 200) === 0);
}

const bits = ({ high, low }: SampleField): string => (high === low ? `bit ${low}` : `bits ${high}:${low}`);

const sentences: readonly ((field: SampleField) => string)[] = [
  field => `${field.name} (${bits(field)}) of ${field.register} does it.`,
  field => `In ${field.register}, ${field.name} is ${bits(field)}.`,
  field => `${field.register} has the \`${field.name}\` field at ${bits(field)}.`,
  field => `The **${field.name}** field in \`${field.register}\` is located in ${bits(field)}.`,
  field => `${bits(field)} of ${field.register} is ${field.name}.`,
  field => `Look at ${field.register}: ${bits(field)} (${field.name}) tells.`,
  field => `- ${field.register}\n- ${field.name}: ${bits(field)}`,
  field => `${field.register}\n\n| Field | Bits |\n| --- | --- |\n| ${field.name} | ${bits(field)} |\n`,
];

for (const [index, sentence] of sentences.entries()) {
  test(`like "${sentence({ register: 'TIM2->CR1', name: 'CKD', high: 9, low: 8 }).replaceAll('\n', ' ')}"`, { skip: device === undefined ? 'shared/svd is not beside the repository' : false }, async () => {
    assert.ok(device !== undefined);
    for (const field of sampleFields(device)) {
      const right = await checkAnswer(sentence(field), { device, facts, evidence: [] });
      assert.deepEqual(right.filter(({ verdict }) => verdict !== 'supported'), [], sentence(field));
      assert.ok(right.some(({ evidence }) => evidence.includes(`.${field.name} is bit`)), `unseen: ${sentence(field)}`);
      const moved = { ...field, high: field.high + 1 + index, low: field.low + 1 + index };
      const wrong = await checkAnswer(sentence(moved), { device, facts, evidence: [] });
      assert.ok(wrong.some(({ verdict }) => verdict === 'contradicted'), `unmarked: ${sentence(moved)}`);
    }
  });
}

/** The fact of a question, word for word, and with one word changed. */
function checkRepeated(question: string, right: string, wrong: string): void {
  test(`the fact that answers "${question}" may be repeated`, { skip: device === undefined && 'no SVD file beside the repository' }, async () => {
    assert.ok(device);
    const known = await deviceFacts(question, { device, facts, source: 'STM32F407.svd', dossiers: [] });
    const asked = known?.facts.slice(0, known.asked) ?? [];
    const [fact] = asked;
    assert.ok(fact);
    const isMarked = async (text: string): Promise<boolean> => (await checkAnswer(text, { device, facts, evidence: [], asked })).some(({ verdict }) => verdict === 'contradicted');
    assert.equal(await isMarked(fact.text), false, fact.text);
    assert.ok(fact.text.includes(right), fact.text);
    assert.equal(await isMarked(fact.text.replace(right, wrong)), true);
  });
}

checkRepeated('Which bit enables the clock of I2C2?', 'I2C2EN', 'I2C1EN');
checkRepeated('What is the reset value of USART2.CR1?', '0x0000', '0x0004');
