import type { Catalog, CatalogStats, Chunk, ChunkKind, Definition, FileRecord, FileUpdate, Problem, SourceFacts } from '../core/index.ts';
import { createFactsCache } from './factsCache.ts';
import { commitFile, removeFile, unpackFacts } from './sqliteCommit.ts';
import type { SqliteIndex } from './sqliteIndex.ts';
import { createNearNames } from './sqliteNearNames.ts';

/** The catalog on SQLite; see `sqliteSchema.ts` for what is kept how. */
export function createSqliteCatalog(index: SqliteIndex): Catalog {
  return { ...fileMethods(index), ...embeddingMethods(index), ...chunkMethods(index), ...factMethods(index) };
}

function fileMethods(index: SqliteIndex): Pick<Catalog, 'files' | 'skipped' | 'hasContent' | 'commit' | 'remove' | 'clear' | 'problems' | 'stats'> {
  // Counting takes its time in a large index, and a status bar asks often.
  let known: { readonly version: string; readonly stats: CatalogStats } | undefined;
  return {
    files: async asked => index.read(() => {
      const sql = 'SELECT file.path, size, modified, priority, skip, key FROM file LEFT JOIN content ON content.id = file.content AND generation = ?';
      const rows = asked === undefined ? index.statement(sql).all(index.generation) : asked.flatMap(name => (name.endsWith('/')
        // The sign after the slash ends the names that begin with the folder's.
        ? index.statement(`${sql} WHERE path > ? AND path < ?`).all(index.generation, name, `${name.slice(0, -1)}0`)
        : index.statement(`${sql} WHERE path = ?`).all(index.generation, name)));
      return new Map(rows.map(row => [String(row['path']), recordOf(row)]));
    }),
    skipped: async () => index.read(() => index.statement('SELECT path, skip FROM file WHERE skip IS NOT NULL ORDER BY path').all().map(row => ({ file: String(row['path']), reason: String(row['skip']) }))),
    hasContent: async contentKey => index.read(() => index.statement('SELECT 1 FROM content WHERE key = ? AND generation = ?').get(contentKey, index.generation) !== undefined),
    commit: async (...updates: readonly FileUpdate[]) => { index.write(() => { for (const update of updates) commitFile(index, update); }); },
    remove: async (...files) => { index.write(() => { for (const file of files) removeFile(index, file); }); },
    clear: async () => { index.clear(); },
    problems: async limit => index.read(() => ({ problems: storedProblems(index, limit), total: number(index, 'SELECT total(problem_count) AS n FROM file JOIN content ON content.id = file.content') })),
    stats: async () => index.read(() => {
      const { version } = index;
      if (known?.version !== version) known = { version, stats: statsOf(index) };
      return known.stats;
    }),
  };
}

function embeddingMethods(index: SqliteIndex): Pick<Catalog, 'pendingChunks' | 'embedFirst' | 'markEmbedded' | 'orphans' | 'forgetOrphans'> {
  return {
    pendingChunks: async (limit, embedderId) => {
      if (embedderOf(index) !== embedderId) index.write(() => { useEmbedder(index, embedderId); });
      return index.read(() => placed(index, index.statement('SELECT * FROM passage WHERE embedded = 0 ORDER BY priority, id LIMIT ?').all(limit)));
    },
    embedFirst: async files => {
      const pending = files.flatMap(file => index.read(() => index.statement(
        'SELECT DISTINCT passage.id FROM file JOIN place ON place.content = file.content JOIN passage ON passage.id = place.passage WHERE path = ? AND embedded = 0 AND passage.priority <> ?')
        .all(file, firstPriority).map(row => Number(row['id']))));
      // A transaction for nothing would still ask for the right to write.
      if (pending.length === 0) return;
      index.write(() => { for (const id of pending) index.statement('UPDATE passage SET priority = ? WHERE id = ?').run(firstPriority, id); });
    },
    markEmbedded: async (chunkIds, embedderId) => {
      index.write(() => {
        useEmbedder(index, embedderId);
        const mark = index.statement('UPDATE passage SET embedded = 1 WHERE hash = ?');
        for (const id of chunkIds) mark.run(id);
      });
    },
    orphans: async limit => index.read(() => index.statement('SELECT hash FROM orphan LIMIT ?').all(limit).map(row => String(row['hash']))),
    forgetOrphans: async chunkIds => {
      index.write(() => {
        const forget = index.statement('DELETE FROM orphan WHERE hash = ?');
        for (const id of chunkIds) forget.run(id);
      });
    },
  };
}

