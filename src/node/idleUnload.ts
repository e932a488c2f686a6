import type { GenerationEvent, LanguageModel } from '../core/index.ts';
import { preparing } from './nativeWork.ts';

/** What happens to a model that nobody asks any more. */
export interface IdleUnload {
  readonly idleMs: number;
  readonly unload: () => Promise<void>;
}

/** The model, unloaded once it has been left alone for so long; its memory is the larger part of what the engine takes. */
export function unloadWhenIdle(model: LanguageModel & Partial<AsyncDisposable>, { idleMs, unload }: IdleUnload): LanguageModel & Partial<AsyncDisposable> {
  let timer: NodeJS.Timeout | undefined;
  let running = 0;
  const wait = (): void => {
    clearTimeout(timer);
    if (running > 0) return;
    // A process that has nothing else to do must be able to end.
    timer = setTimeout(() => { unload().catch(() => undefined); }, idleMs).unref();
  };
  const during = async <T>(work: () => Promise<T>): Promise<T> => {
    running++;
    clearTimeout(timer);
    return work().finally(() => {
      running--;
      wait();
    });
  };
  wait();
  return {
    info: model.info,
    ...preparing(model, during),
    countTokens: text => during(() => model.countTokens(text)),
    async *generate(messages, options): AsyncGenerator<GenerationEvent> {
      running++;
      clearTimeout(timer);
      try {
        yield* model.generate(messages, options);
      } finally {
        running--;
        wait();
      }
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      await model[Symbol.asyncDispose]?.();
    },
  };
}
