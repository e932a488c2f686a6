/** What a name stands for: text to put in its place, or a value already known. */
export type MacroLookup = (name: string) => MacroValue | bigint | undefined;

export interface MacroValue {
  /** Present for function-like macros. */
  readonly parameters?: readonly string[];
  readonly body: string;
}

/** The one name that a macro stands for: `USART2` of `#define CONSOLE (USART2)`. */
export function macroAlias(value: MacroValue | bigint | undefined): string | undefined {
  return typeof value === 'object' ? /^\(*\s*([A-Za-z_]\w*)\s*\)*$/.exec(value.body)?.[1] : undefined;
}

/** Limits that real headers stay far below: nesting of macros, and tokens after expansion. */
const deepestExpansion = 48;
const mostTokens = 20_000;

/** The tokens of a C expression; strings count as one. */
export function cTokens(text: string): string[] {
  return text.match(tokenPattern) ?? [];
}

/** A text's tokens with every known macro replaced, as the preprocessor would; undefined when it does not end. */
export function expandMacros(text: string, lookup: MacroLookup): string[] | undefined {
  const expansion: Expansion = { lookup, spent: 0 };
  return expand(cTokens(text), expansion, []);
}

const tokenPattern = /[A-Za-z_]\w*|0[xX][\da-fA-F']+[uUlL]*|0[bB][01']+[uUlL]*|\d[\d']*[uUlL]*|'(?:[^'\\]|\\.)+'|"(?:[^"\\]|\\.)*"|->|<<|>>|<=|>=|==|!=|&&|\|\||##|[-+*/%&|^~!<>=?:(),.[\]{}#]/g;

interface Expansion {
  readonly lookup: MacroLookup;
  spent: number;
}

function expand(tokens: readonly string[], expansion: Expansion, hidden: readonly string[]): string[] | undefined {
  if (hidden.length > deepestExpansion) return undefined;
  const out: string[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    expansion.spent += 1;
    if (expansion.spent > mostTokens) return undefined;
    const known = /^[A-Za-z_]/.test(token) && !hidden.includes(token) ? expansion.lookup(token) ?? familiar(token, tokens[index + 1]) : undefined;
    if (known === undefined) { out.push(token); continue; }
    if (typeof known === 'bigint') { out.push(...knownTokens(known)); continue; }
    const call = known.parameters === undefined ? undefined : readArguments(tokens, index + 1);
    if (known.parameters !== undefined && call === undefined) { out.push(token); continue; }
    const body = call === undefined ? cTokens(known.body) : substitute(known, call.arguments, expansion, hidden);
    const expanded = body === undefined ? undefined : expand(paste(body), expansion, [...hidden, token]);
    if (expanded === undefined) return undefined;
    out.push(...expanded);
    if (call !== undefined) index = call.end;
  }
  return out;
}

/** A known value, as a literal that keeps its sign. */
function knownTokens(value: bigint): string[] {
  return value < 0n ? ['(', '-', String(-value), ')'] : [String(value)];
}

/** Macros that every SDK has, for when their header is not indexed. */
const familiarMacros: ReadonlyMap<string, MacroValue> = new Map<string, MacroValue>([
  ...['BIT', '_BV', '__BIT', 'BIT32'].map((name): [string, MacroValue] => [name, { parameters: ['n'], body: '(1UL << (n))' }]),
  ...['UL', '_UL', '_UL_', '_U_', 'UINT32_C', 'U', '_U'].map((name): [string, MacroValue] => [name, { parameters: ['x'], body: '(x##U)' }]),
  ...['ULL', 'UINT64_C', '_ULL_'].map((name): [string, MacroValue] => [name, { parameters: ['x'], body: '(x##ULL)' }]),
]);

function familiar(name: string, next: string | undefined): MacroValue | undefined {
  return next === '(' ? familiarMacros.get(name) : undefined;
}

interface CallArguments {
  readonly arguments: readonly (readonly string[])[];
  /** Index of the closing parenthesis. */
  readonly end: number;
}

function readArguments(tokens: readonly string[], open: number): CallArguments | undefined {
  if (tokens[open] !== '(') return undefined;
  const found: string[][] = [[]];
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0) return { arguments: found, end: index };
    if (token === ',' && depth === 1) found.push([]);
    else if (index > open) found.at(-1)?.push(token);
  }
  return undefined;
}

function substitute(macro: MacroValue, given: readonly (readonly string[])[], expansion: Expansion, hidden: readonly string[]): string[] | undefined {
  const parameters = macro.parameters ?? [];
  const body = cTokens(macro.body);
  const out: string[] = [];
  for (const [index, token] of body.entries()) {
    const position = parameters.indexOf(token);
    if (position === -1) { out.push(token); continue; }
    const argument = given[position] ?? [];
    // Beside `##` the argument stands as written; elsewhere its own macros are replaced first.
    const isPasted = body[index - 1] === '##' || body[index + 1] === '##';
    const replaced = isPasted ? argument : expand(argument, expansion, [...hidden, ' ']);
    if (replaced === undefined || out.length > mostTokens) return undefined;
    out.push(...replaced);
  }
  return out;
}

function paste(tokens: readonly string[]): string[] {
  if (!tokens.includes('##')) return [...tokens];
  const out: string[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    if (tokens[index] === '##' && out.length > 0) {
      index += 1;
      out.push((out.pop() ?? '') + (tokens[index] ?? ''));
    } else out.push(tokens[index] ?? '');
  }
  return out;
}
