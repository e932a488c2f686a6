import path from 'node:path';
import type { ChatHistoryItem, ChatWrapper, LlamaContext, LlamaContextSequence, LlamaGrammarEvaluationState, Token } from 'node-llama-cpp';
import type { GenerateOptions, GenerationEvent, GenerationUsage, LanguageModel, Message, ModelInfo } from '../core/index.ts';
import type { Adapter } from './adapterCheck.ts';
import { defaultTuning, type ModelTuning } from './modelTuning.ts';
import { loadLlama, type LlamaLoadOptions, type LoadedLlama } from './llamaRuntime.ts';
import { createTokenStream } from './llamaTokenStream.ts';
import { prefixStateKey, type PrefixStates } from './prefixStates.ts';

export interface LlamaLanguageModelOptions extends LlamaLoadOptions {
  /** Default 4096, or what the model was trained for when that is less. */
  readonly contextTokens?: number;
  /** Checked LoRA adapters, all at work together. */
  readonly adapters?: readonly Adapter[] | undefined;
  /** What was measured to be quickest on this machine. */
  readonly tuning?: Partial<ModelTuning> | undefined;
  /** Where what was read of a system message is kept for the next start. */
  readonly prefixStates?: PrefixStates | undefined;
}

/** Where the beginnings of prompts are kept, and under which name. */
interface PrefixKeeping {
  readonly states: PrefixStates;
  readonly keyOf: (tokens: readonly Token[]) => Promise<string>;
}

/** A shorter beginning is read about as quickly as its file. */
const leastKeptTokens = 48;
/** Prompt tokens evaluated at once: smaller slices cost speed, and one takes up to five seconds at 7B on two cores. */
const sliceTokens = 64;
const defaultMaxTokens = 512;
/** Small models fall into loops; only what the reply itself said is held against it, never the words of the evidence. */
const repeatPenalty = 1.15;
const repeatWindow = 64;

/**
 * A chat model in this process. One sequence is kept: a prompt that begins like the last one evaluates only what is new.
 * Not disposed at shutdown: the native destructors are where rare crashes were seen, and the process's end frees all.
 */
export class LlamaLanguageModel implements LanguageModel, AsyncDisposable {
  readonly info: ModelInfo;
  readonly #loaded: LoadedLlama;
  readonly #context: LlamaContext;
  readonly #sequence: LlamaContextSequence;
  readonly #wrapper: ChatWrapper;
  readonly #prefix: PrefixKeeping | undefined;
  /** The end of the last queued generation. */
  #queue: Promise<unknown> = Promise.resolve();
  /** Ends what is being generated when the process is to end. */
  readonly #closing = new AbortController();
  /** The slice of a prompt that is being evaluated; native work cannot be called back. */
  #slice: Promise<unknown> = Promise.resolve();

  private constructor(loaded: LoadedLlama, context: LlamaContext, { file, prefix }: { readonly file: string; readonly prefix: PrefixKeeping | undefined }) {
    this.#loaded = loaded;
    this.#context = context;
    this.#sequence = context.getSequence();
    this.#wrapper = loaded.runtime.resolveChatWrapper(loaded.model);
    this.#prefix = prefix;
    this.info = { name: path.basename(file, '.gguf'), contextTokens: context.contextSize };
  }

  /** Loads the file; takes seconds, and stalls the event loop of its thread for up to half a second. */
  static async open(options: LlamaLanguageModelOptions): Promise<LlamaLanguageModel> {
    const { tuning = {}, adapters = [], prefixStates: states } = options;
    const loaded = await loadLlama({ ...options, threads: options.threads ?? tuning.threads });
    const threads = loaded.llama.maxThreads;
    const settings = {
      flashAttention: tuning.flashAttention ?? defaultTuning.flashAttention,
      ...(adapters.length > 0 && { lora: { adapters: adapters.map(({ file, scale = 1 }) => ({ filePath: file, scale })) } }),
      ...(tuning.cacheType === 'Q8_0' && { experimentalKvCacheKeyType: 'Q8_0' as const, experimentalKvCacheValueType: 'Q8_0' as const }),
    };
    const context = await loaded.model.createContext({
      contextSize: Math.min(options.contextTokens ?? 4096, loaded.model.trainContextSize), batchSize: tuning.batchTokens ?? defaultTuning.batchTokens, threads: { ideal: threads, min: threads }, ...settings,
    });
    const runtime = await loaded.runtime.getModuleVersion();
    return new LlamaLanguageModel(loaded, context, {
      file: options.file, prefix: states === undefined ? undefined : { states, keyOf: tokens => prefixStateKey({ files: [options.file, ...adapters.map(({ file }) => file)], runtime, settings, tokens }) },
    });
  }

