import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';
import { readSettings } from './settings.ts';

/** The model files every engine is given: those of the settings, else the largest cached ones. */
export interface ModelsInUse {
  readonly chat?: string;
  readonly embedder?: string;
  /** Sentences about files that the settings name and that are not there. */
  readonly warnings: readonly string[];
}

/** Knows the models in use; looks again when asked to. */
export interface ModelsWatch {
  current(): ModelsInUse;
  refresh(): Promise<void>;
}

/** Looks nowhere until the first `refresh`: activation must not wait for a disk. */
export function createModelsWatch(log: Log): ModelsWatch {
  let inUse: ModelsInUse = { warnings: [] };
  return {
    current: () => inUse,
    refresh: async () => {
      const { modelPath, embedderPath } = readSettings();
      const [chat, embedder] = await Promise.all([look('chat', modelPath), look('embedder', embedderPath)]);
      const warnings = [chat.warning, embedder.warning].filter(warning => warning !== undefined);
      inUse = { ...(chat.file !== undefined && { chat: chat.file }), ...(embedder.file !== undefined && { embedder: embedder.file }), warnings };
      for (const warning of warnings) log.warn(warning);
    },
  };
}

async function look(role: 'chat' | 'embedder', named: string | undefined): Promise<{ file?: string; warning?: string }> {
  try {
    // Loaded with the first look, which activation does not wait for.
    const { findModel } = await import('../node/modelChoice.ts');
    const file = await findModel(role, named);
    return file === undefined ? {} : { file };
  } catch (error) {
    return { warning: sentenceOf(error) };
  }
}
