import type { Chunk } from '../chunk/chunk.ts';
import type { Definition } from '../graph/factSource.ts';
import type { Catalog, CatalogStats } from './catalog.ts';
import type { IndexLayer, OpenIndex } from './openIndex.ts';
import type { ChunkFilter, ScoredChunk, TextStore, WordCounts } from './textStore.ts';
import type { VectorStore } from './vectorStore.ts';

/**
 * The workspace's index with those of other folders beneath it, to read from: what the workspace says comes first, and
 * files of a layer carry their absolute path. Writing goes to the workspace's index alone. A layer that fails is told to
 * `onFailure` and left out of that answer.
 */
export function layeredIndex(main: OpenIndex, layers: readonly IndexLayer[], onFailure: (layer: IndexLayer, error: unknown) => void): OpenIndex {
  if (layers.length === 0) return main;
  const stack: Stack = { main, layers, onFailure };
  return {
    catalog: layeredCatalog(stack),
    textStore: layeredTextStore(stack),
    ...(main.vectorStore !== undefined && { vectorStore: layeredVectorStore(stack, main.vectorStore) }),
  };
}

interface Stack {
  readonly main: OpenIndex;
  readonly layers: readonly IndexLayer[];
  readonly onFailure: (layer: IndexLayer, error: unknown) => void;
}

function layeredCatalog(stack: Stack): Catalog {
  const { main: { catalog } } = stack;
  const chunks = async (ask: (of: Catalog) => Promise<readonly Chunk[]>): Promise<Chunk[]> => [...await ask(catalog), ...(await fromLayers(stack, async layer => (await ask(layer.catalog)).map(chunk => placed(chunk, layer)))).flat()];
  return {
    ...catalog,
    chunks: async ids => inOrder(ids, await chunks(async of => of.chunks(ids))),
    chunksOfSymbol: async (symbol, limit) => (await chunks(async of => of.chunksOfSymbol(symbol, limit))).slice(0, limit),
    chunksAt: async (file, line) => {
      const home = layerOf(stack, file);
      return home === undefined ? catalog.chunksAt(file, line) : (await home.layer.catalog.chunksAt(home.file, line)).map(chunk => placed(chunk, home.layer));
    },
    stats: async () => [await catalog.stats(), ...await fromLayers(stack, async layer => layer.catalog.stats())].reduce(added),
    facts: async file => {
      const home = layerOf(stack, file);
      return home === undefined ? catalog.facts(file) : home.layer.catalog.facts(home.file);
    },
    definitions: async name => [...await catalog.definitions(name), ...(await fromLayers(stack, async layer => (await layer.catalog.definitions(name)).map((definition): Definition => placed(definition, layer)))).flat()],
    mentions: async name => [...await catalog.mentions(name), ...(await fromLayers(stack, async layer => (await layer.catalog.mentions(name)).map(file => `${layer.folder}/${file}`))).flat()],
    nearNames: async (name, most) => {
      const names = [...await catalog.nearNames?.(name, most) ?? [], ...(await fromLayers(stack, async layer => await layer.catalog.nearNames?.(name, most) ?? [])).flat()];
      return [...new Map(names.map(near => [near.name, near])).values()].sort((one, other) => one.distance - other.distance);
    },
    places: async (chunkId, limit) => [...await catalog.places?.(chunkId, limit) ?? [], ...(await fromLayers(stack, async layer => (await layer.catalog.places?.(chunkId, limit) ?? []).map(place => placed(place, layer)))).flat()].slice(0, limit),
    filesNamed: async (path, limit) => [...await catalog.filesNamed?.(path, limit) ?? [], ...(await fromLayers(stack, async layer => (await layer.catalog.filesNamed?.(path, limit) ?? []).map(file => `${layer.folder}/${file}`))).flat()].slice(0, limit),
    namesStarting: async (prefix, limit) => {
      const names = [await catalog.namesStarting?.(prefix, limit) ?? [], ...await fromLayers(stack, async layer => await layer.catalog.namesStarting?.(prefix, limit) ?? [])];
      return [...new Set(names.flat())].toSorted().slice(0, limit);
    },
  };
}

function layeredTextStore(stack: Stack): TextStore {
  const { main: { textStore } } = stack;
  return {
    wordCounts: async words => [await textStore.wordCounts(words), ...await fromLayers(stack, async layer => layer.textStore.wordCounts(words))].reduce(together),
    searchIdeas: async (ideas, limit) => {
      const others = await fromLayers(stack, async layer => await layer.textStore.searchIdeas?.(ideas, limit) ?? []);
      return best([...await textStore.searchIdeas?.(ideas, limit) ?? [], ...others.flat()], limit);
    },
    searchWords: async (words, limit, filter = {}) => {
      const answer = async (store: TextStore, within: ChunkFilter): Promise<ScoredAnswer> => ({ hits: await store.searchWords(words, limit, within), counts: await store.wordCounts(words) });
      const answers = [await answer(textStore, filter), ...await fromLayers(stack, async layer => {
        const within = filterWithin(layer, filter);
        return within === undefined ? nothingFound : answer(layer.textStore, within);
      })];
      return best(comparable(answers.filter(({ hits }) => hits.length > 0)), limit);
    },
  };
}

