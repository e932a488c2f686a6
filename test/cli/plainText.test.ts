import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainText } from '../../src/cli/plainText.ts';

/** A card's markdown as a terminal shows it. */
function check(sentence: string, markdown: string, expected: string): void {
  test(sentence, () => { assert.equal(plainText(markdown), expected); });
}

check('what the header says is marked without asterisks', '| 5 | `RXNE` | Not empty *(header)* |', '5  RXNE  Not empty (header)');
check('the source is a plain line', '*Source: chip.svd; words marked (header): the header chip.h*', 'Source: chip.svd; words marked (header): the header chip.h');
check('a pointer keeps its asterisk', '`*(volatile uint32_t *) 0x40021018`', '*(volatile uint32_t *) 0x40021018');
