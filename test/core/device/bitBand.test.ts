import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bitBandTargets, findRegisters, type Device } from '../../../src/core/index.ts';

const device = (cpu: string): Device => ({
  name: 'ACME', addressUnitBits: 8, width: 32, cpu: { name: cpu },
  peripherals: [{
    name: 'GPIO', baseAddress: 0x4001_0800n, addressBlocks: [], interrupts: [],
    registers: [{ kind: 'register', name: 'ODR', addressOffset: 0xcn, size: 32, fields: [{ name: 'ODR13', bitOffset: 13, bitWidth: 1, enumeratedValues: [] }] }],
  }],
});

/** What an alias address stands for on a core. */
function check(cpu: string, address: bigint, expected: readonly string[]): void {
  test(`0x${address.toString(16)} on a ${cpu} is ${expected.join(', ') || 'no bit-band alias'}`, () => {
    assert.deepEqual(bitBandTargets(device(cpu), address).map(({ place, bit, field }) => `${place.path} bit ${bit} ${field?.name ?? ''}`), expected);
  });
}

check('CM3', 0x4200_0000n + 0x1080cn * 32n + 13n * 4n, ['GPIO.ODR bit 13 ODR13']);
check('CM4', 0x4200_0000n + 0x1080cn * 32n + 14n * 4n, ['GPIO.ODR bit 14 ']);
check('CM7', 0x4200_0000n + 0x1080cn * 32n + 13n * 4n, []);
check('CM3', 0x4200_0000n + 0x1080cn * 32n + 13n * 4n + 1n, []);
check('CM3', 0x4200_0000n, []);
check('CM3', 0x4001_080cn, []);

test('a register is found by the alias of its bit', () => {
  assert.deepEqual(findRegisters(device('CM3'), '0x422101B4').map(({ place, field }) => `${place.path}.${field?.name ?? ''}`), ['GPIO.ODR.ODR13']);
});
