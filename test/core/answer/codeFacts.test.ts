import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceFacts } from '../../../src/core/answer/deviceFacts.ts';
import { sourceOf } from '../graph/factsOf.ts';
import { testChip } from './testChip.ts';

/** What is told of where a register is used in one function. */
function check(question: string, body: string, expected: string): void {
  test(`${question} ${body}`, async () => {
    const facts = await sourceOf({ 'a.c': `void f(void)\n{\n  ${body}\n}\n` });
    const known = await deviceFacts(question, { device: testChip, facts, source: 'test407.svd', dossiers: [] });
    assert.equal(known?.facts[0]?.text, expected);
  });
}

const where = 'Where is USART2.BRR written?';
check(where, 'USART2->BRR = 5;', 'USART2.BRR is written at a.c:3 (f).');
check(where, 'use(USART2->BRR);', 'USART2.BRR is only read, at a.c:3 (f).');
check(where, 'dma(&USART2->BRR);', 'USART2.BRR is read, or handed on by its address, at a.c:3 (f).');
check(where, 'dma(&USART2->BRR); USART2->BRR |= 5;', 'USART2.BRR is written at a.c:3 (f).');
check(where, 'idle();', 'No indexed source touches USART2.BRR.');
check('USART2.BRR 在哪里被写入？', 'dma(&USART2->BRR);', 'USART2.BRR 在 a.c:3 (f) 被读取，或其地址被传递。');
