import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { findRegisters, joinHeader, lookUpMember, lookUpName, openCParser, parseSvd, registersByHeader, type HeaderJoin, type HeaderMeaning } from '../../../src/core/index.ts';

const grammar = (name: string) => fs.readFileSync(path.join(import.meta.dirname, '../../../grammars', name));
const parser = await openCParser({ runtime: grammar('web-tree-sitter.wasm'), c: grammar('tree-sitter-c.wasm'), cpp: grammar('tree-sitter-cpp.wasm') });

const fixtures = path.join(import.meta.dirname, '../../fixtures/headers');
const device = parseSvd(fs.readFileSync(path.join(fixtures, 'acme100.svd'), 'utf8'), 'acme100.svd').device;
assert.ok(device);

/** A fixture's header, joined to the fictional chip's description. */
async function joined(name: string, defines: Readonly<Record<string, string>> = {}): Promise<HeaderJoin> {
  const read = (file: string) => ({ file, text: fs.readFileSync(path.join(fixtures, file), 'utf8') });
  return joinHeader([read(name)], {
    ...(device !== undefined && { device }), defines: new Map(Object.entries(defines)), parse: (text, file) => parser.parse(text, file).facts,
    include: async file => fs.existsSync(path.join(fixtures, file)) ? read(file) : undefined,
  });
}

const joins = {
  struct: await joined('structs.h', { ACME100xx: '1' }), macros: await joined('registerMacros.h'), unions: await joined('unions.h'), old: await joined('avr.h'), soc: await joined('socRegisters.h'), generated: await joined('generated.h'),
};

/** What a name or member chain of a header means, as `PATHS field bits = value`. */
function check(name: string, style: keyof typeof joins, expected: string | undefined): void {
  test(`${name} in the ${style} header is ${expected ?? 'unknown'}`, () => {
    const [first = '', ...members] = name.split(/->|\./);
    const meaning = members.length > 0 ? lookUpMember(joins[style], first, members) : lookUpName(joins[style], first);
    assert.equal(meaning === undefined ? undefined : describe(meaning), expected);
  });
}

function describe({ kind, places, fields, bits, fieldValue, value }: HeaderMeaning): string {
  const where = places.map(({ paths, address }) => paths.length > 0 ? paths.join('|') : `0x${address.toString(16)}`).join(' ');
  return [kind, where, fields.join('|'), bits === undefined ? '' : `${bits.offset}+${bits.width}`, fieldValue === undefined ? kind === 'interrupt' ? String(value) : '' : `=${fieldValue}`].filter(part => part !== '').join(' ');
}

check('UART_CR_EN', 'struct', 'field UART1.CTRL UART2.CTRL ENABLE 0+1');
check('UART_CR_EN_Msk', 'struct', 'field UART1.CTRL UART2.CTRL ENABLE 0+1');
check('UART_CR_MODE_Pos', 'struct', 'position UART1.CTRL UART2.CTRL MODE 4+2');
check('UART_CR_MODE_1', 'struct', 'value UART1.CTRL UART2.CTRL MODE 4+2 =2');
check('UART2->CR', 'struct', 'register UART2.CTRL');
check('CONSOLE->CR', 'struct', 'register UART2.CTRL');
check('UART2->FIFO[1]', 'struct', 'register UART2.FIFOH');
check('UART2->CH[1].DATA', 'struct', 'register UART2.CH1_DATA');
check('UART2->NOTHING', 'struct', undefined);
check('UART_TypeDef->CR', 'struct', 'register UART1.CTRL UART2.CTRL');
check('UART_CHxDATA_VAL', 'struct', 'field UART1.CH0_DATA UART1.CH1_DATA UART2.CH0_DATA UART2.CH1_DATA VAL 0+8');
check('UART2_IRQn', 'struct', 'interrupt 6');
check('NOT_ON_THIS_CHIP', 'struct', undefined);
check('UART_CTL', 'macros', 'register UART1.CTRL UART2.CTRL');
check('UART_CTL_EN', 'macros', 'field UART1.CTRL UART2.CTRL ENABLE 0+1');
check('UART_CTL_MODE', 'macros', 'field UART1.CTRL UART2.CTRL MODE 4+2');
check('CLK_EN', 'macros', 'register CLK.EN');
check('CLK_EN_UART1', 'macros', 'field CLK.EN UART1EN 3+1');
check('UART1->CTRL.reg', 'unions', 'register UART1.CTRL');
check('UART1->CTRL.bit.MODE', 'unions', 'field UART1.CTRL 4+2');
check('UART1->CTRL.bit.NONE', 'unions', undefined);
check('PORTX', 'old', 'register IO.PORTX');
check('PX3', 'old', 'position IO.PORTX P3 3+1');
check('CLK_EN_REG', 'soc', 'register CLK.EN');
check('CLK_UART1_GATE_S', 'soc', 'position CLK.EN UART1EN 3+1');
check('CLK_UART1_GATE', 'soc', 'field CLK.EN UART1EN 3+1');

