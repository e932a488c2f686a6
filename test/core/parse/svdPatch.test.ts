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

const many = svdText(`<peripheral><name>D1</name><baseAddress>0x1000</baseAddress><registers>
  ${[1, 2, 3].map(index => `<register><name>CCR${index}</name><description>channel ${index} control</description><addressOffset>${8 + 20 * (index - 1)}</addressOffset><fields><field><name>EN</name><bitOffset>0</bitOffset><bitWidth>1</bitWidth></field></fields></register>
  <register><name>CNDTR${index}</name><addressOffset>${12 + 20 * (index - 1)}</addressOffset></register>`).join('')}
  <register><name>ISR</name><addressOffset>0</addressOffset><fields>${[1, 2, 3].map(index => `<field><name>GIF${index}</name><description>flag ${index}</description><bitOffset>${4 * (index - 1)}</bitOffset><bitWidth>1</bitWidth><access>read-only</access></field>`).join('')}</fields></register>
</registers></peripheral><peripheral derivedFrom="D1"><name>D2</name><baseAddress>0x2000</baseAddress></peripheral>`);

/** Patches by name; the first is applied, and the others are what it includes. */
function parse(texts: Readonly<Record<string, string>>, described = device) {
  const patchOf = (file: string): SvdPatch => {
    const text = texts[file] ?? '';
    return { file, text, includes: new Map(includedPaths({ file, text }).filter(name => name in texts && name !== file).map(name => [name, patchOf(name)])) };
  };
  return parseSvd(described, 'p.svd', [patchOf(Object.keys(texts)[0] ?? '')]);
}

