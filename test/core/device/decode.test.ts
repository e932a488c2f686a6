import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeValue } from '../../../src/core/device/decode.ts';
import type { RegisterPlace } from '../../../src/core/device/device.ts';
import { registersOf } from '../../../src/core/device/places.ts';
import { parsePeripherals, peripheralText } from '../parse/svdDevice.ts';

function place(register: string): RegisterPlace {
  const [peripheral] = parsePeripherals(peripheralText(`<register><name>CR</name><addressOffset>0</addressOffset>${register}</register>`)).device?.peripherals ?? [];
  assert.ok(peripheral);
  const [first] = registersOf(peripheral);
  return first ?? assert.fail('no register');
}

/** `fields` as `NAME[bits]=value meaning`. */
function check(sentence: string, input: { readonly register: string; readonly value: bigint }, expected: { readonly fields: readonly string[]; readonly reserved?: string; readonly warnings?: readonly RegExp[] }): void {
  test(sentence, () => {
    const decoded = decodeValue(place(input.register), input.value);
    assert.deepEqual(decoded.fields.map(({ name, bits, value, meaning }) => `${name}[${bits}]=${value}${meaning === undefined ? '' : ` ${meaning}`}`), expected.fields);
    assert.equal(decoded.reservedBitsSet, expected.reserved);
    const warnings = expected.warnings ?? [];
    assert.equal(decoded.warnings.length, warnings.length, JSON.stringify(decoded.warnings));
    for (const [index, pattern] of warnings.entries()) assert.match(decoded.warnings[index] ?? '', pattern);
    assert.doesNotThrow(() => JSON.stringify(decoded));
  });
}

const field = (name: string, range: string, rest = '') => `<field><name>${name}</name><bitRange>[${range}]</bitRange>${rest}</field>`;
const values = (...entries: string[]) => `<enumeratedValues>${entries.join('')}</enumeratedValues>`;
const value = (name: string, number: string, description = '') => `<enumeratedValue><name>${name}</name>${description === '' ? '' : `<description>${description}</description>`}<value>${number}</value></enumeratedValue>`;

check('fields come from the highest bit down, with their named values', { register: `<fields>${field('A', '0:0', values(value('Off', '0'), value('On', '1', 'it runs')))}${field('B', '7:4')}</fields>`, value: 0x51n }, { fields: ['B[7:4]=0x5', 'A[0]=0x1 On: it runs'] });
check('the top bit of 32 is not negative', { register: `<fields>${field('A', '31:31')}</fields>`, value: 0x80000000n }, { fields: ['A[31]=0x1'] });
check('64 bits are exact', { register: `<size>64</size><fields>${field('A', '63:1')}</fields>`, value: 0xFFFFFFFFFFFFFFFEn }, { fields: ['A[63:1]=0x7FFFFFFFFFFFFFFF'] });
check('don\'t-care bits are ignored, exact values win, the default is last', { register: `<fields>${field('A', '1:0', values('<enumeratedValue><name>Rest</name><isDefault>true</isDefault></enumeratedValue>', value('High', '#1x'), value('Three', '3')))}${field('B', '3:2', values('<enumeratedValue><name>Rest</name><isDefault>true</isDefault></enumeratedValue>', value('High', '#1x')))}</fields>`, value: 0b0111n }, { fields: ['B[3:2]=0x1 Rest', 'A[1:0]=0x3 Three'] });
check('what a value means read and written is told apart', { register: `<fields>${field('A', '0:0', `<enumeratedValues><usage>read</usage>${value('Pending', '1')}</enumeratedValues><enumeratedValues><usage>write</usage>${value('Clear', '1')}</enumeratedValues>`)}</fields>`, value: 1n }, { fields: ['A[0]=0x1 read: Pending; written: Clear'] });
check('bits of no field are reserved', { register: `<fields>${field('A', '0:0')}</fields>`, value: 0x101n }, { fields: ['A[0]=0x1'], reserved: '0x100', warnings: [/0x100 belong to no field/] });
check('a reserved bit that is 1 after reset may be written as 1', { register: `<resetValue>0x100</resetValue><fields>${field('A', '0:0')}</fields>`, value: 0x101n }, { fields: ['A[0]=0x1'] });
check('a reserved bit that is 1 after reset should not be written as 0', { register: `<resetValue>0x100</resetValue><fields>${field('A', '0:0')}</fields>`, value: 1n }, { fields: ['A[0]=0x1'], warnings: [/0x100 belong to no field and are 1 after reset/] });
check('a register without fields has no reserved bits', { register: '', value: 0xFFn }, { fields: [] });
check('a value wider than the register is cut and said', { register: `<size>8</size><fields>${field('A', '7:0')}</fields>`, value: 0x1FFn }, { fields: ['A[7:0]=0xFF'], warnings: [/0x1FF is wider than the register's 8 bits/] });
check('writing a read-only field is said to have no effect', { register: `<resetValue>2</resetValue><fields>${field('A', '0:0', '<access>read-only</access>')}${field('B', '1:1', '<access>read-only</access>')}</fields>`, value: 0x3n }, { fields: ['B[1]=0x1', 'A[0]=0x1'], warnings: [/A is read-only: writing 0x1/] });
check('a read-only register is said once', { register: `<access>read-only</access><fields>${field('A', '0:0')}</fields>`, value: 1n }, { fields: ['A[0]=0x1'], warnings: [/The register is read-only/] });
check('a value outside its range is said', { register: `<fields>${field('A', '7:0', '<writeConstraint><range><minimum>1</minimum><maximum>10</maximum></range></writeConstraint>')}</fields>`, value: 11n }, { fields: ['A[7:0]=0xB'], warnings: [/A takes 1 to 10; 11 is outside/] });
check('a value that is none of the named ones is said, when only they are allowed', { register: `<fields>${field('A', '1:0', `<writeConstraint><useEnumeratedValues>true</useEnumeratedValues></writeConstraint>${values(value('Off', '0'))}`)}</fields>`, value: 2n }, { fields: ['A[1:0]=0x2'], warnings: [/A takes only its named values/] });
