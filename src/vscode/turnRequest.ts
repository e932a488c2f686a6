import type { AnswerEvent, AskRequest, AskTask, Attached, Engine, ExplainRequest, ReportedProblem } from '../core/index.ts';

/** What a turn asks of the engine, as plain data: it is kept with the turn, so that it can be asked again. */
export type TurnRequest =
  | { readonly kind: 'ask'; readonly question: string; readonly attached: readonly Attached[]; readonly task?: AskTask; readonly map?: string }
  | { readonly kind: 'explain'; readonly place: Pick<ExplainRequest, 'file' | 'line' | 'endLine'> };

/** What the engine is told besides the request. */
export interface RequestState {
  readonly history: NonNullable<AskRequest['history']>;
  /** The answer as far as it got. */
  readonly soFar?: string;
  /** The editor's unsaved text of a file. */
  readonly unsavedText: (file: string) => string | undefined;
  /** What tools report where a request is about. */
  readonly reported: (request: TurnRequest) => readonly ReportedProblem[];
}

/** Asks the engine. */
export function askEngine(engine: Pick<Engine, 'ask' | 'explain'>, request: TurnRequest, { history, soFar, unsavedText, reported }: RequestState, signal: AbortSignal): AsyncIterable<AnswerEvent> {
  const diagnostics = reported(request);
  const goingOn = { ...(soFar !== undefined && { soFar }), ...(diagnostics.length > 0 && { diagnostics }) };
  if (request.kind === 'ask') {
    const { question, attached, task, map } = request;
    return engine.ask({ question, history, attached, ...(task !== undefined && { task }), ...(map !== undefined && { map }), ...goingOn }, signal);
  }
  const text = unsavedText(request.place.file);
  return engine.explain({ ...request.place, ...(text !== undefined && { text }), ...goingOn }, signal);
}

/** A request that came from a disk. */
export function isTurnRequest(value: unknown): value is TurnRequest {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'ask') return 'question' in value && typeof value.question === 'string' && 'attached' in value && Array.isArray(value.attached);
  return value.kind === 'explain' && 'place' in value && typeof value.place === 'object' && value.place !== null;
}
