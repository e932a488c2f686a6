import type { Chunk, ChunkKind } from '../chunk/chunk.ts';
import type { Device } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { createGraph, type Graph } from '../graph/graph.ts';
import type { Embedder } from '../model/embedder.ts';
import type { Reranker } from '../model/reranker.ts';
import type { Catalog } from '../store/catalog.ts';
import type { TextStore } from '../store/textStore.ts';
import type { VectorStore } from '../store/vectorStore.ts';
import { splitIdentifier } from '../text/words.ts';
import { askedIdeas, type AskedIdea } from './askedIdeas.ts';
import { declaredPlaces } from './declaredPlaces.ts';
import { diversify, fuse, type FusedId, type RankedList, type Share } from './fuse.ts';
import { synonymsOf } from './glossary.ts';
import { handlerPlaces } from './handlerPlaces.ts';
import type { Hit, Retriever, SearchMode, SearchOptions } from './hit.ts';
import { commitSubject, namedFiles, namedStems, type CommitSubject } from './namedFiles.ts';
import { namedRegisters, namedSymbols, nearSymbols, pathParts, plainSymbols, type NamedPlace } from './namedPlaces.ts';
import { neighboursOf } from './neighbours.ts';
import { accessQuestion, namedTouchedPlaces, touchedPlaces } from './touchedPlaces.ts';
import { candidates, heldWords, wordLists } from './wordLists.ts';

/** What a retriever searches in. */
export interface RetrieverParts {
  readonly catalog: Catalog;
  readonly textStore: TextStore;
  readonly vectorStore?: VectorStore | undefined;
  /** Absent: the answer comes from words, symbols and registers, and `limits` says so. */
  readonly embedder?: Embedder | undefined;
  /** Absent: the fused order stands. */
  readonly reranker?: Reranker | undefined;
  /** The chip in use, to recognise its registers in a question. */
  readonly device?: Device | undefined;
}

/** Measured with `halcyon eval retrieval`: exact names are worth more than likeness; what is only near or beside, less. */
const weights = { words: 0.75, ideas: 1.5, vectors: 0.8, symbol: 3, near: 2, plain: 1.5, file: 3, stem: 1, subject: 1.5, path: 0.5, register: 2.5, access: 1, askedAccess: 4, described: 0.6, handler: 3, graph: 2.25, declared: 2 };
/** Neighbours come below what was asked for, and so do files that are only hinted at. */
const neighbourOffset = 8;
const stemOffset = 4;
/** Passages whose neighbours are shown: the best, where they are named and not only alike. */
const mostWithNeighbours = 2;

/** The graph keeps what one question has worked out. */
type PartsWithGraph = RetrieverParts & { readonly graph: Graph };

/** Searches words, vectors, and the symbols, files and registers a question names, fused by rank, with what the graph knows beside them. */
export function createRetriever(parts: RetrieverParts): Retriever {
  const failures: Failures = {};
  const vectors = async (question: string, mode: SearchMode, signal?: AbortSignal) => {
    try {
      const list = await vectorList(parts, question, signal);
      delete failures.vectors;
      return list;
    } catch (error) {
      // A failing model must not take the words with it, unless vectors alone were asked for.
      if (mode === 'vectors' || signal?.aborted === true) throw error;
      failures.vectors = `The embedding model failed, so passages are found by words and symbols only: ${error instanceof Error ? error.message : String(error)}`;
      return [];
    }
  };
  return {
    search: async (whole, options = {}, signal) => {
      const { mode = 'hybrid' } = options;
      const question = whole.slice(0, mostCharacters);
      failures.cut = whole.length > question.length ? `Only the first ${mostCharacters} characters of the question are searched for.` : undefined;
      const subject = await commitSubject(question, parts.catalog);
      const ideas = askedIdeas(subject?.rest ?? question);
      const lists: RankedList[] = [];
      if (mode !== 'words') lists.push(...await vectors(question, mode, signal));
      if (mode !== 'vectors') lists.push(...await wordLists(subject?.rest ?? question, ideas, parts.textStore, weights));
      const graph = createGraph(parts.catalog);
      if (mode === 'hybrid') lists.push(...await namedLists({ ...parts, graph }, question, ideas), ...subject === undefined ? [] : [await subjectList(parts, subject, lists)]);
      signal?.throwIfAborted();
      if (mode === 'hybrid') lists.push(await neighbourList(parts, lists), await describedRegisterList({ ...parts, graph }, question, lists), await declaredList(parts, ideas, lists));
      return hitsOf(parts, lists, { question, ideas, failures, ...options }, signal);
    },
    limits: async () => [...await knownLimits(parts), ...[failures.cut, failures.vectors, failures.ranking].flatMap(failure => failure ?? [])],
  };
}

