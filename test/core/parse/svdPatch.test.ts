import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { includedPaths, type SvdPatch } from '../../../src/core/parse/svdPatchTree.ts';
import { lines, svdText } from './svdDevice.ts';

const registers = `<registers>
  <register><name>P_CR</name><addressOffset>0</addressOffset><resetValue>0</resetValue><fields>
    <field><name>EN</name><bitOffset>0</bitOffset><bitWidth>1</bitWidth></field>
    <field><name>MODE0</name><bitRange>[2:1]</bitRange></field><field><name>MODE1</name><lsb>3</lsb><msb>4</msb></field></fields></register>
  <register><name>P_SR</name><addressOffset>4</addressOffset><fields><field><name>OVF</name><bitOffset>7</bitOffset><bitWidth>1</bitWidth></field></fields></register>
</registers>`;
const device = svdText(`<peripheral><name>P1</name><baseAddress>0x1000</baseAddress><interrupt><name>P1</name><value>5</value></interrupt>${registers}</peripheral>
<peripheral derivedFrom="P1"><name>P2</name><baseAddress>0x2000</baseAddress></peripheral>`);

/** Patches by name; the first is applied, and the others are what it includes. */
function parse(texts: Readonly<Record<string, string>>) {
  const patchOf = (file: string): SvdPatch => {
    const text = texts[file] ?? '';
    return { file, text, includes: new Map(includedPaths({ file, text }).filter(name => name in texts && name !== file).map(name => [name, patchOf(name)])) };
  };
  return parseSvd(device, 'p.svd', [patchOf(Object.keys(texts)[0] ?? '')]);
}

/** What a patch makes of the two peripherals' registers that begin with `start`; `problems` are what it could not do. */
function check(sentence: string, patch: string, expected: { readonly start?: string; readonly lines: readonly string[]; readonly problems?: readonly RegExp[] }): void {
  test(sentence, () => {
    const parsed = parse({ 'p.svd.patch.yaml': patch });
    assert.deepEqual(lines(parsed).filter(line => line.startsWith(expected.start ?? 'P1')), expected.lines);
    const { problems = [] } = expected;
    assert.equal(parsed.problems.length, problems.length, JSON.stringify(parsed.problems));
    for (const [index, pattern] of problems.entries()) assert.match(`${parsed.problems[index]?.line ?? ''} ${parsed.problems[index]?.message ?? ''}`, pattern);
  });
}

const cr = 'P1.P_CR @0x1000 32 reset 0x0: EN[0] MODE0[2:1] MODE1[4:3]';
const sr = 'P1.P_SR @0x1004 32: OVF[7]';

check('an empty patch changes nothing', '', { lines: [cr, sr] });
check('a register\'s properties are corrected, and so are those of what derives from it', 'P1:\n  _modify:\n    P_SR:\n      addressOffset: 0x8\n      access: read-only\n', { start: 'P2', lines: ['P2.P_CR @0x2000 32 reset 0x0: EN[0] MODE0[2:1] MODE1[4:3]', 'P2.P_SR @0x2008 32 read-only: OVF[7] read-only'] });
check('a field is renamed, moved and given what writing does', 'P1:\n  P_SR:\n    _modify:\n      OVF:\n        name: OVRF\n        bitOffset: 3\n        bitWidth: 2\n        modifiedWriteValues: oneToClear\n', { lines: [cr, 'P1.P_SR @0x1004 32: OVRF[4:3] oneToClear'] });
check('a bit range in another notation takes the old one\'s place', 'P1:\n  P_CR:\n    _modify:\n      EN: { bitRange: "[9:8]" }\n      MODE0: { bitOffset: 5 }\n', { start: 'P1.P_CR', lines: ['P1.P_CR @0x1000 32 reset 0x0: EN[9:8] MODE0[6:5] MODE1[4:3]'] });
check('fields and registers are added and deleted', 'P1:\n  _delete: [P_SR]\n  _add:\n    DR:\n      addressOffset: 0x0C\n      size: 16\n      fields:\n        DATA: { bitOffset: 0, bitWidth: 9, access: read-only }\n  P_CR:\n    _delete: MODE*\n    _add:\n      RST: { bitOffset: 31, bitWidth: 1 }\n',
  { lines: ['P1.P_CR @0x1000 32 reset 0x0: EN[0] RST[31]', 'P1.DR @0x100C 16: DATA[8:0] read-only'] });
