import { fork, type Serializable } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ContentReader, ReadContent } from '../core/index.ts';
import { createRpcClient, type RpcClient } from './rpc.ts';

export interface ParsePoolOptions {
  /** Folder with the tree-sitter `.wasm` files. */
  readonly grammars: string;
  /** Default: one. */
  readonly processes?: number;
  /** Default one minute: a file that takes longer ends its process. */
  readonly fileTimeoutMs?: number;
  /** Default 384 MB: a file that needs more ends its process. */
  readonly heapMegabytes?: number;
}

/** Parses files in a process of its own, or several, which end with it, and with them the memory that parsing took. */
export async function openParsePool(options: ParsePoolOptions): Promise<ContentReader> {
  const width = options.processes ?? 1;
  const idle: ParseProcess[] = [];
  const all = new Set<ParseProcess>();
  const waiting: { readonly give: (child: ParseProcess) => void; readonly giveUp: (reason: Error) => void }[] = [];
  let isClosed = false;
  const start = (): ParseProcess => keep(all, startProcess(options));
  const take = async (): Promise<ParseProcess> => {
    if (isClosed) throw new Error(stopped);
    return idle.pop() ?? (all.size < width ? start() : new Promise<ParseProcess>((give, giveUp) => { waiting.push({ give, giveUp }); }));
  };
  const giveBack = async (child: ParseProcess): Promise<void> => {
    if (child.isSwollen() && !isClosed) await child.end('It was to be replaced.');
    if (!child.isAlive()) all.delete(child);
    if (isClosed) return;
    const usable = child.isAlive() ? child : waiting.length > 0 ? start() : undefined;
    const next = usable === undefined ? undefined : waiting.shift();
    if (next !== undefined && usable !== undefined) next.give(usable);
    else if (usable !== undefined) idle.push(usable);
  };
  return {
    width,
    read: async (file, bytes) => {
      const child = await take();
      try {
        return await child.read(file, bytes);
      } finally {
        await giveBack(child);
      }
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      for (const { giveUp } of waiting.splice(0)) giveUp(new Error(stopped));
      await Promise.all([...all].map(async child => child.end(stopped)));
    },
  };
}

/** Also what is asked for later gets: a process that were started then would be ended by nobody. */
const stopped = 'The update of the index was stopped.';

function keep<T>(all: Set<T>, added: T): T {
  all.add(added);
  return added;
}

interface ParseProcess {
  readonly read: (file: string, bytes: Uint8Array) => Promise<ReadContent>;
  readonly isAlive: () => boolean;
  /** Whether it keeps memory that a very large file took: WebAssembly's never shrinks. */
  readonly isSwollen: () => boolean;
  readonly end: (reason: string) => Promise<void>;
}

/** A process that has read a file of this size is replaced: starting another takes less than such a file does. */
const swellingBytes = 1024 * 1024;

/** GNU's C library would keep much of the memory that is given back; other libraries do not read this. */
const frugalMemory = { MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_ARENA_MAX: '2' };

/**
 * A process rather than a thread: compiling the grammars' WebAssembly takes V8 much memory for a moment, which the C
 * library does not give back as long as the process lives, and this one lives in the editor's.
 */
function startProcess({ grammars, fileTimeoutMs = 60_000, heapMegabytes = 384 }: ParsePoolOptions): ParseProcess {
  const entry = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './parseProcess.ts' : './parseProcess.js', import.meta.url));
  const child = fork(entry, [grammars], {
    serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...process.env, ...frugalMemory, ELECTRON_RUN_AS_NODE: '1' },
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${heapMegabytes}`, '--max-semi-space-size=8', '--no-wasm-loop-unrolling', '--no-wasm-loop-peeling'],
  });
  const client: RpcClient = createRpcClient({ postMessage: message => { child.send(message as Serializable); }, on: (event, listener) => child.on(event, listener) });
  let alive = true;
  let swollen = false;
  const ended = new Promise<void>(resolve => {
    const fail = (reason: string): void => {
      alive = false;
      client.fail(reason);
      resolve();
    };
    child.on('error', error => { fail(`its process could not be started: ${error.message}`); });
    child.on('exit', (code, signal) => { fail(signal === 'SIGABRT' || code === 134 ? 'it needs too much memory' : `its process ended (${signal ?? `exit code ${code}`})`); });
  });
  const end = async (reason: string): Promise<void> => {
    alive = false;
    client.fail(reason);
    child.kill('SIGKILL');
    await ended;
  };
  return {
    isAlive: () => alive,
    isSwollen: () => swollen,
    end,
    read: async (file, bytes) => {
      swollen ||= bytes.length >= swellingBytes;
      const timer = setTimeout(() => { void end(`it takes longer than ${fileTimeoutMs / 1000} s`); }, fileTimeoutMs);
      try {
        return await client.call<ReadContent>('read', [file, bytes]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
