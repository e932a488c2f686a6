import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verdict } from '../../../src/core/answer/answer.ts';
import { checkAnswer } from '../../../src/core/answer/checkAnswer.ts';
import type { FactSource } from '../../../src/core/graph/factSource.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import type { Evidence } from '../../../src/core/prompt/prompt.ts';

const register = (name: string, offset: string, fields: readonly (readonly [string, number, number])[]): string =>
  `<register><name>${name}</name><addressOffset>${offset}</addressOffset><size>32</size><resetValue>0xC0</resetValue><fields>${fields.map(([field, low, width]) => `<field><name>${field}</name><bitOffset>${low}</bitOffset><bitWidth>${width}</bitWidth></field>`).join('')}</fields></register>`;
const peripheral = (name: string, base: string, interrupt: string, registers: string): string =>
  `<peripheral><name>${name}</name><groupName>USART</groupName><baseAddress>${base}</baseAddress>${interrupt}<registers>${registers}</registers></peripheral>`;
const { device } = parseSvd(`<device><name>TEST407</name><addressUnitBits>8</addressUnitBits><width>32</width><peripherals>
${peripheral('USART2', '0x40004400', '<interrupt><name>USART2</name><value>38</value></interrupt>', register('SR', '0', [['RXNE', 5, 1], ['TXE', 7, 1], ['ORE', 3, 1]]) + register('CR1', '0xC', [['UE', 13, 1], ['RXNEIE', 5, 1]]) + register('BRR', '8', [['DIV_Mantissa', 4, 12], ['DIV_Fraction', 0, 4]]))}
${peripheral('RCC', '0x40023800', '', register('AHB1ENR', '0x30', [['GPIOAEN', 0, 1], ['GPIODEN', 3, 1]]))}
</peripherals></device>`, 'test407.svd');
assert.ok(device !== undefined);

/** A workspace that defines one function and one macro. */
const facts: FactSource = {
  facts: async file => (file === 'src/uart.c' ? { language: 'c', functions: [], accesses: [], variables: [], uses: [], macros: [], types: [], vectors: [], includes: [] } : undefined),
  definitions: async name => (name === 'uart_init' || name === 'UART_BAUD_RATE' ? [{ name, kind: name === 'uart_init' ? 'function' : 'macro', file: 'src/uart.c', line: 12 }] : []),
  handlerFiles: async () => [],
  mentions: async () => [],
};
const evidence: readonly Evidence[] = [
  { id: 1, kind: 'register', title: 'USART2.SR', text: '', path: 'USART2.SR' },
  { id: 2, kind: 'passage', title: 'uart_init', text: 'static uint8_t rx_ring[RING_SIZE];', file: 'src/uart.c', line: 10, endLine: 30 },
  { id: 3, kind: 'passage', title: 'uart_send', text: '', file: 'src/uart.c', line: 40, endLine: 50 },
];

/** Checks an answer and compares the verdict of the finding whose claim holds `claim`; no verdict: nothing may be claimed there. */
function check(answer: string, claim: string, verdict: Verdict | 'nothing', fact = /(?:)/): void {
  test(`${JSON.stringify(answer)}: ${claim} is ${verdict}`, async () => {
    const findings = await checkAnswer(answer, { device, facts, evidence });
    const matching = findings.filter(finding => finding.claim.includes(claim));
    assert.equal(matching[0]?.verdict ?? 'nothing', verdict, JSON.stringify(findings, undefined, 1));
    if (verdict === 'nothing') return;
    assert.match(matching[0]?.evidence ?? '', fact);
    for (const finding of findings) assert.ok(answer.slice(finding.start, finding.end).includes(finding.claim.replace(/\(\)$/, '')), 'offsets point at the claim');
  });
}

