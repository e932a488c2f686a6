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
check('families.h', 'DMA1_Stream5->CR.EN', ['DMA1_Stream5.CR@0x40026088/32 EN 0+1 Stream enable']);
check('families.h', 'CAN1->sTxMailBox[2].TIR.TXRQ', ['CAN1.sTxMailBox[2].TIR@0x40006414/32 TXRQ 0+1']);
check('families.h', 'CAN1->sTxMailBox[1].TDTR.DLC', ['CAN1.sTxMailBox[1].TDTR@0x40006410/32 DLC 0+4']);
check('families.h', 'SYSCFG->EXTICR[0].EXTI0', ['SYSCFG.EXTICR[0]@0x40013804/32 EXTI0 0+4']);
check('families.h', 'SYSCFG->EXTICR[1].EXTI4', ['SYSCFG.EXTICR[1]@0x40013808/32 EXTI4 0+4']);
check('families.h', 'SYSCFG->EXTICR[1].EXTI0', []);
check('families.h', 'SYSCFG->EXTICR[3]', ['SYSCFG.EXTICR[3]@0x40013810/32']);
check('families.h', 'GPIOA->AFR[0].AFSEL0', ['GPIOA.AFR[0]@0x40020000/32 AFSEL0 0+4']);
check('families.h', 'GPIOA->AFR[1].AFSEL8', ['GPIOA.AFR[1]@0x40020004/32 AFSEL8 0+4']);
check('families.h', 'GPIOA->SEL[0].FIRST', ['GPIOA.SEL[0]@0x40020008/32 FIRST 3+1']);
check('families.h', 'GPIOA->SEL[1].SECOND', ['GPIOA.SEL[1]@0x4002000c/32 SECOND 4+1']);
check('families.h', 'FSMC_Bank1->BTCR[2].WREN', ['FSMC_Bank1.BTCR[2]@0xa0000008/32 WREN 12+1']);
check('families.h', 'FSMC_Bank1->BTCR[3].ADDSET', ['FSMC_Bank1.BTCR[3]@0xa000000c/32 ADDSET 0+4']);
check('families.h', 'FSMC_Bank1->BTCR[2].MTYP', ['FSMC_Bank1.BTCR[2]@0xa0000008/32 MTYP 2+2']);
check('families.h', 'FSMC_Bank1->BTCR[3].MTYP', []);

/** All fields of a register, as `NAME bits`. */
function checkFields(sentence: string, query: string, expected: readonly string[]): void {
  test(sentence, async () => {
    const device = await deviceOf('families.h');
    const [found] = findRegisters(device ?? assert.fail(), query);
    assert.deepEqual(found?.place.register.fields.map(({ name, bitOffset, bitWidth }) => `${name} ${bitOffset}+${bitWidth}`), expected);
  });
}

checkFields('a mask in two pieces is two fields; reset values and other constants are none', 'CAN1.MCR', ['INRQ 0+1', 'MODE 4+3', 'MODE_3 16+1']);
checkFields('what all elements have is told once', 'CAN1.sTxMailBox[0].TIR', ['TXRQ 0+1']);
checkFields('every element has its own fields', 'SYSCFG.EXTICR[1]', ['EXTI4 0+4']);
checkFields('an element without macros has no fields', 'SYSCFG.EXTICR[2]', []);

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
