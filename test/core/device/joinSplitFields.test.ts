import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Field } from '../../../src/core/device/device.ts';
import { findField } from '../../../src/core/device/findRegisters.ts';
import { joinSplitFields } from '../../../src/core/device/joinSplitFields.ts';

/** What becomes of fields written `NAME@bit` or `NAME@bit:description`, when every run may be one. */
function check(sentence: string, fields: string, expected: string): void {
  test(sentence, () => { assert.equal(joinSplitFields(fieldsOf(fields), () => true).map(({ name, bitOffset, bitWidth }) => `${name}@${bitWidth === 1 ? '' : `${bitOffset + bitWidth - 1}:`}${bitOffset}`).join(' '), expected); });
}

function fieldsOf(text: string): Field[] {
  return text.split(' ').map(part => {
    const [, name = '', bit = '', description] = /^(\w+)@(\d+)(?::(\w+))?$/.exec(part) ?? [];
    return { name, bitOffset: Number(bit), bitWidth: 1, enumeratedValues: [], ...(description !== undefined && { description }) };
  });
}

check('bits in order are one field', 'SW0@0 SW1@1 CSS@19', 'SW@1:0 CSS@19');
check('the file\'s order does not matter', 'SW1@1 CSS@19 SW0@0', 'CSS@19 SW@1:0');
check('a gap ends the field', 'N0@4 N1@5 N2@7', 'N@5:4 N2@7');
check('bits from the top down are no value', 'N1@4 N0@5', 'N1@4 N0@5');
check('a run that does not begin at 0 is none', 'N1@4 N2@5', 'N1@4 N2@5');
check('one bit is no run', 'N0@4 M0@5', 'N0@4 M0@5');
check('what is described differently is not one', 'LINE0@0:first LINE1@1:second', 'LINE0@0 LINE1@1');
check('a field that has the name already stays', 'SW@8 SW0@0 SW1@1', 'SW@8 SW0@0 SW1@1');
check('numbers in the stem belong to it', 'PLL20@0 PLL21@1', 'PLL20@0 PLL21@1');

test('nothing is joined that is not known to be one', () => {
  const pins = fieldsOf('ODR0@0 ODR1@1');
  assert.equal(joinSplitFields(pins, () => false), pins);
});

test('the single bits still resolve, to the whole', () => {
  const fields = joinSplitFields(fieldsOf('SW0@0 SW1@1'), () => true);
  assert.equal(findField(fields, 'SW1')?.name, 'SW');
  assert.deepEqual(fields[0]?.splitInto, ['SW0', 'SW1']);
  assert.equal(findField(fields, 'SW2'), undefined);
});
