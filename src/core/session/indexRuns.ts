import { registerChunks } from '../chunk/registerChunks.ts';
import type { IndexState } from '../engine.ts';
import type { IndexEvent, IndexOptions, IndexReport } from '../indexing/events.ts';
import { embedIndex, updateIndex, type IndexingParts, type KnownDocument } from '../indexing/updateIndex.ts';
import { createPauseGate } from '../indexing/pauseGate.ts';
import { emptyFacts } from '../parse/emptyFacts.ts';
import { includePathFiles } from '../parse/includePaths.ts';
import { hashText } from '../text/hash.ts';
import type { Problem } from '../text/problem.ts';
import { saysChip } from '../detect/readClues.ts';
import type { Hardware } from './hardware.ts';
import { readableIndex } from './indexedFacts.ts';
import { joinedReport, type Knowledge } from './knowledge.ts';
import { parseSource } from './parseSource.ts';
import type { EngineParts } from './parts.ts';

/** Runs of the index, and what there is to say about the last one. */
export interface IndexRuns {
  readonly index: (options?: IndexOptions, signal?: AbortSignal) => AsyncIterable<IndexEvent>;
  readonly state: () => Promise<IndexState>;
  /** Holds every run before its next step, or lets it go on. */
  readonly pause: (paused: boolean) => void;
}

interface HardwareInUse {
  readonly get: () => Promise<Hardware>;
  readonly forget: () => void;
  /** Begins to open the device header. */
  readonly openJoin: () => unknown;
}

/** Runs of one workspace's index; `hardware` is opened anew when a file may tell of another chip. */
export function createIndexRuns(parts: EngineParts, hardware: HardwareInUse, knowledge: Knowledge): IndexRuns {
  let phase: 'indexing' | 'embedding' | undefined;
  let failure: string | undefined;
  const gate = createPauseGate();
  return {
    pause: gate.pause,
    index: async function* (options = {}, signal) {
      failure = undefined;
      phase = 'indexing';
      try {
        if (options.files?.some(saysChip) ?? true) hardware.forget();
        const own = { ...await indexingParts(parts, await hardware.get(), options), resumed: gate.resumed };
        // Another build may include other SDKs.
        const isWhole = options.files?.some(file => includePathFiles.test(file)) ?? true;
        const events = isWhole ? updateEverything(own, { parts, knowledge, options, signal }) : updateIndex(own, options, signal);
        for await (const event of events) {
          phase = event.type === 'progress' && event.phase === 'embed' ? 'embedding' : 'indexing';
          if (options.prepareHovers === true && areWordsIn(event)) hardware.openJoin();
          yield event;
        }
      } catch (error) {
        if (signal?.aborted === true) return;
        failure = error instanceof Error ? error.message : String(error);
        throw error;
      } finally {
        phase = undefined;
      }
    },
    state: async () => {
      if (failure !== undefined) return { status: 'failed', files: 0, chunks: 0, embedded: 0, message: failure };
      const { files, chunks, embedded } = await readableIndex(parts).then(async ({ catalog }) => catalog.stats());
      return { status: phase ?? (files === 0 ? 'empty' : 'ready'), files, chunks, embedded, ...(gate.isPaused() && { paused: true }) };
    },
  };
}

/** The workspace's own files are read: what follows are other folders, vectors or nothing. */
function areWordsIn(event: IndexEvent): boolean {
  return event.type === 'done' || event.phase === 'embed' || event.root !== undefined;
}

interface FullUpdate {
  readonly parts: EngineParts;
  readonly knowledge: Knowledge;
  readonly options: IndexOptions;
  readonly signal: AbortSignal | undefined;
}

/** The workspace's words, then those of the folders beside it, then vectors in the same order: what answers soonest comes first. */
async function* updateEverything(own: IndexingParts, { parts, knowledge, options, signal }: FullUpdate): AsyncGenerator<IndexEvent, void> {
  let ownReport = yield* withoutDone(updateIndex(own, { ...options, embed: false }, signal));
  const roots = (await knowledge.open(signal)).map(root => ({ folder: root.layer.folder, sizeBytes: root.sizeBytes, parts: { ...own, documents: [], host: root.host, ...root.layer, vectorStore: root.layer.vectorStore } }));
  const reports = new Map<string, IndexReport>();
  for (const { folder, parts: rooted } of roots) {
    try {
      reports.set(folder, yield* withoutDone(updateIndex(rooted, { embed: false, rebuild: options.rebuild === true }, signal), folder));
    } catch (error) {
      // Another window builds the same index, or the folder is gone: what there is of it can be read.
      if (signal?.aborted === true) throw error;
      parts.host.log(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (options.embed !== false) {
    ownReport = withSeconds(yield* withoutDone(embedIndex(own, options, signal)), ownReport);
    for (const { folder, parts: rooted } of roots) {
      const words = reports.get(folder);
      if (words !== undefined) reports.set(folder, withSeconds(yield* withoutDone(embedIndex(rooted, {}, signal), folder), words));
    }
  }
  const others = roots.flatMap(({ folder, sizeBytes }) => {
    const report = reports.get(folder);
    return report === undefined ? [] : [sizeBytes().then(size => ({ folder, sizeBytes: size, report }))];
  });
  const report = joinedReport({ folder: '', sizeBytes: await parts.indexBytes?.() ?? 0, report: ownReport }, await Promise.all(others), knowledge.left());
  yield { type: 'done', report: report.files > 0 ? report : { ...report, problems: [...report.problems, nothingFound(report)] } };
}

function nothingFound({ skipped }: IndexReport): Problem {
  const reasons = skipped.length === 0 ? 'the folder holds no files' : `all it holds is left out (${skipped.length}, the first because: ${skipped[0]?.reason ?? ''})`;
  return { file: '', message: `Nothing is indexed: ${reasons}. Open the folder that holds the sources, or add one by "Add SDK to Knowledge…" (--sdk on the command line).` };
}

/** Passes progress on, and returns the report at the end. */
async function* withoutDone(events: AsyncIterable<IndexEvent>, root?: string): AsyncGenerator<IndexEvent, IndexReport> {
  for await (const event of events) {
    if (event.type === 'done') return event.report;
    yield root === undefined ? event : { ...event, root };
  }
  throw new Error('The update of the index ended without a report.');
}

function withSeconds(embedded: IndexReport, words: IndexReport): IndexReport {
  const total = (words.seconds['total'] ?? 0) + (embedded.seconds['embed'] ?? 0);
  return { ...embedded, skipped: words.skipped, problems: words.problems, seconds: { ...words.seconds, ...embedded.seconds, total } };
}

async function indexingParts(parts: EngineParts, hardware: Hardware, options: IndexOptions): Promise<IndexingParts> {
  const parser = await parts.parser();
  return {
    ...await parts.index(), host: parts.host,
    embedder: options.embed === false ? undefined : await parts.embedder(),
    parse: (file, text) => parseSource(parser, file, text), openReader: parts.openReader,
    documents: chipDocuments(hardware),
  };
}

/** The registers of the chip as passages beside the sources, wherever the SVD file lies. */
function chipDocuments({ device, svdFile, svdKey }: Hardware): KnownDocument[] {
  if (device === undefined || svdFile === undefined || svdKey === undefined) return [];
  return [{
    file: svdFile, contentKey: hashText(`registers:${svdKey}`),
    content: () => ({ facts: emptyFacts('svd'), ...registerChunks(device, { file: svdFile }) }),
  }];
}
