import assert from 'node:assert/strict';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { fieldMarkdown, interruptMarkdown, peripheralMarkdown } from '../../../src/core/card/deviceCards.ts';
import { deviceCardText, registerPromptText } from '../../../src/core/card/promptText.ts';
import { registerMarkdown, type RegisterCardOptions } from '../../../src/core/card/registerCard.ts';
import { decodeValue } from '../../../src/core/device/decode.ts';
import type { Device, RegisterPlace } from '../../../src/core/device/device.ts';
import { findInterrupts } from '../../../src/core/device/findPeripherals.ts';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { registerPlaces } from '../../../src/core/device/places.ts';
import { realDevice } from '../device/realDevice.ts';
import { parsePeripherals, peripheralText } from '../parse/svdDevice.ts';

function deviceWith(register: string, properties = ''): Device {
  const { device } = parsePeripherals(peripheralText(`<register><addressOffset>0xC</addressOffset>${register}</register>`, properties));
  assert.ok(device);
  return device;
}

function firstPlace(device: Device): RegisterPlace {
  const [place] = registerPlaces(device);
  return place ?? assert.fail('no register');
}

const field = (name: string, range: string, rest = '') => `<field><name>${name}</name><bitRange>[${range}]</bitRange>${rest}</field>`;

/** The lines of the card, blank ones and the table's rule left out. */
function check(sentence: string, input: { readonly register: string; readonly options?: RegisterCardOptions; readonly value?: bigint }, expected: readonly string[]): void {
  test(sentence, () => {
    const place = firstPlace(deviceWith(input.register));
    const markdown = registerMarkdown(place, { ...input.options, ...(input.value !== undefined && { decoded: decodeValue(place, input.value) }) });
    assert.deepEqual(markdown.split('\n').filter(line => line !== '' && !line.startsWith('| :---')), expected);
  });
}

const silent = '- Side effects are not stated: the chip\'s description says nothing beyond the access.';

check('a register says what it is, where it is and what is not known', { register: '<name>CR</name><description>Control register</description>' },
  ['**`P.CR`** — Control register', '`0x0000100C` · 32 bit · access not stated · reset value not stated', silent]);
check('access, reset, defined bits and source are shown when known', { register: '<name>CR</name><size>16</size><access>read-write</access><resetValue>0x5</resetValue><resetMask>0xFF</resetMask>', options: { source: 'chip_v1.svd' } },
  ['**`P.CR`**', '`0x0000100C` · 16 bit · read-write · reset `0x0005` (defined bits `0x00FF`)', silent, '*Source: chip_v1.svd*']);
check('fields are listed from the highest bit, the highlighted one first and bold', { register: `<name>CR</name><fields>${field('A', '0:0', '<description>First</description>')}${field('B', '3:1', '<enumeratedValues><enumeratedValue><name>Off</name><value>0</value></enumeratedValue><enumeratedValue><name>On</name><value>#1x</value></enumeratedValue></enumeratedValues>')}</fields>`, options: { highlight: ['A'] } },
  ['**`P.CR`**', '`0x0000100C` · 32 bit · access not stated · reset value not stated', silent, '| bits | field | meaning |', '| `0` | **`A`** | First |', '| `3:1` | `B` | 0x0 Off, 0b01x On |']);
check('a run of numbered fields is one row', { register: `<name>CR</name><fields>${[0, 1, 2, 3, 4].map(index => field(`M${index}`, `${index * 2 + 1}:${index * 2}`, `<description>Mode ${index}</description>`)).join('')}</fields>` },
  ['**`P.CR`**', '`0x0000100C` · 32 bit · access not stated · reset value not stated', silent, '| bits | field | meaning |', '| `9:0` | `M0 … M4` | 5 fields of 2 bits each. Mode 4 |']);
check('rows beyond the limit are named', { register: `<name>CR</name><fields>${field('A', '0:0')}${field('B', '1:1')}${field('C', '2:2')}</fields>`, options: { mostRows: 1 } },
  ['**`P.CR`**', '`0x0000100C` · 32 bit · access not stated · reset value not stated', silent, '| bits | field | meaning |', '| `2` | `C` |  |', 'And 2 more: `B [1]`, `A [0]`.']);
check('access is told field by field only where it differs from the register\'s', { register: `<name>CR</name><access>read-write</access><fields>${field('A', '0:0')}${field('B', '1:1', '<access>read-only</access>')}</fields>` },
  ['**`P.CR`**', '`0x0000100C` · 32 bit · read-write · reset value not stated', '- B: Read-only: writing has no effect.', '| bits | field | access | meaning |', '| `1` | `B` | read-only |  |', '| `0` | `A` | read-write |  |']);
