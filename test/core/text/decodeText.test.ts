import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText, type DecodedBytes } from '../../../src/core/text/decodeText.ts';

function check(bytes: Iterable<number>, expected: Partial<DecodedBytes> | { readonly text: RegExp }): void {
  const decoded = decodeText(Uint8Array.from(bytes));
  for (const [key, value] of Object.entries(expected)) {
    const actual = (decoded as unknown as Record<string, unknown>)[key];
    if (value instanceof RegExp) assert.match(String(actual), value);
    else assert.equal(actual, value);
  }
}

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));

test('plain ASCII', () => { check(Buffer.from('int x;'), { binary: false, text: 'int x;', encoding: 'utf-8' }); });
test('an empty file is text', () => { check([], { binary: false, text: '' }); });
test('UTF-8 with a byte order mark loses the mark', () => { check([0xef, 0xbb, 0xbf, 0x61], { text: 'a', encoding: 'utf-8' }); });
test('UTF-16 with a mark', () => { check([0xff, 0xfe, ...utf16('µs')], { text: 'µs', encoding: 'utf-16le' }); });
test('big-endian UTF-16 with a mark', () => { check([0xfe, 0xff, 0, 0x61], { text: 'a', encoding: 'utf-16be' }); });
test('UTF-16 without a mark', () => { check(utf16('#define A 1\n'), { text: '#define A 1\n', encoding: 'utf-16le' }); });
test('a Latin-1 comment is read and noted', () => { check(Buffer.from('/* 5 \xb5s, gr\xfc\xdfe */', 'latin1'), { text: '/* 5 µs, grüße */', problem: 'not UTF-8: read as Windows-1252' }); });
test('a GBK comment is read and noted', () => { check([0x2f, 0x2f, 0xd6, 0xd0, 0xb6, 0xcf, 0xb4, 0xa6, 0xc0, 0xed], { text: '//中断处理', encoding: 'gb18030', problem: 'not UTF-8: read as GB18030' }); });
test('damaged UTF-8 after a mark is noted', () => { check([0xef, 0xbb, 0xbf, 0x61, 0xff], { encoding: 'utf-8', problem: 'damaged utf-8: some characters were replaced' }); });
test('an object file is binary', () => { check([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1, 0], { binary: true, reason: 'binary: an ELF object' }); });
test('zero bytes are binary', () => { check([1, 2, 0, 0, 5, 0, 0, 9], { binary: true, reason: 'binary: holds zero bytes' }); });
test('control characters are binary', () => { check([1, 2, 3, 4, 65, 66], { binary: true, reason: /control/ as unknown as string }); });