function chunkMethods(index: SqliteIndex): Pick<Catalog, 'chunks' | 'chunksOfSymbol' | 'chunksAt' | 'places'> {
  return {
    chunks: async chunkIds => index.read(() => placed(index, chunkIds.flatMap(id => index.statement('SELECT * FROM passage WHERE hash = ?').all(id)))),
    chunksOfSymbol: async (symbol, limit) => index.read(() => placed(index, index.statement('SELECT * FROM passage WHERE symbol = ? ORDER BY priority, id LIMIT ?').all(symbol, limit))),
    places: async (chunkId, limit) => index.read(() => index.statement(
      `SELECT path, start, stop FROM passage JOIN place ON place.passage = passage.id JOIN file ON file.content = place.content
       WHERE hash = ? ORDER BY file.priority, path, start LIMIT ?`).all(chunkId, limit).map(row => ({ file: String(row['path']), startLine: Number(row['start']), endLine: Number(row['stop']) }))),
    chunksAt: async (file, line) => index.read(() => index.statement(
      `SELECT hash, kind, symbol, text, path, start, stop FROM file JOIN place ON place.content = file.content JOIN passage ON passage.id = place.passage
       WHERE path = ? AND start <= ? AND stop >= ? ORDER BY stop - start`).all(file, line, line).map(chunkOf)),
  };
}

function factMethods(index: SqliteIndex): Pick<Catalog, 'facts' | 'definitions' | 'handlerFiles' | 'mentions' | 'namesStarting' | 'nearNames' | 'filesNamed'> {
  const cache = createFactsCache();
  const nearNames = createNearNames(index);
  return {
    facts: async (file): Promise<SourceFacts | undefined> => index.read(() => {
      // Facts of another producer may lack what this one expects.
      const key = index.statement('SELECT key FROM file JOIN content ON content.id = file.content WHERE path = ? AND generation = ?').get(file, index.generation)?.['key'];
      return typeof key !== 'string' ? undefined : cache.get(key, () => {
        const packed = index.statement('SELECT facts FROM content WHERE key = ?').get(key)?.['facts'];
        return packed instanceof Uint8Array ? { facts: unpackFacts(packed), sizeBytes: packed.byteLength } : undefined;
      });
    }),
    definitions: async name => index.read(() => index.statement(
      `SELECT kind, line, path FROM name JOIN definition ON definition.name = name.id JOIN file ON file.content = definition.content
       WHERE name.text = ? ORDER BY priority, path, line`).all(name).map(row => ({ name, kind: String(row['kind']) as Definition['kind'], file: String(row['path']), line: Number(row['line']) }))),
    namesStarting: async (prefix, limit) => index.read(() => index.statement(
      `SELECT DISTINCT text FROM name JOIN definition ON definition.name = name.id JOIN file ON file.content = definition.content
       WHERE text >= ? AND text < ? AND kind IN ('macro', 'enumerator') ORDER BY text LIMIT ?`).all(prefix, `${prefix}\u{10FFFF}`, limit).map(row => String(row['text']))),
    nearNames: async (name, most) => index.read(() => nearNames(name, most)),
    filesNamed: async (path, limit) => index.read(() => paths(index.statement('SELECT path FROM file WHERE path = ? OR substr(path, -length(?) - 1) = ? ORDER BY priority, path LIMIT ?').all(path, path, `/${path}`, limit))),
    handlerFiles: async () => index.read(() => paths(index.statement('SELECT path FROM content JOIN file ON file.content = content.id WHERE handlers = 1 ORDER BY priority, path').all())),
    mentions: async name => index.read(() => paths(index.statement(
      `SELECT path FROM name JOIN mention ON mention.name = name.id JOIN file ON file.content = mention.content
       WHERE name.text = ? ORDER BY priority, path`).all(name))),
  };
}

