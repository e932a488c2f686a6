// Which file of a pack describes which part, by the pack's own list.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePdsc } from '../../../src/core/parse/pdsc.ts';

function check(sentence: string, devices: string, expected: Readonly<Record<string, readonly string[]>>, problem?: RegExp): void {
  test(sentence, () => {
    const { descriptions, problems } = parsePdsc(devices, 'V.P.pdsc');
    assert.deepEqual(Object.fromEntries(descriptions.map(({ file, parts }) => [file, parts])), expected);
    if (problem === undefined) assert.deepEqual(problems, []);
    else assert.match(problems[0]?.message ?? '', problem);
  });
}

const pack = (devices: string) => `<?xml version="1.0"?>\n<package><devices>${devices}</devices></package>`;

check('a device with a file of its own', pack('<family Dfamily="AX"><device Dname="AX1"><debug svd="SVD/AX1.svd"/></device></family>'), { 'SVD/AX1.svd': ['AX1'] });
check('devices under the file of their sub-family', pack('<family Dfamily="AX"><subFamily DsubFamily="AX1"><debug svd="SVD\\AX1x.svd"/><device Dname="AX11"/><device Dname="AX12"/></subFamily></family>'), { 'SVD/AX1x.svd': ['AX11', 'AX12'] });
check('a device with another file than its family\'s', pack('<family><debug svd="A.svd"/><device Dname="AX1"/><device Dname="AX2"><debug svd="B.svd"/></device></family>'), { 'A.svd': ['AX1'], 'B.svd': ['AX2'] });
check('variants', pack('<family><device Dname="AX1"><debug svd="A.svd"/><variant Dvariant="AX1T6"/><variant Dvariant="AX1U6"><debug svd="B.svd"/></variant></device></family>'), { 'A.svd': ['AX1T6', 'AX1'], 'B.svd': ['AX1U6'] });
check('a file for each of two cores', pack('<family><device Dname="AX1"><debug Pname="cm7" svd="AX1_CM7.svd"/><debug Pname="cm4" svd="AX1_CM4.svd"/></device></family>'), { 'AX1_CM7.svd': ['AX1'], 'AX1_CM4.svd': ['AX1'] });
check('a device file of Microchip\'s', pack('<family><device Dname="ATmega328P"><environment><at:extension><at:atdf name="atdf/ATmega328P.atdf"/></at:extension></environment></device></family>'), { 'atdf/ATmega328P.atdf': ['ATmega328P'] });
check('a debug element without a file', pack('<family><device Dname="AX1"><debug __dp="0"/></device></family>'), {});
check('a truncated list', '<package><devices><family><device Dname="AX1"><debug svd="A.svd"/></device><device Dname="AX2"><deb', { 'A.svd': ['AX1'] }, /not well-formed/);
check('no XML at all', '{}', {}, /not well-formed/);
check('an empty file', '', {}, /not well-formed/);
