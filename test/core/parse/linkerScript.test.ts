// The memory regions of linker scripts as vendors write them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseMemoryRegions } from '../../../src/core/parse/linkerScript.ts';

function check(name: string, text: string, expected: readonly string[]): void {
  test(name, () => {
    assert.deepEqual(parseMemoryRegions(text).map(({ name: region, origin, sizeBytes, line }) => `${line} ${region} ${origin?.toString(16) ?? '?'} ${sizeBytes ?? '?'}`), expected);
  });
}

check('kilobytes and megabytes', 'MEMORY\n{\n  FLASH (rx)  : ORIGIN = 0x08000000, LENGTH = 1M\n  RAM (xrw) : ORIGIN = 0x20000000, LENGTH = 128K\n}\n', ['3 FLASH 8000000 1048576', '4 RAM 20000000 131072']);
check('short forms and no attributes', 'MEMORY { \n rom : org = 0x0, len = 0x1000\n}', ['2 rom 0 4096']);
check('an origin that must be computed', 'MEMORY {\n  APP (rx) : ORIGIN = FLASH_BASE + 0x4000, LENGTH = 64K\n}', ['2 APP ? 65536']);
check('a region in a comment', 'MEMORY {\n /* OLD (rx) : ORIGIN = 0, LENGTH = 1K\n */ NEW (rx) : ORIGIN = 0x100, LENGTH = 1K\n}', ['3 NEW 100 1024']);
check('no regions', 'SECTIONS { .text : { *(.text) } }', []);
check('the fixture', fs.readFileSync(path.resolve(import.meta.dirname, '../../fixtures/fictional-mcu/ax32.ld'), 'utf8'), ['6 ROM 0 262144', '7 RAM 20000000 32768']);
