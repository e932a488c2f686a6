import type { IsrDossier } from '../isr/dossier.ts';
import type { GenerationUsage } from '../model/languageModel.ts';
import type { Evidence } from '../prompt/prompt.ts';
import type { Problem } from '../text/problem.ts';

/** What a question or "explain" yields, in this order: evidence (and dossier), text…, one answer. */
export type AnswerEvent =
  | { readonly type: 'dossier'; readonly dossier: IsrDossier; readonly markdown: string }
  | { readonly type: 'evidence'; readonly quoted: readonly Evidence[]; readonly dropped: readonly Evidence[]; readonly retrieveMs: number }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'answer'; readonly answer: Answer };

/** A finished answer never travels without its evidence. */
export interface Answer {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly findings: readonly Finding[];
  readonly prompt: { readonly tokens: number; readonly quoted: number; readonly dropped: number };
  readonly timing: AnswerTiming;
  readonly stopReason: GenerationUsage['stopReason'];
  readonly problems: readonly Problem[];
}

export interface Citation {
  readonly id: number;
  readonly kind: Evidence['kind'];
  readonly title: string;
  readonly file?: string;
  readonly line?: number;
  readonly path?: string;
}

export type Verdict = 'supported' | 'contradicted' | 'unknown';

/** One checked claim of an answer. */
export interface Finding {
  /** The words of the answer that make the claim. */
  readonly claim: string;
  readonly verdict: Verdict;
  /** What the device or the sources say, in one sentence; for a contradicted claim, the right fact. */
  readonly evidence: string;
  /** Character offsets of the claim in the answer's text. */
  readonly start: number;
  readonly end: number;
}

export interface AnswerTiming {
  readonly retrieveMs: number;
  readonly firstTokenMs: number;
  readonly totalMs: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}
