// Called macros and functions, down to the registers they touch.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openTestParser } from '../parse/grammars.ts';
import { hoverAt, real, type HoverBed } from './hoverAt.ts';

const parser = await openTestParser();
after(() => parser[Symbol.asyncDispose]());

const bare = real('STM32F407.svd');
const hal = real('STM32F407.svd', {
  'stm32f1xx_hal_rcc.h': '#define __HAL_RCC_DMA1_CLK_ENABLE() SET_BIT(RCC->AHBENR, 1)\n#define SPEED_REG CR1\n',
  'stm32f4xx_hal_rcc.h': '#define __HAL_RCC_DMA1_CLK_ENABLE() do { SET_BIT(RCC->AHB1ENR, 1UL << 21); UNUSED(0); } while (0)\n',
  'stm32f4xx_ll.h': `
__STATIC_INLINE void LL_USART_Enable(USART_TypeDef *USARTx) { SET_BIT(USARTx->CR1, 1UL << 13); }
__STATIC_INLINE void LL_USART_Restart(USART_TypeDef *port) { CLEAR_BIT(port->CR1, 1UL << 13); LL_USART_Enable(port); port->SR = 0; }
__STATIC_INLINE uint32_t LL_Depth1(void) { return LL_Depth2(); }
__STATIC_INLINE uint32_t LL_Depth2(void) { return LL_Depth3(); }
__STATIC_INLINE uint32_t LL_Depth3(void) { return LL_Depth4(); }
__STATIC_INLINE uint32_t LL_Depth4(void) { return LL_Depth5(); }
__STATIC_INLINE uint32_t LL_Depth5(void) { return RCC->CR; }
#define LL_Loop(x) LL_Loop2(x)
#define LL_Loop2(x) LL_Loop(x)
#define __HAL_START(block, name) (block->name##R |= 1)
#define LL_ADD(a, b) ((a) + (b))
#define UART_CR1_REG_INDEX 1U
#define UART_CR2_REG_INDEX 2U
#define UART_IT_MASK 0x0000FFFFU
#define UART_IT_RXNE ((uint32_t)(UART_CR1_REG_INDEX << 28U | 0x20))
#define UART_IT_CTS ((uint32_t)(3U << 28U | 0x400))
#define __HAL_UART_ENABLE_IT(__HANDLE__, __IT__) ((((__IT__) >> 28U) == UART_CR1_REG_INDEX)? ((__HANDLE__)->CR1 |= ((__IT__) & UART_IT_MASK)): (((__IT__) >> 28U) == UART_CR2_REG_INDEX)? ((__HANDLE__)->CR2 |= ((__IT__) & UART_IT_MASK)): ((__HANDLE__)->CR3 |= ((__IT__) & UART_IT_MASK)))
#define SET_BIT(REG, BIT) ((REG) |= (BIT))
`,
});

function check(bed: HoverBed, name: string, marked: string, [expected, says]: readonly [string, RegExp?]): void {
  test(name, { skip: bed.device === undefined && `${bed.svd} is not here` }, async () => {
    const report = await hoverAt(bed, parser, `void f(void) {\n  ${marked}\n}`);
    assert.equal([report.kind, report.register ?? '', ...report.fields ?? []].join(' ').trim(), expected);
    if (says !== undefined) assert.match(report.markdown ?? '', says);
  });
}