async function namedLists(parts: PartsWithGraph, question: string, ideas: readonly AskedIdea[]): Promise<RankedList[]> {
  const { catalog, textStore, device } = parts;
  const isUnknown = async (word: string): Promise<boolean> => (await textStore.wordCounts([word])).holding[0] === 0;
  const plainWords = ideas.map(({ word }) => word);
  const asked = accessQuestion(question);
  const registers = await namedRegisters(question, catalog, device);
  const files = await namedFiles(question, catalog);
  return [
    placeList('symbol', weights.symbol, await namedSymbols(files.rest, catalog, registers.length > 0 ? pathParts(question) : new Set())),
    placeList('symbol', weights.near, await nearSymbols(files.rest, catalog, isUnknown)),
    // Of many plain words each is the less likely to be meant as a name.
    placeList('symbol', weights.plain / Math.max(1, plainWords.length), await plainSymbols(plainWords, catalog)),
    placeList('file', weights.file, files.places),
    placeList('file', weights.stem, await namedStems(files.rest, catalog), stemOffset),
    placeList('register', weights.register, registers),
    placeList('access', asked === undefined ? weights.access : weights.askedAccess, await namedTouchedPlaces(question, parts), asked === undefined ? neighbourOffset : 0),
    placeList('handler', weights.handler, await handlerPlaces(question, parts)),
  ];
}

/** What the words have found in the file that a commit's subject names. */
async function subjectList({ catalog }: RetrieverParts, { stem }: CommitSubject, lists: readonly RankedList[]): Promise<RankedList> {
  const found = await catalog.chunks(fuse(lists).slice(0, candidates * 2).map(({ id }) => id));
  const inFile = found.filter(({ file, kind }) => kind !== 'header' && file.split('/').at(-1)?.replace(/\.\w+$/, '').toLowerCase() === stem.toLowerCase());
  return placeList('file', weights.subject, inFile.map(chunk => ({ chunk, why: `in ${chunk.file.split('/').at(-1) ?? stem}` })));
}

async function neighbourList(parts: RetrieverParts, lists: readonly RankedList[]): Promise<RankedList> {
  const best = fuse(lists).slice(0, mostWithNeighbours).filter(({ sources }) => sources.includes('symbol') || sources.includes('handler'));
  const chunks = await parts.catalog.chunks(best.map(({ id }) => id));
  const found: NamedPlace[] = [];
  for (const chunk of chunks) found.push(...await neighboursOf(chunk, parts));
  return placeList('graph', weights.graph, found, neighbourOffset);
}

/** The code of what the best passages describe without being it; where a symbol or a file is named, it is found by that. */
async function declaredList({ catalog }: RetrieverParts, ideas: readonly AskedIdea[], lists: readonly RankedList[]): Promise<RankedList> {
  const isNamed = namesSymbol(lists) || lists.some(({ source, weight, ids }) => source === 'file' && weight === weights.file && ids.length > 0);
  const best = isNamed ? [] : fuse(lists).slice(0, mostDescriptions);
  return placeList('graph', weights.declared, await declaredPlaces(await catalog.chunks(best.map(({ id }) => id)), ideas, catalog));
}

const mostDescriptions = 10;

/** Where the code touches the registers whose description says what was asked: `where is the overrun flag cleared` names none of them. */
async function describedRegisterList({ catalog, device, graph }: PartsWithGraph, question: string, lists: readonly RankedList[]): Promise<RankedList> {
  const best = fuse(lists).slice(0, candidates);
  const isNamed = namesSymbol(lists) || lists.some(({ source, ids }) => ['register', 'handler'].includes(source) && ids.length > 0);
  const chunks = device === undefined || isNamed ? [] : await catalog.chunks(best.map(({ id }) => id));
  const paths = chunks.filter(({ kind }) => kind === 'register').flatMap(({ symbol }) => symbol ?? []);
  // The card of one instance stands for all: which of them the code uses is another matter.
  const names = new Set(paths.map(path => everyInstance(path, device)));
  const found: NamedPlace[] = [];
  for (const name of [...names].slice(0, mostDescribed)) found.push(...(await touchedPlaces(question, name, { catalog, device, graph, files: 6 })).slice(0, 3));
  return placeList('access', weights.described, found, accessQuestion(question) === undefined ? stemOffset : 0);
}

