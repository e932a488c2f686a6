// Addresses at which the RP2 series' registers stand again, to be set, cleared and flipped bit by bit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atomicAliases } from '../../../src/core/device/atomicAliases.ts';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { realDevice } from './realDevice.ts';

function check(sentence: string, address: bigint, expected: readonly string[], file = 'RP2040.svd'): void {
  const device = realDevice(file);
  test(sentence, { skip: device === undefined && `${file} is not here` }, () => {
    assert.ok(device);
    assert.deepEqual(atomicAliases(device, address).map(({ place, effect }) => `${effect} ${place.path}`), expected);
  });
}

check('0x1000 further flips', 0x4000d000n, ['toggle RESETS.RESET']);
check('0x2000 further sets', 0x4000e000n, ['set RESETS.RESET']);
check('0x3000 further clears', 0x4000f000n, ['clear RESETS.RESET']);
check('also behind AHB', 0x50202000n, ['set PIO0.CTRL']);
check('the register itself is no alias', 0x4000c000n, []);
check('SIO has none', 0xd0002000n, []);
check('nor has a place where no register lies', 0x4000f800n, []);
check('nor another chip', 0x40023800n, [], 'STM32F407.svd');

const rp2040 = realDevice('RP2040.svd');
test('a question for such an address gives the register', { skip: rp2040 === undefined && 'RP2040.svd is not here' }, () => {
  assert.ok(rp2040);
  assert.deepEqual(findRegisters(rp2040, '0x4000F000').map(({ place }) => place.path), ['RESETS.RESET']);
});
