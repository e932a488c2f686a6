// Small files that stand for too much, and damage of every kind. What must not grow is counted: nodes, problems, registers.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Device, RegisterNode } from '../../../src/core/device/device.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { decodeText } from '../../../src/core/text/decodeText.ts';
import { lines, parsePeripherals, peripheralText, svdText } from './svdDevice.ts';

const repeat = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join('');
const register = (name: string, offset: number, rest = '', from = '') => `<register${from === '' ? '' : ` derivedFrom="${from}"`}><name>${name}</name><addressOffset>${offset}</addressOffset>${rest}</register>`;
const cluster = (name: string, rest: string, from = '') => `<cluster${from === '' ? '' : ` derivedFrom="${from}"`}><name>${name}</name><addressOffset>0</addressOffset>${rest}</cluster>`;
const fieldArray = '<fields><field><name>F%s</name><dim>100000</dim><dimIncrement>0</dimIncrement><bitOffset>0</bitOffset></field></fields>';
const manyValues = `<enumeratedValues><name>V</name>${repeat(2000, index => `<enumeratedValue><name>v${index}</name><value>${index}</value></enumeratedValue>`)}</enumeratedValues>`;

/** A small file whose device would be huge: at most `most` nodes are made, and one problem says so. */
function checkBounded(sentence: string, peripherals: string, most: number, problem = /stands for more than \d+ elements; what would exceed that is left out.* Fetch the chip vendor's own file anew/): void {
  test(sentence, () => {
    const { device, problems } = parsePeripherals(peripherals);
    assert.ok(device);
    const nodes = distinctNodes(device);
    assert.ok(nodes > 1000, `${nodes} nodes: what fits is kept`);
    assert.ok(nodes <= most, `${nodes} nodes`);
    assert.ok(problems.some(({ message }) => problem.test(message)), JSON.stringify(problems.slice(-3)));
    assert.ok(problems.length < 60, `${problems.length} problems`);
  });
}

checkBounded('arrays of fields beyond the limit are left out', peripheralText(repeat(3000, index => register(`R${index}`, index, fieldArray))), 320_000);
checkBounded('arrays of peripherals beyond the limit are left out', repeat(2000, index => `<peripheral><name>P${index}[%s]</name><dim>1024</dim><dimIncrement>4</dimIncrement><baseAddress>0</baseAddress></peripheral>`), 320_000);
checkBounded('lists shared under ever other properties are resolved up to the limit', peripheralText(
  repeat(110, index => cluster(`A${index}`, `<size>${index + 1}</size>`, 'B'))
  + cluster('B', repeat(110, index => cluster(`B${index}`, `<resetValue>${index}</resetValue>`, 'C')))
  + cluster('C', repeat(110, index => cluster(`C${index}`, `<resetMask>${index}</resetMask>`, 'D')))
  + cluster('D', register('R', 0))), 320_000);
checkBounded('enumerated values copied without end are resolved up to the limit', peripheralText(
  register('A', 0, `<fields><field><name>F</name><bitOffset>0</bitOffset>${manyValues}</field></fields>`)
  + repeat(2000, index => register(`R${index}`, index, '<fields><field><name>G</name><bitOffset>0</bitOffset><enumeratedValues derivedFrom="V"/></field></fields>'))), 320_000);
checkBounded('registers copied into ever more peripherals are copied up to the limit', peripheralText(repeat(3000, index => register(`R${index}`, index)))
  + repeat(2000, index => `<peripheral derivedFrom="P"><name>Q${index}</name><baseAddress>${index}</baseAddress><registers>${register('S', 0)}</registers></peripheral>`), 320_000, /derivedFrom is ignored, as the file copies more than \d+ elements or makes as many names be searched\. Fetch/);

// Clusters
test('nearly a hundred thousand nested clusters are cut at a depth that can be walked', () => {
  const { device, problems } = parsePeripherals(peripheralText(`${repeat(99_000, () => '<cluster><name>C</name><addressOffset>1</addressOffset>')}${register('R', 0)}${'</cluster>'.repeat(99_000)}`));
  assert.ok(device);
  assert.ok(depth(device.peripherals[0]?.registers ?? []) < 60);
  assert.deepEqual(problems.map(({ line, message }) => [line, message]), [[3, '<cluster> is nested more than 48 elements deep and was left out.']]);
});

