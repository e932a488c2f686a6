import { arithmetic, castTo, literal, truth, type IntegerValue } from './integerValue.ts';
import { expandMacros, type MacroLookup } from './macroTokens.ts';

/**
 * The value of a C integer constant expression with its macros replaced, in 32-bit int rules (64-bit where the
 * literals ask for it); undefined when it is not constant, not known, or not C. Signed results may be negative:
 * mask with the register's width before comparing bits.
 */
export function evaluateExpression(text: string, lookup: MacroLookup): bigint | undefined {
  const tokens = expandMacros(text, lookup);
  return tokens === undefined ? undefined : evaluateTokens(tokens);
}

/** The address of an lvalue such as `*(volatile uint32_t *)0x40021018`, `MMIO32(BASE + 4)` or a macro that stands for one; undefined otherwise. */
export function evaluateAddress(text: string, lookup: MacroLookup): bigint | undefined {
  let tokens = expandMacros(text, lookup);
  while (tokens !== undefined && tokens[0] === '(' && closing(tokens, 0) === tokens.length - 1) tokens = tokens.slice(1, -1);
  if (tokens === undefined) return undefined;
  if (tokens[0] === '*') return evaluateTokens(tokens.slice(1));
  const isAddressCall = /^(MMIO\d+|HWREG\w*|_?REG\d*|_SFR_\w+)$/.test(tokens[0] ?? '') && tokens[1] === '(' && closing(tokens, 1) === tokens.length - 1;
  return isAddressCall ? evaluateTokens(tokens.slice(2, -1)) : undefined;
}

/** Nesting of parentheses and operators; real headers stay below thirty. */
const deepestNesting = 200;

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  depth: number;
}

function evaluateTokens(tokens: readonly string[]): bigint | undefined {
  const reader: Reader = { tokens, at: 0, depth: 0 };
  const value = readConditional(reader);
  return value === undefined || reader.at !== tokens.length ? undefined : value.value;
}

function readConditional(reader: Reader): IntegerValue | undefined {
  if (reader.depth > deepestNesting) return undefined;
  reader.depth += 1;
  const condition = readBinary(reader, 0);
  let value = condition;
  if (condition !== undefined && reader.tokens[reader.at] === '?') {
    reader.at += 1;
    const whenTrue = readConditional(reader);
    if (reader.tokens[reader.at] !== ':') return undefined;
    reader.at += 1;
    const whenFalse = readConditional(reader);
    value = truth(condition) ? whenTrue : whenFalse;
  }
  reader.depth -= 1;
  return value;
}

const precedences: ReadonlyMap<string, number> = new Map([
  ['||', 1], ['&&', 2], ['|', 3], ['^', 4], ['&', 5], ['==', 6], ['!=', 6], ['<', 7], ['>', 7], ['<=', 7], ['>=', 7],
  ['<<', 8], ['>>', 8], ['+', 9], ['-', 9], ['*', 10], ['/', 10], ['%', 10],
]);

function readBinary(reader: Reader, lowest: number): IntegerValue | undefined {
  let left = readUnary(reader);
  for (;;) {
    const operator = reader.tokens[reader.at] ?? '';
    const precedence = precedences.get(operator);
    if (left === undefined || precedence === undefined || precedence <= lowest) return left;
    reader.at += 1;
    const right = readBinary(reader, precedence);
    left = right === undefined ? undefined : arithmetic(operator, left, right);
  }
}

function readUnary(reader: Reader): IntegerValue | undefined {
  if (reader.tokens[reader.at] === '&') return readAddressOf(reader);
  const operators: string[] = [];
  while (/^[-+~!]$/.test(reader.tokens[reader.at] ?? '')) { operators.push(reader.tokens[reader.at] ?? ''); reader.at += 1; }
  let value = readPrimary(reader);
  for (const operator of operators.reverse()) value = value === undefined ? undefined : arithmetic(operator, value, undefined);
  return value;
}

/** `&*(volatile uint32_t *) 0x4001100C`, as `&GPIOC_ODR` is in the end: the two cancel out. */
function readAddressOf(reader: Reader): IntegerValue | undefined {
  let open = 0;
  reader.at += 1;
  while (reader.tokens[reader.at] === '(') {
    reader.at += 1;
    open += 1;
  }
  if (reader.tokens[reader.at] !== '*') return undefined;
  reader.at += 1;
  const value = readUnary(reader);
  for (; open > 0; open -= 1) {
    if (reader.tokens[reader.at] !== ')') return undefined;
    reader.at += 1;
  }
  return value;
}

function readPrimary(reader: Reader): IntegerValue | undefined {
  const token = reader.tokens[reader.at];
  if (token === '(') return readParenthesized(reader);
  reader.at += 1;
  if (token === 'sizeof') return readSizeof(reader);
  return token === undefined ? undefined : literal(token);
}

function readParenthesized(reader: Reader): IntegerValue | undefined {
  const end = closing(reader.tokens, reader.at);
  if (end === -1) return undefined;
  const inner = reader.tokens.slice(reader.at + 1, end);
  if (isType(inner, reader.tokens[end + 1])) {
    if (reader.depth > deepestNesting) return undefined;
    reader.at = end + 1;
    reader.depth += 1;
    const operand = readUnary(reader);
    reader.depth -= 1;
    return operand === undefined ? undefined : castTo(inner, operand);
  }
  reader.at += 1;
  const value = readConditional(reader);
  if (value === undefined || reader.at !== end) return undefined;
  reader.at = end + 1;
  return value;
}

function readSizeof(reader: Reader): IntegerValue | undefined {
  const end = reader.tokens[reader.at] === '(' ? closing(reader.tokens, reader.at) : -1;
  if (end === -1) return undefined;
  const type = reader.tokens.slice(reader.at + 1, end).filter(word => !/^(const|volatile)$/.test(word)).join(' ');
  reader.at = end + 1;
  const bits = type.endsWith('*') ? 32 : /(\d+)_t$/.exec(type)?.[1] ?? { 'char': 8, 'unsigned char': 8, 'short': 16, 'unsigned short': 16, 'int': 32, 'unsigned int': 32, 'unsigned': 32, 'long': 32, 'unsigned long': 32 }[type];
  return bits === undefined ? undefined : { value: BigInt(bits) / 8n, bits: 32, isUnsigned: true };
}

/** Whether the tokens in parentheses name a type that what follows is cast to. */
function isType(inner: readonly string[], next: string | undefined): boolean {
  if (inner.length === 0 || !inner.every(token => /^([A-Za-z_]\w*|\*)$/.test(token)) || !/^[A-Za-z_]/.test(inner[0] ?? '')) return false;
  if (next === undefined || !/^([\w'(]|[-~!&*+]$)/.test(next)) return false;
  if (inner.includes('*') || inner.some(word => /^(unsigned|signed|int|char|short|long|const|volatile|void|bool|_Bool|struct|__IOM?)$/.test(word) || word.endsWith('_t'))) return true;
  // `(TYPE) 5`: a number or name right behind a lone unknown name can only be cast.
  return inner.length === 1 && /^[\w(~]/.test(next);
}

function closing(tokens: readonly string[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (tokens[index] === '(') depth += 1;
    if (tokens[index] === ')') depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}
