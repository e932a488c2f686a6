import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lines, parsePeripherals, peripheralText } from './svdDevice.ts';

function check(sentence: string, source: string, expected: readonly string[], problems: readonly RegExp[] = []): void {
  test(sentence, () => {
    const parse = parsePeripherals(source.includes('<peripheral') ? source : peripheralText(source));
    assert.deepEqual(lines(parse), expected);
    assert.equal(parse.problems.length, problems.length, JSON.stringify(parse.problems));
    for (const [index, pattern] of problems.entries()) assert.match(parse.problems[index]?.message ?? '', pattern);
  });
}

const register = (name: string, offset: number, rest = '', from = '') => `<register${from === '' ? '' : ` derivedFrom="${from}"`}><name>${name}</name><addressOffset>${offset}</addressOffset>${rest}</register>`;
const peripheral = (name: string, base: string, rest: string, from = '') => `<peripheral${from === '' ? '' : ` derivedFrom="${from}"`}><name>${name}</name><baseAddress>${base}</baseAddress>${rest}</peripheral>`;
const registers = (...list: string[]) => `<registers>${list.join('')}</registers>`;
const cluster = (name: string, offset: number, rest: string, from = '') => `<cluster${from === '' ? '' : ` derivedFrom="${from}"`}><name>${name}</name><addressOffset>${offset}</addressOffset>${rest}</cluster>`;
const bit = (name: string, offset: number, rest = '', from = '') => `<field${from === '' ? '' : ` derivedFrom="${from}"`}><name>${name}</name><bitOffset>${offset}</bitOffset>${rest}</field>`;
const fields = (...list: string[]) => `<fields>${list.join('')}</fields>`;
const values = (name: string, entry: string) => `<enumeratedValues><name>${name}</name><enumeratedValue><name>${entry}</name><value>1</value></enumeratedValue></enumeratedValues>`;
const same = (from: string) => `<enumeratedValues derivedFrom="${from}"/>`;

// Peripherals
check('a derived peripheral has its base\'s registers', peripheral('A', '0x100', registers(register('R', 4))) + peripheral('B', '0x200', '', 'A'), ['A.R @0x104 32', 'B.R @0x204 32']);
check('chains and forward references are followed', peripheral('C', '0x300', '', 'B') + peripheral('B', '0x200', '', 'A') + peripheral('A', '0x100', registers(register('R', 4))), ['C.R @0x304 32', 'B.R @0x204 32', 'A.R @0x104 32']);
check('own registers are merged with the base\'s, and replace those of the same name', peripheral('A', '0', registers(register('R', 4), register('S', 8))) + peripheral('B', '0x100', registers(register('S', 12), register('T', 16)), 'A'),
  ['A.R @0x4 32', 'A.S @0x8 32', 'B.R @0x104 32', 'B.S @0x10C 32', 'B.T @0x110 32']);
check('a derived peripheral passes its own size and access on', peripheral('A', '0', `<size>8</size>${registers(register('R', 4))}`) + peripheral('B', '0x100', '<size>16</size><access>read-only</access>', 'A'), ['A.R @0x4 8', 'B.R @0x104 16 read-only']);
check('a cycle is reported and ends', peripheral('A', '0', registers(register('R', 0)), 'B') + peripheral('B', '0x100', registers(register('S', 4)), 'A'), ['A.S @0x4 32', 'A.R @0x0 32', 'B.R @0x100 32', 'B.S @0x104 32'], [/leads back to itself/]);
check('a base that does not exist is reported', peripheral('B', '0x100', registers(register('S', 0)), 'A'), ['B.S @0x100 32'], [/derivedFrom names "A"/]);
test('interrupts are not taken over, the group and description are', () => {
  const { device } = parsePeripherals(peripheral('A', '0', '<description>d</description><groupName>G</groupName><interrupt><name>A</name><value>1</value></interrupt>') + peripheral('B', '1', '', 'A'));
  assert.deepEqual(device?.peripherals[1], { name: 'B', baseAddress: 1n, description: 'd', groupName: 'G', derivedFrom: 'A', addressBlocks: [], interrupts: [], registers: [] });
});

