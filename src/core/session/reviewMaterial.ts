import { factsOf, type AnswerFacts, type DeviceFact } from '../answer/deviceFacts.ts';
import { dossierEvidence, type QuestionMaterial } from '../answer/ask.ts';
import type { AskRequest } from '../engine.ts';
import { overlayFacts } from '../graph/overlayFacts.ts';
import type { LintFinding } from '../lint/finding.ts';
import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';
import type { Problem } from '../text/problem.ts';
import { codeEvidence } from './codeEvidence.ts';
import { codeInQuestion, type CodePlaceOpened } from './functionMaterial.ts';
import { handlerDossier } from './handlerDossier.ts';
import type { TaskGround } from './taskMaterial.ts';
import { touchedRegisters } from './touchedRegisters.ts';

const mostFindings = 12;

/** For a review: what the rules find in the code, the dossier where it is a handler, and the registers that it touches. */
export async function reviewMaterial(request: AskRequest, ground: TaskGround): Promise<QuestionMaterial> {
  const { places, problems } = await codeInQuestion(request, ground);
  if (places.length === 0) return { first: [], then: [], problems: [...problems, nothingToReview], isComplete: false };
  const linted = await Promise.all(places.map(async place => findingsIn(place, ground)));
  const dossiers = (await Promise.all(places.map(async place => dossierOf(place, ground)))).flat();
  const found = linted.flatMap(({ facts }) => facts);
  return {
    known: knownOf(found, places, request.question), isComplete: true,
    first: [...found.length === 0 ? [] : [findingsEvidence(found, places)], ...places.filter(({ isQuoted }) => !isQuoted).flatMap(codeOf)],
    then: [...dossiers, ...(await Promise.all(places.map(async place => touchedRegisters(place, ground)))).flat()],
    problems: [...problems, ...linted.flatMap(report => report.problems)],
  };
}

const nothingToReview: Problem = { file: '', message: 'No function was named and no code attached, so nothing was looked over. Name a function, or put the cursor into it.' };

async function findingsIn(place: CodePlaceOpened, { lint, signal }: TaskGround): Promise<{ readonly facts: readonly DeviceFact[]; readonly problems: readonly Problem[] }> {
  if (lint === undefined) return { facts: [], problems: [] };
  for await (const event of lint({ file: place.file, text: place.source.text }, signal)) {
    if (event.type !== 'done') continue;
    const { findings, problems } = event.report;
    const within = findings.filter(({ startLine, endLine }) => startLine <= place.endLine && endLine >= place.line);
    const more = within.length - mostFindings;
    return { facts: within.slice(0, mostFindings).map(factOf), problems: [...problems, ...more > 0 ? [{ file: place.file, message: `${more} more findings were left out.` }] : []] };
  }
  return { facts: [], problems: [] };
}

function factOf({ file, startLine, message, rule, certainty, related }: LintFinding): DeviceFact {
  const places = related.slice(0, 2).map(({ file: other, line, message: why }) => ` [${why.replace(/\.$/, '')}: ${other}:${line}]`).join('');
  return { kind: 'finding', text: `${file}:${startLine}: ${message}${places} (${rule}, ${certainty})` };
}

/** Shown before any model speaks: where nothing is found, that too. */
function knownOf(found: readonly DeviceFact[], places: readonly CodePlaceOpened[], question: string): AnswerFacts {
  const names = places.map(({ function: around, file, line, endLine }) => around?.name ?? `${file}:${line}-${endLine}`).join(', ');
  const facts = found.length > 0 ? found : [{ kind: 'finding', text: `Halcyon's rules find no mistake in ${names}. That is no proof that there is none.` } as const];
  return factsOf(facts, 'lint rules', question);
}

function codeOf({ file, source, line, endLine, function: around }: CodePlaceOpened): EvidenceCandidate[] {
  return codeEvidence(file, source.text, { first: line, last: endLine, name: around?.name });
}

function findingsEvidence(found: readonly DeviceFact[], [first]: readonly CodePlaceOpened[]): EvidenceCandidate {
  return { kind: 'device', title: 'Facts: findings of Halcyon\'s rules', text: found.map(({ text }) => `- ${text}`).join('\n'), ...(first !== undefined && { file: first.file, line: first.line }) };
}

async function dossierOf({ file, source, function: around }: CodePlaceOpened, { facts, device }: TaskGround): Promise<EvidenceCandidate[]> {
  if (around === undefined) return [];
  const found = await handlerDossier({ file, line: around.startLine }, { facts: overlayFacts(facts, file, source.facts), device });
  return found === undefined ? [] : [dossierEvidence(found)];
}
