import type { Field, RegisterPlace } from '../device/device.ts';
import { bitMask, hex } from '../device/numbers.ts';
import type { Finding } from './answer.ts';
import { bitsOf, holdsName } from './checkNames.ts';
import { within, type PlacedSpan, type TextSpan } from './mentions.ts';

/** A number where it stands. */
export interface NumberSpan extends TextSpan {
  readonly value: bigint;
}

type Judge = (number: NumberSpan, place: RegisterPlace) => Finding[];

/** What may stand between the name of a quantity and its number; `REG` stands for the register's name. */
const link = String.raw`(?:\s|[是为的(:=,]|\b(?:values?|to|is|are|was|of|the|register|with|it|its|has|reads|all|a|an|this|for)\b|REG_*){1,24}`;
const number = String.raw`(?<number>0x[0-9A-Fa-f]{1,16}(?:_[0-9A-Fa-f]{1,8})*|\d{1,10})\b`;
/** "reset 3 times", "resets in 0.5 ms" and "0 bits" state no value; a number in hex always does. */
const noUnit = String.raw`(?:(?<=0x[0-9A-Fa-f_]{1,24})|(?!\s*(?:[.]\d|[-\s]bits?\b|ms\b|us\b|cycles?\b|%|\w)))`;

/** "resets to 0x0", "the offset of USART2->SR is 0x4", "偏移是 0x4": the quantity is named, so only that very quantity is looked at. */
const quantities: readonly (readonly [RegExp, Judge])[] = [
  [pattern(String.raw`(?:\breset(?:s|s?\s+values?|\s+state|s?\s+to)?\b|复位后?的?值|复位后|复位到|复位至|复位为)`, noUnit), resetFinding],
  [pattern(String.raw`(?:\boffset\b|偏移(?:量|地址)?)`, noUnit), offsetFinding],
  [pattern(String.raw`(?:\b(?:width|size)\b|位宽|宽度)`, String.raw`(?!\s*(?:bytes?\b|字节))`), sizeFinding],
  [new RegExp(String.raw`(?<![\w.])(?<number>\d{1,3})(?:[- ]bit\s+register\b|\s+bits\s+wide\b|\s*位宽|\s*位寄存器)`, 'gi'), sizeFinding],
];

function pattern(head: string, tail: string): RegExp {
  return new RegExp(`${head}${link}${number}${tail}`, 'gi');
}

/** Numbers whose quantity a sentence about one register names: reset value, offset, width, a field's mask and a field's value. */
export function checkQuantities(sentence: TextSpan, named: readonly PlacedSpan[], asked?: RegisterPlace): Finding[] {
  const here = within(named, sentence);
  const [place = asked, ...others] = new Map(here.map(span => [span.place.path, span.place])).values();
  if (place === undefined || others.length > 0) return [];
  const text = withoutNames(sentence, here);
  const stated = quantities.flatMap(([words, judge]) => [...text.matchAll(words)].flatMap(match => {
    const written = match.groups?.['number'] ?? '0';
    return judge(numberAt(written, sentence.start + match.index + match[0].lastIndexOf(written)), place);
  }));
  return [...stated, ...missingReset(sentence, place), ...maskFindings(sentence, place), ...fieldValueFindings(sentence, place)];
}

/** The register's name may stand between a quantity and its number, however long it is. */
function withoutNames(sentence: TextSpan, names: readonly PlacedSpan[]): string {
  let { text } = sentence;
  for (const { start, end } of names) text = `${text.slice(0, start - sentence.start)}${'REG'.padEnd(end - start, '_')}${text.slice(end - sentence.start)}`;
  return text;
}

export function numberAt(text: string, start: number): NumberSpan {
  return { start, end: start + text.length, text, value: BigInt(text.replaceAll('_', '')) };
}

function resetFinding(span: NumberSpan, { path, register: { resetValue, resetMask } }: RegisterPlace): Finding[] {
  if (resetValue === undefined) return [{ claim: span.text, start: span.start, end: span.end, verdict: 'unknown', evidence: `The chip's description states no reset value for ${path}.` }];
  const differing = resetMask === undefined ? resetValue ^ span.value : (resetValue ^ span.value) & resetMask;
  return [finding(span, differing === 0n, `${path} resets to ${hex(resetValue)}.`)];
}

