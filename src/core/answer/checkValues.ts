import type { Device, Field, RegisterPlace } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { hex } from '../device/numbers.ts';
import type { Evidence } from '../prompt/prompt.ts';
import type { Finding } from './answer.ts';
import { bitsOf } from './checkNames.ts';
import { interruptMentions, macroMentions, registerMentions, sentences, type InterruptMention, type RegisterMention, type TextSpan } from './mentions.ts';

/** Bit positions, addresses, reset values and interrupt numbers, each held against the register the sentence speaks of. */
export function checkValues(text: string, device: Device, evidence: readonly Evidence[]): Finding[] {
  const registers = registerMentions(text, device);
  const interrupts = interruptMentions(text, device);
  const macros = macroMentions(text).flatMap(span => findRegisters(device, span.text).slice(0, 1).map(({ place }) => ({ ...span, place })));
  const quoted = evidence.flatMap(({ path }) => (path === undefined ? [] : findRegisters(device, path).slice(0, 1).map(({ place }) => place)));
  return sentences(text).flatMap(sentence => {
    const here = within(registers, sentence);
    const places = [...here, ...within(macros, sentence)].flatMap(({ place }) => (place === undefined ? [] : [place]));
    return [
      ...bitFindings(sentence, places, quoted),
      ...addressFindings(sentence, here),
      ...interruptFindings(sentence, within(interrupts, sentence)),
    ];
  });
}

function within<S extends TextSpan>(spans: readonly S[], sentence: TextSpan): S[] {
  return spans.filter(({ start, end }) => start >= sentence.start && end <= sentence.end);
}

interface BitClaim extends TextSpan {
  readonly name: string;
  readonly high: number;
  readonly low: number;
}

const bits = String.raw`bits?\s*\[?(\d{1,3})(?:\s*(?::|-|–|\.\.|to|through)\s*(\d{1,3}))?\]?`;
const name = String.raw`\x60?\b([A-Z]\w*)\b\x60?`;
const nameFirst = new RegExp(String.raw`${name}\s*(?:\(|,|:|=|\bis\b|\bat\b|\bin\b|\bflag\b|\bfield\b|\bbit\b(?=\s*\())*\s*(?:\bthe\b\s*)?${bits}`, 'g');
const bitsFirst = new RegExp(String.raw`${bits}\s*(?:\(|,|:|=|\bis\b|\bnamed\b|\bcalled\b)*\s*(?:\bthe\b\s*)?${name}`, 'g');

function bitClaims(sentence: TextSpan, isField: (name: string) => boolean): BitClaim[] {
  const claim = (match: RegExpExecArray, named: string | undefined, first: string | undefined, second: string | undefined): BitClaim => {
    const numbers = [Number(first), Number(second ?? first)];
    return { start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, text: match[0], name: named ?? '', high: Math.max(...numbers), low: Math.min(...numbers) };
  };
  const first = [...sentence.text.matchAll(nameFirst)].map(match => claim(match, match[1], match[2], match[3])).filter(found => isField(found.name));
  const second = [...sentence.text.matchAll(bitsFirst)].map(match => claim(match, match[3], match[1], match[2])).filter(found => isField(found.name));
  // "RXNE (bit 5), TXE (bit 7)": the words before a number bind tighter than those behind it.
  return [...first, ...second.filter(later => !first.some(({ start, end }) => start < later.end && later.start < end))];
}

function bitFindings(sentence: TextSpan, places: readonly RegisterPlace[], quoted: readonly RegisterPlace[]): Finding[] {
  const candidatesOf = (named: string): { place: RegisterPlace; field: Field }[] => fieldsNamed(named, places.length > 0 ? places : quoted);
  return bitClaims(sentence, named => candidatesOf(named).length > 0).flatMap((claim): Finding[] => {
    const candidates = candidatesOf(claim.name);
    const right = candidates.find(({ field }) => field.bitOffset === claim.low && field.bitOffset + field.bitWidth - 1 === claim.high);
    return (right === undefined ? candidates.slice(0, 1) : [right]).map(({ place, field }) => ({
      claim: claim.text, start: claim.start, end: claim.end, verdict: right === undefined ? 'contradicted' : 'supported',
      evidence: `${place.path}.${field.name} is ${bitsOf(field.bitOffset, field.bitWidth)}.`,
    }));
  });
}

