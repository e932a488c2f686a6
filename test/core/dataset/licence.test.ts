import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admits, licenceKind, licenceOfFile, statedLicence, strictestLicence, type LicenceKind } from '../../../src/core/dataset/licence.ts';

function check(text: string, expected: string | undefined): void {
  test(`${JSON.stringify(text.slice(0, 60))} states ${expected ?? 'nothing'}`, () => { assert.equal(statedLicence(text), expected); });
}

check('/* SPDX-License-Identifier: BSD-3-Clause */\nint x;', 'BSD-3-Clause');
check('// SPDX-License-Identifier: GPL-2.0-only OR MIT\n', 'GPL-2.0-only OR MIT');
check('<!-- SPDX-License-Identifier: Apache-2.0 -->', 'Apache-2.0');
check('/*\n * Redistribution and use in source and binary\n * forms, with or without modification\n * Neither the name of Acme nor …\n */', 'BSD-3-Clause');
check(' * under the terms of the GNU Lesser General Public\n * License as published, either version 3 of the License', 'LGPL-3.0');
check('ACME CONFIDENTIAL AND PROPRIETARY', 'forbidden');
check('This code may not be used to train machine learning models. MIT License', 'forbidden');
check('int main(void) { train_model(); }', undefined);

test('a licence file of unknown words is restricted', () => { assert.equal(licenceOfFile('You may look at this on Tuesdays.'), 'restricted'); });
test('of several files the strictest counts', () => { assert.equal(strictestLicence(['MIT', 'GPL-3.0', 'Apache-2.0']), 'GPL-3.0'); });

function checkKind(expression: string, expected: LicenceKind): void {
  test(`${expression} is ${expected}`, () => { assert.equal(licenceKind(expression), expected); });
}

checkKind('GPL-2.0-only OR MIT', 'permissive');
checkKind('MIT AND LGPL-3.0-or-later', 'copyleft');
checkKind('GPL-2.0-only WITH Classpath-exception-2.0', 'copyleft');
checkKind('CC-BY-NC-ND-4.0', 'forbidden');
checkKind('LicenseRef-Acme', 'restricted');

test('no policy admits what forbids training', () => { assert.ok(!admits('any', 'forbidden')); });
test('a team admits its own files that state nothing, an open set does not', () => { assert.deepEqual([admits('own', 'unstated'), admits('open', 'unstated')], [true, false]); });
