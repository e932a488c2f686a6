import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTurnMemory } from '../../../src/core/session/turnMemory.ts';

const long = 'CR is the control register of RCC, and it switches the oscillators on.';
/** Questions and answers in the order in which they were remembered. */
const turns = [['What is CR?', long], ['Can SR be written?', 'No.'], ['Can DR be written?', 'No.'], ['CR', 'Yes.']] as const;

/** What a question with its answer is sent as after those turns. */
function check(name: string, [question, answer]: readonly [string, string], expected: string): void {
  test(name, () => {
    const memory = createTurnMemory();
    for (const [asked, answered] of turns) memory.remember({ question: asked, text: `evidence, ${asked}`, evidence: [], answer: answered });
    assert.deepEqual(memory.asSent([{ role: 'user', text: question }, { role: 'assistant', text: answer }]).map(({ text }) => text), [expected, answer]);
  });
}

check('a known turn is sent word for word as before', ['What is CR?', long], 'evidence, What is CR?');
check('a turn that was typed as a command is known by what it names', ['/register CR', 'Yes.'], 'evidence, CR');
check('a turn that was typed as a command without a name is known by its long answer', ['/explain', long], 'evidence, What is CR?');
check('a turn that nobody remembers stays as it is', ['What is CR?', 'A flag.'], 'What is CR?');
check('of equal short answers each belongs to its own question', ['Can SR be written?', 'No.'], 'evidence, Can SR be written?');
check('a short answer alone does not tell which turn it was', ['Can TXR be written?', 'No.'], 'Can TXR be written?');
check('a short answer that was given once does not either', ['Is it on?', 'Yes.'], 'Is it on?');
test('an answer without words is not remembered', () => {
  const memory = createTurnMemory();
  memory.remember({ question: 'What is CR?', text: 'evidence', evidence: [], answer: ' ' });
  assert.equal(memory.asSent([{ role: 'user', text: 'What is CR?' }, { role: 'assistant', text: '' }])[0]?.text, 'What is CR?');
});
