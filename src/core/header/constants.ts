import { evaluateAddress, evaluateExpression } from '../graph/evaluate.ts';
import { expandMacros, type MacroLookup } from '../graph/macroTokens.ts';
import type { PreprocessedHeader } from './preprocess.ts';

/** The values of a header's macros, each worked out once. */
export interface HeaderConstants {
  /** A macro's or enumerator's value; undefined when it is no integer constant. */
  readonly value: (name: string) => bigint | undefined;
  readonly evaluate: (text: string) => bigint | undefined;
  /** The address and width of a register written as an lvalue. */
  readonly register: (text: string) => { readonly address: bigint; readonly size: number } | undefined;
}

/** Constants of a preprocessed header; `enumerators` are the values that enums give. */
export function headerConstants({ defines }: Pick<PreprocessedHeader, 'defines'>, enumerators: ReadonlyMap<string, bigint>): HeaderConstants {
  const known = new Map<string, bigint | undefined>();
  const lookup: MacroLookup = name => known.get(name) ?? defines.get(name) ?? enumerators.get(name);
  const valueOf = (name: string): bigint | undefined => {
    if (known.has(name)) return known.get(name);
    const macro = defines.get(name);
    if (macro === undefined) return enumerators.get(name);
    known.set(name, undefined);
    const value = macro.parameters !== undefined || macro.body === '' ? undefined : quick(macro.body, valueOf) ?? (isExpression(macro.body) ? evaluateExpression(macro.body, lookup) : undefined);
    known.set(name, value);
    return value;
  };
  return {
    value: valueOf,
    evaluate: text => quick(text, valueOf) ?? evaluateExpression(text, lookup),
    register: text => registerOf(text, lookup),
  };
}

/** The three shapes that most of a device header's macros have; anything else takes the long way. Values stay below 2^31, where signs and widths cannot matter. */
function quick(body: string, valueOf: (name: string) => bigint | undefined): bigint | undefined {
  const number = /^\(?\s*(0[xX][\da-fA-F]{1,8}|[1-9]\d{0,8}|0)[uUlL]{0,2}\s*\)?$/.exec(body)?.[1];
  if (number !== undefined) return BigInt(number);
  if (/^[A-Za-z_]\w*$/.test(body)) return valueOf(body);
  const shift = /^\(\s*(0[xX][\da-fA-F]+|[1-9]\d*)[uUlL]*\s*<<\s*([A-Za-z_]\w*|\d+)[uUlL]*\s*\)$/.exec(body);
  if (shift === null) return undefined;
  const count = /^\d/.test(shift[2] ?? '') ? BigInt(shift[2] ?? 0) : valueOf(shift[2] ?? '');
  const value = count === undefined || count < 0n || count > 31n ? undefined : BigInt(shift[1] ?? 0) << count;
  return value !== undefined && value <= 0xffff_ffffn && /[uU]/.test(body) ? value : value !== undefined && value < 0x8000_0000n ? value : undefined;
}

/** Attributes, statements and strings are no values. */
function isExpression(body: string): boolean {
  return !/[;{}"=\\]|__attribute__|\bdo\b/.test(body) && body.length < 600;
}

function registerOf(text: string, lookup: MacroLookup): { readonly address: bigint; readonly size: number } | undefined {
  const address = evaluateAddress(text, lookup);
  if (address === undefined || address < 0n) return undefined;
  const words = (expandMacros(text, lookup) ?? []).slice(0, 12).join(' ');
  const width = /\buint(\d+)_t\b|\bMMIO(\d+)\b|\b_SFR_(?:IO|MEM)(\d+)\b|\bREG(\d+)\b|\b(?:Rw|Ro|Wo)Reg(8|16)\b/.exec(words)?.slice(1).join('') ?? '';
  const plainWidth = /\bchar\b/.test(words) ? 8 : /\bshort\b/.test(words) ? 16 : 32;
  // AVR's I/O space begins at data address 0x20.
  const isIo = /^_SFR_IO\d/.test(words);
  return { address: isIo ? address + 0x20n : address, size: width === '' ? plainWidth : Number(width) };
}
