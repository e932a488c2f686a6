import type { Host } from '../host.ts';
import type { ContentReader } from '../indexing/readContent.ts';
import type { Embedder } from '../model/embedder.ts';
import type { ModelOrReason } from '../model/languageModel.ts';
import type { Reranker } from '../model/reranker.ts';
import type { CParser } from '../parse/cParser.ts';
import type { IndexLayer, OpenIndex } from '../store/openIndex.ts';
import type { HardwareChoice } from './hardware.ts';

/** The world as an engine gets it: every costly part opens at first use and stays open. */
export interface EngineParts {
  readonly host: Host;
  readonly parser: () => Promise<CParser>;
  /** Opens what parses many files; absent: all is parsed here. */
  readonly openReader?: () => Promise<ContentReader>;
  /** Rejects with a sentence when there can be no index. */
  readonly index: () => Promise<OpenIndex>;
  /** What the workspace's index takes on disk. */
  readonly indexBytes?: () => Promise<number>;
  readonly languageModel: () => Promise<ModelOrReason>;
  /** Absent when no embedding model is there. */
  readonly embedder: () => Promise<Embedder | undefined>;
  /** Absent, or without a model: passages stay in the order in which words, vectors and names have them. */
  readonly reranker?: () => Promise<Reranker | undefined>;
  /** Folders outside the workspace that are indexed beside it; absent: none. */
  readonly knowledge?: KnowledgeParts;
  /** The indexes of those folders that are open; set by the engine. */
  readonly layers?: () => readonly IndexLayer[];
  readonly hardwareChoice: () => Promise<HardwareChoice>;
  /** Whether files of the workspace may word what a model is told; absent: they may. */
  readonly trustsWorkspace?: () => boolean;
}

/** What became of the include folders that a build names. */
export interface IncludedFolders {
  readonly folders: readonly string[];
  readonly leftOut: readonly { readonly file: string; readonly reason: string }[];
  /** Include folders that do not exist, as the build names them. */
  readonly missing: readonly string[];
}

/** How the engine gets at folders outside the workspace. */
export interface KnowledgeParts {
  /** What the user chose; asked for at every update. */
  readonly choice: () => KnowledgeChoice;
  /** The SDKs around include folders: absolute, outside the workspace, no toolchain's, none within another. */
  readonly sdkFolders: (includeFolders: readonly string[]) => Promise<IncludedFolders>;
  /** Opens the folder's index, the same one for every workspace and every copy of the folder. Rejects with a sentence when the folder cannot be read. */
  readonly open: (folder: string, signal?: AbortSignal) => Promise<OpenRoot>;
}

export interface KnowledgeChoice {
  /** Folders the user added, absolute. */
  readonly folders: readonly string[];
  /** Folders that shall not be indexed though the build includes them, absolute. */
  readonly ignoredFolders: readonly string[];
}

/** A folder outside the workspace with its index. */
export interface OpenRoot extends AsyncDisposable {
  readonly layer: IndexLayer;
  /** The folder's files by their names below it. */
  readonly host: Host;
  /** What the index takes on disk. */
  readonly sizeBytes: () => Promise<number>;
}
