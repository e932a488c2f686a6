// Measures what the README promises and prints one markdown table. Not a test: nothing here fails for being slow.
//   npm run bench [-- --workspace DIR] [--svd-folder DIR] [--model FILE] [--embedder FILE] [--embed-chunks N]
// The engine runs in a worker thread, as in the editor; the event loop measured is the one of this thread, which
// stands for the extension host's.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { SaxesParser } from 'saxes';
import { parseSvd, type AnswerTiming, type Engine, type IndexReport } from '../src/core/index.ts';
import { startEngine } from '../src/node/engineClient.ts';
import { grammarsFolder } from '../src/node/folders.ts';
import { findModel } from '../src/node/modelChoice.ts';
import { conversationFigures } from './benchConversation.ts';
import { deviceCacheTimes } from './benchDeviceCache.ts';
import { headerFigure } from './benchHeader.ts';
import { lintTimes } from './benchLint.ts';
import { percentiles, type Figure } from './benchMeasures.ts';
import { benchQuestions, questionEmbeddingTimes } from './benchQuestions.ts';

const root = path.resolve(import.meta.dirname, '..');
const { values: options } = parseArgs({
  options: {
    'workspace': { type: 'string', default: path.join(root, 'test/fixtures/stm32f4-uart') },
    'svd-folder': { type: 'string', default: path.resolve(root, '../shared/svd') },
    'model': { type: 'string' },
    'embedder': { type: 'string' },
    'embed-chunks': { type: 'string', default: '1000' },
  },
});

async function main(): Promise<void> {
  const workspace = path.resolve(options.workspace);
  const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-bench-'));
  const modelFile = await findModel('chat', options.model);
  const embedderFile = await findModel('embedder', options.embedder);
  const figures: Figure[] = [...svdFigures(), ...await deviceCacheFigures(), await headerFigure()];
  try {
    await using engine = startEngine({ workerFile: new URL('../src/node/engineWorker.ts', import.meta.url), workspace, storage, grammars: grammarsFolder(), svdFolders: [options['svd-folder']], modelFile, embedderFile });
    figures.push(...await indexFigures(engine));
    figures.push(...await embedFigures(engine, embedderFile));
    figures.push(...await queryFigures(engine, embedderFile));
    figures.push(...await hoverFigures(engine, workspace));
    figures.push(...await dossierFigures(engine));
    figures.push(...await lintFigures(engine, workspace));
    figures.push(...await answerFigures(engine, modelFile));
  } finally {
    fs.rmSync(storage, { recursive: true, force: true });
  }
  figures.push(...hostFigures());
  print(workspace, figures);
}

/**
 * CPU time of parsing alone: the texts are in memory, and the parser has been warmed up with one file. Beside it, in
 * the same run, the XML tokeniser alone, which is the least that any reader on it can take.
 */
function svdFigures(): Figure[] {
  const folder = fs.existsSync(options['svd-folder']) ? options['svd-folder'] : path.join(root, 'test/fixtures/fictional-mcu');
  const texts = fs.readdirSync(folder).filter(name => /\.(svd|xml)$/i.test(name)).map(name => ({ name, text: fs.readFileSync(path.join(folder, name), 'utf8') }));
  const smallest = texts.toSorted((a, b) => a.text.length - b.text.length)[0];
  for (let round = 0; round < 20 && smallest !== undefined; round++) parseSvd(smallest.text, smallest.name);
  const before = process.cpuUsage();
  const perFile = texts.map(({ name, text }) => {
    const started = process.cpuUsage();
    parseSvd(text, name);
    return { name, megabytes: text.length / 1e6, seconds: cpuSeconds(started) };
  });
  const megabytes = perFile.reduce((sum, file) => sum + file.megabytes, 0);
  const largest = perFile.toSorted((a, b) => b.megabytes - a.megabytes)[0];
  const detail = largest === undefined ? '' : `; largest: ${largest.name} ${largest.megabytes.toFixed(1)} MB at ${(largest.megabytes / largest.seconds).toFixed(0)} MB/s`;
  const ours = cpuSeconds(before);
  const beforeTokens = process.cpuUsage();
  for (const { text } of texts) tokenise(text);
  const tokens = cpuSeconds(beforeTokens);
  return [
    { what: 'SVD parse, MB a second of CPU time', value: (megabytes / ours).toFixed(1), of: `${texts.length} files, ${megabytes.toFixed(1)} MB${detail}` },
    { what: 'XML tokeniser alone on the same files, MB a second of CPU time', value: (megabytes / tokens).toFixed(1), of: `saxes; ${(tokens / ours * 100).toFixed(0)} % of the parse` },
  ];
}

