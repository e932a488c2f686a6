// How many bits a C type has on a core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typeBits } from '../../../src/core/isr/typeBits.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { sourceOf } from '../graph/factsOf.ts';

function check(type: string, core: string, expected: number | undefined, header = ''): void {
  test(`${type} on ${core} has ${expected ?? 'an unknown number of'} bits`, async () => {
    const { device } = parseSvd(`<device><name>D</name><cpu><name>${core}</name></cpu><peripherals/></device>`, 'd.svd');
    assert.equal(await typeBits(await sourceOf({ 'h.h': header }), type, device), expected);
  });
}

check('uint_fast8_t', 'AVR8', 8);
check('uint_fast8_t', 'CM4', 32);
check('uint_fast8_t', 'MSP430', 16);
check('volatile uint_fast16_t', 'AVR8', 16);
check('int_fast64_t', 'AVR8', 64);
check('uint_least8_t', 'CM4', 8);
check('unsigned int', 'AVR8', 16);
check('unsigned int', 'CM0', 32);
check('unsigned long', 'AVR8', 32);
check('tick_t', 'AVR8', 16, 'typedef unsigned int tick_t;');
check('struct ring', 'CM4', undefined);
check('uint8_t *', 'AVR8', undefined);
