import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExpectedAnswer, Judgement } from '../../../src/core/eval/answerCase.ts';
import { judgeAnswer } from '../../../src/core/eval/judgeAnswer.ts';

/** Judges a text by hand and by the judge. */
function check(expected: ExpectedAnswer, text: string, judgement: Judgement): void {
  test(`${expected.type}: ${JSON.stringify(text)} is ${judgement}`, () => {
    assert.equal(judgeAnswer(text, { kind: expected.type, question: 'What does writing 0x200C to USART2.CR1 do?', expected }), judgement);
  });
}

const reset: ExpectedAnswer = { type: 'number', value: '0xC0' };
check(reset, 'USART2.SR resets to 0x000000C0.', 'right');
check(reset, 'It is 192 after reset [1].', 'right');
check(reset, 'The reset value is 0x00.', 'wrong');
check(reset, 'First 0x00, or maybe 0xC0.', 'wrong');
check(reset, 'Writing 0x200C leaves 0xC0.', 'right');
check(reset, 'I do not know.', 'none');
check(reset, '', 'none');
check(reset, '复位值是 0xC0。', 'right');
check({ type: 'bits', high: 5, low: 5 }, 'RXNE is bit 5 of SR.', 'right');
check({ type: 'bits', high: 5, low: 5 }, 'RXNE is bit 6 of SR, not bit 5.', 'wrong');
check({ type: 'bits', high: 5, low: 5 }, '5', 'right');
check({ type: 'bits', high: 9, low: 8 }, 'Bits 9:8.', 'right');
check({ type: 'bits', high: 9, low: 8 }, 'It takes bits 8 to 9', 'right');
check({ type: 'bits', high: 9, low: 8 }, 'Bit 9.', 'wrong');
check({ type: 'bits', high: 5, low: 5 }, '第 5 位', 'right');
check({ type: 'access', value: 'read-only' }, 'It is **read-only**.', 'right');
check({ type: 'access', value: 'read-only' }, 'It is a read/write register.', 'wrong');
check({ type: 'access', value: 'read-only' }, '只读', 'right');
check({ type: 'access', value: 'read-only' }, 'It is a register.', 'none');
check({ type: 'clear', by: '0' }, 'It is cleared by writing 0.', 'right');
check({ type: 'clear', by: '0' }, 'Write a 1 to it.', 'wrong');
check({ type: 'clear', by: '1' }, '写 1 清除', 'right');
check({ type: 'interrupt', value: 38 }, 'USART2 = IRQ 38', 'right');
check({ type: 'interrupt', value: 38 }, 'The interrupt number is 37.', 'wrong');
check({ type: 'interrupt', value: 38 }, 'USART2 的中断号是 38（USART2）。', 'right');
const names: ExpectedAnswer = { type: 'names', wanted: ['UE', 'TE'], others: ['RE', 'PS'] };
check(names, 'It sets UE and TE.', 'right');
check(names, 'It sets UE, TE and RE.', 'wrong');
check(names, 'It sets UE.', 'wrong');
check(names, 'UE = 1, TE = 1; all other fields are 0, PS among them.', 'right');
check(names, 'It sets some bits.', 'none');
check({ type: 'anyName', wanted: ['uart.c', 'uart_init'] }, 'In uart_init at src/uart.c:12.', 'right');
check({ type: 'anyName', wanted: ['uart.c'] }, 'In main.c.', 'wrong');
check({ type: 'absent' }, 'STM32F407 has no USART9.', 'right');
check({ type: 'absent' }, 'USART9 does not exist on this chip.', 'right');
check({ type: 'absent' }, '该芯片没有 USART9。', 'right');
check({ type: 'absent' }, 'USART9 resets to 0x00.', 'wrong');
check({ type: 'absent' }, ' ', 'none');
check({ type: 'access', value: 'write-only' }, 'Is GPIOH.BSRR read-only, write-only or read-write?', 'none');
check({ type: 'access', value: 'read-write' }, 'BTR3 是只读还是可读写？', 'none');
check({ type: 'access', value: 'read-write' }, 'Is it read-only, write-only or read-write? It is read-only.', 'wrong');
check(reset, 'What does writing 0x200C to USART2.CR1 do? It leaves 0xC0.', 'right');
check(reset, 'The value is 89.237564.', 'none');
check(reset, 'uart.c:60 sets it up.', 'none');
check({ type: 'access', value: 'read-write' }, 'GPIOH.BSRR write-only, read-write', 'none');
check({ type: 'interrupt', value: 38 }, 'Each with its position and mask macro\nRCC_CFGR_SW [1:0]', 'none');
test('a question that is only repeated is not answered, and one that is repeated first is', () => {
  const question = 'Is RXNE bit 5 of USART2.SR?';
  const judge = (text: string): Judgement => judgeAnswer(text, { kind: 'bits', question, expected: { type: 'bits', high: 5, low: 5 } });
  assert.deepEqual([judge(question), judge(`${question} It is bit 6.`), judge(`${question} It is bit 5.`)], ['none', 'wrong', 'right']);
});

test('a decimal is no address, but may be a reset value', () => {
  const judge = (kind: string, text: string): Judgement => judgeAnswer(text, { kind, question: 'Where?', expected: { type: 'number', value: '0x40014428' } });
  assert.deepEqual([judge('address', 'CLOCK / 84 = 3976'), judge('address', 'It is 0x3976.'), judge('reset value', 'It is 3976.')], ['none', 'wrong', 'wrong']);
});
