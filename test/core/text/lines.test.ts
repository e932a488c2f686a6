import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashBytes, hashText } from '../../../src/core/text/hash.ts';
import { lineAt, lineStarts, splitLines } from '../../../src/core/text/lines.ts';

function check(text: string, offset: number, line: number): void {
  assert.equal(lineAt(lineStarts(text), offset), line);
}

test('the first character is on line 1', () => { check('a\nb', 0, 1); });
test('a line end belongs to its line', () => { check('a\nb', 1, 1); });
test('the character after it is on the next', () => { check('a\nb', 2, 2); });
test('CRLF counts once', () => { check('a\r\nb\r\nc', 6, 3); });
test('a lone CR counts', () => { check('a\rb', 2, 2); });
test('an offset past the end is on the last line', () => { check('a\nb', 99, 2); });
test('lines lose their ends', () => { assert.deepEqual(splitLines('a\r\nb\rc\n'), ['a', 'b', 'c', '']); });
test('the hash of a text is the hash of its UTF-8 bytes', () => { assert.equal(hashText('µ'), hashBytes(Uint8Array.from([0xc2, 0xb5]))); });
test('the hash is 32 hex digits', () => { assert.match(hashText(''), /^[\da-f]{32}$/); });
