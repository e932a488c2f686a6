// Macros that only the device header knows: the chip's description calls block, register or field otherwise.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { hover, joinHeader, openCParser, parseSvd, type FactSource } from '../../../src/core/index.ts';
import { withHeaderFields } from '../../../src/core/header/withHeaderFields.ts';

const grammar = (name: string) => fs.readFileSync(path.join(import.meta.dirname, '../../../grammars', name));
const parser = await openCParser({ runtime: grammar('web-tree-sitter.wasm'), c: grammar('tree-sitter-c.wasm'), cpp: grammar('tree-sitter-cpp.wasm') });
const fixtures = path.join(import.meta.dirname, '../../fixtures/headers');
const device = parseSvd(fs.readFileSync(path.join(fixtures, 'acme100.svd'), 'utf8'), 'acme100.svd').device;
assert.ok(device);
const machine = device;
const read = (file: string) => ({ file, text: fs.readFileSync(path.join(fixtures, file), 'utf8') });
const header = await joinHeader([read('structs.h')], { device: machine, defines: new Map([['ACME100xx', '1']]), parse: (text, file) => parser.parse(text, file).facts, include: async file => fs.existsSync(path.join(fixtures, file)) ? read(file) : undefined });

/** Nothing is indexed: what is known of the names comes from the join alone. */
const facts: FactSource = { facts: async () => undefined, definitions: async () => [], handlerFiles: async () => [], mentions: async () => [] };

/** The card at `^`, with the join and without it. */
function check(source: string, expected: { readonly register?: string; readonly fields?: readonly string[]; readonly says?: RegExp } | undefined): void {
  test(source, async () => {
    const text = `void f(void) { ${source.replace('^', '')} }`;
    const place = { file: 'main.c', line: 1, column: 'void f(void) { '.length + source.indexOf('^') + 1, text };
    const report = await hover(place, { device: machine, parser, facts, header });
    if (expected === undefined) {
      assert.equal(report.kind, 'none');
      return;
    }
    assert.equal(report.register, expected.register);
    assert.deepEqual(report.fields, expected.fields);
    assert.match(report.markdown ?? '', expected.says ?? /./);
    assert.equal((await hover(place, { device: machine, parser, facts })).kind, 'none', 'without the join nothing is known');
  });
}

check('configure(UART_CR^_EN);', { register: 'UART1.CTRL', fields: ['ENABLE'], says: /UART2\.CTRL/ });
check('configure(UART_CR_MO^DE_1);', { register: 'UART1.CTRL', fields: ['MODE'], says: /structs\.h:\d+/ });
check('configure(NOT_ON^_THIS_CHIP);', undefined);
check('int UART_CR^_EN = 1;', undefined);
check('UART_CR^_EN();', undefined);

// A value that the header gives before it is shifted lies on other bits by chance.
const clock = parseSvd('<device><name>X</name><peripherals><peripheral><name>RCC</name><baseAddress>0x40023800</baseAddress><registers><register><name>CFGR</name><addressOffset>0</addressOffset><size>32</size><fields><field><name>PPRE1</name><bitRange>[12:10]</bitRange></field><field><name>SWS0</name><bitRange>[2:2]</bitRange></field></fields></register></registers></peripheral></peripherals></device>', 'x.svd').device;
assert.ok(clock);
const clockDevice = clock;
const clockText = 'typedef struct { volatile unsigned CFGR; } RCC_Type;\n#define RCC ((RCC_Type *) 0x40023800)\n#define RCC_CFGR_PPRE_DIV2 0x4\n#define RCC_CFGR_CLKSTATE_0 0x4\n';
const clockHeader = await joinHeader([{ file: 'rcc.h', text: clockText }], { device: clockDevice, defines: new Map(), parse: (text, file) => parser.parse(text, file).facts, include: async () => undefined });
for (const [name, fields] of [['RCC_CFGR_PPRE_DIV2', undefined], ['RCC_CFGR_CLKSTATE_0', ['SWS0']]] as const) {
  test(`${name} is ${fields === undefined ? 'no field by its bits alone' : `on ${fields.join()}`}`, async () => {
    const report = await hover({ file: 'main.c', line: 1, column: 20, text: `void f(void) { use(${name}); }` }, { device: clockDevice, parser, facts, header: clockHeader });
    assert.deepEqual(report.fields, fields);
  });
}

