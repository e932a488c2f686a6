import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { parseDeviceFile } from '../../../src/core/parse/deviceFile.ts';
import { lines } from './svdDevice.ts';

const fixture = fs.readFileSync(path.join(import.meta.dirname, '../../fixtures/atdf/AX8P28.atdf'), 'utf8');
const whole = parseDeviceFile(fixture, 'AX8P28.atdf');

/** Registers whose line begins with `start`. */
function check(sentence: string, start: string, expected: readonly string[]): void {
  test(sentence, () => { assert.deepEqual(lines(whole).filter(line => line.startsWith(start)), expected); });
}

/** A file that is not as it should be: what is read of it, and what is said. */
function checkBad(sentence: string, text: string, expected: { readonly registers?: number; readonly problems: readonly RegExp[] }): void {
  test(sentence, () => {
    const parse = parseDeviceFile(text, 'bad.atdf');
    if (expected.registers === undefined) assert.equal(parse.device, undefined);
    else assert.equal(lines(parse).length, expected.registers);
    for (const pattern of expected.problems) assert.ok(parse.problems.some(({ message }) => pattern.test(message)), JSON.stringify(parse.problems));
  });
}

check('a register stands at its data-space address, its masks become bit ranges', 'USART0.UCSR0A', ['USART0.UCSR0A @0xC0 8: RXC0[7] read-only MODE0[2:1] {SYNC=0x1,SPI=0x3} LOST[0]']);
check('a two-byte register keeps its initial value', 'USART0.UBRR0', ['USART0.UBRR0 @0xC4 16 reset 0x123', 'USART0.UBRR0L @0xC4 8 reset 0x23', 'USART0.UBRR0H @0xC5 8 reset 0x1']);
check('an offset in the I/O space is moved to the data space, and scattered bits become one field each', 'WDT.WDTCSR', ['WDT.WDTCSR @0x60 8: WDP0[0] WDP1[1] WDP2[2] WDP3[5]']);
test('the two bytes of a word have the names that code uses, and words keep theirs', () => {
  const { device } = parseDeviceFile('<avr-tools-device-file><devices><device name="AX1" architecture="AVR8"><peripherals><module name="T"><instance name="T"><register-group name="T" name-in-module="T" offset="0" address-space="data"/></instance></module></peripherals></device></devices><modules><module name="T"><register-group name="T"><register name="TCNT1" caption="Counter" offset="0x84" size="2" initval="0x1234"/><register name="SEL" offset="0x90" size="2"><bitfield name="A" mask="0x000F"/><bitfield name="B" mask="0x0FF0"/></register><register name="OCR" offset="0x92" size="2"/><register name="OCRH" offset="0x93" size="1"/></register-group></module></modules></avr-tools-device-file>', 'a.atdf');
  assert.deepEqual(lines({ ...(device !== undefined && { device }), problems: [] }), ['T.TCNT1 @0x84 16 reset 0x1234', 'T.TCNT1L @0x84 8 reset 0x34', 'T.TCNT1H @0x85 8 reset 0x12', 'T.SEL @0x90 16: A[3:0] B[11:4]', 'T.SELL @0x90 8: A[3:0] B[7:4]', 'T.SELH @0x91 8: B[3:0]', 'T.OCR @0x92 16', 'T.OCRH @0x93 8']);
});

test('what the values of scattered bits mean stands with the first of them', () => {
  const { device } = parseDeviceFile('<avr-tools-device-file><devices><device name="AX1" architecture="AVR8"><peripherals><module name="WDT"><instance name="WDT"><register-group name="WDT" name-in-module="WDT" offset="0" address-space="data"/></instance></module></peripherals></device></devices><modules><module name="WDT"><register-group name="WDT"><register name="WDTCSR" offset="0x60" size="1"><bitfield name="WDP" caption="Prescaler" mask="0x27" values="T"/></register></register-group><value-group name="T"><value name="VAL_0x00" caption="2K cycles" value="0"/><value name="SLOW" value="9"/></value-group></module></modules></avr-tools-device-file>', 'a.atdf');
  assert.ok(device);
  const [found] = findRegisters(device, 'WDTCSR');
  assert.deepEqual(found?.place.register.fields.map(({ name, description }) => `${name}: ${description ?? ''}`), [
    'WDP0: Prescaler; bit 0 of WDP[3:0]: 0 = 2K cycles, 9 = SLOW', 'WDP1: Prescaler; bit 1 of WDP[3:0], whose values stand at WDP0',
    'WDP2: Prescaler; bit 2 of WDP[3:0], whose values stand at WDP0', 'WDP3: Prescaler; bit 3 of WDP[3:0], whose values stand at WDP0',
  ]);
});

