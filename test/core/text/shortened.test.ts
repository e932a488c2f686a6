import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortened } from '../../../src/core/text/shortened.ts';

function check(name: string, text: string, expected: string): void {
  test(name, () => { assert.equal(shortened(text, 20), expected); });
}

check('what fits stays', 'Twenty letters, fits', 'Twenty letters, fits');
check('what is longer ends between words, with a mark', 'edge sensitive trigger input', 'edge sensitive…');
check('no comma stands before the mark', 'input of timer, counter', 'input of timer…');
check('one long word is cut within', 'Donaudampfschifffahrtsgesellschaft', 'Donaudampfschifffah…');
