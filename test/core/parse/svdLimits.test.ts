// What no vendor's file has, and what it would cost: reading ends there, what stands before is kept, and one problem says where and what to do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RegisterNode } from '../../../src/core/device/device.ts';
import { parseSvd, type SvdParse } from '../../../src/core/parse/svd.ts';
import { parsePeripherals, peripheralText, svdText } from './svdDevice.ts';

const repeat = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join('');
const register = (name: string, rest = '', from = '') => `<register${from === '' ? '' : ` derivedFrom="${from}"`}><name>${name}</name><addressOffset>0</addressOffset><alternateGroup>G</alternateGroup>${rest}</register>`;
const cluster = (name: string, rest: string, from = '') => `<cluster${from === '' ? '' : ` derivedFrom="${from}"`}><name>${name}</name><addressOffset>0</addressOffset>${rest}</cluster>`;
const peripheral = (name: string, rest = '', from = '') => `<peripheral${from === '' ? '' : ` derivedFrom="${from}"`}><name>${name}</name><baseAddress>0</baseAddress>${rest}</peripheral>`;
const long = 'x'.repeat(15_000);

/** One problem matches, with its line where it has one; at most `most` registers and peripherals are there to be walked. */
function check(sentence: string, text: string, { problem, line, most }: { readonly problem: RegExp; readonly line?: number; readonly most?: number }): void {
  test(sentence, () => {
    const parse = parseSvd(text, 'chip.svd');
    const found = parse.problems.find(({ message }) => problem.test(message));
    assert.ok(found, JSON.stringify(parse.problems.slice(0, 4)));
    if (line !== undefined) assert.equal(found.line, line);
    assert.match(found.message, /Fetch the chip vendor's own file anew|choose the chip vendor's \.svd file/);
    assert.ok(parse.problems.length < 60, String(parse.problems.length));
    if (most !== undefined) assert.ok(walked(parse) <= most, String(walked(parse)));
  });
}

// Reading
check('a million registers are read up to the limit', svdText(peripheralText(repeat(700_000, () => '<register/>'))), { problem: /^Reading stopped here after 600000 elements, which/, line: 3 });
check('four million unknown elements are read up to the limit', svdText(peripheralText('<x/>'.repeat(4_000_000))), { problem: /^Reading stopped here after 3000000 tags and attributes/, line: 3 });
check('elements within each other without end are read up to the limit', svdText('<x>'.repeat(200_000)), { problem: /^Reading stopped here after 100000 elements within each other/, line: 3 });
check('a root element with a thousand attributes is not read', svdText('').replace('<device', `<device ${repeat(1000, index => `a${index}="1" `)}`), { problem: /^Reading stopped here after an element with more than 200 attributes/ });
check('a document type of megabytes is not read', svdText('').replace('<device', `<!DOCTYPE device [${repeat(50_000, index => `<!ENTITY a${index} "x">`)}]><device`), { problem: /declares a document type of more than 100000 characters/ });
check('a document type within the device ends reading', svdText(peripheral('P') + `<!DOCTYPE device [${'<!ENTITY a "x">'.repeat(1000)}]>`), { problem: /^Reading stopped here after a second document type declaration or one within the device/ });

// What derivedFrom makes of it
check('20000 peripherals that each derive from the one before are as many as fit', svdText(peripheral('P0', `<registers>${repeat(30, index => register(`R${index}`))}</registers>`) + repeat(20_000, index => peripheral(`P${index + 1}`, '', `P${index}`))), { problem: /derivedFrom is ignored, as the file copies more than \d+ elements/, most: 340_000 });
check('clusters that share ever larger clusters stand for as many registers as fit', svdText(peripheralText(repeat(40, index => cluster(`C${index}`, index < 39 ? cluster('A', '', `C${index + 1}`) + cluster('B', '', `C${index + 1}`) + register('R') : register('R'))))), { problem: /stands for more than \d+ elements/, most: 310_000 });
check('long descriptions are copied up to the limit', svdText(peripheralText(register('A', `<description>${long}</description>`) + repeat(20_000, index => register(`R${index}`, '', 'A')))), { problem: /stands for more than \d+ elements/, most: 8000 });
check('long descriptions of fields in arrays are copied up to the limit', svdText(peripheralText(repeat(50, index => register(`R${index}`, `<fields><field><name>F%s</name><description>${long}</description><dim>1000</dim><dimIncrement>0</dimIncrement><bitRange>[0:0]</bitRange></field></fields>`)))), { problem: /stands for more than \d+ elements/ });
check('address blocks are copied up to the limit', svdText(peripheral('P', '<addressBlock><offset>0</offset><size>4</size></addressBlock>'.repeat(1000)) + repeat(1000, index => peripheral(`Q${index}`, '', 'P'))), { problem: /stands for more than \d+ elements/, most: 400 });
check('names of indices are copied up to the limit', svdText(peripheralText(register('A[%s]', `<dim>2</dim><dimIncrement>0</dimIncrement><dimArrayIndex>${repeat(1000, index => `<enumeratedValue><name>v</name><value>${index}</value></enumeratedValue>`)}</dimArrayIndex>`) + repeat(1000, index => register(`R${index}[%s]`, '', 'A[%s]')))), { problem: /stands for more than \d+ elements/, most: 400 });

check('names looked for in clusters within clusters are searched up to the limit', svdText(peripheralText(`${repeat(40, index => `<cluster><name>C${index}</name><addressOffset>0</addressOffset>`)}${repeat(50_000, index => register(`R${index}`, '', `none${index}`))}${'</cluster>'.repeat(40)}`)), { problem: /derivedFrom is ignored, as the file copies .* or makes as many names be searched/, line: 3 });

test('a path of a million names leads nowhere', () => {
  const { device, problems } = parsePeripherals(peripheral('P', '', 'x.'.repeat(1_000_000)));
  assert.equal(device?.peripherals.length, 1);
  assert.match(problems[0]?.message ?? '', /derivedFrom names "x\.x\.[x.]*…", which the file does not have/);
});

test('a description longer than any vendor writes is cut, and its length told', () => {
  const { device, problems } = parsePeripherals(peripheralText(register('R', `<description>${'word  \n'.repeat(10_000)}</description>`)));
  const node = device?.peripherals[0]?.registers[0];
  assert.match(node?.description ?? '', /^word word word/);
  assert.ok((node?.description?.length ?? 0) < 20_000);
  assert.match(problems[0]?.message ?? '', /^<description> has 69997 characters \("word word [^"]*"\); only the first 20000 are read\.$/);
});

test('broken lines are joined up to a limit', () => {
  const text = svdText(peripheralText(repeat(1100, index => register(`R${index}`, `<description>${'word \n'.repeat(3300)}</description>`))));
  const { device, problems } = parseSvd(text, 'chip.svd');
  const nodes = device?.peripherals[0]?.registers ?? [];
  assert.equal(nodes.length, 1100);
  assert.ok(!nodes[0]?.description?.includes('\n'));
  assert.ok(nodes.at(-1)?.description?.includes('\n'));
  assert.ok(problems.some(({ message }) => /^<description>: its line breaks are kept/.test(message)), JSON.stringify(problems));
});

/** Registers, clusters and peripherals that a walk meets, arrays folded. */
function walked({ device }: SvdParse): number {
  const size = (nodes: readonly RegisterNode[]): number => nodes.reduce((sum, node) => sum + 1 + (node.kind === 'cluster' ? size(node.registers) : 0), 0);
  return (device?.peripherals ?? []).reduce((sum, { registers }) => sum + 1 + size(registers), 0);
}
