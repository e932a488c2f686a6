import { fieldMarkdown } from '../card/deviceCards.ts';
import { codeText, plainText } from '../card/markdown.ts';
import { registerMarkdown } from '../card/registerCard.ts';
import { enumeratedValueOf } from '../device/decode.ts';
import type { Field, RegisterPlace } from '../device/device.ts';
import { findRegisters, type FoundRegister } from '../device/findRegisters.ts';
import { looseName } from '../device/names.ts';
import { bitMask, hex } from '../device/numbers.ts';
import { fieldOfMacroName } from '../graph/accessFields.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import { lookUpName } from '../header/lookUp.ts';
import { listed } from '../text/listed.ts';
import { byInstance } from './registerHover.ts';
import type { Card } from './report.ts';
import type { Subject } from './subject.ts';

/** The card of a field's macro that stands by itself: `USART_CR1_UE`, `RCC_CFGR_SW_PLL`, `DMA_SxCR_EN`. */
export function fieldMacroCard(subject: Subject): Card | undefined {
  const { cursor, device, graph } = subject;
  // Where any stream or channel may be meant, headers write an `x`.
  const word = cursor.word.replace(/(?<=_[A-Z]+)x(?=[A-Z])/g, '0');
  if (!word.replace(/^_+/, '').includes('_')) return undefined;
  const exact = findRegisters(device, word).filter(({ field }) => field !== undefined && fits(subject, field, false));
  if (exact.length > 0) return fieldCard(subject, exact);
  if (graph.macros.lookup(cursor.word) === undefined) return undefined;
  const registers = registersOfMacro(subject, word);
  return fieldCard(subject, registers.flatMap(({ place, rest }) => fieldNamed(subject, place, rest))) ?? bitsCard(subject, registers);
}

/** A macro is about a field only if its value lies there: as a mask, as the position, or, where values are allowed, before it is shifted there. */
export function fits({ cursor, graph }: Subject, { bitOffset, bitWidth }: Field, unshifted: boolean): boolean {
  const value = evaluateExpression(cursor.word, graph.macros.lookup);
  if (value === undefined || value === BigInt(bitOffset)) return true;
  const mask = bitMask(bitOffset, bitWidth);
  return value >= 0n && ((value & ~mask) === 0n || (unshifted && value <= bitMask(0, bitWidth)));
}

/** The card of a field; the other registers that have it are named below. */
export function fieldCard(subject: Subject, found: readonly FoundRegister[]): Card | undefined {
  const { card, cursor } = subject;
  // SPI1 has its place before I2S2ext in a card about `SPI_CR2_TXDMAEN`.
  const kind = looseName(cursor.word.split('_').find(part => part !== '') ?? '');
  const isOfKind = ({ peripheral }: RegisterPlace) => looseName(peripheral.name).startsWith(kind);
  const sorted = byInstance(found.map(({ place }) => place)).toSorted((left, right) => Number(isOfKind(right)) - Number(isOfKind(left)));
  const place = sorted[0];
  const field = found.find(other => other.place === place)?.field;
  if (place === undefined || field === undefined) return undefined;
  const others = [...new Set(sorted.map(({ path }) => path))].filter(path => path !== place.path);
  const also = others.length === 0 ? [] : [`*Also in ${listed(others)}.*`];
  return { kind: 'field', markdown: [...valueLine(subject, field), fieldMarkdown(place, field, card), ...also].join('\n\n'), register: place.path, fields: [field.name] };
}

/** What a macro that is one value of a field stands for: `RCC_CFGR_SW_PLL` is 2 in SW. */
function valueLine({ cursor: { word }, graph, header }: Subject, field: Field): string[] {
  if (field.bitWidth < 2 || /_(\d+|Pos|Msk|SHIFT|MASK)$/.test(word) || looseName(word).endsWith(looseName(field.name))) return [];
  const meaning = header === undefined ? undefined : lookUpName(header, word);
  const value = meaning === undefined ? shiftedDown(evaluateExpression(word, graph.macros.lookup), field) : meaning.fieldValue;
  if (value === undefined || (meaning !== undefined && (meaning.bits?.offset !== field.bitOffset || meaning.bits.width !== field.bitWidth))) return [];
  const name = enumeratedValueOf(field, value, 'write')?.name;
  return [`${codeText(word)}: ${codeText(`${field.name}[${field.bitWidth - 1}:0]`)} = ${codeText(hex(value))}${name === undefined ? '' : `, ${plainText(name)}`}`];
}

/** A value that lies in the field, and is not all of its bits; 0 may be anything. */
function shiftedDown(value: bigint | undefined, { bitOffset, bitWidth }: Field): bigint | undefined {
  const mask = bitMask(bitOffset, bitWidth);
  return value === undefined || value <= 0n || (value & ~mask) !== 0n || value === mask ? undefined : value >> BigInt(bitOffset);
}

/** A register that a macro's name begins with, and the words after it. */
interface NamedRegister {
  readonly place: RegisterPlace;
  readonly rest: string;
}

/** The registers named by the longest beginning of a macro's name that names any. */
function registersOfMacro({ device }: Subject, word: string): NamedRegister[] {
  const parts = word.split('_');
  for (let cut = parts.length - 1; cut >= 2; cut -= 1) {
    const places = findRegisters(device, parts.slice(0, cut).join('_')).filter(({ field }) => field === undefined).map(({ place }) => place);
    if (places.length > 0) return places.map(place => ({ place, rest: parts.slice(cut).join('_') }));
  }
  return [];
}

/** `SW_PLL` is a value of SW; `DONE0` is one bit of DONE. */
function fieldNamed(subject: Subject, place: RegisterPlace, rest: string): FoundRegister[] {
  const name = looseName(rest);
  const field = fieldOfMacroName(place.register.fields, `_${rest}`) ?? place.register.fields.find(candidate => /^\d+$/.test(name.slice(looseName(candidate.name).length)) && name.startsWith(looseName(candidate.name)));
  return field !== undefined && fits(subject, field, true) ? [{ place, field }] : [];
}

/** Some files cut what headers call one field into single bits: `SWS` is SWS1 and SWS0. */
function bitsCard({ card }: Subject, registers: readonly NamedRegister[]): Card | undefined {
  const [first] = registers;
  const name = looseName(first?.rest.replace(/_(Pos|Msk|SHIFT|MASK|LSB)$/i, '') ?? '');
  const bits = first?.place.register.fields.filter(field => /^\d+$/.test(looseName(field.name).slice(name.length)) && looseName(field.name).startsWith(name)) ?? [];
  if (first === undefined || name === '' || bits.length < 2) return undefined;
  const names = bits.map(field => field.name);
  return { kind: 'field', markdown: registerMarkdown(first.place, { ...card, highlight: names }), register: first.place.path, fields: names };
}