// Registers and fields
check('Read USART2->SR first.', 'USART2->SR', 'supported', /0x40004400/);
check('Read USART2.SR first.', 'USART2.SR', 'supported');
check('Set USART2->CR1.UE now.', 'USART2->CR1.UE', 'supported', /bit 13/);
check('Set `USART2->CR1` now.', 'USART2->CR1', 'supported');
check('Write USART2->ICR to clear it.', 'USART2->ICR', 'contradicted', /no such register/);
check('Set USART2->CR1.FOO now.', 'USART2->CR1.FOO', 'contradicted', /no field FOO/);
check('Use USART9->SR instead.', 'USART9->SR', 'contradicted', /no USART9; it has USART2/);
check('Use QSPI9->SR instead.', 'QSPI9->SR', 'unknown', /no peripheral/);
check('USART2->BRR: DIV_Mantissa[15:4], DIV_Fraction[3:0].', 'DIV_Mantissa[15:4]', 'supported');
check('USART2->BRR: DIV_Mantissa [14:4].', 'DIV_Mantissa [14:4]', 'contradicted', /bits 15:4/);
check('It copies buffer[3:0] to USART2->BRR.', 'buffer[3:0]', 'nothing');
check('The file uart.c has it.', 'uart.c', 'nothing');
check('The member ring.head moves.', 'ring.head', 'nothing');
check('Call huart->Instance first.', 'huart->Instance', 'nothing');
check('Use e.g. a timer.', 'e.g', 'nothing');
check('The USART2 SR tells.', 'USART2 SR', 'supported');
check('The USART2 status register (SR) is at address 0x40013008.', '0x40013008', 'contradicted', /0x40004400/);
check('The SR register of USART2 is at address 0x40004400.', '0x40004400', 'supported');
check('The USART2 interrupt is enabled.', 'USART2 interrupt', 'nothing');
// Header names
check('RCC_AHB1ENR_GPIOAEN is needed.', 'RCC_AHB1ENR_GPIOAEN', 'supported', /RCC\.AHB1ENR/);
check('UART_BAUD_RATE sets it.', 'UART_BAUD_RATE', 'supported', /src\/uart\.c:12/);
check('RCC_AHB9ENR_XYZEN is needed.', 'RCC_AHB9ENR_XYZEN', 'unknown');
// Bit positions
check('RXNE (bit 5) of USART2->SR is set.', 'bit 5', 'supported', /RXNE is bit 5/);
check('RXNE (bit 6) of USART2->SR is set.', 'bit 6', 'contradicted', /RXNE is bit 5/);
check('In USART2->SR, bit 7 (TXE) tells.', 'bit 7', 'supported');
check('In USART2->SR, bit 6 (TXE) tells.', 'bit 6', 'contradicted', /TXE is bit 7/);
check('USART2->CR1: UE is bit 13.', 'bit 13', 'supported');
check('USART2->CR1: UE is bit 12.', 'bit 12', 'contradicted', /UE is bit 13/);
check('USART2->CR1: `UE` is bit 13.', 'bit 13', 'supported');
check('USART2->BRR holds DIV_Mantissa in bits 15:4.', 'bits 15:4', 'supported');
check('USART2->BRR holds DIV_Mantissa in bits 15-3.', 'bits 15-3', 'contradicted', /bits 15:4/);
check('USART2->SR has RXNE (bit 5), TXE (bit 7) and ORE (bit 3).', 'ORE (bit 3', 'supported');
check('USART2->SR has RXNE (bit 5), TXE (bit 7) and ORE (bit 4).', 'ORE (bit 4', 'contradicted');
check('The flag RXNE is bit 5.', 'bit 5', 'supported', /USART2\.SR/);
check('The flag RXNE is bit 9.', 'bit 9', 'contradicted');
check('The flag WXYZ is bit 9.', 'bit 9', 'nothing');
check('It is an 8 bit value.', 'bit', 'nothing');
check('RCC_AHB1ENR_GPIODEN is bit 3.', 'bit 3', 'supported');
check('RCC_AHB1ENR_GPIODEN is bit 4.', 'bit 4', 'contradicted', /GPIODEN is bit 3/);
// Readings that two names or two numbers share
check('bit 5 is RXNE, bit 7 is TXE in USART2->SR.', 'bit 5 is RXNE', 'supported');
check('bit 6 is RXNE, bit 7 is TXE in USART2->SR.', 'bit 6 is RXNE', 'contradicted');
check('bit 6 is RXNE, bit 7 is TXE in USART2->SR.', 'bit 7 is TXE', 'supported');
check('Bit 6 of USART2->SR (RXNE) is set.', 'Bit 6', 'contradicted', /RXNE is bit 5/);
check('In USART2->SR the **RXNE** flag, bit 6, is set.', 'bit 6', 'contradicted');
check('In USART2->SR bits 5 and 7 (RXNE and TXE) matter.', 'bits 5', 'nothing');
check('RXNE and TXE are bits 5 and 7 of USART2->SR.', 'bits 5', 'nothing');
check('DIV_Fraction occupies bits 3 and 2 of USART2->BRR.', 'bits 3', 'nothing');
check('When you poll RXNE, bit 13 of USART2->CR1 must be set.', 'bit 13', 'nothing');
check('Set bit 13 in USART2->CR1, RXNEIE enables the interrupt.', 'bit 13', 'nothing');
check('RXNE is not bit 6 of USART2->SR.', 'bit 6', 'nothing');
check('RXNE in USART2->SR is bit 5 and RXNEIE in USART2->CR1 is bit 6.', 'RXNEIE', 'contradicted');
check('USART2->CR1 |= (1 << 12); // UE', '1 << 12', 'contradicted', /UE is bit 13/);
check('USART2->CR1 |= (1 << 13) | (1 << 5); // UE, RXNEIE', '<<', 'nothing');
check('USART_CR1_UE is 0x2000.', '0x2000', 'supported', /mask 0x2000/);
check('USART_CR1_UE is 0x1000.', '0x1000', 'contradicted');
check('The RXNE flag in USART2->CR1 is set.', 'RXNE flag', 'contradicted', /USART2\.SR has it/);
check('The RXNEIE bit of USART2->CR1 is set.', 'RXNEIE bit', 'supported');
check('USART2->SR:\n\n| Bit | Name |\n| --- | --- |\n| 5 | `RXNE` |\n| 6 | TXE |', 'RXNE', 'supported');
check('USART2->SR:\n\n| Bit | Name |\n| --- | --- |\n| 5 | `RXNE` |\n| 6 | TXE |', 'TXE', 'contradicted');
check('USART2->BRR:\n\n| Field | Bits |\n|---|---|\n| DIV_Mantissa | [15:4] |', '15:4', 'supported');
check('RXNE 位于第 6 位，在 USART2->SR 中。', '第 6 位', 'contradicted');
// Addresses and reset values
check('USART2->SR is at address 0x40004400.', '0x40004400', 'supported');
check('USART2->CR1 is located at 0x4000440C.', '0x4000440C', 'supported');
check('USART2->CR1 is located at 0x40004410.', '0x40004410', 'contradicted', /0x4000440C/i);
check('USART2->CR1 has the base address 0x40004400.', '0x40004400', 'supported');
check('USART2->CR1 is at offset 0x0C.', '0x0C', 'supported');
check('USART2->CR1 is at offset 0x10.', '0x10', 'contradicted', /offset 0xC/i);
check('USART2->SR resets to 0xC0.', '0xC0', 'supported');
check('The reset value of USART2->SR is 0x00.', '0x00', 'contradicted', /0xC0/);
check('Write 0x2000 to USART2->CR1.', '0x2000', 'nothing');
check('USART2->SR and USART2->CR1 are at 0x40004400 and 0x4000440C.', '0x40004400', 'supported');
check('USART2->SR (0x40004400) and USART2->CR1 (0x40004408).', '0x40004408', 'contradicted');
check('The base address of USART2 is 0x40004400.', '0x40004400', 'supported');
check('USART2 base address is 0x40004800.', '0x40004800', 'contradicted', /starts at 0x40004400/);
check('USART2->BRR (0x16D) gives 115200.', '0x16D', 'nothing');
check('After reset, USART2->CR1 reads 0.', '0', 'contradicted', /0xC0/);
check('USART2->CR1 is cleared on reset in 3 cycles.', '3', 'nothing');
// Interrupts
check('USART2_IRQHandler serves IRQ 38.', 'IRQ 38', 'supported');
check('USART2_IRQHandler serves IRQ number 37.', 'IRQ number 37', 'contradicted', /IRQ 38/);
check('Some handler serves IRQ 37.', 'IRQ 37', 'nothing');
check('USART2_IRQn = 37 here.', '37', 'contradicted');
check('The USART2 interrupt number is 38.', '38', 'supported');
check('USART2_IRQHandler is vector 54.', 'vector 54', 'supported');
check('USART2_IRQHandler has interrupt priority 6.', '6', 'nothing');
// Functions, citations, places
check('It calls `uart_init` first.', 'uart_init', 'supported', /src\/uart\.c:12/);
check('It fills `rx_ring` first.', 'rx_ring', 'supported', /Occurs in \[2\]/);
check('It fills `tx_ring` first.', 'tx_ring', 'unknown');
check('It is a `uint8_t` then.', 'uint8_t', 'nothing');
check('RING_SIZE bounds it.', 'RING_SIZE', 'supported', /Occurs in \[2\]/);
check('It calls uart_init() first.', 'uart_init()', 'supported', /src\/uart\.c:12/);
check('It calls uart_magic() first.', 'uart_magic()', 'unknown');
check('So it is [1].', '[1]', 'nothing');
check('So it is [7].', '[7]', 'contradicted', /no evidence \[7\]/);
check('It reads buffer[1] here.', '[1]', 'nothing');
check('See src/uart.c:12 for it.', 'src/uart.c:12', 'supported');
check('See src/uart.c:45 for it.', 'src/uart.c:45', 'supported', /\[3\]/);
check('See src/uart.c:99 for it.', 'src/uart.c:99', 'unknown', /exists/);
check('See src/nothing.c:9 for it.', 'src/nothing.c:9', 'unknown', /No indexed file/);

test('an answer in Chinese is checked too', async () => {
  const findings = await checkAnswer('USART2->SR 的 RXNE (bit 6) 表示收到数据。', { device, facts, evidence });
  assert.ok(findings.some(({ verdict, claim }) => verdict === 'contradicted' && claim.includes('bit 6')));
});

test('without a device nothing about registers is claimed', async () => {
  assert.deepEqual(await checkAnswer('USART2->SR has RXNE (bit 6).', { facts, evidence: [] }), []);
});

test('a pathological answer is checked in linear time', async () => {
  const findings = await checkAnswer('bit bit bit USART2->SR '.repeat(2000), { device, facts, evidence });
  assert.equal(findings.length, 2000);
});
