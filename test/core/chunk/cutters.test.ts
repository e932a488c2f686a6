import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conditionHolds, conditionOf } from '../../../src/core/chunk/conditionHolds.ts';
import { chunkDocument } from '../../../src/core/chunk/chunkDocument.ts';
import { parseAsm } from '../../../src/core/parse/asm.ts';
import { readDocument } from '../../../src/core/parse/documentFacts.ts';
import { languageOf } from '../../../src/core/parse/documentLanguage.ts';

/** `kind symbol start-end` of every chunk; and every line that says something is in one of them. */
function check(file: string, text: string, expected: readonly string[]): void {
  const { chunks } = cut(file, text);
  assert.deepEqual(chunks.map(({ kind, symbol, startLine, endLine }) => `${kind} ${symbol ?? '-'} ${startLine}-${endLine}`), expected);
  const held = chunks.map(chunk => chunk.text).join('\n');
  const lost = text.split('\n').filter(line => /\w{2}/.test(line) && !/^\s*(#+ |=+ |#include|(end(if|menu|choice|function)|menu)\b)/.test(line) && !held.includes(line));
  assert.deepEqual(lost, []);
}

function cut(file: string, text: string) {
  return chunkDocument(file, text, readDocument(languageOf(file, text), text));
}

const long = (line: string, times: number) => line.repeat(times);

test('small nodes are one passage with what is in them, large ones are cut by their nodes', () => {
  check('board.dts', `/ {\n  model = "x";\n  leds {\n    led0 { gpios = <1>; };\n  };\n  soc {\n    big {\n${long('      some-property = <1 2 3 4 5 6 7 8>;\n', 30)}    };\n    small { reg = <1>; };\n  };\n};\n`, [
    'node / 1-2', 'node leds 3-5', 'node soc 6-6', 'node big 7-38', 'node small 39-39',
  ]);
});
test('a passage of a node begins with its path', () => {
  assert.match(cut('a.dts', '/ {\n  soc {\n    u: uart@1 { compatible = "x,y"; };\n  };\n};\n').chunks.map(({ text }) => text).join('\n'), /^node \/soc\n/m);
});
test('a small node that holds another one under a condition is not one passage, and the inner one tells the condition', () => {
  const chunks = cut('a.dtsi', '&spi1 {\n  status = "okay";\n#ifdef CONFIG_FLASH\n  flash: flash@0 { reg = <0>; };\n#endif\n};\n').chunks.filter(({ kind }) => kind === 'node');
  assert.deepEqual(chunks.map(({ symbol, text }) => [symbol, conditionOf(text)]), [['spi1', undefined], ['flash', 'defined(CONFIG_FLASH)']]);
});
test('what a devicetree includes is in its header', () => { check('a.overlay', '#include "b.dtsi"\n&i2c1 { status = "okay"; };\n', ['header a.overlay 1-1', 'node i2c1 2-2']); });
test('numbers of a compiler\'s stack usage are no passage', () => { assert.deepEqual(cut('uart.su', 'uart.c:1:5:uart_init\t8\tstatic\n').chunks, []); });
test('every Kconfig symbol is a passage, a choice stays whole', () => {
  check('Kconfig', 'menu "M"\n\nconfig A\n\tbool "a"\n\nchoice\n\tprompt "p"\nconfig B\n\tbool "b"\nendchoice\nendmenu\n', ['config CONFIG_A 3-4', 'config - 6-10']);
});
test('a configuration is cut by its comments', () => { check('prj.conf', '# Log\nCONFIG_LOG=y\n\n# USB\nCONFIG_USB=y\n', ['config - 1-2', 'config - 4-5']); });
test('a linker script is cut by its sections', () => {
  check('a.ld', 'MEMORY { RAM : ORIGIN = 0, LENGTH = 1K }\nSECTIONS\n{\n .text : { *(.text) } >RAM\n x_end = .;\n}\n', ['linker MEMORY 1-1', 'text - 2-3', 'linker .text 4-4', 'text - 5-6']);
});
test('a block of a build script stays whole', () => { check('CMakeLists.txt', 'project(a)\nif(X)\n  set(Y 1)\nelse()\n  set(Y 2)\nendif()\n', ['text - 1-1', 'build - 2-6']); });
test('a long class is cut by its methods', () => {
  check('a.py', `class A:\n    """Words."""\n    def m(self):\n${long('        self.something_useful(1, 2, 3)\n', 60)}    def n(self):\n        pass\n`, ['header a.py 1-1', 'type A 1-2', 'function m 3-48', 'function m 49-63', 'function n 64-65']);
});
test('sections of reStructuredText follow the order of their adornments', () => {
  check('a.rst', '#####\nGuide\n#####\nintro\n\nClocks\n======\npll\n\nHSE\n---\nx\n\nUART\n====\ny\n', ['section Guide 1-4', 'section Guide > Clocks 6-8', 'section Guide > Clocks > HSE 10-12', 'section Guide > UART 14-16']);
});
test('a table of reStructuredText is no heading', () => { check('a.rst', 'T\n=\n\n=== ===\na   b\n=== ===\n1   2\n=== ===\n', ['text - 1-8'].map(() => 'section - 1-8')); });
test('sections of AsciiDoc', () => { check('a.adoc', '= Guide\nintro\n----\n== no\n----\n== Clocks\npll\n', ['section Guide 1-5', 'section Guide > Clocks 6-7']); });
test('a map file is kept in short, and what is left out is told', () => {
  const { chunks, problems } = cut('a.map', 'Memory Configuration\n\nName Origin Length\nFLASH 0x08000000 0x1000\n\nLinker script and memory map\n\n.text           0x08000000      0x120\n .text.main     0x08000000       0x20 obj/main.o\n .text.uart_long_name\n                0x08000020      0x100 obj/uart.o\n');
  assert.match(chunks.map(({ text }) => text).join('\n'), /FLASH 0x08000000[^]*\.text 0x08000000 288[^]*256 \.text\.uart_long_name uart\.o/);
  assert.match(problems[0]?.message ?? '', /not its 12 lines/);
});
test('lines behind an inner passage say again whose they are', () => {
  assert.match(cut('a.dts', `/ {\n  soc {\n    a { x = <1>; };\n    ${long('y = <1 2 3 4 5 6>;\n    ', 60)}};\n};\n`).chunks.at(-1)?.text ?? '', /^node \/soc/);
});

/** `kind symbol start-end` of an assembly file's chunks. */
function checkAsm(text: string, expected: readonly string[]): void {
  const { chunks } = chunkDocument('startup.S', text, parseAsm(text, 'startup.S').facts);
  assert.deepEqual(chunks.filter(({ kind }) => kind !== 'header').map(({ kind, symbol, startLine, endLine }) => `${kind} ${symbol ?? '-'} ${startLine}-${endLine}`), expected);
}

test('a routine of assembly stands with its comment and directives', () => {
  checkAsm('@ Words.\n\n// Copies.\n.global copy\n.type copy, %function\ncopy:\n  ldr r0, [r1]\n  bx lr\n\n@ Fills.\n.type fill, %function\nfill:\n  bx lr\n', ['text - 1-1', 'function copy 3-8', 'function fill 10-13']);
});
test('several names of one routine are one passage', () => { checkAsm('regular_func one\nregular_func two\nregular_func three\n  bx lr\nregular_func four\n  bx lr\n', ['function three 1-4', 'function four 5-6']); });
test('weak handlers stand together', () => {
  checkAsm('.type D, %function\nD:\n  b D\n.size D, .-D\n\n  .weak A_IRQHandler\n  .thumb_set A_IRQHandler,D\n\n  .weak B_IRQHandler\n  .thumb_set B_IRQHandler,D\n', ['function D 1-4', 'vectors weak handlers 6-10']);
});
test('a macro of assembly is a passage', () => { checkAsm('  nop\n\n// Waits.\n.macro wait\n  nop\n.endm\n', ['text - 1-1', 'macros wait 3-6']); });

test('routines of an assembly file tell the condition they are under, whichever assembler asks it', () => {
  const text = '#if defined(USE_FPU)\n.type EnableFpu, %function\nEnableFpu:\n  bx lr\n#endif\n.ifdef HAS_MPU\n.type EnableMpu, %function\nEnableMpu:\n  bx lr\n.else\n.type NoMpu, %function\nNoMpu:\n  bx lr\n.endif\n.type Plain, %function\nPlain:\n  bx lr\n';
  const chunksOf = (code: string) => chunkDocument('a.s', code, parseAsm(code, 'a.s').facts).chunks;
  const gnu = chunksOf(text).filter(({ kind }) => kind === 'function');
  assert.deepEqual(gnu.map(chunk => [chunk.symbol, chunk.endLine, conditionOf(chunk.text)]), [['EnableFpu', 4, 'defined(USE_FPU)'], ['EnableMpu', 9, '.ifdef HAS_MPU'], ['NoMpu', 13, '!(.ifdef HAS_MPU)'], ['Plain', 17, undefined]]);
  assert.equal(conditionHolds('.ifdef HAS_MPU', () => false), undefined);
  const arm = chunksOf('        AREA |.text|, CODE\nIF :DEF: MICROLIB\nEnableMpu PROC\n        BX LR\n        ENDP\n        ENDIF\nOther PROC\n        BX LR\n        ENDP\n        END\n').filter(({ kind }) => kind === 'function');
  assert.deepEqual(arm.map(chunk => [chunk.symbol, conditionOf(chunk.text)]), [['EnableMpu', 'IF :DEF: MICROLIB'], ['Other', undefined]]);
  const short = chunksOf('        AREA |.text|, CODE\n        [ :DEF:MICROLIB ; the small library\nEnableMpu PROC\n        LDR R0, [R1]\n        BX LR\n        ENDP\n        |\nNoMpu PROC\n        BX LR\n        ENDP\n        ] ; MICROLIB\nOther PROC\n        BX LR\n        ENDP\n        END\n').filter(({ kind }) => kind === 'function');
  assert.deepEqual(short.map(chunk => [chunk.symbol, conditionOf(chunk.text)]), [['EnableMpu', 'IF :DEF:MICROLIB'], ['NoMpu', '!(IF :DEF:MICROLIB)'], ['Other', undefined]]);
});
