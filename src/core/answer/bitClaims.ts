import type { TextSpan } from './mentions.ts';

/** A name and the bit position that the text gives for it. */
export interface BitClaim extends TextSpan {
  readonly name: string;
  readonly nameStart: number;
  readonly bitsStart: number;
  readonly high: number;
  readonly low: number;
  /** "bits 3 and 2": one field of two bits, or two fields. */
  readonly isPair: boolean;
  /** The register that the number is said to be of, as written. */
  readonly of?: string;
}

const range = String.raw`\s*(?:(?<join>:|-|–|\.\.\.?|to|through|到|至|~)|(?<pair>and|&))\s*`;
const bits = [
  String.raw`[Bb]its?\s*[\[(]?(?<high>\d{1,3})${range}(?:bit\s*)?(?<low>\d{1,3})\b`,
  String.raw`[Bb]it\s*(?:number\s*|position\s*|no\.\s*|#)?[\[(]?(?<high>\d{1,3})\b`,
  String.raw`第\s*(?<high>\d{1,3})\s*(?:(?<join>-|–|到|至|~)\s*(?<low>\d{1,3})\s*)?位`,
  String.raw`位\s*(?<high>\d{1,3})\b(?:\s*(?<join>:|-|–|到|至|~)\s*(?<low>\d{1,3}))?`,
  String.raw`1(?:U|UL|u|ul)?\s*<<\s*(?<high>\d{1,2})\b`,
].join('|');
const register = String.raw`[A-Za-z_]\w*(?:->|\.)[A-Z]\w*(?:\[\d+\])?`;
const ofRegister = String.raw`\b(?:of|in)\s+(?:the\s+)?${register}(?:\s+register)?`;
const name = String.raw`\b(?<name>[A-Z]\w*)\b(?!->|\.\w|\[)`;

const nameFirst = new RegExp(String.raw`${name}(?<glue>(?:${ofRegister}|[\s(,:=|—]|\b(?:is|at|in|the|as|flag|field|which|located|occupies|uses|sits|lies|stands|being|position)\b|\bbit\b(?=\W{1,3}(?:[Bb]it|\())|[是为在占的]|位于|标志|字段){1,16})(?:${bits})(?:\]?\s*(?:of|in)\s+(?:the\s+)?(?<of>${register}))?`, 'dg');
const bitsFirst = new RegExp(String.raw`(?:${bits})\]?(?<glue>(?:${ofRegister}|\)?;?\s*\/\/|[\s(,:=|—]|\b(?:is|the|named|called|flag|which|as)\b|[是为的]){1,16})${name}`, 'dg');

/** `CKD[9:8]`, as manuals and register cards write it; one number in brackets may be an index. */
const sliced = new RegExp(String.raw`${name.replace('|\\[', '')}\s?\[(?<high>\d{1,3}):(?<low>\d{1,3})\]`, 'dg');

/** Every reading of a sentence as "this name has this position". Readings may contradict each other. */
export function bitClaims(sentence: TextSpan): BitClaim[] {
  const claims = (pattern: RegExp, isPlausible: (match: RegExpExecArray, text: string) => boolean): BitClaim[] =>
    [...sentence.text.matchAll(pattern)].filter(match => isPlausible(match, sentence.text)).map(match => toClaim(match, sentence.start));
  return [...claims(sliced, () => true), ...claims(nameFirst, isPlausibleNameFirst), ...claims(bitsFirst, isPlausibleBitsFirst)];
}

function toClaim(match: RegExpExecArray, offset: number): BitClaim {
  const { name: named = '', high = '', low = high, pair, of } = match.groups ?? {};
  const numbers = [Number(high), Number(low)];
  const start = offset + match.index;
  return {
    start, end: start + match[0].length, text: match[0], name: named,
    nameStart: offset + (match.indices?.groups?.['name']?.[0] ?? 0), bitsStart: offset + (match.indices?.groups?.['high']?.[0] ?? 0),
    high: Math.max(...numbers), low: Math.min(...numbers), isPair: pair !== undefined, ...(of !== undefined && { of }),
  };
}

/** "When you poll RXNE, bit 7 of …" speaks of two things: behind a comma the position must be an aside of its own. */
function isPlausibleNameFirst(match: RegExpExecArray, text: string): boolean {
  const rest = text.slice(match.index + match[0].length);
  if (startsList(rest)) return false;
  return match.groups?.['glue']?.includes(',') !== true || match.groups['of'] !== undefined || endsAside(rest);
}

function isPlausibleBitsFirst(match: RegExpExecArray, text: string): boolean {
  const glue = match.groups?.['glue'] ?? '';
  // "bits 3 and bit 2 (TE and RE)": the last number of a list belongs to the last name.
  if (/\d\s*(?:,|and|or|&|\/)+\s*(?:the\s)?$/.test(text.slice(0, match.index))) return false;
  const rest = text.slice(match.index + match[0].length);
  // A comment on one shift names it; on several, nobody knows which.
  if (glue.includes('//')) return text.match(/<</g)?.length === 1 && !/[A-Z]{2}/.test(rest);
  return !glue.includes(',') || endsAside(rest);
}

function startsList(rest: string): boolean {
  return /^\]?\s*(?:,|and|or|&|\/)\s*(?:[Bb]its?\s*)?\d/.test(rest);
}

function endsAside(rest: string): boolean {
  return /^\s*(?:[,.;:)\]。|]|$|\n)/.test(rest);
}
