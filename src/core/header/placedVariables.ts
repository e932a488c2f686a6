import type { HeaderConstants } from './constants.ts';
import { layoutOf, type LayoutSource, type LaidMember } from './layout.ts';
import type { HeaderDefine, PreprocessedHeader } from './preprocess.ts';
import type { RegisterMacro } from './registerMacros.ts';

/** A register that is a variable at a fixed address, with the fields of its `…bits` twin. */
export interface PlacedVariable extends RegisterMacro {
  readonly fields: LaidMember['fields'];
  readonly access?: 'read-only';
}

/**
 * Registers of 8- and 16-bit parts: Microchip's `extern volatile unsigned char PORTB __at(0x006)` with
 * `PORTBbits_t PORTBbits`, `address(0x…)` of its 32-bit parts, IAR's `P1OUT @ 0x0021`, and TI's `SFR_8BIT(P1OUT)`,
 * whose addresses stand in the linker's list of symbols.
 */
export function placedVariables(header: PreprocessedHeader, constants: HeaderConstants, source: LayoutSource): PlacedVariable[] {
  const symbols = linkerSymbols(header);
  const found = new Map<string, PlacedVariable>();
  const bits = new Map<string, LaidMember['fields']>();
  for (const [file, text] of header.code.entries()) {
    if (isSymbolFile(header.files[file] ?? '')) continue;
    for (const [index, line] of text.split('\n').entries()) {
      const variable = variableOn(line);
      // A bit variable has a bit's address, and its register's fields tell it.
      if (variable === undefined || /\b_*bit\b/.test(variable.type)) continue;
      const address = variable.address === undefined ? symbols.get(variable.name) : constants.evaluate(variable.address);
      if (address === undefined || address < 0n || found.size >= mostVariables) continue;
      const whole = /^(\w+)bits$/.exec(variable.name)?.[1];
      if (whole !== undefined) {
        bits.set(whole, layoutOf(source, variable.type)?.members.flatMap(({ fields }) => fields) ?? []);
      } else {
        const define: HeaderDefine = { name: variable.name, body: '', file, line: index + 1, ...(variable.comment !== undefined && { comment: variable.comment }) };
        found.set(variable.name, { name: variable.name, size: sizeOf(variable.type), places: [{ address }], define, fields: [], ...(/\bconst\b/.test(line) && { access: 'read-only' }) });
      }
    }
  }
  return [...found.values()].map(variable => ({ ...variable, fields: different(bits.get(variable.name) ?? []) }));
}

/** Registers of one header. */
const mostVariables = 20_000;

interface Variable {
  readonly name: string;
  readonly type: string;
  /** Absent: the linker knows it. */
  readonly address?: string;
  readonly comment?: string;
}

const placed = /^\s*(?:extern\s+|__no_init\s+|static\s+)*((?:(?:volatile|const|__sfr|__bank\w*)\s+)+[\w\s]*?)\b([A-Za-z_]\w*)\s*(?:__at\s*\(([^()]+)\)|@\s*\(?\s*(0[xX][\da-fA-F]+|\d+)\s*\)?|__attribute__\s*\(\(.*?\baddress\s*\(\s*(0[xX][\da-fA-F]+)[uUlL]*\s*\).*?\)\))\s*;(.*)$/;
const sfr = /^\s*(const_sfr|sfr|CONST_SFR|SFR)_?(b|w|a|8BIT|16BIT|20BIT|32BIT)\s*\(\s*(\w+)\s*(?:,\s*([^)]+))?\)\s*;(.*)$/;
const sfrTypes: Readonly<Record<string, string>> = { 'b': 'char', 'w': 'short', 'a': 'long', '8BIT': 'char', '16BIT': 'short', '20BIT': 'long', '32BIT': 'long' };

function variableOn(line: string): Variable | undefined {
  const isMapped = /__at|@|address|sfr/i.test(line);
  const [, type, name, at, older, attribute, rest] = (isMapped ? placed.exec(line) : null) ?? [];
  if (type !== undefined && name !== undefined) return { name, type: type.replace(/\b(volatile|const|__sfr|__bank\w*)\b/g, ' ').trim(), address: at ?? older ?? attribute ?? '', ...commentOf(rest) };
  const [, , width = '', own, address, after] = (isMapped ? sfr.exec(line) : null) ?? [];
  return own === undefined ? undefined : { name: own, type: sfrTypes[width] ?? 'char', ...(address !== undefined && { address }), ...commentOf(after) };
}

function commentOf(rest: string | undefined): { readonly comment?: string } {
  const words = /\/[/*]+[!<]*\s*(.*?)\s*(?:\*\/)?\s*$/.exec(rest ?? '')?.[1];
  return words === undefined || words === '' ? {} : { comment: words.slice(0, 200) };
}

/** On these parts an int has 16 bits. */
function sizeOf(type: string): number {
  const bits = /\bu?int(\d+)_t\b/.exec(type)?.[1] ?? /\b__u?int(\d+)\b/.exec(type)?.[1];
  if (bits !== undefined) return Number(bits);
  return /\bchar\b/.test(type) ? 8 : /\bshort long\b/.test(type) ? 24 : /\blong\b/.test(type) ? 32 : 16;
}

/** `PROVIDE(P1OUT = 0x0021);` of GCC's, `P1OUT = 0x0021;` of TI's linker files. */
function linkerSymbols({ files, code }: PreprocessedHeader): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const [file, text] of code.entries()) {
    if (!isSymbolFile(files[file] ?? '')) continue;
    for (const match of text.matchAll(/^\s*(?:PROVIDE\s*\(\s*)?(?:__)?([A-Za-z]\w*)\s*=\s*(0[xX][\da-fA-F]{1,8})\s*\)?\s*;/gm)) found.set(match[1] ?? '', BigInt(match[2] ?? 0));
  }
  return found;
}

/** The linker's files, of which only the symbols' addresses count. */
export function isSymbolFile(file: string): boolean {
  return /\.(ld|cmd|gld)$/i.test(file);
}

/** The views of a union name some bits twice. */
function different(fields: LaidMember['fields']): LaidMember['fields'] {
  return [...new Map(fields.toReversed().map(field => [field.name, field])).values()].reverse();
}
