import * as path from 'node:path';
import type { Endpoint } from '../node/endpoint.ts';
import type { EndpointKeys } from './endpointKeys.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';
import { readSettings, type EndpointSetting } from './settings.ts';

/** The models every engine is given: the servers or the files of the settings, else the largest cached files. */
export interface ModelsInUse {
  readonly chat?: string;
  readonly embedder?: string;
  readonly endpoint?: Endpoint;
  readonly embedderEndpoint?: Endpoint;
  /** Sentences about files that the settings name and that are not there. */
  readonly warnings: readonly string[];
}

/** Knows the models in use; looks again when asked to. */
export interface ModelsWatch {
  current(): ModelsInUse;
  refresh(): Promise<void>;
}

/** Looks nowhere until the first `refresh`: activation must not wait for a disk. */
export function createModelsWatch(log: Log, keys: EndpointKeys): ModelsWatch {
  let inUse: ModelsInUse = { warnings: [] };
  return {
    current: () => inUse,
    refresh: async () => {
      const settings = readSettings();
      const [endpoint, embedderEndpoint] = await Promise.all([withKey(settings.endpoint, keys), withKey(settings.embedderEndpoint, keys)]);
      const [chat, embedder] = await Promise.all([endpoint === undefined ? look('chat', settings.modelPath) : unused, embedderEndpoint === undefined ? look('embedder', settings.embedderPath) : unused]);
      const warnings = [chat.warning, embedder.warning].filter(warning => warning !== undefined);
      inUse = {
        ...(chat.file !== undefined && { chat: chat.file }), ...(embedder.file !== undefined && { embedder: embedder.file }),
        ...(endpoint !== undefined && { endpoint }), ...(embedderEndpoint !== undefined && { embedderEndpoint }), warnings,
      };
      for (const warning of warnings) log.warn(warning);
    },
  };
}

/** The chat model's name for people; undefined: there is none. */
export function chatModelName({ chat, endpoint }: ModelsInUse): string | undefined {
  if (endpoint !== undefined) return `${endpoint.model} (${URL.parse(endpoint.url)?.host ?? endpoint.url})`;
  return chat === undefined ? undefined : path.basename(chat);
}

/** Whether there is a model that finds passages by meaning. */
export function hasEmbedder({ embedder, embedderEndpoint }: ModelsInUse): boolean {
  return embedder !== undefined || embedderEndpoint !== undefined;
}

async function withKey(endpoint: EndpointSetting | undefined, keys: EndpointKeys): Promise<Endpoint | undefined> {
  return endpoint === undefined ? undefined : { ...endpoint, apiKey: await keys.of(endpoint.url) };
}

interface Found {
  readonly file?: string;
  readonly warning?: string;
}

/** Files are not looked for where a server stands in. */
const unused: Found = {};

async function look(role: 'chat' | 'embedder', named: string | undefined): Promise<Found> {
  try {
    // Loaded with the first look, which activation does not wait for.
    const { findModel } = await import('../node/modelChoice.ts');
    const file = await findModel(role, named);
    return file === undefined ? {} : { file };
  } catch (error) {
    return { warning: sentenceOf(error) };
  }
}
