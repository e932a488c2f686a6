import fs from 'node:fs';
import path from 'node:path';
import { openCParser, type CParser } from '../../../src/core/parse/cParser.ts';

/** A parser on the grammars that set-up copied. */
export async function openTestParser(): Promise<CParser> {
  const read = (name: string) => new Uint8Array(fs.readFileSync(path.join(import.meta.dirname, '../../../grammars', name)));
  return openCParser({ runtime: read('web-tree-sitter.wasm'), c: read('tree-sitter-c.wasm'), cpp: read('tree-sitter-cpp.wasm') });
}
