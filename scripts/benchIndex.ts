// Measures the index on whole repositories, at large sizes and beside its peers, and prints markdown tables. Nothing here fails for being slow.
//   npm run bench:index -- [--workspace DIR …] [--embedder FILE] [--sizes 50000,200000] [--peers 20000] [--quick]
// `--quick` leaves out sizes and peers. The engine runs beside this thread, as in the editor; this thread stands for the
// extension host's. What is measured is what ships: the bundles are built first, into artifacts/.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { IndexReport, SearchMode } from '../src/core/index.ts';
import { openDiskHost } from '../src/node/diskHost.ts';
import { startEngine, type EngineHandle } from '../src/node/engineClient.ts';
import { grammarsFolder } from '../src/node/folders.ts';
import { findModel } from '../src/node/modelChoice.ts';
import { memoryText, percentiles, printRow, spent, treeMemory, watchMemory } from './benchMeasures.ts';
import { comparePeers } from './benchPeers.ts';
import { benchQuestions, questionEmbeddingTimes } from './benchQuestions.ts';
import { storeAside } from './benchSizes.ts';

const root = path.resolve(import.meta.dirname, '..');
const bundles = path.join(root, 'artifacts/bench');
const { values: options } = parseArgs({
  options: {
    workspace: { type: 'string', multiple: true, default: [path.join(root, 'test/fixtures/stm32f4-uart')] },
    embedder: { type: 'string' },
    sizes: { type: 'string', default: '50000,200000' },
    peers: { type: 'string', default: '20000' },
    quick: { type: 'boolean', default: false },
  },
});

/** Saves of one file that are timed. */
const saves = 15;
/** Files of the middle-sized project that is cut out of each repository. */
const projectFiles = 500;

