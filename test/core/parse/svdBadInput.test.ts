// Files that are broken, hostile or no SVD at all: never a throw, always a sentence that helps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registersOf } from '../../../src/core/device/places.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { lines, parsePeripherals, peripheralText, svdText } from './svdDevice.ts';

function checkRefused(sentence: string, text: string, message: RegExp): void {
  test(sentence, () => {
    const { device, problems } = parseSvd(text, 'chip.svd');
    assert.equal(device, undefined);
    assert.deepEqual(problems.map(({ file }) => file), ['chip.svd']);
    assert.match(problems[0]?.message ?? '', message);
    assert.match(problems[0]?.message ?? '', /^chip\.svd .*; choose the chip vendor's \.svd file\.$/);
  });
}

function checkRead(sentence: string, text: string, expected: { readonly registers: readonly string[]; readonly problem?: RegExp; readonly line?: number }): void {
  test(sentence, () => {
    const parse = parseSvd(text, 'chip.svd');
    assert.deepEqual(lines(parse), expected.registers);
    const problem = parse.problems.find(({ message }) => expected.problem?.test(message));
    if (expected.problem === undefined) assert.deepEqual(parse.problems, []);
    else assert.ok(problem, JSON.stringify(parse.problems));
    if (expected.line !== undefined) assert.equal(problem?.line, expected.line);
  });
}

const register = (name: string, offset: number, rest = '') => `<register><name>${name}</name><addressOffset>${offset}</addressOffset>${rest}</register>`;
const whole = svdText(peripheralText(register('A', 0) + register('B', 4)));

checkRefused('an empty file is refused', '', /is empty/);
checkRefused('a file of blanks is refused', '\uFEFF \n ', /is empty/);
checkRefused('a page of HTML is refused', '<!DOCTYPE html>\n<html><head><title>404</title></head><body><p>Not <br>found</body></html>', /root element is <html>.*web page/);
checkRefused('another kind of XML is refused', '<package><name>pack</name></package>', /root element is <package>, not <device>/);
checkRefused('plain text is refused', 'STM32F407 reference manual\n', /is not XML/);
checkRefused('binary data is refused', '\u0000\u0001\uFFFD'.repeat(100_000), /is not XML/);
checkRefused('more text than any SVD file has is refused unread', 'x'.repeat(48_000_001), /more than 48 million characters/);

checkRead('a byte order mark and blanks before the declaration are skipped', `\uFEFF  ${whole}`, { registers: ['P.A @0x1000 32', 'P.B @0x1004 32'] });
checkRead('line numbers count skipped lines', `\n\n${svdText(peripheralText(register('A', 0, '<size>?</size>')))}`, { registers: ['P.A @0x1000 32'], problem: /size "\?"/, line: 5 });
checkRead('a file that breaks off gives what stands before', whole.slice(0, whole.indexOf('</register>') + 30), { registers: ['P.A @0x1000 32'], problem: /breaks off here/, line: 3 });
checkRead('a file that breaks off within a tag does too', whole.slice(0, whole.indexOf('<register><name>B') + 5), { registers: ['P.A @0x1000 32'], problem: /breaks off here/ });
checkRead('a missing </registers> loses nothing', whole.replace('</registers>', ''), { registers: ['P.A @0x1000 32', 'P.B @0x1004 32'], problem: /Faulty XML: unexpected close tag/ });
checkRead('an end tag that closes nothing costs nothing, and lines are counted on', svdText(peripheralText(`${register('A', 0)}\n</stray>\n${register('B', 4)}\n${register('C', 8, '<size>?</size>')}`)), { registers: ['P.A @0x1000 32', 'P.B @0x1004 32', 'P.C @0x1008 32'], problem: /register "C": size "\?"/, line: 6 });
checkRead('a start tag that cannot be read costs its element only', svdText(peripheralText(register('A', 0) + register('B', 4).replace('<register', '<\x00register') + register('C', 8))), { registers: ['P.A @0x1000 32', 'P.C @0x1008 32'], problem: /disallowed character in tag name/ });
checkRead('an unknown entity stays as written', svdText(peripheralText(register('A&nbsp;', 0))), { registers: ['P.A&nbsp; @0x1000 32'], problem: /undefined entity/i });
checkRead('elements in the wrong place are left out', svdText(`<register><name>X</name></register>${peripheralText(register('A', 0))}`), { registers: ['P.A @0x1000 32'], problem: /no place for it/ });
checkRead('names that mean something to JavaScript are only names', svdText(peripheralText('<register><name>__proto__</name><addressOffset>0</addressOffset><kind>x</kind><__proto__>y</__proto__><constructor>z</constructor></register>')), { registers: ['P.__proto__ @0x1000 32'] });

test('entities that expand each other stay unexpanded', () => {
  const bomb = `<!DOCTYPE device [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>`;
  const { device, problems } = parseSvd(`<?xml version="1.0"?>${bomb}<device><name>&b;&c;</name></device>`, 'chip.svd');
  assert.equal(device?.name, '&b;&c;');
  assert.match(problems[0]?.message ?? '', /document type/);
});

test('a kind of problem that repeats is listed ten times and then counted', () => {
  const { device, problems } = parsePeripherals(peripheralText(Array.from({ length: 300 }, (_, index) => register(`R${index}`, index * 4, '<access>odd</access>')).join('')));
  assert.equal(device?.peripherals[0]?.registers.length, 300);
  assert.equal(problems.length, 11);
  assert.match(problems.at(-1)?.message ?? '', /^290 more like this: non-standard access texts\.$/);
});

test('reading stops after a thousand XML faults', () => {
  const { problems } = parseSvd(`<device><name>D</name>${'<a b=c>'.repeat(5000)}`, 'chip.svd');
  assert.ok(problems.length < 20);
  assert.ok(problems.some(({ message }) => /Reading stopped here/.test(message)));
});

test('an array of a billion registers costs nothing until walked', () => {
  const { device, problems } = parsePeripherals(peripheralText('<register><name>R[%s]</name><addressOffset>0</addressOffset><dim>1000000000</dim><dimIncrement>4</dimIncrement></register>'));
  const [first, second] = registersOf(device?.peripherals[0] ?? assert.fail('no peripheral'));
  assert.deepEqual([first?.path, second?.path, second?.address], ['P.R[0]', 'P.R[1]', 0x1004n]);
  assert.deepEqual(problems, []);
});

test('nesting without end is cut, not recursed into', () => {
  const depth = 20_000;
  const open = '<cluster><name>C</name><addressOffset>0</addressOffset>'.repeat(depth);
  const { device, problems } = parsePeripherals(peripheralText(`${open}${register('R', 0)}${'</cluster>'.repeat(depth)}`));
  assert.ok(device);
  assert.match(problems[0]?.message ?? '', /nested more than/);
});

test('a chain of bases without end is cut', () => {
  const chain = Array.from({ length: 5000 }, (_, index) => `<register derivedFrom="R${index + 1}"><name>R${index}</name><addressOffset>${index}</addressOffset></register>`).join('');
  const { device, problems } = parsePeripherals(peripheralText(chain));
  assert.equal(device?.peripherals[0]?.registers.length, 5000);
  assert.ok(problems.length > 0);
});
