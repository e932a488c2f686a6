import { evaluateExpression } from './evaluate.ts';
import { expandMacros, type MacroLookup } from './macroTokens.ts';

/** What is known of a value bit by bit; a bit in none of the masks is known only when the program runs. */
export interface KnownBits {
  readonly ones: bigint;
  readonly zeros: bigint;
  /** Bits that stay as they are in the register itself. */
  readonly kept: bigint;
}

/** How the bits of an expression are found. */
export interface KnownBitsOptions {
  readonly lookup: MacroLookup;
  /** The register's text: where it stands in the expression its bits pass through. */
  readonly register?: string;
  readonly width: number;
}

/**
 * The bits of a C expression of which parts are not known: `(R & ~MASK) | (speed << 4) | ENABLE` has ENABLE set, MASK's
 * other bits clear, `speed`'s open and the rest kept; undefined when it is no such expression.
 */
export function knownBits(text: string, options: KnownBitsOptions): KnownBits | undefined {
  const marked = withoutRegister(text, options.register ?? '', ` ${keptName} `);
  const tokens = expandMacros(marked, name => (name === keptName ? undefined : options.lookup(name)));
  if (tokens === undefined || tokens.length > mostTokens) return undefined;
  const reader: Reader = { tokens, at: 0, depth: 0, all: (1n << BigInt(options.width)) - 1n };
  const value = readOperators(reader, 0);
  return reader.at === tokens.length ? value : undefined;
}

/** The text with each whole occurrence of a register replaced: `RCC_CR` is no part of `RCC_CR_HSEON`. */
export function withoutRegister(text: string, register: string, replacement: string): string {
  if (register === '') return text;
  const escaped = register.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return text.replace(new RegExp(`(?<!\\w)${escaped}(?!\\w)`, 'g'), () => replacement);
}

const keptName = 'the_register_itself';
const mostTokens = 4000;
const deepestNesting = 100;

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  depth: number;
  readonly all: bigint;
}

const precedences: ReadonlyMap<string, number> = new Map([
  ['||', 1], ['&&', 2], ['|', 3], ['^', 4], ['&', 5], ['==', 6], ['!=', 6], ['<', 7], ['>', 7], ['<=', 7], ['>=', 7], ['<<', 8], ['>>', 8], ['+', 9], ['-', 9], ['*', 10], ['/', 10], ['%', 10],
]);

const unknown: KnownBits = { ones: 0n, zeros: 0n, kept: 0n };

function readOperators(reader: Reader, lowest: number): KnownBits | undefined {
  const start = reader.at;
  let left = readOperand(reader);
  for (;;) {
    const operator = reader.tokens[reader.at] ?? '';
    const precedence = precedences.get(operator);
    if (left === undefined || precedence === undefined || precedence <= lowest) return left;
    reader.at += 1;
    const rightStart = reader.at;
    const right = readOperators(reader, precedence);
    if (right === undefined) return undefined;
    // What is wholly constant is left to C's own arithmetic.
    const constant = constantBits(reader, start);
    left = constant ?? combined(reader, operator, left, { bits: right, text: reader.tokens.slice(rightStart, reader.at).join(' ') });
  }
}

function readOperand(reader: Reader): KnownBits | undefined {
  const { tokens } = reader;
  const start = reader.at;
  const token = tokens[start];
  if (token === undefined || reader.depth > deepestNesting) return undefined;
  reader.depth += 1;
  const value = token === '~' || token === '-' || token === '+' || token === '!' ? readUnary(reader, token) : token === '(' ? readParenthesized(reader) : readName(reader);
  reader.depth -= 1;
  return value === undefined ? undefined : constantBits(reader, start) ?? value;
}

function readUnary(reader: Reader, operator: string): KnownBits | undefined {
  reader.at += 1;
  const value = readOperand(reader);
  if (value === undefined) return undefined;
  return operator === '~' ? { ones: value.zeros, zeros: value.ones, kept: 0n } : operator === '+' ? value : unknown;
}

function readParenthesized(reader: Reader): KnownBits | undefined {
  const end = closingOf(reader.tokens, reader.at);
  if (end === -1) return undefined;
  const inner = reader.tokens.slice(reader.at + 1, end);
  const next = reader.tokens[end + 1];
  if (inner.every(part => /^([A-Za-z_]\w*|\*)$/.test(part)) && next !== undefined && /^[\w(~]/.test(next) && !precedences.has(next)) {
    reader.at = end + 1;
    return readOperand(reader);
  }
  reader.at += 1;
  const value = readOperators(reader, 0);
  if (value !== undefined && reader.at === end) {
    reader.at = end + 1;
    return value;
  }
  // `?:` and commas: which, only the running program knows.
  reader.at = end + 1;
  return unknown;
}

/** A name, number or call with everything that follows it: members, indices, arguments. */
function readName(reader: Reader): KnownBits | undefined {
  const token = reader.tokens[reader.at] ?? '';
  if (!/^[\w'"*&]/.test(token)) return undefined;
  while (/^[*&]$/.test(reader.tokens[reader.at] ?? '')) reader.at += 1;
  reader.at += 1;
  for (;;) {
    const next = reader.tokens[reader.at];
    if (next === '(' || next === '[') {
      const end = closingOf(reader.tokens, reader.at);
      if (end === -1) return undefined;
      reader.at = end + 1;
    } else if (next === '->' || next === '.') reader.at += 2;
    else return token === keptName ? { ones: 0n, zeros: 0n, kept: reader.all } : unknown;
  }
}

function constantBits({ tokens, at, all }: Reader, start: number): KnownBits | undefined {
  const part = tokens.slice(start, at);
  if (part.some(token => /^[A-Za-z_]/.test(token) && !/_t$|^(unsigned|int|long|volatile|const|char|short)$/.test(token))) return undefined;
  const value = evaluateExpression(part.join(' '), () => undefined);
  return value === undefined ? undefined : { ones: value & all, zeros: ~value & all, kept: 0n };
}

function combined({ all }: Reader, operator: string, left: KnownBits, right: { readonly bits: KnownBits; readonly text: string }): KnownBits {
  const { bits } = right;
  switch (operator) {
    case '&': return { ones: left.ones & bits.ones, zeros: left.zeros | bits.zeros, kept: (left.kept & (bits.ones | bits.kept)) | (bits.kept & left.ones) };
    case '|': return { ones: left.ones | bits.ones, zeros: left.zeros & bits.zeros, kept: (left.kept & (bits.zeros | bits.kept)) | (bits.kept & left.zeros) };
    case '^': return { ones: (left.ones & bits.zeros) | (left.zeros & bits.ones), zeros: (left.ones & bits.ones) | (left.zeros & bits.zeros), kept: (left.kept & bits.zeros) | (bits.kept & left.zeros) };
    case '<<':
    case '>>': return shifted(operator, left, evaluateExpression(right.text, () => undefined), all);
    // `a + b` without common bits is `a | b`, but who knows of what is open.
    default: return unknown;
  }
}

function shifted(operator: '<<' | '>>', { ones, zeros }: KnownBits, count: bigint | undefined, all: bigint): KnownBits {
  if (count === undefined || count < 0n || count > 63n) return unknown;
  if (operator === '<<') return { ones: (ones << count) & all, zeros: ((zeros << count) | ((1n << count) - 1n)) & all, kept: 0n };
  return { ones: ones >> count, zeros: (zeros >> count) | (all & ~(all >> count)), kept: 0n };
}

function closingOf(tokens: readonly string[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (/^[([]$/.test(tokens[index] ?? '')) depth += 1;
    if (/^[)\]]$/.test(tokens[index] ?? '')) depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}
