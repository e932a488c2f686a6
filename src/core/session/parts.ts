import type { Host } from '../host.ts';
import type { Embedder } from '../model/embedder.ts';
import type { ModelOrReason } from '../model/languageModel.ts';
import type { CParser } from '../parse/cParser.ts';
import type { Catalog } from '../store/catalog.ts';
import type { TextStore } from '../store/textStore.ts';
import type { VectorStore } from '../store/vectorStore.ts';
import type { HardwareChoice } from './hardware.ts';

/** The world as an engine gets it: every costly part opens at first use and stays open. */
export interface EngineParts {
  readonly host: Host;
  readonly parser: () => Promise<CParser>;
  /** Rejects with a sentence when there can be no index. */
  readonly index: () => Promise<OpenIndex>;
  readonly languageModel: () => Promise<ModelOrReason>;
  /** Absent when no embedding model is there. */
  readonly embedder: () => Promise<Embedder | undefined>;
  readonly hardwareChoice: () => Promise<HardwareChoice>;
}

export interface OpenIndex {
  readonly catalog: Catalog;
  readonly textStore: TextStore;
  readonly vectorStore?: VectorStore;
}
