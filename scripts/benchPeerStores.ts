// The stores that are measured beside each other, behind one small face. Peers are loaded from the folder they were installed in.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { LocalIndex } from 'vectra';
import { tokenize, type Chunk } from '../src/core/index.ts';
import { createSqliteCatalog } from '../src/node/sqliteCatalog.ts';
import { SqliteIndex } from '../src/node/sqliteIndex.ts';
import { createSqliteTextStore } from '../src/node/sqliteTextStore.ts';
import { createVectraStore } from '../src/node/vectraStore.ts';

/** A passage: by its vector for vector stores, by its text for word stores. */
export interface BenchItem {
  readonly id: string;
  readonly file: string;
  readonly vector: Float32Array;
  readonly text: string;
}

/** One store; everything is on disk when a call has ended. */
export interface BenchStore {
  add(items: readonly BenchItem[]): Promise<void>;
  /** Makes ready for queries, whatever that takes. */
  finish?(): Promise<void>;
  /** Identifiers of the best ten, best first. */
  query(wanted: Pick<BenchItem, 'vector' | 'text'>): Promise<readonly string[]>;
  /** Replaces the passages of one file. */
  replace(items: readonly BenchItem[]): Promise<void>;
}

export interface BenchPlace {
  /** Where the store lies. */
  readonly folder: string;
  /** `node_modules` of the peers. */
  readonly packages: string;
}

/** How each is opened, by the name that the table shows. */
export const vectorStores: Readonly<Record<string, (place: BenchPlace) => Promise<BenchStore>>> = {
  'Halcyon': openHalcyonVectors, 'vectra alone (JSON)': openVectra, 'SQLite + sqlite-vec': openSqliteVec,
  'LanceDB, scan': place => openLance(place, false), 'LanceDB, IVF-PQ': place => openLance(place, true),
};
export const wordStores: typeof vectorStores = { 'Halcyon': openHalcyonWords, 'MiniSearch': openMiniSearch };

const best = 10;

async function openHalcyonVectors({ folder }: BenchPlace): Promise<BenchStore> {
  const store = createVectraStore(await SqliteIndex.open({ folder, producer: 'bench' }), { embedderId: 'bench' });
  const add = async (items: readonly BenchItem[]): Promise<void> => store.upsert(items.map(({ id, file, vector }) => ({ id, file, vector, kind: 'function' })));
  return { add, replace: add, query: async ({ vector }) => (await store.search(vector, best)).map(({ id }) => id) };
}

async function openVectra({ folder }: BenchPlace): Promise<BenchStore> {
  const index = new LocalIndex(folder);
  if (!await index.isIndexCreated()) await index.createIndex();
  const put = async (items: readonly BenchItem[], isNew: boolean): Promise<void> => {
    await index.beginUpdate();
    for (const { id, file, vector } of items) {
      const item = { id, vector: [...vector], metadata: { file } };
      await (isNew ? index.insertItem(item) : index.upsertItem(item));
    }
    await index.endUpdate();
  };
  // One update for all: each writes the whole file.
  const waiting: BenchItem[] = [];
  return {
    add: async items => { waiting.push(...items); },
    finish: async () => put(waiting, true),
    replace: async items => put(items, false),
    query: async ({ vector }) => (await index.queryItems([...vector], '', best)).map(({ item }) => item.id),
  };
}

async function openSqliteVec({ folder, packages }: BenchPlace): Promise<BenchStore> {
  fs.mkdirSync(folder, { recursive: true });
  const { getLoadablePath } = createRequire(path.join(packages, 'bench.js'))('sqlite-vec') as { readonly getLoadablePath: () => string };
  const database = new DatabaseSync(path.join(folder, 'vec.db'), { allowExtension: true });
  database.loadExtension(getLoadablePath());
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE VIRTUAL TABLE IF NOT EXISTS vectors USING vec0 (id TEXT PRIMARY KEY, embedding FLOAT[384] distance_metric=cosine)');
  const insert = database.prepare('INSERT INTO vectors (id, embedding) VALUES (?, ?)');
  const forget = database.prepare('DELETE FROM vectors WHERE id = ?');
  const find = database.prepare(`SELECT id FROM vectors WHERE embedding MATCH ? AND k = ${best} ORDER BY distance`);
  const put = async (items: readonly BenchItem[], isNew: boolean): Promise<void> => {
    database.exec('BEGIN');
    for (const { id, vector } of items) {
      if (!isNew) forget.run(id);
      insert.run(id, new Uint8Array(vector.buffer));
    }
    database.exec('COMMIT');
  };
  return { add: async items => put(items, true), replace: async items => put(items, false), query: async ({ vector }) => find.all(new Uint8Array(vector.buffer)).map(row => String(row['id'])) };
}

