import path from 'node:path';
import type { LlamaEmbeddingContext } from 'node-llama-cpp';
import type { Embedder } from '../core/index.ts';
import { defaultThreads, loadLlama, type LlamaLoadOptions, type LoadedLlama } from './llamaRuntime.ts';

/** Longer passages are cut here: the sentence models this is for were trained on 256 tokens and lose meaning beyond. */
const windowTokens = 256;

/** Name of the vectors a model file makes, known without loading it. */
export function embedderId(file: string): string {
  return `${path.basename(file, '.gguf')}:${windowTokens}`;
}

/**
 * An embedding model in this process: several contexts of one thread each, because one context embeds one text at a time
 * (two contexts of one thread were measured at 1.8 times one context of two threads).
 */
export class LlamaEmbedder implements Embedder, AsyncDisposable {
  readonly id: string;
  readonly dimensions: number;
  readonly #loaded: LoadedLlama;
  readonly #contexts: readonly LlamaEmbeddingContext[];

  private constructor(loaded: LoadedLlama, contexts: readonly LlamaEmbeddingContext[], file: string) {
    this.id = embedderId(file);
    this.dimensions = loaded.model.embeddingVectorSize;
    this.#loaded = loaded;
    this.#contexts = contexts;
  }

  static async open(options: LlamaLoadOptions): Promise<LlamaEmbedder> {
    const count = options.threads ?? defaultThreads();
    const loaded = await loadLlama({ ...options, threads: count });
    const contextSize = Math.min(windowTokens, loaded.model.trainContextSize);
    const contexts: LlamaEmbeddingContext[] = [];
    for (let i = 0; i < count; i++) contexts.push(await loaded.model.createEmbeddingContext({ contextSize, batchSize: contextSize, threads: 1 }));
    return new LlamaEmbedder(loaded, contexts, options.file);
  }

  async embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]> {
    const vectors: Float32Array[] = [];
    let next = 0;
    const work = async (context: LlamaEmbeddingContext): Promise<void> => {
      for (let index = next++; index < texts.length; index = next++) {
        signal?.throwIfAborted();
        vectors[index] = await this.#embedOne(context, texts[index] ?? '');
      }
    };
    await Promise.all(this.#contexts.map(work));
    return vectors;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const context of this.#contexts) await context.dispose();
    await this.#loaded.model.dispose();
  }

  async #embedOne(context: LlamaEmbeddingContext, text: string): Promise<Float32Array> {
    // Two marks are put around the text, and the runtime wants one place more than that to stay free.
    const tokens = this.#loaded.model.tokenize(text).slice(0, windowTokens - 3);
    if (tokens.length === 0) return new Float32Array(this.dimensions);
    const { vector } = await context.getEmbeddingFor(tokens);
    return unit(vector);
  }
}

function unit(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, value => (length === 0 ? 0 : value / length));
}
