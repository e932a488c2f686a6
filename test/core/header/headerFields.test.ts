// What the device header says of fields that the description is silent on, as the card shows it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { registerMarkdown } from '../../../src/core/card/registerCard.ts';
import { fieldMarkdown } from '../../../src/core/card/deviceCards.ts';
import type { Device, Field, RegisterPlace } from '../../../src/core/device/device.ts';
import { reservedChange } from '../../../src/core/device/decode.ts';
import { registerPlaces } from '../../../src/core/device/places.ts';
import { headerWords, valuesInComment } from '../../../src/core/header/headerWords.ts';
import type { HeaderJoin } from '../../../src/core/header/headerJoin.ts';
import { joinHeader } from '../../../src/core/header/joinHeader.ts';
import { withHeaderFields } from '../../../src/core/header/withHeaderFields.ts';
import { openCParser } from '../../../src/core/parse/cParser.ts';
import { parsePeripherals } from '../parse/svdDevice.ts';

const grammar = (name: string) => fs.readFileSync(path.join(import.meta.dirname, '../../../grammars', name));
const parser = await openCParser({ runtime: grammar('web-tree-sitter.wasm'), c: grammar('tree-sitter-c.wasm'), cpp: grammar('tree-sitter-cpp.wasm') });
const text = fs.readFileSync(path.join(import.meta.dirname, '../../fixtures/headers/wordy.h'), 'utf8');

const field = (name: string, range: string, rest = '') => `<field><name>${name}</name><bitRange>[${range}]</bitRange>${rest}</field>`;
const register = (name: string, offset: string, fields: string) => `<register><name>${name}</name><addressOffset>${offset}</addressOffset><fields>${fields}</fields></register>`;
const status = [
  field('RXNE', '0:0', '<description>RXNE</description>'), field('OVR', '1:1', '<description>Overrun error</description>'), field('FE', '2:2'), field('BUSY', '3:3'),
  field('LINE', '4:4', '<description>LINE bit</description>'), field('OLD', '15:15'),
].join('');
const configuration = [
  field('CLK', '5:4'), field('DIV0', '16:16'), field('DIV1', '17:17'), field('PIN0', '18:18'), field('PIN1', '19:19'), field('NUL0', '20:20'), field('NUL1', '21:21'), field('SRC', '9:8', '<enumeratedValues><enumeratedValue><name>Own</name><value>1</value></enumeratedValue></enumeratedValues>'), field('PAR', '10:10'), field('SEL', '11:11'),
].join('');
const { device } = parsePeripherals(`<peripheral><name>UART1</name><baseAddress>0x1000</baseAddress><registers>${register('STATUS', '0', status)}${register('CFG', '4', configuration)}${register('OTHER', '8', field('RXNE', '0:0'))}</registers></peripheral>`);
assert.ok(device);

async function joinOf(header: string): Promise<HeaderJoin> {
  return joinHeader([{ file: 'inc/wordy.h', text: header }], { ...(device !== undefined && { device }), defines: new Map(), parse: (code, file) => parser.parse(code, file).facts, include: async () => undefined });
}

async function joined(header: string): Promise<Device> {
  const join = await joinOf(header);
  return device === undefined ? assert.fail() : withHeaderFields(device, join);
}

const described = await joined(text);

function placeOf(path: string): RegisterPlace {
  return [...registerPlaces(described)].find(place => place.path === path) ?? assert.fail(path);
}

/** A field as `description from; value=name… from`; empty parts left out. */
function check(sentence: string, path: string, expected: string): void {
  test(sentence, () => {
    const cut = path.lastIndexOf('.');
    const found = placeOf(path.slice(0, cut)).register.fields.find(({ name }) => name === path.slice(cut + 1));
    assert.equal(told(found ?? assert.fail()), expected);
  });
}

function told({ description, descriptionFrom, headerComment, enumeratedValues, valuesFrom }: Field): string {
  const values = enumeratedValues.map(({ value, name, description: meaning }) => `${String(value)}=${name}${meaning === undefined ? '' : ` (${meaning})`}`).join(' ');
  return [description, descriptionFrom && `<${descriptionFrom}>`, headerComment && `header: ${headerComment}`, values, valuesFrom && `<${valuesFrom}>`].filter(part => part !== undefined && part !== '').join(' ');
}

check('a description that is the name gives way to the comment', 'UART1.STATUS.RXNE', 'Receive data register not empty <the header wordy.h>');
check('a description of its own stays, the comment beside it', 'UART1.STATUS.OVR', 'Overrun error header: Overrun. Cleared by writing 1');
check('a comment that is the name says nothing', 'UART1.STATUS.FE', '');
check('a comment that is a bit number says nothing', 'UART1.STATUS.BUSY', '');
check('a field of another name has the comment of its bits', 'UART1.STATUS.LINE', 'Line idle <the header wordy.h>');
check('a heading of a list is no field\'s comment', 'UART1.STATUS.OLD', '');
check('value macros are the values, single bits are none', 'UART1.CFG.CLK', 'Clock source <the header wordy.h> 0=HSI (Internal oscillator) 2=PLL (PLL output) <the header wordy.h>');
check('the description\'s own values stay', 'UART1.CFG.SRC', '1=Own');
check('values listed in a comment are values', 'UART1.CFG.PAR', 'Parity <the header wordy.h> 0=No parity 1=Even parity <the header wordy.h>');
check('a longer name on the same bits is a value', 'UART1.CFG.SEL', '1=EXT (External clock) <the header wordy.h>');
check('a register that the header does not have is as it was', 'UART1.OTHER.RXNE', '');