async function deviceCacheFigures(): Promise<Figure[]> {
  const times = fs.existsSync(options['svd-folder']) ? await deviceCacheTimes(options['svd-folder']) : undefined;
  if (times === undefined) return [];
  const { file, cold, cached } = times;
  return [{ what: 'open a description from the cache, look-ups by name, macro and address included', value: `${cached.wallMs.toFixed(0)} ms`, of: `${file}, ${cached.cpuMs.toFixed(0)} ms of CPU time; from its text ${cold.wallMs.toFixed(0)} ms, ${cold.cpuMs.toFixed(0)} ms of CPU time` }];
}

function tokenise(text: string): void {
  const parser = new SaxesParser();
  const ignore = () => { /* Without handlers saxes skips part of its work. */ };
  parser.on('error', ignore);
  parser.on('opentag', ignore);
  parser.on('text', ignore);
  parser.on('closetag', ignore);
  parser.write(text).close();
}

async function indexFigures(engine: Engine): Promise<Figure[]> {
  const loop = watchEventLoop();
  const started = performance.now();
  const report = await indexToEnd(engine, { rebuild: true, embed: false });
  const seconds = (performance.now() - started) / 1000;
  const again = performance.now();
  await indexToEnd(engine, { embed: false, prepareHovers: true });
  const phases = Object.entries(report.seconds).map(([phase, value]) => `${phase} ${value.toFixed(2)} s`).join(', ');
  return [
    { what: 'index from nothing (words, symbols, register accesses)', value: `${seconds.toFixed(2)} s`, of: `${report.files} files, ${report.chunks} chunks, ${report.registerAccesses} register accesses; ${phases}` },
    { what: 'index, files a second', value: (report.files / seconds).toFixed(0), of: `${report.skipped.length} files skipped` },
    { what: 'index, chunks a second', value: (report.chunks / seconds).toFixed(0), of: '' },
    { what: 'index again, nothing changed', value: `${((performance.now() - again) / 1000).toFixed(2)} s`, of: '' },
    { what: 'event loop delay while indexing, p99', value: loop.p99(), of: `worst ${loop.worst()}` },
  ];
}

async function indexToEnd(engine: Engine, indexOptions: { rebuild?: boolean; embed: boolean; prepareHovers?: boolean }): Promise<IndexReport> {
  for await (const event of engine.index(indexOptions)) if (event.type === 'done') return event.report;
  throw new Error('The index ended without a report.');
}

/** Stops after so many chunks: the rate does not change after that, and a whole tree takes an hour. */
async function embedFigures(engine: Engine, embedderFile: string | undefined): Promise<Figure[]> {
  const what = 'embed, chunks a second';
  if (embedderFile === undefined) return [{ what, value: '–', of: 'no embedding model cached' }];
  const enough = Number(options['embed-chunks']);
  const controller = new AbortController();
  let first: { done: number; at: number } | undefined;
  let last: { done: number; at: number } | undefined;
  for await (const event of engine.index({ embed: true }, controller.signal)) {
    if (event.type !== 'progress' || event.phase !== 'embed') continue;
    last = { done: event.done, at: performance.now() };
    first ??= last;
    if (event.done >= enough) controller.abort();
  }
  if (first === undefined || last === undefined || last.done === first.done) return [{ what, value: '–', of: 'too few chunks to tell' }];
  return [{ what, value: ((last.done - first.done) / (last.at - first.at) * 1000).toFixed(1), of: `${last.done} chunks, ${path.basename(embedderFile)}` }];
}

