import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registerTables } from '../../../src/core/chunk/registerTables.ts';
import { chunkDocument } from '../../../src/core/chunk/chunkDocument.ts';

import { openTestParser } from '../parse/grammars.ts';

const parser = await openTestParser();

/** `symbol start-end` and the lines of every table. */
function check(text: string, expected: readonly string[]): void {
  const { facts } = parser.parse(text, 'device.h');
  const tables = registerTables(text.split('\n'), facts.macros);
  assert.deepEqual(tables.flatMap(({ symbol = '', startLine, endLine, replacement }) => [`${symbol} ${startLine}-${endLine}`, ...(replacement?.lines ?? []).map(line => `  ${line}`)]), expected);
}

const st = (register: string, fields: readonly string[]) => `/*******  Bit definition for ${register} register  *******/\n${fields.map((field, bit) => `#define ${register}_${field}_Pos (${bit}U)\n#define ${register}_${field}_Msk (0x1UL << ${register}_${field}_Pos) /*!< 0x0000000${1 << bit} */\n#define ${register}_${field} ${register}_${field}_Msk /*!< ${field} Enable */\n`).join('')}`;

test('the bits of an STM32 register are one table', () => {
  check(`${st('USART_CR1', ['SBK', 'RWU', 'RE'])}\n${st('USART_CR2', ['ADD', 'LBDL', 'LBDIE'])}`, [
    'USART_CR1 1-10', '  Bit definition for USART_CR1 register', '  USART_CR1_SBK [0]: SBK Enable', '  USART_CR1_RWU [1]: RWU Enable', '  USART_CR1_RE [2]: RE Enable',
    'USART_CR2 12-21', '  Bit definition for USART_CR2 register', '  USART_CR2_ADD [0]: ADD Enable', '  USART_CR2_LBDL [1]: LBDL Enable', '  USART_CR2_LBDIE [2]: LBDIE Enable',
  ]);
});

const nordic = (register: string, fields: readonly string[]) => `/* Register: ${register} */\n/* Description: Pin select */\n\n${fields.map((field, bit) => `/* Bit ${bit} : Connection ${field} */\n#define ${register}_${field}_Pos (${bit}UL) /*!< Position of ${field} field. */\n#define ${register}_${field}_Msk (0x3UL << ${register}_${field}_Pos) /*!< Bit mask of ${field} field. */\n#define ${register}_${field}_On (0x1UL) /*!< Connect */\n`).join('')}`;

test('the fields of a Nordic register carry their values', () => {
  check(`${nordic('UART_PSEL', ['A', 'B', 'C'])}${nordic('UART_X', ['A', 'B', 'C'])}`, [
    'UART_PSEL 1-15', '  Register: UART_PSEL', '  Description: Pin select', ...['A', 'B', 'C'].map((field, bit) => `  UART_PSEL_${field} [${bit + 1}:${bit}]: Connection ${field}; values: On 1 (Connect)`),
    'UART_X 16-30', '  Register: UART_X', '  Description: Pin select', ...['A', 'B', 'C'].map((field, bit) => `  UART_X_${field} [${bit + 1}:${bit}]: Connection ${field}; values: On 1 (Connect)`),
  ]);
});

const esp = (register: string, offset: string, fields: readonly string[]) => `#define ${register}_REG(i) (BASE(i) + ${offset})\n${fields.map((field, bit) => `/* ${field} : RO ;bitpos:[${bit}] ;default: 1'b0 ; */\n/*description: Says so\n of register ${field}.*/\n#define ${field}  (BIT(${bit}))\n#define ${field}_M  (BIT(${bit}))\n#define ${field}_V  0x1\n#define ${field}_S  ${bit}\n`).join('')}`;

test('the fields of an Espressif register stand under its address', () => {
  check(`${esp('UART_RAW', '0x4', ['UART_A_INT', 'UART_B_INT', 'UART_C_INT'])}\n${esp('UART_ST', '0x8', ['UART_D', 'UART_E', 'UART_F'])}`, [
    'UART_RAW_REG 1-22', '  #define UART_RAW_REG(i) (BASE(i) + 0x4)', ...['UART_A_INT', 'UART_B_INT', 'UART_C_INT'].map((field, bit) => `  ${field} [${bit}]: RO ;default: 1'b0; Says so of register ${field}.`),
    'UART_ST_REG 24-45', '  #define UART_ST_REG(i) (BASE(i) + 0x8)', ...['UART_D', 'UART_E', 'UART_F'].map((field, bit) => `  ${field} [${bit}]: RO ;default: 1'b0; Says so of register ${field}.`),
  ]);
});

test('macros between the fields stay as written', () => {
  check(st('RCC_CR', ['A', 'B', 'C', 'D', 'E', 'F']).replace('#define RCC_CR_D_Pos', '/* Only here. */\n#define RCC_SUPPORT 1\n#define RCC_CR_D_Pos'), [
    'RCC_CR 1-21', '  Bit definition for RCC_CR register', ...['A', 'B', 'C'].map((field, bit) => `  RCC_CR_${field} [${bit}]: ${field} Enable`), '  Only here.', '  #define RCC_SUPPORT 1',
    ...['D', 'E', 'F'].map((field, bit) => `  RCC_CR_${field} [${bit + 3}]: ${field} Enable`),
  ]);
});
test('a few masks make no register description', () => { check('#define RING_SHIFT 4\n#define RING_MASK 0xF0\n', []); });
test('registers of different blocks without comments are told by their names', () => {
  const field = (name: string) => `#define ${name}_SHIFT 1\n#define ${name}_MASK 0x6\n`;
  check(['UART_C1_A', 'UART_C1_B', 'UART_C1_C', 'SPI_C1_A', 'SPI_C1_B', 'SPI_C1_C'].map(field).join(''), [
    'UART_C1 1-6', '  UART_C1_A [2:1]', '  UART_C1_B [2:1]', '  UART_C1_C [2:1]', 'SPI_C1 7-12', '  SPI_C1_A [2:1]', '  SPI_C1_B [2:1]', '  SPI_C1_C [2:1]',
  ]);
});
test('a table of several passages knows the lines of each', () => {
  const text = st('X_CR', Array.from({ length: 24 }, (_, bit) => `A_LONG_NAME_OF_A_FIELD_NUMBER_${bit}`)).replaceAll(' Enable', ' enables what is said in many words here');
  const { chunks } = chunkDocument('x.h', text, parser.parse(text, 'x.h').facts);
  const tables = chunks.filter(({ symbol = '' }) => symbol.startsWith('X_CR'));
  assert.ok(tables.length >= 2);
  for (const [index, { text: said, startLine, endLine }] of tables.entries()) {
    const fields = [...said.matchAll(/NUMBER_(\d+) \[/g)].map(match => Number(match[1]));
    assert.deepEqual([startLine, endLine], [index === 0 ? 1 : 2 + 3 * (fields[0] ?? 0), 4 + 3 * (fields.at(-1) ?? 0)]);
  }
});
