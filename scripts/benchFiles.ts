// Indexes a great many small files, made up and deleted afterwards, and prints what it took; not a test, as it takes minutes.
//   npm run bench:files [-- --files 200000]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { IndexReport } from '../src/core/index.ts';
import { startEngine, type EngineHandle } from '../src/node/engineClient.ts';
import { grammarsFolder } from '../src/node/folders.ts';
import { memoryText, printRow, spent, treeMemory, watchMemory } from './benchMeasures.ts';

const { values: options } = parseArgs({ options: { files: { type: 'string', default: '200000' } } });

async function main(): Promise<void> {
  const count = Number(options.files);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-files-'));
  try {
    const workspace = path.join(folder, 'work');
    plant(workspace, count);
    await using engine = startEngine({ workerFile: new URL('../src/node/engineWorker.ts', import.meta.url), workspace, storage: path.join(folder, 'storage'), grammars: grammarsFolder() });
    console.log(`| what, with ${count} files | figure |\n| --- | --- |`);
    const memory = watchMemory();
    const first = await spent(() => indexed(engine));
    printRow('index from nothing', `${first.result.files} files, ${first.result.chunks} passages, ${first.result.skipped.length} left out; ${first.wallSeconds.toFixed(0)} s on the clock, ${first.cpuSeconds.toFixed(0)} CPU-s`);
    printRow('most memory meanwhile, this process + children', memoryText(memory.stop()));
    const again = await spent(() => indexed(engine));
    printRow('index again, nothing changed', `${again.wallSeconds.toFixed(1)} s on the clock, ${again.cpuSeconds.toFixed(1)} CPU-s`);
    const asked = await spent(async () => engine.search(`handle_${count - 1}`, { mode: 'words', limit: 5 }));
    printRow('the last file is found', `${asked.result.hits[0]?.file ?? 'no'}, ${(asked.wallSeconds * 1000).toFixed(0)} ms`);
    printRow('memory with the index open', memoryText(treeMemory()));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A hundred files a folder and a hundred folders a part; every file defines and calls something of its own. */
function plant(workspace: string, count: number): void {
  for (let number = 0; number < count; number += 1) {
    const folder = path.join(workspace, `part${Math.floor(number / 10_000)}`, `unit${Math.floor(number / 100) % 100}`);
    if (number % 100 === 0) fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, `f${number}.c`), `#include "f${(number + 1) % count}.h"\n/** Handles number ${number}. */\nint handle_${number}(int value)\n{\n  return handle_${(number * 7) % count}(value + ${number});\n}\n`);
  }
}

async function indexed(engine: EngineHandle): Promise<IndexReport> {
  for await (const event of engine.index({ embed: false })) if (event.type === 'done') return event.report;
  throw new Error('The index ended without a report.');
}

await main();
