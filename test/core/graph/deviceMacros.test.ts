import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Device } from '../../../src/core/device/device.ts';
import { withDeviceMacros } from '../../../src/core/graph/deviceMacros.ts';
import type { FactSource } from '../../../src/core/graph/factSource.ts';
import { createMacroTable } from '../../../src/core/graph/macroTable.ts';
import { evaluateAddress, evaluateExpression } from '../../../src/core/graph/evaluate.ts';
import { emptyFacts } from '../../../src/core/parse/emptyFacts.ts';
import { parseDeviceFile } from '../../../src/core/parse/deviceFile.ts';

const { device } = parseDeviceFile(fs.readFileSync(path.join(import.meta.dirname, '../../fixtures/atdf/AX8P28.atdf'), 'utf8'), 'AX8P28.atdf');
assert.ok(device);
const classic = device;

/** A workspace whose only file defines `RXC0` itself. */
const source: FactSource = {
  facts: async file => file === 'own.h' ? { ...emptyFacts('c'), macros: [{ name: 'RXC0', line: 1, body: '5' }] } : undefined,
  definitions: async name => name === 'RXC0' ? [{ name, kind: 'macro', file: 'own.h', line: 1 }] : [],
  handlerFiles: async () => [],
  mentions: async () => [],
};

/** The value of an expression, with what follows from the device. */
function check(sentence: string, expression: string, expected: bigint | undefined, machine: Device = classic): void {
  test(sentence, async () => {
    const macros = createMacroTable(withDeviceMacros(source, machine));
    await macros.load([expression]);
    assert.equal(evaluateExpression(expression, macros.lookup), expected);
  });
}

check('a field of one bit is its bit number', '1 << LOST', 1n);
check('a numbered field has a macro a bit, counted from the file\'s first number', '(1 << MODE02) | (1 << MODE03)', 6n);
check('bits that lie apart have their own numbers', '(1 << WDP2) | (1 << WDP3)', 0x24n);
check('what the workspace defines counts first', 'RXC0', 5n);
check('a pin has its number', '1 << PD7', 0x80n);
check('a name that is no bit stays unknown', 'NONE', undefined);
check('other machines name bits otherwise', '1 << LOST', undefined, { ...classic, cpu: { name: 'CM4' } });

const [port] = classic.peripherals;
assert.ok(port);
const withPort: Device = { ...classic, peripherals: [{ ...port, name: 'PORTB', registers: [{ kind: 'register', name: 'PORTB', addressOffset: 0x25n, size: 8, fields: [] }] }] };
check('the pins of a port are bit numbers, of its direction and input registers too', '_BV(PB5) | _BV(DDB0) | _BV(PINB7)', 0xA1n, withPort);
check('a port that the part lacks has no pins', 'PC5', undefined, withPort);

test('the I/O space begins at 0x20 of the data space', async () => {
  const macros = createMacroTable(withDeviceMacros(source, classic));
  await macros.load(['_SFR_IO8(0x0B)', '_SFR_MEM8(0xC0)']);
  assert.equal(evaluateAddress('_SFR_IO8(0x0B)', macros.lookup), 0x2bn);
  assert.equal(evaluateAddress('_SFR_MEM8(0xC0)', macros.lookup), 0xc0n);
});
