// The file that an `#include` means, among those of a workspace.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveInclude } from '../../../src/core/header/resolveInclude.ts';

const files = new Map([['chip.h', ['a/inc/chip.h', 'b/inc/chip.h', 'b/src/chip.h']], ['core.h', ['cmsis/core.h']]]);

/** `include` written in the file `from`. */
function check(sentence: string, { include, from = 'b/src/main.c', folders = [] }: { readonly include: string; readonly from?: string; readonly folders?: readonly string[] }, expected: string | undefined): void {
  test(sentence, () => { assert.equal(resolveInclude(include, from, { files, folders }), expected); });
}

check('beside the including file', { include: 'chip.h' }, 'b/src/chip.h');
check('below a folder that the build names', { include: 'chip.h', from: 'main.c', folders: ['a/inc'] }, 'a/inc/chip.h');
check('elsewhere the nearest whose path ends so', { include: 'inc/chip.h' }, 'b/inc/chip.h');
check('steps up are left out where they lead nowhere', { include: '../../core.h' }, 'cmsis/core.h');
check('none that the workspace does not have', { include: 'stdint.h' }, undefined);
