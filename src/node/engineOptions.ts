import type { Adapter } from './adapterCheck.ts';
import type { Endpoint } from './endpoint.ts';

/** How to open an engine for one workspace folder: plain data, so that it can travel to a worker thread. */
export interface EngineOptions {
  /** Absolute path of the workspace folder. */
  readonly workspace: string;
  /** Folder that holds the indexes, one folder a workspace; never inside a workspace. */
  readonly storage: string;
  /** Folder with the tree-sitter `.wasm` files. */
  readonly grammars: string;
  /** SVD file chosen by the user; overrides detection. */
  readonly svd?: string | undefined;
  /** Folders searched for an SVD file that fits the detected part. */
  readonly svdFolders?: readonly string[] | undefined;
  /** Patch files that correct the SVD file, absolute; those in the workspace are found. */
  readonly svdPatches?: readonly string[] | undefined;
  /** `false`: files of the workspace may not word what a model is told. */
  readonly trusted?: boolean | undefined;
  /** Part number chosen by the user; overrides detection. */
  readonly device?: string | undefined;
  /** Chat model, a `.gguf` file. */
  readonly modelFile?: string | undefined;
  /** LoRA adapters of the chat model. */
  readonly adapters?: readonly Adapter[] | undefined;
  /** Folder where what the chat model wrote is kept, so that the same prompt need not be answered again; absent: nothing is kept. Not for endpoints, whose weights nobody knows. */
  readonly keptOutputs?: string | undefined;
  /** Embedding model, a `.gguf` file. */
  readonly embedderFile?: string | undefined;
  /** Ranking model, a `.gguf` file, that orders the best passages anew; default: none, as it takes a second or more a question. */
  readonly rerankerFile?: string | undefined;
  /** A server that answers instead of `modelFile`. */
  readonly endpoint?: Endpoint | undefined;
  /** A server that makes vectors instead of `embedderFile`. */
  readonly embedderEndpoint?: Endpoint | undefined;
  /** Endpoints elsewhere than on this machine are refused. */
  readonly offline?: boolean | undefined;
  /** Thread or process of the engine; default `auto`: a thread, after a native crash a process of its own. */
  readonly runIn?: 'auto' | 'worker' | 'process' | undefined;
  /** A chat model that was not asked for so long is unloaded; default: it stays. */
  readonly unloadAfterMinutes?: number | undefined;
  /** Threads for the chat model; default: physical cores − 1, at least 1. */
  readonly threads?: number | undefined;
  /** Folders beside the workspace that the user wants to be indexed, absolute. */
  readonly knowledgeFolders?: readonly string[] | undefined;
  /** Folders that shall not be indexed though the build includes them, absolute. */
  readonly ignoredFolders?: readonly string[] | undefined;
  /** Patterns (gitignore syntax) of what the editor hides: left out, but for hardware material. */
  readonly hidden?: readonly string[] | undefined;
  /** Patterns (gitignore syntax) left out of the index. */
  readonly exclude?: readonly string[] | undefined;
}
