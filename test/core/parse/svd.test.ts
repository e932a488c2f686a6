import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lines, parsePeripherals, peripheralText } from './svdDevice.ts';

/** `source`: registers of one peripheral P at 0x1000, or whole peripherals. */
function check(sentence: string, source: string, expected: readonly string[], options: { readonly device?: string; readonly problems?: readonly RegExp[] } = {}): void {
  test(sentence, () => {
    const parse = parsePeripherals(source.includes('<peripheral') ? source : peripheralText(source), options.device ?? '');
    assert.deepEqual(lines(parse), expected);
    const wanted = options.problems ?? [];
    assert.equal(parse.problems.length, wanted.length, JSON.stringify(parse.problems));
    for (const [index, pattern] of wanted.entries()) assert.match(parse.problems[index]?.message ?? '', pattern);
  });
}

const cr = '<register><name>CR</name><addressOffset>0</addressOffset></register>';
const register = (name: string, offset: string, rest = '') => `<register><name>${name}</name><addressOffset>${offset}</addressOffset>${rest}</register>`;
const field = (name: string, rest: string) => `<field><name>${name}</name>${rest}</field>`;
const bit = (name: string, offset: number, rest = '') => field(name, `<bitOffset>${offset}</bitOffset>${rest}`);
const fields = (...list: string[]) => `<fields>${list.join('')}</fields>`;
const value = (name: string, number: string) => `<enumeratedValue><name>${name}</name><value>${number}</value></enumeratedValue>`;

// Inheritance
check('a register without properties takes the device width and states nothing else', cr, ['P.CR @0x1000 32']);
check('size, access and reset pass from the device to a register', cr, ['P.CR @0x1000 16 read-only reset 0x5/0xFF'], { device: '<size>16</size><access>read-only</access><resetValue>5</resetValue><resetMask>0xFF</resetMask>' });
check('a peripheral overrides the device', peripheralText(cr, '<size>8</size><access>write-only</access>'), ['P.CR @0x1000 8 write-only reset 0x5'], { device: '<size>16</size><access>read-only</access><resetValue>5</resetValue>' });
check('a cluster overrides the peripheral, a register the cluster',
  peripheralText(`<cluster><name>C</name><addressOffset>0x10</addressOffset><size>16</size><access>read-only</access>${cr}${register('DR', '4', '<size>8</size><access>read-write</access>')}</cluster>`, '<size>32</size>'),
  ['P.C.CR @0x1010 16 read-only', 'P.C.DR @0x1014 8 read-write']);
check('a field without access takes its register\'s', register('CR', '0', `<access>read-only</access>${fields(bit('A', 0), bit('B', 1, '<access>write-only</access>'))}`), ['P.CR @0x1000 32 read-only: A[0] read-only B[1] write-only']);

// Bit ranges and numbers
check('the three bit-range notations mean the same', register('CR', '0', fields(field('A', '<bitOffset>4</bitOffset><bitWidth>3</bitWidth>'), field('B', '<lsb>4</lsb><msb>6</msb>'), field('C', '<bitRange>[6:4]</bitRange>'), field('D', '<bitRange>[18]</bitRange>'), field('E', '<bitOffset>09</bitOffset>'))),
  ['P.CR @0x1000 32: A[6:4] B[6:4] C[6:4] D[18] E[9]']);
