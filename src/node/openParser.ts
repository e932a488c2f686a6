import fs from 'node:fs/promises';
import path from 'node:path';
import { openCParser, type CParser } from '../core/index.ts';

/** The C parser with the grammars of a folder; rejects with a sentence when one is missing. */
export async function openParser(grammars: string): Promise<CParser> {
  const read = async (name: string): Promise<Uint8Array> => {
    try {
      return await fs.readFile(path.join(grammars, name));
    } catch (error) {
      throw new Error(`${path.join(grammars, name)} is missing: run \`node scripts/grammars.mjs\`, or install the extension again.`, { cause: error });
    }
  };
  return openCParser({ runtime: await read('web-tree-sitter.wasm'), c: await read('tree-sitter-c.wasm'), cpp: await read('tree-sitter-cpp.wasm') });
}