check('a decoded value without a name of its own is told with what its field is for', { register: `<name>CR</name><access>read-write</access><fields>${field('A', '0:0', '<description>Enables the port</description>')}</fields>`, value: 1n },
  ['**`P.CR`**', '`0x0000100C` · 32 bit · read-write · reset value not stated', '**Value** `0x1`', '| bits | field | value | meaning |', '| `0` | `A` | `0x1` | Enables the port |', silent, '| bits | field | meaning |', '| `0` | `A` | Enables the port |']);
for (const [change, head, cells] of [['becomes 0x2', '| bits | field | value | meaning |', '| `1:0` | `A` | `0x2` |  |'], ['cleared', '| bits | field | value | change | meaning |', '| `1:0` | `A` | `0x2` | cleared |  |']] as const) {
  check(`a change that ${change === 'cleared' ? 'says more than' : 'only repeats'} the value has ${change === 'cleared' ? 'a' : 'no'} column`, { register: `<name>CR</name><access>read-write</access><fields>${field('A', '1:0')}</fields>`, options: { decoded: { path: 'P.CR', value: '0x2', operation: 'modify', warnings: [], fields: [{ name: 'A', bits: '1:0', value: '0x2', change }] } } },
    ['**`P.CR`**', '`0x0000100C` · 32 bit · read-write · reset value not stated', '**Changes bits to** `0x2`', head, cells, silent, '| bits | field | meaning |', '| `1:0` | `A` |  |']);
}
check('a value is decoded with its warnings', { register: `<name>CR</name><fields>${field('A', '0:0', '<access>read-only</access>')}</fields>`, value: 0x11n },
  ['**`P.CR`**', '`0x0000100C` · 32 bit · read-only · reset value not stated', '**Value** `0x11` · reserved bits set: `0x10`', '- ⚠ Bits 0x10 belong to no field: reserved bits should keep their reset value.', '- ⚠ A is read-only: writing 0x1 to it has no effect.', '| bits | field | value | meaning |', '| `0` | `A` | `0x1` |  |', '- Read-only: writing has no effect.', '| bits | field | meaning |', '| `0` | `A` |  |']);
check('of a reset mask only the register\'s own bits count', { register: `<name>CR</name><size>8</size><access>read-write</access><resetValue>0</resetValue><resetMask>0xFFFFFFFF</resetMask><fields>${field('A', '0:0')}</fields>` },
  ['**`P.CR`**', '`0x0000100C` · 8 bit · read-write · reset `0x00`', silent, '| bits | field | meaning |', '| `0` | `A` |  |']);
check('bits that a write leaves alone do not hide the one it means', { register: `<name>CR</name><access>read-write</access><fields>${Array.from({ length: 10 }, (_, bit) => field(`S${bit}`, `${bit}:${bit}`, '<modifiedWriteValues>oneToSet</modifiedWriteValues>')).join('')}</fields>`, options: { mostRows: 1, decoded: { path: 'P.CR', value: '0x8', operation: 'write', warnings: [], fields: Array.from({ length: 10 }, (_, bit) => ({ name: `S${9 - bit}`, bits: `${9 - bit}`, value: bit === 6 ? '0x1' : '0x0', change: bit === 6 ? 'set by writing 1' : 'no effect' })) } } },
  ['**`P.CR`**', '`0x0000100C` · 32 bit · read-write · reset value not stated', '**Writes** `0x8`', '| bits | field | value | change | meaning |', '| `3` | `S3` | `0x1` | set by writing 1 |  |', '9 other fields: no effect.', '- Writing 1 sets the bit; writing 0 has no effect.', '| bits | field | meaning |', '| `9:0` | `S0 … S9` | 10 fields of 1 bit each. |']);

const attacks = [
  '[click](command:workbench.action.terminal.new)', '![x](https://example.org/track.png)', '<img src=x onerror=alert(1)>', '<a href="command:evil">x</a>', '<command:evil>',
  'https://example.org/x www.example.org a@example.org', '| cell | cell |', '`code` ``` fence', '# heading', '- item', '1. item', '> quote', '**bold** _em_ ~~s~~', '$(alert) &lt;b&gt; &amp;', '[ref]: https://example.org',
];