/** The field by its own name, or by a header macro that ends in it. */
function fieldsNamed(named: string, places: readonly RegisterPlace[]): { place: RegisterPlace; field: Field }[] {
  const short = named.split('_').at(-1) ?? named;
  const matching = (wanted: string): { place: RegisterPlace; field: Field }[] => places.flatMap(place => place.register.fields.filter(field => field.name === wanted).map(field => ({ place, field })));
  const exact = matching(named);
  return exact.length > 0 || !named.includes('_') ? exact : matching(short);
}

const addressWords = /(address|located|offset|base|lies|at)\W+(?:\w+\W+){0,3}$/i;
const resetWords = /reset(s)?\b[^.;,]{0,40}$/i;

function addressFindings(sentence: TextSpan, mentions: readonly RegisterMention[]): Finding[] {
  const places = [...new Map(mentions.flatMap(({ place }) => (place === undefined ? [] : [[place.path, place] as const]))).values()];
  const [place] = places;
  if (place === undefined || places.length > 1) return [];
  return [...sentence.text.matchAll(/\b0x[0-9A-Fa-f_]{1,16}\b/g)].flatMap((match): Finding[] => {
    const value = BigInt(match[0].replaceAll('_', ''));
    const before = sentence.text.slice(Math.max(0, match.index - 60), match.index);
    const base = { claim: match[0], start: sentence.start + match.index, end: sentence.start + match.index + match[0].length };
    if (resetWords.test(before)) return resetFinding(base, value, place);
    if (!addressWords.test(before)) return [];
    const { address, peripheral } = place;
    const offset = /offset\W+(?:\w+\W+){0,3}$/i.test(before);
    const right = offset ? address - peripheral.baseAddress : address;
    if (value === right || (!offset && value === peripheral.baseAddress)) return [{ ...base, verdict: 'supported', evidence: `${place.path} is at ${hex(address, 8)}.` }];
    // A small number behind "at" is rather a value than an address.
    if (!offset && value < 0x1000n) return [];
    return [{ ...base, verdict: 'contradicted', evidence: offset ? `${place.path} has the offset ${hex(right)}.` : `${place.path} is at ${hex(address, 8)}.` }];
  });
}

function resetFinding(base: Pick<Finding, 'claim' | 'start' | 'end'>, value: bigint, { path, register }: RegisterPlace): Finding[] {
  if (register.resetValue === undefined) return [{ ...base, verdict: 'unknown', evidence: `The chip's description states no reset value for ${path}.` }];
  return [{ ...base, verdict: value === register.resetValue ? 'supported' : 'contradicted', evidence: `${path} resets to ${hex(register.resetValue)}.` }];
}

function interruptFindings(sentence: TextSpan, mentions: readonly InterruptMention[]): Finding[] {
  const known = [...new Map(mentions.flatMap(({ interrupt }) => (interrupt === undefined ? [] : [[interrupt.value, interrupt] as const]))).values()];
  const [interrupt] = known;
  if (interrupt === undefined || known.length > 1) return [];
  return [...sentence.text.matchAll(/\b(?:IRQ|interrupt)\s*(?:number|no\.?|line|#|=|is|:)*\s*(\d{1,3})\b/gi)].map(match => ({
    claim: match[0], start: sentence.start + match.index, end: sentence.start + match.index + match[0].length,
    verdict: Number(match[1]) === interrupt.value ? 'supported' : 'contradicted',
    evidence: `${interrupt.name} is IRQ ${interrupt.value}.`,
  }));
}
