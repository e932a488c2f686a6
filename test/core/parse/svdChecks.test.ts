// What an author of an SVD file is told though nothing had to be left out.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { parsePeripherals, peripheralText } from './svdDevice.ts';

function check(sentence: string, registers: string, problems: readonly RegExp[]): void {
  test(sentence, () => {
    const parse = parsePeripherals(peripheralText(registers));
    assert.equal(parse.problems.length, problems.length, JSON.stringify(parse.problems));
    for (const [index, pattern] of problems.entries()) assert.match(parse.problems[index]?.message ?? '', pattern);
    for (const { line } of parse.problems) assert.equal(typeof line, 'number');
  });
}

const register = (name: string, offset: number, rest = '') => `<register><name>${name}</name><addressOffset>${offset}</addressOffset>${rest}</register>`;
const values = (...numbers: string[]) => `<fields><field><name>F</name><bitOffset>0</bitOffset><bitWidth>2</bitWidth><enumeratedValues>${numbers.map(number => `<enumeratedValue><name>v${number}</name><value>${number}</value></enumeratedValue>`).join('')}</enumeratedValues></field></fields>`;

check('registers side by side do not overlap', register('A', 0) + register('B', 4) + register('C', 8, '<size>8</size>') + register('D', 9, '<size>8</size>'), []);
check('an overlap is reported where it is not declared', register('A', 0, '<size>64</size>') + register('B', 4), [/register "B" lies over register "A" \(line 3\)/]);
check('an overlap is found in any order', register('B', 6) + register('A', 0, '<size>64</size>'), [/register "B" lies over register "A"/]);
check('a declared other view may overlap', register('A', 0) + register('B', 0, '<alternateRegister>A</alternateRegister>') + register('C', 0, '<alternateGroup>G</alternateGroup>'), []);
check('one register to read and another to write may share an address', register('IN', 0, '<access>read-only</access>') + register('OUT', 0, '<access>write-only</access>'), []);
check('a name used twice is reported', register('A', 0) + register('A', 4), [/register "A" has the name of the register in line 3 beside it; both are kept/]);
check('brackets without an array are reported', register('A[0]', 0), [/register "A\[0\]" is named like an element of an array but is none/]);
check('an enumerated value too large for its field is reported', register('A', 0, values('3', '4', '#1xx')), [/enumerated value "v4": "4" does not fit into the field's 2 bits/, /"#1xx" does not fit/]);

const vendorFolder = path.resolve(import.meta.dirname, '../../../../shared/svd');

/** `expected`: line and message of each problem in a file of the vendors' or of other tools' tests. */
function checkFile(file: string, expected: readonly (readonly [number, RegExp])[]): void {
  test(`${file}: every fault is told with its line`, { skip: fs.existsSync(path.join(vendorFolder, file)) ? false : 'no vendor files beside the repository' }, () => {
    const { problems } = parseSvd(fs.readFileSync(path.join(vendorFolder, file), 'utf8'), file);
    assert.deepEqual(problems.map(({ line }) => line), expected.map(([line]) => line), JSON.stringify(problems));
    for (const [index, [, pattern]] of expected.entries()) assert.match(problems[index]?.message ?? '', pattern);
  });
}

checkFile('ARM_Sample.svd', []);
checkFile('ARM_Sample_faulty.svd', [[61, /field "EN": modifiedWriteValues "oneToFail" is none of/]]);
checkFile('SSE300_errs.svd', [[52, /sauNumRegions is 256, but the standard allows 0 to 255/]]);
checkFile('SVDTiny.svd', [[46, /register "Data\[0\]" is named like an element of an array/]]);
checkFile('ResetMask.svd', [[51, /register "TIMER2" lies over register "TIMER"/], [68, /register "TestRegister" lies over/]]);
checkFile('GD32VF103.svd', [[18115, /<baseAddress> appears twice/]]);
