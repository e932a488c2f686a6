import fs from 'node:fs';
import path from 'node:path';
import { checkGguf } from './gguf.ts';
import { modelsFolder } from './folders.ts';
import { listModels } from './modelCatalog.ts';

/**
 * The `.gguf` file for a role: the named file or catalogue id, else the largest cached model of that role that was trained to answer.
 * Undefined when nothing is cached. Throws a sentence for the user when the named one does not exist.
 */
export async function findModel(role: 'chat' | 'embedder', named?: string): Promise<string | undefined> {
  if (named !== undefined && fs.existsSync(named)) return checked(role, path.resolve(named));
  const models = await listModels({ folder: modelsFolder() });
  if (named === undefined) return models.filter(model => model.role === role && model.cached).toSorted((a, b) => Number(b.followsInstructions ?? true) - Number(a.followsInstructions ?? true) || b.sizeBytes - a.sizeBytes)[0]?.path;
  const model = models.find(({ id }) => id === named);
  if (model?.path !== undefined && model.cached) return model.path;
  throw new Error(model === undefined
    ? `${named}: no such file, and no such id in the catalogue. \`halcyon models list\` prints the ids.`
    : `${named}: not downloaded yet. Fetch it in VS Code with "Halcyon: Select Model…", or give a .gguf file.`);
}

/** The `.gguf` file of a ranking model; undefined when none is named. Throws a sentence for the user when it is none. */
export async function namedReranker(named: string | undefined): Promise<string | undefined> {
  if (named === undefined) return undefined;
  const file = path.resolve(named);
  const check = await checkGguf(file);
  if (!check.ok) throw new Error(check.problem);
  if (!check.metadata.isReranker) throw new Error(`${file} is no ranking model. Name one made for it, for example a bge-reranker.`);
  return file;
}

/** A named embedder that cannot be used is an error: search would go by words alone without a word about it. A chat model is checked when it is asked. */
async function checked(role: 'chat' | 'embedder', file: string): Promise<string> {
  if (role === 'chat') return file;
  const check = await checkGguf(file);
  if (!check.ok) throw new Error(check.problem);
  if (!check.metadata.isEmbedder) throw new Error(`${file} is a chat model and makes no vectors. Name an embedding model, for example all-MiniLM-L6-v2.`);
  return file;
}