// A macro that is one value of a field is told as that.
const valueText = `${clockText}#define RCC_CFGR_PPRE1_Msk (7 << 10)\n#define RCC_CFGR_PPRE1_DIV4 (5 << 10)\n#define RCC_CFGR_PPRE1_OFF 0\n#define RCC_CFGR_PPRE1_2 (4 << 10)\n`;
const valueHeader = await joinHeader([{ file: 'rcc.h', text: valueText }], { device: clockDevice, defines: new Map(), parse: (text, file) => parser.parse(text, file).facts, include: async () => undefined });
for (const [name, told] of [['RCC_CFGR_PPRE1_DIV4', '`RCC_CFGR_PPRE1_DIV4`: `PPRE1[2:0]` = `0x5`, DIV4'], ['RCC_CFGR_PPRE1_OFF', '`RCC_CFGR_PPRE1_OFF`: `PPRE1[2:0]` = `0x0`, OFF'], ['RCC_CFGR_PPRE1_Msk', undefined], ['RCC_CFGR_PPRE1_2', undefined]] as const) {
  test(`${name} ${told === undefined ? 'is no value' : 'is told as a value'}`, async () => {
    const report = await hover({ file: 'main.c', line: 1, column: 20, text: `void f(void) { use(${name}); }` }, { device: withHeaderFields(clockDevice, valueHeader), parser, facts, header: valueHeader });
    assert.deepEqual(report.fields, ['PPRE1']);
    assert.equal((report.markdown ?? '').split('\n')[0], told ?? '**`RCC.CFGR.PPRE1`**');
  });
}

// Structs of the header lead to registers where the description calls block and registers otherwise.
const port = parseSvd('<device><name>X</name><peripherals><peripheral><name>IOBANK</name><baseAddress>0x41004400</baseAddress><registers><register><name>DIR0</name><addressOffset>0</addressOffset><size>32</size></register><register><name>DIR1</name><addressOffset>8</addressOffset><size>32</size></register></registers></peripheral></peripherals></device>', 'x.svd').device;
assert.ok(port);
const portDevice = port;
const portHeader = await joinHeader([{ file: 'port.h', text: 'typedef struct { volatile unsigned DIR; volatile unsigned OUT; } PortGroup;\ntypedef struct { PortGroup Group[2]; } Port;\n#define PORT ((Port *) 0x41004400)\n' }], { device: portDevice, defines: new Map(), parse: (text, file) => parser.parse(text, file).facts, include: async () => undefined });
for (const [code, expected, says] of [
  ['PORT->Group[1].DI^R = 1;', 'IOBANK.DIR1', /`IOBANK\.DIR1`/], ['PORT->Group[pins[pin].port].DI^R = 1;', 'IOBANK.DIR0', /May be any of IOBANK\.DIR0 … IOBANK\.DIR1; shown for the first/],
  ['Port *port = PORT; port->Group[0].DI^R = 1;', 'IOBANK.DIR0', /`IOBANK\.DIR0`/], ['PORT->Group[1].OU^T = 1;', undefined, undefined], ['other->Group[1].DI^R = 1;', undefined, undefined],
] as const) {
  test(`by the header's structs: ${code}`, async () => {
    const text = `void f(void) { ${code.replace('^', '')} }`;
    const report = await hover({ file: 'main.c', line: 1, column: 'void f(void) { '.length + code.indexOf('^') + 1, text }, { device: portDevice, parser, facts, header: portHeader });
    assert.equal(report.kind === 'none' ? undefined : report.markdown?.match(/\*\*`([^`]+)`/)?.[1], expected);
    if (says !== undefined) assert.match(report.markdown ?? '', says);
  });
}