/** All that a user waits for; the question's embedding is in it, and told apart. */
async function queryFigures(engine: Engine, embedderFile: string | undefined): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const mode of ['words', 'hybrid'] as const) {
    await engine.search('warm up', { mode });
    const times = await timeEach(Array.from({ length: 4 }, () => benchQuestions).flat(), question => engine.search(question, { limit: 20, mode }));
    figures.push({ what: `query (${mode}), p50 / p95`, value: percentiles(times), of: `${times.length} queries` });
  }
  if (embedderFile !== undefined) figures.push({ what: 'of that the embedding of the question, p50 / p95', value: percentiles(questionEmbeddingTimes(embedderFile)), of: path.basename(embedderFile) });
  return figures;
}

/** The first hover in a file parses it; those after it find it parsed. */
async function hoverFigures(engine: Engine, workspace: string): Promise<Figure[]> {
  const places = hoverPlaces(workspace, 300);
  const kinds = new Map<string, number>();
  const first: number[] = [];
  const further: number[] = [];
  if (places[0] !== undefined) await engine.hover(places[0]);
  for (const [index, place] of places.entries()) {
    const started = performance.now();
    const { kind } = await engine.hover(place);
    (places[index - 1]?.file === place.file ? further : first).push(performance.now() - started);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const found = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
  return [
    { what: 'hover, engine in its worker, p50 / p95', value: percentiles([...first, ...further]), of: `${places.length} places after "->": ${found}` },
    { what: 'hover, first in its file, p50 / p95', value: percentiles(first), of: `${first.length} files` },
    { what: 'hover, further ones in the file, p50 / p95', value: percentiles(further), of: '' },
  ];
}

/** Every handler once to warm up, then each by its file and line, as a code lens asks. */
async function dossierFigures(engine: Engine): Promise<Figure[]> {
  const started = performance.now();
  const { isrs } = await engine.isr();
  const all = performance.now() - started;
  if (isrs.length === 0) return [{ what: 'ISR dossier, p50 / p95', value: '–', of: 'no interrupt handlers' }];
  const step = Math.max(1, Math.floor(isrs.length / 60));
  const chosen = isrs.filter((_isr, index) => index % step === 0);
  const times = await timeEach(chosen, ({ file, line }) => engine.isr({ file, line }));
  return [{ what: 'ISR dossier of one handler, p50 / p95', value: percentiles(times), of: `${chosen.length} of ${isrs.length} handlers, slowest ${Math.max(...times).toFixed(0)} ms; all handlers together, first time, ${(all / 1000).toFixed(2)} s` }];
}

/** CPU time is that of the whole process, the worker's included; nothing else runs in it meanwhile. */
async function lintFigures(engine: Engine, workspace: string): Promise<Figure[]> {
  const { first, again, savedMs } = await lintTimes(engine, workspace);
  const rate = ({ bytes, cpuSeconds: seconds }: typeof first): string => (bytes / 1e6 / seconds).toFixed(2);
  const of = ({ files, bytes, findings, wallSeconds, cpuSeconds: seconds }: typeof first): string => `${files} files, ${(bytes / 1e6).toFixed(1)} MB, ${findings} findings, ${seconds.toFixed(1)} s of CPU time, ${wallSeconds.toFixed(1)} s on the clock`;
  return [
    { what: 'lint of the whole project, MB a second of CPU time', value: rate(first), of: of(first) },
    { what: 'the same again, handlers kept', value: rate(again), of: of(again) },
    { what: 'lint of a changed file, p50 / p95', value: percentiles(savedMs), of: `${savedMs.length} files, slowest ${Math.max(...savedMs).toFixed(0)} ms` },
  ];
}

/** Evenly spread over the tree, so that the same tree always gives the same places. */
function hoverPlaces(workspace: string, count: number): { file: string; line: number; column: number }[] {
  const files = fs.readdirSync(workspace, { recursive: true, encoding: 'utf8' }).filter(name => /\.(c|h|cpp)$/.test(name)).sort();
  const all = files.flatMap(file => {
    const lines = fs.readFileSync(path.join(workspace, file), 'latin1').split('\n');
    return lines.flatMap((text, index) => [...text.matchAll(/\b[A-Z][A-Z0-9]+->[A-Z]/g)].map(match => ({ file, line: index + 1, column: match.index + match[0].length })));
  });
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_place, index) => index % step === 0).slice(0, count);
}

