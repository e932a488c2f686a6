import type { LlamaRankingContext } from 'node-llama-cpp';
import type { Reranker } from '../core/index.ts';
import { defaultThreads, loadLlama, type LlamaLoadOptions, type LoadedLlama } from './llamaRuntime.ts';

/** Question and passage together; longer passages are judged by their best part. */
const windowTokens = 1024;

/** A ranking model in this process. */
export class LlamaReranker implements Reranker, AsyncDisposable {
  readonly #loaded: LoadedLlama;
  readonly #context: LlamaRankingContext;

  private constructor(loaded: LoadedLlama, context: LlamaRankingContext) {
    this.#loaded = loaded;
    this.#context = context;
  }

  static async open(options: LlamaLoadOptions): Promise<LlamaReranker> {
    const threads = options.threads ?? defaultThreads();
    const loaded = await loadLlama({ ...options, threads });
    const contextSize = Math.min(windowTokens, loaded.model.trainContextSize);
    return new LlamaReranker(loaded, await loaded.model.createRankingContext({ contextSize, batchSize: contextSize, threads }));
  }

  async rank(question: string, passages: readonly string[], signal?: AbortSignal): Promise<readonly number[]> {
    const scores: number[] = [];
    for (const passage of passages) {
      signal?.throwIfAborted();
      scores.push(...await this.#context.rankAll(question, [passage], { onOverflow: 'maxChunk' }));
    }
    return scores;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.dispose();
    await this.#loaded.model.dispose();
  }
}