  async countTokens(text: string): Promise<number> {
    return this.#loaded.model.tokenize(text).length;
  }

  async *generate(messages: readonly Message[], asked: GenerateOptions = {}): AsyncGenerator<GenerationEvent> {
    const options = { ...asked, signal: asked.signal === undefined ? this.#closing.signal : AbortSignal.any([asked.signal, this.#closing.signal]) };
    const turn = Promise.withResolvers<undefined>();
    const before = this.#queue;
    this.#queue = turn.promise;
    try {
      if (await settlesBeforeAbort(before, options.signal)) yield* this.#run(messages, options);
      else yield { type: 'end', usage: { promptTokens: 0, cachedTokens: 0, outputTokens: 0, firstTokenMs: 0, totalMs: 0, stopReason: 'cancelled' } };
    } finally {
      // A cancelled call ends at once, but its turn only with the native work that it leaves behind.
      void Promise.allSettled([before, this.#slice]).then(() => { turn.resolve(undefined); });
    }
  }

  async prepare(messages: readonly Message[]): Promise<void> {
    const before = this.#queue;
    const work = before.then(async () => {
      const { tokens } = this.#layOut([...messages, otherQuestion]);
      const prefix = this.#sharedStart([...messages, otherQuestion], tokens);
      // What a conversation has read is worth more than this.
      if (this.#sequence.nextTokenIndex === 0) await this.#evaluatePrompt(tokens.slice(0, prefix), prefix, this.#closing.signal);
    });
    this.#queue = work.catch(() => undefined);
    await work;
  }

  /** Stops what is being generated and waits for its native work, during which the end of the thread would end the process. */
  async comeToRest(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([this.#queue, this.#slice]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#queue;
    await this.#context.dispose();
    await this.#loaded.model.dispose();
  }

  async *#run(messages: readonly Message[], options: GenerateOptions): AsyncGenerator<GenerationEvent> {
    const started = performance.now();
    const { signal } = options;
    const { tokens, stops } = this.#layOut(messages);
    const room = this.#context.contextSize - tokens.length - 1;
    if (room < 1) throw new Error(`The prompt has ${tokens.length} tokens, more than the model's context of ${this.#context.contextSize}. Ask a shorter question or start a new conversation.`);
    const prefix = this.#sharedStart(messages, tokens);
    const cachedTokens = await this.#reuse(tokens, prefix);
    const end = (outputTokens: number, firstTokenMs: number, stopReason: GenerationUsage['stopReason']): GenerationEvent =>
      ({ type: 'end', usage: { promptTokens: tokens.length, cachedTokens, outputTokens, firstTokenMs, totalMs: performance.now() - started, stopReason } });
    if (!await this.#evaluatePrompt(tokens.slice(0, -1), prefix, signal)) {
      yield end(0, performance.now() - started, 'cancelled');
      return;
    }
    const stream = createTokenStream(this.#loaded.model, stops);
    const maxTokens = Math.min(options.maxTokens ?? defaultMaxTokens, room);
    let firstTokenMs = 0;
    let stopReason: GenerationUsage['stopReason'] = 'length';
    const grammar = options.jsonSchema === undefined ? undefined : await this.#grammarFor(options.jsonSchema);
    const generated = this.#sequence.evaluate(tokens.slice(-1), {
      ...(grammar !== undefined && { grammarEvaluationState: grammar }),
      temperature: options.temperature ?? 0, topK: 40, topP: 0.95, repeatPenalty: { punishTokens: () => stream.recent(repeatWindow), penalty: repeatPenalty },
    });
    for await (const token of untilAborted(generated, signal, work => { this.#slice = work; })) {
      firstTokenMs ||= performance.now() - started;
      if (!stream.push(token)) stopReason = 'end';
      const text = stream.take();
      if (text !== '') yield { type: 'text', text };
      if (stopReason !== 'length' || stream.count >= maxTokens) break;
    }
    if (signal?.aborted === true) stopReason = 'cancelled';
    // The runtime ends the loop itself at the model's own end token.
    if (stopReason === 'length' && stream.count < maxTokens) stopReason = 'end';
    const rest = stream.flush();
    if (rest !== '') yield { type: 'text', text: rest };
    yield end(stream.count, firstTokenMs, stopReason);
  }

  /** What keeps a reply to the schema, token by token. */
  async #grammarFor(schema: object): Promise<LlamaGrammarEvaluationState> {
    const { llama, model, runtime } = this.#loaded;
    return new runtime.LlamaGrammarEvaluationState({ model, grammar: await llama.createGrammarForJsonSchema(schema as Parameters<typeof llama.createGrammarForJsonSchema>[0]) });
  }

  /** The messages as tokens by the model's own chat template, and what ends a reply. */
  #layOut(messages: readonly Message[]): { tokens: Token[]; stops: Token[][] } {
    const { tokenizer } = this.#loaded.model;
    const chatHistory: ChatHistoryItem[] = [...messages.map(toHistoryItem), { type: 'model', response: [] }];
    const { contextText, stopGenerationTriggers } = this.#wrapper.generateContextState({ chatHistory });
    return { tokens: contextText.tokenize(tokenizer), stops: stopGenerationTriggers.map(trigger => trigger.tokenize(tokenizer)) };
  }

  /** Tokens at the start that another question would have, too: the system message, as the chat template writes it. */
  #sharedStart(messages: readonly Message[], tokens: readonly Token[]): number {
    const [first] = messages;
    return first?.role === 'system' && messages.length > 1 ? sameTokens(this.#layOut([first, { role: 'user', text: '#' }]).tokens, tokens) : 0;
  }

  /** How much of the prompt need not be evaluated: what the sequence holds of it, or else the beginning that an earlier start kept. */
  async #reuse(tokens: readonly Token[], prefix: number): Promise<number> {
    const held = await this.#reusePrefix(tokens);
    if (this.#prefix === undefined || held >= prefix || prefix < leastKeptTokens) return held;
    const { states, keyOf } = this.#prefix;
    const isRestored = await states.restore(await keyOf(tokens.slice(0, prefix)), async file => {
      try {
        await this.#sequence.loadStateFromFile(file, { acceptRisk: true });
      } catch (error) {
        await this.#sequence.clearHistory();
        throw error;
      }
    });
    return isRestored || this.#sequence.nextTokenIndex < held ? this.#reusePrefix(tokens) : held;
  }

  /** Keeps what the sequence already holds of this prompt and forgets the rest; the last prompt token is always evaluated anew. */
  async #reusePrefix(tokens: readonly Token[]): Promise<number> {
    const held = this.#sequence.contextTokens;
    const same = Math.min(sameTokens(held, tokens), tokens.length - 1);
    if (same < held.length) await this.#sequence.eraseContextTokenRanges([{ start: same, end: held.length }]);
    return this.#sequence.nextTokenIndex;
  }

  /**
   * Evaluates the tokens in slices; false when the signal fired. What is evaluated stays for the next try. At the end of
   * `prefix` the state is kept for the next start.
   */
  async #evaluatePrompt(tokens: readonly Token[], prefix: number, signal: AbortSignal | undefined): Promise<boolean> {
    while (this.#sequence.nextTokenIndex < tokens.length) {
      if (signal?.aborted === true) return false;
      const from = this.#sequence.nextTokenIndex;
      const border = from < prefix ? prefix : tokens.length;
      const slice = this.#sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(from, Math.min(from + sliceTokens, border)));
      this.#slice = slice;
      if (!await settlesBeforeAbort(slice, signal)) return false;
      if (this.#sequence.nextTokenIndex === prefix) await this.#keepPrefix(tokens.slice(0, prefix));
    }
    return signal?.aborted !== true;
  }

  async #keepPrefix(tokens: readonly Token[]): Promise<void> {
    if (this.#prefix === undefined || tokens.length < leastKeptTokens) return;
    await this.#prefix.states.keep(await this.#prefix.keyOf(tokens), async file => { await this.#sequence.saveStateToFile(file); });
  }
}

/** Stands for the question that is yet to come. */
const otherQuestion: Message = { role: 'user', text: 'What?' };

function sameTokens(a: readonly Token[], b: readonly Token[]): number {
  const differs = a.findIndex((token, index) => token !== b[index]);
  return differs < 0 ? a.length : differs;
}

/** The tokens until the signal fires, even while one is being worked on; `leave` is given the work that is left behind. */
async function* untilAborted(tokens: AsyncGenerator<Token, void>, signal: AbortSignal | undefined, leave: (work: Promise<unknown>) => void): AsyncGenerator<Token> {
  try {
    for (;;) {
      const next = tokens.next();
      leave(next);
      if (!await settlesBeforeAbort(next, signal)) return;
      const { done, value } = await next;
      if (done === true) return;
      yield value;
    }
  } finally {
    // Not waited for: a stop would take as long as the token that is being worked on.
    leave(tokens.return());
  }
}

/** False as soon as the signal fires; rejects as the work does. */
function settlesBeforeAbort(work: Promise<unknown>, signal: AbortSignal | undefined): Promise<boolean> {
  if (signal === undefined) return work.then(() => true);
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const abort = (): void => { resolve(false); };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  work.then(() => { resolve(true); }, reject).finally(() => { signal.removeEventListener('abort', abort); });
  return promise;
}

function toHistoryItem({ role, text }: Message): ChatHistoryItem {
  if (role === 'assistant') return { type: 'model', response: [text] };
  return { type: role, text };
}
