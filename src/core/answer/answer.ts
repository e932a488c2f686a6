import type { IsrDossier } from '../isr/dossier.ts';
import type { GenerationUsage } from '../model/languageModel.ts';
import type { Evidence } from '../prompt/prompt.ts';
import type { Problem } from '../text/problem.ts';
import type { AnswerFacts } from './deviceFacts.ts';

/** What a question or "explain" yields, in this order: facts (or dossier), evidence, text…, perhaps a repair and text… again, one answer. */
export type AnswerEvent =
  | { readonly type: 'dossier'; readonly dossier: IsrDossier; readonly markdown: string }
  /** What Halcyon computed itself, shown before any model speaks. */
  | { readonly type: 'facts'; readonly facts: AnswerFacts }
  | { readonly type: 'evidence'; readonly quoted: readonly Evidence[]; readonly dropped: readonly Evidence[]; readonly retrieveMs: number }
  | { readonly type: 'text'; readonly text: string }
  /** What a reasoning model thinks; `replacesText`: what came as text so far was a part of it; an answer that is gone on with comes again after it. */
  | { readonly type: 'thinking'; readonly text: string; readonly replacesText?: true }
  /** The text so far hinged on wrong claims; the model writes it anew, and the next text takes its place. */
  | { readonly type: 'repair'; readonly wrong: readonly Finding[] }
  | { readonly type: 'answer'; readonly answer: Answer };

/** A finished answer never travels without its evidence. */
export interface Answer {
  readonly text: string;
  /** What a reasoning model thought; never checked, never cited. */
  readonly thinking?: string;
  /** Who wrote the text: Halcyon where the facts alone are the answer. */
  readonly writtenBy: 'model' | 'halcyon';
  /** What Halcyon computed itself. */
  readonly facts?: AnswerFacts;
  readonly citations: readonly Citation[];
  readonly findings: readonly Finding[];
  /** Footnotes: what is wrong in the text, and what is right. */
  readonly corrections: readonly Correction[];
  /** What the model wrote first, where it was asked to write it anew. */
  readonly beforeRepair?: { readonly text: string; readonly findings: readonly Finding[] };
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

/** A wrong claim with the right fact; claims that one fact corrects stand together. */
export interface Correction {
  readonly claims: readonly string[];
  readonly fact: string;
}

export interface AnswerTiming {
  readonly retrieveMs: number;
  readonly firstTokenMs: number;
  readonly totalMs: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}
