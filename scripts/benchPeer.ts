// Measures one store in a process of its own and prints the figures as JSON; started by benchPeers.ts, once to build and once to ask.
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { identifiersIn } from '../src/core/index.ts';
import { percentile } from './benchMeasures.ts';
import { vectorStores, wordStores, type BenchItem, type BenchStore } from './benchPeerStores.ts';
import { clusteredVectors, seededNumbers } from './benchVectors.ts';

/** What the parent asks for. */
export interface PeerTask {
  readonly kind: 'vectors' | 'words';
  readonly store: string;
  readonly phase: 'build' | 'query';
  readonly items: number;
  readonly folder: string;
  readonly packages: string;
  /** A JSON list of passages' texts, for word stores. */
  readonly textFile: string;
}

/** What it gets; times in milliseconds. */
export interface PeerFigures {
  readonly buildSeconds?: number;
  readonly p50?: number;
  readonly p95?: number;
  /** Share of what belongs among the best ten that is there: the exact nearest by cosine; for words the passage that the words were taken from. */
  readonly recall?: number;
  /** Growth of the process from before the store was opened until after the queries. */
  readonly megabytes?: number;
  readonly replaceP50?: number;
  readonly replaceP95?: number;
}

const dimensions = 384;
const queries = 60;
const replacements = 10;
const itemsPerFile = 10;

async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2] ?? '') as PeerTask;
  const open = (task.kind === 'vectors' ? vectorStores : wordStores)[task.store];
  if (open === undefined) throw new Error(`no store is called ${task.store}`);
  // Worked out by the first process: here its memory would be counted.
  const wanted = task.phase === 'query' ? readWanted(task) : [];
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const store = await open({ ...task, folder: path.join(task.folder, 'store') });
  const figures = task.phase === 'build' ? await built(store, task) : await asked(store, { task, wanted, before });
  console.log(JSON.stringify(figures));
}

async function built(store: BenchStore, task: PeerTask): Promise<PeerFigures> {
  const items = itemsOf(task);
  const started = performance.now();
  for (let start = 0; start < items.length; start += 1000) await store.add(items.slice(start, start + 1000));
  await store.finish?.();
  const buildSeconds = (performance.now() - started) / 1000;
  fs.writeFileSync(wantedFile(task), JSON.stringify(wantedOf(task, items).map(({ vector, ...rest }) => ({ ...rest, vector: [...vector] }))));
  return { buildSeconds };
}

interface Wanted extends Pick<BenchItem, 'vector' | 'text'> {
  readonly ids: readonly string[];
}

async function asked(store: BenchStore, { task, wanted, before }: { readonly task: PeerTask; readonly wanted: readonly Wanted[]; readonly before: number }): Promise<PeerFigures> {
  const times: number[] = [];
  let found = 0;
  let due = 0;
  for (const [round, query] of [...wanted.slice(0, 10), ...wanted].entries()) {
    const started = performance.now();
    const ids = await store.query(query);
    // The first ten warm up.
    if (round < 10) continue;
    times.push(performance.now() - started);
    due += query.ids.length;
    found += query.ids.filter(id => ids.includes(id)).length;
  }
  globalThis.gc?.();
  const megabytes = (process.memoryUsage().rss - before) / 1e6;
  const replaceTimes: number[] = [];
  const vector = clusteredVectors(99, dimensions);
  for (let round = 0; round < replacements; round += 1) {
    const own = Array.from({ length: itemsPerFile }, (_, position): BenchItem => item(round * 7 * itemsPerFile + position, vector(), `int replaced_${round}_${position}(void) { return ${round}; }`));
    const started = performance.now();
    await store.replace(own);
    replaceTimes.push(performance.now() - started);
  }
  if (due !== queries * (task.kind === 'words' ? 1 : 10)) throw new Error(`${due} results were due`);
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), recall: found / due, megabytes, replaceP50: percentile(replaceTimes, 0.5), replaceP95: percentile(replaceTimes, 0.95) };
}

function itemsOf({ kind, items, textFile }: PeerTask): BenchItem[] {
  const vector = clusteredVectors(1, dimensions);
  const texts = kind === 'words' ? JSON.parse(fs.readFileSync(textFile, 'utf8')) as readonly string[] : [];
  return Array.from({ length: kind === 'words' ? Math.min(items, texts.length) : items }, (_, number) => item(number, kind === 'words' ? new Float32Array() : vector(), texts[number] ?? ''));
}

function item(number: number, vector: Float32Array, text: string): BenchItem {
  return { id: `p${number}`, file: `src/file${String(Math.floor(number / itemsPerFile)).padStart(6, '0')}.c`, vector, text };
}

function wantedFile({ folder }: PeerTask): string {
  return path.join(folder, 'wanted.json');
}

function readWanted(task: PeerTask): Wanted[] {
  const stored = JSON.parse(fs.readFileSync(wantedFile(task), 'utf8')) as readonly (Omit<Wanted, 'vector'> & { readonly vector: readonly number[] })[];
  return stored.map(({ vector, ...rest }) => ({ ...rest, vector: Float32Array.from(vector) }));
}

/** The questions, with what should be found. */
function wantedOf(task: PeerTask, items: readonly BenchItem[]): Wanted[] {
  return task.kind === 'words' ? wantedWords(items) : wantedVectors(items);
}

/** Three identifiers of a passage, as someone types who remembers it in part. */
function wantedWords(items: readonly BenchItem[]): Wanted[] {
  const next = seededNumbers(5);
  const wanted: Wanted[] = [];
  while (wanted.length < queries) {
    const { id, text, vector } = items[Math.floor(next() * items.length)] ?? { id: '', text: '', vector: new Float32Array() };
    const words = [...new Set(identifiersIn(text))].filter(word => word.length >= 4);
    if (words.length >= 3) wanted.push({ ids: [id], vector, text: Array.from({ length: 3 }, () => words[Math.floor(next() * words.length)] ?? '').join(' ') });
  }
  return wanted;
}

function wantedVectors(items: readonly BenchItem[]): Wanted[] {
  const vector = clusteredVectors(77, dimensions);
  return Array.from({ length: queries }, () => {
    const query = vector();
    const scored = items.map(({ id, vector: other }) => ({ id, score: dot(query, other) })).sort((one, other) => other.score - one.score);
    return { vector: query, text: '', ids: scored.slice(0, 10).map(({ id }) => id) };
  });
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let position = 0; position < one.length; position += 1) sum += (one[position] ?? 0) * (other[position] ?? 0);
  return sum;
}

await main();