/** Before every priority that a file has of itself. */
const firstPriority = -1;

type Row = Record<string, unknown>;

/** Passages with the first of their places: in the most important file that holds them. */
function placed(index: SqliteIndex, passages: readonly Row[]): Chunk[] {
  const place = index.statement(`SELECT path, start, stop FROM place JOIN file ON file.content = place.content
    WHERE place.passage = ? ORDER BY file.priority, path, start LIMIT 1`);
  return passages.flatMap(passage => {
    const found = place.get(Number(passage['id']));
    return found === undefined ? [] : [chunkOf({ ...passage, ...found })];
  });
}

function chunkOf(row: Row): Chunk {
  const chunk = { id: String(row['hash']), file: String(row['path']), startLine: Number(row['start']), endLine: Number(row['stop']), kind: row['kind'] as ChunkKind, text: String(row['text']) };
  return typeof row['symbol'] === 'string' ? { ...chunk, symbol: row['symbol'] } : chunk;
}

function recordOf(row: Row): FileRecord {
  return {
    file: String(row['path']), sizeBytes: Number(row['size']), modifiedMs: Number(row['modified']), priority: Number(row['priority']),
    ...(typeof row['key'] === 'string' && { contentKey: row['key'] }), ...(typeof row['skip'] === 'string' && { skipReason: row['skip'] }),
  };
}

function storedProblems(index: SqliteIndex, limit: number): Problem[] {
  const problems: Problem[] = [];
  const rows = index.statement('SELECT path, problems FROM file JOIN content ON content.id = file.content WHERE problem_count > 0 ORDER BY priority, path').iterate();
  for (const row of rows) {
    const stored = JSON.parse(String(row['problems'])) as readonly Omit<Problem, 'file'>[];
    for (const problem of stored) problems.push({ file: String(row['path']), ...problem });
    if (problems.length >= limit) break;
  }
  return problems.slice(0, limit);
}

function statsOf(index: SqliteIndex): CatalogStats {
  const chunks = number(index, 'SELECT count(*) AS n FROM passage');
  return {
    files: number(index, 'SELECT count(*) AS n FROM file WHERE content IS NOT NULL'),
    skipped: number(index, 'SELECT count(*) AS n FROM file WHERE content IS NULL'),
    chunks,
    embedded: chunks - number(index, 'SELECT count(*) AS n FROM passage WHERE embedded = 0'),
    symbols: number(index, 'SELECT count(*) AS n FROM definition'),
    registerAccesses: number(index, 'SELECT total(accesses) AS n FROM content'),
  };
}

function embedderOf(index: SqliteIndex): string | undefined {
  const value = index.statement("SELECT value FROM meta WHERE key = 'embedder'").get()?.['value'];
  return typeof value === 'string' ? value : undefined;
}

/** Vectors of another embedder count for nothing: everything is pending again. */
function useEmbedder(index: SqliteIndex, embedderId: string): void {
  if (embedderOf(index) === embedderId) return;
  index.statement('UPDATE passage SET embedded = 0 WHERE embedded = 1').run();
  index.statement("INSERT OR REPLACE INTO meta (key, value) VALUES ('embedder', ?)").run(embedderId);
}

function number(index: SqliteIndex, sql: string): number {
  return Number(index.statement(sql).get()?.['n'] ?? 0);
}

function paths(rows: readonly Row[]): string[] {
  return rows.map(row => String(row['path']));
}
