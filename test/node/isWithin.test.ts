import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWithin } from '../../src/node/isWithin.ts';

function check(sentence: string, inner: string, outer: string, expected: boolean): void {
  test(sentence, () => { assert.equal(isWithin(inner, outer), expected); });
}

check('a folder is within itself', '/a/b', '/a/b', true);
check('a file below counts', '/a/b/c.h', '/a/b', true);
check('the folder around does not', '/a', '/a/b', false);
check('a folder beside does not', '/a/bc', '/a/b', false);
check('a name that begins with two dots lies below', '/a/b/..cache', '/a/b', true);
