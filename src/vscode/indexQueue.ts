import type { IndexOptions } from '../core/index.ts';

/** What to index next. */
export type IndexRequest = { readonly everything: true; readonly rebuild?: boolean } | { readonly files: readonly string[] };

/** Runs index requests one after another; requests made meanwhile melt into one. */
export interface IndexQueue {
  /** Resolves when the request, and whatever was merged with it, has been carried out. */
  request(request: IndexRequest): Promise<void>;
  /** Cancels the run under way and forgets what waits. */
  stop(): void;
  /** Cancels the run under way in favour of what is requested next; what it had left to do is done with that. */
  interrupt(): void;
}

/** A queue over `run`, which must not reject. */
export function createIndexQueue(run: (options: IndexOptions, signal: AbortSignal) => Promise<void>): IndexQueue {
  let waiting = nothing();
  let running: AbortController | undefined;
  let chain = Promise.resolve();
  const step = async (): Promise<void> => {
    const options = optionsOf(waiting);
    waiting = nothing();
    if (options === undefined) return;
    running = new AbortController();
    await run(options, running.signal);
    running = undefined;
  };
  const request = (wanted: IndexRequest): Promise<void> => {
    merge(waiting, wanted);
    // A rebuild throws the work under way away, so there is no sense in finishing it.
    if ('everything' in wanted && wanted.rebuild === true) running?.abort();
    chain = chain.then(step);
    return chain;
  };
  return {
    request,
    interrupt: () => {
      if (running !== undefined) merge(waiting, { everything: true });
      running?.abort();
    },
    stop: () => {
      waiting = nothing();
      running?.abort();
    },
  };
}

interface Waiting {
  rebuild: boolean;
  everything: boolean;
  readonly files: Set<string>;
}

function nothing(): Waiting {
  return { rebuild: false, everything: false, files: new Set() };
}

function merge(waiting: Waiting, request: IndexRequest): void {
  if ('files' in request) for (const file of request.files) waiting.files.add(file);
  else {
    waiting.everything = true;
    waiting.rebuild ||= request.rebuild === true;
  }
}

function optionsOf(waiting: Waiting): IndexOptions | undefined {
  if (waiting.everything) return waiting.rebuild ? { rebuild: true } : {};
  return waiting.files.size === 0 ? undefined : { files: [...waiting.files] };
}
