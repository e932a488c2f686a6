// Sentences as models write them, each with a right and a wrong filling: how many of the wrong ones are marked, and how many of the right ones are marked by mistake.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAnswer } from '../../../src/core/answer/checkAnswer.ts';
import type { Evidence } from '../../../src/core/prompt/prompt.ts';
import { testChip, testSources } from './testChip.ts';

/** A sentence with `~` where the two fillings go, the right one first. */
type Pair = readonly [sentence: string, right: string, wrong: string];

const pairs: readonly Pair[] = [
  // Bit positions
  ['RXNE is bit ~ of USART2->SR.', '5', '6'], ['In USART2->SR, bit ~ is TXE.', '7', '6'], ['The RXNE flag (bit ~) in USART2->SR tells that a byte has come.', '5', '7'],
  ['USART2->CR1: UE is at bit ~, so set it last.', '13', '12'], ['USART2->CR1 has PS in bits ~.', '9:8', '8:7'], ['USART2.CR1 holds `PS` (bits ~).', '9-8', '10-8'],
  ['To enable USART2, set UE in USART2->CR1 (bit ~).', '13', '14'], ['USART2->SR: ORE (bit ~), cleared by writing 1.', '3', '4'], ['Bit ~ of USART2->CR1 is TE.', '3', '2'], ['Bit ~ (RE) of USART2->CR1 turns the receiver on.', '2', '3'],
  ['USART2->BRR uses DIV[~].', '15:0', '11:0'], ['**RXNE** in USART2->SR is bit ~.', '5', '4'], ['`USART2->CR1 |= 1 << ~; // UE`', '13', '12'], ['RCC->AHB1ENR has GPIOAEN at bit ~.', '0', '1'],
  ['USART2->SR 的 RXNE 是位 ~。', '5', '6'], ['USART2->SR 中，TXE 是第 ~ 位。', '7', '5'], ['USART2->CR1 的 UE（位 ~）用于使能。', '13', '11'], ['USART2->CR1 的 PS 位于位 ~。', '9:8', '7:6'], ['第 ~ 位是 TE，在 USART2->CR1 中。', '3', '5'],
  ['| Bit | Name |\n|---|---|\n| ~ | UE |\nThis is USART2->CR1.', '13', '12'],
  // Addresses and offsets
  ['USART2->BRR is at ~.', '0x40004408', '0x4000440C'], ['USART2.SR is located at address ~.', '0x40004400', '0x40013800'], ['The base address of USART2 is ~.', '0x40004400', '0x40004800'], ['USART1 starts at ~.', '0x40011000', '0x40011400'],
  ['RCC->AHB1ENR (~) gates GPIOA.', '0x40023830', '0x40023834'], ['USART2->CR1 has an offset of ~.', '0x0C', '0x10'], ['GPIOA->IDR is at address ~.', '0x40020010', '0x40020014'], ['The USART2 status register (SR) is at address ~.', '0x40004400', '0x40013000'],
  ['USART2->BRR 的地址是 ~。', '0x40004408', '0x40004410'], ['USART2 的基地址是 ~。', '0x40004400', '0x40004000'],
  // Reset values
  ['USART2->BRR resets to ~.', '0x123', '0x0'], ['The reset value of USART2->CR1 is ~.', '0xC0', '0x00C1'], ['After reset USART2.CR1 is ~.', '0x000000C0', '0x00000000'], ['USART2->SR has a reset value of ~.', '0xC0', '0x0'],
  ['USART2->BRR 的复位值是 ~。', '0x123', '0x0'], ['USART2->CR1 复位值为 ~。', '0xC0', '0xC1'],
  // Access and effects
  ['GPIOA->IDR is ~.', 'read-only', 'write-only'], ['USART2->CR1 is ~.', 'read-write', 'read-only'], ['USART2->DR is ~ here.', 'read-only', 'read-write'], ['ORE in USART2->SR is cleared by writing ~.', '1', '0'],
  ['USART2->SR.ORE is cleared by writing ~ to it.', '1', '0'], ['In USART2->SR you clear ORE by writing ~.', '1', '0'],
  // Names
  ['Read USART2->~ first.', 'SR', 'ISR'], ['Write USART2->~ to set the baud rate.', 'BRR', 'BAUD'], ['Set USART2->CR1.~ at the end.', 'UE', 'ENABLE'], ['Then ~->CR1 is set up.', 'USART2', 'USART9'], ['Set RCC->~ for the clock.', 'AHB1ENR', 'AHB9ENR'],
  ['Poll the ~ flag in USART2->SR.', 'RXNE', 'UE'], ['Set the ~ bit in USART2->CR1.', 'TE', 'TXE'], ['读取 USART2->~ 即可。', 'SR', 'ISR'], ['设置 USART2->CR1.~ 即可。', 'UE', 'EN'],
  // Interrupts, masks, citations
  ['USART2_IRQHandler serves IRQ ~.', '38', '37'], ['The USART2 interrupt is number ~.', '38', '39'], ['USART2_IRQn = ~', '38', '28'], ['USART_CR1_UE is the mask ~ of USART2->CR1.', '0x2000', '0x1000'], ['USART_SR_RXNE (~) is polled in USART2->SR.', '0x20', '0x40'],
  ['USART2->SR tells that a byte has come [~].', '1', '7'], ['See uart_init [~] for the set-up.', '2', '5'],
  // A number that is true of the register, but as another quantity
  ['The reset value of USART2->BRR is ~.', '0x123', '0x40004408'], ['USART2->CR1 resets to ~ in this family.', '0xC0', '0x4000440C'], ['USART2->CR1 has the offset ~.', '0xC', '0xC0'], ['USART2->BRR 复位后为 ~。USART2->SR 在前面。', '0x123', '0x8'], ['USART2->BRR 的偏移地址是 ~。', '0x8', '0x40004408'],
  ['USART2->CR1 is a ~-bit register.', '32', '8'], ['USART2->CR1 is ~ bits wide.', '32', '64'], ['USART2->CR1 是 ~ 位寄存器。', '32', '8'], ['TE in USART2->CR1 has the mask ~.', '0x8', '0x10'], ['USART2->CR1 的 PS 的掩码是 ~。', '0x300', '0x100'],
  ['USART2->CR1 has PS = ~ then.', '0x3', '0x4'], ['In USART2->CR1, UE is set to ~.', '1', '2'], ['USART2->CR1 中 UE 设为 ~。', '1', '3'], ['USART2->BRR is ~.', 'read-write, and resets to 0x123', 'not reset to a specific value'],
  ['USART2->CR1 是~。', '读写', '只读'], ['USART2->DR ~？它是只读。', '是只读还是可读写', '是只写'], ['USART2 的中断号是 ~。', '38', '37'],
  // Code
  ['```c\nUSART2->BRR = ~;\n```', '0x16D', '0x1FFFFFFFF'], ['```c\nUSART2->~ = 0;\n```', 'CR1', 'CR7'], ['```c\n~ = 1;\n```', 'USART2->CR1', 'USART2->DR'], ['```c\nUSART2->CR1 = 1 << ~;\n```', '13', '40'], ['```c\nUSART2->CR1 |= (1U << ~); // TE\n```', '3', '4'],
];

