import type { Access } from '../device/device.ts';

/** Reads CMSIS-SVD's scaledNonNegativeInteger in all its dialects: `0x1F`, `0X1f`, `#0101`, `0b01`, `007` (decimal), `+4`, `4k`, `0x10UL`. */
export function parseSvdInteger(text: string): bigint | undefined {
  const fast = plainNumber(text);
  if (fast >= 0) return BigInt(fast);
  const match = /^\+?(?:0[xX]([0-9a-fA-F]+)|(?:#|0[bB])([01]+)|([0-9]+))([kmgtKMGT]?)[uU]?[lL]{0,2}$/.exec(text.trim());
  if (match === null || text.length > 200) return undefined;
  const [, hex, binary, decimal, scale = ''] = match;
  const digits = hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : decimal ?? '0';
  return BigInt(digits) << BigInt(10 * ('kmgt'.indexOf(scale.toLowerCase() || ' ') + 1));
}

/** As parseSvdInteger, for counts, widths and bit numbers; undefined too when beyond exact numbers. */
export function parseSvdCount(text: string): number | undefined {
  const fast = plainNumber(text);
  if (fast >= 0) return fast;
  const value = parseSvdInteger(text);
  return value === undefined || value > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(value);
}

/** A value with don't-care bits: `#1x0` gives value 4 and ignored 2. */
export interface SvdMaskedValue {
  readonly value: bigint;
  /** Bits written as `x`. */
  readonly ignored: bigint;
}

/** Reads an enumeratedValue's `value`, which may be binary with don't-care digits. */
export function parseSvdMaskedValue(text: string): SvdMaskedValue | undefined {
  const match = /^\+?(?:#|0[bB])([01xX]{1,64})$/.exec(text);
  if (match === null) {
    const value = parseSvdInteger(text);
    return value === undefined ? undefined : { value, ignored: 0n };
  }
  const digits = match[1] ?? '';
  return { value: BigInt(`0b${digits.replace(/[xX]/g, '0')}`), ignored: BigInt(`0b${digits.replace(/1/g, '0').replace(/[xX]/g, '1')}`) };
}

/** An access as the schema knows it, with `exact` false when the file's text had to be interpreted. */
export interface SvdAccess {
  readonly access?: Access;
  readonly exact: boolean;
}

/** Reads an access text, tolerating other case, blanks, short forms and single typing errors as vendors write them. */
export function parseSvdAccess(text: string): SvdAccess {
  const known = accessTexts.get(text);
  if (known !== undefined) return { access: known, exact: true };
  const plain = text.toLowerCase().replace(/[^a-z]/g, '');
  const found = accessTexts.get(plain) ?? looseAccess(plain);
  return found === undefined ? { exact: false } : { access: found, exact: accessTexts.get(plain) === found };
}

/** Reads `true`, `1`, `false`, `0`; anything else is undefined. */
export function parseSvdBoolean(text: string | undefined): boolean | undefined {
  const plain = text?.trim().toLowerCase();
  if (plain === 'true' || plain === '1') return true;
  return plain === 'false' || plain === '0' ? false : undefined;
}

const accessTexts: ReadonlyMap<string, Access> = new Map<string, Access>([
  ['read-write', 'read-write'], ['read-only', 'read-only'], ['write-only', 'write-only'], ['writeOnce', 'writeOnce'], ['read-writeOnce', 'read-writeOnce'],
  ['readwrite', 'read-write'], ['readonly', 'read-only'], ['writeonly', 'write-only'], ['writeonce', 'writeOnce'], ['readwriteonce', 'read-writeOnce'],
  ['rw', 'read-write'], ['ro', 'read-only'], ['wo', 'write-only'], ['r', 'read-only'], ['w', 'write-only'], ['read', 'read-only'], ['write', 'write-only'],
]);

function looseAccess(plain: string): Access | undefined {
  for (const [text, access] of accessTexts) {
    if (text.length > 7 && !text.includes('-') && differsByOneTypingError(plain, text)) return access;
  }
  const reads = /read|^r[cws]/.test(plain);
  const writes = /write|clear|set|^r?[cw]/.test(plain);
  return reads && writes ? 'read-write' : undefined;
}

/** One letter wrong, missing, added, or two neighbours swapped (`readopnly`, `raed-only`). */
function differsByOneTypingError(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  const [restLeft, restRight] = [left.slice(start), right.slice(start)];
  if (restLeft.length !== restRight.length) return restLeft.slice(1) === restRight || restLeft === restRight.slice(1);
  return restLeft.slice(1) === restRight.slice(1) || `${restLeft[1] ?? ''}${restLeft[0] ?? ''}${restLeft.slice(2)}` === restRight;
}

/** The number when the text is plain decimal or hexadecimal of up to 12 digits, else -1: no allocation on the hot path. */
function plainNumber(text: string): number {
  const { length } = text;
  const hex = length > 2 && text.charCodeAt(0) === 48 && (text.charCodeAt(1) | 32) === 120;
  if (length === 0 || length > 14 || (!hex && length > 12)) return -1;
  let value = 0;
  for (let index = hex ? 2 : 0; index < length; index += 1) {
    const digit = hexDigit(text.charCodeAt(index));
    if (digit < 0 || (!hex && digit > 9)) return -1;
    value = value * (hex ? 16 : 10) + digit;
  }
  return value;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
