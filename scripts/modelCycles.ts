// Counts native crashes: cycles of load, generate, cancel, unload with a real model, in a worker thread of a host process
// and in a process of its own. `node scripts/modelCycles.ts [--cycles 200] [--model FILE] [--place worker|process]`.
import { fork } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { findModel } from '../src/node/modelChoice.ts';
import { LlamaLanguageModel } from '../src/node/llamaLanguageModel.ts';

const places = ['worker', 'process'] as const;
type Place = (typeof places)[number];

/** What the cycles' place tells its host, and a host the script. */
type Told = { readonly type: 'cycle'; readonly outputTokens: number } | { readonly type: 'delay'; readonly maxMs: number };

interface Job {
  readonly file: string;
  readonly cycles: number;
  readonly place: Place;
}

/** After this many tokens a generation is cancelled. */
const tokensBeforeCancel = 8;

if (!isMainThread) await runCycles(workerData as Job, told => { parentPort?.postMessage(told); });
else if (process.send !== undefined) await host(JSON.parse(process.argv[2] ?? '') as Job);
else await measure();

async function measure(): Promise<void> {
  const { values } = parseArgs({ options: { cycles: { type: 'string', default: '200' }, model: { type: 'string', default: 'smollm2-135m' }, place: { type: 'string' } } });
  const file = await findModel('chat', values.model);
  if (file === undefined) throw new Error('no model is cached: node scripts/models.mjs');
  for (const place of places.filter(each => values.place === undefined || each === values.place)) {
    const started = performance.now();
    const { done, crashes, maxMs } = await countCrashes({ file, cycles: Number(values.cycles), place });
    const delay = place === 'worker' ? `, longest hold of the host's event loop ${maxMs.toFixed(0)} ms` : '';
    console.log(`${place}: ${done} cycles, ${crashes.length} crashes${crashes.length === 0 ? '' : ` (${crashes.join(', ')})`}, ${((performance.now() - started) / 1000 / Math.max(1, done)).toFixed(2)} s a cycle${delay}`);
  }
}

/** Starts hosts until the cycles are done; a host that dies is a crash, and its cycle counts as done. */
async function countCrashes(job: Job): Promise<{ done: number; crashes: string[]; maxMs: number }> {
  const crashes: string[] = [];
  let done = 0;
  let maxMs = 0;
  while (done < job.cycles) {
    const child = fork(import.meta.filename, [JSON.stringify({ ...job, cycles: job.cycles - done })], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', message => {
      const told = message as Told;
      if (told.type === 'delay') maxMs = Math.max(maxMs, told.maxMs);
      else if (++done % 20 === 0) console.error(`${job.place}: ${done} of ${job.cycles}, ${crashes.length} crashes`);
    });
    const end = await new Promise<string>(resolve => { child.on('exit', (code, signal) => { resolve(signal ?? String(code)); }); });
    if (end === '0') break;
    crashes.push(`${end} at cycle ${++done}`);
  }
  return { done, crashes, maxMs };
}

/** A process as the editor's extension process would be: it holds the thread, or runs the cycles itself. */
async function host(job: Job): Promise<void> {
  const tell = (told: Told): void => { process.send?.(told); };
  if (job.place === 'process') await runCycles(job, tell);
  else {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const worker = new Worker(import.meta.filename, { workerData: job });
    worker.on('message', tell);
    await new Promise((resolve, reject) => { worker.on('exit', resolve).on('error', reject); });
    tell({ type: 'delay', maxMs: delay.max / 1e6 });
  }
  process.disconnect();
}

async function runCycles({ file, cycles }: Job, tell: (told: Told) => void): Promise<void> {
  for (let cycle = 0; cycle < cycles; cycle++) {
    await using model = await LlamaLanguageModel.open({ file, contextTokens: 512 });
    const stop = new AbortController();
    let outputTokens = 0;
    for await (const event of model.generate([{ role: 'user', text: `Count from ${cycle} upwards.` }], { maxTokens: 64, signal: stop.signal })) {
      if (event.type === 'text' && ++outputTokens === tokensBeforeCancel) stop.abort();
    }
    tell({ type: 'cycle', outputTokens });
  }
}
