import fs from 'node:fs';
import path from 'node:path';
import { threadId } from 'node:worker_threads';
import type { Embedder, GenerationEvent, LanguageModel, Reranker } from '../core/index.ts';
import { isAlive } from './isAlive.ts';

/** Marks on disk that native code is at work: one that outlives its process tells of a crash. */
export interface NativeWork {
  /** Marks the work until it has settled. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** The model, each of its generations marked. */
  marked(model: LanguageModel & Partial<AsyncDisposable>): LanguageModel & Partial<AsyncDisposable>;
  /** The embedder, each of its calls marked. */
  markedEmbedder(embedder: Embedder & Partial<AsyncDisposable>): Embedder & Partial<AsyncDisposable>;
  /** The ranking model, each of its calls marked. */
  markedReranker(reranker: Reranker & AsyncDisposable): Reranker & AsyncDisposable;
  /** Takes the mark away for good: the process ends as it should. */
  close(): void;
}

/** Where the marks lie, below the storage folder of the engines. */
export function nativeWorkFolder(storage: string): string {
  return path.join(storage, 'native-work');
}

/** Marks work of this thread. A folder that cannot be written means that a crash is not noticed, nothing else. */
export function openNativeWork(folder: string): NativeWork {
  const file = path.join(folder, `${process.pid}-${threadId}`);
  let open = 0;
  let closed = false;
  const begin = (): void => {
    if (open++ === 0 && !closed) quietly(() => { fs.mkdirSync(folder, { recursive: true }); fs.writeFileSync(file, ''); });
  };
  const end = (): void => {
    if (--open === 0) quietly(() => { fs.rmSync(file, { force: true }); });
  };
  const during: NativeWork['during'] = async work => {
    begin();
    try {
      return await work();
    } finally {
      end();
    }
  };
  return {
    during,
    markedEmbedder: embedder => ({
      id: embedder.id, dimensions: embedder.dimensions, embed: (texts, signal) => during(() => embedder.embed(texts, signal)),
      async [Symbol.asyncDispose]() { await embedder[Symbol.asyncDispose]?.(); },
    }),
    markedReranker: reranker => ({
      rank: (...asked) => during(() => reranker.rank(...asked)), [Symbol.asyncDispose]: async () => { await reranker[Symbol.asyncDispose](); },
    }),
    marked: model => ({
      info: model.info,
      countTokens: text => model.countTokens(text),
      ...preparing(model, during),
      generate: (messages, options) => between(begin, end, () => model.generate(messages, options)),
      async [Symbol.asyncDispose]() { await model[Symbol.asyncDispose]?.(); },
    }),
    close: () => {
      closed = true;
      quietly(() => { fs.rmSync(file, { force: true }); });
    },
  };
}

/**
 * Whether native code ended a process of these engines, now or at an earlier start. Marks of processes that are gone are
 * turned into a note that stays until `forgetNativeCrash`.
 */
export function hasNativeCrashed(folder: string): boolean {
  const note = path.join(folder, noteName);
  for (const name of filesOf(folder)) {
    const pid = Number(/^(\d+)-\d+$/.exec(name)?.[1]);
    if (!(pid > 0) || isAlive(pid)) continue;
    quietly(() => { fs.renameSync(path.join(folder, name), note); });
  }
  return fs.existsSync(note);
}

/** The user wants the place of before, whatever happened there. */
export function forgetNativeCrash(folder: string): void {
  quietly(() => { fs.rmSync(path.join(folder, noteName), { force: true }); });
}

const noteName = 'crashed';

/** The model's `prepare`, run within `around`; nothing where the model has none. */
export function preparing(model: LanguageModel, around: <T>(work: () => Promise<T>) => Promise<T>): Pick<LanguageModel, 'prepare'> {
  return model.prepare === undefined ? {} : { prepare: messages => around(async () => { await model.prepare?.(messages); }) };
}

async function* between(begin: () => void, end: () => void, start: () => AsyncIterable<GenerationEvent>): AsyncGenerator<GenerationEvent> {
  begin();
  try {
    yield* start();
  } finally {
    end();
  }
}

function filesOf(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Marks are worth nothing that they could spoil.
  }
}
