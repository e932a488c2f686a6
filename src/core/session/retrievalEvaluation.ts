import type { Device } from '../device/device.ts';
import { makeRetrievalSuite } from '../eval/makeRetrievalSuite.ts';
import { scoreRetrieval } from '../eval/scoreRetrieval.ts';
import type { RetrievalEvaluationEvent, RetrievalEvaluationRequest } from '../engine.ts';
import { openRetriever } from './answering.ts';
import { readableIndex } from './indexedFacts.ts';
import type { EngineParts } from './parts.ts';

/** Asks the index questions whose answers are known: those given, or some made from the index itself. */
export async function* evaluateRetrieval(request: RetrievalEvaluationRequest, parts: EngineParts, device: Device | undefined, signal?: AbortSignal): AsyncGenerator<RetrievalEvaluationEvent, void> {
  const { catalog } = await readableIndex(parts);
  const retriever = await openRetriever(parts, device);
  const cases = request.cases ?? await makeRetrievalSuite(catalog, device, request);
  const embedder = await parts.embedder();
  const modes = request.modes ?? ['words', ...embedder === undefined ? [] : ['vectors' as const], 'hybrid'];
  for await (const event of scoreRetrieval(cases, retriever, { modes, now: () => parts.host.now() }, signal)) {
    if (event.type === 'progress') yield event;
    else yield { type: 'done', report: { ...event.scores, ...embedder !== undefined && { embedder: embedder.id }, problems: (await retriever.limits?.() ?? []).map(message => ({ file: '', message })) } };
  }
}
