import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { deviceFromHeader, findRegisters, joinHeader, openCParser } from '../../../src/core/index.ts';

const grammar = (name: string) => fs.readFileSync(path.join(import.meta.dirname, '../../../grammars', name));
const parser = await openCParser({ runtime: grammar('web-tree-sitter.wasm'), c: grammar('tree-sitter-c.wasm'), cpp: grammar('tree-sitter-cpp.wasm') });

async function deviceOf(header: string) {
  const roots = header.split(' ').map(file => ({ file, text: fs.readFileSync(path.join(import.meta.dirname, '../../fixtures/headers', file), 'utf8') }));
  const join = await joinHeader(roots, { defines: new Map([['ACME100xx', '1']]), parse: (text, name) => parser.parse(text, name).facts, include: async () => undefined });
  return deviceFromHeader(join, 'ACME100');
}

/** The registers that a query finds on a device made of a header alone, as `PATH@ADDRESS/SIZE`, with the field's bits and comment when it names one. */
function check(header: string, query: string, expected: readonly string[]): void {
  test(`without an SVD file ${query} of ${header} is ${expected.join(', ')}`, async () => {
    const device = await deviceOf(header);
    assert.ok(device);
    const found = findRegisters(device, query).map(({ place, field }) =>
      `${place.path}@0x${place.address.toString(16)}/${place.register.size}${field === undefined ? '' : ` ${field.name} ${field.bitOffset}+${field.bitWidth}${field.description === undefined ? '' : ` ${field.description}`}`}`);
    assert.deepEqual(found, expected);
  });
}

check('structs.h', 'UART2->CR', ['UART2.CR@0x40002000/32']);
check('structs.h', 'UART2->BAUD', ['UART2.BAUD@0x40002004/8']);
check('structs.h', 'UART1->FIFO[1]', ['UART1.FIFO[1]@0x4000100c/32']);
check('structs.h', 'UART1->CH[1].DATA', ['UART1.CH[1].DATA@0x4000101c/32']);
check('structs.h', 'UART1.CR.EN', ['UART1.CR@0x40001000/32 EN 0+1 Receiver and transmitter enable']);
check('registerMacros.h', 'CLK.EN', ['CLK.EN@0x40003000/32']);
check('registerMacros.h', 'UART2.CTL.MODE', ['UART2.UART_CTL@0x40002000/32 MODE 4+2'].map(text => text.replace('UART2.UART_CTL', 'UART2.CTL')));
check('unions.h', 'UART1.CTRL.MODE', ['UART1.CTRL@0x40001000/32 MODE 4+2']);
check('avr.h', 'PORTX', ['SFR.PORTX@0x25/8']);
check('avr.h', 'PORTX.PX3', ['SFR.PORTX@0x25/8 PX3 3+1']);
check('acmePic.h', 'PORTB', ['SFR.PORTB@0x6/8']);
check('acmePic.h', 'PORTB.RB1', ['SFR.PORTB@0x6/8 RB1 1+1']);
check('acmePic.h', 'PORTB.MODE', ['SFR.PORTB@0x6/8 MODE 6+2']);
check('acmePic.h', 'PORTB.INT0', ['SFR.PORTB@0x6/8 INT0 0+1']);
check('acmePic.h', 'PORTB.RB0', ['SFR.PORTB@0x6/8 RB0 0+1']);
check('acmePic.h', 'TMR1', ['SFR.TMR1@0xe/16']);
check('acmePic.h', 'TBLPTR', ['SFR.TBLPTR@0xff6/24']);
check('acmePic.h', 'STATUS_RO', ['SFR.STATUS_RO@0x10/8']);
check('acmePic.h', 'LATA', ['SFR.LATA@0xbf886030/16']);
check('acmePic.h', 'NOWHERE', []);
check('acmePic.h', '0x30', []);
check('acme430.h acme430_symbols.ld', 'P1OUT', ['SFR.P1OUT@0x21/8']);
check('acme430.h acme430_symbols.ld', 'TA0CTL', ['SFR.TA0CTL@0x160/16']);
check('acme430.h acme430_symbols.ld', 'OLDSTYLE', ['SFR.OLDSTYLE@0x40/8']);
check('acme430.h acme430_symbols.ld', 'NOT_LINKED', []);

test('a register of a small part has the header\'s comment and access', async () => {
  const registers = (device: Awaited<ReturnType<typeof deviceOf>>) => device?.peripherals.flatMap(peripheral => peripheral.registers) ?? [];
  assert.equal(registers(await deviceOf('acme430.h acme430_symbols.ld')).find(({ name }) => name === 'P1OUT')?.description, 'Port 1 Output');
  const [status] = registers(await deviceOf('acmePic.h')).filter(({ name }) => name === 'STATUS_RO');
  assert.equal(status?.kind === 'register' ? status.access : undefined, 'read-only');
  assert.equal((await deviceOf('acme430.h acme430_symbols.ld'))?.width, 8);
});

test('every peripheral and register says that it comes from the header', async () => {
  const device = await deviceOf('structs.h');
  assert.match(device?.origin ?? '', /header structs\.h/);
  assert.ok(device);
  assert.ok(device.peripherals.every(({ origin, registers }) => origin === device.origin && registers.every(node => node.kind === 'cluster' || node.origin === device.origin)));
  assert.deepEqual(device.peripherals.find(({ name }) => name === 'UART2')?.interrupts.map(({ name, value }) => `${name} ${value}`), ['UART2 6']);
});

test('a header without registers makes no device', () => {
  const nothing = { total: 0, joined: 0, sameName: 0 };
  assert.equal(deviceFromHeader({ files: ['x.h'], instances: [], registers: [], macros: [], interrupts: [], disagreements: [], problems: [], coverage: { registers: nothing, fields: nothing, interrupts: nothing, svdRegisters: nothing, unplacedMacros: 0 } }, 'X'), undefined);
});
