// What the tests of the stores share: a real index in a temporary folder, and contents to put in.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { emptyFacts, hashText, type Chunk, type FileUpdate, type FunctionFact, type ParsedContent, type SourceFacts } from '../../src/core/index.ts';
import { SqliteIndex } from '../../src/node/sqliteIndex.ts';
import type { SqliteIndexOptions } from '../../src/node/sqliteOpening.ts';

export function temporaryFolder(context: TestContext): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-test-'));
  context.after(() => { fs.rmSync(folder, { recursive: true, force: true }); });
  return folder;
}

export async function openIndex(context: TestContext, options: Partial<SqliteIndexOptions> = {}): Promise<SqliteIndex> {
  const index = await SqliteIndex.open({ folder: options.folder ?? temporaryFolder(context), producer: 'test 1', ...options });
  context.after(async () => { await index[Symbol.asyncDispose](); });
  return index;
}

/** A function of its own for each name, called by none. */
export function functionFact(name: string, startLine: number): FunctionFact {
  return { name, startLine, endLine: startLine + 2, docStartLine: startLine, signature: `void ${name}(void)`, parameters: [], isStatic: false, attributes: [], calls: [] };
}

/** The update of a file that holds one function per text, named by its first word. */
export function fileUpdate(file: string, texts: readonly string[], facts: Partial<SourceFacts> = {}): FileUpdate & { readonly content: ParsedContent } {
  const chunks = texts.map((text, index): Chunk => ({ id: hashText(text), file, startLine: index * 3 + 1, endLine: index * 3 + 3, kind: 'function', symbol: text.split(' ')[0] ?? '', text }));
  const functions = chunks.map(({ symbol = '', startLine }) => functionFact(symbol, startLine));
  return {
    record: { file, sizeBytes: texts.join('').length, modifiedMs: 1, contentKey: hashText(texts.join('\n')), priority: 1 },
    content: { facts: { ...emptyFacts('c'), functions, ...facts }, chunks, problems: [] },
  };
}
