// A workspace on disk and its index, for tests of keeping the two in step.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { emptyFacts, updateIndex, type Catalog, type IndexEvent, type IndexingParts, type IndexOptions, type IndexReport } from '../../src/core/index.ts';
import { openDiskHost } from '../../src/node/diskHost.ts';
import { createSqliteCatalog } from '../../src/node/sqliteCatalog.ts';
import { createSqliteTextStore } from '../../src/node/sqliteTextStore.ts';
import { createVectraStore } from '../../src/node/vectraStore.ts';
import { hashingEmbedder, type HashingEmbedder } from './hashingEmbedder.ts';
import { functionFact, openIndex, temporaryFolder } from './storeFixtures.ts';

/** A workspace on disk with its index; every parsed file is noted. */
export interface Workspace {
  readonly folder: string;
  readonly parts: IndexingParts & { readonly catalog: Catalog; readonly embedder: HashingEmbedder };
  readonly parsed: string[];
  readonly write: (file: string, content: string | Uint8Array) => void;
  readonly remove: (file: string) => void;
  readonly update: (options?: IndexOptions, changes?: Partial<IndexingParts>) => Promise<IndexReport>;
  readonly found: (word: string) => Promise<string[]>;
}

/** The workspace with these files, not yet indexed. */
export async function workspace(context: TestContext, files: Readonly<Record<string, string | Uint8Array>>): Promise<Workspace> {
  const folder = path.join(temporaryFolder(context), 'work');
  fs.mkdirSync(folder);
  const index = await openIndex(context);
  const parsed: string[] = [];
  const embedder = hashingEmbedder();
  const parts = {
    host: openDiskHost({ workspace: folder }), catalog: createSqliteCatalog(index), embedder, vectorStore: createVectraStore(index, { embedderId: embedder.id }),
    parse: (file: string, text: string) => {
      parsed.push(file);
      const [, name] = /void (\w+)/.exec(text) ?? [];
      return { facts: { ...emptyFacts('c'), functions: name === undefined ? [] : [functionFact(name, 1)] }, problems: [] };
    },
  };
  const write = (file: string, content: string | Uint8Array) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), content);
  };
  for (const [file, content] of Object.entries(files)) write(file, content);
  const text = createSqliteTextStore(index);
  return {
    folder, parts, parsed, write,
    remove: file => { fs.rmSync(path.join(folder, file)); },
    update: async (options, changes) => lastReport(updateIndex({ ...parts, ...changes }, options)),
    found: async word => (await parts.catalog.chunks((await text.searchWords([word], 20)).map(({ id }) => id))).map(({ file }) => file),
  };
}

/** The report that ends an update. */
export async function lastReport(events: AsyncIterable<IndexEvent>): Promise<IndexReport> {
  let report: IndexReport | undefined;
  for await (const event of events) if (event.type === 'done') ({ report } = event);
  return report ?? assert.fail('no report');
}

/** A file with one function. */
export const code = (name: string) => `void ${name}(void)\n{\n}\n`;
