import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { decodeDevice, encodeDevice, parseSvd } from '../../../src/core/index.ts';

const shared = path.resolve(import.meta.dirname, '../../../../shared/svd');
const fixtures = path.resolve(import.meta.dirname, '../../fixtures/fictional-mcu');

/** The file's device comes back from its bytes as it was, with its problems. */
function check(folder: string, name: string): void {
  test(`${name} comes back from its bytes as it was read`, () => {
    const { device, problems } = parseSvd(fs.readFileSync(path.join(folder, name), 'utf8'), name);
    if (device === undefined) return;
    const bytes = encodeDevice({ device, problems });
    assert.ok(bytes);
    const stored = decodeDevice(bytes);
    assert.ok(stored);
    // Peripheral by peripheral: a difference in one of the large files would take minutes to print.
    for (const [index, peripheral] of device.peripherals.entries()) assert.deepEqual(comparable(stored.device.peripherals[index]), comparable(peripheral), peripheral.name);
    assert.deepEqual(comparable({ ...stored.device, peripherals: stored.device.peripherals.length }), comparable({ ...device, peripherals: device.peripherals.length }));
    assert.deepEqual(stored.problems, problems);
  });
}

/** Functions are compared by what they give. */
function comparable(value: unknown): unknown {
  if (typeof value === 'function') return [0, 1, 2, 3, 9, 40, 1000].map(index => (value as (index: number) => unknown)(index));
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, comparable(member)]));
}

check(fixtures, 'AX32.svd');
const names = fs.existsSync(shared) ? fs.readdirSync(shared).filter(name => /\.(svd|xml)$/i.test(name)) : [];
for (const name of names) check(shared, name);
