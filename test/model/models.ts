// Where the real small models of the tests lie. With CI=true a missing one fails; elsewhere its tests are skipped by name.
import fs from 'node:fs';
import path from 'node:path';
import { modelsFolder } from '../../src/node/folders.ts';

export const smallChatModel = path.join(modelsFolder(), 'SmolLM2-135M-Instruct-Q4_1.gguf');
/** Pretrained only: it has no chat template, and continues text rather than answers. */
export const gemmaModel = path.join(modelsFolder(), 'gemma-3-270m-Q4_K_M.gguf');
export const embedderModel = path.join(modelsFolder(), 'all-MiniLM-L6-v2-Q8_0.gguf');

/** The reason to skip a test that needs the file, or false. Throws under CI. */
export function missing(file: string): string | false {
  if (fs.existsSync(file)) return false;
  const reason = `${file} is missing: run \`node scripts/models.mjs\``;
  if (process.env['CI'] === 'true') throw new Error(reason);
  return reason;
}
