// Where a register or field is used, on the fixture projects.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Device } from '../../../src/core/device/device.ts';
import { countAccesses } from '../../../src/core/graph/countAccesses.ts';
import { findAccesses } from '../../../src/core/graph/findAccesses.ts';
import { createGraph } from '../../../src/core/graph/graph.ts';
import { noUseSeen } from '../../../src/core/graph/unseenUses.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { realDevice } from '../device/realDevice.ts';
import { fixtureText, fixtureTexts, sourceOf } from './factsOf.ts';

const pump = await sourceOf(fixtureTexts('fictional-mcu'));
const uart = await sourceOf(fixtureTexts('stm32f4-uart'));
const ax32 = parseSvd(fixtureText('fictional-mcu', 'AX32.svd'), 'AX32.svd').device;
const f407 = realDevice('STM32F407.svd');

function check(query: string, expected: string[], project: { readonly device: Device | undefined; readonly source: typeof pump } = { device: ax32, source: pump }): void {
  test(`${query} is used in ${expected.length} places`, { skip: project.device === undefined && 'no SVD file beside the repository' }, async () => {
    assert.ok(project.device);
    const { accesses } = await findAccesses(project.source, project.device, query);
    assert.deepEqual(accesses.map(({ file, line, function: inside, kind, fields }) => [`${file}:${line}`, inside, kind, ...fields].join(' ')), expected);
  });
}

check('ADC.CTRL.START', ['level.c:15 block_start modify START']);
check('DMA.CH[0].SOURCE', ['level.c:11 block_start write']);
check('ADC', ['level.c:11 block_start address', 'level.c:15 block_start modify START', 'level.c:23 level_init write EN DMAEN CHANNEL']);
check('UART0.STATUS.RXREADY', ['console.c:61 UART0_IRQHandler read RXREADY']);
check('TIMER0.EVENT', ['motor.c:34 TIMER0_IRQHandler read', 'motor.c:35 TIMER0_IRQHandler read TOP']);
check('USART2.CR3', ['dma.c:32 dma_receive modify DMAR', 'dma.c:49 finish_block modify DMAR'], { device: f407, source: uart });
check('DMA1.S5NDTR', ['dma.c:24 dma_receive write'], { device: f407, source: uart });
check('GPIOB.AFRH', ['i2c_sensor.c:21 sensor_init modify AFRH9'], { device: f407, source: uart });
check('TIM3.SR', ['i2c_sensor.c:98 TIM3_IRQHandler modify UIF'], { device: f407, source: uart });

check('GPIOD.ODR', ['main.c:39 led_set write BR12 BS12'], { device: f407, source: uart });

test('a write through a register that only sets and clears bits says so', { skip: f407 === undefined && 'no SVD file beside the repository' }, async () => {
  assert.ok(f407);
  const source = await sourceOf({ 'a.c': '#define GPIO_BSRR_BS5 0x20U\n#define GPIO_BSRR_BR5 0x200000U\nvoid f(void) { GPIOA->BSRR = GPIO_BSRR_BS5; }\nvoid g(void) { GPIOA->BSRR = GPIO_BSRR_BR5; }\nvoid h(void) { GPIOA->ODR ^= 0x20U; }\nvoid i(void) { GPIOA->BSRR = 0x40U; }' });
  const { accesses } = await findAccesses(source, f407, 'GPIOA.ODR.ODR5');
  assert.deepEqual(accesses.map(({ function: inside, aliasOf, fields }) => [inside, aliasOf, ...fields]), [['f', 'GPIOA.ODR', 'BS5'], ['g', 'GPIOA.ODR', 'BR5'], ['h', undefined, 'ODR5']]);
});

test('a register is found by a macro for any address, through a pointer that lies on it, and by another macro\'s arguments', { skip: f407 === undefined && 'no SVD file beside the repository' }, async () => {
  assert.ok(f407);
  const source = await sourceOf({ 'a.c': '#define PERIPH_REG(base, off) (*(volatile uint32_t *)((base) + (off)))\nvolatile uint32_t *const bsrr = (volatile uint32_t *)0x40021018;\nvoid f(void) { PERIPH_REG(0x40021000, 0x18) = 1; }\nvoid g(void) { *bsrr = 3; }\nvoid h(void) { GPIOE->BSRR = 1; }\nvoid i(volatile uint32_t *other) { *other = 1; PERIPH_REG(0x40021000, 0x14) = 1; }\n' });
  const { accesses } = await findAccesses(source, f407, 'GPIOE.BSRR');
  assert.deepEqual(accesses.map(({ function: inside }) => inside), ['f', 'g', 'h']);
});

test('an address that is taken is no read, and one of an alias counts for what it sets', { skip: f407 === undefined && 'no SVD file beside the repository' }, async () => {
  assert.ok(f407);
  const source = await sourceOf({ 'a.c': 'void f(void) { DMA1_Stream5->PAR = (uint32_t)&USART2->DR; }\nuint8_t g(void) { return (uint8_t)USART2->DR; }\nvoid h(void) { DMA2_Stream1->PAR = (uint32_t)&(GPIOA->BSRR); }\nuint32_t i(void) { return GPIOA->BSRR; }' });
  const kinds = async (query: string) => (await findAccesses(source, f407, query)).accesses.map(({ function: inside, kind }) => `${inside} ${kind}`);
  assert.deepEqual(await kinds('USART2.DR'), ['f address', 'g read']);
  assert.deepEqual(await kinds('GPIOA.ODR'), ['h address']);
});

