import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { Evidence } from '../prompt/prompt.ts';
import type { Finding } from './answer.ts';
import { checkAsked } from './checkAsked.ts';
import { checkCode } from './checkCode.ts';
import { checkNames } from './checkNames.ts';
import { checkReferences } from './checkReferences.ts';
import { checkValues } from './checkValues.ts';
import type { DeviceFact } from './deviceFacts.ts';
import type { MissingName } from './missingNames.ts';
import { plainProse } from './prose.ts';

/** What an answer is held against. */
export interface Ground {
  readonly device?: Device | undefined;
  readonly facts: FactSource;
  readonly evidence: readonly Evidence[];
  /** Facts that the question asked for: a short answer need not name what it is about. */
  readonly asked?: readonly DeviceFact[];
  /** Names in the question that this chip does not have. */
  readonly missing?: readonly MissingName[];
}

/**
 * Finds the claims of an answer that can be looked up, and looks them up: registers, fields, header names, bit positions,
 * addresses, reset values, interrupt numbers, functions, citations and places. In the order of the text; a claim made twice
 * is found twice. "Contradicted" is said only where the device or the evidence leaves no doubt.
 */
export async function checkAnswer(text: string, ground: Ground): Promise<Finding[]> {
  const plain = plainProse(text);
  const values = ground.device === undefined ? [] : checkValues(plain, ground.device, ground.evidence);
  const names = await checkNames(text, ground);
  const references = await checkReferences(text, ground.evidence, ground.facts);
  const code = await checkCode(text, ground);
  const found = [...values, ...names, ...references, ...code];
  const asked = ground.device === undefined || ground.asked === undefined ? [] : checkAsked(plain, { device: ground.device, asked: ground.asked, taken: found });
  const quoted = (ground.asked ?? []).flatMap(fact => placesOf(fact.text, text));
  return [...found, ...asked]
    .filter(({ verdict, start, end }) => verdict !== 'contradicted' || !quoted.some(quote => quote.start <= start && end <= quote.end))
    .map(finding => ({ ...finding, claim: text.slice(finding.start, finding.end) }))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Where Halcyon's own sentence is repeated word for word: it is true as a whole, whatever its words are called elsewhere. */
function placesOf(sentence: string, text: string): { readonly start: number; readonly end: number }[] {
  const places = [];
  for (let start = sentence === '' ? -1 : text.indexOf(sentence); start >= 0; start = text.indexOf(sentence, start + sentence.length)) places.push({ start, end: start + sentence.length });
  return places;
}
