import type { AnswerEvaluationRequest, AskRequest, CompletionRequest, DatasetRequest, Engine, ExplainRequest, FaultRequest, HoverRequest, IndexOptions, InlayRequest, IsrTarget, LintRequest, OutlineRequest, RetrievalEvaluationRequest, SearchRequest } from '../core/index.ts';
import type { EngineOptions } from './engineOptions.ts';
import { choosePlace, openPlace } from './enginePlace.ts';
import { createRpcClient, type RpcClient } from './rpc.ts';

/** An engine in a worker thread of this process, or in a process of its own. */
export interface EngineHandle extends Engine, AsyncDisposable {
  /** Why it runs elsewhere than in a worker thread, when that is not the user's own choice. */
  readonly notice: string | undefined;
  /** Changes options while running: another SVD file, another model. */
  configure(change: Partial<EngineOptions>): Promise<void>;
  /** Called once when the engine ends by itself; every open and later call rejects with the same sentence. */
  onCrash(listener: (reason: string) => void): void;
  /** Called for every line the engine has for the output channel. */
  onLog(listener: (message: string) => void): void;
}

/** Starts the thread or the process at once; the engine inside opens lazily, at its first call. */
export function startEngine(options: EngineOptions & { readonly workerFile: string | URL }): EngineHandle {
  const { workerFile, ...engineOptions } = options;
  const { runIn, notice } = choosePlace(engineOptions);
  const place = openPlace(runIn, workerFile, engineOptions);
  const client = createRpcClient(place.port);
  const listeners: ((reason: string) => void)[] = [];
  let ended = false;
  const end = (reason: string): void => {
    if (ended) return;
    ended = true;
    client.fail(reason);
    for (const listener of listeners) listener(reason);
  };
  place.onEnd(end);
  return {
    ...engineCalls(client),
    notice,
    configure: change => client.call('configure', [change]),
    onCrash: listener => { listeners.push(listener); },
    onLog: listener => {
      place.port.on('message', message => {
        const { type, message: text } = message as { readonly type: string; readonly message: string };
        if (type === 'log') listener(text);
      });
    },
    async [Symbol.asyncDispose]() {
      if (ended) return;
      ended = true;
      await client.call('close', []).catch(() => undefined);
      client.fail('The Halcyon engine was closed.');
      await place.end();
    },
  };
}

function engineCalls(client: RpcClient): Engine {
  return {
    device: () => client.call('device', []),
    checkDevice: () => client.call('checkDevice', []),
    svd: (file: string) => client.call('svd', [file]),
    register: (query: string) => client.call('register', [query]),
    decode: (register: string, value: string) => client.call('decode', [register, value]),
    hover: (at: HoverRequest) => client.call('hover', [at]),
    outline: (request: OutlineRequest = {}) => client.call('outline', [request]),
    outlineFind: (query: string, limit?: number) => client.call('outlineFind', [query, limit]),
    outlineCard: (id: string) => client.call('outlineCard', [id]),
    xref: (registerOrField: string) => client.call('xref', [registerOrField]),
    initTimeline: (peripheral: string) => client.call('initTimeline', [peripheral]),
    useCounts: (signal?: AbortSignal) => client.call('useCounts', [], signal),
    inlays: (request: InlayRequest, signal?: AbortSignal) => client.call('inlays', [request], signal),
    completions: (request: CompletionRequest) => client.call('completions', [request]),
    index: (options: IndexOptions = {}, signal?: AbortSignal) => client.stream('index', [options], signal),
    indexState: () => client.call('indexState', []),
    pauseIndexing: (paused: boolean) => client.call('pauseIndexing', [paused]),
    knowledge: () => client.call('knowledge', []),
    unsavedText: (file: string, text?: string) => client.call('unsavedText', [file, text]),
    search: (query: string, options: SearchRequest = {}, signal?: AbortSignal) => client.call('search', [query, options], signal),
    evaluateRetrieval: (request: RetrievalEvaluationRequest = {}, signal?: AbortSignal) => client.stream('evaluateRetrieval', [request], signal),
    buildDataset: (request: DatasetRequest = {}, signal?: AbortSignal) => client.stream('buildDataset', [request], signal),
    evaluateAnswers: (request: AnswerEvaluationRequest = {}, signal?: AbortSignal) => client.stream('evaluateAnswers', [request], signal),
    fault: (request: FaultRequest) => client.call('fault', [request]),
    lint: (request: LintRequest = {}, signal?: AbortSignal) => client.stream('lint', [request], signal),
    isr: (target: IsrTarget = {}) => client.call('isr', [target]),
    ask: (request: AskRequest, signal?: AbortSignal) => client.stream('ask', [request], signal),
    prepareModel: () => client.call('prepareModel', []),
    explain: (request: ExplainRequest, signal?: AbortSignal) => client.stream('explain', [request], signal),
  };
}
