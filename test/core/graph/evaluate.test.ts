// Integer constant expressions as C headers write them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateAddress, evaluateExpression } from '../../../src/core/graph/evaluate.ts';
import type { MacroValue } from '../../../src/core/graph/macroTokens.ts';

const macros: Record<string, MacroValue | bigint> = {
  PERIPH_BASE: { body: '0x40000000UL' }, APB1: { body: 'PERIPH_BASE' }, USART2_BASE: { body: '(APB1 + 0x4400UL)' },
  USART2: { body: '((USART_TypeDef *) USART2_BASE)' },
  UE_Pos: { body: '(13U)' }, UE_Msk: { body: '(0x1UL << UE_Pos)' }, UE: { body: 'UE_Msk' },
  FIELD: { parameters: ['value', 'pos'], body: '(((value) & 7) << (pos))' }, CAT: { parameters: ['a', 'b'], body: 'a##b' }, SUM: { body: '1 + 2' },
  LOOP: { body: 'LOOP2 + 1' }, LOOP2: { body: 'LOOP' }, EMPTY: { body: '' }, USART2_IRQn: 38n, NMI_IRQn: -14n,
  MMIO32: { parameters: ['addr'], body: '(*(volatile uint32_t *)(addr))' }, RCC_CR: { body: 'MMIO32(PERIPH_BASE + 0x20)' },
};
// Doubling at each of 40 levels: a trillion tokens if it were followed to the end.
for (let level = 0; level < 40; level += 1) macros[`BOMB${level}`] = { body: `(BOMB${level + 1} + BOMB${level + 1})` };
const lookup = (name: string) => macros[name];

function check(text: string, expected: bigint | undefined): void {
  test(`${text.slice(0, 60)} is ${expected ?? 'not known'}`, () => { assert.equal(evaluateExpression(text, lookup), expected); });
}

check('42', 42n);
check('0x40023830', 0x40023830n);
check('0b1010', 10n);
check('017', 15n);
check('0xFFUL', 255n);
check('1 + 2 * 3', 7n);
check('(1 + 2) * 3', 9n);
check('1 << 4 | 1', 17n);
check('10 - 3 - 2', 5n);
check('~(1 << 3)', -9n);
check('~0x8UL', 0xfffffff7n);
check('(uint32_t)~0', 0xffffffffn);
check('(uint8_t)0x1FF', 0xffn);
check('(int8_t) 0xFF', -1n);
check('1UL << 31', 0x80000000n);
check('0xFFFFFFFF + 1', 0n);
check('0x100000000 >> 4', 0x10000000n);
check('1ULL << 40', 1n << 40n);
check('3 > 2 && 0 || !5', 0n);
check('1 ? 2 : 3', 2n);
check('\'A\'', 65n);
check('\'\\n\'', 10n);
check('sizeof(uint16_t)', 2n);
check('UE', 0x2000n);
check('USART2_BASE', 0x40004400n);
check('USART2', 0x40004400n);
check('((uint32_t)USART2) + 4', 0x40004404n);
check('FIELD(5, 4)', 0x50n);
check('FIELD(UE_Pos, (1 + 1))', 0x14n);
check('CAT(1, 0)', 10n);
check('CAT(U, E)', 0x2000n);
check('SUM * 2', 5n);
check('USART2_IRQn + 16', 54n);
check('NMI_IRQn + 16', 2n);
check('BIT(5)', 32n);
check('_BV(3)', 8n);
check('UINT32_C(0x80000000)', 0x80000000n);
check('(T)5', 5n);
// Not known, not constant, not C: nothing is invented.
check('', undefined);
check('UNKNOWN', undefined);
check('UNKNOWN + 1', undefined);
check('EMPTY', undefined);
check('LOOP', undefined);
check('BOMB0', undefined);
check('1 / 0', undefined);
check('1 << 99', undefined);
check('1 << -1', undefined);
check('f(3)', undefined);
check('*(int *)4', undefined);
check('a->b', undefined);
check('1 2', undefined);
check('(1', undefined);
check('"text"', undefined);
check('1.5', undefined);
check(`${'('.repeat(5000)}1${')'.repeat(5000)}`, undefined);
check(`${'~'.repeat(5000)}1`, 1n);
check(`${'1+'.repeat(3000)}1`, 3001n);

function checkAddress(text: string, expected: bigint | undefined): void {
  test(`the address of ${text} is ${expected ?? 'not known'}`, () => { assert.equal(evaluateAddress(text, lookup), expected); });
}

checkAddress('*(volatile uint32_t *)0x40021018', 0x40021018n);
checkAddress('(*((vu32 *)(PERIPH_BASE + 4)))', 0x40000004n);
checkAddress('RCC_CR', 0x40000020n);
checkAddress('HWREG(0x40000000)', 0x40000000n);
checkAddress('0x40000000', undefined);
checkAddress('USART2', undefined);
checkAddress('LOOP', undefined);

test('a macro by its name', () => { assert.equal(evaluateExpression('UE', lookup), 0x2000n); });

// An address taken of what lies at an address.
check('(uint32_t)&RCC_CR + 4', 0x40000024n);
check('&RCC_CR[2]', undefined);
check('&variable', undefined);
check('&(*(int *)', undefined);
check('6 & RCC', undefined);
