// Short answers to a question that asked for one quantity: what they say is held against that very quantity.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAnswer } from '../../../src/core/answer/checkAnswer.ts';
import { deviceFacts } from '../../../src/core/answer/deviceFacts.ts';
import { testChip, testSources } from './testChip.ts';

check('What is the reset value of USART2->BRR?', 'It is 0x123.', []);
check('What is the reset value of USART2->BRR?', 'The device reset to 0x40004408 in this firmware.', ['0x40004408']);
check('What is the reset value of USART2->BRR?', 'It is at 0x40004408, with 0x123 in it after reset.', []);
check('What is the reset value of USART2->BRR?', 'The manual says "nothing is not stated." It holds the settings of the port (0x4051).', ['0x4051']);
check('USART2->BRR 的复位值是多少？', '复位值为 0x8。', ['0x8']);
check('What is the address of USART2->BRR?', 'USART1.SR 0x4C', ['0x4C']);
check('What is the address of USART2->BRR?', 'USART1.SR is at 0x40011000.', []);
check('What is the address of USART2->BRR?', 'The address is 0x123.', ['0x123']);
check('What is the address of USART2->BRR?', 'The address of USART2->BRR is 0x40004408; the base address is 0x40004400, and it resets to 0x123.', []);
check('USART2->BRR 的地址是多少？', '它的地址是 0x123。', ['0x123']);
check('USART2->BRR 的地址是多少？', '基地址是 0x40004400，偏移地址是 0x8。', []);
check('Is USART2->DR read-only or read-write?', 'The function is only read-write, while the other is read only.', ['read-write']);
check('Is USART2->DR read-only or read-write?', 'Is it read-only, write-only or read-write? It is read-only.', []);
check('Is USART2->DR read-only or read-write?', 'DR is read-only, while CR1 is read-write.', []);
check('Which field is bit 13 of USART2->CR1?', 'Bit 13 is UE.', []);
check('Which field is bit 13 of USART2->CR1?', 'Bit 13 is UE, TE', ['TE']);
check('Decode USART2->CR1 = 0x2108', 'UE = 0x1, TE = 0x1, PS = 0x1; all other fields are 0.', []);
check('Decode USART2->CR1 = 0x2108', 'UE = 0x1, TE = 0x1; all other fields are 0.', ['all other fields are 0']);
check('Decode USART2->CR1 = 0x2108', 'UE = 0x3, TE = 0x1, PS = 0x2', ['UE = 0x3', 'PS']);

function check(question: string, text: string, wrong: readonly string[]): void {
  test(`"${question}" – "${text}": ${wrong.length === 0 ? 'nothing' : wrong.join(', ')} is marked`, async () => {
    const known = await deviceFacts(question, { device: testChip, facts: testSources, source: '', dossiers: [] });
    assert.ok(known !== undefined && known.asked > 0, 'the question asks for something');
    const findings = await checkAnswer(text, { device: testChip, facts: testSources, evidence: [], asked: known.facts.slice(0, known.asked) });
    assert.deepEqual(findings.filter(({ verdict }) => verdict === 'contradicted').map(({ claim }) => claim), wrong);
  });
}
