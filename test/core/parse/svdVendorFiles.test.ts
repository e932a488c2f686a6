// Every real SVD file beside the repository, when it is there.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Device } from '../../../src/core/device/device.ts';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { deviceJson } from '../../../src/core/device/json.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';

const folder = path.resolve(import.meta.dirname, '../../../../shared/svd');
const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter(name => /\.(svd|xml)$/.test(name)) : [];

function read(file: string): { readonly device: Device; readonly registers: number; readonly problems: number } {
  const { device, problems } = parseSvd(fs.readFileSync(path.join(folder, file), 'utf8'), file);
  assert.ok(device, file);
  const json = deviceJson(device, { file });
  return { device, registers: json.device.peripherals.reduce((sum, peripheral) => sum + peripheral.registers.length, 0), problems: problems.length };
}

for (const file of files) {
  test(`${file} is read without a flood of problems`, () => {
    const { device, registers, problems } = read(file);
    assert.ok(device.peripherals.length > 0);
    assert.ok(registers > 0);
    assert.ok(problems < 20, `${problems} problems`);
  });
}

test('268 million registers stay folded, and any of them is found', { skip: !files.includes('nrf9220_flpr.svd') }, () => {
  const { device } = parseSvd(fs.readFileSync(path.join(folder, 'nrf9220_flpr.svd'), 'utf8'), 'nrf9220_flpr.svd');
  assert.ok(device);
  assert.deepEqual(findRegisters(device, 'GLOBAL_STMDATA.DOMAIN[15].DATA[16777215]').map(({ place }) => place.address), [0xAFFFFFFFn]);
  assert.deepEqual(findRegisters(device, '0xA3000309').map(({ place }) => place.path), ['GLOBAL_STMDATA.DOMAIN[3].DATA[777]']);
  const { problems } = deviceJson(device, { file: 'nrf9220_flpr.svd' });
  assert.match(problems[0]?.message ?? '', /GLOBAL_STMDATA\.DOMAIN\[%s\] has more registers than can be listed; only the first 65536 are/);
});
