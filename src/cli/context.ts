import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import type { Engine } from '../core/index.ts';
import type { EngineOptions } from '../node/engineOptions.ts';
import { grammarsFolder, indexFolderRoot } from '../node/folders.ts';
import { findModel, namedReranker } from '../node/modelChoice.ts';
import { openEngine } from '../node/openEngine.ts';
import { CommandFailure, type Output } from './output.ts';

/** The options that every command takes, as commander hands them over. */
interface GlobalOptions {
  readonly workspace: string;
  readonly json?: boolean;
  readonly offline?: boolean;
  readonly svd?: string;
  readonly sdk?: readonly string[];
  readonly svdPatch?: readonly string[];
  readonly device?: string;
  readonly model?: string;
  readonly adapter?: readonly string[];
  readonly embedder?: string;
  readonly reranker?: string;
  readonly endpoint?: string;
  readonly endpointModel?: string;
  readonly embedderEndpoint?: string;
  readonly embedderEndpointModel?: string;
  readonly threads?: string;
  readonly quiet?: boolean;
  readonly progress?: boolean;
}

/** What a command works with: where to speak, and an engine that opens at first use. */
export interface Context {
  readonly output: Output;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly offline: boolean;
  readonly workspace: string;
}

/** Runs `action` with an engine for the command's options and closes it afterwards; Ctrl+C fires the signal. */
export async function withContext(command: Command, action: (context: Context) => Promise<void>, more: Partial<EngineOptions> = {}): Promise<void> {
  const globals = command.optsWithGlobals<GlobalOptions>();
  const interrupt = watchInterrupt();
  const engine = openEngine({ ...await engineOptions(globals), ...more });
  try {
    await action({ output: outputOf(globals), engine, signal: interrupt.signal, offline: globals.offline === true, workspace: path.resolve(globals.workspace) });
  } finally {
    interrupt[Symbol.dispose]();
    await engine.close();
  }
}

/** A signal that Ctrl+C fires. Kept for the whole command: without a listener of ours a library's exit hook would end the process at once. */
export function watchInterrupt(): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const interrupt = (): void => { controller.abort(); };
  process.on('SIGINT', interrupt);
  return { signal: controller.signal, [Symbol.dispose]: () => { process.off('SIGINT', interrupt); } };
}

export function outputOf(globals: Pick<GlobalOptions, 'json' | 'quiet' | 'progress'>): Output {
  const quiet = globals.quiet === true;
  return { json: globals.json === true, quiet, showProgress: !quiet && (globals.progress === true || process.stderr.isTTY) };
}

async function engineOptions(globals: GlobalOptions): Promise<EngineOptions> {
  const workspace = path.resolve(globals.workspace);
  if (!fs.statSync(workspace, { throwIfNoEntry: false })?.isDirectory()) throw new CommandFailure(`${globals.workspace}: no such folder. Name the firmware's folder with --workspace.`);
  return {
    workspace,
    storage: indexFolderRoot(),
    grammars: grammarsFolder(),
    svd: globals.svd === undefined ? undefined : path.resolve(globals.svd),
    knowledgeFolders: globals.sdk?.map(folder => path.resolve(folder)),
    svdPatches: globals.svdPatch?.map(file => path.resolve(file)),
    device: globals.device,
    modelFile: await findModel('chat', globals.model),
    adapters: globals.adapter?.map(file => ({ file: path.resolve(file) })),
    embedderFile: await findModel('embedder', globals.embedder),
    rerankerFile: await namedReranker(globals.reranker),
    endpoint: endpoint(globals.endpoint, globals.endpointModel),
    embedderEndpoint: endpoint(globals.embedderEndpoint, globals.embedderEndpointModel),
    offline: globals.offline,
    threads: globals.threads === undefined ? undefined : Number(globals.threads),
  };
}

/** The key comes by the environment: arguments are seen by every user of the machine. */
function endpoint(url: string | undefined, model = 'default'): EngineOptions['endpoint'] {
  return url === undefined ? undefined : { url, model, apiKey: process.env['HALCYON_ENDPOINT_KEY'] };
}
