// Accesses joined to a small chip: path and fields, and how they were found.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Device } from '../../../src/core/device/device.ts';
import { createGraph } from '../../../src/core/graph/graph.ts';
import { memoryFactSource } from './memoryFactSource.ts';
import { resolveAccess } from '../../../src/core/graph/resolveAccess.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { factsOf } from './factsOf.ts';

const registers = `<registers>
  <register><name>CR1</name><addressOffset>0</addressOffset><fields><field><name>UE</name><bitRange>[0:0]</bitRange></field><field><name>TXEIE</name><bitRange>[7:7]</bitRange></field><field><name>MODE</name><bitRange>[5:4]</bitRange></field></fields></register>
  <register><name>SR</name><addressOffset>4</addressOffset><fields><field><name>RXNE</name><bitRange>[5:5]</bitRange></field><field><name>ORE</name><bitRange>[3:3]</bitRange></field></fields></register>
  <cluster><dim>4</dim><dimIncrement>16</dimIncrement><name>CH[%s]</name><addressOffset>0x20</addressOffset><register><name>CTRL</name><addressOffset>8</addressOffset></register></cluster>
</registers>`;
const device: Device = ((): Device => {
  const parsed = parseSvd(`<device><name>T1</name><addressUnitBits>8</addressUnitBits><width>32</width><size>32</size><peripherals>
    <peripheral><name>USART1</name><groupName>USART</groupName><baseAddress>0x40011000</baseAddress>${registers}</peripheral>
    <peripheral derivedFrom="USART1"><name>USART2</name><baseAddress>0x40004400</baseAddress></peripheral>
    <peripheral><name>ODD</name><baseAddress>0x50000000</baseAddress><registers><register><name>UNUSUAL</name><addressOffset>0x14</addressOffset></register></registers></peripheral>
  </peripherals></device>`, 't1.svd').device;
  assert.ok(parsed);
  return parsed;
})();

const header = `
typedef struct { __IO uint32_t CR1; __IO uint32_t SR; } USART_TypeDef;
typedef struct { uint32_t A[3]; union { uint16_t B; uint8_t C; }; struct { uint32_t X; } D[2]; uint32_t E; } WEIRD_TypeDef;
#define USART2_BASE (0x40000000UL + 0x4400UL)
#define USART2 ((USART_TypeDef *) USART2_BASE)
#define CONSOLE USART2
#define CONSOLE_STATUS (CONSOLE->SR)
#define MMIO32(a) (*(volatile uint32_t *)(a))
#define FIRST_CONTROL MMIO32(0x40011000)
#define STRANGE ((WEIRD_TypeDef *) 0x50000000)
typedef struct {
#if FIRST
  uint32_t A;
#else
  uint32_t RESERVED0;
#endif
  uint32_t B[4]; uint32_t C;
} BRANCHED_TypeDef;
#define BRANCHED ((BRANCHED_TypeDef *) 0x50000000)
#define USART_CR1_UE (1U << 0)
#define PLAIN_RX_FLAG 0x20
#define MODE_POS 4
`;

interface Expected { readonly path: string; readonly fields?: string; readonly how?: string }

function check(name: string, code: string, expected: Expected): void {
  test(name, async () => {
    const files = await factsOf({ 'chip.h': header, 'main.c': code.includes('void ') ? code : `void f(void) { ${code} }` });
    const facts = files.get('main.c');
    const access = facts?.accesses[0];
    assert.ok(facts !== undefined && access !== undefined, 'no access was read');
    const resolved = await resolveAccess(access, { device, graph: createGraph(memoryFactSource(files)), facts });
    assert.deepEqual({ path: resolved.path, ...(expected.fields !== undefined && { fields: resolved.fields.join(' ') }), ...(expected.how !== undefined && { how: resolved.how }) }, expected);
  });
}

