import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTurnMemory } from '../../../src/core/session/turnMemory.ts';

/** The texts that a conversation is sent as after one remembered turn. */
function check(name: string, [question, answer]: readonly [string, string], expected: readonly string[]): void {
  test(name, () => {
    const memory = createTurnMemory();
    memory.remember({ question: 'What is CR?', text: '[1] CR … What is CR?', evidence: [], answer: 'A register.' });
    assert.deepEqual(memory.asSent([{ role: 'user', text: question }, { role: 'assistant', text: answer }]).map(({ text }) => text), expected);
  });
}

check('a known turn is sent word for word as before', ['What is CR?', 'A register.'], ['[1] CR … What is CR?', 'A register.']);
check('a turn that was typed as a command is known by its answer', ['/register CR', 'A register.'], ['[1] CR … What is CR?', 'A register.']);
check('a turn that nobody remembers stays as it is', ['What is CR?', 'A flag.'], ['What is CR?', 'A flag.']);
