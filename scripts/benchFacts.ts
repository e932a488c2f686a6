// Measures dossiers and lint on a workspace and prints every figure as soon as it is there; not a test, as it takes minutes.
//   node scripts/benchFacts.ts --workspace DIR [--storage DIR] [--most-saved 200] [--most-handlers 100] [--most-seconds 60]
// The engine runs in this thread, so that the thread's own processor time is the engine's, whatever else the machine does.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Engine } from '../src/core/index.ts';
import { grammarsFolder } from '../src/node/folders.ts';
import { openEngine } from '../src/node/openEngine.ts';
import { lint, spread } from './benchLint.ts';
import { percentile, printRow } from './benchMeasures.ts';

const { values: options } = parseArgs({
  options: {
    'workspace': { type: 'string' }, 'storage': { type: 'string' },
    'most-saved': { type: 'string', default: '200' }, 'most-handlers': { type: 'string', default: '100' }, 'most-seconds': { type: 'string', default: '60' },
  },
});

/** What one piece of work took, in milliseconds. */
interface Took {
  readonly what: string;
  readonly cpu: number;
  readonly wall: number;
}

async function main(): Promise<void> {
  const workspace = path.resolve(options.workspace ?? 'test/fixtures/stm32f4-uart');
  const kept = options.storage === undefined ? undefined : path.resolve(options.storage);
  const storage = kept ?? fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-facts-'));
  const engine = openEngine({ workspace, storage, grammars: grammarsFolder() });
  try {
    await measure(engine, workspace);
  } finally {
    await engine.close();
    if (kept === undefined) fs.rmSync(storage, { recursive: true, force: true });
  }
}

async function measure(engine: Engine, workspace: string): Promise<void> {
  printRow('what', 'processor time', 'on the clock', 'of');
  printRow('---', '---', '---', '---');
  const files = await took('index', async () => indexed(engine));
  row('index', files, `${files.result} files`);
  const all = await took('handlers', async () => engine.isr());
  row('all dossiers, first time', all, `${all.result.isrs.length} handlers`);
  const handlers = all.result.isrs;
  printEach('dossier of one handler', await each(sample(handlers, Number(options['most-handlers'])), ({ name }) => name, async ({ file, line }) => engine.isr({ file, line })));
  printEach('lint of a saved file', await each(spread(workspace, Number(options['most-saved'])), file => file, async file => {
    await lint(engine, { file, text: `${fs.readFileSync(path.join(workspace, file), 'utf8')}\n/* changed */\n` });
  }));
  const project = await took('lint', async () => lint(engine, {}));
  row('lint of the project', project, `${project.result.files} files, ${project.result.findings.length} findings, ${(project.result.bytes / 1e3 / project.cpu).toFixed(2)} MB a second`);
}

async function took<T>(what: string, work: () => Promise<T>): Promise<Took & { readonly result: T }> {
  const cpu = process.threadCpuUsage();
  const started = performance.now();
  const result = await work();
  const { user, system } = process.threadCpuUsage(cpu);
  return { what, result, cpu: (user + system) / 1000, wall: performance.now() - started };
}

/** One after the other, until all are done or the time is over. */
async function each<T>(items: readonly T[], nameOf: (item: T) => string, work: (item: T) => Promise<unknown>): Promise<Took[]> {
  const end = performance.now() + Number(options['most-seconds']) * 1000;
  const times: Took[] = [];
  for (const item of items) {
    if (performance.now() > end) break;
    const { what, cpu, wall } = await took(nameOf(item), async () => work(item));
    times.push({ what, cpu, wall });
  }
  return times;
}

function printEach(what: string, times: readonly Took[]): void {
  const range = (values: readonly number[]): string => `p50 ${percentile(values, 0.5).toFixed(1)}, p95 ${percentile(values, 0.95).toFixed(1)}, most ${Math.max(...values).toFixed(0)} ms`;
  const slowest = times.toSorted((one, other) => other.cpu - one.cpu).slice(0, 3);
  printRow(what, range(times.map(({ cpu }) => cpu)), range(times.map(({ wall }) => wall)), `${times.length}, slowest ${slowest.map(({ what: name, cpu }) => `${name} (${cpu.toFixed(0)} ms)`).join(', ')}`);
}

function row(what: string, { cpu, wall }: Took, of: string): void {
  printRow(what, `${(cpu / 1000).toFixed(2)} s`, `${(wall / 1000).toFixed(2)} s`, of);
}

function sample<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_item, index) => index % step === 0);
}

async function indexed(engine: Engine): Promise<number> {
  for await (const event of engine.index({ embed: false })) if (event.type === 'done') return event.report.files;
  throw new Error('The indexing ended without a report.');
}

await main();
