import type { Catalog } from './catalog.ts';
import type { TextStore } from './textStore.ts';
import type { VectorStore } from './vectorStore.ts';

/** One index: catalog, words and vectors of the same files. */
export interface OpenIndex {
  readonly catalog: Catalog;
  readonly textStore: TextStore;
  /** Absent when there is no embedder. */
  readonly vectorStore?: VectorStore;
}

/** The index of a folder outside the workspace, an SDK's for instance. Its file names are relative to the folder. */
export interface IndexLayer extends OpenIndex {
  /** Absolute, with `/` between its parts and none at its end. */
  readonly folder: string;
}
