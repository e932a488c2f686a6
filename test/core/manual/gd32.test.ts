import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { registerNotes } from '../../../src/core/manual/registerNotes.ts';
import { effectText } from '../../../src/core/manual/sideEffects.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { peripheralText } from '../parse/svdDevice.ts';

const gd32File = path.resolve(import.meta.dirname, '../../../../shared/svd/GD32VF103.svd');
const skip = fs.existsSync(gd32File) ? false : 'the shared SVD files are not here';

/** What the notes of a register of the GD32VF103 say. */
function check(register: string, expected: readonly RegExp[]): void {
  test(`GD32VF103 ${register}`, { skip }, () => { expectNotes(parseSvd(fs.readFileSync(gd32File, 'utf8'), 'GD32VF103.svd').device, register, expected); });
}

/** The same for a register of a WCH part, written here: `P.REG: FIELD[bit] …`. */
function checkWch(description: string, expected: readonly RegExp[]): void {
  const [, peripheral = '', register = '', fields = ''] = /^(\w+)\.(\w+): (.*)$/.exec(description) ?? [];
  test(`CH32V203 ${description}`, () => {
    const xml = fields.split(' ').map((name, bit) => `<field><name>${name}</name><bitOffset>${bit}</bitOffset><bitWidth>1</bitWidth></field>`).join('');
    const rcc = `<peripheral><name>RCC</name><baseAddress>0x40021000</baseAddress><registers><register><name>APB1PCENR</name><addressOffset>0x1C</addressOffset><fields><field><name>TIM2EN</name><bitOffset>0</bitOffset><bitWidth>1</bitWidth></field><field><name>USART6_EN</name><bitOffset>6</bitOffset><bitWidth>1</bitWidth></field></fields></register></registers></peripheral>`;
    const text = peripheralText(`<register><name>${register}</name><addressOffset>0</addressOffset><fields>${xml}</fields></register>`).replace('<name>P</name>', `<name>${peripheral}</name>`);
    expectNotes(parseSvd(`<device><name>CH32V20xxx</name><peripherals>${rcc}${text}</peripherals></device>`, 'CH32V203xx.svd').device, `${peripheral}.${register}`, expected);
  });
}

function expectNotes(device: ReturnType<typeof parseSvd>['device'], register: string, expected: readonly RegExp[]): void {
  assert.ok(device);
  const place = findRegisters(device, register)[0]?.place;
  assert.ok(place, register);
  const notes = registerNotes(place, { device: device.name, machine: device }).map(effectText);
  for (const pattern of expected) assert.ok(notes.some(note => pattern.test(note)), `${pattern.source} in ${JSON.stringify(notes)}`);
}

check('USART1.STAT', [/CTSF, LBDF, TC, RBNE: Cleared by writing 0.*\(GD32VF103 User Manual, register USART_STAT\)/, /IDLEF, ORERR, NERR, FERR, PERR: Cleared by reading STAT and then reading DATA/, /Clock: RCU\.APB1EN\.USART1EN; reset: RCU\.APB1RST\.USART1RST/]);
check('TIMER2.INTF', [/^Cleared by writing 0/, /Clock: RCU\.APB1EN\.TIMER2EN/]);
check('EXTI.PD', [/^Writing 1 clears the flag/]);
check('DMA0.INTC', [/^Writing 1 clears the flag of the status register/, /Clock: RCU\.AHBEN\.DMA0EN/]);
check('GPIOC.BOP', [/BOP\d.*: Writing 1 sets the pin's output bit/, /CR\d.*: Writing 1 clears the pin's output bit/, /Clock: RCU\.APB2EN\.PCEN/]);
check('FMC.KEY0', [/0x45670123.*0xCDEF89AB/]);
check('FMC.OBKEY', [/option bytes.*0x45670123.*0xCDEF89AB/]);
check('FWDGT.CTL', [/0xAAAA reloads the counter.*0xCCCC starts the watchdog/]);
check('I2C0.STAT0', [/ADDSEND: Cleared by reading STAT0 and then reading STAT1/]);
check('CAN0.TSTAT', [/MTF\d.*: Writing 1 clears the flag/]);

test('the option bytes of the GD32F4 have keys of their own', () => {
  const registers = ['KEY', 'OBKEY', 'OBCTL0'].map((name, index) => `<register><name>${name}</name><addressOffset>${index * 4}</addressOffset></register>`).join('');
  const text = `<device><name>GD32F407</name><peripherals>${peripheralText(registers).replace('<name>P</name>', '<name>FMC</name>')}</peripherals></device>`;
  expectNotes(parseSvd(text, 'GD32F407.svd').device, 'FMC.OBKEY', [/0x08192A3B.*0x4C5D6E7F.*GD32F4xx User Manual/]);
});

checkWch('USART6.STATR: PE FE NE ORE IDLE RXNE TC TXE LBD CTS', [/RXNE, TC, LBD, CTS: Cleared by writing 0.*\(CH32FV2x_V3xRM/, /Clock: RCC\.APB1PCENR\.USART6_EN/]);
checkWch('TIM2.INTFR: UIF CC1IF', [/^Cleared by writing 0/, /Clock: RCC\.APB1PCENR\.TIM2EN/]);
checkWch('EXTI.INTFR: PR0 PR1', [/^Writing 1 clears the flag/]);
checkWch('IWDG.CTLR: KEY', [/0x5555 unlocks PSCR and RLDR/]);
checkWch('I2C1.STAR1: SB ADDR BTF', [/SB: Cleared by reading STAR1 and then writing DATAR/, /ADDR: Cleared by reading STAR1 and then reading STAR2/]);