// Cycles, with the line of the element that closes them
for (const [sentence, text, message] of [
  ['a peripheral that derives from itself', '\n<peripheral derivedFrom="P"><name>P</name><baseAddress>0</baseAddress></peripheral>', /peripheral "P": derives from itself/],
  ['two clusters that derive from each other', peripheralText(`\n${cluster('A', '', 'B')}${cluster('B', '', 'A')}`), /cluster "A": its derivedFrom "B" leads back to itself/],
  ['three registers in a circle', peripheralText(`\n${register('A', 0, '', 'B')}${register('B', 4, '', 'C')}${register('C', 8, '', 'A')}`), /register "A": its derivedFrom "B" leads back to itself/],
  ['two fields that derive from each other', peripheralText(register('R', 0, '\n<fields><field derivedFrom="G"><name>F</name></field><field derivedFrom="F"><name>G</name></field></fields>')), /field "F": its derivedFrom "G" leads back to itself/],
  ['enumerated values that derive from each other', peripheralText(register('R', 0, '\n<fields><field><name>F</name><bitOffset>0</bitOffset><enumeratedValues derivedFrom="W"><name>V</name></enumeratedValues></field><field><name>G</name><bitOffset>1</bitOffset><enumeratedValues derivedFrom="V"><name>W</name></enumeratedValues></field></fields>')), /enumeratedValues "V": its derivedFrom "W" leads back to itself/],
] as const) {
  test(`${sentence} are reported with their line`, () => {
    const { device, problems } = parsePeripherals(text);
    assert.ok(device);
    const problem = problems.find(candidate => message.test(candidate.message));
    assert.equal(problem?.line, 4, JSON.stringify(problems));
  });
}

test('a peripheral that holds a cluster derived from the cluster around it ends', () => {
  const { device, problems } = parsePeripherals(peripheralText(cluster('A', cluster('B', register('R', 0), 'A'))));
  assert.ok(device);
  assert.ok(depth(device.peripherals[0]?.registers ?? []) < 60);
  assert.match(problems[0]?.message ?? '', /within itself/);
});

test('clusters that derivedFrom nests deeper than the XML are cut at a depth that can be walked', () => {
  const { device, problems } = parsePeripherals(peripheralText(repeat(5000, index => cluster(`C${index}`, cluster(`D${index}`, '', `C${index + 1}`)))));
  assert.ok(device);
  assert.ok(depth(device.peripherals[0]?.registers ?? []) < 60);
  assert.ok(problems.some(({ message }) => /more than 48 deep/.test(message)), JSON.stringify(problems));
});

test('a million open elements are not closed one by one for an end tag that closes nothing', () => {
  const { device, problems } = parsePeripherals(peripheralText(register('A', 0) + '<x>'.repeat(1_000_000) + '</y>' + register('B', 4)));
  assert.equal(device?.peripherals[0]?.registers.length, 1);
  assert.match(problems.at(-1)?.message ?? '', /^Reading stopped here/);
});

test('a fault in a list that many peripherals share is told once', () => {
  const { problems } = parsePeripherals(peripheralText(register('A', 0) + register('B', 0)) + repeat(500, index => `<peripheral derivedFrom="P"><name>Q${index}</name><baseAddress>${index}</baseAddress><registers>${register('S', 8 + 4 * index)}</registers></peripheral>`));
  assert.deepEqual(problems.map(({ message }) => message), ['register "B" lies over register "A" (line 3) without alternateRegister or alternateGroup.']);
});

test('a thousand end tags that close nothing are the last that is read', () => {
  const { device, problems } = parsePeripherals(peripheralText(register('A', 0) + '</x>'.repeat(100_000) + register('B', 4)));
  assert.equal(device?.peripherals[0]?.registers.length, 1);
  assert.match(problems.find(({ message }) => message.startsWith('Reading stopped'))?.message ?? '', /after \d+ XML faults/);
});

// Problems
test('a million problems are listed ten times each and counted', () => {
  const { problems } = parseSvd(svdText(peripheralText(repeat(500_000, () => '<register><access>?</access><size>?</size></register>'))), 'chip.svd');
  assert.ok(problems.length < 40, String(problems.length));
  assert.ok(problems.some(({ message }) => message === '499990 more like this: registers left out.'), JSON.stringify(problems.slice(-2)));
});