/** The fields that only the header has, as `NAME bits`. */
async function checkMissing(sentence: string, header: string, expected: readonly string[]): Promise<void> {
  const changed = await joined(text.replace('#define UART1 ', `${header}\n#define UART1 `));
  test(sentence, () => {
    const found = [...registerPlaces(changed)].flatMap(({ path: own, register: { fields } }) => fields.filter(({ declaredBy }) => declaredBy === 'the header wordy.h').map(({ name, bitOffset, bitWidth }) => `${own}.${name} ${bitOffset}+${bitWidth}`));
    assert.deepEqual(found.filter(field => !known.has(field)), expected);
  });
}

const known = new Set([...registerPlaces(described)].flatMap(({ path: own, register: { fields } }) => fields.filter(({ declaredBy }) => declaredBy !== undefined).map(({ name, bitOffset, bitWidth }) => `${own}.${name} ${bitOffset}+${bitWidth}`)));

await checkMissing('a field that only the header has is a field', '#define UART_CFG_VOS_Msk (0x3UL << 14)', ['UART1.CFG.VOS 14+2']);
await checkMissing('a mask that shares a bit with a described field is none', '#define UART_CFG_WIDE (0x3UL << 10)', []);
await checkMissing('two names of the same bits are one field', '#define UART_CFG_VOS (0x1UL << 14)\n#define UART_CFG_PMODE UART_CFG_VOS', ['UART1.CFG.VOS 14+1']);
await checkMissing('a mask of several fields is none', '#define UART_CFG_ALL (0x3UL << 14)\n#define UART_CFG_A (0x1UL << 14)\n#define UART_CFG_B (0x1UL << 15)', ['UART1.CFG.A 14+1', 'UART1.CFG.B 15+1']);
await checkMissing('numbered bits of a field are its own', '#define UART_CFG_T (0x3UL << 14)\n#define UART_CFG_T0 (0x1UL << 14)\n#define UART_CFG_T1 (0x1UL << 15)', ['UART1.CFG.T 14+2']);
await checkMissing('reset values and constants are none', '#define UART_CFG_RST_VALUE 0x00000000C000UL\n#define UART_CFG_WHERE 0x2000C000UL', []);
await checkMissing('reserved bits are none', '#define UART_CFG_Reserved1 (0x1UL << 14)', []);

test('reset values and other constants are no disagreement', async () => {
  const header = text.replace('#define UART1 ', '#define UART_CFG_RST_VALUE 0x24003010UL\n#define UART_CFG_WHERE_Pos (10U)\n#define UART_CFG_WHERE_Msk (0x40023C03UL)\n#define UART_CFG_WIDE_Msk (0x3UL << 10)\n#define UART1 ');
  const { disagreements } = await joinOf(header);
  assert.deepEqual(disagreements.map(({ header: said, message }) => [said, message].join(' ')).filter(message => /RST_VALUE|WHERE|WIDE/.test(message)).map(message => /UART_CFG_\w+/.exec(message)?.[0]), ['UART_CFG_WIDE_Msk']);
});

test('a field of the header is marked on the cards', async () => {
  const changed = await joined(text.replace('#define UART1 ', '#define UART_CFG_VOS_Msk (0x3UL << 14) /*!< Voltage scaling */\n#define UART1 '));
  const place = [...registerPlaces(changed)].find(({ path: own }) => own === 'UART1.CFG') ?? assert.fail();
  assert.match(registerMarkdown(place, { source: 'wordy.svd' }), /\| `15:14` \| `VOS` \*\(header\)\* \| Voltage scaling \|/);
  assert.match(fieldMarkdown(place, place.register.fields.find(({ name }) => name === 'VOS') ?? assert.fail(), { source: 'wordy.svd' }), /\*Source: the header wordy\.h\*/);
  assert.equal(reservedChange(place.register, 0xc000n), 0n);
});

