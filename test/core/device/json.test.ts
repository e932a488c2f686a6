import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceJson, registerJson } from '../../../src/core/device/json.ts';
import { registerPlaces } from '../../../src/core/device/places.ts';
import { parsePeripherals, peripheralText } from '../parse/svdDevice.ts';

const array = (name: string, count: number) => `<register><name>${name}[%s]</name><addressOffset>0x10</addressOffset><dim>${count}</dim><dimIncrement>4</dimIncrement></register>`;

/** Registers listed of two arrays of 10, and problems. */
function check(sentence: string, limits: { readonly registersPerArray?: number; readonly registersPerDevice?: number }, expected: { readonly registers: number; readonly problems: readonly RegExp[] }): void {
  test(sentence, () => {
    const { device } = parsePeripherals(peripheralText(array('A', 10) + array('B', 10)));
    assert.ok(device);
    const { device: json, problems } = deviceJson(device, { file: 'chip.svd', ...limits });
    assert.equal(json.peripherals[0]?.registers.length, expected.registers);
    assert.equal(problems.length, expected.problems.length);
    for (const [index, pattern] of expected.problems.entries()) assert.match(problems[index]?.message ?? '', pattern);
  });
}

check('arrays are unfolded whole within the limits', {}, { registers: 20, problems: [] });
check('an array at its limit is not cut', { registersPerArray: 10 }, { registers: 20, problems: [] });
check('a longer array is cut and told', { registersPerArray: 9 }, { registers: 18, problems: [/P\.A\[%s\] has more registers.*first 9/, /P\.B\[%s\]/] });
check('a device at its limit is cut and told', { registersPerDevice: 12 }, { registers: 12, problems: [/P\.B\[%s\].*first 2/] });

test('fields count too: a register with many of them is not written out without end', () => {
  const { device } = parsePeripherals(peripheralText('<register><name>R%s</name><addressOffset>0</addressOffset><dim>100</dim><dimIncrement>4</dimIncrement><fields><field><name>F%s</name><dim>8</dim><dimIncrement>1</dimIncrement><bitRange>[0:0]</bitRange></field></fields></register>'));
  assert.ok(device);
  const { device: { peripherals }, problems } = deviceJson(device, { file: 'chip.svd', fieldsPerDevice: 50 });
  assert.equal(peripherals[0]?.registers.length, 6);
  assert.match(problems[0]?.message ?? '', /only the first 6 are/);
});

test('texts count too: a long description is not written out for every element without end', () => {
  const { device } = parsePeripherals(peripheralText(`<register><name>R%s</name><description>${'x'.repeat(1000)}</description><addressOffset>0</addressOffset><dim>100</dim><dimIncrement>4</dimIncrement></register>`));
  assert.ok(device);
  const { device: json, problems } = deviceJson(device, { file: 'chip.svd', charactersPerDevice: 20_000 });
  assert.ok(JSON.stringify(json).length < 20_000);
  assert.match(problems[0]?.message ?? '', /only the first 1\d are/);
});

test('many cut arrays are named a few times and counted', () => {
  const { device } = parsePeripherals(peripheralText(Array.from({ length: 50 }, (_, index) => array(`A${index}`, 3)).join('')));
  assert.ok(device);
  const { problems } = deviceJson(device, { file: 'chip.svd', registersPerArray: 2 });
  assert.equal(problems.length, 21);
  assert.equal(problems.at(-1)?.message, '30 more registers and arrays could not be listed whole.');
});

test('arrays within arrays within shared clusters make a document that can be written', () => {
  const nest = (level: number): string => (level === 0 ? array('R', 100_000) : `<cluster><name>C${level}[%s]</name><addressOffset>0</addressOffset><dim>1000</dim><dimIncrement>4</dimIncrement>${nest(level - 1)}</cluster>`);
  const { device } = parsePeripherals(Array.from({ length: 50 }, (_, index) => peripheralText(nest(6)).replace('<name>P<', `<name>P${index}<`)).join(''));
  assert.ok(device);
  const { device: json, problems } = deviceJson(device, { file: 'chip.svd' });
  assert.ok(JSON.stringify(json).length < 60_000_000);
  assert.equal(problems.length, 21);
});

test('a billion empty clusters are not walked', () => {
  const { device } = parsePeripherals(peripheralText('<cluster><name>C[%s]</name><addressOffset>0</addressOffset><dim>1000000000</dim><dimIncrement>4</dimIncrement></cluster>'));
  assert.ok(device);
  assert.deepEqual(deviceJson(device, { file: 'chip.svd' }).device.peripherals[0]?.registers, []);
});

test('a register is plain JSON with addresses as strings and offsets from the peripheral', () => {
  const { device } = parsePeripherals(peripheralText(`<cluster><name>C</name><addressOffset>0x20</addressOffset><register><name>R</name><description>d</description><addressOffset>4</addressOffset><access>read-write</access><resetValue>0xAB</resetValue><resetMask>0xFF</resetMask>
    <fields><field><name>F</name><bitRange>[1:0]</bitRange><enumeratedValues><usage>write</usage><enumeratedValue><name>X</name><value>1</value></enumeratedValue></enumeratedValues></field></fields></register></cluster>`));
  assert.ok(device);
  const [place] = registerPlaces(device);
  assert.ok(place);
  const json = {
    name: 'R', path: 'P.C.R', address: '0x1024', addressOffset: '0x24', size: 32, access: 'read-write', resetValue: '0xAB', resetMask: '0xFF', description: 'd',
    fields: [{ name: 'F', bitOffset: 0, bitWidth: 2, access: 'read-write', enumeratedValues: [{ name: 'X', value: '0x1', usage: 'write' }] }],
  };
  assert.deepEqual(registerJson(place), json);
  assert.deepEqual(JSON.parse(JSON.stringify(deviceJson(device, { file: 'f' }).device)), {
    name: 'TEST', addressUnitBits: 8, width: 32, peripherals: [{ name: 'P', baseAddress: '0x1000', interrupts: [], registers: [json] }],
  });
});
