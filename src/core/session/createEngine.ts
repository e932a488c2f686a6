import type { Engine, HoverRequest, IsrReport, IsrTarget, SearchReport, SearchRequest } from '../engine.ts';
import { hover } from '../hover/hover.ts';
import type { HoverReport } from '../hover/report.ts';
import { isrDossiers } from '../isr/isrDossiers.ts';
import { evaluateAnswers } from './answerEvaluation.ts';
import { answerQuestion, explainCode, openRetriever } from './answering.ts';
import { createChipBrowsing } from './chipBrowsing.ts';
import { buildWorkspaceDataset } from './datasetBuilding.ts';
import { deviceReport, svdReport } from './hardware.ts';
import { faultAnswer } from './faultAnswer.ts';
import { createHardwareCache, type HardwareCache } from './hardwareCache.ts';
import { checkReport } from './header.ts';
import { indexedFacts } from './indexedFacts.ts';
import { withInactivePlaces } from './inactivePlaces.ts';
import { createIndexRuns } from './indexRuns.ts';
import { createKnowledge, type Knowledge } from './knowledge.ts';
import { overlayFacts } from '../graph/overlayFacts.ts';
import { createLinting } from './linting.ts';
import { openSource } from './openSource.ts';
import type { EngineParts } from './parts.ts';
import { prepareModel } from './prepareModel.ts';
import { decodeReport, registerReport } from './registerReports.ts';
import { readSource } from './readSource.ts';
import { evaluateRetrieval } from './retrievalEvaluation.ts';
import { createTurnMemory } from './turnMemory.ts';
import { withUnsavedText } from './unsavedText.ts';

/** An engine, and the news it must be told. */
export interface LocalEngine extends Engine {
  /** The chip may be another one now: a setting changed, or a project file did. */
  forgetHardware(): void;
  /** Closes the indexes of folders beside the workspace; the next update opens them again. */
  closeKnowledge(): Promise<void>;
}

/** Joins the rooms to one workspace's engine. Nothing is opened before it is asked for. */
export function createEngine(world: EngineParts): LocalEngine {
  const unsaved = withUnsavedText(world.host);
  const knowledge = createKnowledge({ ...world, host: unsaved.host });
  const parts: EngineParts = { ...world, host: unsaved.host, layers: knowledge.layers };
  const hardware = createHardwareCache(parts);
  const runs = createIndexRuns(parts, hardware, knowledge);
  const memory = createTurnMemory();
  const lint = createLinting(parts, hardware.described);
  return withKnowledge(parts, knowledge, {
    device: async () => deviceReport(await hardware.get()),
    checkDevice: async () => checkReport(await hardware.get(), await hardware.header()),
    svd: file => svdReport(parts.host, file),
    register: async query => registerReport(query, await hardware.fullyDescribed(), hardware.header),
    decode: async (register, value) => decodeReport(register, value, await hardware.fullyDescribed()),
    hover: request => hoverAt(request, parts, hardware),
    ...createChipBrowsing(parts, hardware.described),
    index: runs.index,
    indexState: runs.state,
    pauseIndexing: async paused => { runs.pause(paused); },
    knowledge: knowledge.report,
    unsavedText: async (file, text) => { unsaved.set(file, text); },
    search: (query, options, signal) => search(query, options ?? {}, { parts, hardware: hardware.get, signal }),
    evaluateRetrieval: async function* (request = {}, signal) { yield* evaluateRetrieval(request, parts, (await hardware.described()).device, signal); },
    buildDataset: async function* (request = {}, signal) { yield* buildWorkspaceDataset(request, { parts, hardware, lint }, signal); },
    evaluateAnswers: async function* (request = {}, signal) { yield* evaluateAnswers(request, parts, hardware, signal); },
    fault: async request => faultAnswer(request, parts.host, (await hardware.described()).device),
    lint,
    isr: target => dossiers(target ?? {}, parts, hardware.described),
    ask: async function* (request, signal) { yield* answerQuestion(request, parts, hardware, { signal, memory, lint }); },
    explain: async function* (request, signal) { yield* explainCode(request, parts, await hardware.described(), { signal, memory }); },
    prepareModel: async () => prepareModel(parts, hardware),
    forgetHardware: hardware.forget,
    closeKnowledge: knowledge.close,
  });
}