test('a text of millions of characters is quoted in short', () => {
  const { problems } = parsePeripherals(peripheralText(register('N'.repeat(5_000_000), 0, `<size>${'x'.repeat(5_000_000)}</size><resetValue>${'9'.repeat(5_000_000)}</resetValue>`)));
  assert.equal(problems.filter(({ message }) => /^<\w+> has 5000000 characters \("[^"]*"\); only the first 1000 are read\.$/.test(message)).length, 3);
  assert.equal(problems.length, 5);
  for (const { message } of problems) assert.ok(message.length < 400, message.slice(0, 400));
});

// Damage
const sample = svdText(peripheralText(repeat(120, index => register(`R${index}`, index * 4, '<description>größe &amp; more</description><fields><field><name>F</name><bitRange>[1:0]</bitRange></field></fields>'))));

test('a file cut anywhere gives a beginning of its registers', () => {
  const whole = lines(parseSvd(sample, 'chip.svd'));
  let most = 0;
  for (let end = 0; end < sample.length; end += 97) {
    const { device, problems } = parseSvd(sample.slice(0, end), 'chip.svd');
    assert.ok(problems.length > 0, `cut at ${end}`);
    if (device === undefined) continue;
    const found = lines({ device, problems });
    // The register that the cut goes through may lack members.
    assert.deepEqual(found.slice(0, -1), whole.slice(0, Math.max(0, found.length - 1)), `cut at ${end}`);
    assert.ok(found.length >= most, `cut at ${end}`);
    most = found.length;
  }
  assert.ok(most >= whole.length - 1, String(most));
});

const vendorFolder = path.resolve(import.meta.dirname, '../../../../shared/svd');
const cutFile = path.join(vendorFolder, 'e310x.svd');
test('a vendor file cut at every thousandth byte gives ever more registers', { skip: fs.existsSync(cutFile) ? false : 'no vendor files beside the repository' }, () => {
  const text = fs.readFileSync(cutFile, 'utf8');
  const counts: number[] = [];
  for (let end = 1000; end < text.length; end += 1000) counts.push(distinctNodes(parseSvd(text.slice(0, end), 'e310x.svd').device));
  assert.deepEqual(counts, counts.toSorted((left, right) => left - right));
  assert.ok((counts.at(-1) ?? 0) > 400, String(counts.at(-1)));
});

for (const [encoding, bytes] of [
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${sample}`, 'utf8')],
  ['UTF-16 with a byte order mark', Buffer.from(`\uFEFF${sample}`, 'utf16le')],
  ['UTF-16 without one', Buffer.from(sample, 'utf16le')],
  ['UTF-16, big end first', Buffer.from(`\uFEFF${sample}`, 'utf16le').swap16()],
  ['Latin-1', Buffer.from(sample, 'latin1')],
] as const) {
  test(`${encoding} is read, whatever the declaration says`, () => {
    const decoded = decodeText(bytes);
    assert.ok(!decoded.binary);
    const { device, problems } = parseSvd(decoded.text, 'chip.svd');
    assert.deepEqual(problems, []);
    assert.equal(device?.peripherals[0]?.registers[119]?.description, 'größe & more');
  });
}

test('zero bytes between the letters of an element cost that element', () => {
  const { device, problems } = parseSvd(sample.replace('<name>R7<', '<name>R\x007<').replace('<name>R9<', '<na\x00me>R9<'), 'chip.svd');
  assert.ok((device?.peripherals[0]?.registers.length ?? 0) >= 119);
  assert.ok(problems.length > 0);
});

test('an external entity is neither fetched nor expanded', () => {
  const text = sample.replace('?>', '?><!DOCTYPE device [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "yyyy">]>').replace('größe', '&x;&y;');
  const { device, problems } = parseSvd(text, 'chip.svd');
  assert.equal(device?.peripherals[0]?.registers[0]?.description, '&x;&y; & more');
  assert.match(problems[0]?.message ?? '', /declares a document type/);
});

// Size
const manyFields = repeat(32, bit => `<field><name>F${bit}</name><description>Field number ${bit} of a long register</description><bitRange>[${bit}:${bit}]</bitRange></field>\n`);
const manyRegisters = repeat(100, index => register(`R${index}`, index * 4, `<fields>${manyFields}</fields>`));
const bigFile = (peripherals: number) => svdText(repeat(peripherals, index => peripheralText(manyRegisters).replace('<name>P<', `<name>P${index}<`)));

test('a file of 40 MB is read, each field once', () => {
  const text = bigFile(110);
  assert.ok(text.length > 40_000_000, String(text.length));
  const { device, problems } = parseSvd(text, 'chip.svd');
  assert.deepEqual(problems, []);
  assert.equal(distinctNodes(device), 110 + 11_000 + 352_000);
});

test('a file of 100 MB is refused, with what to do', () => {
  const text = bigFile(260);
  assert.ok(text.length > 100_000_000, String(text.length));
  assert.deepEqual(parseSvd(text, 'chip.svd'), { problems: [{ file: 'chip.svd', message: 'chip.svd has more than 48 million characters, which no chip vendor\'s SVD file has, and was not read; choose the chip vendor\'s .svd file.' }] });
});

/** Peripherals, clusters, registers, fields and values that were made; shared ones once. */
function distinctNodes(device: Device | undefined): number {
  const seen = new Set<unknown>();
  const visit = (nodes: readonly RegisterNode[]) => {
    if (seen.has(nodes)) return;
    seen.add(nodes);
    for (const node of nodes) {
      count += 1;
      if (node.kind === 'cluster') visit(node.registers);
      else if (!seen.has(node.fields)) {
        seen.add(node.fields);
        count += node.fields.length + node.fields.reduce((sum, field) => sum + field.enumeratedValues.length, 0);
      }
    }
  };
  let count = 0;
  for (const peripheral of device?.peripherals ?? []) {
    count += 1;
    visit(peripheral.registers);
  }
  return count;
}

function depth(nodes: readonly RegisterNode[]): number {
  return nodes.reduce((most, node) => Math.max(most, node.kind === 'cluster' ? 1 + depth(node.registers) : 1), 0);
}