check('a port\'s registers have a field a pin, those that the mask says there are', 'PORTD', ['PORTD.PORTD @0x2B 8: PD0[0] PD1[1] PD7[7]', 'PORTD.DDRD @0x2A 8: PD0[0] PD1[1] PD7[7]', 'PORTD.PIND @0x29 8']);
check('groups in groups are clusters, and the fields of all modes are there once', 'TCX0.SINGLE', ['TCX0.SINGLE.CTRLA @0xA00 8 read-write: EN[0] SZ[3:2] DIV[3:2]', 'TCX0.SINGLE.STROBE @0xA01 8 write-only']);
check('a counted group is an array of clusters', 'TCX0.CH', ['TCX0.CH[0].CMP @0xA10 16 read-write', 'TCX0.CH[1].CMP @0xA14 16 read-write', 'TCX0.CH[2].CMP @0xA18 16 read-write']);
check('fuses have no address that code could use', 'FUSE', []);

test('interrupts go to the peripheral that is named, or that their name tells', () => {
  const interrupts = (whole.device?.peripherals ?? []).flatMap(peripheral => peripheral.interrupts.map(({ name, value }) => `${peripheral.name} ${name} ${value}`));
  assert.deepEqual(interrupts, ['USART0 USART_RX 18', 'WDT WDT 6', 'TCX0 TCX0_OVF 30', 'VECTORS RESET 0']);
});

test('what is left out is said, with its line', () => {
  const said = whole.problems.map(({ line, message }) => `${line ?? ''} ${message}`);
  for (const pattern of [/^\d+ FUSE lies in the address space "fuses"/, /^\d+ LOST refers to the register group "NOWHERE"/, /^\d+ .*"TOOBIG".* does not fit/, /^\d+ .*"LOST" refers to the values "UNKNOWN"/, /^\d+ The register "NOOFFSET"/, /^\d+ "AGAIN".*holds itself/]) {
    assert.ok(said.some(sentence => pattern.test(sentence)), `${pattern.source} in ${JSON.stringify(said)}`);
  }
});

test('registers are found as C code names them', () => {
  const { device } = whole;
  assert.ok(device);
  for (const [query, expected] of [['UCSR0A', 'USART0.UCSR0A'], ['TCX0.SINGLE.CTRLA', 'TCX0.SINGLE.CTRLA'], ['0xC4', 'USART0.UBRR0']] as const) {
    assert.equal(findRegisters(device, query)[0]?.place.path, expected);
  }
});

checkBad('an empty file is refused', ' \n', { problems: [/is empty; choose the .atdf file/] });
checkBad('an SVD file under the wrong name is refused by its root element', '<device/>', { problems: [/root element is <device>/] });
checkBad('a file that breaks off keeps what stood before', fixture.slice(0, fixture.indexOf('<register name="UBRR0"')), { registers: 1, problems: [/Faulty XML: unclosed tag/] });
checkBad('entities are not expanded', '<!DOCTYPE d [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><avr-tools-device-file><devices><device name="&c;"/></devices></avr-tools-device-file>', { registers: 0, problems: [/document type/] });
checkBad('nesting without end is cut', `<avr-tools-device-file><devices><device name="D"/></devices>${'<x>'.repeat(100_000)}`, { registers: 0, problems: [/Faulty XML/] });

test('a truncation at any place never throws', () => {
  for (let length = 0; length < fixture.length; length += 97) parseDeviceFile(fixture.slice(0, length), 'cut.atdf');
});
