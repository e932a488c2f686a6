import type { Embedder, LanguageModel, ModelOrReason, Problem, Reranker } from '../core/index.ts';
import type { EngineOptions } from './engineOptions.ts';
import { checkAdapter } from './adapterCheck.ts';
import { openEndpointEmbedder } from './endpointEmbedder.ts';
import { openEndpointModel } from './endpointLanguageModel.ts';
import { checkGguf } from './gguf.ts';
import { unloadWhenIdle } from './idleUnload.ts';
import { keepModelOutputs, modelIdentity } from './keptModelOutputs.ts';
import { lazily } from './lazily.ts';
import { LlamaEmbedder } from './llamaEmbedder.ts';
import { LlamaLanguageModel } from './llamaLanguageModel.ts';
import { LlamaReranker } from './llamaReranker.ts';
import { rememberedTuning } from './modelTuning.ts';
import type { NativeWork } from './nativeWork.ts';
import { openPrefixStates, prefixStatesFolder } from './prefixStates.ts';

/** The models of an engine, loaded at first use and replaced when the options name other files. */
export interface OpenModels {
  readonly languageModel: () => Promise<ModelOrReason>;
  readonly embedder: () => Promise<Embedder | undefined>;
  readonly reranker: () => Promise<Reranker | undefined>;
  /** Unloads what was loaded for other files than `files` names. At the end nothing is unloaded: see LlamaLanguageModel. */
  readonly use: (files: ModelFiles) => Promise<void>;
  /** Stops what the chat model does, and waits for its native work, though not for ever. */
  readonly comeToRest: () => Promise<void>;
}

export type ModelFiles = Pick<EngineOptions, 'storage' | 'modelFile' | 'embedderFile' | 'rerankerFile' | 'threads' | 'endpoint' | 'embedderEndpoint' | 'offline' | 'unloadAfterMinutes' | 'adapters' | 'keptOutputs'>;

/** Models behind an endpoint hold nothing that would have to be given back. */
type Loaded<T> = T & Partial<AsyncDisposable>;

/** A slice of a prompt takes up to five seconds at 7B on two cores. */
const mostRestMs = 6000;

/** `work` marks what native code does. */
export function openModels(initial: ModelFiles, work: NativeWork, log: (message: string) => void): OpenModels {
  let files = initial;
  let resting = async (): Promise<void> => undefined;
  const chat = lazily(async () => withIdleUnload(await loadChat(files, work, model => { resting = () => model.comeToRest(); }), files, releaseChat));
  const embedder = lazily(() => work.during(() => loadEmbedder(files, work, log)));
  const reranker = lazily(() => work.during(() => loadReranker(files, work, log)));
  const releaseChat = async (): Promise<void> => { await work.during(async () => { await (await chat.release()?.catch(() => undefined))?.[Symbol.asyncDispose]?.(); }); };
  const releaseEmbedder = async (): Promise<void> => { await (await embedder.release()?.catch(() => undefined))?.[Symbol.asyncDispose]?.(); };
  const releaseReranker = async (): Promise<void> => { await (await reranker.release()?.catch(() => undefined))?.[Symbol.asyncDispose](); };
  return {
    languageModel: async () => {
      try {
        return { model: await chat() };
      } catch (error) {
        return { problem: toProblem(files.endpoint === undefined ? files.modelFile ?? '' : '', error) };
      }
    },
    embedder,
    reranker,
    comeToRest: async () => { await Promise.race([resting(), new Promise(resolve => { setTimeout(resolve, mostRestMs).unref(); })]); },
    use: async next => {
      const old = files;
      files = { ...files, ...next };
      if (differ(old, files, ['modelFile', 'threads', 'endpoint', 'offline', 'unloadAfterMinutes', 'adapters'])) await releaseChat();
      if (differ(old, files, ['embedderFile', 'embedderEndpoint', 'offline'])) await releaseEmbedder();
      if (old.rerankerFile !== files.rerankerFile) await releaseReranker();
    },
  };
}

function withIdleUnload(model: Loaded<LanguageModel>, { unloadAfterMinutes = 0, endpoint }: ModelFiles, unload: () => Promise<void>): Loaded<LanguageModel> {
  return unloadAfterMinutes > 0 && endpoint === undefined ? unloadWhenIdle(model, { idleMs: unloadAfterMinutes * 60_000, unload }) : model;
}

/** Whether one of the options is another; they are plain data. */
export function differ(old: ModelFiles, now: ModelFiles, names: readonly (keyof ModelFiles)[]): boolean {
  return names.some(name => JSON.stringify(old[name]) !== JSON.stringify(now[name]));
}

async function loadChat({ modelFile, threads, endpoint, offline, storage, adapters = [], keptOutputs }: ModelFiles, work: NativeWork, onLoaded: (model: LlamaLanguageModel) => void): Promise<Loaded<LanguageModel>> {
  if (endpoint !== undefined) return openEndpointModel(endpoint, { offline });
  if (modelFile === undefined) throw new Error('No model is chosen, so there is no written answer. "Halcyon: Select Model…" downloads one or takes a .gguf file you have; on the command line, --model FILE.');
  const check = await checkGguf(modelFile);
  if (!check.ok) throw new Error(check.problem);
  if (check.metadata.isEmbedder || check.metadata.isReranker) throw new Error(`${modelFile} is ${check.metadata.isEmbedder ? 'an embedding' : 'a ranking'} model and cannot answer. Choose a chat model with "Halcyon: Select Model…".`);
  for (const { file } of adapters) await checkAdapter(file, modelFile);
  const model = await work.during(() => LlamaLanguageModel.open({ file: modelFile, threads, adapters, tuning: rememberedTuning(modelFile), prefixStates: openPrefixStates(prefixStatesFolder(storage)) }));
  onLoaded(model);
  const marked = work.marked(model);
  if (keptOutputs === undefined) return marked;
  return { ...keepModelOutputs(marked, { folder: keptOutputs, identity: await modelIdentity(modelFile, adapters) }), [Symbol.asyncDispose]: async () => model[Symbol.asyncDispose]() };
}

/** Without vectors the words and the symbols still answer, so a bad embedder is logged and left out. */
async function loadEmbedder({ embedderFile, threads, embedderEndpoint, offline }: ModelFiles, work: NativeWork, log: (message: string) => void): Promise<Loaded<Embedder> | undefined> {
  try {
    if (embedderEndpoint !== undefined) return await openEndpointEmbedder(embedderEndpoint, { offline });
    if (embedderFile === undefined) return undefined;
    const check = await checkGguf(embedderFile);
    if (!check.ok) throw new Error(check.problem);
    if (!check.metadata.isEmbedder) throw new Error(`${embedderFile} is no embedding model.`);
    return work.markedEmbedder(await LlamaEmbedder.open({ file: embedderFile, threads }));
  } catch (error) {
    log(`Searching by words only: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** Without it the fused order stands, so a bad model is logged and left out. */
async function loadReranker({ rerankerFile, threads }: ModelFiles, work: NativeWork, log: (message: string) => void): Promise<(Reranker & AsyncDisposable) | undefined> {
  if (rerankerFile === undefined) return undefined;
  try {
    const check = await checkGguf(rerankerFile);
    if (!check.ok) throw new Error(check.problem);
    if (!check.metadata.isReranker) throw new Error(`${rerankerFile} is no ranking model.`);
    return work.markedReranker(await LlamaReranker.open({ file: rerankerFile, threads }));
  } catch (error) {
    log(`Passages keep the order they were found in: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function toProblem(file: string, error: unknown): Problem {
  return { file, message: error instanceof Error ? error.message : String(error) };
}