interface LanceRow extends Record<string, unknown> {
  readonly id: string;
}

/** As much of LanceDB as is called here. */
interface LanceTable {
  add(rows: readonly LanceRow[]): Promise<unknown>;
  createIndex(column: string, options: { readonly config: unknown }): Promise<void>;
  vectorSearch(vector: Float32Array): { distanceType(type: string): { limit(count: number): { toArray(): Promise<readonly LanceRow[]> } } };
  mergeInsert(column: string): { whenMatchedUpdateAll(): { whenNotMatchedInsertAll(): { execute(rows: readonly LanceRow[]): Promise<unknown> } } };
}

interface LancePackage {
  connect(folder: string): Promise<{ tableNames(): Promise<string[]>; openTable(name: string): Promise<LanceTable>; createTable(name: string, rows: readonly LanceRow[]): Promise<LanceTable> }>;
  readonly Index: { ivfPq(options: { readonly distanceType: string }): unknown };
}

async function openLance({ folder, packages }: BenchPlace, withIndex: boolean): Promise<BenchStore> {
  const lance = await load<LancePackage>(packages, '@lancedb/lancedb');
  const database = await lance.connect(folder);
  let table = (await database.tableNames()).includes('vectors') ? await database.openTable('vectors') : undefined;
  const opened = (): LanceTable => {
    if (table === undefined) throw new Error('the table was not made yet');
    return table;
  };
  const rows = (items: readonly BenchItem[]): LanceRow[] => items.map(({ id, file, vector }) => ({ id, file, vector: [...vector] }));
  return {
    add: async items => {
      if (table === undefined) table = await database.createTable('vectors', rows(items));
      else await table.add(rows(items));
    },
    finish: async () => { if (withIndex) await opened().createIndex('vector', { config: lance.Index.ivfPq({ distanceType: 'cosine' }) }); },
    replace: async items => { await opened().mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(rows(items)); },
    query: async ({ vector }) => (await opened().vectorSearch(vector).distanceType('cosine').limit(best).toArray()).map(({ id }) => id),
  };
}

async function openHalcyonWords({ folder }: BenchPlace): Promise<BenchStore> {
  const index = await SqliteIndex.open({ folder, producer: 'bench' });
  const catalog = createSqliteCatalog(index);
  const store = createSqliteTextStore(index);
  let contents = 0;
  const add = async (items: readonly BenchItem[]): Promise<void> => {
    const files = Map.groupBy(items, ({ file }) => file);
    await catalog.commit(...[...files].map(([file, own]) => {
      const chunks = own.map(({ id, text }): Chunk => ({ id: `${id}#${(contents += 1)}`, file, startLine: 1, endLine: 2, kind: 'function', text }));
      return { record: { file, sizeBytes: 1, modifiedMs: contents, priority: 0, contentKey: `${file}#${contents}#${process.pid}` }, content: { chunks, problems: [], facts: { language: 'c', functions: [], accesses: [], variables: [], uses: [], macros: [], types: [], vectors: [], includes: [] } } } as const;
    }));
  };
  return {
    add, replace: add,
    query: async ({ text }) => (await store.searchWords(tokenize(text), best)).map(({ id }) => id.replace(/#\d+$/, '')),
  };
}

interface MiniSearchIndex {
  addAll(documents: readonly object[]): void;
  replace(document: object): void;
  search(query: string): readonly { readonly id: string }[];
}

interface MiniSearchClass {
  new(options: object): MiniSearchIndex;
  loadJSON(text: string, options: object): MiniSearchIndex;
}

/** It lives in memory, so that keeping a change means writing all of it. */
async function openMiniSearch({ folder, packages }: BenchPlace): Promise<BenchStore> {
  const { default: MiniSearch } = await load<{ readonly default: MiniSearchClass }>(packages, 'minisearch');
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'words.json');
  const settings = { fields: ['text'] };
  const index = fs.existsSync(file) ? MiniSearch.loadJSON(fs.readFileSync(file, 'utf8'), settings) : new MiniSearch(settings);
  const save = (): void => { fs.writeFileSync(file, JSON.stringify(index)); };
  return {
    add: async items => { index.addAll(items.map(({ id, text }) => ({ id, text }))); },
    finish: async () => { save(); },
    replace: async items => {
      for (const { id, text } of items) index.replace({ id, text });
      save();
    },
    query: async ({ text }) => index.search(text).slice(0, best).map(({ id }) => id),
  };
}

async function load<Package>(packages: string, name: string): Promise<Package> {
  const found: unknown = await import(pathToFileURL(createRequire(path.join(packages, 'bench.js')).resolve(name)).href);
  return found as Package;
}
