import type { Field, RegisterPlace } from '../device/device.ts';
import { findField } from '../device/findRegisters.ts';
import { bitCount, bitMask } from '../device/numbers.ts';
import type { AccessFact } from '../parse/facts.ts';
import { evaluateExpression } from './evaluate.ts';
import type { Graph } from './graph.ts';
import { withoutRegister } from './knownBits.ts';
import { expandMacros } from './macroTokens.ts';

/** Names of the fields that an access's value or mask touches: by the mask's evaluated bits where its macros are known, and by the macros' names. */
export async function accessFields(graph: Graph, access: AccessFact, place: RegisterPlace): Promise<string[]> {
  const { value } = access;
  const { fields, size } = place.register;
  if (value === undefined || fields.length === 0) return [];
  const masks = isBitNumber(access) ? [`(1UL << (${value}))`] : maskTexts(access, value).flatMap(branches);
  await graph.macros.load(masks);
  const found = new Set<Field>();
  for (const mask of masks) {
    const touched = touchedBits(graph, mask, { register: registerText(access), operator: access.operator, all: bitMask(0, size) });
    if (touched !== undefined) for (const field of fields) if ((touched & bitMask(field.bitOffset, field.bitWidth) & bitMask(0, size)) !== 0n) found.add(field);
    for (const name of mask.match(/[A-Za-z_]\w*/g) ?? []) for (const field of fieldsOfMacro(graph, name, place, touched === undefined && !isShift(mask, name))) found.add(field);
  }
  return fields.filter(field => found.has(field)).map(({ name }) => name);
}

/** Macros that take the number of a bit, not its mask. */
function isBitNumber({ operator }: AccessFact): boolean {
  return /^(sbi|cbi|bit_is_set|bit_is_clear|loop_until_bit_is_set|loop_until_bit_is_clear|sys_set_bit|sys_clear_bit)$/.test(operator ?? '');
}

/** The field that a header's mask macro names on a register: `USART_CR1_UE` is `UE`, `GPIO_PINCFG_FUNCTION_UART` is `FUNCTION`. */
export function fieldOfMacroName(fields: readonly Field[], macro: string): Field | undefined {
  const parts = macro.replace(/_(Msk|Pos|MASK|SHIFT|bm|bp|gm|gc)$/i, '').split('_');
  if (parts.length < 2) return undefined;
  for (let end = parts.length; end > 1; end -= 1) {
    for (let start = 1; start < end; start += 1) {
      const field = findField(fields, parts.slice(start, end).join('_'));
      if (field !== undefined) return field;
    }
  }
  return undefined;
}

/** Without a chip description: the last part of a mask macro that names the register before it. */
export function fieldNamesAsWritten(access: AccessFact): string[] {
  const register = access.members.at(-1)?.replace(/\[.*/, '') ?? '';
  if (register === '' || access.value === undefined) return [];
  const names = (access.value.match(/[A-Z]\w*/g) ?? []).flatMap(name => new RegExp(`^\\w+?_${register}_(\\w+?)(?:_(?:Msk|Pos))?$`).exec(name)?.[1] ?? []);
  return [...new Set(names)];
}

/** `MODIFY_REG` gives mask and value; the others one text. */
function maskTexts({ operator }: AccessFact, value: string): string[] {
  return operator !== undefined && /^[A-Za-z]/.test(operator) ? splitArguments(value) : [value];
}

/** Either side of `on ? SET : RESET` may be what is written. */
function branches(mask: string): string[] {
  const bare = /^\s*\((.*)\)\s*$/.exec(mask)?.[1] ?? mask;
  const [, ...sides] = splitTernary(splitTernary(mask).length > 1 ? mask : bare);
  return sides.length === 2 ? sides : [mask];
}

/** Condition and both sides; the text alone where it is no ternary at its top. */
function splitTernary(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) return [text];
    if (depth === 0 && (character === '?' || character === ':')) parts.push('');
    else parts.push((parts.pop() ?? '') + character);
  }
  return parts.length === 3 ? parts.map(part => part.trim()) : [text];
}

