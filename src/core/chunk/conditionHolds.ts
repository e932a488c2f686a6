/** What a build says of a macro: its body, `false` where it is surely not defined, undefined where nothing is known. */
export type MacroKnowledge = (name: string) => string | false | undefined;

/** The condition a passage was cut under, as its text says it. */
export function conditionOf(text: string): string | undefined {
  return /^(?:[^\n]*\n)?condition: ([^\n]+)/.exec(text)?.[1];
}

/** Names that a condition tests. */
export function namesInCondition(condition: string): string[] {
  return [...new Set(condition.match(/\b[A-Za-z_]\w*/g) ?? [])].filter(name => name !== 'defined');
}

/** Whether a condition holds in the build; undefined where that cannot be told, and for what is no plain expression. */
export function conditionHolds(condition: string, macros: MacroKnowledge): boolean | undefined {
  const tokens = condition.match(/0[xX][\da-fA-F]+|\d+|[A-Za-z_]\w*|&&|\|\||[<>=!]=|\S/g) ?? [];
  const reading: Reading = { tokens: tokens.filter(token => !/^[uUlL]+$/.test(token)), at: 0, macros };
  const value = readOr(reading);
  // A condition that was cut short, arithmetic, macros with arguments.
  return reading.at < reading.tokens.length || value === undefined ? undefined : value !== 0;
}

interface Reading {
  readonly tokens: readonly string[];
  at: number;
  readonly macros: MacroKnowledge;
}

type Value = number | undefined;

function readOr(reading: Reading): Value {
  let value = readAnd(reading);
  while (take(reading, '||')) {
    const right = readAnd(reading);
    value = isTrue(value) || isTrue(right) ? 1 : value === undefined || right === undefined ? undefined : 0;
  }
  return value;
}

function readAnd(reading: Reading): Value {
  let value = readComparison(reading);
  while (take(reading, '&&')) {
    const right = readComparison(reading);
    value = value === 0 || right === 0 ? 0 : value === undefined || right === undefined ? undefined : 1;
  }
  return value;
}

function readComparison(reading: Reading): Value {
  const left = readPrimary(reading);
  const operator = reading.tokens[reading.at] ?? '';
  const compare = comparisons[operator];
  if (compare === undefined) return left;
  reading.at += 1;
  const right = readPrimary(reading);
  return left === undefined || right === undefined ? undefined : compare(left, right) ? 1 : 0;
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '==': (left, right) => left === right, '!=': (left, right) => left !== right, '<': (left, right) => left < right,
  '>': (left, right) => left > right, '<=': (left, right) => left <= right, '>=': (left, right) => left >= right,
};

function readPrimary(reading: Reading): Value {
  if (take(reading, '!')) {
    const value = readPrimary(reading);
    return value === undefined ? undefined : value === 0 ? 1 : 0;
  }
  if (take(reading, '(')) {
    const value = readOr(reading);
    if (!take(reading, ')')) reading.at = Number.POSITIVE_INFINITY;
    return value;
  }
  const token = reading.tokens[reading.at] ?? '';
  reading.at += 1;
  if (/^\d/.test(token)) return Number(token);
  if (token === 'defined') return readDefined(reading);
  if (!/^[A-Za-z_]/.test(token)) return undefined;
  return valueOf(reading.macros, token, 0);
}

function readDefined(reading: Reading): Value {
  const isWrapped = take(reading, '(');
  const known = reading.macros(reading.tokens[reading.at] ?? '');
  reading.at += 1;
  if (isWrapped) take(reading, ')');
  return known === undefined ? undefined : known === false ? 0 : 1;
}

/** A macro's value: 0 when it is not defined, as the preprocessor has it. */
function valueOf(macros: MacroKnowledge, name: string, depth: number): Value {
  const body = macros(name);
  if (body === undefined || depth > 8) return undefined;
  if (body === false) return 0;
  const plain = /^[(\s]*(0[xX][\da-fA-F]+|\d+|[A-Za-z_]\w*)[uUlL]*[)\s]*$/.exec(body)?.[1];
  if (plain === undefined) return undefined;
  return /^\d/.test(plain) ? Number(plain) : valueOf(macros, plain, depth + 1);
}

function take(reading: Reading, token: string): boolean {
  if (reading.tokens[reading.at] !== token) return false;
  reading.at += 1;
  return true;
}

function isTrue(value: Value): boolean {
  return value !== undefined && value !== 0;
}
