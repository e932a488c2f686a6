// What a card says of a write: the fields it touches, what becomes of them, and what is wrong about it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fixtureTexts } from '../graph/factsOf.ts';
import { openTestParser } from '../parse/grammars.ts';
import { hoverAt, real, type HoverBed } from './hoverAt.ts';

const parser = await openTestParser();
after(() => parser[Symbol.asyncDispose]());

const stm32 = real('STM32F407.svd', fixtureTexts('stm32f4-uart'));

/** `expected`: the operation with its value, then each field with its value and change; `warns`: what a warning must say, or that there is none. */
function check(bed: HoverBed, marked: string, expected: string, warns?: RegExp | 'nothing'): void {
  test(`${bed.svd}: ${marked}`, { skip: bed.device === undefined && `${bed.svd} is not here` }, async () => {
    const { decoded, markdown = '' } = await hoverAt(bed, parser, /[{}#]/.test(marked) ? marked : `void f(uint32_t flags, uint32_t speed) {\n  ${marked}\n}`);
    const fields = decoded?.fields.map(({ name, value, change }) => `${name} ${value}${change === undefined ? '' : ` ${change}`}`) ?? [];
    const shown = decoded === undefined ? 'nothing' : `${decoded.operation ?? ''} ${decoded.value}: ${fields.filter(text => expected.includes(text.split(' ')[0] ?? '')).join(', ')}`;
    assert.equal(shown, expected);
    if (warns === 'nothing') assert.deepEqual(decoded?.warnings, []);
    else if (warns !== undefined) {
      assert.ok(decoded?.warnings.some(warning => warns.test(warning)), decoded?.warnings.join('\n'));
      assert.match(markdown, /⚠/);
    }
  });
}

// Only the touched fields of a change.
check(stm32, 'USART2->C^R1 |= USART_CR1_UE;', 'set 0x2000: UE 0x1 set', 'nothing');
check(stm32, 'USART2->C^R1 &= ~USART_CR1_UE;', 'clear 0x2000: UE 0x0 cleared', 'nothing');
check(stm32, 'GPIOA->OD^R ^= 1 << 5;', 'toggle 0x20: ODR5 0x1 toggled');
check(stm32, 'GPIOA->MOD^ER = (GPIOA->MODER & ~(3U << 10)) | (1U << 10);', 'modify 0x400: MODER5 0x1 becomes 0x1');
check(stm32, 'MODIFY_REG(USART2->C^R1, USART_CR1_UE | 8, 8);', 'modify 0x8: UE 0x0 cleared, TE 0x1 set');
check(stm32, 'RCC->CF^GR &= ~(7U << 10);', 'clear 0x1C00: PPRE1 0x0 cleared');
check(stm32, 'SPI1->C^R1 |= 1 << 4;', 'set 0x10: BR 0x2 these bits set, the others kept');
check(stm32, 'if (USART2->C^R1 == 0x200C) {}', 'compare 0x200C: UE 0x1', 'nothing');
check(stm32, 'while (!(RCC->C^R & (1 << 17))) {}', 'test 0x20000: HSERDY 0x1', 'nothing');

// Flags that zeros clear: everything else is written as 1, and nothing is wrong about it.
check(stm32, 'TIM2->S^R = ~(1U << 0);', 'write 0xFFFFFFFE: UIF 0x0 cleared by writing 0', 'nothing');
check(stm32, 'USART2->S^R = ~(1U << 6);', 'write 0xFFFFFFBF: TC 0x0 cleared by writing 0', 'nothing');
check(stm32, 'RTC->IS^R = ~((1U << 8) | (1U << 7)) | (RTC->ISR & (1U << 7));', 'modify 0xFFFFFE7F: ALRAF 0x0 cleared by writing 0', 'nothing');
// Reserved bits are held against what they are after reset.
check(stm32, 'RCC->PLLCF^GR = 0x24003010;', 'write 0x24003010: PLLM4 0x1', 'nothing');
check(stm32, 'RCC->PLLCF^GR = 0x04003010;', 'write 0x4003010: PLLM4 0x1', /0x20000000 belong to no field and are 1 after reset/);
// A key says what it does, and another value that it is none.
check(stm32, 'IWDG->K^R = 0xCCCC;', 'write 0xCCCC: KEY 0xCCCC', 'nothing');
check(stm32, 'IWDG->K^R = 0x1234;', 'write 0x1234: KEY 0x1234', /0x1234 is no key/);

// What is not known is told from what is kept.
check(stm32, 'USART2->C^R1 = USART_CR1_UE | flags;', 'write 0x2000: UE 0x1, TE ? known only when the program runs');
check(stm32, 'GPIOA->OSPE^EDR = (GPIOA->OSPEEDR & ~(3U << 4)) | ((speed & 3U) << 4);', 'modify 0x0: OSPEEDR2 ? known only when the program runs');
check(stm32, 'GPIOA->OSPE^EDR = (speed & 1U) << 4;', 'write 0x0: OSPEEDR3 0x0, OSPEEDR2 0x0 partly known');
check(stm32, 'USART2->C^R1 = flags;', 'nothing');
check(stm32, 'MODIFY_REG(USART2->C^R1, USART_CR1_UE, flags);', 'modify 0x0: UE ? known only when the program runs');

// What is wrong about it.
check(stm32, 'TIM3->S^R |= 1;', 'set 0x1: UIF 0x1 no effect', /may clear .*writing 0 clears/);
check(stm32, 'TIM3->S^R = ~1U;', 'write 0xFFFFFFFE: UIF 0x0 cleared by writing 0');
check(stm32, 'EXTI->P^R |= 1 << 4;', 'set 0x10: PR4 0x1 cleared by writing 1', /also clears PR0, .*writing 1 clears/);
check(stm32, 'EXTI->P^R = 1 << 4;', 'write 0x10: PR4 0x1 cleared by writing 1');
check(stm32, 'GPIOA->BSR^R |= 1 << 4;', 'set 0x10: BS4 0x1 set by writing 1', /write-only/);
check(stm32, 'RCC->C^R |= 1 << 17;', 'set 0x20000: HSERDY 0x1 set', /HSERDY is read-only/);
check(stm32, 'USART2->C^R1 |= 1 << 16;', 'set 0x10000: ', /0x10000 belong to no field/);
check(stm32, 'USART2->C^R1 = 1UL << 16;', 'write 0x10000: ', /reserved bits/);
check(stm32, 'FLASH->KE^YR = 0x1234;', 'write 0x1234: KEY 0x1234', /takes 0x45670123/);
check(stm32, 'FLASH->KE^YR = 0x45670123;', 'write 0x45670123: KEY 0x45670123', 'nothing');
check(stm32, 'IWDG->K^R = 0xAAAA;', 'write 0xAAAA: KEY 0xAAAA', 'nothing');
check(stm32, 'GPIOA->ID^R = 1;', 'write 0x1: IDR0 0x1', /read-only/);

const nordic = real('nrf52840.svd');
check(nordic, 'NRF_UARTE0->BAUD^RATE = 3;', 'write 0x3: BAUDRATE 0x3', /0x3 has no name among the field's values/);
check(nordic, 'NRF_UARTE0->ENA^BLE = 8;', 'write 0x8: ENABLE 0x8', 'nothing');

// Keys of the core's own registers, whoever made the chip.
check(stm32, '*(volatile uint32_t *)0xE000ED^0C = 4;', 'write 0x4: SYSRESETREQ 0x1 set by writing 1', /0x0 is no key of VECTKEY: it takes 0x05FA, without which the write does not count/);
check(stm32, '*(volatile uint32_t *)0xE000ED^0C = 0x05FA0004;', 'write 0x5FA0004: VECTKEY 0x5FA, SYSRESETREQ 0x1 set by writing 1', 'nothing');
check(stm32, '*(volatile uint32_t *)0xE000ED^0C |= 4;', 'set 0x4: SYSRESETREQ 0x1 set by writing 1', /hands back what VECTKEY reads, which is not its key \(0x05FA\)/);
check(stm32, '*(volatile uint32_t *)0xE000ED^F0 |= 1;', 'set 0x1: C_DEBUGEN 0x1 set', /hands back what DBGKEY reads/);
check(stm32, '*(volatile uint32_t *)0xE0001F^B0 = 0xC5ACCE55;', 'write 0xC5ACCE55: KEY 0xC5ACCE55', 'nothing');
check(stm32, '*(volatile uint32_t *)0xE0001F^B0 = 0xC5ACCE56;', 'write 0xC5ACCE56: KEY 0xC5ACCE56', /0xC5ACCE56 is no key of KEY: it takes 0xC5ACCE55, 0x0/);
