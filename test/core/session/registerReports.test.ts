import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hardware } from '../../../src/core/session/hardware.ts';
import { decodeReport, registerReport } from '../../../src/core/session/registerReports.ts';
import { addCorePeripherals } from '../../../src/core/device/corePeripherals.ts';
import { parsePeripherals } from '../parse/svdDevice.ts';

const register = (name: string, field: string, offset: number) => `<register><name>${name}</name><addressOffset>${offset}</addressOffset><size>32</size><fields><field><name>${field}</name><bitRange>[0:0]</bitRange></field></fields></register>`;
const peripheral = (name: string, registers: string) => `<peripheral><name>${name}</name><baseAddress>0x4000${name.length}000</baseAddress><registers>${registers}</registers></peripheral>`;

const { device } = parsePeripherals([
  peripheral('RCC', register('APB1ENR', 'USART2EN', 0)), peripheral('USART2', register('SR', 'RXNE', 0) + register('DR', 'DR', 4)), peripheral('FLASH', register('KEYR', 'KEY', 0)), peripheral('WIDGET', register('THING', 'X', 0)),
].join(''));
const detected = { sources: [], candidates: [], svdHints: [], problems: [] };

/** What the report says of a register of an STM32F407 beside its fields. */
function check(query: string, expected: readonly RegExp[]): void {
  test(`the report of ${query} tells ${expected.map(({ source }) => source).join(', ')}`, async () => {
    assert.ok(device);
    const hardware: Hardware = { detected, device: { ...device, name: 'STM32F407' }, search: { workspaceFiles: [] }, problems: [] };
    const { matches: [match] } = await registerReport(query, hardware);
    assert.ok(match);
    for (const pattern of expected) assert.match(match.sideEffects.join('\n'), pattern);
    for (const pattern of expected) assert.match(match.markdown.replace(/[`\\]/g, ''), pattern, 'the card');
  });
}

check('USART2.SR', [/Cleared by writing 0/, /Reserved bits 0xFFFFFFFE: keep them at their reset value/, /Clock: RCC\.APB1ENR\.USART2EN\./]);
check('FLASH.KEYR', [/Unlocks the control register; .* Keys, in this order: 0x45670123, then 0xCDEF89AB\. \(RM0090/]);
check('WIDGET.THING', [/Side effects are not stated/]);

/** What a query answers that names no register: the peripherals it means, or the one problem. */
function checkOther(query: string, expected: readonly string[] | RegExp): void {
  test(`${query} gives ${expected instanceof RegExp ? expected.source : expected.join(', ')}`, async () => {
    assert.ok(device);
    const { matches, peripherals = [], problems } = await registerReport(query, { detected, device: { ...device, name: 'STM32F407' }, search: { workspaceFiles: [] }, problems: [] });
    assert.deepEqual(matches, []);
    if (expected instanceof RegExp) assert.match(problems.map(({ message }) => message).join('\n'), expected);
    else assert.deepEqual(peripherals.map(({ name, baseAddress, registerCount }) => `${name} ${baseAddress} ${registerCount}`), expected);
    if (!(expected instanceof RegExp)) for (const { name, markdown } of peripherals) assert.match(markdown, new RegExp(`^\\*\\*\`${name}\`[^]*register`));
  });
}

checkOther('USART2', ['USART2 0x40006000 2']);
checkOther('USART2_BASE', ['USART2 0x40006000 2']);
checkOther('USART', ['USART2 0x40006000 2']);
checkOther('FLAHS', /no such register or peripheral on STM32F407\. Did you mean FLASH\?/);
checkOther('USART2.SRR', /Did you mean USART2\.SR/);
checkOther('USART2.SR.RXNEE', /Did you mean USART2\.SR\.RXNE\?/);
checkOther('RCC_APB1ENR_USRAT2EN', /Did you mean RCC\.APB1ENR\.USART2EN\?/);
checkOther('QQQQQQ', /no such register or peripheral on STM32F407\.$/);
checkOther('$(x)', /no such register or peripheral/);

test('a peripheral has no value to take apart, which is said with a register that has', () => {
  assert.ok(device);
  const { problems } = decodeReport('USART2', '5', { detected, device, search: { workspaceFiles: [] }, problems: [] });
  assert.match(problems[0]?.message ?? '', /USART2 is a peripheral of .*, no register\. Name one of its registers, for example USART2\.SR;/);
});

test('a decoded field is told with what it is for', () => {
  const described = parsePeripherals(peripheral('UART', '<register><name>CR</name><addressOffset>0</addressOffset><size>32</size><fields><field><name>EN</name><description>Enables the port</description><bitRange>[0:0]</bitRange></field><field><name>TX</name><bitRange>[1:1]</bitRange></field></fields></register>')).device;
  assert.ok(described);
  const { fields } = decodeReport('UART.CR', '1', { detected, device: described, search: { workspaceFiles: [] }, problems: [] });
  assert.deepEqual(fields.map(({ name, description }) => [name, description]), [['TX', undefined], ['EN', 'Enables the port']]);
});

/** An STM32F407 with the watchdog's key register and the core's own blocks. */
function decodedOf(register: string, value: string): ReturnType<typeof decodeReport> {
  const described = parsePeripherals(peripheral('IWDG', '<register><name>KR</name><addressOffset>0</addressOffset><size>32</size><access>write-only</access><fields><field><name>KEY</name><bitRange>[15:0]</bitRange></field></fields></register>')).device;
  assert.ok(described);
  const chip = addCorePeripherals({ ...described, name: 'STM32F407', cpu: { name: 'CM4', fpuPresent: true } });
  return decodeReport(register, value, { detected, device: chip, search: { workspaceFiles: [] }, problems: [] });
}

test('a key is told with what it does', () => {
  assert.match(decodedOf('IWDG.KR', '0xCCCC').fields[0]?.meaning ?? '', /starts the watchdog/);
});

test('the key of a core register is asked for, whoever made the chip', () => {
  assert.match(decodedOf('SCB.AIRCR', '4').warnings.join('\n'), /0x0 is no key of VECTKEY: it takes 0x05FA/);
  assert.doesNotMatch(decodedOf('SCB.AIRCR', '0x05FA0004').warnings.join('\n'), /key/);
});
