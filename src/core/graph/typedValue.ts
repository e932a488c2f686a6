import { parseCount } from '../device/numbers.ts';
import { evaluateExpression } from './evaluate.ts';

/**
 * A register's value as a person gives it, by C's own rules since it comes out of C code: `010` is octal and so 8,
 * `-1` is all ones of the register, `1 << 13` is computed; `_` and `'` may part digits. Undefined for anything else.
 */
export function typedValue(text: string, bits: number): bigint | undefined {
  const plain = text.trim().replace(/(?<=[\da-fA-F])[_'](?=[\da-fA-F])/g, '');
  if (/^0\d*[89]\d*$/.test(plain) || plain.length > 200) return undefined;
  // Numbers wider than C's types are taken as they are, so that the decoding can say so.
  const value = (/^0\d/.test(plain) ? undefined : parseCount(plain)) ?? evaluateExpression(plain, () => undefined);
  return value === undefined || value >= 0n ? value : BigInt.asUintN(bits, value);
}
