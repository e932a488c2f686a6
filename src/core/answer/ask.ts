import { deviceCardText } from '../card/promptText.ts';
import type { IsrDossier } from '../isr/dossier.ts';
import type { Message } from '../model/languageModel.ts';
import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';
import { answerTemplate } from '../prompt/templates.ts';
import type { Hit, Retriever } from '../retrieve/hit.ts';
import type { Problem } from '../text/problem.ts';
import { identifiersIn } from '../text/words.ts';
import type { AnswerEvent } from './answer.ts';
import { hardwareEvidence } from './hardwareEvidence.ts';
import { respond, type AnswerParts } from './respond.ts';

/** What a question needs beyond what every answer needs. */
export interface AskParts extends AnswerParts {
  readonly retriever: Retriever;
  /** The SVD file's name, for titles. */
  readonly source: string;
  /** The dossier of a handler by name, when the workspace has one. */
  readonly dossierOf: (handler: string) => Promise<DossierText | undefined>;
}

/** A dossier and its text for a prompt. */
export interface DossierText {
  readonly dossier: IsrDossier;
  readonly text: string;
}

export interface AskQuestion {
  readonly question: string;
  readonly history?: readonly Message[];
  readonly maxTokens?: number | undefined;
}

const mostPassages = 6;
const mostPromptTokens = 1000;
/** A handler's dossier takes up to 900 tokens and is worth them. */
const mostWithDossier = 1500;

/** Answers a question from what is known of its registers and handlers, and from the passages found for it. */
export async function* ask(asked: AskQuestion, parts: AskParts, signal?: AbortSignal): AsyncGenerator<AnswerEvent> {
  const startedMs = parts.now();
  const { candidates, problems } = await gatherEvidence(asked.question, parts, signal);
  yield* respond({
    prompt: {
      template: answerTemplate, question: asked.question, candidates,
      deviceCard: parts.device === undefined ? undefined : deviceCardText(parts.device),
      ...(asked.history !== undefined && { history: asked.history }),
    },
    problems, startedMs, retrieveMs: parts.now() - startedMs, maxTokens: asked.maxTokens,
    mostPromptTokens: candidates[0]?.kind === 'dossier' ? mostWithDossier : mostPromptTokens,
  }, parts, signal);
}

async function gatherEvidence(question: string, parts: AskParts, signal?: AbortSignal): Promise<{ candidates: EvidenceCandidate[]; problems: Problem[] }> {
  const hardware = parts.device === undefined ? [] : hardwareEvidence(question, parts.device, parts.source);
  const dossiers = await Promise.all(handlersIn(question).map(name => parts.dossierOf(name)));
  const known = dossiers.flatMap(found => (found === undefined ? [] : [dossierEvidence(found)]));
  try {
    const hits = await parts.retriever.search(question, { limit: mostPassages }, signal);
    const paths = new Set(hardware.map(({ path }) => path));
    return { candidates: [...known, ...hardware, ...hits.filter(({ chunk }) => chunk.symbol === undefined || !paths.has(chunk.symbol)).map(passageEvidence)], problems: [] };
  } catch (error) {
    // An unreadable index must not keep the registers from answering.
    return { candidates: [...known, ...hardware], problems: [{ file: '', message: error instanceof Error ? error.message : String(error) }] };
  }
}

function handlersIn(question: string): string[] {
  return [...new Set(identifiersIn(question))].filter(name => /(_IRQHandler|_isr|_Handler|_vect)$/.test(name)).slice(0, 2);
}

export function dossierEvidence({ dossier, text }: DossierText): EvidenceCandidate {
  const { name, file, line, endLine } = dossier;
  return { kind: 'dossier', title: `Facts about ${name}`, text, file, line, endLine };
}

export function passageEvidence({ chunk }: Hit): EvidenceCandidate {
  const { symbol, file, startLine, endLine, text, kind } = chunk;
  const evidence = { kind: 'passage' as const, title: symbol ?? `${kind} of ${file}`, text };
  // A register's card says more than the first line of its SVD file.
  return kind === 'register' && symbol !== undefined ? { ...evidence, path: symbol } : { ...evidence, file, line: startLine, endLine };
}
