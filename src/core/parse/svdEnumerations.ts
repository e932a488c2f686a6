import type { EnumeratedValue } from '../device/device.ts';
import { parseSvdBoolean, parseSvdMaskedValue } from './svdNumbers.ts';
import { quoted, type SvdProblemLog } from './svdProblems.ts';
import type { RawEnumeratedValue, RawEnumeration } from './svdRaw.ts';
import { type Mutable, readChoice, valueUsageChoices } from './svdValues.ts';

/** The values of one block, or the named indices of an array. */
export function resolveEnumeration(block: RawEnumeration, bitWidth: number, problems: SvdProblemLog): EnumeratedValue[] {
  const usageText = readChoice(block, ['usage', block.usage, valueUsageChoices], problems);
  const usage = usageText === 'read' || usageText === 'write' ? usageText : 'read-write';
  const values: EnumeratedValue[] = [];
  for (const value of block.values) {
    const resolved = resolveEnumeratedValue(value, { bitWidth, usage, problems, headerEnumName: block.headerEnumName });
    if (resolved !== undefined) values.push(resolved);
  }
  return values;
}

interface ValueContext {
  readonly bitWidth: number;
  readonly usage: EnumeratedValue['usage'];
  readonly problems: SvdProblemLog;
  readonly headerEnumName: string | undefined;
}

function resolveEnumeratedValue(raw: RawEnumeratedValue, context: ValueContext): EnumeratedValue | undefined {
  const masked = raw.value === undefined ? undefined : parseSvdMaskedValue(raw.value);
  const isDefault = parseSvdBoolean(raw.isDefault) === true;
  // The schema lets a name be left out (it is then the value's text).
  const name = raw.name ?? raw.value;
  if (name === undefined || (masked === undefined && !isDefault)) {
    context.problems.add('unreadable enumerated values', raw.line, `enumerated value ${quoted(raw.name)}: value ${quoted(raw.value)} is not a number; it was left out.`);
    return undefined;
  }
  if (masked !== undefined && masked.value >> BigInt(context.bitWidth) !== 0n) context.problems.add('enumerated values beyond their field', raw.line, `enumerated value ${quoted(name)}: ${quoted(raw.value)} does not fit into the field's ${context.bitWidth} bit${context.bitWidth === 1 ? '' : 's'}, so it can never be met.`);
  const value: Mutable<EnumeratedValue> = { name, usage: context.usage };
  if (raw.description !== undefined) value.description = raw.description;
  if (masked !== undefined) value.value = masked.value;
  if (masked !== undefined && masked.ignored !== 0n) value.mask = ((1n << BigInt(context.bitWidth)) - 1n) & ~masked.ignored;
  if (isDefault) value.isDefault = true;
  if (context.headerEnumName !== undefined) value.headerEnumName = context.headerEnumName;
  return value;
}
