import type { Device, RegisterPlace } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { hex } from '../device/numbers.ts';
import { firstRegisters } from '../device/places.ts';
import type { Finding } from './answer.ts';
import { checkQuantities, finding } from './checkQuantities.ts';
import type { DeviceFact } from './deviceFacts.ts';
import { registerMentions, sentences, within, type PlacedSpan, type RegisterMention, type TextSpan } from './mentions.ts';

/** Registers beside the one asked about whose names are looked for. */
const mostSiblings = 4000;

interface Asked {
  readonly fact: DeviceFact;
  readonly place: RegisterPlace | undefined;
}

/**
 * "It is bit 6." — an answer need not repeat what the question named. Values in sentences that name no other register are held
 * against the fact that was asked for. `taken` are findings that already judge a stretch: those stand.
 */
export function checkAsked(plain: string, { device, asked, taken }: { readonly device: Device; readonly asked: readonly DeviceFact[]; readonly taken: readonly Finding[] }): Finding[] {
  const [fact, ...others] = asked.filter(({ value }) => value !== undefined);
  if (fact === undefined || others.length > 0) return [];
  const place = fact.path === undefined ? undefined : findRegisters(device, fact.path)[0]?.place;
  const mentions = registerMentions(plain, device);
  const named = mentions.flatMap(({ place: own, ...span }) => (own === undefined ? [] : [{ ...span, place: own }]));
  return sentences(plain).flatMap(sentence => speaksOf(sentence, mentions, fact) ? [...checkQuantities(sentence, named, place), ...claimsIn(sentence, { fact, place })] : otherAddress(sentence, named, fact))
    .filter((claim, index, all) => all.findIndex(({ start }) => start === claim.start) === index)
    .filter(({ start, end }) => !taken.some(earlier => earlier.start < end && start < earlier.end && !/^[A-Za-z_]\w*(?:->|\.)[\w.>-]+$/.test(earlier.claim)));
}