check('R_UART1->CTRL', 'generated', 'register UART1.CTRL');
check('R_UART1->CTRL_b.MODE', 'generated', 'field UART1.CTRL 4+2');
check('R_UART1->BAUD', 'generated', 'register UART1.BAUD');
check('R_UART1->BAUD_FRACTION_b.FRAC', 'generated', 'field UART1.BAUD 0+4');
check('R_UART1->FIFO[1]', 'generated', 'register UART1.FIFOH');
check('R_UART1->FIFO_b[1].BYTE', 'generated', 'field UART1.FIFOH 0+8');
check('R_UART1->PADDR', 'generated', 'register UART1.CH0_CTRL');
check('R_UART_CTRL_ENABLE_Msk', 'generated', 'field UART1.CTRL ENABLE 0+1');

test('disagreements name kind, line and both values', () => {
  const found = joins.struct.disagreements.map(({ kind, about, header, svd }) => `${about} ${kind}: ${header} / ${svd}`);
  for (const wanted of [
    'register name: UART_TypeDef.CR / UART1.CTRL', 'register width: 8 bits / 32 bits', 'field name: UART_CR_EN_Pos / UART1.CTRL.ENABLE', 'field width: 10:8 / 9:8',
    'register missing-in-svd: UART1 at 0x40001034 / ', 'interrupt interrupt: 5 UART1 / 5 UART_ONE', 'register missing-in-header:  / UART1.EXTRA', 'interrupt interrupt:  / 9 LATE',
  ]) assert.ok(found.includes(wanted), `${wanted} in\n${found.join('\n')}`);
  assert.ok(joins.struct.disagreements.every(({ file, line, header }) => header === '' || (file === 'structs.h' && (line ?? 0) > 0)));
});

test('a join survives being stored', () => {
  assert.deepEqual(lookUpName(JSON.parse(JSON.stringify(joins.struct)) as HeaderJoin, 'UART_CR_EN'), lookUpName(joins.struct, 'UART_CR_EN'));
});

test('comments of the header come with the names', () => {
  assert.equal(lookUpName(joins.struct, 'UART_CR_EN')?.comment, 'Receiver and transmitter enable');
  assert.equal(lookUpMember(joins.struct, 'UART1', ['CR'])?.comment, 'Control register, offset 0x00');
});

test('names of the header find the registers of the description', () => {
  assert.deepEqual(findRegisters(device, 'CONSOLE_CR'), []);
  assert.deepEqual(registersByHeader(device, 'CONSOLE_CR', joins.struct).map(({ place }) => place.path), ['UART2.CTRL']);
  assert.deepEqual(registersByHeader(device, 'UART_CR_EN', joins.struct).map(({ place, field }) => `${place.path}.${field?.name ?? ''}`), ['UART1.CTRL.ENABLE', 'UART2.CTRL.ENABLE']);
});

test('a header that is none says so', async () => {
  const { problems, registers } = await joinHeader([{ file: 'x.h', text: '#if\n#define\n#endif\n/* never closed' }], { device, defines: new Map(), parse: (text, file) => parser.parse(text, file).facts, include: async () => undefined });
  assert.deepEqual(registers, []);
  assert.match(problems[0]?.message ?? '', /x\.h declares no registers/);
});

test('includes in a circle, macros in a circle and structs within themselves end', async () => {
  const text = '#include "x.h"\n#include "y.h"\n#define A B\n#define B A\ntypedef struct S { struct S inner; volatile unsigned r; } S;\n#define X ((S *) A)\n#define Y ((S *) 0x40000000)\n';
  const join = await joinHeader([{ file: 'x.h', text }], { device, defines: new Map(), parse: (code, file) => parser.parse(code, file).facts, include: async file => ({ file, text }) });
  assert.deepEqual(join.registers, []);
});

test('more registers than are joined are a problem', async () => {
  const text = ['typedef struct { volatile unsigned R[128]; } T;', ...Array.from({ length: 500 }, (_, index) => `#define X${index} ((T *) 0x${(0x4000_0000 + index * 0x400).toString(16)})`)].join('\n');
  const { problems, registers } = await joinHeader([{ file: 'x.h', text }], { device, defines: new Map(), parse: (code, file) => parser.parse(code, file).facts, include: async () => undefined });
  assert.match(problems[0]?.message ?? '', /more registers than are joined/);
  assert.ok((registers[0]?.places.length ?? 0) <= 50_000);
});

