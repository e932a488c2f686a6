import type { Correction, Finding } from './answer.ts';
import type { AnswerFacts } from './deviceFacts.ts';

/** Footnotes to an answer: each right fact once, with the claims that it corrects. */
export function correctionsOf(findings: readonly Finding[]): Correction[] {
  const wrong = findings.filter(({ verdict }) => verdict === 'contradicted');
  return [...Map.groupBy(wrong, ({ evidence }) => evidence)].map(([fact, same]) => ({ fact, claims: [...new Set(same.map(({ claim }) => claim))] }));
}

/** A citation that does not exist spoils no fact. */
const citation = /^\[\d+\]$/;

/**
 * The wrong claims that an answer hinges on: those about the register that was asked for, or, where the question named none,
 * wrong claims that are at least as many as right ones.
 */
export function hingesOn(findings: readonly Finding[], facts: AnswerFacts | undefined): Finding[] {
  const wrong = findings.filter(({ verdict, claim }) => verdict === 'contradicted' && !citation.test(claim));
  const asked = facts?.facts.slice(0, Math.max(1, facts.asked)) ?? [];
  const paths = asked.flatMap(({ path }) => path ?? []);
  const central = wrong.filter(({ evidence }) => asked.some(({ text }) => text === evidence) || paths.some(path => evidence.includes(path)));
  if (central.length > 0 || asked.length > 0) return central;
  const right = findings.filter(({ verdict }) => verdict === 'supported').length;
  return wrong.length >= right ? wrong : [];
}

/** What the model is asked once more, with the facts. */
export function repairRequest(wrong: readonly Finding[]): string {
  const facts = [...new Set(wrong.map(({ evidence }) => evidence))].slice(0, 6);
  return [`This is wrong in your answer: ${[...new Set(wrong.map(({ claim }) => claim))].slice(0, 6).join('; ')}.`, 'These are the facts:', ...facts.map(fact => `- ${fact}`), 'Write the whole answer again, with these facts, and nothing else:'].join('\n');
}
