import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInt8Kernel } from '../../src/node/int8Kernel.ts';

/** Rows of a seeded pattern times a query, against the same sum in JavaScript. */
function check(dimensions: number, count: number, value: (row: number, column: number) => number): void {
  const kernel = createInt8Kernel();
  const rowsStart = dimensions + count * 4 + (16 - (count * 4) % 16);
  kernel.reserve(rowsStart + count * dimensions);
  const memory = new Int8Array(kernel.memory.buffer);
  const query = Array.from({ length: dimensions }, (_, column) => value(-1, column));
  memory.set(query, 0);
  const rows = Array.from({ length: count }, (_, row) => Array.from({ length: dimensions }, (__, column) => value(row, column)));
  rows.forEach((row, index) => { memory.set(row, rowsStart + index * dimensions); });
  kernel.dots(0, rowsStart, dimensions, { end: rowsStart + count * dimensions, out: dimensions });
  const dots = [...new Int32Array(kernel.memory.buffer, dimensions, count)];
  assert.deepEqual(dots, rows.map(row => row.reduce((sum, number, column) => sum + number * (query[column] ?? 0), 0)));
}

const mixed = (row: number, column: number) => ((row * 31 + column * 17 + 1234) * 7919) % 255 - 127;

test('one row of sixteen', () => { check(16, 1, mixed); });
test('many rows of 384', () => { check(384, 500, mixed); });
for (const count of [2, 3, 4, 5, 6, 7]) test(`${count} rows, of which four are compared side by side`, () => { check(48, count, mixed); });
test('the largest values do not overflow', () => { check(1024, 3, () => 127); });
test('negative times negative', () => { check(32, 2, () => -127); });
test('no rows', () => { check(16, 0, mixed); });
