import type { MacroFact } from '../parse/facts.ts';

/** A register's field as a device header gives it: `USART_CR1_UE` with its `_Pos`, `_Msk`, values. */
export interface BitField {
  /** `USART_CR1_UE`. */
  readonly name: string;
  /** 1-based lines of its first and last macro. */
  readonly startLine: number;
  endLine: number;
  readonly position: MacroFact;
  readonly mask: MacroFact;
  /** What further macros of it say: the field itself, its values, single bits. */
  readonly others: MacroFact[];
}

/** Below this a header is no register description. */
const fewestFields = 6;
/** Lines between the macros of one field. */
const farthestMask = 12;
const farthestValue = 80;

const positionName = /^(\w+?)_(?:Pos|POS|pos|SHIFT|shift|LSB|S|bp|gp)$/;
const maskName = /^(\w+?)_(?:Msk|MSK|MASK|mask|BITS|V|M|bm|gm)$/;

/** The fields that macros describe by position and mask, in line order; none in a header that describes no registers. */
export function bitFields(macros: readonly MacroFact[]): BitField[] {
  const masks = named(macros, maskName);
  const fields = new Map<string, BitField>();
  for (const position of macros) {
    const name = positionName.exec(position.name)?.[1] ?? '';
    const mask = masks.get(name);
    if (name === '' || mask === undefined || fields.has(name) || position.parameters !== undefined || Math.abs(mask.line - position.line) > farthestMask) continue;
    fields.set(name, { name, startLine: Math.min(mask.line, position.line), endLine: Math.max(mask.line, position.line), position, mask, others: [] });
  }
  if (fields.size < fewestFields) return [];
  return withOthers(fields, macros);
}

function named(macros: readonly MacroFact[], pattern: RegExp): Map<string, MacroFact> {
  const found = new Map<string, MacroFact>();
  for (const macro of macros) {
    const name = pattern.exec(macro.name)?.[1];
    if (name !== undefined && macro.parameters === undefined) found.set(name, macro);
  }
  return found;
}

function withOthers(fields: ReadonlyMap<string, BitField>, macros: readonly MacroFact[]): BitField[] {
  const starts = new Map([...fields].map(([name, { startLine }]) => [name, startLine]));
  for (const macro of macros) {
    const field = fieldOf(fields, macro);
    if (field === undefined) continue;
    if (macro.line < field.startLine) starts.set(field.name, Math.min(starts.get(field.name) ?? macro.line, macro.line));
    field.endLine = Math.max(field.endLine, macro.line);
    if (macro !== field.position && macro !== field.mask) field.others.push(macro);
  }
  return [...fields.values()].map(field => ({ ...field, startLine: starts.get(field.name) ?? field.startLine })).sort((one, other) => one.startLine - other.startLine);
}

/** The field with the longest name that the macro's name begins with. */
function fieldOf(fields: ReadonlyMap<string, BitField>, { name, line }: MacroFact): BitField | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf('_', end - 1)) {
    const field = fields.get(name.slice(0, end));
    if (field !== undefined && line >= field.startLine - 4 && line <= field.endLine + farthestValue) return field;
  }
  return undefined;
}

/** `[13]`, `[7:4]`; what is written where it is no plain number. */
export function bitRange({ position, mask, others, name }: BitField): string {
  const low = plainNumber(position.body);
  if (low === undefined) return position.body.slice(0, 60);
  const width = maskWidth([mask, ...others.filter(other => other.name === `${name}_V` || other.name === `${name}_M`)], low);
  if (width === undefined) return `[${low}..]`;
  return width <= 1 ? `[${low}]` : `[${low + width - 1}:${low}]`;
}

/** Bits of `0x1FUL << X_Pos`, of a value that starts at bit 0, or of a mask in place. */
function maskWidth(macros: readonly MacroFact[], low: number): number | undefined {
  for (const { name, body } of macros) {
    const shifted = /^\(*\s*(?:\(\w+\)\s*)?\(*(0[xX][\da-fA-F]+|\d+)[uUlL]*\s*\)?\s*<</.exec(body);
    const value = plainNumber(shifted?.[1] ?? body);
    if (value === undefined || value <= 0) continue;
    const bits = Math.floor(Math.log2(value)) + 1;
    return shifted !== null || name.endsWith('_V') ? bits : Math.max(1, bits - low);
  }
  return undefined;
}

/** The value of a plain number in any base, in parentheses, with suffix or cast. */
export function plainNumber(body: string): number | undefined {
  const digits = /^[(\s]*(?:\(\w+\)|_u\(|_U_\(|U?INT\d+_C\()?[(\s]*(0[xX][\da-fA-F]+|0[bB][01]+|\d+)[uUlL]*[)\s]*$/.exec(body)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
