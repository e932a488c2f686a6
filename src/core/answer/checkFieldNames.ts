import type { Field } from '../device/device.ts';
import { registersOf } from '../device/places.ts';
import { bitMask, hex } from '../device/numbers.ts';
import type { Finding } from './answer.ts';
import { bitsOf } from './checkNames.ts';
import type { PlacedSpan } from './mentions.ts';

/** A header macro and the field it stands for. */
export interface MacroSpan extends PlacedSpan {
  readonly field?: Field;
}

/** "the RXNE flag in USART2->CR1": has that register such a field? Only claimed where the same peripheral has it elsewhere. */
export function checkFieldsOf(plain: string, registers: readonly PlacedSpan[]): Finding[] {
  return registers.flatMap(({ place, start, end }): Finding[] => {
    const match = /\b([A-Z][A-Z0-9_]*)\s+(?:bit|flag|field)\s*(?:\([^()]{0,20}\)\s*)?(?:of|in)\s+(?:the\s+)?$/.exec(plain.slice(Math.max(0, start - 80), start));
    const name = match?.[1];
    if (match === null || name === undefined) return [];
    const own = place.register.fields.find(field => field.name === name);
    const base = { claim: name, start: start - (match[0].length), end };
    if (own !== undefined) return [{ ...base, verdict: 'supported', evidence: `${place.path}.${name} is ${bitsOf(own.bitOffset, own.bitWidth)}.` }];
    const elsewhere = [...registersOf(place.peripheral)].filter(({ register }) => register.fields.some(field => field.name === name)).map(({ path }) => path);
    return elsewhere.length === 0 ? [] : [{ ...base, verdict: 'contradicted', evidence: `${place.path} has no field ${name}; ${elsewhere.slice(0, 3).join(', ')} ${elsewhere.length === 1 ? 'has' : 'have'} it.` }];
  });
}

/** "USART_SR_RXNE (0x20)": is that the field's mask? A value of several bits or of 1 may mean something else. */
export function checkMasks(plain: string, macros: readonly MacroSpan[]): Finding[] {
  return macros.flatMap(({ text, end, place, field }): Finding[] => {
    const match = /^(?:\s|[(=:]|\b(?:is|equals|mask|value|of|has|the)\b){1,16}(0x[0-9A-Fa-f]{1,16})\b/.exec(plain.slice(end, end + 60));
    if (match === null || field?.bitWidth !== 1 || !text.endsWith(`_${field.name}`)) return [];
    const written = match[1] ?? '';
    const value = BigInt(written);
    const mask = bitMask(field.bitOffset, 1);
    if (value !== mask && (value <= 1n || (value & (value - 1n)) !== 0n)) return [];
    const start = end + match[0].length - written.length;
    return [{ claim: written, start, end: start + written.length, verdict: value === mask ? 'supported' : 'contradicted', evidence: `${place.path}.${field.name} is ${bitsOf(field.bitOffset, 1)}, mask ${hex(mask)}.` }];
  });
}