/** A sentence about another register, or one that says what is not so, claims nothing about what was asked. */
function speaksOf(sentence: TextSpan, mentions: readonly RegisterMention[], { path, kind }: DeviceFact): boolean {
  const here = within(mentions, sentence);
  if (kind === 'clock') return true;
  return here.every(({ place }) => place === undefined || place.path === path) && !/\b(?:not|n't|unlike|instead of|rather than)\b|不是|而不是/.test(sentence.text);
}

function claimsIn(sentence: TextSpan, asked: Asked): Finding[] {
  switch (asked.fact.kind) {
    case 'reset': return numberClaims(sentence, asked, true);
    case 'address': return numberClaims(sentence, asked, false);
    case 'position': return positionClaims(sentence, asked);
    case 'access': return accessClaims(sentence, asked);
    case 'effect': return effectClaims(sentence, asked);
    case 'interrupt': return interruptClaims(sentence, asked);
    case 'field': return fieldClaims(sentence, asked);
    case 'decode': return decodeClaims(sentence, asked);
    case 'clock': return clockClaims(sentence, asked);
    default: return [];
  }
}

/** Asked for an address, "TIM1.CCR3: 0x4C" gives that of another register: it is held against that one. */
function otherAddress(sentence: TextSpan, named: readonly PlacedSpan[], { kind }: DeviceFact): Finding[] {
  const [{ place, end } = { place: undefined, end: 0 }, ...others] = within(named, sentence);
  if (kind !== 'address' || place === undefined || others.length > 0) return [];
  const match = /^\s*(?::|is(?: at)?|[(])?\s*(0x[\da-f]{1,16})\b/i.exec(sentence.text.slice(end - sentence.start));
  const written = match?.[1];
  if (match === null || written === undefined) return [];
  const start = end + match[0].length - written.length;
  const { address, peripheral: { baseAddress }, register: { resetValue } } = place;
  const value = BigInt(written);
  const isKnown = value === address || value === address - baseAddress || value === resetValue;
  return isKnown ? [] : [{ claim: written, start, end: start + written.length, verdict: 'contradicted', evidence: `${place.path} is at ${hex(address, 8)}.` }];
}

/** Every whole number in hex that the register is not otherwise known by; decimals only right behind "is". */
function numberClaims(sentence: TextSpan, { fact, place }: Asked, mayBeDecimal: boolean): Finding[] {
  const right = BigInt(fact.value ?? '0');
  const alsoTrue = place === undefined ? [] : [place.address, place.peripheral.baseAddress, place.address - place.peripheral.baseAddress, ...place.register.resetValue === undefined ? [] : [place.register.resetValue]];
  const pattern = mayBeDecimal ? /\b0x[\da-f]+\b|(?<=(?:\bis|\bto|=|:|是|为)\s*)\d+\b(?!\s*[:[-]?\s*\d|\s*bits?\b)/gi : /\b0x[\da-f]+\b/gi;
  return matches(sentence, pattern).flatMap(span => {
    const value = BigInt(span.text);
    const isRight = value === right;
    // Offsets and bases are true of the register, but they are no answer: nothing is claimed of them.
    const saysSo = fact.kind === 'address' && ownAddress.test(sentence.text.slice(0, span.start - sentence.start));
    return isRight || saysSo || !alsoTrue.includes(value) ? [judged(span, isRight, fact)] : [];
  });
}

/** "The address is 0x0", said of a register whose reset value that is. */
const ownAddress = /(?<!\b(?:base|offset)\s)\baddress(?:\s+of\s+[\w.>[\]-]+)?\s*(?:is|:|=)\s*$|(?<!基|偏移)地址\s*[是为:=]\s*$/i;

function positionClaims(sentence: TextSpan, { fact }: Asked): Finding[] {
  const right = /(\d+)(?::(\d+))?/.exec(fact.value ?? '');
  const [high, low] = [Number(right?.[1]), Number(right?.[2] ?? right?.[1])];
  const named = /\b[Bb]its?\s*(?:number\s*|position\s*|#|is\s*|:\s*)?\[?(\d{1,2})(?:\s*(?::|-|–|to|through)\s*(\d{1,2}))?|第\s*(\d{1,2})\s*(?:(?:-|至|到)\s*(\d{1,2})\s*)?位|位\s*(\d{1,2})(?:\s*[:-]\s*(\d{1,2}))?/g;
  const pattern = /^\s*\d{1,2}\s*[.!]?\s*$/.test(sentence.text) ? /(\d{1,2})/g : named;
  return matches(sentence, pattern).map(({ groups, ...span }) => {
    const numbers = groups.filter(group => group !== undefined).map(Number);
    return judged(span, Math.max(...numbers) === high && Math.min(...numbers) === low, fact);
  });
}

const accessWords: readonly (readonly [RegExp, RegExp])[] = [
  [/\bread[- ]?only\b|只读/gi, /^read-only$/], [/\bwrite[- ]?only\b|只写/gi, /^write-only$/], [/\bread[-/ ](?:and[- ])?write\b|\breadable and writ(?:e)?able\b|可读可?写|读写/gi, /^read-write/],
];

/** Of a register whose fields differ, one word is only half the truth: then nothing is judged. */
function accessClaims(sentence: TextSpan, { fact, place }: Asked): Finding[] {
  const own = fact.text.includes(`${place?.path ?? ''}.`) ? [] : place?.register.fields.filter(({ access }) => access !== undefined && access !== fact.value) ?? [];
  if (own.length > 0) return [];
  // "read-only, write-only or read-write" is the question repeated; of several words only those count that something "is".
  const said = accessWords.flatMap(([pattern, right]) => matches(sentence, pattern).map(span => judged(span, right.test(fact.value ?? ''), fact)))
    .filter(({ start, end }) => !isChoice(sentence.text.slice(0, start - sentence.start), sentence.text.slice(end - sentence.start)));
  if (new Set(said.map(({ verdict }) => verdict)).size < 2) return said;
  const siblings = new Set((place === undefined ? [] : firstRegisters(place.peripheral, mostSiblings)).map(({ register }) => register.name));
  if (matches(sentence, /(?<![\w>.])[A-Z]\w*\b/g).some(({ text }) => siblings.has(text))) return [];
  return said.filter(({ start }) => /(?:\b(?:is|are)(?: only| both)?|[是为])\s*$/i.test(sentence.text.slice(0, start - sentence.start)));
}

function isChoice(before: string, after: string): boolean {
  const word = String.raw`(?:(?:read|write)[- ]?(?:only|write|read)\b|只读|只写|可读可?写|读写)`;
  return new RegExp(String.raw`^\s*(?:,|or\b|,\s*or\b|还是|或|/)\s*${word}`, 'i').test(after) || new RegExp(String.raw`${word}\s*(?:,|,?\s*or|还是|或|/)\s*$`, 'i').test(before);
}

function effectClaims(sentence: TextSpan, { fact }: Asked): Finding[] {
  const right = fact.value === 'oneToClear' ? '1' : '0';
  return matches(sentence, /\bwrit(?:ing|e|ten)\s+(?:a\s+|it\s+(?:to\s+)?|to\s+)?(?:logic(?:al)?\s+)?['"`]?(0|1|zero|one)\b|写\s*入?\s*(0|1)/gi)
    .filter(() => /clear|清/i.test(sentence.text) && !/no effect|无效|没有影响/.test(sentence.text))
    .map(({ groups, ...span }) => judged(span, (/^(?:1|one)$/i.test(groups.find(group => group !== undefined) ?? '') ? '1' : '0') === right, fact));
}

function interruptClaims(sentence: TextSpan, { fact }: Asked): Finding[] {
  const bare = /^\s*\d{1,3}\s*[.!]?\s*$/.test(sentence.text);
  return matches(sentence, bare ? /(\d{1,3})/g : /\b(?:IRQn?|interrupt)\b(?:\s+(?:number|of|for|the|[A-Z]\w*))*\D{0,16}?(?<![\w])(\d{1,3})\b|\b(?:number|position|vector)\s*(?:is|:|=)?\s*(\d{1,3})\b|中断号?\D{0,6}(\d{1,3})/gi)
    .map(({ groups, ...span }) => judged(span, groups.some(group => group !== undefined && (group === fact.value || (/vector/i.test(span.text) && Number(group) === Number(fact.value) + 16))), fact));
}

/** Asked for the field at a bit, a sentence that names only others is wrong. */
function fieldClaims(sentence: TextSpan, { fact, place }: Asked): Finding[] {
  const names = fieldSpans(sentence, place);
  const right = names.find(({ text }) => text === fact.value);
  const [first] = names;
  const alsoListed = right === undefined ? [] : names.filter(({ start, end }) => start > right.end && /^\s*(?:,|、|and|和)\s*(?:and\s)?$/.test(sentence.text.slice(right.end - sentence.start, start - sentence.start)) && /^\s*[.。]?\s*$/.test(sentence.text.slice(end - sentence.start)));
  return right !== undefined ? [judged(right, true, fact), ...alsoListed.map(span => judged(span, false, fact))] : first === undefined ? [] : [judged(first, false, fact)];
}

/** Asked what a value means: a field that is 0 in it is not set, one that is set has its very value, and "all others are 0" must leave none out. */
function decodeClaims(sentence: TextSpan, { fact, place }: Asked): Finding[] {
  const set = new Map((fact.value ?? '').split(', ').map(part => part.split(' = ')).map(([name = '', value = '']) => [name, /^0x[\da-f]+/i.exec(value)?.[0]]));
  const names = fieldSpans(sentence, place);
  const values = names.flatMap(span => {
    const written = /^\s*=\s*(0x[\da-f]{1,16}|\d{1,10})\b/i.exec(sentence.text.slice(span.end - sentence.start))?.[1];
    const known = set.has(span.text) ? set.get(span.text) : '0x0';
    return written === undefined || known === undefined || BigInt(written) === BigInt(known) ? [] : [judged(span, false, fact)];
  });
  const others = matches(sentence, /\ball other (?:fields|bits) are (?:0|zero|cleared)\b|其余(?:字段|位)?[均都]?为 ?0/gi);
  const isComplete = [...set.keys()].every(name => names.some(({ text }) => text === name));
  const wrongOthers = isComplete || names.length === 0 ? [] : others.map(span => judged(span, false, fact));
  if (/\b(?:clear|zero|disabl|other|remain|unaffected|reserved)|= ?0\b|清零|禁止|其余/i.test(sentence.text)) return [...values, ...wrongOthers];
  return [...values, ...names.filter(({ start }) => !values.some(value => value.start === start)).map(span => judged(span, set.has(span.text), fact))];
}

/** Another enable register than the peripheral's own. */
function clockClaims(sentence: TextSpan, { fact }: Asked): Finding[] {
  const right = /\b([A-Z]\w*)\.(\w+)\.(\w+)/.exec(fact.value ?? '');
  if (right === null) return [];
  const [, block = '', register = '', field = ''] = right;
  const pattern = new RegExp(`\\b${block}(?:_|->|\\.)([A-Z0-9]*ENR?\\d?)\\b|\\b([A-Z0-9]{3,}ENR\\d?)\\b|\\b([A-Z][A-Z0-9]*EN)\\b`, 'g');
  return matches(sentence, pattern).map(({ groups, ...span }) => judged(span, groups.some(group => group === register || group === field), fact));
}

function fieldSpans(sentence: TextSpan, place: RegisterPlace | undefined): TextSpan[] {
  const names = new Set(place?.register.fields.map(({ name }) => name));
  return matches(sentence, /(?<![\w>.])[A-Z]\w*\b/g).filter(({ text }) => names.has(text));
}

interface MatchedSpan extends TextSpan {
  readonly groups: readonly (string | undefined)[];
}

function matches(sentence: TextSpan, pattern: RegExp): MatchedSpan[] {
  return [...sentence.text.matchAll(pattern)].map(match => ({ start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, text: match[0], groups: match.slice(1) }));
}

function judged(span: TextSpan, isRight: boolean, fact: DeviceFact): Finding {
  return finding(span, isRight, fact.text);
}
