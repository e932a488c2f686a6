import fs from 'node:fs';
import path from 'node:path';
import { modelsFolder } from './folders.ts';
import { listModels } from './modelCatalog.ts';

/**
 * The `.gguf` file for a role: the named file or catalogue id, else the largest cached model of that role that was trained to answer.
 * Undefined when nothing is cached. Throws a sentence for the user when the named one does not exist.
 */
export async function findModel(role: 'chat' | 'embedder', named?: string): Promise<string | undefined> {
  if (named !== undefined && fs.existsSync(named)) return path.resolve(named);
  const models = await listModels({ folder: modelsFolder() });
  if (named === undefined) return models.filter(model => model.role === role && model.cached).toSorted((a, b) => Number(b.followsInstructions ?? true) - Number(a.followsInstructions ?? true) || b.sizeBytes - a.sizeBytes)[0]?.path;
  const model = models.find(({ id }) => id === named);
  if (model?.path !== undefined && model.cached) return model.path;
  throw new Error(model === undefined
    ? `${named}: no such file, and no such id in the catalogue. \`halcyon models list\` prints the ids.`
    : `${named}: not downloaded yet. Fetch it in VS Code with "Halcyon: Select Model…", or give a .gguf file.`);
}
