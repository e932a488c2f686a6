import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceFacts } from '../../../src/core/answer/deviceFacts.ts';
import { testChip, testSources } from './testChip.ts';

const ground = { device: testChip, facts: testSources, source: 'test407.svd', dossiers: [] };

/** The first fact must answer the question as asked. */
function check(question: string, leading: RegExp): void {
  test(`${question} → ${leading.source}`, async () => {
    const found = await deviceFacts(question, ground);
    assert.equal(found?.isAbstention, false, JSON.stringify(found));
    assert.ok(found.asked > 0, 'something is asked for');
    assert.match(found.facts[0]?.text ?? '', leading);
    assert.match(found.markdown, /Halcyon/, 'and who says so is told');
  });
}

/** All that is asked for does not exist. */
function abstains(question: string, instead: RegExp): void {
  test(`${question} → no such thing`, async () => {
    const found = await deviceFacts(question, ground);
    assert.equal(found?.isAbstention, true, JSON.stringify(found));
    assert.match(found.missing.map(({ text }) => text).join(' '), instead);
    assert.deepEqual(found.facts, []);
  });
}

/** Nothing may be denied. */
function accepts(question: string): void {
  test(`${question} → nothing is missing`, async () => {
    assert.deepEqual((await deviceFacts(question, ground))?.missing ?? [], []);
  });
}

check('What is the reset value of USART2.CR1?', /resets to 0x000000C0/);
check('USART2->BRR after reset?', /resets to 0x00000123/);
check('What is the default value of the BRR register of USART2?', /resets to 0x00000123/);
check('USART2->CR1 的复位值是多少？', /复位值是 0x000000C0/);
check('At which address is USART2->BRR?', /0x40004408 \(USART2 \+ 0x08\)/);
check('USART1->BRR 的地址？', /0x40011008/);
check('which register is 0x40004400', /USART2\.SR is at 0x40004400/);
check('Which bit of USART2->SR is RXNE?', /RXNE is bit 5 of USART2\.SR \(mask 0x20\)/);
check('RXNE 是 USART2->SR 的第几位？', /bit 5/);
check('Which bits of USART2.CR1 is PS?', /bits 9:8/);
check('Which field of USART2->CR1 is bit 13?', /UE is bit 13/);
check('What does bit 9 of USART2->CR1 mean?', /PS is bits 9:8/);
check('Which field of USART2->CR1 is bit 30?', /reserved/);
check('Is GPIOA.IDR read-only or read-write?', /read-only/);
check('Is RXNE in USART2->SR read-only?', /USART2\.SR\.RXNE is read-only/);
check('How is ORE in USART2->SR cleared?', /Writing 1 clears/);
check('What does writing 0x200C to USART2->CR1 set?', /UE = 0x1, TE = 0x1, RE = 0x1; all other/);
check('USART2->CR1 = 0x200C 是什么含义？', /UE = 0x1/);
check('What is the IRQ number of USART2?', /IRQ 38 \(USART2\)/);
check('USART2 的中断号是多少？', /中断号是 38/);
check('Decode 0x40004408 written to USART2->CR1', /0x40004408 in USART2\.CR1/);
check('What is the base address of USART2?', /starts at 0x40004400/);
check('What does USART2->CR1 do?', /The CR1 register.*UE, TE, RE, PS/);
check('Where is USART2->BRR configured?', /No indexed source touches USART2\.BRR/);
check('What does USART2->DR reset to?', /states no reset value/);

abstains('What is the reset value of USART9.CR1?', /TEST407 has no USART9; it has USART1, USART2/);
abstains('How do I set up USART4?', /it has UART4/);
abstains('How do I use GPIOZ?', /it has GPIOA/);
abstains('What does USART2->ICR do?', /USART2 has no register ICR/);
abstains('What does the CR9 register of USART2 do?', /has no register CR9; it has CR1/);
abstains('Which bit of USART2->SR is FOO?', /USART2\.SR has no field FOO; it has RXNE/);
abstains('LOCKQ 是 USART2->SR 的第几位？', /没有字段 LOCKQ/);
abstains('How do I set USART2->CR1.TXE?', /no field TXE; USART2\.SR has it/);
abstains('What is at 0x40029998?', /no register at 0x40029998/);
abstains('What is the register at 0x40004480?', /lies in USART2/);
abstains('USART9->CR1 的复位值是多少？', /没有 USART9/);
abstains('USART2 的 CR9 寄存器有什么作用？', /没有寄存器 CR9/);

accepts('Why do I lose bytes at 1 Mbaud over RS485?');
accepts('How does DMA work with SPI and UART?');
accepts('Explain UTF8 and SHA256 on the STM32F407');
accepts('What is USART7 in board.h?');
accepts('What does main.c do with USART_BAUD?');
accepts('Does USART2->SR raise an IRQ through the NVIC?');
accepts('What does huart->Instance point to?');

test('a question that names both what exists and what does not is not refused', async () => {
  const found = await deviceFacts('Can I use USART1->CR1 like USART9->CR1?', ground);
  assert.equal(found?.isAbstention, false);
  assert.equal(found.missing.length, 1);
  assert.ok(found.facts.length > 0);
});

test('a question without any hardware has no facts', async () => {
  assert.equal(await deviceFacts('How do I build this project?', ground), undefined);
  assert.equal(await deviceFacts('', ground), undefined);
});

test('hostile and long questions end', async () => {
  assert.ok((await deviceFacts('USART2->CR1 '.repeat(2000), ground))?.facts.length);
  assert.equal((await deviceFacts('0x'.repeat(5000), ground))?.facts.length ?? 0, 0);
});

test('markup of a description stays text', async () => {
  const hostile = { ...testChip, peripherals: testChip.peripherals.map(peripheral => ({ ...peripheral, registers: peripheral.registers.map(node => ({ ...node, description: '<img src=x> [a](command:b) `c`' })) })) };
  const found = await deviceFacts('What does USART2->CR1 do?', { ...ground, device: hostile });
  assert.match(found?.markdown ?? '', /&lt;img src=x&gt; \\\[a\\\]\(command:b\) \\`c\\`/);
});
