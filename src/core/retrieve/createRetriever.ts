import type { Chunk } from '../chunk/chunk.ts';
import type { Device } from '../device/device.ts';
import type { Embedder } from '../model/embedder.ts';
import type { Catalog } from '../store/catalog.ts';
import type { TextStore } from '../store/textStore.ts';
import type { VectorStore } from '../store/vectorStore.ts';
import { tokenize } from '../text/words.ts';
import { diversify, fuse, type RankedList } from './fuse.ts';
import { meaningful, synonymsOf } from './glossary.ts';
import type { Hit, Retriever, SearchMode, SearchOptions } from './hit.ts';
import { namedRegisters, namedSymbols, plainSymbols } from './namedPlaces.ts';

/** What a retriever searches in. */
export interface RetrieverParts {
  readonly catalog: Catalog;
  readonly textStore: TextStore;
  readonly vectorStore?: VectorStore | undefined;
  /** Absent: the answer comes from words, symbols and registers, and `limits` says so. */
  readonly embedder?: Embedder | undefined;
  /** The chip in use, to recognise its registers in a question. */
  readonly device?: Device | undefined;
}

/** Passages each way of searching contributes before they are fused. */
const candidates = 50;
/** Exact names are worth more than likeness; synonyms less than the user's own words. */
const weights = { words: 1, synonyms: 0.5, vectors: 1, symbol: 1.5, plain: 0.75, register: 1.5 };

/** Searches words, vectors, and the symbols and registers a question names, fused by rank. */
export function createRetriever(parts: RetrieverParts): Retriever {
  let vectorFailure: string | undefined;
  const vectors = async (question: string, mode: SearchMode, signal?: AbortSignal) => {
    try {
      const list = await vectorList(parts, question, signal);
      vectorFailure = undefined;
      return list;
    } catch (error) {
      // A failing model must not take the words with it, unless vectors alone were asked for.
      if (mode === 'vectors' || signal?.aborted === true) throw error;
      vectorFailure = `The embedding model failed, so passages are found by words and symbols only: ${error instanceof Error ? error.message : String(error)}`;
      return [];
    }
  };
  return {
    search: async (question, options = {}, signal) => {
      const { mode = 'hybrid' } = options;
      const lists: RankedList[] = [];
      if (mode !== 'words') lists.push(...await vectors(question, mode, signal));
      if (mode !== 'vectors') lists.push(...await wordLists(parts, question));
      if (mode === 'hybrid') lists.push(...await namedLists(parts, question));
      signal?.throwIfAborted();
      return hitsOf(parts, lists, options);
    },
    limits: async () => [...await knownLimits(parts), ...vectorFailure === undefined ? [] : [vectorFailure]],
  };
}

async function wordLists({ textStore }: RetrieverParts, question: string): Promise<RankedList[]> {
  const words = tokenize(question);
  const own = meaningful(words);
  const synonyms = synonymsOf(question.toLowerCase(), words).flatMap(tokenize);
  return [
    { source: 'words', weight: weights.words, ids: await idsOf(textStore, own.length > 0 ? own : words) },
    { source: 'words', weight: weights.synonyms, ids: await idsOf(textStore, synonyms) },
  ];
}

async function idsOf(textStore: TextStore, words: readonly string[]): Promise<string[]> {
  return words.length === 0 ? [] : (await textStore.searchWords(words, candidates)).map(({ id }) => id);
}

async function namedLists({ catalog, device }: RetrieverParts, question: string): Promise<RankedList[]> {
  const symbols = await namedSymbols(question, catalog);
  const plain = await plainSymbols(meaningful(tokenize(question)), catalog);
  const registers = await namedRegisters(question, catalog, device);
  return [
    { source: 'symbol', weight: weights.symbol, ids: symbols.map(({ id }) => id) },
    { source: 'symbol', weight: weights.plain, ids: plain.map(({ id }) => id) },
    { source: 'register', weight: weights.register, ids: registers.map(({ id }) => id) },
  ];
}

async function vectorList({ embedder, vectorStore }: RetrieverParts, question: string, signal?: AbortSignal): Promise<RankedList[]> {
  if (embedder === undefined || vectorStore === undefined || question.trim() === '') return [];
  const [vector] = await embedder.embed([embeddingText(question)], signal);
  if (vector === undefined) return [];
  return [{ source: 'vectors', weight: weights.vectors, ids: (await vectorStore.search(vector, candidates)).map(({ id }) => id) }];
}

/** A question in Chinese gets the English of what it names, as most embedding models know little Chinese and code is English. */
function embeddingText(question: string): string {
  if (!/[\u3400-\u9fff]/.test(question)) return question;
  const english = synonymsOf(question.toLowerCase(), tokenize(question)).filter(term => /^[\x21-\x7e]+$/.test(term));
  return `${question} ${english.join(' ')}`;
}

async function hitsOf({ catalog }: RetrieverParts, lists: readonly RankedList[], { limit = 10 }: SearchOptions): Promise<Hit[]> {
  const fused = fuse(lists);
  const enough = fused.slice(0, Math.max(limit * 4, candidates));
  const chunks = new Map((await catalog.chunks(enough.map(({ id }) => id))).map(chunk => [chunk.id, chunk] as const));
  const found = enough.flatMap(({ id, score, sources }) => {
    const chunk = chunks.get(id);
    return chunk === undefined ? [] : [{ chunk, score, sources }];
  });
  const chosen = diversify(found, ({ chunk }: { readonly chunk: Chunk }) => chunk.file, limit, Math.max(3, Math.ceil(limit / 3)));
  return chosen.map((hit, index) => ({ rank: index + 1, ...hit }));
}

async function knownLimits({ catalog, embedder, vectorStore }: RetrieverParts): Promise<string[]> {
  const { chunks, embedded } = await catalog.stats();
  if (chunks === 0) return ['Nothing is indexed yet: run "Halcyon: Rebuild Index".'];
  if (embedder === undefined || vectorStore === undefined) return ['No embedding model is there: passages are found by words and symbols only.'];
  return embedded < chunks ? [`${chunks - embedded} of ${chunks} passages have no vector yet: they are found by words and symbols only.`] : [];
}