/** Questions about the whole of the code wait for the folders beside the workspace; what is asked at every keystroke does not. */
function withKnowledge(parts: EngineParts, { ready }: Knowledge, engine: LocalEngine): LocalEngine {
  return {
    ...engine,
    hover: async request => {
      // Under the cursor in an editor nothing is waited for; whoever asks once wants the SDK's names too.
      if (request.waitForHeader === true) await ready();
      return engine.hover(request);
    },
    xref: async query => ready().then(async () => engine.xref(query)).then(async report => withInactivePlaces(report, parts)),
    initTimeline: async peripheral => ready().then(async () => engine.initTimeline(peripheral)),
    search: async (...request) => ready().then(async () => engine.search(...request)),
    evaluateRetrieval: async function* (...request) {
      await ready();
      yield* engine.evaluateRetrieval(...request);
    },
    evaluateAnswers: async function* (...request) {
      await ready();
      yield* engine.evaluateAnswers(...request);
    },
    buildDataset: async function* (...request) {
      await ready();
      yield* engine.buildDataset(...request);
    },
    lint: async function* (request, signal) {
      // A file in an editor is linted at every pause in typing.
      if (request?.file === undefined) await ready();
      yield* engine.lint(request, signal);
    },
    isr: async target => ready().then(async () => engine.isr(target)),
    ask: async function* (...request) {
      await ready();
      yield* engine.ask(...request);
    },
    explain: async function* (...request) {
      await ready();
      yield* engine.explain(...request);
    },
  };
}

async function hoverAt(request: HoverRequest, parts: EngineParts, hardware: HardwareCache): Promise<HoverReport> {
  const source = request.text === undefined ? await readSource(parts.host, request.file) : { text: request.text };
  if ('problem' in source) return { kind: 'none', problems: [source.problem] };
  const { device, svdFile } = await (request.waitForHeader === true ? hardware.fullyDescribed() : hardware.described());
  return hover({ ...request, text: source.text }, { device, deviceSource: svdFile, parser: await parts.parser(), facts: await indexedFacts(parts, device), header: hardware.openJoin() });
}

async function search(query: string, options: SearchRequest, { parts, hardware, signal }: { readonly parts: EngineParts; readonly hardware: HardwareCache['get']; readonly signal?: AbortSignal | undefined }): Promise<SearchReport> {
  const { device } = await hardware();
  const retriever = await openRetriever(parts, device);
  const hits = await retriever.search(query, options, signal);
  const limits = await retriever.limits?.() ?? [];
  return {
    hits: hits.map(({ sources, why, chunk: { file, startLine, endLine, kind, symbol, text }, ...hit }) =>
      ({ ...hit, source: sources.join(' + '), file, startLine, endLine, kind, text, why: why.join('; '), ...(symbol !== undefined && { symbol }) })),
    problems: limits.map(message => ({ file: '', message })),
  };
}

async function dossiers(target: IsrTarget, parts: EngineParts, hardware: HardwareCache['get']): Promise<IsrReport> {
  const { device } = await hardware();
  const indexed = await indexedFacts(parts, device);
  const pause = async (): Promise<void> => parts.host.pause?.();
  if (target.file === undefined) return isrDossiers(indexed, device, target, pause);
  const opened = await openSource(target.file, target.text, parts);
  return 'problem' in opened ? { isrs: [], problems: [opened.problem] } : isrDossiers(overlayFacts(indexed, target.file, opened.facts), device, target, pause);
}
