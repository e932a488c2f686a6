import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normaliseLine, normaliseText } from '../../../src/core/dataset/normaliseText.ts';

/** A text as it is kept. */
function check(name: string, text: string, expected: string): void {
  test(name, () => { assert.equal(normaliseText(text), expected); });
}

check('every line end is one', 'a\r\nb\rc', 'a\nb\nc');
check('letters and their marks are one character', 'Z\u0075\u0308rich', 'Z\u00fcrich');
check('what cannot be seen goes', '\ufeffUS\u200bART\u0000 \u202eTX', 'USART TX');
check('every blank is a space', '5\u00a0V\u3000TX', '5 V TX');
check('blanks at line ends and empty lines beyond one go', '\n\na  \n\n\n\nb\t\n', 'a\n\nb');
check('code keeps its indentation', '  if (a)\n\treturn;\n', '  if (a)\n\treturn;');

test('a line holds no line end', () => { assert.equal(normaliseLine(' What  is\r\n\tCR1?\n'), 'What is CR1?'); });
