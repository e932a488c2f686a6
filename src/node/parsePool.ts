import os from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ContentReader, ReadContent } from '../core/index.ts';
import { createRpcClient, type RpcClient } from './rpc.ts';

export interface ParsePoolOptions {
  /** Folder with the tree-sitter `.wasm` files. */
  readonly grammars: string;
  /** Threads; default: two, or one on a machine of one core. */
  readonly threads?: number;
  /** Default one minute: a file that takes longer ends its thread. */
  readonly fileTimeoutMs?: number;
  /** Default 384 MB: a file that needs more ends its thread. */
  readonly heapMegabytes?: number;
}

/** Parses files in threads of its own, which end with it, and with them the memory that parsing took. */
export async function openParsePool(options: ParsePoolOptions): Promise<ContentReader> {
  const width = options.threads ?? Math.min(2, os.availableParallelism());
  const idle: ParseThread[] = [];
  const all = new Set<ParseThread>();
  const waiting: ((thread: ParseThread) => void)[] = [];
  let isClosed = false;
  const start = (): ParseThread => {
    const thread = startThread(options);
    all.add(thread);
    return thread;
  };
  const take = async (): Promise<ParseThread> => idle.pop() ?? (all.size < width ? start() : new Promise<ParseThread>(resolve => { waiting.push(resolve); }));
  const giveBack = (thread: ParseThread): void => {
    if (!thread.isAlive()) all.delete(thread);
    if (isClosed) return;
    const usable = thread.isAlive() ? thread : waiting.length > 0 ? start() : undefined;
    const next = usable === undefined ? undefined : waiting.shift();
    if (next !== undefined && usable !== undefined) next(usable);
    else if (usable !== undefined) idle.push(usable);
  };
  return {
    width,
    read: async (file, bytes) => {
      const thread = await take();
      try {
        return await thread.read(file, bytes);
      } finally {
        giveBack(thread);
      }
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      await Promise.all([...all].map(async thread => thread.end('The update of the index was stopped.')));
    },
  };
}

interface ParseThread {
  readonly read: (file: string, bytes: Uint8Array) => Promise<ReadContent>;
  readonly isAlive: () => boolean;
  readonly end: (reason: string) => Promise<void>;
}

function startThread({ grammars, fileTimeoutMs = 60_000, heapMegabytes = 384 }: ParsePoolOptions): ParseThread {
  const worker = new Worker(new URL(import.meta.url.endsWith('.ts') ? './parseWorker.ts' : './parseWorker.js', import.meta.url), {
    workerData: { grammars }, name: 'halcyon-parse', resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 16 },
  });
  const client: RpcClient = createRpcClient(worker);
  let alive = true;
  const fail = (reason: string): void => {
    alive = false;
    client.fail(reason);
  };
  const end = async (reason: string): Promise<void> => {
    fail(reason);
    await worker.terminate();
  };
  worker.on('error', error => { fail(error instanceof Error ? error.message : String(error)); });
  worker.on('exit', code => { fail(`its thread ended (exit code ${code})`); });
  return {
    isAlive: () => alive,
    end,
    read: async (file, bytes) => {
      const timer = setTimeout(() => { void end(`it takes longer than ${fileTimeoutMs / 1000} s`); }, fileTimeoutMs);
      try {
        return await client.call<ReadContent>('read', [file, bytes]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
