// Measures the index on whole repositories and prints one markdown table a repository. Nothing here fails for being slow.
//   npm run bench:index -- --workspace DIR [--workspace DIR …]
// The engine runs in a worker thread, as in the editor; this thread stands for the extension host's.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { IndexReport, SearchMode } from '../src/core/index.ts';
import { openDiskHost } from '../src/node/diskHost.ts';
import { startEngine, type EngineHandle } from '../src/node/engineClient.ts';
import { grammarsFolder } from '../src/node/folders.ts';

const { values: options } = parseArgs({ options: { workspace: { type: 'string', multiple: true, default: [path.resolve(import.meta.dirname, '../test/fixtures/stm32f4-uart')] } } });

const questions = ['which interrupts are enabled', 'how is the baud rate set', 'clock configuration of the PLL', 'DMA transfer complete', 'I2C acknowledge failure', 'flash wait states', 'SPI chip select', 'ring buffer overflow', 'watchdog', 'systick handler'];
/** Saves of one file that are timed. */
const saves = 15;

async function main(): Promise<void> {
  console.log(`${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores, load ${os.loadavg().map(value => value.toFixed(1)).join(' ')}, Node ${process.versions.node}`);
  for (const workspace of options.workspace) await bench(path.resolve(workspace));
}

async function bench(workspace: string): Promise<void> {
  const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-bench-'));
  const saved = path.join(workspace, 'halcyon_bench_saved.c');
  try {
    await using engine = startEngine({ workerFile: new URL('../src/node/engineWorker.ts', import.meta.url), workspace, storage, grammars: grammarsFolder() });
    const { files } = await openDiskHost({ workspace, exclude: [], hidden: [] }).list();
    const megabytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1e6;
    console.log(`\n${path.basename(workspace)}: ${files.length} files, ${megabytes.toFixed(1)} MB\n\n| what | figure |\n| --- | --- |`);
    await indexFigures(engine, megabytes);
    await saveFigures(engine, saved);
    for (const mode of ['words', 'hybrid'] as const) print(`query (${mode}), p50 / p95`, await queryTimes(engine, mode));
    print('memory of this process with the index open', `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
  } finally {
    fs.rmSync(saved, { force: true });
    fs.rmSync(storage, { recursive: true, force: true });
  }
}

async function indexFigures(engine: EngineHandle, megabytes: number): Promise<void> {
  const memory = watchMemory();
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const started = performance.now();
  const report = await indexed(engine);
  const seconds = (performance.now() - started) / 1000;
  loop.disable();
  const { own, others } = memory.stop();
  print('index from nothing: words, symbols, register accesses', `${seconds.toFixed(1)} s: ${report.files} files, ${report.chunks} passages`);
  print('source a second', `${(megabytes / seconds).toFixed(2)} MB`);
  print('most memory meanwhile, this process / parse processes', `${own.toFixed(0)} / ${others.toFixed(0)} MB`);
  print('event loop late by, p99 / worst', `${late(loop.percentile(99))} / ${late(loop.max)} ms`);
  const again = performance.now();
  await indexed(engine);
  print('index again, nothing changed', `${(performance.now() - again).toFixed(0)} ms`);
}

/** A function that changes with every save, asked for when the update has ended. */
async function saveFigures(engine: EngineHandle, file: string): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < saves; round += 1) {
    fs.writeFileSync(file, `/** Saved for the bench. */\nint halcyon_bench_${round}(void)\n{\n  return ${round};\n}\n`);
    const started = performance.now();
    await indexed(engine, [path.basename(file)]);
    times.push(performance.now() - started);
    const { hits } = await engine.search(`halcyon_bench_${round}`, { mode: 'words', limit: 3 });
    if (hits[0]?.symbol !== `halcyon_bench_${round}`) throw new Error(`halcyon_bench_${round} is not found after it was saved`);
  }
  print('saved file indexed, p50 / p95', percentiles(times));
}

async function indexed(engine: EngineHandle, files?: readonly string[]): Promise<IndexReport> {
  for await (const event of engine.index({ embed: false, ...(files !== undefined && { files }) })) if (event.type === 'done') return event.report;
  throw new Error('The index ended without a report.');
}

async function queryTimes(engine: EngineHandle, mode: SearchMode): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    for (const question of questions) {
      const started = performance.now();
      await engine.search(question, { mode, limit: 20 });
      // The first round warms up.
      if (round > 0) times.push(performance.now() - started);
    }
  }
  return percentiles(times);
}

/** The most memory of this process, and of the processes that it started (Linux only), in MB. */
function watchMemory(): { stop(): { own: number; others: number } } {
  let own = 0;
  let others = 0;
  const timer = setInterval(() => {
    own = Math.max(own, process.memoryUsage().rss / 1e6);
    others = Math.max(others, childMegabytes());
  }, 250);
  return {
    stop: () => {
      clearInterval(timer);
      return { own, others };
    },
  };
}

function childMegabytes(): number {
  const children = fs.existsSync('/proc/self/task') ? fs.readdirSync('/proc/self/task').flatMap(task => read(`/proc/self/task/${task}/children`).trim().split(' ').filter(Boolean)) : [];
  return children.reduce((sum, child) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${child}/smaps_rollup`))?.[1] ?? 0) * 1024 / 1e6, 0);
}

/** A process may end between two looks. */
function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function late(nanoseconds: number): string {
  return Math.max(0, nanoseconds / 1e6 - 5).toFixed(1);
}

function percentiles(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1);
  return `${at(0.5)} / ${at(0.95)} ms`;
}

function print(what: string, figure: string): void {
  console.log(`| ${what} | ${figure} |`);
}

await main();
