// Two blocks at one address, as Nordic's UART0 and UARTE0: which one is meant, and what else lies there.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openCParser, parseSvd } from '../../../src/core/index.ts';
import { hover } from '../../../src/core/hover/hover.ts';
import { parseDevicetree } from '../../../src/core/parse/devicetree.ts';
import { memoryFactSource } from '../graph/memoryFactSource.ts';

const grammar = (name: string) => fs.readFileSync(path.join(import.meta.dirname, '../../../grammars', name));
const parser = await openCParser({ runtime: grammar('web-tree-sitter.wasm'), c: grammar('tree-sitter-c.wasm'), cpp: grammar('tree-sitter-cpp.wasm') });

const block = (name: string, base: string, value: number) => `<peripheral><name>${name}</name><baseAddress>${base}</baseAddress><registers><register><name>ENABLE</name><addressOffset>0x500</addressOffset><size>32</size><fields><field><name>ENABLE</name><bitRange>[3:0]</bitRange><enumeratedValues><enumeratedValue><name>Disabled</name><value>0</value></enumeratedValue><enumeratedValue><name>Enabled</name><value>${value}</value></enumeratedValue></enumeratedValues></field></fields></register></registers></peripheral>`;
const { device } = parseSvd(`<device><name>X</name><peripherals>${block('SERIAL0', '0x40002000', 4)}${block('SERIALE0', '0x40002000', 8)}${block('TIMER0', '0x40008000', 1)}</peripherals></device>`, 'x.svd');

const tree = '/ { soc { serial0: serial@40002000 { compatible = "acme,acme-seriale"; reg = <0x40002000 0x1000>; }; timer0: timer@40008000 { reg = <0x40008000 0x1000>; }; }; };';

/** The first lines of the card at `^`; `indexed` are devicetree files that are known. */
function check(sentence: string, marked: string, expected: { readonly file: string; readonly indexed?: string; readonly title: string; readonly others?: string }): void {
  test(sentence, async () => {
    const facts = memoryFactSource(new Map(expected.indexed === undefined ? [] : [['board.dtsi', parseDevicetree(expected.indexed)]]));
    const report = await hover({ file: expected.file, line: 1, column: marked.indexOf('^') + 1, text: marked.replace('^', '') }, { device, parser, facts });
    const [title, others] = (report.markdown ?? '').split('\n\n');
    assert.equal(title, `**\`${expected.title}\`**`);
    assert.equal(others?.startsWith('*At the same') === true ? others : undefined, expected.others);
  });
}

const others = '*At the same address: `SERIAL0`.*';
check('a node\'s compatible names the block', tree.replace('serial@', '^serial@'), { file: 'a.dts', title: 'SERIALE0', others });
check('its label means the same', tree.replace('serial0:', '^serial0:'), { file: 'a.dts', title: 'SERIALE0', others });
check('so does its address', tree.replace('<0x40002000', '<^0x40002000'), { file: 'a.dts', title: 'SERIALE0', others });
check('a node without a compatible is the block of the address', tree.replace('timer@', '^timer@'), { file: 'a.dts', title: 'TIMER0' });
check('another compatible leaves the label\'s block', tree.replace('acme-seriale', 'acme-other').replace('serial0:', '^serial0:'), { file: 'a.dts', title: 'SERIAL0', others: '*At the same address: `SERIALE0`.*' });
check('an overlay\'s reference means what the indexed tree says', '&se^rial0 { status = "okay"; };', { file: 'a.overlay', indexed: tree, title: 'SERIALE0', others });
check('where nothing is indexed the label says it', '&se^rial0 { status = "okay"; };', { file: 'a.overlay', title: 'SERIAL0', others: '*At the same address: `SERIALE0`.*' });
check('code that asks for the label means what the tree says', 'int x = DT_NODELABEL(se^rial0);', { file: 'a.c', indexed: tree, title: 'SERIALE0', others });
check('code without a tree means the label', 'int x = DT_NODELABEL(se^rial0);', { file: 'a.c', title: 'SERIAL0', others: '*At the same address: `SERIALE0`.*' });

/** What a write of a value to the shared ENABLE is told as. */
function checkWrite(value: number, expected: { readonly register: string; readonly warnings: number; readonly decodedViews: number }): void {
  test(`writing ${value} is told of ${expected.register} first`, async () => {
    const text = `void f(void) { sys_write32(${value}, 0x40002500); }`;
    const report = await hover({ file: 'a.c', line: 1, column: text.indexOf('0x4') + 1, text }, { device, parser, facts: memoryFactSource(new Map()) });
    assert.equal(report.register, expected.register);
    assert.equal(report.markdown?.match(/has no name/g)?.length ?? 0, expected.warnings);
    assert.equal(report.markdown?.match(/\*\*Writes\*\*/g)?.length, expected.decodedViews);
  });
}

checkWrite(8, { register: 'SERIALE0.ENABLE', warnings: 0, decodedViews: 1 });
checkWrite(4, { register: 'SERIAL0.ENABLE', warnings: 0, decodedViews: 1 });
checkWrite(0, { register: 'SERIAL0.ENABLE', warnings: 0, decodedViews: 2 });
checkWrite(5, { register: 'SERIAL0.ENABLE', warnings: 2, decodedViews: 2 });
