import { deviceCardText } from '../card/promptText.ts';
import { findRegisters } from '../device/findRegisters.ts';
import type { IsrDossier } from '../isr/dossier.ts';
import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';
import { explainIsrTemplate, explainSelectionTemplate } from '../prompt/templates.ts';
import type { AnswerEvent } from './answer.ts';
import { dossierEvidence, type DossierText } from './ask.ts';
import { registerEvidence } from './hardwareEvidence.ts';
import { respond, type AnswerParts } from './respond.ts';

/** The code to explain, already read. */
export interface CodeToExplain {
  /** The function around the place, or the selected lines, with their numbers; in pieces that are quoted or left out whole. */
  readonly code: readonly EvidenceCandidate[];
  /** What else speaks of it: what tools reported there, the registers it touches, the code around it; most important first. */
  readonly beside: readonly EvidenceCandidate[];
  /** Function name, or `file:line`. */
  readonly title: string;
  /** When the code is an interrupt handler: its facts, and the same for people. */
  readonly handler?: (DossierText & { readonly markdown: string }) | undefined;
  readonly maxTokens?: number | undefined;
  readonly soFar?: string | undefined;
}

export interface ExplainParts extends AnswerParts {
  readonly source: string;
}

/** Room for a whole dossier with the handler's text and its registers. */
const mostPromptTokens = 1500;
/** Without a handler's own text a model only repeats the facts; the dossier gets what is left, and that is most of it. */
const mostCodeTokens = 500;

/** Shows a handler's facts at once, then streams the model's narration; other code is explained from its own text and its registers. */
export async function* explain(code: CodeToExplain, parts: ExplainParts, signal?: AbortSignal): AsyncGenerator<AnswerEvent> {
  const startedMs = parts.now();
  const { handler } = code;
  if (handler !== undefined) yield { type: 'dossier', dossier: handler.dossier, markdown: handler.markdown };
  const [beginning, ...rest] = code.code.map(piece => ({ ...piece, mostTokens: mostCodeTokens }));
  const candidates = handler === undefined ? [...code.code, ...code.beside] : [...beginning === undefined ? [] : [beginning], dossierEvidence(handler), ...rest, ...code.beside, ...touchedRegisters(handler.dossier, parts)];
  yield* respond({
    prompt: {
      template: handler === undefined ? explainSelectionTemplate : explainIsrTemplate, question: code.title, candidates,
      deviceCard: parts.device === undefined ? undefined : deviceCardText(parts.device),
    },
    problems: handler?.dossier.problems ?? [], startedMs, retrieveMs: parts.now() - startedMs, maxTokens: code.maxTokens, soFar: code.soFar, mostPromptTokens,
  }, parts, signal);
}

/** The registers a handler touches, each with only the fields it uses. */
function touchedRegisters(dossier: IsrDossier, { device, source }: ExplainParts): EvidenceCandidate[] {
  if (device === undefined) return [];
  const fields = new Map<string, Set<string>>();
  for (const use of [...dossier.registersWritten, ...dossier.registersRead]) {
    if (use.resolved) fields.set(use.path, new Set([...fields.get(use.path) ?? [], ...use.fields]));
  }
  return [...fields].flatMap(([path, names]) => findRegisters(device, path).slice(0, 1).map(({ place }) => registerEvidence(place, device, source, [...names])));
}
