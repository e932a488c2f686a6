// How `halcyon decode` reads a value: by C's own rules.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedValue } from '../../../src/core/graph/typedValue.ts';

function check(name: string, value: string, expected: bigint | undefined, bits = 32): void {
  test(name, () => { assert.equal(typedValue(value, bits), expected); });
}

check('hexadecimal', '0x200C', 0x200Cn);
check('binary with parted digits', '0b0010_0000', 0x20n);
check('decimal with a suffix', '8UL', 8n);
check('a leading zero is octal, as in C', '010', 8n);
check('what is no octal number is refused', '089', undefined);
check('-1 is all ones of the register', '-1', 0xFFn, 8);
check('an inverted mask', '~0x20', 0xFFFFFFDFn);
check('an expression', '(1 << 13) | 4', 0x2004n);
check('wider than the register', '0x1_0000_0000', 0x100000000n);
check('a name is refused', 'USART_CR1_UE', undefined);
check('nothing is refused', '', undefined);
check('a text without end is refused', '('.repeat(5000), undefined);