interface ScoredAnswer {
  readonly hits: readonly ScoredChunk[];
  readonly counts: WordCounts;
}

const nothingFound: ScoredAnswer = { hits: [], counts: { passages: 0, holding: [] } };

/**
 * Scores that rest on how rare a word is in its own index, put on one scale: how rare the words are in all indexes
 * together. In an SDK of ten files no word is rare, and without this nothing of it would ever be found beside a large one.
 */
function comparable(answers: readonly ScoredAnswer[]): ScoredChunk[] {
  const all = answers.reduce((sum, { counts }) => together(sum, counts), nothingFound.counts);
  return answers.flatMap(({ hits, counts }) => {
    const isHere = (word: number) => (counts.holding[word] ?? 0) > 0;
    const scale = raritySum(all, isHere) / raritySum(counts, isHere);
    return hits.map(hit => ({ ...hit, score: hit.score * scale }));
  });
}

function together(one: WordCounts, other: WordCounts): WordCounts {
  return { passages: one.passages + other.passages, holding: other.holding.map((count, word) => count + (one.holding[word] ?? 0)) };
}

/** The sum of the words' weights as FTS5's bm25 has them, its floor included. */
function raritySum({ passages, holding }: WordCounts, counts: (word: number) => boolean): number {
  return holding.reduce((sum, count, word) => (counts(word) ? sum + Math.max(1e-6, Math.log((passages - count + 0.5) / (count + 0.5))) : sum), 0);
}

function layeredVectorStore(stack: Stack, own: VectorStore): VectorStore {
  return {
    ...own,
    search: async (vector, limit, filter = {}) => {
      const others = await fromLayers(stack, async layer => {
        const within = filterWithin(layer, filter);
        return within === undefined ? [] : await layer.vectorStore?.search(vector, limit, within) ?? [];
      });
      return best([...await own.search(vector, limit, filter), ...others.flat()], limit);
    },
  };
}

/** The best of several answers; a passage that several indexes hold counts once. */
function best(hits: readonly ScoredChunk[], limit: number): ScoredChunk[] {
  const found = new Map<string, ScoredChunk>();
  for (const hit of hits) if (hit.score > (found.get(hit.id)?.score ?? Number.NEGATIVE_INFINITY)) found.set(hit.id, hit);
  return [...found.values()].sort((one, other) => other.score - one.score).slice(0, limit);
}

async function fromLayers<T>({ layers, onFailure }: Stack, ask: (layer: IndexLayer) => Promise<T>): Promise<T[]> {
  const answers = await Promise.all(layers.map(async layer => {
    try {
      return [await ask(layer)];
    } catch (error) {
      onFailure(layer, error);
      return [];
    }
  }));
  return answers.flat();
}

function layerOf({ layers }: Stack, file: string): { readonly layer: IndexLayer; readonly file: string } | undefined {
  const layer = layers.find(({ folder }) => file.startsWith(`${folder}/`));
  return layer === undefined ? undefined : { layer, file: file.slice(layer.folder.length + 1) };
}

function placed<T extends { readonly file: string }>(item: T, { folder }: IndexLayer): T {
  return { ...item, file: `${folder}/${item.file}` };
}

/** The filter in the layer's own names; undefined when nothing of the layer passes it. */
function filterWithin({ folder }: IndexLayer, { pathPrefix, ...rest }: ChunkFilter): ChunkFilter | undefined {
  if (pathPrefix === undefined || `${folder}/`.startsWith(pathPrefix)) return rest;
  return pathPrefix.startsWith(`${folder}/`) ? { ...rest, pathPrefix: pathPrefix.slice(folder.length + 1) } : undefined;
}

function inOrder(ids: readonly string[], chunks: readonly Chunk[]): Chunk[] {
  const byId = new Map<string, Chunk>();
  for (const chunk of chunks) if (!byId.has(chunk.id)) byId.set(chunk.id, chunk);
  return ids.flatMap(id => byId.get(id) ?? []);
}

function added(one: CatalogStats, other: CatalogStats): CatalogStats {
  return {
    files: one.files + other.files, skipped: one.skipped + other.skipped, chunks: one.chunks + other.chunks, embedded: one.embedded + other.embedded,
    symbols: one.symbols + other.symbols, registerAccesses: one.registerAccesses + other.registerAccesses,
  };
}