for (const attack of attacks) {
  test(`text of the file is inert: ${attack}`, () => {
    const text = attack.replace(/&/g, '&amp;').replace(/</g, '&lt;');
    const register = `<name>${text}</name><description>${text}</description><fields>${field(text, '0:0', `<description>${text}</description><enumeratedValues><enumeratedValue><name>${text}</name><description>${text}</description><value>1</value></enumeratedValue></enumeratedValues>`)}</fields>`;
    const device = deviceWith(register, `<groupName>${text}</groupName><interrupt><name>${text}</name><description>${text}</description><value>1</value></interrupt>`);
    const place = firstPlace(device);
    const [only] = place.register.fields;
    assert.ok(only);
    const cards = [registerMarkdown(place, { decoded: decodeValue(place, 1n), source: attack, highlight: [only.name] }), fieldMarkdown(place, only, { source: attack }), peripheralMarkdown(place.peripheral), interruptMarkdown(findInterrupts(device, 1))];
    for (const card of cards) {
      const html = new MarkdownIt({ html: true, linkify: true }).render(card);
      assert.doesNotMatch(html, /<(a|img|h[1-6]|blockquote|ol|del|pre|em>(?!Source))[\s>]/, card);
      assert.doesNotMatch(card, /(?<!\\)\$\(/);
      for (const row of html.match(/<tr>[\s\S]*?<\/tr>/g) ?? []) assert.ok([3, 4].includes((row.match(/<t[dh]/g) ?? []).length), row);
    }
    assert.doesNotMatch(registerPromptText(place), /\n.*\n.*\n.*\n/);
  });
}

test('a field card lists every named value', () => {
  const device = deviceWith(`<name>CR</name><fields>${field('A', '1:0', '<description>Mode</description><access>read-write</access><enumeratedValues><enumeratedValue><name>Off</name><description>Not running</description><value>0</value></enumeratedValue><enumeratedValue><name>Rest</name><isDefault>true</isDefault></enumeratedValue></enumeratedValues>')}</fields>`);
  const place = firstPlace(device);
  const [only] = place.register.fields;
  assert.ok(only);
  assert.equal(fieldMarkdown(place, only), `**\`P.CR.A\`** — Mode

bits \`1:0\` of \`0x0000100C\` · read-write

${silent}

| value | name | meaning | when |
| :--- | :--- | :--- | :--- |
| \`0x0\` | \`Off\` | Not running |  |
| other | \`Rest\` |  |  |`);
});

test('an interrupt card gives its vector slot on Cortex-M', () => {
  const device = deviceWith('<name>CR</name>', '<interrupt><name>P</name><description>P event</description><value>38</value></interrupt>');
  assert.equal(interruptMarkdown(findInterrupts(device, 38), { isCortexM: true }), '**`P`** — P event\n\ninterrupt number 38 · slot 54 of the vector table\n\nListed under `P`.');
  assert.equal(interruptMarkdown([]), '');
});

test('a peripheral card counts what it does not list', () => {
  const registers = Array.from({ length: 30 }, (_, index) => `<register><name>R${index}</name><addressOffset>${index}</addressOffset></register>`).join('');
  const [peripheral] = parsePeripherals(peripheralText(registers)).device?.peripherals ?? [];
  assert.ok(peripheral);
  assert.match(peripheralMarkdown(peripheral), /\| `0x017` \| `R23` \| {2}\|\n\nAnd 6 more registers and clusters\.$/);
});

const f407 = realDevice('STM32F407.svd');

/** Four characters are about one token. */
function checkPrompt(query: string, fields: readonly string[] | undefined, expected: readonly RegExp[]): void {
  test(`the prompt text of ${query}${fields === undefined ? '' : ` with ${fields.join(', ')} only`} is short and complete`, { skip: f407 === undefined }, () => {
    assert.ok(f407);
    const [found] = findRegisters(f407, query);
    assert.ok(found);
    const text = registerPromptText(found.place, { device: f407.name, ...(fields !== undefined && { fields }) });
    assert.ok(text.length <= 640, `${text.length}: ${text}`);
    for (const pattern of expected) assert.match(text, pattern);
    if (fields !== undefined) for (const { name } of found.place.register.fields) assert.equal(new RegExp(`\\b${name}\\[`).test(text), fields.includes(name), name);
  });
}

checkPrompt('USART2.CR1', undefined, [/^USART2\.CR1 @0x4000440C 32-bit read-write reset 0x0: Control register 1\n/, /UE\[13\] USART enable/, /SBK\[0\]/, /Side effects: not stated\.$/]);
checkPrompt('USART2.SR', ['RXNE', 'ORE'], [/RXNE\[5\] Read data register not empty; ORE\[3\] Overrun error/, /RXNE: Cleared by writing 0/, /ORE: Cleared by reading SR/]);
checkPrompt('RCC.AHB1ENR', undefined, [/GPIOAEN\[0\]/, /DMA1EN\[21\]/]);
checkPrompt('GPIOA.BSRR', undefined, [/BS0 … BS15\[15:0\]/]);

test('a device is a few lines of prompt', { skip: f407 === undefined }, () => {
  assert.ok(f407);
  const text = deviceCardText(f407);
  assert.match(text, /^STM32F407: core CM4 r0p1, FPU, MPU, 4 interrupt priority bits, little-endian\n76 peripherals: RNG DCMI/);
  assert.ok(text.length < 800);
});

test('every card of a large real part is drawn', { skip: f407 === undefined }, () => {
  assert.ok(f407);
  for (const place of registerPlaces(f407)) {
    const markdown = registerMarkdown(place, { device: f407.name, decoded: decodeValue(place, 0xFFFFFFFFn) });
    assert.ok(markdown.length > 50 && markdown.length < 12_000, `${place.path}: ${markdown.length}`);
  }
});