// Registers and clusters
check('a derived register takes what it does not state', register('A', 0, `<size>8</size><access>read-only</access>${fields(bit('F', 1))}`) + register('B', 4, '<access>read-write</access>', 'A'), ['P.A @0x1000 8 read-only: F[1] read-only', 'P.B @0x1004 8 read-write: F[1] read-write']);
check('a chain of registers is followed against the order of the file', register('C', 8, '', 'B') + register('B', 4, '', 'A') + register('A', 0, fields(bit('F', 1))), ['P.C @0x1008 32: F[1]', 'P.B @0x1004 32: F[1]', 'P.A @0x1000 32: F[1]']);
check('own fields are merged into the base\'s', register('A', 0, fields(bit('F', 1), bit('G', 2))) + register('B', 4, fields(bit('G', 3)), 'A'), ['P.A @0x1000 32: F[1] G[2]', 'P.B @0x1004 32: F[1] G[3]']);
check('a register of another peripheral is named by path, and brings its size along', peripheral('A', '0', `<size>8</size>${registers(register('R', 4, fields(bit('F', 0))))}`) + peripheral('B', '0x100', registers(register('S', 0, '', 'A.R'))), ['A.R @0x4 8: F[0]', 'B.S @0x100 8: F[0]']);
check('a path may lead through a derived peripheral', peripheral('A', '0', registers(register('R', 4, fields(bit('F', 0))))) + peripheral('B', '0x100', '', 'A') + peripheral('C', '0x200', registers(register('S', 0, '', 'B.R'))), ['A.R @0x4 32: F[0]', 'B.R @0x104 32: F[0]', 'C.S @0x200 32: F[0]']);
check('a register derived from an array is single, unless named as an array', register('A%s', 0, '<dim>2</dim><dimIncrement>4</dimIncrement>') + register('B', 8, '', 'A%s') + register('C%s', 16, '', 'A%s'), ['P.A0 @0x1000 32', 'P.A1 @0x1004 32', 'P.B @0x1008 32', 'P.C0 @0x1010 32', 'P.C1 @0x1014 32']);
check('a derived register may leave its name to the base', cluster('C', 0, register('R', 4)) + '<register derivedFrom="C.R"><addressOffset>8</addressOffset></register>', ['P.C.R @0x1004 32', 'P.R @0x1008 32']);
check('a derived cluster has its base\'s registers', cluster('A', 0, register('R', 4)) + cluster('B', 0x10, register('S', 8), 'A'), ['P.A.R @0x1004 32', 'P.B.R @0x1014 32', 'P.B.S @0x1018 32']);
check('a register cycle is reported and ends', register('A', 0, '', 'B') + register('B', 4, '', 'A'), ['P.A @0x1000 32', 'P.B @0x1004 32'], [/leads back to itself/]);

// Fields and enumerated values
check('a derived field takes width, access and values', register('A', 0, fields(bit('F', 1, `<bitWidth>2</bitWidth><access>read-only</access>${values('V', 'On')}`), bit('G', 4, '', 'F'))), ['P.A @0x1000 32: F[2:1] read-only {On=0x1} G[5:4] read-only {On=0x1}']);
check('a field may derive from an element of an array, or from another register', register('A', 0, fields('<field><name>R%s</name><lsb>0</lsb><msb>0</msb><dim>2</dim><dimIncrement>1</dimIncrement><access>read-only</access></field>', bit('S', 4, '', 'R%s'), bit('T', 5, '', 'R1'))) + register('B', 4, fields(bit('U', 0, '', 'A.S'))),
  ['P.A @0x1000 32: R0[0] read-only R1[1] read-only S[4] read-only T[5] read-only', 'P.B @0x1004 32: U[0] read-only']);
check('enumerated values are looked for in the same register first', register('A', 0, fields(bit('F', 0, values('V', 'FromA')))) + register('B', 4, fields(bit('F', 0, values('V', 'FromB')), bit('G', 1, same('V')))), ['P.A @0x1000 32: F[0] {FromA=0x1}', 'P.B @0x1004 32: F[0] {FromB=0x1} G[1] {FromB=0x1}']);
check('then by path, forward too', register('B', 4, fields(bit('G', 1, same('A.F.V')), bit('H', 2, same('V')))) + register('A', 0, fields(bit('F', 0, values('V', 'FromA')))), ['P.B @0x1004 32: G[1] {FromA=0x1} H[2] {FromA=0x1}', 'P.A @0x1000 32: F[0] {FromA=0x1}']);
check('then in the whole device', peripheral('A', '0', registers(register('R', 0, fields(bit('F', 0, values('V', 'FromA')))))) + peripheral('B', '0x100', registers(register('S', 0, fields(bit('G', 1, same('V')))))), ['A.R @0x0 32: F[0] {FromA=0x1}', 'B.S @0x100 32: G[1] {FromA=0x1}']);
check('an unnamed block goes by its field\'s name', register('A', 0, fields(bit('F', 0, '<enumeratedValues><enumeratedValue><name>On</name><value>1</value></enumeratedValue></enumeratedValues>'), bit('G', 1, same('F')))), ['P.A @0x1000 32: F[0] {On=0x1} G[1] {On=0x1}']);
check('unknown enumerated values are reported', register('A', 0, fields(bit('G', 1, same('V')))), ['P.A @0x1000 32: G[1]'], [/derivedFrom names "V"/]);
