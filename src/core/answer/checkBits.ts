import type { Field, RegisterPlace } from '../device/device.ts';
import type { Finding } from './answer.ts';
import { bitClaims, type BitClaim } from './bitClaims.ts';
import { bitsOf } from './checkNames.ts';
import { tableBitClaims } from './tableBitClaims.ts';
import { sentences, within, type PlacedSpan, type TextSpan } from './mentions.ts';

/** The registers that an answer speaks of. */
export interface BitScope {
  /** Registers named in the text, by path or by a header macro, where they stand. */
  readonly named: readonly PlacedSpan[];
  /** Registers among the evidence. */
  readonly quoted: readonly RegisterPlace[];
}

interface Candidate {
  readonly place: RegisterPlace;
  readonly field: Field;
}

interface Judged {
  readonly claim: BitClaim;
  readonly candidates: readonly Candidate[];
  readonly right: Candidate | undefined;
}

/**
 * Bit positions that the text gives for fields. The nearest register that has the field decides: named in the claim, in the
 * sentence, anywhere in the text or among the evidence. "RXNE, bit 7, TXE" can be read in two ways, and counts as wrong only
 * when both are.
 */
export function checkBits(plain: string, scope: BitScope): Finding[] {
  const inSentences = sentences(plain).flatMap(sentence => judge(bitClaims(sentence), candidatesIn(sentence, scope)));
  const inTables = judge(tableBitClaims(plain), candidatesIn({ start: 0, end: plain.length, text: plain }, scope));
  return settle([...inSentences, ...inTables]).map(toFinding);
}

function judge(claims: readonly BitClaim[], candidatesOf: (claim: BitClaim) => readonly Candidate[]): Judged[] {
  return claims.flatMap(claim => {
    const candidates = candidatesOf(claim).filter(({ field }) => !claim.isPair || field.bitWidth === 2);
    if (candidates.length === 0) return [];
    return [{ claim, candidates, right: candidates.find(({ field }) => field.bitOffset === claim.low && field.bitOffset + field.bitWidth - 1 === claim.high) }];
  });
}

function candidatesIn(sentence: TextSpan, { named, quoted }: BitScope): (claim: BitClaim) => readonly Candidate[] {
  const here = within(named, sentence).map(({ place }) => place);
  const everywhere = [...named.map(({ place }) => place), ...quoted];
  return claim => {
    const own = within(named, claim).map(({ place }) => place);
    const behind = claim.of === undefined ? [] : named.filter(({ text }) => text === claim.of).map(({ place }) => place);
    // "RXNE, bit 5 of CR1's …": the number belongs to that register, whatever stands before it.
    if (behind.length > 0) return fieldsNamed(claim.name, behind);
    return [own, here, everywhere].map(places => fieldsNamed(claim.name, places)).find(found => found.length > 0) ?? [];
  };
}

/** The field by its own name, or by a header macro that ends in it; once for each register. */
function fieldsNamed(named: string, places: readonly RegisterPlace[]): Candidate[] {
  const distinct = [...new Map(places.map(place => [place.path, place])).values()];
  const matching = (wanted: string): Candidate[] => distinct.flatMap(place => place.register.fields.filter(field => field.name === wanted).map(field => ({ place, field })));
  const exact = matching(named);
  const short = named.replace(/_(Pos|Msk)$/, '').split('_').at(-1) ?? named;
  return exact.length > 0 || !named.includes('_') ? exact : matching(short);
}

/** Of several readings of one name or of one number, the right one counts. */
function settle(judged: readonly Judged[]): Judged[] {
  const rightNames = new Set(judged.filter(({ right }) => right !== undefined).map(({ claim }) => claim.nameStart));
  const rightNumbers = new Set(judged.filter(({ right }) => right !== undefined).map(({ claim }) => claim.bitsStart));
  const seenNames = new Set<number>();
  const seenNumbers = new Set<number>();
  return judged.filter(({ claim: { nameStart, bitsStart }, right }) => {
    if (seenNames.has(nameStart) || seenNumbers.has(bitsStart)) return false;
    if (right === undefined && (rightNames.has(nameStart) || rightNumbers.has(bitsStart))) return false;
    seenNames.add(nameStart);
    seenNumbers.add(bitsStart);
    return true;
  });
}

function toFinding({ claim, candidates, right }: Judged): Finding {
  const shown = right ?? candidates[0];
  return {
    claim: claim.text, start: claim.start, end: claim.end, verdict: right === undefined ? 'contradicted' : 'supported',
    evidence: shown === undefined ? '' : `${shown.place.path}.${shown.field.name} is ${bitsOf(shown.field.bitOffset, shown.field.bitWidth)}.`,
  };
}