check('a field of width 0 is left out', register('CR', '0', fields(field('A', '<bitOffset>4</bitOffset><bitWidth>0</bitWidth>'), bit('B', 1))), ['P.CR @0x1000 32: B[1]'], { problems: [/field "A" has no readable bit range/] });
check('a bit range beyond every register is left out, not computed', register('CR', '0', fields(bit('A', 4_000_000_000))), ['P.CR @0x1000 32'], { problems: [/field "A"/] });
check('a field beyond its register is kept and reported', register('CR', '0', fields(bit('A', 33))), ['P.CR @0x1000 32: A[33]'], { problems: [/reaches bit 33, but its register has 32 bits/] });
check('numbers come in every syntax', ['0X1c', '#101', '0b110', '+8', '1k', '0x20UL', '0012'].map((offset, index) => register(`R${index}`, offset, '<size>8</size>')).join(''),
  ['P.R0 @0x101C 8', 'P.R1 @0x1005 8', 'P.R2 @0x1006 8', 'P.R3 @0x1008 8', 'P.R4 @0x1400 8', 'P.R5 @0x1020 8', 'P.R6 @0x100C 8']);
check('64-bit values keep every bit', register('CR', '0', '<size>64</size><resetValue>0xffffffffffff0001</resetValue>'), ['P.CR @0x1000 64 reset 0xFFFFFFFFFFFF0001']);
check('a register may be one bit wide', register('CR', '0', '<size>1</size>'), ['P.CR @0x1000 1']);
check('a number that is none costs only itself', register('CR', '0', '<resetValue>0xEX</resetValue>') + register('DR', '4', '<size>none</size>'), ['P.CR @0x1000 32', 'P.DR @0x1004 32'], { problems: [/resetValue "0xEX" is not a number/, /size "none" is not a width/] });
check('a register without offset is left out', register('CR', '0xZZ') + register('DR', '4'), ['P.DR @0x1004 32'], { problems: [/addressOffset "0xZZ" is not a number/, /register "CR" has no readable addressOffset/] });
check('eight digits with leading zeros are decimal, and doubtful', register('CR', '0', '<resetValue>00000010</resetValue>'), ['P.CR @0x1000 32 reset 0xA'], { problems: [/decimal by the standard/] });