test('bits that the header has as one field are one, with its values; others stay', async () => {
  const header = ['DIV_Msk (0x3UL << 16)', 'DIV_BY2 (0x1UL << 16)', 'PIN (0x3UL << 18)', 'PIN0 (0x1UL << 18)', 'PIN1 (0x2UL << 18)'].map(line => `#define UART_CFG_${line}\n`).join('');
  const changed = await joined(text.replace('#define UART1 ', `${header}#define UART1 `));
  const { register: { fields } } = [...registerPlaces(changed)].find(({ path: own }) => own === 'UART1.CFG') ?? assert.fail();
  assert.deepEqual(fields.filter(({ bitOffset }) => bitOffset >= 16).map(({ name, bitOffset, bitWidth, splitInto, enumeratedValues }) => [name, bitOffset, bitWidth, splitInto?.join(), ...enumeratedValues.map(value => value.name)].filter(part => part !== undefined).join(' ')), ['DIV 16 2 DIV0,DIV1 BY2', 'PIN0 18 1', 'PIN1 19 1', 'NUL0 20 1', 'NUL1 21 1']);
  const card = registerMarkdown([...registerPlaces(changed)].find(({ path: own }) => own === 'UART1.CFG') ?? assert.fail(), { source: 'wordy.svd' });
  assert.match(card, /\*Source: wordy\.svd; which has single bits for DIV; /);
});

test('a register without a description has the header\'s, without the offset', () => {
  assert.equal(placeOf('UART1.STATUS').register.description, 'UART status register');
  assert.equal(placeOf('UART1.CFG').register.description, undefined);
});

test('the card marks what is the header\'s, and names it', () => {
  const card = registerMarkdown(placeOf('UART1.CFG'), { source: 'wordy.svd' });
  assert.match(card, /\| Clock source: 0x0 HSI, 0x2 PLL \*\(header\)\* \|/);
  assert.match(card, /\| 0x1 Own \|/);
  assert.match(card, /\*Source: wordy\.svd; what values stand for: the header wordy\.h\*/);
  assert.match(registerMarkdown(placeOf('UART1.STATUS'), { source: 'wordy.svd' }), /`UART1\.STATUS`\*\* — UART status register \*\(header\)\*[^]*Receive data register not empty \*\(header\)\* \|[^]*words marked \(header\): the header wordy\.h/);
});

test('a field\'s card marks and names it too', () => {
  const place = placeOf('UART1.STATUS');
  const [rxne] = place.register.fields;
  assert.match(fieldMarkdown(place, rxne ?? assert.fail(), { source: 'wordy.svd' }), /— Receive data register not empty \*\(header\)\*[^]*\*Source: wordy\.svd; words marked \(header\): the header wordy\.h\*/);
});

test('an effect told by the header\'s comment is inferred from it', () => {
  assert.match(registerMarkdown(placeOf('UART1.STATUS')), /- OVR: Writing 1 clears the bit; writing 0 has no effect\. \(inferred from the device header's comment\)/);
});

test('values that are not shifted are taken as they are, though some would pass for shifted', async () => {
  const changed = await joined(text.replaceAll('UART_CFG_CLK_HSI     (0x0UL << 4)', 'UART_CFG_CLK_HSI (1UL)').replace('(0x2UL << 4)         /*!< PLL', '(2UL) /*!< PLL'));
  const clock = [...registerPlaces(changed)].find(({ path: own }) => own === 'UART1.CFG')?.register.fields.find(({ name }) => name === 'CLK');
  assert.deepEqual(clock?.enumeratedValues.map(({ value, name }) => `${String(value)}=${name}`), ['1=HSI', '2=PLL']);
});

test('a header without registers changes nothing', async () => {
  assert.equal(await joined('#define NOTHING 1'), device);
});

/** What is left of a comment on a field or register. */
function words(comment: string, name: string, expected: string | undefined): void {
  test(`"${comment}" says ${expected ?? 'nothing'} of ${name}`, () => { assert.equal(headerWords(comment, name), expected); });
}

words('UART_RXFIFO_CNT : RO; bitpos: [9:0]; default: 0; Stores the byte number of valid data', 'RXFIFO_CNT', 'Stores the byte number of valid data');
words('(SERCOM_USART_CTRLA) Software Reset', 'SWRST', 'Software Reset');
words('bit: 0 Software Reset', 'SWRST', 'Software Reset');
words('Position of PIN30 field.', 'PIN30', undefined);
words('SCU_TRAP TRAPRAW: SVCOLCKT (Bit 2)', 'SVCOLCKT', undefined);
words('Offset: 0x00 (R/W 32) Control A', 'CTRLA', 'Control A');
words('ADC Control register, array offset: 0x0, array step: 0x4', 'CTRL', 'ADC Control register');
words('0x00000020', 'RXNE', undefined);
words('CLKDIV - Clock divider 0b000..Divide by 1. 0b001..Divide by 2.', 'CLKDIV', 'Clock divider');
words('DATMPX[1:0] Input data multiplexer', 'DATMPX', 'Input data multiplexer');
words('[5..4] How it works', 'MODE', 'How it works');
words('Busy Flag', 'BUSY', 'Busy Flag');
words('1: enable 0: disable', 'EN', '1: enable 0: disable');

test('values in a comment are read to the end of each, reserved ones left out', () => {
  assert.deepEqual(valuesInComment('SEL - Select 0b00..Off 0b01..Fast, 2 MHz. 0b1x..Any 0b10..Reserved').map(({ value, name }) => `${value}=${name}`), ['0=Off', '1=Fast, 2 MHz']);
  assert.deepEqual(valuesInComment('no list, 3.3 V'), []);
});
