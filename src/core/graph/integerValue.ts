/** A C integer with its type: what the usual arithmetic conversions need. */
export interface IntegerValue {
  readonly value: bigint;
  readonly bits: 32 | 64;
  readonly isUnsigned: boolean;
}

/** The value of a number or character literal; undefined for any other token. */
export function literal(token: string): IntegerValue | undefined {
  if (token.startsWith('\'')) return character(token);
  const match = /^(0[xX][\da-fA-F']+|0[bB][01']+|\d[\d']*)([uUlL]*)$/.exec(token);
  if (match === null) return undefined;
  const digits = (match[1] ?? '').replaceAll('\'', '');
  const suffix = (match[2] ?? '').toLowerCase();
  const isOctal = /^0[0-7]+$/.test(digits);
  const value = BigInt(isOctal ? `0o${digits.slice(1)}` : /^0\d/.test(digits) ? digits.replace(/^0+/, '') || '0' : digits);
  const isDecimal = /^[1-9]/.test(digits);
  const isLong = suffix.includes('ll');
  // A hexadecimal literal may be unsigned without saying so, a decimal one grows instead.
  const isUnsigned = suffix.includes('u') || (!isDecimal && !isLong && value > 0x7fff_ffffn && value <= 0xffff_ffffn) || (!isDecimal && value > 0x7fff_ffff_ffff_ffffn);
  const bits = isLong || value > (isUnsigned ? 0xffff_ffffn : 0x7fff_ffffn) ? 64 : 32;
  return wrap({ value, bits, isUnsigned });
}

/** A unary (`right` undefined) or binary operator applied; undefined for division by zero and shifts by a silly count. */
export function arithmetic(operator: string, left: IntegerValue, right: IntegerValue | undefined): IntegerValue | undefined {
  if (right === undefined) return unary(operator, left);
  if (operator === '<<' || operator === '>>') {
    if (right.value < 0n || right.value >= BigInt(left.bits)) return undefined;
    return wrap({ ...left, value: operator === '<<' ? left.value << right.value : left.value >> right.value });
  }
  const common = commonType(left, right);
  const value = binary(operator, wrap({ ...common, value: left.value }).value, wrap({ ...common, value: right.value }).value);
  if (typeof value === 'boolean') return { value: value ? 1n : 0n, bits: 32, isUnsigned: false };
  return value === undefined ? undefined : wrap({ ...common, value });
}

/** A value cast to the type that the tokens name; a pointer keeps the address. */
export function castTo(type: readonly string[], operand: IntegerValue): IntegerValue {
  if (type.includes('*')) return { value: BigInt.asUintN(operand.bits, operand.value), bits: operand.bits, isUnsigned: true };
  const words = type.join(' ');
  const width = Number(/(\d+)(_t)?\b/.exec(words)?.[1] ?? (/\bchar\b/.test(words) ? 8 : /\bshort\b/.test(words) ? 16 : /\blong long\b/.test(words) ? 64 : 32));
  const isUnsigned = /\bunsigned\b|^(volatile )?u|\bu(int)?\d|\bu(intptr|char|short|int|long)|\bsize_t\b|bool/i.test(words);
  const isKnown = isUnsigned || /\b(int|char|short|long|signed)\b|\bint\d|\bs\d/.test(words);
  if (!isKnown || ![8, 16, 32, 64].includes(width)) return operand;
  const value = isUnsigned ? BigInt.asUintN(width, operand.value) : BigInt.asIntN(width, operand.value);
  return { value, bits: width === 64 ? 64 : 32, isUnsigned: isUnsigned && width >= 32 };
}

/** Whether the value counts as true. */
export function truth({ value }: IntegerValue): boolean {
  return value !== 0n;
}

function unary(operator: string, operand: IntegerValue): IntegerValue {
  switch (operator) {
    case '-': return wrap({ ...operand, value: -operand.value });
    case '~': return wrap({ ...operand, value: ~operand.value });
    case '!': return { value: operand.value === 0n ? 1n : 0n, bits: 32, isUnsigned: false };
    default: return operand;
  }
}

function binary(operator: string, left: bigint, right: bigint): bigint | boolean | undefined {
  switch (operator) {
    case '+': return left + right;
    case '-': return left - right;
    case '*': return left * right;
    case '/': return right === 0n ? undefined : left / right;
    case '%': return right === 0n ? undefined : left % right;
    case '&': return left & right;
    case '|': return left | right;
    case '^': return left ^ right;
    case '==': return left === right;
    case '!=': return left !== right;
    case '<': return left < right;
    case '>': return left > right;
    case '<=': return left <= right;
    case '>=': return left >= right;
    case '&&': return left !== 0n && right !== 0n;
    case '||': return left !== 0n || right !== 0n;
    default: return undefined;
  }
}

function commonType(left: IntegerValue, right: IntegerValue): Pick<IntegerValue, 'bits' | 'isUnsigned'> {
  if (left.bits !== right.bits) return left.bits > right.bits ? left : right;
  return { bits: left.bits, isUnsigned: left.isUnsigned || right.isUnsigned };
}

function wrap({ value, bits, isUnsigned }: IntegerValue): IntegerValue {
  return { value: isUnsigned ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value), bits, isUnsigned };
}

const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, 0: 0, '\\': 92, '\'': 39, '"': 34, a: 7, b: 8, f: 12, v: 11 };

function character(token: string): IntegerValue | undefined {
  const inner = token.slice(1, -1);
  const code = inner.length === 1 ? inner.charCodeAt(0) : inner.length === 2 && inner.startsWith('\\') ? escapes[inner.charAt(1)] : undefined;
  return code === undefined ? undefined : { value: BigInt(code), bits: 32, isUnsigned: false };
}
