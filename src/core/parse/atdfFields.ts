import type { Access, EnumeratedValue, Field } from '../device/device.ts';
import type { GroupContext } from './atdfModule.ts';
import { childrenNamed, type AtdfElement } from './atdfXml.ts';
import { parseSvdCount, parseSvdInteger } from './svdNumbers.ts';
import { quoted } from './svdProblems.ts';

export interface FieldContext extends GroupContext {
  /** Width of the register in bits. */
  readonly size: number;
}

/** The fields of a register, lowest bit first within each. */
export function fieldsOf(register: AtdfElement, context: FieldContext): Field[] {
  const seen = new Set<string>();
  return bitfieldsOf(register).flatMap(({ element, mode }) => field(element, mode, context)).filter(({ name, bitOffset, bitWidth }) => {
    // Modes of a register repeat what they share.
    const key = `${name} ${bitOffset} ${bitWidth}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** How a Microchip file writes access; `ocd-rw` tells the debugger's access and is not meant. */
export function accessOf(text: string | undefined): Access | undefined {
  if (text === undefined || text === '') return undefined;
  const reads = /^R/i.test(text);
  const writes = /W/i.test(text);
  return reads && writes ? 'read-write' : reads ? 'read-only' : writes ? 'write-only' : undefined;
}

/** Bit fields of a register: those of each of its modes, when it has several. */
function bitfieldsOf(register: AtdfElement): readonly { readonly element: AtdfElement; readonly mode?: string }[] {
  return [
    ...childrenNamed(register, 'bitfield').map(element => ({ element })),
    ...childrenNamed(register, 'mode').flatMap(mode => childrenNamed(mode, 'bitfield').map(element => ({ element, mode: mode.attributes['name'] ?? '' }))),
  ];
}

function field(element: AtdfElement, mode: string | undefined, context: FieldContext): Field[] {
  const { name = '', caption = '', mask: maskText } = element.attributes;
  const mask = parseSvdInteger(maskText ?? '');
  if (name === '' || mask === undefined || mask === 0n || mask >> BigInt(context.size) !== 0n) {
    context.problems.add('fields that cannot be placed', element.line, `The field ${quoted(element.attributes['name'])} has no usable name, or its mask ${quoted(maskText)} does not fit its register; it was left out.`);
    return [];
  }
  const access = accessOf(element.attributes['rw']);
  const description = mode === undefined || mode === '' ? caption : `${caption}${caption === '' ? '' : ' '}(mode ${mode})`;
  const common = { ...(description !== '' && { description }), ...(access !== undefined && { access }) };
  const bits = bitsOf(mask);
  const lowest = bits[0] ?? 0;
  if ((bits.at(-1) ?? 0) - lowest + 1 === bits.length) return [{ name, ...common, bitOffset: lowest, bitWidth: bits.length, ...numbering(element), enumeratedValues: enumeratedValues(element, context) }];
  return scattered(element, bits, { name, common, values: enumeratedValues(element, context) });
}

/** Device files of classic parts number a field's bits across registers. */
function numbering({ attributes: { lsb } }: AtdfElement): Pick<Field, 'firstBitNumber'> {
  const first = parseSvdCount(lsb ?? '');
  return first === undefined ? {} : { firstBitNumber: first };
}

/**
 * Bits of one number that do not lie side by side, such as WDP[3:0] of WDTCSR: one field a bit, named as C code names it
 * (WDP0 … WDP3). What the number's values mean stands in words, as no single bit has them.
 */
function scattered(element: AtdfElement, bits: readonly number[], { name, common, values }: Scattered): Field[] {
  const first = parseSvdCount(element.attributes['lsb'] ?? '0') ?? 0;
  const whole = `${name}[${first + bits.length - 1}:${first}]`;
  const meanings = values.slice(0, mostMeanings).map(value => `${value.value ?? 0n} = ${value.description ?? value.name}`).join(', ');
  const more = values.length > mostMeanings ? `, and ${values.length - mostMeanings} more` : '';
  return bits.map((bitOffset, index) => {
    const tail = values.length === 0 ? '' : index === 0 ? `: ${meanings}${more}` : `, whose values stand at ${name}${first}`;
    const description = `${common.description ?? name}; bit ${index} of ${whole}${tail}`;
    return { ...common, description, name: `${name}${first + index}`, bitOffset, bitWidth: 1, enumeratedValues: [] };
  });
}

interface Scattered {
  readonly name: string;
  readonly common: Partial<Field>;
  readonly values: readonly EnumeratedValue[];
}

/** A prescaler has 16 at most. */
const mostMeanings = 16;

/** Numbers of the bits that are 1, the lowest first. */
export function bitsOf(mask: bigint): number[] {
  const digits = mask.toString(2);
  return Array.from({ length: digits.length }, (_, bit) => bit).filter(bit => digits.at(-1 - bit) === '1');
}

function enumeratedValues(element: AtdfElement, { module, problems }: FieldContext): EnumeratedValue[] {
  const { values: group } = element.attributes;
  if (group === undefined || group === '') return [];
  const values = module.values.get(group);
  if (values === undefined) problems.add('value groups that are not described', element.line, `The field ${quoted(element.attributes['name'])} refers to the values ${quoted(group)}, which the module ${module.name} does not have.`);
  return (values ?? []).flatMap(({ attributes: { name = '', caption = '', value: text } }) => {
    const value = parseSvdInteger(text ?? '');
    // A generated name says less than the caption.
    const isGenerated = /^VAL_0x/i.test(name) && caption !== '';
    return value === undefined ? [] : [{ name: isGenerated ? caption : name, value, usage: 'read-write' as const, ...(caption !== '' && !isGenerated && { description: caption }) }];
  });
}