/** From the peripheral's base, or within the cluster. */
export function offsetFinding(span: NumberSpan, { path, address, peripheral, register }: RegisterPlace): Finding[] {
  const offset = address - peripheral.baseAddress;
  return [finding(span, span.value === offset || span.value === register.addressOffset, `${path} has the offset ${hex(offset)}.`)];
}

/** Descriptions give the whole word where manuals count only the bits in use: between the two lies no doubt-free answer. */
function sizeFinding(span: NumberSpan, { path, register: { size, fields } }: RegisterPlace): Finding[] {
  const used = Math.max(0, ...fields.map(({ bitOffset, bitWidth }) => bitOffset + bitWidth));
  const bits = Number(span.value);
  if (bits === size) return [finding(span, true, `${path} has ${size} bits.`)];
  return bits > size || bits < used ? [finding(span, false, `${path} has ${size} bits${used > bits ? `; its fields reach to bit ${used - 1}` : ''}.`)] : [];
}

/** "is not reset to a specific value", of a register whose reset value is known. */
function missingReset(sentence: TextSpan, { path, register: { resetValue } }: RegisterPlace): Finding[] {
  if (resetValue === undefined) return [];
  const denial = /\b(?:not reset to|has no|without) (?:an?y? )?(?:specific |particular |defined |fixed |default |known )*(?:reset )?value\b|没有复位值/gi;
  return [...sentence.text.matchAll(denial)].filter(([words]) => /reset|复位/i.test(words))
    .map(match => finding({ text: match[0], start: sentence.start + match.index, end: sentence.start + match.index + match[0].length }, false, `${path} resets to ${hex(resetValue)}.`));
}

/** "RXNE has the mask 0x20", in a sentence that names one field. */
function maskFindings(sentence: TextSpan, { path, register }: RegisterPlace): Finding[] {
  const [field, ...others] = register.fields.filter(({ name }) => holdsName(sentence.text, name));
  if (field === undefined || others.length > 0) return [];
  const masks = [bitMask(field.bitOffset, field.bitWidth), bitMask(0, field.bitWidth)];
  return [...sentence.text.matchAll(/(?:\bmask\b|掩码)(?:\s|[是为(:=,]|\b(?:is|of|the|value|has)\b){1,12}(0x[0-9A-Fa-f]{1,16})\b/gi)].map(match => {
    const written = match[1] ?? '0';
    const span = numberAt(written, sentence.start + match.index + match[0].length - written.length);
    return finding(span, masks.includes(span.value), `${path}.${field.name} is ${bitsOf(field.bitOffset, field.bitWidth)}, mask ${hex(masks[0] ?? 0n)}.`);
  });
}

/** `FB27 = 0x3`, of a field of one bit. A field's own mask or position may be meant where it does not fit. */
function fieldValueFindings(sentence: TextSpan, { path, register }: RegisterPlace): Finding[] {
  const fields = new Map(register.fields.map(field => [field.name, field]));
  return [...sentence.text.matchAll(/(?<![\w>])(?<name>[A-Z]\w*)\s*(?:=|\bis set to\b|\bset to\b|设为|设置为|等于)\s*(?<number>0x[0-9A-Fa-f]{1,16}|\d{1,10})\b(?!\s*<<|\.\d)/g)].flatMap((match): Finding[] => {
    const { name = '', number: written = '0' } = match.groups ?? {};
    const field = fields.get(name);
    if (field === undefined || !isTooWide(BigInt(written), field)) return [];
    const start = sentence.start + match.index;
    return [finding({ text: match[0], start, end: start + match[0].length }, false, `${path}.${name} has ${field.bitWidth} ${field.bitWidth === 1 ? 'bit' : 'bits'}; ${written} does not fit.`)];
  });
}

function isTooWide(value: bigint, { bitOffset, bitWidth }: Field): boolean {
  return value > bitMask(0, bitWidth) && value !== BigInt(bitOffset) && (value & ~bitMask(bitOffset, bitWidth)) !== 0n;
}

/** A claim that is right or wrong. */
export function finding({ start, end, text }: TextSpan, isRight: boolean, evidence: string): Finding {
  return { claim: text, start, end, verdict: isRight ? 'supported' : 'contradicted', evidence };
}
