import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder for what can be fetched or built again: `$HALCYON_CACHE`, else the platform's cache folder. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment['HALCYON_CACHE'] !== undefined && environment['HALCYON_CACHE'] !== '') return path.resolve(environment['HALCYON_CACHE']);
  if (process.platform === 'win32') return path.join(environment['LOCALAPPDATA'] ?? os.homedir(), 'halcyon');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'halcyon');
  return path.join(environment['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'halcyon');
}

/** Where downloaded models lie. */
export function modelsFolder(): string {
  return path.join(cacheFolder(), 'models');
}

/** Where downloaded chip descriptions and packs lie. */
export function svdFolder(): string {
  return path.join(cacheFolder(), 'svd');
}

/** Where the indexes lie when no editor gives a storage folder. */
export function indexFolderRoot(): string {
  return path.join(cacheFolder(), 'index');
}

/** Where evaluations keep what models wrote. */
export function modelOutputsFolder(): string {
  return path.join(cacheFolder(), 'outputs');
}

/** Where the grammars lie, seen from the sources (`grammars/`) and from the bundle (`dist/grammars/`) alike. */
export function grammarsFolder(here: string = import.meta.url): string {
  const folder = path.dirname(fileURLToPath(here));
  return path.basename(folder) === 'node' ? path.resolve(folder, '../../grammars') : path.join(folder, 'grammars');
}

/** Where the training recipe lies, seen from the sources (`src/tune/`) and from the bundle (`dist/tune/`) alike. */
export function tuneRecipeFolder(here: string = import.meta.url): string {
  const folder = path.dirname(fileURLToPath(here));
  return path.basename(folder) === 'node' ? path.resolve(folder, '../tune') : path.join(folder, 'tune');
}