const evidence: readonly Evidence[] = [
  { id: 1, kind: 'register', title: 'Register USART2.SR', text: 'USART2.SR: RXNE[5]', path: 'USART2.SR' },
  { id: 2, kind: 'passage', title: 'uart_init', text: 'void uart_init(void)', file: 'uart.c', line: 1, endLine: 9 },
];

test(`${pairs.length * 2} sentences: wrong claims are marked, right ones are not`, async context => {
  const isMarked = async (text: string): Promise<boolean> => (await checkAnswer(text, { device: testChip, facts: testSources, evidence })).some(({ verdict }) => verdict === 'contradicted');
  const missed: string[] = [];
  const mistaken: string[] = [];
  for (const [sentence, right, wrong] of pairs) {
    if (!await isMarked(sentence.replace('~', wrong))) missed.push(sentence.replace('~', wrong));
    if (await isMarked(sentence.replace('~', right))) mistaken.push(sentence.replace('~', right));
  }
  const marked = pairs.length - missed.length;
  context.diagnostic(`precision ${(marked / (marked + mistaken.length)).toFixed(3)}, recall ${(marked / pairs.length).toFixed(3)} on ${pairs.length * 2} sentences`);
  assert.ok(pairs.length * 2 >= 120, 'enough of them');
  assert.deepEqual(mistaken, []);
  assert.deepEqual(missed, []);
});
