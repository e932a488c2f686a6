// Halcyon's stores beside others on the same data: installs the peers below the user's cache, then measures each in processes of its own.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { printRow } from './benchMeasures.ts';
import type { PeerFigures, PeerTask } from './benchPeer.ts';

const packages = ['@lancedb/lancedb@0.39.0', 'apache-arrow@18.1.0', 'minisearch@7.2.0', 'sqlite-vec@0.1.9'];
const vectorPeers = ['Halcyon', 'vectra alone (JSON)', 'SQLite + sqlite-vec', 'LanceDB, scan', 'LanceDB, IVF-PQ'];
const wordPeers = ['Halcyon', 'MiniSearch'];

/** Prints a table for each number of passages; `textFile` holds texts for the word stores. */
export function comparePeers(sizes: readonly number[], textFile: string): void {
  const installed = installPeers();
  for (const items of sizes) {
    for (const kind of ['vectors', 'words'] as const) {
      console.log(`\n**${kind === 'vectors' ? 'Vector' : 'Word'} stores at ${items} passages**${kind === 'vectors' ? ' of 384 dimensions, made up around 200 centres' : ''}; in brackets, how many times Halcyon's\n`);
      printRow('store', 'build', 'query p50 / p95', kind === 'vectors' ? 'recall@10 of the exact nearest' : 'recall@10 of the passage the words come from', 'memory while asked', 'one file of ten passages replaced, p50 / p95');
      printRow(...Array.from({ length: 6 }, () => '---'));
      const results = (kind === 'vectors' ? vectorPeers : wordPeers).map(store => ({ store, figures: figuresOf({ kind, store, items, packages: installed, textFile }) }));
      const own = results[0]?.figures;
      for (const { store, figures } of results) printFigures(store, figures, typeof own === 'string' ? undefined : own);
    }
  }
}

/** Installs what is missing; answers the folder. Nothing of it is part of the project. */
function installPeers(): string {
  const folder = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'halcyon', 'bench-peers');
  const mark = path.join(folder, 'installed.json');
  if (fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === JSON.stringify(packages)) return folder;
  fs.mkdirSync(folder, { recursive: true });
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--prefix', folder, ...packages], { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  fs.writeFileSync(mark, JSON.stringify(packages));
  return folder;
}

/** The figures, or why there are none. */
function figuresOf(task: Omit<PeerTask, 'folder' | 'phase'>): PeerFigures | string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-peer-'));
  try {
    return { ...runTask({ ...task, folder, phase: 'build' }), ...runTask({ ...task, folder, phase: 'query' }) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function runTask(task: PeerTask): PeerFigures {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--expose-gc', path.join(import.meta.dirname, 'benchPeer.ts'), JSON.stringify(task)], { encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`does not run here: ${/^\w*Error: .*$/m.exec(stderr)?.[0] ?? stderr.slice(-200)}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as PeerFigures;
}

function printFigures(store: string, figures: PeerFigures | string, own: PeerFigures | undefined): void {
  if (typeof figures === 'string') {
    printRow(store, figures, '', '', '', '');
    return;
  }
  const { buildSeconds = NaN, p50 = NaN, p95 = NaN, recall = NaN, megabytes = NaN, replaceP50 = NaN, replaceP95 = NaN } = figures;
  printRow(store, `${buildSeconds.toFixed(1)} s${times(buildSeconds, own?.buildSeconds)}`, `${p50.toFixed(1)} / ${p95.toFixed(1)} ms${times(p50, own?.p50)}`, recall.toFixed(3),
    `${megabytes.toFixed(0)} MB${times(megabytes, own?.megabytes)}`, `${replaceP50.toFixed(1)} / ${replaceP95.toFixed(1)} ms${times(replaceP50, own?.replaceP50)}`);
}

function times(figure: number, own: number | undefined): string {
  return own === undefined || own === figure ? '' : ` (×${(figure / own).toFixed(1)})`;
}
