import os from 'node:os';
import type * as llamaPackage from 'node-llama-cpp';

/** A loaded model with the runtime it lives in. */
export interface LoadedLlama {
  /** The package, loaded at first use: it is ESM with top-level await, and heavy. */
  readonly runtime: typeof llamaPackage;
  readonly llama: llamaPackage.Llama;
  readonly model: llamaPackage.LlamaModel;
}

/** What loading takes. */
export interface LlamaLoadOptions {
  /** A `.gguf` file that `checkGguf` has passed: the native code ends the process on a malformed one. */
  readonly file: string;
  /** Default: physical cores − 1, at least 1. Never left to the runtime, whose default of 4 is slower than 1 on two cores. */
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Loads a model file. Rejects with a sentence naming the file. */
export async function loadLlama({ file, threads = defaultThreads(), signal }: LlamaLoadOptions): Promise<LoadedLlama> {
  const { runtime, llama } = await openRuntime(threads);
  try {
    const model = await llama.loadModel({ modelPath: file, ...(signal !== undefined && { loadSignal: signal }) });
    return { runtime, llama, model };
  } catch (error) {
    throw new Error(`${file} could not be loaded: ${error instanceof Error ? error.message : String(error)}. Choose another model file, or a smaller one if memory is short.`, { cause: error });
  }
}

/** The native backend belongs to the thread, not to a model: one for each number of threads, kept until the end. */
const runtimes = new Map<number, Promise<Pick<LoadedLlama, 'runtime' | 'llama'>>>();

function openRuntime(threads: number): Promise<Pick<LoadedLlama, 'runtime' | 'llama'>> {
  const open = async (): Promise<Pick<LoadedLlama, 'runtime' | 'llama'>> => {
    const runtime = await import('node-llama-cpp');
    return { runtime, llama: await runtime.getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, maxThreads: threads, logLevel: runtime.LlamaLogLevel.error, logger: () => undefined }) };
  };
  const opening = runtimes.get(threads) ?? open();
  runtimes.set(threads, opening);
  opening.catch(() => runtimes.delete(threads));
  return opening;
}

/** One core stays free for the editor. Hyper-threads share a core, so half of the logical ones count where there are many. */
export function defaultThreads(logicalCores: number = os.availableParallelism()): number {
  const physical = logicalCores > 4 ? Math.ceil(logicalCores / 2) : logicalCores;
  return Math.max(1, physical - 1);
}