const mostDescribed = 4;

/** `USART.SR` for `USART1.SR`, where the group has that name. */
function everyInstance(path: string, device: Device | undefined): string {
  const [name = '', ...rest] = path.split('.');
  const group = device?.peripherals.find(peripheral => peripheral.name === name)?.groupName;
  const common = [group ?? name.replace(/\d+$/, ''), ...rest].join('.');
  return device !== undefined && findRegisters(device, common).length > 0 ? common : path;
}

function placeList(source: string, weight: number, places: readonly NamedPlace[], offset = 0): RankedList {
  const why = new Map<string, string>();
  for (const place of places) if (!why.has(place.chunk.id)) why.set(place.chunk.id, place.why);
  return { source, weight, offset, why, ids: [...why.keys()] };
}

async function vectorList({ embedder, vectorStore, device }: RetrieverParts, question: string, signal?: AbortSignal): Promise<RankedList[]> {
  if (embedder === undefined || vectorStore === undefined || question.trim() === '') return [];
  const [vector] = await embedder.embed([embeddingText(question)], signal);
  if (vector === undefined) return [];
  const found = [...await vectorStore.search(vector, candidates, { kinds: withoutRegisters }), ...device === undefined ? [] : await vectorStore.search(vector, mostRegisters, { kinds: ['register'] })];
  const ids = found.sort((one, other) => other.score - one.score).map(({ id }) => id);
  return [{ source: 'vectors', weight: weights.vectors, ids, why: new Map(ids.map(id => [id, 'similar meaning'])) }];
}

/** Registers are asked for apart: a chip has thousands, which say much the same, and would leave no place for code. */
const withoutRegisters: readonly ChunkKind[] = ['function', 'type', 'macros', 'variables', 'vectors', 'node', 'config', 'linker', 'build', 'section', 'header', 'text'];
const mostRegisters = 10;

/** A question in Chinese gets the English of what it names, as most embedding models know little Chinese and code is English. */
function embeddingText(question: string): string {
  if (!/[\u3400-\u9fff]/.test(question)) return question;
  const english = synonymsOf(question.toLowerCase()).filter(term => /^[\x20-\x7e]+$/.test(term));
  return `${question} ${english.join(' ')}`;
}

/** A longer question is pasted code, and looking for names in it takes the square of its length. */
const mostCharacters = 4000;

/** What went wrong at the last question, in sentences for the user. */
interface Failures {
  vectors?: string;
  ranking?: string;
  /** What was not searched for. */
  cut?: string | undefined;
}

interface Asked extends SearchOptions {
  readonly failures: Failures;
  readonly question: string;
  readonly ideas: readonly AskedIdea[];
}

async function hitsOf(parts: RetrieverParts, lists: readonly RankedList[], { limit = 10, ...asked }: Asked, signal?: AbortSignal): Promise<Hit[]> {
  const enough = fuse(lists).slice(0, Math.max(limit * 4, candidates));
  const chunks = new Map((await parts.catalog.chunks(enough.map(({ id }) => id))).map(chunk => [chunk.id, chunk] as const));
  const found = fuse([...lists, ...namesSymbol(lists) ? [] : [pathList([...chunks.values()], asked.ideas)]]).flatMap(fused => {
    const chunk = chunks.get(fused.id);
    return chunk === undefined || rulesFile.test(chunk.file) ? [] : [{ chunk, ...fused }];
  });
  const ordered = await reranked(parts.reranker, asked, found, signal);
  const chosen = diversify(ordered, hit => sharesOf(hit, limit), limit);
  return chosen.map(({ chunk, score, sources, why }, index) => ({ rank: index + 1, chunk, score, sources, why: reasons(chunk, sources, why, asked.ideas) }));
}

