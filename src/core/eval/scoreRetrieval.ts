import type { Hit, Retriever, SearchMode } from '../retrieve/hit.ts';
import { rankMetrics, type RankMetrics } from './rankMetrics.ts';
import { answersCase, describeAnswers, retrievalBars, type RetrievalCase } from './retrievalCase.ts';
import { placeOf } from './suiteSource.ts';

/** Figures of one way of searching for one kind of question. */
export interface KindScore extends RankMetrics {
  readonly kind: string;
  readonly mode: SearchMode;
}

/** A bar, and how far the ways of searching came. */
export interface BarScore {
  readonly name: string;
  readonly wanted: number;
  readonly reached: number;
  readonly questions: number;
  readonly holds: boolean;
}

/** A question whose answer is not among the first ten passages. */
export interface FailedQuestion {
  readonly kind: string;
  readonly mode: SearchMode;
  readonly question: string;
  readonly wanted: string;
  /** What was found instead, best first. */
  readonly found: readonly string[];
}

export interface RetrievalScores {
  readonly questions: number;
  readonly kinds: readonly KindScore[];
  readonly bars: readonly BarScore[];
  readonly failures: readonly FailedQuestion[];
  readonly latency: readonly { readonly mode: SearchMode; readonly p50Ms: number; readonly p95Ms: number }[];
}

export interface ScoreOptions {
  readonly modes: readonly SearchMode[];
  /** Milliseconds from an arbitrary start. */
  readonly now: () => number;
}

/** One question asked in one way of searching. */
export interface RetrievalOutcome extends FailedQuestion {
  /** Of the first true passage; absent: none is among the first ten. */
  readonly rank?: number;
  readonly milliseconds: number;
}

/** What an evaluation says while it runs, and at its end. */
export type RetrievalScoreEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number; readonly outcomes: readonly RetrievalOutcome[] }
  | { readonly type: 'done'; readonly scores: RetrievalScores };

/** Asks every question in every mode and holds what is found against the known answers. */
export async function* scoreRetrieval(cases: readonly RetrievalCase[], retriever: Retriever, options: ScoreOptions, signal?: AbortSignal): AsyncGenerator<RetrievalScoreEvent, void> {
  const outcomes: Outcome[] = [];
  for (const [position, asked] of cases.entries()) {
    const here: Outcome[] = [];
    for (const mode of options.modes) here.push(await ask(asked, mode, { retriever, now: options.now, signal }));
    outcomes.push(...here);
    yield { type: 'progress', done: position + 1, total: cases.length, outcomes: here.map(outcome => ({ ...failureOf(outcome), milliseconds: outcome.milliseconds, ...outcome.rank !== undefined && { rank: outcome.rank } })) };
  }
  yield { type: 'done', scores: scoresOf(cases, outcomes, options.modes) };
}

function scoresOf(cases: readonly RetrievalCase[], outcomes: readonly Outcome[], modes: readonly SearchMode[]): RetrievalScores {
  const kinds = [...new Set(cases.map(({ kind }) => kind))];
  const best = modes.includes('hybrid') ? 'hybrid' : modes[0];
  return {
    questions: cases.length,
    kinds: kinds.flatMap(kind => modes.map(mode => ({ kind, mode, ...rankMetrics(ranksOf(outcomes, mode, [kind])) }))),
    bars: best === undefined ? [] : [...barScores(outcomes, best), ...fusionScores(outcomes, modes)],
    failures: outcomes.filter(({ mode, rank }) => mode === best && (rank === undefined || rank > 10)).map(failureOf),
    latency: modes.map(mode => ({ mode, ...quantiles(outcomes.filter(outcome => outcome.mode === mode).map(({ milliseconds }) => milliseconds)) })),
  };
}

interface Outcome {
  readonly asked: RetrievalCase;
  readonly mode: SearchMode;
  readonly rank: number | undefined;
  readonly hits: readonly Hit[];
  readonly milliseconds: number;
}

async function ask(asked: RetrievalCase, mode: SearchMode, { retriever, now, signal }: { readonly retriever: Retriever; readonly now: () => number; readonly signal: AbortSignal | undefined }): Promise<Outcome> {
  const start = now();
  const hits = await retriever.search(asked.question, { mode, limit: 10 }, signal);
  return { asked, mode, hits, milliseconds: now() - start, rank: hits.find(({ chunk }) => answersCase(chunk, asked))?.rank };
}

function ranksOf(outcomes: readonly Outcome[], mode: SearchMode, kinds: readonly string[]): (number | undefined)[] {
  return outcomes.filter(outcome => outcome.mode === mode && kinds.includes(outcome.asked.kind)).map(({ rank }) => rank);
}

function barScores(outcomes: readonly Outcome[], mode: SearchMode): BarScore[] {
  return retrievalBars.flatMap(({ name, kinds, recallAt10: wanted }) => {
    const { questions, recallAt10: reached } = rankMetrics(ranksOf(outcomes, mode, kinds));
    return questions === 0 ? [] : [{ name, wanted, reached, questions, holds: reached >= wanted }];
  });
}

/** What the fusion may cost against the best way of searching alone, over all questions. */
const fusionSlack = 0.01;

function fusionScores(outcomes: readonly Outcome[], modes: readonly SearchMode[]): BarScore[] {
  const parts = modes.filter(mode => mode !== 'hybrid');
  if (parts.length === 0 || parts.length === modes.length) return [];
  const figures = (mode: SearchMode) => rankMetrics(outcomes.filter(outcome => outcome.mode === mode).map(({ rank }) => rank));
  const { questions, recallAt10: reached } = figures('hybrid');
  const wanted = Math.max(...parts.map(mode => figures(mode).recallAt10)) - fusionSlack;
  return [{ name: 'hybrid against its best part', wanted, reached, questions, holds: reached >= wanted }];
}

function failureOf({ asked, mode, hits }: Outcome): FailedQuestion {
  return { kind: asked.kind, mode, question: asked.question, wanted: describeAnswers(asked), found: hits.slice(0, 3).map(({ chunk }) => placeOf(chunk)) };
}

function quantiles(times: readonly number[]): { p50Ms: number; p95Ms: number } {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}
