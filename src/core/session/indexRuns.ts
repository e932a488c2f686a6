import { registerChunks } from '../chunk/registerChunks.ts';
import type { IndexState } from '../engine.ts';
import type { IndexEvent, IndexOptions } from '../indexing/events.ts';
import { updateIndex, type KnownDocument } from '../indexing/updateIndex.ts';
import { emptyFacts } from '../parse/emptyFacts.ts';
import { hashText } from '../text/hash.ts';
import { saysChip } from '../detect/readClues.ts';
import type { Hardware } from './hardware.ts';
import { parseSource } from './parseSource.ts';
import type { EngineParts } from './parts.ts';

/** Runs of the index, and what there is to say about the last one. */
export interface IndexRuns {
  readonly index: (options?: IndexOptions, signal?: AbortSignal) => AsyncIterable<IndexEvent>;
  readonly state: () => Promise<IndexState>;
}


export function createIndexRuns(parts: EngineParts, hardware: { readonly get: () => Promise<Hardware>; readonly forget: () => void }): IndexRuns {
  let phase: 'indexing' | 'embedding' | undefined;
  let failure: string | undefined;
  return {
    index: async function* (options = {}, signal) {
      failure = undefined;
      phase = 'indexing';
      try {
        if (options.files?.some(saysChip) ?? true) hardware.forget();
        for await (const event of updateIndex(await indexingParts(parts, await hardware.get(), options), options, signal)) {
          phase = event.type === 'progress' && event.phase === 'embed' ? 'embedding' : 'indexing';
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
      const { files, chunks, embedded } = await (await parts.index()).catalog.stats();
      return { status: phase ?? (files === 0 ? 'empty' : 'ready'), files, chunks, embedded };
    },
  };
}

async function indexingParts(parts: EngineParts, hardware: Hardware, options: IndexOptions): Promise<Parameters<typeof updateIndex>[0]> {
  const parser = await parts.parser();
  return {
    ...await parts.index(), host: parts.host,
    embedder: options.embed === false ? undefined : await parts.embedder(),
    parse: (file, text) => parseSource(parser, file, text),
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
