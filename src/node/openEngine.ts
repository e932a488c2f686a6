import path from 'node:path';
import { createEngine, type Engine, type KnowledgeParts, type OpenIndex } from '../core/index.ts';
import { openDeviceCache } from './deviceCache.ts';
import { openDiskHost } from './diskHost.ts';
import { endpointEmbedderId } from './endpointEmbedder.ts';
import type { EngineOptions } from './engineOptions.ts';
import { svdFolder } from './folders.ts';
import { indexFolder } from './indexFolder.ts';
import { installedBoard, installedSvds, svdListFile, thisInstallation } from './installedSvds.ts';
import { lazily } from './lazily.ts';
import { embedderId } from './llamaEmbedder.ts';
import { nativeWorkFolder, openNativeWork } from './nativeWork.ts';
import { differ, openModels } from './openModels.ts';
import { openParsePool } from './parsePool.ts';
import { openParser } from './openParser.ts';
import { sdkFolders } from './sdkFolders.ts';
import { databaseBytes, openSharedRoot } from './sharedRoot.ts';
import { createSqliteCatalog } from './sqliteCatalog.ts';
import { SqliteIndex } from './sqliteIndex.ts';
import { createSqliteTextStore } from './sqliteTextStore.ts';
import { svdLibrary } from './svdLibrary.ts';
import { createSvdSearch } from './svdSearch.ts';
import { createVectraStore } from './vectraStore.ts';

/** An engine in this thread, on this machine's disk, stores and models. */
export interface OpenEngine extends Engine {
  /** Changes options while running: another SVD file, another model. */
  configure(change: Partial<EngineOptions>): Promise<void>;
  close(): Promise<void>;
}

/** Opens nothing yet: parser, index and models come at their first use. `log` takes single lines for an output channel. */
export function openEngine(initial: EngineOptions, log: (message: string) => void = () => undefined): OpenEngine {
  let options = initial;
  const host = openDiskHost({ workspace: options.workspace, exclude: options.exclude ?? [], hidden: options.hidden ?? [], log });
  const nativeWork = openNativeWork(nativeWorkFolder(options.storage));
  const models = openModels(options, nativeWork, log);
  const descriptions = createSvdSearch({
    search: async signal => [...await installedSvds(thisInstallation(), signal), ...await svdLibrary([...options.svdFolders ?? [], svdFolder()], signal)],
    file: svdListFile(), onLateResult: () => { engine.forgetHardware(); },
  });
  const deviceCache = openDeviceCache({ folder: path.join(options.storage, 'devices'), workspace: options.workspace });
  const parser = lazily(() => openParser(options.grammars));
  const folder = (): string => indexFolder(options.workspace, options.storage);
  const database = lazily(() => SqliteIndex.open({ folder: folder(), producer: indexProducer }));
  const index = lazily(async () => openStores(await database(), options));
  const engine = createEngine({
    host, parser, openReader: () => openParsePool({ grammars: options.grammars }), index, languageModel: models.languageModel, embedder: models.embedder, reranker: models.reranker, indexBytes: async () => databaseBytes(folder()),
    knowledge: knowledgeParts(() => options, log), trustsWorkspace: () => options.trusted !== false,
    hardwareChoice: async () => ({
      svd: options.svd, device: options.device, findBoardFile: board => installedBoard(board), installedSvds: () => descriptions.list(), svdPatches: options.svdPatches ?? [], deviceCache,
    }),
  });
  return {
    ...engine,
    configure: async change => {
      const old = options;
      options = { ...options, ...change };
      await models.use(options);
      descriptions.forget();
      if (differ(old, options, ['embedderFile', 'embedderEndpoint'])) await Promise.all([index.release(), engine.closeKnowledge()]);
      engine.forgetHardware();
    },
    close: async () => {
      await models.comeToRest().finally(() => { nativeWork.close(); });
      descriptions.forget();
      await engine.closeKnowledge();
      await (await database.release()?.catch(() => undefined))?.[Symbol.asyncDispose]();
      await (await parser.release()?.catch(() => undefined))?.[Symbol.asyncDispose]();
    },
  };
}

/** Counted up with everything that changes what is stored: an index of another producer is built anew. */
export const indexProducer = 'halcyon-18';

/** Folders beside the workspace: which, and how their indexes are opened. */
function knowledgeParts(options: () => EngineOptions, log: (message: string) => void): KnowledgeParts {
  return {
    choice: () => ({ folders: posixPaths(options().knowledgeFolders), ignoredFolders: posixPaths(options().ignoredFolders) }),
    sdkFolders: async includeFolders => sdkFolders(options().workspace, includeFolders),
    open: async (folder, signal) => openSharedRoot({
      folder, storage: path.join(options().storage, 'shared'), producer: indexProducer, exclude: options().exclude ?? [], log, openStores: database => openStores(database, options()),
    }, signal),
  };
}

function posixPaths(folders: readonly string[] = []): string[] {
  return folders.map(folder => path.resolve(folder).replaceAll(path.sep, '/'));
}

function openStores(database: SqliteIndex, { embedderFile, embedderEndpoint }: EngineOptions): OpenIndex {
  const stores = { catalog: createSqliteCatalog(database), textStore: createSqliteTextStore(database) };
  const id = embedderEndpoint !== undefined ? endpointEmbedderId(embedderEndpoint) : embedderFile === undefined ? undefined : embedderId(embedderFile);
  return id === undefined ? stores : { ...stores, vectorStore: createVectraStore(database, { embedderId: id }) };
}
