import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument } from '../../../src/core/parse/documentFacts.ts';
import { languageOf } from '../../../src/core/parse/documentLanguage.ts';

/** `kind name start-end title {aliases}` of every part of a file. */
function check(file: string, text: string, expected: readonly string[]): void {
  const { parts = [] } = readDocument(languageOf(file, text), text);
  assert.deepEqual(parts.map(({ kind, name, startLine, endLine, title = '', aliases = [] }) => `${kind} ${name} ${startLine}-${endLine} ${title}${aliases.length > 0 ? ` {${aliases.join(' ')}}` : ''}`.trim()), expected);
}

const board = `/dts-v1/;
#include <mem.h>
/ {
  #address-cells = <1>;
  // Console.
  usart2: serial@40004400 {
    compatible = "st,stm32-usart", "st,stm32-uart";
    /* } is no end */
    sub { };
  };
};
&i2c1 { status = "okay"; };
&{/soc/spi@1} { a = "}"; };
`;

test('a devicetree has nodes with path, labels and compatibles', () => {
  check('app.overlay', board, [
    'node / 3-11 node /',
    'node usart2 5-10 node /serial@40004400 (label usart2; compatible st,stm32-usart, st,stm32-uart) {serial@40004400 st,stm32-usart st,stm32-uart st_stm32_usart st_stm32_uart}',
    'node sub 8-9 node /serial@40004400/sub',
    'node i2c1 12-12 node &i2c1',
    'node &{/soc/spi@1} 13-13 node &{/soc/spi@1}',
  ]);
});
test('a devicetree says what it includes', () => { assert.deepEqual(readDocument('devicetree', board).includes, [{ path: 'mem.h', line: 2 }]); });
test('a node that is never closed ends with the file', () => { check('a.dts', '/ {\n a {\n', ['node / 1-2 node /', 'node a 2-2 node /a']); });

test('a Kconfig symbol has its menu path, its prompt and the conditions around', () => {
  check('drivers/Kconfig', 'menu "Drivers"\nif SERIAL\n\n# Speed.\nconfig UART_BAUD\n\tint "Baud rate"\n\tdefault 9600\n\thelp\n\t  config of the UART\n\nendif # SERIAL\nendmenu\n', ['config CONFIG_UART_BAUD 4-9 CONFIG_UART_BAUD: Drivers > Baud rate (if SERIAL) {UART_BAUD}']);
});
test('a choice holds its symbols', () => {
  check('Kconfig.soc', 'choice CLOCK\n\tprompt "Clock"\n\nconfig HSE\n\tbool "External"\n\nendchoice\n', ['group CLOCK 1-7 choice: Clock', 'config CONFIG_HSE 4-5 CONFIG_HSE: Clock > External {HSE}']);
});
test('what a Kconfig sources is included', () => { assert.deepEqual(readDocument('kconfig', 'rsource "boards/Kconfig"\n').includes, [{ path: 'boards/Kconfig', line: 1 }]); });

test('a configuration is grouped by the comments above its settings', () => {
  check('prj.conf', '# Logging\nCONFIG_LOG=y\n\n# Shell\nCONFIG_SHELL=y\n# CONFIG_USB is not set\n', ['group  1-3 Logging', 'group  4-7 Shell', 'setting CONFIG_LOG 2-2', 'setting CONFIG_SHELL 5-5', 'setting CONFIG_USB 6-6']);
});
test('the sections of menuconfig carry their menu path', () => {
  check('sdkconfig', '#\n# Bluetooth\n#\nCONFIG_BT=y\n\n#\n# Host\n#\nCONFIG_H=y\n# end of Host\n# end of Bluetooth\n', ['group  1-5 Bluetooth', 'group  6-10 Bluetooth > Host', 'setting CONFIG_BT 4-4', 'setting CONFIG_H 9-9']);
});

const script = `/* Memory { of the chip */
MEMORY
{
  FLASH (rx) : ORIGIN = 0x08000000, LENGTH = 512K
}
_estack = 0x20020000;
SECTIONS
{
  /* Start-up code. */
  .isr_vector :
  {
    KEEP(*(.isr_vector))
  } >FLASH
  .data : AT (0)
  {
    _sdata = .;
  } >RAM AT> FLASH
  PROVIDE(end = .);
}
`;

