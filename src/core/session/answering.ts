import type { AnswerEvent } from '../answer/answer.ts';
import { ask, type AskParts } from '../answer/ask.ts';
import { explain } from '../answer/explain.ts';
import type { AskRequest, ExplainRequest } from '../engine.ts';
import type { Device } from '../device/device.ts';
import type { HeaderJoin } from '../header/headerJoin.ts';
import { registersByHeader } from '../header/registersByHeader.ts';
import { readTemplate } from '../prompt/readTemplate.ts';
import { createRetriever } from '../retrieve/createRetriever.ts';
import type { Retriever } from '../retrieve/hit.ts';
import { attachedEvidence } from './attachedContext.ts';
import { openBuildMacros, withInactiveMarks } from './buildMacros.ts';
import { openLineStates } from './builtLines.ts';
import { withBuiltPlaces } from './builtPlaces.ts';
import { codeToExplain, functionAround } from './codeToExplain.ts';
import { handlerDossier } from './handlerDossier.ts';
import type { Hardware } from './hardware.ts';
import type { HardwareCache } from './hardwareCache.ts';
import { indexedFacts, readableIndex } from './indexedFacts.ts';
import { readSource } from './readSource.ts';
import { openSource } from './openSource.ts';
import { reportedEvidence } from './reportedProblems.ts';
import { overlayFacts } from '../graph/overlayFacts.ts';
import type { EngineParts } from './parts.ts';
import { taskMaterial, type TaskGround } from './taskMaterial.ts';
import type { TurnMemory } from './turnMemory.ts';

/** What goes with a question besides what it asks. */
export interface Answering {
  readonly signal?: AbortSignal | undefined;
  /** What earlier turns were sent as; absent: every question stands alone. */
  readonly memory?: TurnMemory;
  /** Absent: tasks bring no findings. */
  readonly lint?: TaskGround['lint'];
}

/** Questions go through the index, the device and the handlers' dossiers. */
export async function* answerQuestion(request: AskRequest, parts: EngineParts, cache: HardwareCache, { signal, memory, lint }: Answering = {}): AsyncGenerator<AnswerEvent> {
  const { device, svdFile } = await cache.described();
  const facts = await indexedFacts(parts);
  const attached = await attachedEvidence(request.attached ?? [], { host: parts.host, facts, device, source: fileName(svdFile), question: request.question, functionAt: async (file, line) => functionAt(file, line, parts) });
  // Opened only where it is needed: reading a header takes a second.
  const header = async (): Promise<HeaderJoin | undefined> => (await cache.header().catch(() => undefined))?.join;
  const material = await taskMaterial(request, { parts, facts, device, source: fileName(svdFile), lint, signal, header });
  const reported = reportedEvidence(request.diagnostics ?? [], attached.candidates);
  yield* ask({ ...request, attached, material: { ...material, then: [...reported, ...material.then] }, ...(request.history !== undefined && { history: memory?.asSent(request.history) ?? request.history }) }, {
    ...(memory !== undefined && { remember: memory.remember }),
    openModel: parts.languageModel, reword: reworded(parts), device, facts, now: () => parts.host.now(),
    retriever: { search: async (...query) => (await openRetriever(parts, device)).search(...query) }, source: fileName(svdFile), dossierOf: name => handlerDossier({ name }, { facts, device }),
    headerKnows: async name => device !== undefined && registersByHeader(device, name, await header()).length > 0,
  }, signal);
}

async function functionAt(file: string, line: number, parts: EngineParts): Promise<{ line: number; endLine: number } | undefined> {
  const opened = await openSource(file, undefined, parts);
  const around = 'problem' in opened ? undefined : functionAround(opened.facts, line);
  return around === undefined ? undefined : { line: around.docStartLine, endLine: around.endLine };
}

/** Code is explained as the editor shows it, over the index of the other files. */
export async function* explainCode(request: ExplainRequest, parts: EngineParts, hardware: Hardware, { signal, memory }: Answering = {}): AsyncGenerator<AnswerEvent> {
  const { device, svdFile } = hardware;
  const opened = await openSource(request.file, request.text, parts);
  if ('problem' in opened) throw new Error(opened.problem.message);
  const facts = overlayFacts(await indexedFacts(parts), request.file, opened.facts);
  const code = await codeToExplain(request, opened, { facts, device, source: fileName(svdFile) });
  yield* explain(code, { ...(memory !== undefined && { remember: memory.remember }), openModel: parts.languageModel, reword: reworded(parts), device, facts, now: () => parts.host.now(), source: fileName(svdFile) }, signal);
}

/** Words, vectors and names over the workspace's index. */
export async function openRetriever(parts: EngineParts, device: Device | undefined): Promise<Retriever> {
  const index = await readableIndex(parts);
  const retriever = createRetriever({ ...index, embedder: await parts.embedder(), reranker: await parts.reranker?.(), device });
  return withInactiveMarks(withBuiltPlaces(retriever, parts, index.catalog), async () => openBuildMacros(parts, index.catalog), () => openLineStates(parts));
}

/** `.halcyon/prompts/answer.md` words the task `answer`; without the file the built-in words stay. */
export function reworded({ host, trustsWorkspace }: EngineParts): NonNullable<AskParts['reword']> {
  return async template => {
    const file = `.halcyon/prompts/${template.id}.md`;
    if (!await host.stat(file).then(stamp => stamp !== undefined, () => true)) return { template, problems: [] };
    if (trustsWorkspace?.() === false) return { template, problems: [{ file, message: `${file} is not used, as the workspace is not trusted.` }] };
    const source = await readSource(host, file, 100_000);
    return 'problem' in source ? { template, problems: [source.problem] } : readTemplate(template, source.text, file);
  };
}

function fileName(file: string | undefined): string {
  return file?.split('/').at(-1) ?? 'the chip\'s description';
}