/** Says what is left out of the index, and nothing about the firmware. */
const rulesFile = /(^|\/)\.(git|halcyon)ignore$/;

/** One file does not fill the answer, nor do a chip's thousand registers, many of them the same for each instance, unless they are named. */
function sharesOf({ chunk, sources }: FusedId & { readonly chunk: Chunk }, limit: number): Share[] {
  const third = Math.max(3, Math.ceil(limit / 3));
  if (chunk.kind !== 'register') return [{ of: chunk.file, most: third }];
  if (sources.includes('register')) return [];
  return [{ of: 'registers', most: third }, { of: `register ${chunk.symbol?.replace(/^\w+?\d*\./, '') ?? ''}`, most: 1 }];
}

/** Where a symbol is named, it says more than its file. */
function namesSymbol(lists: readonly RankedList[]): boolean {
  return lists.some(({ source, weight, ids }) => source === 'symbol' && weight >= weights.near && ids.length > 0);
}

/** Passages in files whose names say what the question asks about: `i2c_sensor.c` for a question about the sensor. */
function pathList(chunks: readonly Chunk[], ideas: readonly AskedIdea[]): RankedList {
  const scored = chunks.flatMap(({ id, file, kind }) => {
    const words = new Set(kind === 'register' ? [] : splitIdentifier(file.split('/').at(-1)?.replace(/\.\w+$/, '') ?? ''));
    const score = ideas.filter(idea => idea.words.some(word => words.has(word))).length;
    return score === 0 ? [] : [{ id, score }];
  });
  return { source: 'path', weight: weights.path, ids: scored.sort((one, other) => other.score - one.score).map(({ id }) => id) };
}

/** What a name, a register or the graph says comes first, then the words that are there. */
function reasons(chunk: Chunk, sources: readonly string[], why: readonly string[], ideas: readonly AskedIdea[]): string[] {
  const held = sources.includes('words') ? heldWords(chunk, ideas) : [];
  const likeness = why.filter(reason => reason === 'similar meaning');
  return [...why.filter(reason => reason !== 'similar meaning').slice(0, 3), ...held.length === 0 ? [] : [`words: ${held.join(', ')}`], ...likeness];
}

/** The first passages in the order of a model that reads question and passage together, where there is one. */
async function reranked<T extends FusedId & { readonly chunk: Chunk }>(reranker: Reranker | undefined, asked: Pick<Asked, 'question' | 'failures'>, found: readonly T[], signal?: AbortSignal): Promise<readonly T[]> {
  if (reranker === undefined || found.length === 0) return found;
  const first = found.slice(0, rerankedPassages);
  const scores = await scoresOf(reranker, asked, first.map(({ chunk }) => chunk.text), signal);
  const order = first.map((item, position) => ({ item, score: scores[position] ?? 0 })).sort((one, other) => other.score - one.score);
  // The places' scores stay, so that they fall from one passage to the next as they did before.
  return [...order.map(({ item }, position) => ({ ...item, score: first[position]?.score ?? 0 })), ...found.slice(rerankedPassages)];
}

const rerankedPassages = 20;

/** A model that fails must not take the answer with it: without scores the order stays. */
async function scoresOf(reranker: Reranker, { question, failures }: Pick<Asked, 'question' | 'failures'>, passages: readonly string[], signal?: AbortSignal): Promise<readonly number[]> {
  try {
    const scores = await reranker.rank(question, passages, signal);
    delete failures.ranking;
    return scores;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    failures.ranking = `The ranking model failed, so passages keep the order they were found in: ${error instanceof Error ? error.message : String(error)}`;
    return [];
  }
}

const nothingIndexed = 'Nothing is indexed: run "Halcyon: Rebuild Index", or halcyon index. If that finds no file, open the folder that holds the sources, or add one by "Add SDK to Knowledge…" (--sdk on the command line).';

async function knownLimits({ catalog, embedder, vectorStore }: RetrieverParts): Promise<string[]> {
  const { chunks, embedded } = await catalog.stats();
  if (chunks === 0) return [nothingIndexed];
  if (embedder === undefined || vectorStore === undefined) return ['No embedding model is there: passages are found by words and symbols only.'];
  return embedded < chunks ? [`${chunks - embedded} of ${chunks} passages have no vector yet: they are found by words and symbols only.`] : [];
}