async function main(): Promise<void> {
  const embedderFile = await findModel('embedder', options.embedder);
  console.log(`${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores, load ${os.loadavg().map(value => value.toFixed(1)).join(' ')}, Node ${process.versions.node}`);
  console.log(embedderFile === undefined ? 'No embedding model: figures of vectors are left out. `--embedder FILE` names one.' : `Embedding model: ${path.basename(embedderFile)}`);
  execFileSync(process.execPath, ['esbuild.config.mjs', '--outdir', bundles], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  console.log(`Memory is proportional (PSS) over this process and all below it. Before any engine this process, which stands for the extension host, has ${memoryText(treeMemory())}.`);
  const workspaces = options.workspace.map(workspace => path.resolve(workspace));
  for (const workspace of workspaces) await withFolder(async storage => benchWorkspace(workspace, storage, embedderFile));
  if (options.quick) return;
  const largest = workspaces.at(-1) ?? '';
  await withFolder(async storage => {
    await benchSizes(largest, storage, embedderFile);
    const peerSizes = numbers(options.peers);
    if (peerSizes.length === 0) return;
    const textFile = path.join(storage, 'texts.json');
    storeAside({ workspace: largest, into: emptyWorkspace(storage), storage, size: Math.max(...peerSizes), embedderFile, textFile });
    comparePeers(peerSizes, textFile);
  });
}

function numbers(text: string): number[] {
  return text.split(',').map(Number).filter(value => value > 0);
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-bench-'));
  try {
    await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function openBenchEngine(workspace: string, storage: string, embedderFile?: string): EngineHandle {
  return startEngine({ workerFile: pathToFileURL(path.join(bundles, 'engineWorker.js')), workspace, storage, grammars: grammarsFolder(), ...(embedderFile !== undefined && { embedderFile }) });
}

function heading(text: string): void {
  console.log(`\n${text}\n\n| what | figure |\n| --- | --- |`);
}

async function benchWorkspace(workspace: string, storage: string, embedderFile: string | undefined): Promise<void> {
  const saved = path.join(workspace, 'halcyon_bench_saved.c');
  const { files } = await openDiskHost({ workspace, exclude: [], hidden: [] }).list();
  const megabytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1e6;
  heading(`**${path.basename(workspace)}**: ${files.length} files, ${megabytes.toFixed(1)} MB`);
  await projectFigures(workspace, storage, files.map(({ file }) => file));
  try {
    {
      await using engine = openBenchEngine(workspace, storage);
      await indexFigures(engine, megabytes);
      await saveFigures(engine, saved, { files: files.length, embed: false });
      printRow('query by words, p50 / p95', await queryTimes(engine, 'words'));
      printRow('memory with the index open, this process + children', memoryText(treeMemory()));
    }
    if (embedderFile !== undefined) await vectorFigures(workspace, { storage, embedderFile, saved, files: files.length });
  } finally {
    fs.rmSync(saved, { force: true });
  }
}

/** A project of middle size: files taken evenly from the whole repository, copied so that nothing else is read. */
async function projectFigures(workspace: string, storage: string, files: readonly string[]): Promise<void> {
  const inside = files.filter(file => !path.isAbsolute(file) && !file.startsWith('..'));
  const step = Math.max(1, inside.length / projectFiles);
  const chosen = Array.from({ length: Math.min(projectFiles, inside.length) }, (_, position) => inside[Math.floor(position * step)] ?? '');
  const project = path.join(storage, 'project');
  for (const file of chosen) {
    fs.mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    fs.copyFileSync(path.join(workspace, file), path.join(project, file));
  }
  await using engine = openBenchEngine(project, path.join(storage, 'of-project'));
  const { wallSeconds, cpuSeconds } = await spent(() => indexed(engine, { embed: false }));
  printRow(`project of ${chosen.length} of its files, from nothing to searchable by words and symbols`, `${wallSeconds.toFixed(1)} s on the clock, ${cpuSeconds.toFixed(1)} CPU-s`);
}

async function indexFigures(engine: EngineHandle, megabytes: number): Promise<void> {
  const memory = watchMemory();
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const { result: report, wallSeconds, cpuSeconds } = await spent(() => indexed(engine, { embed: false }));
  loop.disable();
  printRow('index from nothing: words, symbols, register accesses', `${wallSeconds.toFixed(1)} s on the clock, ${cpuSeconds.toFixed(1)} CPU-s: ${report.files} files, ${report.chunks} passages`);
  printRow('source a second', `${(megabytes / wallSeconds).toFixed(2)} MB on the clock, ${(2 * megabytes / cpuSeconds).toFixed(2)} MB by processor time of two cores`);
  printRow('most memory meanwhile, this process + children', memoryText(memory.stop()));
  printRow('event loop late by, p99 / worst', `${late(loop.percentile(99))} / ${late(loop.max)} ms`);
  const again = await spent(() => indexed(engine, { embed: false }));
  printRow('index again, nothing changed', `${(again.wallSeconds * 1000).toFixed(0)} ms`);
}

/** Vectors of the repository's passages are made up, as only their number counts here; those of what is saved and asked are the model's. */
async function vectorFigures(workspace: string, { storage, embedderFile, saved, files }: { readonly storage: string; readonly embedderFile: string; readonly saved: string; readonly files: number }): Promise<void> {
  const count = storeAside({ into: workspace, storage, embedderFile });
  await using engine = openBenchEngine(workspace, storage, embedderFile);
  await indexed(engine, { embed: true });
  await saveFigures(engine, saved, { files, embed: true });
  for (const mode of ['vectors', 'hybrid'] as const) printRow(`query by ${mode}, ${count} made-up vectors, p50 / p95`, await queryTimes(engine, mode));
  printEmbeddingTimes(embedderFile);
  printRow('memory with index and model open, this process + children', memoryText(treeMemory()));
}

/** A function that changes with every save, asked for when the update has ended. */
async function saveFigures(engine: EngineHandle, file: string, { files, embed }: { readonly files: number; readonly embed: boolean }): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < saves; round += 1) {
    const name = `halcyon_bench_${embed ? 'v' : 'w'}${round}`;
    fs.writeFileSync(file, `/** Saved for the bench. */\nint ${name}(void)\n{\n  return ${round};\n}\n`);
    const started = performance.now();
    const report = await indexed(engine, { embed, files: [path.basename(file)] });
    times.push(performance.now() - started);
    const { hits } = await engine.search(name, { mode: 'words', limit: 3 });
    if (hits[0]?.symbol !== name) throw new Error(`${name} is not found after it was saved`);
    if (embed && report.pending > 0) throw new Error(`${report.pending} passages have no vector after the save`);
  }
  printRow(`saved file indexed in an index of ${files} files, ${embed ? 'words and vectors' : 'words'}, p50 / p95`, percentiles(times));
}

async function benchSizes(workspace: string, storage: string, embedderFile: string | undefined): Promise<void> {
  heading(`**Large indexes**: passages of ${path.basename(workspace)}, repeated under other names; vectors are made up`);
  const empty = emptyWorkspace(storage);
  for (const size of numbers(options.sizes)) {
    const grown = await spent(async () => storeAside({ workspace, into: empty, storage, size, embedderFile }));
    printRow(`${size} passages: stored with words, names and vectors`, `${grown.result} passages in all, ${grown.wallSeconds.toFixed(0)} s on the clock`);
    const before = treeMemory();
    await using engine = openBenchEngine(empty, storage, embedderFile);
    const memory = watchMemory();
    for (const mode of embedderFile === undefined ? ['words'] as const : ['words', 'vectors', 'hybrid'] as const) printRow(`${size} passages: query by ${mode}, p50 / p95`, await queryTimes(engine, mode));
    if (embedderFile !== undefined) printEmbeddingTimes(embedderFile);
    printRow(`${size} passages: memory before the engine, then with it, most meanwhile`, `${memoryText(before)}, ${memoryText(treeMemory())}, ${memoryText(memory.stop())}`);
  }
}

function emptyWorkspace(storage: string): string {
  const folder = path.join(storage, 'empty');
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

async function indexed(engine: EngineHandle, { embed, files }: { readonly embed: boolean; readonly files?: readonly string[] }): Promise<IndexReport> {
  for await (const event of engine.index({ embed, ...(files !== undefined && { files }) })) if (event.type === 'done') return event.report;
  throw new Error('The index ended without a report.');
}

/** All that a user waits for, from the call to the answer in this thread: the question's embedding, the search, the way to the engine and back. */
async function queryTimes(engine: EngineHandle, mode: SearchMode): Promise<string> {
  const times: number[] = [];
  const started = performance.now();
  await engine.search('the very first question', { mode, limit: 20 });
  const first = performance.now() - started;
  for (let round = 0; round < 4; round += 1) {
    for (const question of benchQuestions) {
      const asked = performance.now();
      await engine.search(question, { mode, limit: 20 });
      // The first round warms up.
      if (round > 0) times.push(performance.now() - asked);
    }
  }
  return `${percentiles(times)}; the very first, which opens what it needs, ${first.toFixed(0)} ms`;
}

function printEmbeddingTimes(embedderFile: string): void {
  printRow('of that the embedding of the question, p50 / p95', percentiles(questionEmbeddingTimes(embedderFile)));
}

function late(nanoseconds: number): string {
  return Math.max(0, nanoseconds / 1e6 - 5).toFixed(1);
}

await main();