check('by name', 'USART2->CR1 |= USART_CR1_UE;', { path: 'USART2.CR1', fields: 'UE', how: 'name' });
check('a mask that no header defines counts by its name', 'USART2->CR1 |= USART_CR1_TXEIE;', { path: 'USART2.CR1', fields: 'TXEIE' });
check('a mask of any name counts by its value', 'if (USART2->SR & PLAIN_RX_FLAG) {}', { path: 'USART2.SR', fields: 'RXNE' });
check('a literal mask counts by its value', 'USART2->SR &= ~0x8;', { path: 'USART2.SR', fields: 'ORE' });
check('the complement of a bit by its number is about that bit', 'USART2->SR &= ~_BV(3);', { path: 'USART2.SR', fields: 'ORE' });
check('a complement behind a cast and a macro is about its mask', '#define CLEARED (~BIT(5))\nUSART2->SR = (uint16_t) CLEARED;', { path: 'USART2.SR', fields: 'RXNE' });
check('complements that are joined are about all of their masks', 'USART2->SR = ~BIT(3) & ~BIT(5);', { path: 'USART2.SR', fields: 'RXNE ORE' });
check('what a mask keeps is not what it takes away', 'USART2->SR &= 0xFFFFFFF7U;', { path: 'USART2.SR', fields: 'ORE' });
check('read, mask and write back touches what does not pass through', 'USART2->CR1 = (USART2->CR1 & ~(3UL << MODE_POS)) | (1UL << 7);', { path: 'USART2.CR1', fields: 'TXEIE MODE' });
check('both masks of MODIFY_REG', 'MODIFY_REG(USART2->CR1, USART_CR1_MODE, USART_CR1_UE);', { path: 'USART2.CR1', fields: 'UE MODE' });
check('through a local that holds the value', 'uint32_t sr; sr = USART2->SR;', { path: 'USART2.SR' });
check('an array of blocks', 'USART2->CH[3].CTRL = 1;', { path: 'USART2.CH[3].CTRL' });
check('a register macro of an instance', 'USART_CR1(USART2) = 1;', { path: 'USART2.CR1', how: 'name' });
check('an instance whose name macros paste', 'void f(void) { STEP_UART->CR1 = 1; }\n#define uart(n) USART ## n\n#define UART(n) uart(n)\n#define STEP_N 2\n#define STEP_UART UART(STEP_N)', { path: 'USART2.CR1' });
check('a register macro of an instance under another name', 'USART_CR1(CONSOLE) = 1;', { path: 'USART2.CR1', how: 'name' });
check('a register macro of what is no instance of this chip', 'USART_CR1(PORT) = 1;', { path: 'USART_CR1(PORT)', how: 'none' });
check('a local pointer with an initialiser', 'USART_TypeDef *uart = USART2; uart->CR1 = 1;', { path: 'USART2.CR1', how: 'name' });
check('a pointer to a cast address', 'USART_TypeDef *uart = (USART_TypeDef *) 0x40011000; uart->SR = 0;', { path: 'USART1.SR', how: 'address' });
check('a parameter of any instance', 'void f(USART_TypeDef *u) { u->CR1 |= USART_CR1_UE; }', { path: 'any USART: CR1', fields: 'UE', how: 'type' });
check('a parameter of a static function that only one instance is passed to', 'static void f(USART_TypeDef *u) { u->CR1 = 1; } void g(void) { f(USART2); f(USART2); }', { path: 'USART2.CR1', how: 'name' });
check('a parameter to which different instances are passed', 'static void f(USART_TypeDef *u) { u->CR1 = 1; } void g(void) { f(USART2); f(USART1); }', { path: 'any USART: CR1', how: 'type' });
check('a parameter that calls itself with itself', 'static void f(USART_TypeDef *u) { u->CR1 = 1; f(u); }', { path: 'any USART: CR1' });
check('an entry of a long table', `typedef struct { USART_TypeDef *uart; int speed; } Line; static const Line lines[] = { ${'{ USART1, 115200 }, '.repeat(20)} { USART2, 9600 } }; void f(void) { lines[20].uart->CR1 = 1; }`, { path: 'USART2.CR1', how: 'name' });
check('any entry of a table', 'typedef struct { USART_TypeDef *uart; } Line; static const Line lines[] = { { USART1 }, { USART2 } }; void f(int i) { lines[i].uart->CR1 = 1; }', { path: 'any USART: CR1', how: 'type' });
check('both sides of a conditional', 'void f(int a) { USART_TypeDef *u = a ? USART1 : USART2; u->CR1 = 1; }', { path: 'any USART: CR1', how: 'type' });
check('a handle in a handle', 'typedef struct { USART_TypeDef *port; } Def; typedef struct { const Def *def; } Bus; void f(Bus *bus) { bus->def->port->CR1 = 1; }', { path: 'any USART: CR1', how: 'type' });
check('a handle', 'void f(UART_HandleTypeDef *huart) { huart->Instance->CR1 |= USART_CR1_UE; }', { path: 'any USART: CR1', fields: 'UE', how: 'type' });
check('a macro for a block', 'CONSOLE->CR1 = 0;', { path: 'USART2.CR1' });
check('a macro for a register', 'CONSOLE_STATUS = 0;', { path: 'USART2.SR' });
check('a macro for an address', 'FIRST_CONTROL = 1;', { path: 'USART1.CR1', how: 'address' });
check('a raw address', '*(volatile uint32_t *)0x40004404 = 0;', { path: 'USART2.SR', how: 'address' });
check('libopencm3', 'USART1_SR = 0;', { path: 'USART1.SR' });
check('libopencm3 with an instance', 'USART_CR1(USART1) |= USART_CR1_UE;', { path: 'USART1.CR1', fields: 'UE' });
check('names that only the header knows are joined by address', 'STRANGE->D[0].X = 1;', { path: 'STRANGE->D[0]->X', how: 'none' });
check('a member found by its offset', 'STRANGE->D[1].X = 1;', { path: 'ODD.UNUSUAL', how: 'address' });
check('only one branch of an #if is in a struct', 'BRANCHED->C = 1;', { path: 'ODD.UNUSUAL', how: 'address' });
check('a struct that a macro\'s macro lays over an address', 'void f(void) { BOARD_UART->SR = 0; }\n#define UART_AT(place) ((USART_TypeDef *)(place))\n#define BOARD_UART UART_AT(0x40011000)', { path: 'USART1.SR', how: 'address' });
check('a struct laid over an address', '((USART_TypeDef *)0x40011000)->SR = 0;', { path: 'USART1.SR', how: 'address' });
check('the field after .bit', 'USART2->SR.bit.ORE = 1;', { path: 'USART2.SR', fields: 'ORE' });
check('what is not on the chip stays as written', 'TIM2->CR1 = TIM_CR1_CEN;', { path: 'TIM2->CR1', fields: 'CEN', how: 'none' });

test('without a device everything stays as written, fields by their macros', async () => {
  const files = await factsOf({ 'main.c': 'void f(void) { USART2->CR1 |= USART_CR1_UE | USART_CR1_RE; }' });
  const facts = files.get('main.c');
  assert.ok(facts?.accesses[0]);
  const resolved = await resolveAccess(facts.accesses[0], { device: undefined, graph: createGraph(memoryFactSource(files)), facts });
  assert.deepEqual([resolved.path, resolved.fields, resolved.how], ['USART2->CR1', ['UE', 'RE'], 'none']);
});