check(hal, 'the header of this chip counts, not the first', '__HAL_RCC_DMA1_CLK_^ENABLE();', ['register RCC.AHB1ENR DMA1EN', /touches one register/]);
check(hal, 'an inline function with its argument', 'LL_USART_En^able(USART2);', ['register USART2.CR1 UE', /`USART2.CR1` \| changes/]);
check(hal, 'several registers in a table', 'LL_USART_Re^start(USART3);', ['register USART3.CR1 UE', /touches 2 registers[^]*USART3\.SR/]);
check(hal, 'a name pasted together', '__HAL_ST^ART(PWR, C);', ['register PWR.CR LPDS']);
check(hal, 'a register deeper than is followed', 'LL_Dep^th1();', ['none']);
check(hal, 'one level less', 'LL_Dep^th2();', ['register RCC.CR', /reads/]);
check(hal, 'macros that call each other', 'LL_Lo^op(1);', ['none']);
check(hal, 'a macro that touches no register', 'LL_A^DD(1, 2);', ['none']);
check(hal, 'the arm that a constant condition chooses', '__HAL_UART_ENABLE_^IT(USART2, UART_IT_RXNE);', ['register USART2.CR1 RXNEIE', /touches one register[^]*Sets[^]*RXNEIE/]);
check(hal, 'the last arm', '__HAL_UART_ENABLE_^IT(USART2, UART_IT_CTS);', ['register USART2.CR3 CTSIE', /touches one register/]);
check(hal, 'every arm where only the program knows', '__HAL_UART_ENABLE_^IT(USART2, which);', ['register USART2.CR1 OVER8 UE M WAKE PCE PS PEIE TXEIE TCIE RXNEIE IDLEIE TE RE RWU SBK', /touches, as its condition says, some of 3 registers/]);
check(hal, 'a register macro does what its name says', 'SET_^BIT(USART2->CR1, 1 << 13);', ['register USART2.CR1 UE', /touches one register[^]*changes/]);
check(bare, 'without the header the convention the convention tells, and says so', '__HAL_RCC_USART2_CLK_^DISABLE();', ['register RCC.APB1ENR USART2EN', /naming convention: its header is not indexed/]);
check(bare, 'the convention of a reset', '__HAL_RCC_SPI1_FORCE_^RESET();', ['register RCC.APB2RSTR SPI1RST']);
check(bare, 'the convention of a low-level driver', 'LL_GPIO_SetOutput^Pin(GPIOB, 1 << 3);', ['register GPIOB.BSRR BS3']);
check(bare, 'the convention of libopencm3', 'gpio_cl^ear(GPIOB, 8);', ['register GPIOB.BSRR']);
check(bare, 'a function of that name for something else', 'gpio_^set(17);', ['none']);
check(real('STM32F103.svd'), 'a port\'s clock under its older name', 'rcc_periph_clock_^enable(RCC_GPIOC);', ['register RCC.APB2ENR IOPCEN', /Sets/]);
check(real('STM32F407.svd', { '/sdk/gpio.c': 'void gpio_set(unsigned port, unsigned pins) { LM3S_DATA(port) = pins; }' }), 'an SDK\'s function for another chip', 'gpio_^set(GPIOB, 8);', ['register GPIOB.BSRR BS3', /its code was not followed/]);
check(real('STM32F407.svd', { '/sdk/led.c': 'void led_on(void) { GPIOB->BSRR = 8; }' }), 'an SDK\'s function', 'led_^on();', ['register GPIOB.BSRR BS3', /touches one register/]);
check(real('STM32F407.svd', { '/sdk/led.c': 'void led_wait(void) { while (GPIOB->IDR == 8) {} }' }), 'an SDK\'s function that only looks', 'led_^wait();', ['none']);
check(real('STM32F407.svd', { 'led.c': 'void led_on(void) { GPIOB->BSRR = 8; }' }), 'a function of the workspace is the language server\'s', 'led_^on();', ['none']);
check(bare, 'a clock that this chip has not', '__HAL_RCC_LTDC7_CLK_^ENABLE();', ['none']);
check(bare, 'a function of the project', 'start_mo^tor(3);', ['none']);

// libopencm3's register macros, its headers not indexed.
const aliased = real('STM32F407.svd', { 'board.h': '#define CONSOLE USART2\n#define PORT_SPI SPI9\n#define LIMIT 7\n' });
check(aliased, 'a read through an alias of the block', 'int status = USART_S^R(CONSOLE);', ['register USART2.SR']);
check(aliased, 'a write through an alias of the block', 'USART_D^R(CONSOLE) = 1;', ['register USART2.DR DR', /\*\*Writes\*\* `0x1`/]);
check(aliased, 'a block that this chip does not have is said to be absent', 'SPI_C^R1(SPI9) = 0;', ['register SPI.CR1', /STM32F407.* has no `SPI9`.*`SPI_CR1\(SPI9\)` is no register of this chip/]);
check(aliased, 'also when it is read', 'int status = SPI_S^R(SPI9);', ['register SPI.SR', /has no `SPI9`/]);
check(aliased, 'and behind an alias', 'int status = SPI_S^R(PORT_SPI);', ['register SPI.SR', /has no `SPI9`/]);
check(aliased, 'a variable may be any block', 'SPI_C^R1(bus) = 0;', ['register SPI.CR1', /May be any of/]);
check(aliased, 'a number is no block', 'int rest = SPI_LIM^IT(LIMIT);', ['none']);
check(aliased, 'a macro of another kind is no register', 'int rest = MAX_VALUE^S(CONSOLE);', ['none']);