test('the part\'s own macro does not hide its header behind the include guard', async () => {
  const text = '#ifndef PART1_\n#define PART1_\n#define X (*(volatile unsigned *) 0x40001000)\n#endif\n#ifndef PART1_\n#define Y (*(volatile unsigned *) 0x40001004)\n#endif\n';
  const { registers } = await joinHeader([{ file: 'part1.h', text }], { device, defines: new Map(), isMeant: name => name === 'PART1_', parse: (code, file) => parser.parse(code, file).facts, include: async () => undefined });
  assert.deepEqual(registers.map(({ id }) => id), ['X']);
});

test('a count of registers is no bit of them, and a reserved interrupt none', async () => {
  const text = 'typedef struct { volatile unsigned CR; } T;\n#define UART1 ((T *) 0x40001000)\n#define UART_CR_COUNT 2U\n#define UART_CR_EN_MASK 1U\ntypedef enum { Reserved3_IRQn = 3, UART1_IRQn = 4 } IRQn_Type;\n';
  const { macros, interrupts } = await joinHeader([{ file: 'x.h', text }], { device, defines: new Map(), parse: (code, file) => parser.parse(code, file).facts, include: async () => undefined });
  assert.deepEqual(macros.map(({ name }) => name), ['UART_CR_EN_MASK']);
  assert.deepEqual(interrupts.map(({ name }) => name), ['UART1']);
});

test('a long header is joined in steps, between which others go first', async () => {
  const text = Array.from({ length: 2000 }, (_, index) => `#define UNIT_BIT_${index} (1 << ${index % 32})`).join('\n');
  let pauses = 0;
  await joinHeader([{ file: 'long.h', text }], { defines: new Map(), include: async () => undefined, parse: (code, file) => parser.parse(code, file).facts, pause: async () => { pauses += 1; } });
  assert.ok(pauses >= 10, String(pauses));
});

test('two members of a union are one register, and a macro is about the element that it names', async () => {
  const text = 'typedef struct { volatile unsigned CTRL, DATA; } C;\ntypedef struct { volatile unsigned R[2]; union { struct { C both[2]; }; C one[2]; }; } uart_hw_t;\n#define uart1_hw ((uart_hw_t *) 0x40001008)\n#define UART1_CH1_CTRL_MODE_BITS 0x30\n';
  const { macros } = await joinHeader([{ file: 'x.h', text }], { device, defines: new Map(), parse: (code, file) => parser.parse(code, file).facts, include: async () => undefined });
  assert.deepEqual(macros.map(({ name, registers, elements }) => ({ name, registers, elements })), [{ name: 'UART1_CH1_CTRL_MODE_BITS', registers: ['uart_hw_t.both.CTRL'], elements: [1] }]);
});

test('a field whose name shares words with its register\'s is no disagreement', async () => {
  const text = '#define UART1_MO_REG 0x40001000\n#define UART1_MO_DE 0x30\n#define UART1_MO_DE_V 0x3\n#define UART1_MO_DE_S 4\n';
  const { disagreements, coverage } = await joinHeader([{ file: 'x.h', text }], { device, defines: new Map(), parse: (code, file) => parser.parse(code, file).facts, include: async () => undefined });
  assert.deepEqual(disagreements.filter(({ about }) => about === 'field'), []);
  assert.deepEqual(coverage.fields, { total: 1, joined: 1, sameName: 1 });
});

test('a comment above a list of names is none of theirs, one above a single name is its own', async () => {
  const text = 'typedef struct { volatile unsigned CR; } T;\n#define UART1 ((T *) 0x40001000)\n/* Names of before */\n#define UART_CR_EN 1U\n#define UART_CR_MODE 0x30U\n\n/* Parity */\n#define UART_CR_PAR 4U\n\n#define UART_CR_STOP 8U\n';
  const { macros } = await joinHeader([{ file: 'x.h', text }], { device, defines: new Map(), parse: (code, file) => parser.parse(code, file).facts, include: async () => undefined });
  assert.deepEqual(macros.map(({ name, comment }) => [name, comment]), [['UART_CR_EN', undefined], ['UART_CR_MODE', undefined], ['UART_CR_PAR', 'Parity'], ['UART_CR_STOP', undefined]]);
});

test('what a formula gives for a block that the chip does not have is no register', async () => {
  const text = '#define DR_REG_CLK_BASE 0x40003000\n#define REG_CLK_BASE(i) (DR_REG_CLK_BASE + (i) * 0x800)\n#define CLK_EN_REG(i) (REG_CLK_BASE(i) + 0x0)\n';
  const { registers } = await joinHeader([{ file: 'x.h', text }], { device, defines: new Map(), parse: (code, file) => parser.parse(code, file).facts, include: async () => undefined });
  assert.deepEqual(registers.map(({ id, places }) => [id, ...places.map(({ address }) => address.toLowerCase())]), [['CLK_EN_REG()', '0x40003000']]);
});
