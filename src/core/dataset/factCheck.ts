import { checkAnswer } from '../answer/checkAnswer.ts';
import { deviceFacts, type AnswerFacts } from '../answer/deviceFacts.ts';
import type { Finding } from '../answer/answer.ts';
import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import { chipFamily } from './chipFamily.ts';

/** What examples are held against: the same facts and the same check as answers are. */
export interface CheckGround {
  readonly device: Device;
  readonly facts: FactSource;
}

/** What is known for certain of a question. */
export async function factsAsked(question: string, { device, facts }: CheckGround): Promise<AnswerFacts | undefined> {
  return deviceFacts(question, { device, facts, source: '', dossiers: [] });
}

/** The facts that answer the question, or the sentence that what it names is not there. */
export function answerOf(known: AnswerFacts): string {
  return known.isAbstention ? known.missing.map(({ text }) => text).join(' ') : known.facts.slice(0, known.asked).map(({ text }) => text).join('\n');
}

/** Claims of the answer that the chip or the sources contradict, by the check that marks a model's answers. */
export async function contradictionsIn(question: string, answer: string, ground: CheckGround): Promise<Finding[]> {
  const known = await factsAsked(question, ground);
  const findings = await checkAnswer(answer, { device: ground.device, facts: ground.facts, evidence: [], ...(known !== undefined && { asked: known.facts.slice(0, known.asked), missing: known.missing }) });
  // Nothing is cited here: `[1]` is an array's element or a list's mark.
  return findings.filter(({ verdict, claim }) => verdict === 'contradicted' && !/^\[\d+\]$/.test(claim));
}

/** One name for the fact that a question asks for, whatever its words; undefined where it asks for none or for several. */
export function factKeyOf(known: AnswerFacts | undefined, device: Pick<Device, 'name' | 'series'>): string | undefined {
  if (known === undefined) return undefined;
  const family = chipFamily(device);
  if (known.isAbstention) return `${family}|missing|${known.missing.map(({ name }) => name.replace('->', '.')).sort().join(',')}`;
  const [fact, ...others] = known.facts.slice(0, known.asked);
  if (fact === undefined || (others.length > 0 && fact.kind !== 'effect')) return undefined;
  return `${family}|${fact.kind}|${fact.path ?? ''}|${fact.value ?? fact.text}`;
}
