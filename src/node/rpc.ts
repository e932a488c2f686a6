/**
 * Calls and streams over a message port, for an engine that lives in a worker thread (or, with the same
 * two-member port, in a process of its own). Values are whatever structured clone carries.
 */
export interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

type Outcome = { readonly type: 'result' | 'next'; readonly value: unknown } | { readonly type: 'end' } | { readonly type: 'error'; readonly message: string };
type Request =
  | { readonly type: 'call' | 'stream'; readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly type: 'abort'; readonly id: number };
type Reply = Outcome & { readonly id: number };

/** Answers requests from the port with the methods of `target`, each given an AbortSignal as its last argument; an `abort` request fires it. */
export function serve(port: Port, target: object): void {
  const running = new Map<number, AbortController>();
  port.on('message', message => {
    const request = message as Request;
    if (request.type === 'abort') {
      running.get(request.id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(request.id, controller);
    void answer(target, request, controller.signal, outcome => { port.postMessage({ ...outcome, id: request.id }); })
      .finally(() => running.delete(request.id));
  });
}

async function answer(target: object, request: Exclude<Request, { type: 'abort' }>, signal: AbortSignal, reply: (outcome: Outcome) => void): Promise<void> {
  try {
    const method: unknown = Reflect.get(target, request.method);
    if (typeof method !== 'function') throw new Error(`the engine has no method ${request.method}`);
    const returned: unknown = Reflect.apply(method, target, [...request.args, signal]);
    if (request.type === 'call') {
      reply({ type: 'result', value: await returned });
      return;
    }
    for await (const value of returned as AsyncIterable<unknown>) reply({ type: 'next', value });
    reply({ type: 'end' });
  } catch (error) {
    reply({ type: 'error', message: error instanceof Error ? error.message : String(error) });
  }
}

/** The calling side. After `fail`, every open and later call rejects with that sentence. */
export interface RpcClient {
  call<T>(method: string, args: readonly unknown[], signal?: AbortSignal): Promise<T>;
  stream<T>(method: string, args: readonly unknown[], signal?: AbortSignal): AsyncIterable<T>;
  fail(reason: string): void;
}

interface Conversation {
  readonly receive: (outcome: Outcome) => void;
}

export function createRpcClient(port: Port): RpcClient {
  const open = new Map<number, Conversation>();
  let lastId = 0;
  let failure: string | undefined;
  port.on('message', message => {
    const reply = message as Reply;
    open.get(reply.id)?.receive(reply);
    if (reply.type !== 'next') open.delete(reply.id);
  });
  const start = (request: { type: 'call' | 'stream'; method: string; args: readonly unknown[] }, receive: Conversation['receive'], signal?: AbortSignal): void => {
    const id = ++lastId;
    if (failure !== undefined) {
      receive({ type: 'error', message: failure });
      return;
    }
    const abort = (): void => { port.postMessage({ type: 'abort', id }); };
    open.set(id, {
      receive: outcome => {
        if (outcome.type !== 'next') signal?.removeEventListener('abort', abort);
        receive(outcome);
      },
    });
    port.postMessage({ ...request, id });
    if (signal?.aborted === true) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  };
  return {
    call: <T>(method: string, args: readonly unknown[], signal?: AbortSignal) => new Promise<T>((resolve, reject) => {
      start({ type: 'call', method, args }, outcome => { settle(outcome, value => { resolve(value as T); }, reject); }, signal);
    }),
    stream: <T>(method: string, args: readonly unknown[], signal?: AbortSignal) => streamOf<T>((receive, stop) => {
      start({ type: 'stream', method, args }, receive, signal === undefined ? stop : AbortSignal.any([signal, stop]));
    }),
    fail: reason => {
      failure = reason;
      for (const conversation of open.values()) conversation.receive({ type: 'error', message: reason });
      open.clear();
    },
  };
}

function settle(outcome: Outcome, resolve: (value: unknown) => void, reject: (error: Error) => void): void {
  if (outcome.type === 'error') reject(new Error(outcome.message));
  else resolve('value' in outcome ? outcome.value : undefined);
}

/** Turns pushed outcomes into an iterable; a consumer that leaves early stops the producer. */
async function* streamOf<T>(begin: (receive: (outcome: Outcome) => void, stop: AbortSignal) => void): AsyncGenerator<T> {
  const queue: Outcome[] = [];
  const stop = new AbortController();
  let wake = (): void => undefined;
  begin(outcome => { queue.push(outcome); wake(); }, stop.signal);
  try {
    for (;;) {
      const outcome = queue.shift();
      if (outcome === undefined) await new Promise<void>(resolve => { wake = resolve; });
      else if (outcome.type === 'end') return;
      else if (outcome.type === 'error') throw new Error(outcome.message);
      else yield outcome.value as T;
    }
  } finally {
    stop.abort();
  }
}