test('a GNU linker script has regions, sections with where they go, and symbols', () => {
  check('STM32F407.ld', script, [
    'group MEMORY 1-5 MEMORY regions', 'region FLASH 4-4', 'symbol _estack 6-6', 'section .isr_vector 9-13 section .isr_vector >FLASH',
    'section .data 14-17 section .data : AT (0) >RAM AT> FLASH', 'symbol _sdata 16-16', 'symbol end 18-18',
  ]);
});
test('an Arm scatter file has its execution regions', () => {
  check('app.sct', '; scatter\nLR_IROM1 0x08000000 0x00080000 {\n  ER_IROM1 0x08000000 0x00080000 {\n   *.o (RESET, +First)\n  }\n}\n', ['section LR_IROM1 1-6 section LR_IROM1 0x08000000 0x00080000', 'section ER_IROM1 3-5 section ER_IROM1 0x08000000 0x00080000 in LR_IROM1 0x08000000 0x00080000']);
});
test('an IAR linker file has regions, symbols and blocks', () => {
  check('app.icf', 'define symbol ROM_start = 0x0;\ndefine region ROM = mem:[from ROM_start to 0xFFF];\ndefine block CSTACK with alignment = 8 { };\n', ['symbol ROM_start 1-1', 'region ROM 2-2', 'section CSTACK 3-3 section define block CSTACK with alignment = 8']);
});

test('CMake has functions, conditions and targets', () => {
  check('CMakeLists.txt', '# Adds one.\nfunction(add_one name)\n  if(X) # endif()\n  endif()\nendfunction()\nadd_executable(app main.c)\n', ['function add_one 1-5 function add_one name', 'group  3-4 if(X)', 'label app 6-6']);
});
test('a makefile has rules, conditions and variables', () => {
  check('Makefile', 'CC := gcc\nifeq ($(DEBUG),1)\nX += -g\nendif\n# All.\nall: a.o b.o\n\techo\n\n.PHONY: all\n', ['variable CC 1-1', 'group  2-4 ifeq ($(DEBUG),1)', 'variable X 3-3', 'target all 5-7 rule all: a.o b.o']);
});
test('a Python script has classes, methods and functions', () => {
  check('build.py', 'import os\n\n@decorated\ndef one(a,\n        b):\n    """\ndef no\n    """\n    return 1\n\nclass A:\n    def m(self):\n        pass\n\nx = 1\n', ['function one 3-9 def one', 'class A 11-13 class A', 'function m 12-13 def A.m']);
});
test('a binding has its compatible and its properties', () => {
  check('st,uart.yaml', 'description: |\n  UART\ncompatible: "st,uart"\nproperties:\n  current-speed:\n    type: int\n  "#cells":\n    type: int\n', ['binding st,uart 1-9 devicetree binding st,uart', 'group current-speed 5-6 property current-speed of st,uart', 'group #cells 7-9 property #cells of st,uart']);
});
test('a CubeMX project is grouped by peripheral, with its pins', () => {
  check('app.ioc', 'File.Version=6\nPA2.Mode=Asynchronous\nPA2.Signal=USART2_TX\nUSART2.BaudRate=115200\nUSART2.IPParameters=x\n', ['group File 1-1 File in the CubeMX project', 'group pins of port A 2-3 pins of port A in the CubeMX project', 'group USART2 4-5 USART2 in the CubeMX project; pins: PA2 USART2_TX']);
});

const languages: readonly (readonly [string, string])[] = [
  ['a/STM32.ld', 'linker'], ['cortex.ld.in', 'linker'], ['linker.ld.S', 'linker'], ['b.icf', 'linker'], ['Kconfig.defconfig', 'kconfig'], ['board_defconfig', 'config'], ['.config', 'config'], ['sdkconfig.defaults', 'config'],
  ['app.overlay', 'devicetree'], ['x.keymap', 'devicetree'], ['CMakeLists.txt', 'cmake'], ['rules.mk', 'make'], ['index.rst', 'rst'], ['a.adoc', 'asciidoc'], ['startup.s', 'asm'], ['main.CPP', 'cpp'], ['bundle.js.map', 'text'], ['notes.txt', 'text'],
];
for (const [file, language] of languages) test(`${file} is ${language}`, () => { assert.equal(languageOf(file), language); });
test('a map file is known by what the linker writes', () => { assert.equal(languageOf('app.map', 'Memory Configuration\n'), 'map'); });
test('YAML is a binding where it stands or by what it says', () => { assert.deepEqual([languageOf('dts/bindings/a.yaml'), languageOf('a.yaml', 'compatible: "x"\ndescription: y\n'), languageOf('a.yaml', 'x: 1\n')], ['binding', 'binding', 'text']); });