check('names lose a prefix', 'P1:\n  _strip: [P_]\n', { lines: [cr.replace('P_CR', 'CR'), sr.replace('P_SR', 'SR')] });
check('values get names, also by direction, with the effect in svdtools\' shorthand', 'P1:\n  P_CR:\n    EN:\n      Off: [0, "is off"]\n      On: [1, "is on"]\n    MODE*:\n      Normal: [0, ""]\n      Other: [-1, "all others"]\n  P_SR:\n    OVF:\n      _read: { Lost: [1, "data were lost"] }\n      _W1C: { Clear: [1, "clears"] }\n',
  { lines: ['P1.P_CR @0x1000 32 reset 0x0: EN[0] {Off=0x0,On=0x1} MODE0[2:1] {Normal=0x0,Other=default} MODE1[4:3] {Normal=0x0,Other=default}', 'P1.P_SR @0x1004 32: OVF[7] oneToClear {read Lost=0x1,write Clear=0x1}'] });
check('fields are merged and split', 'P1:\n  P_CR:\n    _merge: ["MODE*"]\n  P_SR:\n    _modify: { OVF: { bitWidth: 2 } }\n    _split: [OVF]\n', { lines: ['P1.P_CR @0x1000 32 reset 0x0: EN[0] MODE[4:1]', 'P1.P_SR @0x1004 32: OVF0[7] OVF1[8]'] });
check('a peripheral is renamed, another is new', '_modify:\n  P1: { name: PX, baseAddress: 0x3000 }\n_add:\n  P3:\n    baseAddress: 0x4000\n    derivedFrom: P2\n', { start: 'P3.P_SR', lines: ['P3.P_SR @0x4004 32: OVF[7]'] });
check('a whole peripheral is added with its registers', '_add:\n  P3:\n    baseAddress: 0x4000\n    registers:\n      IDR: { addressOffset: 0x10, access: read-only }\n', { start: 'P3', lines: ['P3.IDR @0x4010 32 read-only'] });
check('the base of a family changes places', '_rebase: { P2: P1 }\n', { start: 'P2', lines: [cr, sr].map(line => line.replace('P1', 'P2').replace('0x1', '0x2')) });
check('patterns, optional ones without a match, and alternatives', 'P[1x]:\n  "{P_CR,P_XR}": { EN: [0, 1] }\n  "?~NONE": { _delete: [A] }\n', { start: 'P1.P_SR', lines: [sr] });
check('what matches nothing is said with its line', 'P1:\n  P_DR:\n    EN: [0, 1]\nP9:\n  _delete: [X]\n', { lines: [cr, sr], problems: [/^2 P_DR matches no register of P1/, /^4 P9 matches no peripheral/] });
check('an unknown verb or property is said once and skipped', 'P1:\n  _arrange: { P_CR: {} }\n  _modify:\n    P_CR: { colour: red, access: read-only }\n', { start: 'P1.P_SR', lines: [sr], problems: [/^4 colour is not known/, /^2 _arrange is not supported/] });
check('a value without a number is said', 'P1:\n  P_CR:\n    EN:\n      On:\n', { start: 'P1.P_SR', lines: [sr], problems: [/^4 The value On of EN has no number/] });
check('broken YAML is refused with its line', 'P1:\n  _modify: [\n', { lines: [cr, sr], problems: [/^\d+ p\.svd\.patch\.yaml is not valid YAML and is not applied/] });
check('a list where a map should be is refused', '- P1\n', { lines: [cr, sr], problems: [/holds no map/] });
check('an alias bomb is bounded', `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.split('').map((name, index, all) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${all[index - 1] ?? 'a'}`).join(',')}]`).join('\n')}\n`, { lines: [cr, sr], problems: [/unfolds to more than/] });
check('a member of the reader\'s own cannot be set', 'P1:\n  _modify:\n    P_CR: { kind: cluster, parent: x, __proto__: y, derivedFrom: P_SR }\n', { start: 'P1.P_SR', lines: [sr], problems: [/kind is not known/, /parent is not known/, /__proto__ is not known/] });

test('an included file corrects where it is included, and the including file wins', () => {
  const parsed = parse({ 'main.yaml': '_include: [all.yaml]\nP1:\n  _include: [p.yaml]\n  P_CR:\n    _modify: { EN: { name: ENABLE } }\n', 'all.yaml': '_modify:\n  P2: { name: PZ }\n', 'p.yaml': 'P_CR:\n  ENABLE: { On: [1, "on"] }\n' });
  assert.deepEqual(parsed.problems, []);
  assert.deepEqual(lines(parsed).map(line => line.split(' ')[0]), ['P1.P_CR', 'P1.P_SR', 'PZ.P_CR', 'PZ.P_SR']);
  assert.match(lines(parsed)[0] ?? '', /ENABLE\[0\] \{On=0x1\}/);
});

test('a missing include is said with its line', () => {
  const parsed = parse({ 'main.yaml': 'P1:\n  _include: [gone.yaml]\n' });
  assert.match(`${parsed.problems[0]?.line ?? ''} ${parsed.problems[0]?.message ?? ''}`, /^2 gone.yaml was not found/);
});
