import { fork, type ChildProcess, type Serializable } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { EngineOptions } from './engineOptions.ts';
import { forgetNativeCrash, hasNativeCrashed, nativeWorkFolder } from './nativeWork.ts';
import type { Port } from './rpc.ts';

/** A thread or a process that an engine runs in. */
export interface EnginePlace {
  readonly port: Port;
  /** Called once when it ends, with a sentence. */
  onEnd(listener: (reason: string) => void): void;
  end(): Promise<void>;
}

/** Where an engine is to run, and why there when it is not where the user would expect it. */
export interface PlaceChoice {
  readonly runIn: 'worker' | 'process';
  readonly notice?: string;
}

/** By the setting; left to itself, a process of its own after a native crash, which would take the editor's other extensions with it. */
export function choosePlace({ runIn = 'auto', storage }: Pick<EngineOptions, 'runIn' | 'storage'>): PlaceChoice {
  const folder = nativeWorkFolder(storage);
  if (runIn === 'worker') forgetNativeCrash(folder);
  if (runIn !== 'auto') return { runIn };
  if (!hasNativeCrashed(folder)) return { runIn: 'worker' };
  return { runIn: 'process', notice: 'The editor\'s extensions ended while the model was at work, so the engine now runs in a process of its own. "halcyon.model.runIn": "worker" puts it back.' };
}

/** Starts the engine's entry file in that place. */
export function openPlace(runIn: PlaceChoice['runIn'], workerFile: string | URL, options: EngineOptions): EnginePlace {
  return runIn === 'worker' ? openThread(workerFile, options) : openProcess(workerFile, options);
}

/** Left to itself V8 keeps more for what is young than all that the engine lives on. */
const youngMegabytes = 12;

function openThread(workerFile: string | URL, workerData: EngineOptions): EnginePlace {
  const worker = new Worker(workerFile, { workerData, name: 'halcyon-engine', resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } });
  return {
    port: worker,
    onEnd: listener => {
      worker.on('error', error => { listener(`The Halcyon engine stopped: ${error instanceof Error ? error.message : String(error)}`); });
      worker.on('exit', code => { listener(`The Halcyon engine stopped (exit code ${code}).`); });
    },
    end: async () => { await worker.terminate(); },
  };
}

/** Longest wait for a process to end by itself once its engine is closed. */
const mostEndMs = 2000;

function openProcess(workerFile: string | URL, options: EngineOptions): EnginePlace {
  const entry = workerFile instanceof URL ? fileURLToPath(workerFile) : workerFile;
  const child = fork(entry, [], {
    serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, execArgv: ['--disable-warning=ExperimentalWarning', `--max-semi-space-size=${youngMegabytes / 3}`],
  });
  const send = (message: unknown): void => { if (child.connected) child.send(message as Serializable, () => undefined); };
  // Not in the arguments, which every user of the machine can read: there may be a key in it.
  send(options);
  return {
    port: { postMessage: send, on: (event, listener) => child.on(event, listener) },
    onEnd: listener => {
      child.on('error', error => { listener(`The Halcyon engine's process could not be started: ${error.message}`); });
      child.on('exit', (code, signal) => { listener(`The Halcyon engine stopped (${signal === null ? `exit code ${code}` : `signal ${signal}`}).`); });
    },
    end: () => endProcess(child),
  };
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>(resolve => { child.once('exit', () => { resolve(); }); });
  const timer = setTimeout(() => { child.kill('SIGKILL'); }, mostEndMs);
  if (child.connected) child.disconnect();
  await ended;
  clearTimeout(timer);
}