async function answerFigures(engine: Engine, modelFile: string | undefined): Promise<Figure[]> {
  if (modelFile === undefined) return [{ what: 'model', value: '–', of: 'no chat model cached' }];
  const loop = watchEventLoop();
  const cold = await ask(engine, 'What does this firmware do?');
  const loading = loop.p99();
  const quiet = watchEventLoop();
  const fresh = await ask(engine, 'Which interrupt handlers are there, and which flags do they clear?');
  const again = await ask(engine, 'Which interrupt handlers are there, and which flags do they clear?');
  const model = `${path.basename(modelFile)} ${(fs.statSync(modelFile).size / 1e6).toFixed(0)} MB`;
  const promptSeconds = (fresh.firstTokenMs - fresh.retrieveMs) / 1000;
  return [
    { what: 'first answer, first token (loads the model)', value: `${(cold.firstTokenMs / 1000).toFixed(2)} s`, of: model },
    { what: 'next answer, first token', value: `${(fresh.firstTokenMs / 1000).toFixed(2)} s`, of: `prompt ${fresh.promptTokens} tokens, ${fresh.cachedTokens} of them cached` },
    { what: 'prompt, tokens a second', value: ((fresh.promptTokens - fresh.cachedTokens) / promptSeconds).toFixed(1), of: 'without cached tokens' },
    { what: 'generation, tokens a second', value: ((fresh.outputTokens - 1) / ((fresh.totalMs - fresh.firstTokenMs) / 1000)).toFixed(1), of: `${fresh.outputTokens} tokens` },
    { what: 'same question again, first token', value: `${(again.firstTokenMs / 1000).toFixed(2)} s`, of: `${again.cachedTokens} of ${again.promptTokens} tokens cached` },
    { what: 'event loop delay while generating, p99', value: quiet.p99(), of: `worst ${quiet.worst()}; with the model's load: p99 ${loading}` },
    ...await conversationFigures(engine, modelFile),
  ];
}

async function ask(engine: Engine, question: string): Promise<AnswerTiming> {
  for await (const event of engine.ask({ question, maxTokens: 96 })) if (event.type === 'answer') return event.answer.timing;
  throw new Error(`No answer to "${question}".`);
}

/** What the suite inside VS Code wrote down at its last run. */
function hostFigures(): Figure[] {
  const file = path.join(root, 'artifacts', 'host-figures.json');
  if (!fs.existsSync(file)) return [{ what: 'activation, hover in the host', value: '–', of: 'run `node scripts/test.mjs vscode` first' }];
  const lines = JSON.parse(fs.readFileSync(file, 'utf8')) as string[];
  return lines.map(line => ({ what: `${line.split(': ')[0] ?? line} (inside VS Code)`, value: line.split(': ').slice(1).join(': '), of: '' }));
}

async function timeEach<Input>(inputs: readonly Input[], work: (input: Input) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (const input of inputs) {
    const started = performance.now();
    await work(input);
    times.push(performance.now() - started);
  }
  return times;
}

/** Time by which this thread's timers came late. */
function watchEventLoop(): { p99(): string; worst(): string } {
  const resolution = 5;
  const histogram = monitorEventLoopDelay({ resolution });
  histogram.enable();
  const late = (nanoseconds: number): string => `${Math.max(0, nanoseconds / 1e6 - resolution).toFixed(1)} ms`;
  return { p99: () => late(histogram.percentile(99)), worst: () => late(histogram.max) };
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

function print(workspace: string, figures: readonly Figure[]): void {
  const cpu = os.cpus()[0]?.model ?? 'unknown processor';
  console.log(`\n${cpu}, ${os.availableParallelism()} cores, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB, ${os.type()} ${os.release()}, Node ${process.versions.node}`);
  console.log(`workspace: ${path.relative(root, workspace).startsWith('..') ? path.basename(workspace) : path.relative(root, workspace)}\n`);
  console.log('| what | figure | of |\n| --- | --- | --- |');
  for (const { what, value, of } of figures) console.log(`| ${what} | ${value} | ${of} |`);
}

await main();
