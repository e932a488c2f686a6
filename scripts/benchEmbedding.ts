// Embedding through the index beside the bare library on the same texts: two contexts of one thread each, in turns.
//   npm run bench:embedding -- [--workspace DIR] [--embedder FILE] [--texts 192]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { LlamaEmbeddingContext } from 'node-llama-cpp';
import { embedIndex, parseSource, updateIndex, type IndexingParts } from '../src/core/index.ts';
import { openDiskHost } from '../src/node/diskHost.ts';
import { grammarsFolder } from '../src/node/folders.ts';
import { LlamaEmbedder } from '../src/node/llamaEmbedder.ts';
import { loadLlama } from '../src/node/llamaRuntime.ts';
import { findModel } from '../src/node/modelChoice.ts';
import { openParser } from '../src/node/openParser.ts';
import { createSqliteCatalog } from '../src/node/sqliteCatalog.ts';
import { SqliteIndex } from '../src/node/sqliteIndex.ts';
import { createVectraStore } from '../src/node/vectraStore.ts';
import { printRow, spent, type Spent } from './benchMeasures.ts';

const { values: options } = parseArgs({
  options: { workspace: { type: 'string', default: path.resolve(import.meta.dirname, '../test/fixtures/stm32f4-uart') }, embedder: { type: 'string' }, texts: { type: 'string', default: '192' } },
});
const contexts = 2;
const windowTokens = 256;
const rounds = 3;

async function main(): Promise<void> {
  const file = await findModel('embedder', options.embedder);
  if (file === undefined) throw new Error('No embedding model: `--embedder FILE` names one.');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-embed-'));
  try {
    await using index = await SqliteIndex.open({ folder, producer: 'bench' });
    await using embedder = await LlamaEmbedder.open({ file, threads: contexts });
    await using parser = await openParser(grammarsFolder());
    const parts: IndexingParts = {
      host: openDiskHost({ workspace: path.resolve(options.workspace), exclude: [], hidden: [] }), catalog: createSqliteCatalog(index), vectorStore: createVectraStore(index, { embedderId: embedder.id }), embedder,
      parse: (name, text) => parseSource(parser, name, text),
    };
    await drain(updateIndex(parts, { embed: false }));
    const texts = index.statement('SELECT text FROM passage ORDER BY priority, id LIMIT ?').all(Number(options.texts)).map(({ text }) => String(text));
    const bare = await openBare(file);
    const own: Spent<unknown>[] = [];
    const library: Spent<unknown>[] = [];
    // In turns, as the machine's load changes. The first round loads what is loaded late.
    for (let round = 0; round <= rounds; round += 1) {
      // What is beyond the texts is taken for embedded, so that both do the same.
      index.statement('UPDATE passage SET embedded = id NOT IN (SELECT id FROM passage ORDER BY priority, id LIMIT ?)').run(texts.length);
      const [one, other] = [await spent(() => drain(embedIndex(parts))), await spent(() => bare(texts))];
      if (round > 0) own.push(one);
      if (round > 0) library.push(other);
    }
    printRow(`embedding of ${texts.length} passages`, 'texts a second on the clock', 'texts a CPU-second');
    printRow('---', '---', '---');
    printFigures('through the index, vectors stored', own, texts.length);
    printFigures(`the library alone, ${contexts} contexts of one thread`, library, texts.length);
    printRow('ratio', (seconds(library, 'wallSeconds') / seconds(own, 'wallSeconds')).toFixed(2), (seconds(library, 'cpuSeconds') / seconds(own, 'cpuSeconds')).toFixed(2));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The library with nothing around it, as fast as it gets here. */
async function openBare(file: string): Promise<(texts: readonly string[]) => Promise<void>> {
  const { model } = await loadLlama({ file, threads: contexts });
  const opened: LlamaEmbeddingContext[] = [];
  for (let count = 0; count < contexts; count += 1) opened.push(await model.createEmbeddingContext({ contextSize: windowTokens, batchSize: windowTokens, threads: 1 }));
  const run = async (texts: readonly string[]): Promise<void> => {
    let next = 0;
    await Promise.all(opened.map(async context => {
      for (let text = texts[next++]; text !== undefined; text = texts[next++]) await context.getEmbeddingFor(model.tokenize(text).slice(0, windowTokens - 3));
    }));
  };
  await run(['warm', 'up']);
  return run;
}

async function drain(events: AsyncIterable<unknown>): Promise<void> {
  const iterator = events[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

function printFigures(what: string, runs: readonly Spent<unknown>[], texts: number): void {
  printRow(what, (texts * runs.length / seconds(runs, 'wallSeconds')).toFixed(1), (texts * runs.length / seconds(runs, 'cpuSeconds')).toFixed(1));
}

function seconds(runs: readonly Spent<unknown>[], of: 'wallSeconds' | 'cpuSeconds'): number {
  return runs.reduce((sum, run) => sum + run[of], 0);
}

await main();