test('a cast before an inverted mask changes nothing', { skip: f407 === undefined && 'no SVD file beside the repository' }, async () => {
  assert.ok(f407);
  const source = await sourceOf({ 'a.c': '#define USART_CR1_UE ((uint16_t)0x2000)\nvoid f(void) { USART2->CR1 &= (uint16_t)~((uint16_t)USART_CR1_UE); }' });
  assert.deepEqual((await findAccesses(source, f407, 'USART2.CR1')).accesses.map(({ fields }) => fields), [['UE']]);
});

test('what is no register is said, not guessed', async () => {
  assert.ok(ax32);
  const { accesses, problems } = await findAccesses(pump, ax32, 'UART0.NOSUCH');
  assert.deepEqual(accesses, []);
  assert.match(problems[0]?.message ?? '', /UART0\.NOSUCH is no register or field of AX32/);
});

test('a register that is read by its bare name is found where the device has it, and constants are not', async () => {
  const device = parseSvd(fixtureText('accessStyles/atmega328p', 'chip.svd'), 'chip.svd').device;
  assert.ok(device);
  const source = await sourceOf({
    'serial.c': '#include "board.h"\nISR(USART_RX_vect) {\n  uint8_t data = UCSR0A;\n  push(UCSR0A);\n  PORTB = (1 << RXEN0) | LIMIT;\n}\nuint8_t f(void) { return UCSR0A; }\nvoid g(void) { UCSR0A = 1; }\n',
    'board.h': '#define LIMIT 0xC0\n',
    'errors.c': '#include <avr/io.h>\nvoid clear(void) { UCSR0A = 0; }\nuint8_t errors(void) { return UCSR0A; }\n',
  });
  const { accesses } = await findAccesses(source, device, 'UCSR0A');
  assert.deepEqual(accesses.map(({ file, line, kind }) => `${file}:${line} ${kind}`), ['errors.c:2 write', 'errors.c:3 read', 'serial.c:3 read', 'serial.c:4 read', 'serial.c:7 read', 'serial.c:8 write']);
});

test('registers that are read by their bare names count with the accesses of their file', async () => {
  const device = parseSvd(fixtureText('accessStyles/atmega328p', 'chip.svd'), 'chip.svd').device;
  assert.ok(device);
  const source = await sourceOf({ 'serial.c': 'uint8_t f(void) { return UCSR0A + LIMIT; }\nvoid g(void) { UCSR0A = 1; PORTB = 2; }\n' });
  const facts = await source.facts('serial.c');
  assert.ok(facts);
  let rests = 0;
  const counts = await countAccesses(facts, { device, graph: createGraph(source, device.name), rest: async () => { rests += 1; } });
  assert.deepEqual([...counts], [['0x000000C0', 2], ['0x00000025', 1]]);
  assert.equal(rests, 3);
});

test('a write that names no field may mean the field that is asked for, and a write to another field does not', { skip: f407 === undefined && 'no SVD file beside the repository' }, async () => {
  assert.ok(f407);
  const source = await sourceOf({ 'a.c': '#define RCC_APB1ENR_PWREN 0x10000000\nvoid enable(uint32_t mask) { RCC->APB1ENR |= mask; }\nvoid other(void) { RCC->APB1ENR |= RCC_APB1ENR_PWREN; }\nuint32_t all(void) { return RCC->APB1ENR; }' });
  const { accesses, wholeWrites } = await findAccesses(source, f407, 'RCC.APB1ENR.USART3EN');
  assert.deepEqual([accesses.length, wholeWrites?.count, wholeWrites?.first[0]?.function], [0, 1, 'enable']);
  assert.match(noUseSeen('RCC.APB1ENR.USART3EN', { ...(wholeWrites !== undefined && { wholeWrites }) }), /1 place writes all of its register, or a value that is not known there, and may change it: a\.c:2 /);
  assert.equal((await findAccesses(source, f407, 'RCC.APB1ENR')).wholeWrites, undefined);
});

test('the halves of the register of set and reset bits are that register, the upper one with its reset bits', { skip: f407 === undefined && 'no SVD file beside the repository' }, async () => {
  assert.ok(f407);
  const source = await sourceOf({ 'a.c': 'void on(void) { GPIOA->BSRRL = 0x20; }\nvoid off(void) { GPIOA->BSRRH = 0x20; }\nvoid any(GPIO_TypeDef *GPIOx, uint16_t pins) { GPIOx->BSRRH = pins; }' });
  const fields = async (query: string) => (await findAccesses(source, f407, query)).accesses.map(each => [each.function, ...each.fields].join(' '));
  assert.deepEqual(await fields('GPIOA.BSRR'), ['on BS5', 'off BR5', 'any']);
  assert.deepEqual(await fields('GPIOA.ODR.ODR5'), ['on BS5', 'off BR5']);
});