// Access texts
for (const [text, access] of [['read-writeonce', 'read-writeOnce'], ['writeonce', 'writeOnce'], ['READ-ONLY', 'read-only'], ['rw', 'read-write']] as const) {
  check(`access ${text} is ${access}`, register('CR', '0', `<access>${text}</access>`), [`P.CR @0x1000 32 ${access}`]);
}
for (const [text, access] of [['read-opnly', 'read-only'], ['read/clear', 'read-write'], ['Read or Write under safe Accessing mode', 'read-write']] as const) {
  check(`access ${text} is taken as ${access} and reported`, register('CR', '0', `<access>${text}</access>`), [`P.CR @0x1000 32 ${access}`], { problems: [/is not one of the standard's/] });
}
check('an access that means nothing is not stated', register('CR', '0', '<access>maybe</access>'), ['P.CR @0x1000 32'], { problems: [/taken as not stated/] });

// Enumerated values
const block = (inner: string, attributes = '') => `<enumeratedValues${attributes}>${inner}</enumeratedValues>`;
check('two blocks give values for reading and for writing', register('CR', '0', fields(bit('A', 0, block(`<usage>read</usage>${value('Off', '0')}`) + block(`<usage>write</usage>${value('Set', '1')}`)))), ['P.CR @0x1000 32: A[0] {read Off=0x0,write Set=0x1}']);
check('binary values may have don\'t-care bits', register('CR', '0', fields(field('A', `<bitRange>[3:0]</bitRange>${block(value('X', '#1x') + value('Y', '#0101') + value('Z', '0b1X0'))}`))), ['P.CR @0x1000 32: A[3:0] {X=0x2&0xE,Y=0x5,Z=0x4&0xD}']);
check('the default entry needs no value', register('CR', '0', fields(bit('A', 0, block(`${value('One', '1')}<enumeratedValue><name>Other</name><isDefault>true</isDefault></enumeratedValue>`)))), ['P.CR @0x1000 32: A[0] {One=0x1,Other=default}']);
check('a value without number is left out', register('CR', '0', fields(bit('A', 0, block('<enumeratedValue><name>Odd</name></enumeratedValue>')))), ['P.CR @0x1000 32: A[0]'], { problems: [/enumerated value "Odd"/] });

// Effects and constraints
check('write and read effects are kept', register('CR', '0', fields(bit('A', 0, '<modifiedWriteValues>oneToClear</modifiedWriteValues><readAction>clear</readAction>'))), ['P.CR @0x1000 32: A[0] oneToClear clear']);
test('write constraints are kept at register and field', () => {
  const constraint = '<writeConstraint><range><minimum>1</minimum><maximum>5</maximum></range></writeConstraint>';
  const [node] = parsePeripherals(peripheralText(register('CR', '0', `${constraint}${fields(bit('A', 0, '<writeConstraint><useEnumeratedValues>true</useEnumeratedValues></writeConstraint>'))}`))).device?.peripherals[0]?.registers ?? [];
  assert.ok(node?.kind === 'register');
  assert.deepEqual(node.writeConstraint, { range: { minimum: 1n, maximum: 5n } });
  assert.deepEqual(node.fields[0]?.writeConstraint, { useEnumeratedValues: true });
});

// Arrays
const dim = (count: number | string, increment: string, index = '') => `<dim>${count}</dim><dimIncrement>${increment}</dimIncrement>${index === '' ? '' : `<dimIndex>${index}</dimIndex>`}`;
check('an array of registers counts from 0', register('R[%s]', '8', dim(3, '4')), ['P.R[0] @0x1008 32', 'P.R[1] @0x100C 32', 'P.R[2] @0x1010 32']);
check('dimIndex names elements by range, in the middle of the name', register('R%sX', '0', dim(2, '4', '3-4')), ['P.R3X @0x1000 32', 'P.R4X @0x1004 32']);
check('dimIndex may be letters, lists with holes, or run backwards', register('A%s', '0', dim(2, '1', 'C-D')) + register('B%s', '0', dim(2, '1', 'RX,TX')) + register('C%s', '0', dim(2, '1', '7,3')) + register('D%s', '0', dim(2, '1', '1-0')),
  ['P.AC @0x1000 32', 'P.AD @0x1001 32', 'P.BRX @0x1000 32', 'P.BTX @0x1001 32', 'P.C7 @0x1000 32', 'P.C3 @0x1001 32', 'P.D1 @0x1000 32', 'P.D0 @0x1001 32']);
check('a dimIndex of the wrong length is reported', register('R%s', '0', dim(3, '4', 'A,B')), ['P.RA @0x1000 32', 'P.RB @0x1004 32', 'P.R2 @0x1008 32'], { problems: [/names 2 elements, dim says 3/] });
check('an array of one is still an array', register('R%s', '0', dim(1, '4')), ['P.R0 @0x1000 32']);
check('an array name without place for the index gets one', register('R', '0', dim(2, '4')), ['P.R[0] @0x1000 32', 'P.R[1] @0x1004 32']);
check('a name with %s but no dim is one register', register('R%s', '0'), ['P.R%s @0x1000 32'], { problems: [/has no dim/] });
check('nested arrays of clusters and registers multiply', `<cluster><name>CH[%s]</name><addressOffset>0x100</addressOffset>${dim(2, '0x10')}<cluster><name>SUB</name><addressOffset>4</addressOffset>${register('R%s', '0', dim(2, '2', 'A,B'))}</cluster></cluster>`,
  ['P.CH[0].SUB.RA @0x1104 32', 'P.CH[0].SUB.RB @0x1106 32', 'P.CH[1].SUB.RA @0x1114 32', 'P.CH[1].SUB.RB @0x1116 32']);
check('an array of fields is unfolded', register('CR', '0', fields(bit('E%s', 2, `<bitWidth>2</bitWidth>${dim(3, '4', '0-2')}`))), ['P.CR @0x1000 32: E0[3:2] E1[7:6] E2[11:10]']);
check('an array of peripherals is unfolded',
  `<peripheral><name>U[%s]</name>${dim(2, '0x100')}<baseAddress>0x1000</baseAddress><registers>${cr}</registers></peripheral>`, ['U[0].CR @0x1000 32', 'U[1].CR @0x1100 32']);
check('a field array of a billion is cut', register('CR', '0', fields(bit('E%s', 0, dim(1_000_000_000, '0')))), [`P.CR @0x1000 32: ${Array.from({ length: 1024 }, (_, index) => `E${index}[0]`).join(' ')}`], { problems: [/only the first 1024/] });

// Alternate views and faults
check('registers at one address are all kept', register('IN', '0', '<alternateRegister>OUT</alternateRegister>') + register('OUT', '0'), ['P.IN @0x1000 32', 'P.OUT @0x1000 32']);
check('the last of two base addresses counts', `<peripheral><name>P</name><baseAddress>0x1000</baseAddress><baseAddress>0x2000</baseAddress><registers>${cr}</registers></peripheral>`, ['P.CR @0x2000 32'], { problems: [/<baseAddress> appears twice/] });
check('a missing end tag of a register loses nothing', `<register><name>A</name><addressOffset>0</addressOffset><register><name>B</name><addressOffset>4</addressOffset></register></register>`, ['P.A @0x1000 32', 'P.B @0x1004 32'], { problems: [/<register> stands in the wrong place/] });
check('vendor extensions are not read as parts of the device', register('CR', '0', '<vendorExtensions><name>X</name><register><name>Y</name></register></vendorExtensions>'), ['P.CR @0x1000 32']);
check('entities and CDATA are text', register('C&lt;R', '0') + '<register><name><![CDATA[A&B]]></name><addressOffset>&#x34;</addressOffset></register>', ['P.C<R @0x1000 32', 'P.A&B @0x1004 32']);

test('elements of a peripheral array get one interrupt each when as many are listed, else all', () => {
  const array = (name: string, ...interrupts: string[]) => `<peripheral><name>${name}[%s]</name>${dim(2, '0x100')}<baseAddress>0x1000</baseAddress>${interrupts.map((interrupt, index) => `<interrupt><name>${interrupt}</name><value>${index}</value></interrupt>`).join('')}</peripheral>`;
  const { device } = parsePeripherals(array('U', 'U0', 'U1') + array('V', 'V'));
  assert.deepEqual(device?.peripherals.map(({ name, interrupts }) => `${name} ${interrupts.map(interrupt => interrupt.name).join()}`), ['U[0] U0', 'U[1] U1', 'V[0] V', 'V[1] V']);
});

test('texts over several lines are joined', () => {
  const { device } = parsePeripherals(peripheralText(register('CR', '0', '<description>one\n     two\\n three</description>')));
  const [node] = device?.peripherals[0]?.registers ?? [];
  assert.equal(node?.description, 'one two three');
});

test('cpu, address blocks and interrupts are read', () => {
  const { device } = parsePeripherals(peripheralText(cr, '<addressBlock><offset>0</offset><size>0x400</size><usage>registers</usage></addressBlock><interrupt><name>P_IRQ</name><description>d</description><value>0x10</value></interrupt><interrupt><name>BAD</name></interrupt>'), '<cpu><name>CM4</name><revision>r0p1</revision><endian>little</endian><mpuPresent>1</mpuPresent><fpuPresent>false</fpuPresent><nvicPrioBits>4</nvicPrioBits></cpu>');
  assert.deepEqual(device?.cpu, { name: 'CM4', revision: 'r0p1', endian: 'little', mpuPresent: true, fpuPresent: false, nvicPrioBits: 4 });
  assert.deepEqual(device.peripherals[0]?.addressBlocks, [{ offset: 0n, size: 0x400n, usage: 'registers' }]);
  assert.deepEqual(device.peripherals[0].interrupts, [{ name: 'P_IRQ', value: 16, description: 'd' }]);
});
