// Registers of blocks that unfold to more than can be held.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSvd } from '../../../src/core/index.ts';
import { firstRegisters } from '../../../src/core/device/places.ts';

const svd = `<device><name>BIG</name><addressUnitBits>8</addressUnitBits><width>32</width><peripherals><peripheral><name>BLK</name><baseAddress>0x40000000</baseAddress><registers>
  <cluster><dim>2048</dim><dimIncrement>0x10000</dimIncrement><name>C[%s]</name><addressOffset>0</addressOffset>
    <cluster><dim>4096</dim><dimIncrement>16</dimIncrement><name>D[%s]</name><addressOffset>0</addressOffset>
      <register><name>R</name><addressOffset>0</addressOffset><size>32</size></register></cluster></cluster></registers></peripheral></peripherals></device>`;

function check(name: string, most: number, expected: readonly string[]): void {
  test(name, () => {
    const peripheral = parseSvd(svd, 'big.svd').device?.peripherals[0];
    assert.ok(peripheral !== undefined);
    assert.deepEqual(firstRegisters(peripheral, most).map(({ path }) => path), expected);
  });
}

check('the first of eight million', 3, ['BLK.C[0].D[0].R', 'BLK.C[0].D[1].R', 'BLK.C[0].D[2].R']);
check('none', 0, []);