/** What a patch makes of the two peripherals' registers that begin with `start`; `problems` are what it could not do. */
function check(sentence: string, patch: string, expected: { readonly start?: string; readonly lines: readonly string[]; readonly problems?: readonly RegExp[]; readonly described?: string }): void {
  test(sentence, () => {
    const parsed = parse({ 'p.svd.patch.yaml': patch }, expected.described);
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

// Arrays, clusters, copies, derivation: D1 has CCR1 to CCR3, CNDTR1 to CNDTR3 and ISR with GIF1 to GIF3.
const channel = (index: number, name = 'CCR', peripheral = 'D1', base = 0x1000) => `${peripheral}.${name} @0x${(base + 8 + 20 * (index - 1)).toString(16).toUpperCase()} 32: EN[0]`;
const isr = 'D1.ISR @0x1000 32: GIF1[0] read-only GIF2[4] read-only GIF3[8] read-only';

check('registers alike become an array, which further words correct as one', 'D1:\n  _array:\n    CCR?:\n      EN: { On: [1, "on"] }\n', { described: many, start: 'D1.CCR', lines: [1, 2, 3].map(index => `${channel(index, `CCR${index}`)} {On=0x1}`) });
check('an array under another name counts from zero', 'D1:\n  _array:\n    CCR?: { name: "CR[%s]", description: control, _start_from_zero: true }\n', { described: many, start: 'D1.CR', lines: [1, 2, 3].map(index => channel(index, `CR[${index - 1}]`)) });
check('registers become clusters', 'D1:\n  _cluster:\n    CH%s:\n      CCR?: { name: CR, _modify: { EN: { name: ENABLE } } }\n      CNDTR?: { name: NDTR }\n', { described: many, start: 'D1.CH2', lines: ['D1.CH2.CR @0x101C 32: ENABLE[0]', 'D1.CH2.NDTR @0x1020 32'] });
check('what derives from the peripheral has the clusters too', 'D1:\n  _cluster:\n    CH%s:\n      CCR?: {}\n      CNDTR?: {}\n', { described: many, start: 'D2.CH3', lines: ['D2.CH3.CCR @0x2030 32: EN[0]', 'D2.CH3.CNDTR @0x2034 32'] });
check('a cluster that is no array', 'D1:\n  _cluster:\n    CH1: { CCR1: { name: CR }, CNDTR1: {} }\n', { described: many, start: 'D1.CH1', lines: ['D1.CH1.CR @0x1008 32: EN[0]', 'D1.CH1.CNDTR1 @0x100C 32'] });
check('fields alike become an array', 'D1:\n  ISR:\n    _array:\n      GIF?: { name: "G%s" }\n', { described: many, start: 'D1.ISR', lines: ['D1.ISR @0x1000 32: G1[0] read-only G2[4] read-only G3[8] read-only'] });
check('registers that differ are left as they are, with the reason', 'D1:\n  CCR2:\n    _modify: { EN: { bitOffset: 3 } }\n  _array:\n    CCR?: {}\n    ISR: {}\n', { described: many, start: 'D1.CCR2', lines: ['D1.CCR2 @0x101C 32: EN[3]'], problems: [/^5 CCR\? of D1 could not be made an array: their fields lie at different bits/, /^6 ISR of D1 could not be made an array: the pattern needs one place/] });
check('clusters of unlike numbers are left as they are', 'D1:\n  _cluster:\n    CH%s: { CCR?: {}, "CNDTR[12]": {} }\n', { described: many, start: 'D1.CCR1', lines: [channel(1, 'CCR1')], problems: [/^3 CH%s of D1 could not be made a cluster: CNDTR\[12\] and CCR\? have different numbers/] });
check('an array is unfolded into single registers', 'D1:\n  _modify:\n    CCR1: { name: "CCR1%s", dim: 2, dimIncrement: 0x100, dimIndex: [A, B] }\n  _expand_array: { CCR1%s: {} }\n', { described: many, start: 'D1.CCR1', lines: ['D1.CCR1A @0x1008 32: EN[0]', 'D1.CCR1B @0x1108 32: EN[0]'] });
check('a cluster array is unfolded into its registers', 'D1:\n  _cluster:\n    CH%s: { CCR?: { name: CR }, CNDTR?: {} }\n  _expand_cluster: { CH%s: { _preindex: "", _postindex: "." } }\n', { described: many, start: 'D1.CH2.CR', lines: ['D1.CH2.CR @0x101C 32: EN[0]'] });
check('a register is copied, and the copy goes its own way', 'D1:\n  _copy:\n    CCR9: { _from: CCR1, addressOffset: 0x80 }\n  CCR1:\n    _modify: { EN: { name: ON } }\n', { described: many, start: 'D1.CCR9', lines: ['D1.CCR9 @0x1080 32: EN[0]'] });
check('a register derives from another, and is corrected with it', 'D1:\n  _derive:\n    CCR2: CCR1\n    CCR8: { _from: CCR1, addressOffset: 0x80 }\n  CCR1:\n    _modify: { EN: { name: ON } }\n', { described: many, start: 'D1.CCR', lines: ['D1.CCR1 @0x1008 32: ON[0]', 'D1.CCR2 @0x101C 32: ON[0]', 'D1.CCR3 @0x1030 32: EN[0]', 'D1.CCR8 @0x1080 32: ON[0]'] });
check('a field derives its values from another', 'D1:\n  ISR:\n    GIF1: { Set: [1, "set"] }\n    _derive: { GIF2: GIF1 }\n', { described: many, start: 'D1.ISR', lines: ['D1.ISR @0x1000 32: GIF1[0] read-only {Set=0x1} GIF2[4] read-only {Set=0x1} GIF3[8] read-only'] });
check('a peripheral is copied: what corrects the original leaves the copy as it was', '_copy:\n  D3: { from: D1, baseAddress: 0x3000 }\nD1:\n  CCR1:\n    _modify: { EN: { name: ON } }\n', { described: many, start: 'D3.CCR1', lines: [channel(1, 'CCR1', 'D3', 0x3000)] });
check('a derived peripheral gets registers of its own', '_copy:\n  D2: { from: D1 }\nD1:\n  _delete: [CCR*]\n', { described: many, start: 'D2.CCR1', lines: [channel(1, 'CCR1', 'D2', 0x2000)] });
check('a copy from a file that is not there is said with its line', '_copy:\n  D3:\n    from: other.svd:D1\n', { described: many, start: 'D1.ISR', lines: [isr], problems: [/^2 other\.svd was not found; D3 was not copied/] });
check('a block for a derived peripheral alone is told where to go', 'D2:\n  CCR1:\n    _modify: { EN: { name: ON } }\n', { described: many, start: 'D2.CCR1', lines: [channel(1, 'CCR1', 'D2', 0x2000)], problems: [/^1 D2 means only peripherals that derive from another one: D2 has the registers of D1/] });
check('names get a beginning and an end', 'D1:\n  _prefix: DMA_\n  ISR:\n    _suffix: _X\n  DMA_ISR:\n    _suffix: _F\n', { described: many, start: 'D1.DMA_ISR', lines: ['D1.DMA_ISR @0x1000 32: GIF1_F[0] read-only GIF2_F[4] read-only GIF3_F[8] read-only'], problems: [/^3 ISR matches no register of D1/] });
check('named values are cleared before others are given', '_clear_fields: "*"\nP1:\n  P_CR: { EN: { On: [1, "on"] } }\n', { start: 'P1.P_CR', lines: ['P1.P_CR @0x1000 32 reset 0x0: EN[0] {On=0x1} MODE0[2:1] MODE1[4:3]'] });
check('values for one direction leave those for the other', 'P1:\n  P_CR: { EN: { Off: [0, "off"], On: [1, "on"] } }\n  "{P_CR}": { EN: { _write: { Start: [1, "starts"] } } }\n', { start: 'P1.P_CR', lines: ['P1.P_CR @0x1000 32 reset 0x0: EN[0] {read Off=0x0,read On=0x1,write Start=0x1} MODE0[2:1] MODE1[4:3]'] });
check('bits are split under names of the patch\'s own', 'P1:\n  P_CR:\n    _split:\n      MODE0: { name: "M%sX", description: "mode bit %s" }\n', { start: 'P1.P_CR', lines: ['P1.P_CR @0x1000 32 reset 0x0: EN[0] M0X[1] M1X[2] MODE1[4:3]'] });
check('numbers may have underscores', 'P1:\n  _modify:\n    P_SR: { addressOffset: 0x1_00 }\n', { start: 'P1.P_SR', lines: ['P1.P_SR @0x1100 32: OVF[7]'] });
check('an array of too many elements stays folded', 'P1:\n  _modify:\n    P_SR: { name: "P_SR%s", dim: 100000, dimIncrement: 4 }\n  _expand_array: { "P_SR%s": {} }\n', { start: 'P1.P_CR', lines: [cr], problems: [/^4 P_SR%s was not unfolded: it has 100000/] });
check('verbs of another level are said', '_array: { P1: {} }\nP1:\n  P_CR:\n    _cluster: { X: {} }\n    _merge: [NONE*]\n', { start: 'P1.P_SR', lines: [sr], problems: [/^5 NONE\* could not be merged/, /^4 _cluster is not supported for a register/, /^1 _array is not supported for a device/] });

test('lists of including and included files add up, and one file is followed once', () => {
  const parsed = parse({ 'main.yaml': 'P1:\n  _strip: P_\n  _include: [a.yaml, b.yaml]\n', 'a.yaml': '_include: [b.yaml]\n_strip: [X_]\n', 'b.yaml': 'CR:\n  _delete: [EN]\n' });
  assert.deepEqual(parsed.problems, []);
  assert.deepEqual(lines(parsed)[0], 'P1.CR @0x1000 32 reset 0x0: MODE0[2:1] MODE1[4:3]');
});

test('a small patch cannot make a device without end', () => {
  // Each array of 10,000 is cheap to write and dear to unfold.
  const arrays = Array.from({ length: 30 }, (_, index) => `    B${index}%s: { _from: P_CR, dim: 10000, dimIncrement: 4 }\n`).join('');
  const parsed = parse({ 'p.yaml': `P1:\n  _modify:\n    P_CR: { name: "A%s", dim: 10000, dimIncrement: 4 }\n  _copy:\n${arrays}  _expand_array: { "B*": {} }\n` });
  assert.ok(parsed.problems.some(({ line, message }) => line === 35 && /copies more than 200000/.test(message)), JSON.stringify(parsed.problems.slice(0, 5)));
  assert.ok(lines(parsed).length < 500_000);
});

test('a peripheral is copied from another file, with what that file says for all its registers', () => {
  const text = '_copy:\n  X: { from: ../other.svd:P2 }\n  Y: { from: ../other.svd:NONE }\n  P2: { from: page.html:P2 }\n';
  const other = device.replace('<width>32</width>', '<width>32</width><size>16</size><access>read-write</access>');
  const { problems, ...parsed } = parseSvd(svdText('<peripheral><name>P</name><baseAddress>0x9000</baseAddress></peripheral>'), 'p.svd', [{ file: 'p.yaml', text, includes: new Map(), copied: new Map([['../other.svd', other], ['page.html', '<html/>']]) }]);
  assert.deepEqual(lines({ ...parsed, problems }), ['X.P_CR @0x2000 16 read-write reset 0x0: EN[0] read-write MODE0[2:1] read-write MODE1[4:3] read-write', 'X.P_SR @0x2004 16 read-write: OVF[7] read-write']);
  assert.deepEqual(problems.map(({ line, message }) => `${line ?? ''} ${message}`), ['3 ../other.svd has no peripheral NONE; Y was not copied.', '4 page.html is no SVD file; P2 was not copied.']);
});