/** `1UL << (PIN + 16)`: PIN counts bits and is no mask. */
function isShift(mask: string, name: string): boolean {
  return new RegExp(`<<[\\s(]*${name}\\b`).test(mask);
}

/** The arguments of a macro call, cut at the commas between them; lists in braces are cut with their brackets in `open` and `close`. */
export function splitArguments(text: string, open = '(', close = ')'): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const character of text) {
    if (open.includes(character)) depth += 1;
    if (close.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts.push((parts.pop() ?? '') + character);
  }
  return parts.map(part => part.trim());
}

function registerText({ base, members, expression }: AccessFact): string {
  return assignedText(expression) ?? [base, ...members].join('->');
}

/** What an expression assigns to, as written: `USART2->CR1` in `USART2->CR1 |= 1`; undefined when it assigns nothing. */
export function assignedText(expression: string): string | undefined {
  return /^(.*?)\s*(?:[-+|&^]|<<|>>)?=(?!=)/.exec(expression)?.[1];
}

/**
 * Bits that a value concerns. `~MASK` is about MASK, whatever macros it is hidden in; `&= VALUE` about what it takes away; in
 * `(R & ~M) | V` the bits are those that do not pass through unchanged, found by putting all zeros and all ones for R.
 */
function touchedBits({ macros: { lookup } }: Graph, mask: string, { register, operator, all }: { readonly register: string; readonly operator: string | undefined; readonly all: bigint }): bigint | undefined {
  const zeroed = withoutRegister(mask, register, '0UL');
  if (zeroed !== mask) {
    const withZeros = evaluateExpression(zeroed, lookup);
    const withOnes = evaluateExpression(withoutRegister(mask, register, '0xFFFFFFFFUL'), lookup);
    return withZeros === undefined || withOnes === undefined ? undefined : (withZeros & 0xffff_ffffn) | (0xffff_ffffn & ~withOnes);
  }
  const tokens = withoutCasts(expandMacros(mask, lookup) ?? []);
  const value = evaluateExpression(tokens.join(' '), () => undefined);
  if (value === undefined || operator === '&=') return value === undefined ? undefined : all & ~value;
  return tokens.includes('~') && isMostlyOnes(value & all, all) ? all & ~value : value;
}

/** `((uint16_t) ~(X))` is `~(X)`: the cast is only there for the compiler. */
function withoutCasts(tokens: readonly string[]): readonly string[] {
  let inner = tokens;
  while (inner[0] === '(') {
    const end = closingParenthesis(inner);
    if (end === inner.length - 1) inner = inner.slice(1, -1);
    else if (end > 1 && inner.slice(1, end).every(word => /^(u?int\d+_t|u\d+|unsigned|int|long|short|char|volatile|const)$/.test(word))) inner = inner.slice(end + 1);
    else return inner;
  }
  return inner;
}

function closingParenthesis(tokens: readonly string[]): number {
  let depth = 0;
  return tokens.findIndex(token => {
    depth += token === '(' ? 1 : token === ')' ? -1 : 0;
    return depth === 0;
  });
}

/** `~MASK` in so many bits; a mask itself has fewer ones than zeros. */
function isMostlyOnes(value: bigint, all: bigint): boolean {
  return bitCount(value) * 2 > bitCount(all);
}

function fieldsOfMacro(graph: Graph, name: string, place: RegisterPlace, byValue: boolean): Field[] {
  if (!/^[A-Z]/.test(name)) return [];
  const { fields, size } = place.register;
  const named = fieldOfMacroName(fields, name);
  if (named !== undefined) return [named];
  // When the whole cannot be evaluated, a macro of its own still can.
  const value = byValue && !/_(Pos|SHIFT|bp)$/i.test(name) ? evaluateExpression(name, graph.macros.lookup) : undefined;
  if (value === undefined || value < 0n || value > bitMask(0, size)) return [];
  return fields.filter(field => (value & bitMask(field.bitOffset, field.bitWidth)) !== 0n);
}
