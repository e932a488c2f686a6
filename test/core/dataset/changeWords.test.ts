import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeWords, wordChanges } from '../../../src/core/dataset/changeWords.ts';
import { isAskedByNames } from '../../../src/core/dataset/sameNames.ts';
import { seededRandom } from '../../../src/core/eval/seededSample.ts';

const questions = ['What does writing 0x2000 to USART2->CR1 set?', 'Explain the interrupt handler `USART2_IRQHandler`.', 'Which variables does `DMA_IRQHandler` share with other code?', 'How is FOOEN in PWM3.SEQ[1].REFRESH cleared?'];

for (const change of wordChanges) {
  test(`${change} changes words and leaves every identifier and number`, () => {
    const made = questions.flatMap((question, seed) => { const changed = changeWords(question, change, seededRandom(seed)); return changed === undefined ? [] : [{ question, changed }]; });
    assert.ok(made.length > 0);
    for (const { question, changed } of made) {
      assert.notEqual(changed, question);
      assert.ok(isAskedByNames(question, changed), `${question} / ${changed}`);
    }
  });
}

test('Chinese is left alone', () => { assert.equal(changeWords('USART2.CR1 的复位值是多少？', 'swap', seededRandom(1)), undefined); });

for (const [name, changed, same] of [
  ['other words', 'Please: what is USART2.CR1 reset to?', true], ['another register', 'What does USART2.CR2 reset to?', false], ['a name more', 'What does USART2.CR1 of `uart_init` reset to?', false], ['no name', 'What is the reset value?', false],
] as const) test(`a question with ${name} ${same ? 'names the same' : 'does not'}`, () => { assert.equal(isAskedByNames('What does USART2->CR1 reset to?', changed), same); });

test('a title in quotes is a name, however many words it has', () => {
  const question = 'What does the documentation say about "Configure the motors of the second board"?';
  const made = Array.from({ length: 40 }, (_, seed) => wordChanges.flatMap(change => changeWords(question, change, seededRandom(seed)) ?? [])).flat();
  assert.ok(made.length > 40);
  assert.deepEqual(made.filter(text => !text.includes('"Configure the motors of the second board"')), []);
});
