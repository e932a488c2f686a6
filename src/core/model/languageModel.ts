import type { Problem } from '../text/problem.ts';

/** A local or remote chat model. One generation at a time; a second caller waits its turn. */
export interface LanguageModel {
  readonly info: ModelInfo;
  /** Tokens of the text by the model's own tokenizer. */
  countTokens(text: string): Promise<number>;
  /** Reads how conversations begin, so that the first question need not wait for it; does nothing once there is one. */
  prepare?(messages: readonly Message[]): Promise<void>;
  /** Streams the reply; ends early, without an error, when the signal fires. */
  generate(messages: readonly Message[], options?: GenerateOptions): AsyncIterable<GenerationEvent>;
}

/** A model that answers, or why there is none and what to do about it. */
export type ModelOrReason = { readonly model: LanguageModel } | { readonly model?: undefined; readonly problem: Problem };

export interface ModelInfo {
  /** Name for people: file name or endpoint model. */
  readonly name: string;
  /** Tokens of context the model was opened with. */
  readonly contextTokens: number;
}

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

export interface GenerateOptions {
  /** Default 512. */
  readonly maxTokens?: number;
  /** Default 0: greedy, so that the same prompt gives the same answer. */
  readonly temperature?: number;
  /** The reply is JSON of this schema. A server that knows no schemas is asked without it, so that what comes is checked all the same. */
  readonly jsonSchema?: object;
  readonly signal?: AbortSignal;
}

export type GenerationEvent =
  | { readonly type: 'text'; readonly text: string }
  /** What a reasoning model thinks before it answers, where the server tells it apart. */
  | { readonly type: 'thinking'; readonly text: string }
  | { readonly type: 'end'; readonly usage: GenerationUsage };

export interface GenerationUsage {
  readonly promptTokens: number;
  /** Prompt tokens that were already in the key-value cache and not evaluated again. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly firstTokenMs: number;
  readonly totalMs: number;
  readonly stopReason: 'end' | 'length' | 'cancelled';
}
